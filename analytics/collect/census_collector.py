"""
`frameworks collect census`: every model on the Hub, from the first source that gives a whole one.

In order: the daily Parquet snapshot, the weekly one, a crawl of the listing API. `from daily`, `from weekly` or `from
crawl` asks for one of them. What is accepted leaves a cube for good and one Parquet file as a cache; what is refused is
kept aside, the last one of each source, and the old census stays in use. `accept` takes one that holds far fewer models
than the last, or nothing new, once a person has looked.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analytics.attribution import METHOD
from analytics.catalogues.listed_types import merge_listings
from analytics.census import checks, lists, schema
from analytics.census.census_files import FOLDER, cache_of, keep_only
from analytics.collect.census_crawl import Crawl
from analytics.context import Context
from analytics.domain.answer import Origin
from analytics.domain.observations import Ranking
from analytics.domain.reading_kinds import CENSUS, CENSUS_CUBE, CENSUS_PAPERS, CENSUS_SUMS, REACH_TYPES
from analytics.domain.requests import ALLTIME
from analytics.domain.staleness import CLOCK_AHEAD, OLDEST_CENSUS
from analytics.domain.wording import clause, count, day, iso, iso_day, verb
from analytics.errors import Changed, RateLimited, SourceError, UnknownOption, Unreachable
from analytics.reach.conversion_tables import Listings
from analytics.sources.hub.crawl import site_total
from analytics.sources.hub.datasets import Pinned, pin
from analytics.storage.locks import collecting
from analytics.storage.readings import Reading

DAILY, WEEKLY = "cfahlgren1/hub-stats", "hfmlsoc/hub_weekly_snapshots"
NEW = "new.parquet"


@dataclass(frozen=True, slots=True)
class Found:
    """
    A census that can be had: of which source, its moment, where it comes from, the hand that reads it into a file.

    `finish` is called once it was accepted or refused: what it was read from is not needed any more.
    """

    name: str
    moment: dt.datetime
    origin: Origin
    read: Callable[[Path], object]
    finish: Callable[[], None] = lambda: None


def collect(context: Context, options: Sequence[str]) -> tuple[str, ...]:
    """
    Collect one census.

    Raises:  UnknownOption; BlockingIOError, if another collector works; SourceError, if no source gave one
             that may be accepted.
    """
    wanted, looked_at = _read_options(options)
    with collecting(context.home / FOLDER, context.clock()):
        refused: list[str] = []
        kind: type[SourceError] = Unreachable  # where nothing else was the matter, a later try may succeed
        for name in wanted:
            try:
                return (*refused, _one(context, name, looked_at=looked_at))
            except SourceError as trouble:
                kind = kind if isinstance(trouble, Unreachable | RateLimited) else Changed
                refused.append(f"Not from the {TITLES[name]}: {trouble.why}.")
                context.progress(refused[-1])
    raise kind(context.hf_endpoint, "no source gave a census. " + " ".join(refused))


def _read_options(options: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Read `from SOURCE` (also `--from`, or the source alone) and `accept`, each once; give the sources and whether."""
    left = list(options)
    looked_at = "accept" in left
    if looked_at:
        left.remove("accept")
    named = left[1:] if left[:1] == ["from"] else left
    if not left:
        return tuple(SOURCES), looked_at
    if len(named) == 1 and named[0] in SOURCES:
        return (named[0],), looked_at
    known = f"“collect census” takes from {', from '.join(SOURCES)} and accept"
    raise UnknownOption(f"{known}; “{' '.join(options)}” is not one of them.")


def _one(context: Context, name: str, *, looked_at: bool) -> str:
    """Read one source into the cache, check it, count it and keep the cube."""
    found = SOURCES[name](context)
    if found.moment > context.clock() + CLOCK_AHEAD:
        raise Changed(found.origin.address, f"it is dated {day(found.moment)}, which is still to come")
    if context.clock() - found.moment > OLDEST_CENSUS:
        raise Changed(found.origin.address, f"its newest is of {day(found.moment)} and was not renewed since")
    if is_stored(context, found.moment) and cache_of(context.home, found.moment).exists():
        return f"The {TITLES[name]} of {day(found.moment)} is stored already."
    target = context.home / FOLDER / NEW
    found.read(target)
    total = site_total(context.hf_endpoint, context.hf_token)
    unchecked = "" if total else " The site's own total could not be read to compare."
    try:
        said = accept(context, target, found, total, looked_at=looked_at)
    except SourceError:
        found.finish()
        raise
    found.finish()
    return said + unchecked


def is_stored(context: Context, moment: dt.datetime) -> bool:
    """Tell whether the census of this moment was counted by today's rule."""
    return any(stored.as_of == moment and stored.method == METHOD for stored in context.readings.run(CENSUS))


def accept(
    context: Context,
    target: Path,
    found: Found,
    site_total: int | None = None,
    *,
    cache: bool = True,
    looked_at: bool = False,
) -> str:
    """Check a file in the common shape, count it and store the cube; raises Changed after setting it aside."""
    plain = _believable(context, target, found, site_total, looked_at=looked_at)
    repeated = plain.total - plain.distinct
    if repeated:
        schema.without_repeats(target)
        plain = checks.plainly(target)
    total = _count_and_store(context, target, found, plain)
    if cache:
        keep_only(target, cache_of(context.home, found.moment))
    else:
        target.unlink()
    twice = f" {count(repeated, 'row')} came twice and {verb(repeated, 'was', 'were')} left out." if repeated else ""
    return f"{count(total, 'model')} of {day(found.moment)} from the {found.origin.title}.{twice}"


def _believable(
    context: Context, target: Path, found: Found, site_total: int | None, *, looked_at: bool
) -> checks.Plain:
    """Hold a file against what is known; gives its plain count. Raises Changed after setting it aside."""
    plain, against = checks.plainly(target), _against(context, found.moment, site_total)
    wrong = tuple(checks.problems(plain, against))
    surprising = () if looked_at else tuple(checks.surprises(plain, against))
    _refuse((*wrong, *surprising, *((LOOK,) if surprising and not wrong else ())), target, found)
    return plain


def _count_and_store(context: Context, target: Path, found: Found, plain: checks.Plain) -> int:
    """Count by the rule and store what questions ask; gives the models. Raises Changed, OSError."""
    from analytics.census import cube

    context.progress("Counting…")
    body = cube.count(target, context.clock(), context.list_headers(context.clock()), _list_convertible(context))
    sums = cube.sums(body)
    _refuse(
        checks.disagreements(plain, {split: models for split, (models, _) in sums["declared"].items()}), target, found
    )
    papers = body.pop("papers")
    empty = {name: n / plain.total for name, n in plain.empty.items()}
    # The census itself last: where it is stored, the others are.
    _store_list(context, target, found)
    for kind, part in (
        (CENSUS_PAPERS, papers),
        (CENSUS_SUMS, sums),
        (CENSUS_CUBE, body),
        (CENSUS, cube.faces(body) | {"empty": empty}),
    ):
        if not context.readings.add(Reading(kind, "", found.moment, METHOD, part, (found.origin,))):
            context.refuse_unstored("The census")
    return int(body["total"])


def _list_convertible(context: Context) -> Listings:
    """Give what libraries list to convert, as it was read last."""
    return merge_listings(context.readings.newest(REACH_TYPES))


def _store_list(context: Context, cache: Path, found: Found) -> None:
    """Keep the first models of all by downloads of all time; nothing, where the source does not tell them."""
    whole = lists.top_list(cache, Ranking(ALLTIME), found.moment, found.origin)
    if whole.models:
        context.top_lists.add(whole, METHOD)


def _against(context: Context, moment: dt.datetime, site_total: int | None) -> checks.Against:
    last = context.readings.before(CENSUS, "", moment)
    if last is None:
        return checks.Against(moment, site_total)
    return checks.Against(moment, site_total, last.body["total"], last.body.get("empty", {}))


LOOK = "If you have looked and it is so, the same command with “accept” at its end takes it."


def _refuse(problems: Iterable[str], target: Path, found: Found) -> None:
    """Set a file aside if anything is wrong with it. Raises Changed, which says what."""
    said = " ".join(problems)
    if said:
        aside = target.with_name(f"refused-{found.name}.parquet")
        target.replace(aside)
        raise Changed(found.origin.address, f"refused and kept as {aside.name}. {clause(said)}")


# ------------------------------------------------------------------------------------------------------------ sources


def _daily(context: Context) -> Found:
    dataset = pin(DAILY, context.hf_endpoint, context.hf_token)
    origin = _origin(context, dataset, "models.parquet", "daily Parquet snapshot of the Hub", "Apache-2.0")
    read_into = partial(read, context, dataset, "models.parquet")
    return Found("daily", dataset.modified or context.clock(), origin, read_into)


def _weekly(context: Context) -> Found:
    dataset = pin(WEEKLY, context.hf_endpoint, context.hf_token)
    days = weeks(context, dataset)
    if not days:
        raise Changed(dataset.address("models"), "it has no weeks any more")
    return week(context, dataset, days[-1])


def weeks(context: Context, dataset: Pinned) -> list[str]:
    """List the days of the weekly snapshots, oldest first; what is no day, or not yet, is passed over."""
    today = iso_day(context.clock())
    return [name for name in dataset.folders("models") if _is_day(name) and name <= today]


def _is_day(name: str) -> bool:
    try:
        return dt.date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def week(context: Context, dataset: Pinned, name: str) -> Found:
    """Describe one of the weekly snapshots; its folder's date is the start of the week."""
    path = f"models/{name}/models.parquet"
    origin = _origin(context, dataset, path, "weekly Parquet snapshot of the Hub", "ODbL")
    moment = dt.datetime.fromisoformat(name).replace(tzinfo=dt.UTC)
    return Found("weekly", moment, origin, partial(read, context, dataset, path))


def read(context: Context, dataset: Pinned, path: str, target: Path) -> None:
    """Read the wanted columns of a remote Parquet file into the common shape."""
    import pyarrow as pa

    parquet = dataset.parquet(path)
    columns = schema.choose_columns(parquet.schema, parquet.url)
    narrow = pa.schema([parquet.schema.field(name) for name in columns])
    context.progress(f"Reading {len(columns)} columns of {count(parquet.rows, 'model')}…")
    batches = _tell_batches(context, parquet.batches(columns), parquet.rows)
    rows = schema.write(pa.RecordBatchReader.from_batches(narrow, batches), target, parquet.url)
    context.progress(f"{count(rows, 'model')} read with {parquet.file.fetched / 1e6:,.1f} MB")


def _tell_batches(context: Context, batches: Iterator[Any], total: int) -> Iterator[Any]:
    done = 0
    for batch in batches:
        done += batch.num_rows
        context.progress(f"{done:,} of {count(total, 'model')}", done / max(total, 1))
        yield batch


def _crawl(context: Context) -> Found:
    folder = context.home / FOLDER / "crawl"
    crawl = Crawl(folder, context.hf_endpoint, context.hf_token, context.progress)
    began = crawl.pages.begin(context.clock())
    address = f"{context.hf_endpoint}/api/models?sort=createdAt"
    origin = Origin("Hugging Face Hub", "listing of all models by creation", address, iso(context.clock()))

    def read_into(target: Path) -> None:
        crawl.run(context.clock(), site_total(context.hf_endpoint, context.hf_token))
        crawl.pages.write(target)

    return Found("crawl", began, origin, read_into, crawl.pages.clear)


SOURCES: Mapping[str, Callable[[Context], Found]] = {"daily": _daily, "weekly": _weekly, "crawl": _crawl}
TITLES = {"daily": "daily snapshot", "weekly": "weekly snapshot", "crawl": "crawl of the listing"}


def _origin(context: Context, dataset: Pinned, path: str, title: str, licence: str) -> Origin:
    return Origin(dataset.dataset, title, dataset.address(path), iso(context.clock()), dataset.revision, licence)
