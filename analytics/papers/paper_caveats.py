"""What limits what is said of papers' code: each source in its own way, what was dropped and what could not be had."""

from collections.abc import Iterator, Mapping, Sequence

from analytics.attribution import METHOD as ATTRIBUTION
from analytics.domain.requests import PAPER_SOURCES, Papers
from analytics.domain.wording import count, day, verb
from analytics.papers import METHOD
from analytics.papers.paper_choice import PaperFinding
from analytics.papers.paper_panels import TITLES
from analytics.papers.paper_sentences import percent
from analytics.papers.paper_tables import FRAMEWORKS, Collected, PaperCounts, PaperTables, counts_pairs, last_voted

NAMED = 5
"""Of the other names in the catalogue so many are told."""

CURRENT = dict(zip(PAPER_SOURCES, (METHOD, METHOD, ATTRIBUTION), strict=True))
"""The version of the rule by which each is counted today."""


def caveats(request: Papers, known: Collected, tables: PaperTables, found: PaperFinding) -> Iterator[str]:
    """Say how the sources of the finding count, what was dropped and what could not be had."""
    yield from known.notes
    for source in found.sources:
        read = known.reads[source]
        if read.body is None:
            continue
        if source == "archive":
            yield from _of_archive(request, read.body)
        elif source == "successor":
            yield from _of_live(read.body, tables[source])
        else:
            yield _of_hub(known)
        if read.method and read.method != CURRENT[source]:
            yield f"{TITLES[source]}: counted under version {read.method} of the rule; today’s is {CURRENT[source]}."
    if found.common:
        yield "The two define what they count otherwise: nothing is rescaled, joined or added."
    elif request.official and found.sources != ("archive",):
        yield "Only the archive marks official code."
    yield from _dates(known, found)


def _of_archive(request: Papers, body: Mapping[str, list[list[object]]]) -> Iterator[str]:
    yield "By paper date: no reproduction of the old site’s chart, which went by a date of repositories that is lost."
    if request.per == "pair":
        yield "A repository of two papers is two pairs."
    if request.per == "repository" and not counts_pairs(body):
        yield "This reading did not count repositories apart; the next one will."
    if request.per == "paper":
        yield "A paper with code in two frameworks counts for each, so shares can add up to more than 100 %."
    dropped = (
        (body["undated"], "without a date"),
        (body.get("left_out", 0), "of 2025Q3"),
        (body["future"], "dated later"),
    )
    said = ", ".join(f"{n:,} {words}" for n, words in dropped)
    yield f"The archive ends in July 2025: 2025Q2 may lack late links; dropped are {said}."


def _of_live(body: Mapping[str, Sequence[str]], table: PaperCounts) -> Iterator[str]:
    whole, tagged = table.sum_up("n"), table.sum_up(*FRAMEWORKS)
    at_most = percent(min(tagged, whole), whole)
    papers = f"its {count(whole, 'paper')} {verb(whole)}"
    yield f"An association in a catalogue, not the archive’s definition; at most {at_most} of {papers} associated."
    if body["missing"]:
        yield f"The catalogue knows no {' and no '.join(body['missing'])}: missing, not zero."
    others = [name for name in body.get("names", ()) if name not in FRAMEWORKS]
    if others:
        more = f" and {len(others) - NAMED:,} more" if len(others) > NAMED else ""
        new = f"; new since the reading before: {', '.join(body['new'])}" if body.get("new") else ""
        yield f"It also lists {', '.join(others[:NAMED])}{more}, not counted here{new}."


def _of_hub(known: Collected) -> str:
    last = f", so papers after {last_voted(known.hub.as_of)} are left out" if known.hub.as_of else ""
    return (
        f"A paper has a year to be cited by an original model{last}. Cited is not introduced, and only papers with "
        "weights on the Hub are seen: that favours PyTorch. A paper counts by what its models are "
        "counted in, those on an assumption among them; how many papers rest on that alone is not kept, so they have "
        "no three counts."
    )


def _dates(known: Collected, found: PaperFinding) -> Iterator[str]:
    dates = [
        f"{source} {day(read.as_of)}" + (f" ({read.trouble} since)" if read.trouble else "")
        for source, read in known.reads.items()
        if read.as_of and source in found.sources
    ]
    if dates:
        yield f"Read on: {', '.join(dates)}."
