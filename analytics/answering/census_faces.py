"""What a stored census holds, as rows: its faces, its quarters, and the downloads of the weeks before it."""

from collections.abc import Iterable, Iterator

from analytics.context import Context
from analytics.domain.collectors import Collector
from analytics.domain.counts import Counts, Split
from analytics.domain.reading_kinds import CENSUS, CENSUS_CUBE, CENSUS_SUMS
from analytics.domain.requests import ORIGINALS, Trend, counts_every
from analytics.domain.wording import iso_day
from analytics.ranking.census_rows import CensusRow, count_rows, read_rows
from analytics.ranking.counted_models import pick_counted
from analytics.ranking.downloads_by_month import Week
from analytics.storage.readings import Reading


def tell_none(context: Context) -> str:
    """Say in a clause that there is no census yet, and how one comes."""
    rhythm = context.outlook.say_rhythm(Collector.CENSUS, "the bot makes one weekly", context.clock())
    return f"none has been collected yet; {rhythm}"


def tell_no_census(context: Context) -> str:
    """Say in a sentence that there is no census yet, and how one comes."""
    return f"No census (count of the whole Hub) {tell_none(context).removeprefix('none ')}."


def read_face(stored: Reading, face: str) -> tuple[CensusRow, ...]:
    """Give one face of a census."""
    return read_rows(stored.body[face])


def read_quarters(context: Context, stored: Reading, request: Trend) -> tuple[CensusRow, ...] | None:
    """
    Give a census by quarter, with what a question asks of it; None where it was not kept so finely.

    Of a question on a task the rows that name it, and no others: a whole cube has forty thousand.
    """
    face = stored.body["quarters"]
    if not request.task and (counts_every(request) or "derivative" in face["columns"]):
        return read_rows(face)
    is_wanted = (lambda row: request.task in row) if request.task else None
    whole = context.readings.as_of(CENSUS_CUBE, "", stored.as_of, is_wanted)
    return read_rows(whole.body) if whole and _is_of(whole, stored) else None


def _is_of(other: Reading, stored: Reading) -> bool:
    """Tell whether two readings are of one moment, counted by one rule."""
    return (other.as_of, other.method) == (stored.as_of, stored.method)


def read_weeks(context: Context, newest: Reading, request: Trend) -> list[Week]:
    """
    Give the downloads of stored weeks counted under the same version of the rule; others are never put into one line.

    Of each month only the last, where they have to be read out of a whole census.
    """
    runs = [one for one in context.readings.run(CENSUS_SUMS) if one.method == newest.method]
    runs = [one for one in runs if one.as_of <= newest.as_of]
    sums = request.definition.value if counts_every(request) else ORIGINALS
    if not request.task and all(sums in one.body for one in runs):
        return list(_from_sums(runs, sums))
    last = {iso_day(one.as_of)[:7]: one for one in runs}
    return list(_from_censuses(context, last.values(), request))


def _from_sums(runs: Iterable[Reading], which: str) -> Iterator[Week]:
    for stored in runs:
        sums = stored.body[which]
        yield Week(stored.as_of, Counts(**{split.value: sums.get(split.value, (0, 0))[1] for split in Split}))


def _from_censuses(context: Context, runs: Iterable[Reading], request: Trend) -> Iterator[Week]:
    for one in runs:
        stored = context.readings.as_of(CENSUS, "", one.as_of)
        if stored and _is_of(stored, one):
            yield Week(stored.as_of, count_rows(pick_counted(read_face(stored, "tasks"), request), "downloads"))
