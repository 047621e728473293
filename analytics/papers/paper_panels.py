"""One source, one panel with its own measure and scale; of two that overlap two: never rescaled, spliced or joined."""

from collections.abc import Iterable, Iterator

from analytics.domain.chart_specs import Break, Line, Panel, Panels
from analytics.domain.drawn_series import Series
from analytics.domain.requests import Papers
from analytics.domain.wording import in_percent
from analytics.papers.paper_choice import FIRST, PaperFinding
from analytics.papers.paper_tables import Collected, PanelReading, PaperCounts, PaperTables

ARTICLE = "2021Q4"
"""The quarter the article of 2022 reads."""

SHOWN = ("PyTorch", "TensorFlow")
"""JAX and the rest stand in the table: two lines can be told apart on a phone."""

TITLES = {
    "archive": "The archive",
    "successor": "The successor",
    "hub": "The Hub alone",
}
COMMANDS = {"archive": "papers", "successor": "papers", "hub": "census"}
"""What to collect for each."""


NOTHING = {
    "archive": "it holds no paper with a date",
    "successor": "its catalogue knows neither PyTorch nor TensorFlow",
    "hub": "it holds no paper that has had its year",
}


def panels(request: Papers, known: Collected, tables: PaperTables, found: PaperFinding) -> Panels:
    """
    Draw the source of the finding up to its quarter, so that the values named at the ends are those of the title.

    Of two that overlap, the shares of both over the quarters they share.
    """
    return Panels(tuple(_panel(source, request, known, tables[source], found) for source in found.sources))


def _panel(source: str, request: Papers, known: Collected, table: PaperCounts, found: PaperFinding) -> Panel:
    """Draw one source; how many papers the last shares are shares of stands beside its measure."""
    told = found.common or [quarter for quarter in table.rows if quarter <= (found.quarter or "")]
    drawn = table.keep(told)
    missing = _missing(source, request, known.reads[source], table, found)
    n = "" if missing else f" · n = {drawn.value(drawn.list_counted()[-1], 'n'):,}"
    return Panel(
        TITLES[source],
        _measure(source, request) + n,
        lines=() if missing else tuple(_lines(drawn)),
        breaks=tuple(_breaks(request, known, found)) if source == "archive" and not found.common else (),
        missing=missing,
    )


def _measure(source: str, request: Papers) -> str:
    if source == "archive":
        return f"share of {short_units(request)}"
    if source == "hub":
        return "share of arXiv papers"
    return "share of its papers"


def unit(request: Papers) -> str:
    """Name one of what the archive's shares are shares of."""
    name = "pair of paper and repository" if request.per == "pair" else request.per
    return f"official {name}" if request.official else name


def short_unit(request: Papers) -> str:
    """Name one of them where there is little room."""
    return unit(request).removesuffix(" of paper and repository")


def short_units(request: Papers) -> str:
    """Name the same where there is little room."""
    return units(request).removesuffix(" of paper and repository")


def units(request: Papers) -> str:
    """Name what the archive's shares are shares of."""
    names = {"pair": "pairs of paper and repository", "repository": "repositories", "paper": "papers"}
    return f"official {names[request.per]}" if request.official else names[request.per]


def _lines(table: PaperCounts) -> Iterator[Line]:
    at = [quarter for quarter in table.rows if quarter >= FIRST]
    for name in SHOWN:
        points = tuple((quarter, table.share(quarter, name)) for quarter in at)
        if any(value is not None for _, value in points):
            yield Line(name, points)


def _breaks(request: Papers, known: Collected, found: PaperFinding) -> Iterator[Break]:
    """Mark at its quarter what the article read: of another definition, so no point."""
    if known.article and request.per != "paper" and not request.is_of_year and (found.quarter or "") >= ARTICLE:
        read = f"{in_percent(known.article['PyTorch'])} / {in_percent(known.article['TensorFlow'])}"
        yield Break(ARTICLE, f"{ARTICLE}: the article read {read}, by repository date")


def article_series(request: Papers, known: Collected, found: PaperFinding) -> Iterator[Series]:
    """Give what the article read, where it is marked in the picture; it is no point of any line."""
    if any(_breaks(request, known, found)) and found.sources == ("archive",):
        for name in ("PyTorch", "TensorFlow"):
            yield Series(f"the article: {name}, share of repositories", ((ARTICLE, known.article[name] / 100),))


def _missing(source: str, request: Papers, read: PanelReading, table: PaperCounts, found: PaperFinding) -> str:
    if read.body is None:
        return read.trouble or f"not collected yet: it comes with the {COMMANDS[source]}"
    counted = table.list_counted()
    if len(found.sources) > 1 and not found.common:
        return "it has no quarter in common with the other"
    if found.quarter and found.quarter < FIRST:
        return f"drawn from {FIRST} on only; what it counts in {found.quarter} stands in the table"
    if not any(_lines(table)):
        return (
            NOTHING[source] if source != "archive" or not request.official else "it holds no official code with a date"
        )
    if request.quarter and request.quarter not in counted:
        within = not counted or counted[0] < request.quarter < counted[-1]
        where = "" if within else f", only from {counted[0]} to {counted[-1]}"
        return f"it counts no paper in {request.quarter}{where}"
    return ""


def series(tables: PaperTables, found: PaperFinding) -> Iterator[Series]:
    """Give every line by name: shares of all and of those with a named framework as fractions, counts beside."""
    for source in found.sources:
        for name in ("PyTorch", "TensorFlow", "JAX"):
            for denominator, words in (("n", "all"), ("named", "named")):
                shares = ((at, tables[source].share(at, name, denominator)) for at in tables[source].rows)
                if points := _points(shares):
                    yield Series(f"{source}: {name}, share of {words}", points)
        if source == "successor":
            for name in ("PyTorch", "TensorFlow", "JAX"):
                if points := _points((at, row[name]) for at, row in tables[source].rows.items()):
                    yield Series(f"{source}: {name}, papers", points)


def _points(values: Iterable[tuple[str, float | None]]) -> tuple[tuple[str, float], ...]:
    return tuple((at, float(one)) for at, one in values if one is not None)
