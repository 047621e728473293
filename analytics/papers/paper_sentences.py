"""What is said of papers' code: the finding of one source, both denominators, and intervals where few were counted."""

import math
import statistics
from collections.abc import Iterator
from dataclasses import replace

from analytics.domain import wording
from analytics.domain.requests import OVERLAP, Papers
from analytics.domain.wording import count
from analytics.papers.paper_choice import ENOUGH, PaperFinding, provisional
from analytics.papers.paper_panels import ARTICLE, unit, units
from analytics.papers.paper_tables import FRAMEWORKS, Collected, PaperCounts, PaperTables, of_archive

Z = 1.959964
"""Of the normal distribution, for 95 %."""

PAIR = ("PyTorch", "TensorFlow")
NONE = "No paper with a date has been counted yet"
SHORT = {"archive": "the archive", "successor": "the successor", "hub": "the Hub"}


def percent(part: int | None, whole: int | None, digits: int = 1) -> str:
    """Write a share; what is not known is said."""
    return "unknown" if part is None or not whole else wording.share(part, whole, digits)


def title(request: Papers, tables: PaperTables, found: PaperFinding) -> str:
    """Say the finding in at most ten words."""
    if found.quarter is None:
        return _say_nothing(request, f"No paper counted in {request.quarter}", "Papers’ code: nothing counted yet")
    if found.common:
        said = (f"{source} {_at(tables[source], 'PyTorch', found.quarter)}" for source in found.sources)
        return f"PyTorch {found.quarter}: {', '.join(said)}"
    (source,), table = found.sources, tables[found.sources[0]]
    n = table.value(found.quarter, "n")
    if not found.enough:
        noun = ("pair", "pairs") if source == "archive" and request.per == "pair" else _nouns(source, request)
        return f"{found.quarter}: {count(n or 0, *noun)}, too few for shares"
    what = {"archive": "Papers’ code", "successor": "Catalogued papers", "hub": "Hub papers"}[source]
    return f"{what} {found.quarter}: {', '.join(_shares(table, found.quarter, n, digits=0))}"


def _say_nothing(request: Papers, of_quarter: str, of_all: str) -> str:
    """Say that nothing is counted: of an overlap, that no two sources have a quarter in common that can be told."""
    if request.source == OVERLAP:
        return f"No quarter has {ENOUGH} papers in two sources"
    return of_quarter if request.quarter else of_all


def _shares(table: PaperCounts, quarter: str, n: int | None, digits: int = 1) -> Iterator[str]:
    for name in PAIR:
        part = table.value(quarter, name)
        yield f"{name} not listed" if part is None else f"{name} {percent(part, n, digits)}"


def _nouns(source: str, request: Papers) -> tuple[str, str]:
    archive = request.per, "repositories" if request.per == "repository" else f"{request.per}s"
    return archive if source == "archive" else ("paper", "papers")


def headline(request: Papers, known: Collected, tables: PaperTables, found: PaperFinding) -> str:
    """Say the finding with its source and denominator; of few, counts and no shares."""
    if found.quarter is None:
        return _say_nothing(request, f"No paper is counted in {request.quarter}", NONE)
    if found.common:
        return (
            f"In {found.quarter} {', '.join(_level(tables[source], source, found.quarter) for source in found.sources)}"
        )
    (source,), table = found.sources, tables[found.sources[0]]
    n = table.value(found.quarter, "n") or 0
    is_open = source == "successor" and (provisional(known) or "").startswith(found.quarter)  # or a year that it is of
    at = found.quarter + (" (provisional)" if is_open else "")
    if found.enough:
        return f"Of {_whole(source, n, request)} in {at}: {', '.join(_shares(table, found.quarter, n))}"
    counted = ((name, table.value(found.quarter, name)) for name in PAIR)
    said = ", ".join(f"{name} {'not listed' if part is None else f'{part:,}'}" for name, part in counted)
    return f"Only {_whole(source, n, request)} in {at}, too few for shares: {said}"


def _level(table: PaperCounts, source: str, quarter: str) -> str:
    pytorch, tensorflow = (_at(table, name, quarter) for name in PAIR)
    return f"{SHORT[source]} has PyTorch at {pytorch} and TensorFlow at {tensorflow}"


def _whole(source: str, n: int, request: Papers) -> str:
    return {
        "archive": f"{count(n, unit(request), units(request))} in the archive of Papers with Code",
        "successor": f"{count(n, 'paper')} in the catalogue of Papers with Code’s successor",
        "hub": f"{count(n, 'arXiv paper')} that models on the Hub cite",
    }[source]


def _at(table: PaperCounts, name: str, quarter: str) -> str:
    part = table.value(quarter, name)
    return "unknown" if part is None else percent(part, table.value(quarter, "n"), digits=0)


def _compare(tables: PaperTables, found: PaperFinding) -> str:
    """Say the mean shares of both over the quarters they share."""
    said = (f"{name} {' and '.join(_mean(tables[source], name, found) for source in found.sources)}" for name in PAIR)
    return f"In the mean from {found.common[0]} to {found.common[-1]}: {', '.join(said)}."


def _mean(table: PaperCounts, name: str, found: PaperFinding) -> str:
    known = [part for quarter in found.common if (part := table.share(quarter, name)) is not None]
    return wording.share(statistics.fmean(known), 1) if known else "unknown"


# ------------------------------------------------------------------------------------------------------------- detail


def detail(request: Papers, known: Collected, tables: PaperTables, found: PaperFinding) -> Iterator[str]:
    """Give the counts of the quarter by both denominators, what else the archive says of it, what is not settled."""
    if len(found.common) > 1:
        yield _compare(tables, found)
    if found.common or found.quarter is None:
        return
    source, quarter = found.sources[0], found.quarter
    table = tables[source]
    yield _count_live(table, quarter) if source == "successor" else _both_denominators(request, source, table, quarter)
    yield from _interval(table, quarter)
    if source == "archive":
        yield from _official_once(request, known, quarter)
    if source == "archive" and known.article and request.quarter == ARTICLE:
        yield _article(request, known, table)
    open_one = provisional(known)
    if source == "successor" and open_one in table.rows and request.quarter in (None, open_one):
        n, part = (table.value(str(open_one), name) for name in ("n", "PyTorch"))
        told = f"{part or 0:,} of {n or 0:,} in PyTorch so far"
        yield f"{open_one} is provisional until the quarter after it is over: {told}."


def _both_denominators(request: Papers, source: str, table: PaperCounts, quarter: str) -> str:
    n, named = (table.value(quarter, name) or 0 for name in ("n", "named"))
    counted = [(name, table.value(quarter, name)) for name in FRAMEWORKS]
    shares = [
        f"{name} {part:,}" + (f" ({percent(part, named)} of named)" if named >= ENOUGH else "")
        for name, part in counted
        if part is not None
    ]
    rest = {"other": "another framework", "none": "none named" if source == "archive" else "neither"}
    others = [f"{words} {part:,}" for name, words in rest.items() if (part := table.value(quarter, name)) is not None]
    what = (unit(request), units(request)) if source == "archive" else ("arXiv paper", "arXiv papers")
    whole = f"{count(n, *what)}, {named:,} with a named framework"
    return f"{quarter}: {whole}; {', '.join([*shares, *others])}."


def _count_live(table: PaperCounts, quarter: str) -> str:
    n = table.value(quarter, "n") or 0
    counted = {name: table.value(quarter, name) for name in FRAMEWORKS}
    parts = [f"{name} {part:,}" for name, part in counted.items() if part is not None]
    return f"{quarter}: {count(n, 'paper')} in the catalogue, of them associated with {', '.join(parts) or 'none'}."


def _interval(table: PaperCounts, quarter: str) -> Iterator[str]:
    """Warn of shares of few: of all, and of those with a named framework where only they are few."""
    for denominator, words in (("n", "all"), ("named", "named")):
        n = table.value(quarter, denominator) or 0
        if 0 < n < ENOUGH:
            known = {name: table.value(quarter, name) for name in PAIR}
            edges = {name: wilson(min(part, n), n) for name, part in known.items() if part is not None}
            said = ", ".join(
                f"{name} {wording.in_percent(100 * low, 100 * high)}" for name, (low, high) in edges.items()
            )
            yield f"Few: of {n:,} ({words}) the shares may be {said} (95 %, Wilson)."
            return


def wilson(part: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927); `n` at least 1."""
    proportion, z2 = part / n, Z * Z
    middle = (proportion + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * math.sqrt(proportion * (1 - proportion) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def _official_once(request: Papers, known: Collected, quarter: str) -> Iterator[str]:
    """Give the reading nearer to the article's chart: each official repository once, by its earliest paper."""
    once = replace(request, official=True, per="repository")
    if once == request or known.archive.body is None:
        return
    counted = of_archive(known.archive.body, once)
    table = counted.by_year() if request.is_of_year else counted
    n = table.value(quarter, "n") or 0
    if n >= ENOUGH:
        shares = ", ".join(f"{name} {percent(table.value(quarter, name), n)}" for name in PAIR)
        yield f"Each official repository once, by its earliest paper: {shares} of {n:,}."


def _article(request: Papers, known: Collected, archive: PaperCounts) -> str:
    read = " and ".join(f"{wording.in_percent(known.article[name])} {name}" for name in PAIR)
    whole = f"For {ARTICLE} the article of 2022 read {read} of about {known.article['all']:,.0f} repositories"
    definition = "by the creation date of repositories, which no archive holds"
    n = archive.value(ARTICLE, "n") or 0
    if n < ENOUGH:
        return f"{whole}, {definition}: another definition than the archive’s."
    own = wording.listing(percent(archive.value(ARTICLE, name), n) for name in PAIR)
    what = count(n, unit(request), units(request))
    return f"{whole}, {definition}; the archive, by paper date, gives {own} of {what}: another definition."
