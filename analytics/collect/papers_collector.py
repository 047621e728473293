"""
`frameworks collect papers`: the frozen archive of Papers with Code, and its live successor.

Each is collected apart and kept as aggregates; what cannot be had is said and remembered with its day, and the other is
stored all the same. The third panel, the Hub's own arXiv tags, comes with the census.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from analytics.context import Context
from analytics.domain import quarters
from analytics.domain.answer import Origin
from analytics.domain.reading_kinds import CENSUS_PAPERS, PAPERS_ARCHIVE, PAPERS_LIVE, PAPERS_TROUBLE
from analytics.domain.wording import clause, count, iso
from analytics.errors import Changed, Missing, SourceError, UnknownOption, Unreachable
from analytics.papers import METHOD
from analytics.sources import papers_archive
from analytics.sources.papers_archive import PaperLink
from analytics.sources.papers_live import PapersLive
from analytics.sources.retry import REALLY, Waiting
from analytics.storage.readings import Reading

NAMES = {PAPERS_ARCHIVE: "archive", PAPERS_LIVE: "live successor"}

WANTED = ("PyTorch", "TensorFlow", "JAX")
FIRST_LIVE = "2023Q1"
"""The successor is counted from here on, so that it overlaps the archive; all quarters anew, as old ones are filled."""

SHRINKS_TO = 0.98
"""The archive is frozen: one that lost more than this leaves is missing a part."""


def collect(context: Context, options: Sequence[str]) -> tuple[str, ...]:
    """
    Collect both; one that fails is said.

    Raises:  UnknownOption; SourceError, if neither could be had.
    """
    if options:
        raise UnknownOption(f"“collect papers” takes no options; “{' '.join(options)}” came.")
    return collect_both(context)


def collect_both(context: Context, waiting: Waiting = REALLY) -> tuple[str, ...]:
    """
    Collect the archive and its successor, waiting between tries as is handed in.

    Raises:  SourceError, if neither could be had.
    """
    failures: list[SourceError] = []
    sentences: list[str] = []
    for kind, work in ((PAPERS_ARCHIVE, _archive), (PAPERS_LIVE, _live)):
        try:
            reading, said = work(context, waiting)
        except SourceError as trouble:
            failures.append(trouble)
            context.readings.add(Reading(PAPERS_TROUBLE, kind, context.clock(), METHOD, {"why": trouble.why}))
            sentences.append(f"The {NAMES[kind]} could not be read: {trouble.why} ({trouble.url}).")
        else:
            context.readings.add(reading)
            sentences.append(said)
    if len(failures) == len(NAMES):
        why = " ".join(f"The {name}: {trouble.why}." for name, trouble in zip(NAMES.values(), failures, strict=True))
        raise Unreachable(failures[0].url, clause(why))
    return (*sentences, *([] if context.readings.newest(CENSUS_PAPERS) else [NO_CENSUS]))


NO_CENSUS = "The Hub's own papers come with the census, and none has been collected yet."


# ------------------------------------------------------------------------------------------------------------ archive


def _archive(context: Context, waiting: Waiting) -> tuple[Reading, str]:
    context.progress("Reading the archive's links and dates…")
    archive = papers_archive.read(context.hf_endpoint, context.hf_token, context.clock, waiting)
    body = count_archive(archive.links) | {"doubles": archive.doubles}
    before = context.readings.newest(PAPERS_ARCHIVE)
    if before and body["pairs"] < SHRINKS_TO * before.body["pairs"]:
        pairs = f"{body['pairs']:,} pairs, the reading before {before.body['pairs']:,}"
        raise Changed(archive.origins[0].address, f"it holds {pairs}: part of it is missing upstream")
    if not body["rows"]:
        raise Changed(archive.origins[0].address, "none of its links has a date in a whole quarter")
    said = (
        f"The archive: {len(archive.links):,} pairs of paper and repository, {len(body['rows']):,} counts stored to "
        f"{papers_archive.LAST}; {body['undated']:,} without a date, {body['future']:,} dated after its end."
    )
    return Reading(PAPERS_ARCHIVE, "", context.clock(), METHOD, body, archive.origins), said


def count_archive(links: Sequence[PaperLink]) -> dict[str, Any]:
    """
    Count: {"rows": [[unit, official, quarter, framework, n], ...], "pairs", "undated", "left_out", "future"}.

    Unit "pair" counts pairs of paper and repository; "repository" each repository once, by its earliest paper; "paper"
    a paper once for each framework, and its "(all)" and "(named)" are the denominators.
    """
    following = quarters.quarter_of(quarters.number(papers_archive.LAST) + 1)
    dated = [row for row in links if row.quarter]
    kept = [row for row in dated if _quarter_of(row) <= papers_archive.LAST]
    incomplete = sum(row.quarter == following for row in dated)
    rows = [*_count_rows(kept, official=False), *_count_rows([row for row in kept if row.official], official=True)]
    return {
        "rows": rows,
        "pairs": len(links),
        "undated": len(links) - len(dated),
        "left_out": incomplete,
        "future": len(dated) - len(kept) - incomplete,
    }


def _quarter_of(row: PaperLink) -> str:
    return row.quarter or ""


def _count_rows(rows: Sequence[PaperLink], *, official: bool) -> Iterator[list[Any]]:
    yield from _sizes("pair", rows, official=official)
    earliest = _once(sorted(rows, key=_quarter_of), lambda row: row.repository)
    yield from _sizes("repository", earliest, official=official)
    yield from _sizes("paper", _once(rows, lambda row: (row.paper, row.framework)), official=official)
    named = [row for row in rows if row.framework != "none"]
    for name, chosen in (("(all)", rows), ("(named)", named)):
        once = (row._replace(framework=name) for row in _once(chosen, lambda row: row.paper))
        yield from _sizes("paper", once, official=official)


def _once(rows: Iterable[PaperLink], key: Callable[[PaperLink], Hashable]) -> Iterable[PaperLink]:
    """Give the first of each key."""
    first: dict[Hashable, PaperLink] = {}
    for row in rows:
        first.setdefault(key(row), row)
    return first.values()


def _sizes(unit: str, rows: Iterable[PaperLink], *, official: bool) -> Iterator[list[Any]]:
    sizes = Counter((_quarter_of(row), row.framework) for row in rows)
    for (quarter, framework), n in sorted(sizes.items()):
        yield [unit, official, quarter, framework, n]


# --------------------------------------------------------------------------------------------------------------- live


def _live(context: Context, waiting: Waiting) -> tuple[Reading, str]:
    """Count every whole quarter anew, by framework and in all."""
    api = PapersLive(context.papers_api_url, waiting=waiting)
    names = api.frameworks()
    asked = quarters.span(FIRST_LIVE, quarters.last_whole(context.clock()))
    known = [name for name in _spell(names) if _is_known(api, name, asked)]
    rows: list[list[Any]] = []
    _hold_apart(api, asked, known)
    for quarter in asked:
        context.progress(f"Asking the live successor for {quarter}…")
        rows += _quarter(api, quarter, known)
    before = context.readings.newest(PAPERS_LIVE)
    new = sorted(set(names) - set(before.body["names"])) if before and "names" in before.body else []
    body: dict[str, Any] = {
        "rows": rows,
        "missing": [name for name in WANTED if name not in [_own(one) for one in known]],
        "names": names,
        "new": new,
    }
    news = f" New in its catalogue: {', '.join(new)}." if new else ""
    origin = Origin(
        "Papers with Code successor", "papers by framework", f"{context.papers_api_url}/papers/", iso(context.clock())
    )
    said = f"The live successor: {len(asked):,} quarters, {', '.join(known) or 'none of our frameworks known'}.{news}"
    return Reading(PAPERS_LIVE, "", context.clock(), METHOD, body, (origin,)), said


def _spell(names: dict[str, int | None]) -> list[str]:
    """Spell the frameworks we want as the catalogue does; those it does not list are asked for all the same."""
    listed = {name.casefold(): name for name in names}
    return [listed.get(name.casefold(), name) for name in WANTED]


def _own(name: str) -> str:
    return next(own for own in WANTED if own.casefold() == name.casefold())


def _is_known(api: PapersLive, name: str, asked: Sequence[str]) -> bool:
    """Tell whether it has any paper of a framework at all: 404 and 0 both mean that the name means nothing to it."""
    try:
        return api.count(asked[0], asked[-1], name) > 0
    except Missing:
        return False


def _hold_apart(api: PapersLive, asked: Sequence[str], known: Sequence[str]) -> None:
    """Refuse a filter that is echoed and not applied: then every framework has every paper. Raises Changed."""
    first, last = asked[0], asked[-1]
    whole = api.count(first, last)
    if len(known) > 1 and all(api.count(first, last, name) == whole for name in known):
        raise Changed(
            api.address, f"it has all {count(whole, 'paper')} under {' and under '.join(known)}: it does not filter"
        )


def _quarter(api: PapersLive, quarter: str, known: Sequence[str]) -> list[list[Any]]:
    whole = api.count(quarter, quarter)
    counted = {_own(name): api.count(quarter, quarter, name) for name in known}
    for name, n in counted.items():
        if n > whole:
            raise Changed(api.address, f"of {count(whole, 'paper')} in {quarter} it counts {n:,} in {name}")
    return [*([quarter, name, n] for name, n in counted.items()), [quarter, "(all)", whole]]
