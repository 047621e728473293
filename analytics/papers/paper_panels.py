"""Three panels, one a source, each with its own measure and scale: never rescaled, spliced or joined."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analytics.domain.answer import Series
from analytics.domain.chart_specs import Break, Line, Panel, Panels
from analytics.domain.requests import Papers
from analytics.domain.wording import in_percent
from analytics.papers.paper_tables import Collected, PanelReading, list_quarters, share, value

FIRST = "2017Q4"
"""The first quarter worth a chart: before, few papers had code with either framework."""

ARTICLE = "2021Q4"
"""The quarter the article of 2022 reads."""

SHOWN = ("PyTorch", "TensorFlow")
"""JAX and the rest stand in the table: two lines can be told apart on a phone."""

TITLES = {"A": "A. Archive", "B": "B. Live successor", "C": "C. The Hub alone"}
COMMANDS = {"A": "papers", "B": "papers", "C": "census"}
"""What to collect for each."""


NOTHING = {
    "A": "it holds no paper with a date",
    "B": "its catalogue knows neither PyTorch nor TensorFlow",
    "C": "it holds no paper of a quarter that is over",
}


def panels(request: Papers, known: Collected, tables: Mapping[str, pd.DataFrame]) -> Panels:
    """
    Draw what is there, and say of the rest why it is missing.

    Asked for one quarter, the lines end with it, so that the values named at their ends are those of that quarter.
    """
    measures = {
        "A": f"share of its {units(request)}, by paper date",
        "B": "papers its catalogue associates, a count",
        "C": "share of arXiv papers that models cite",
    }
    return Panels(
        tuple(_panel(letter, measure, request, known, tables[letter]) for letter, measure in measures.items())
    )


def _panel(letter: str, measure: str, request: Papers, known: Collected, table: pd.DataFrame) -> Panel:
    """Draw one source; how many papers the last shares are shares of stands beside its measure."""
    drawn = table[table.index <= request.quarter] if request.quarter else table
    missing = _missing(letter, request, known.reads[letter], table)
    n = "" if missing or letter == "B" else f" · n = {value(drawn, list_quarters(drawn)[-1], 'n'):,}"
    return Panel(
        TITLES[letter],
        measure + n,
        lines=() if missing else tuple(_lines(drawn, counts=letter == "B")),
        percent=letter != "B",
        breaks=tuple(_breaks(request, known)) if letter == "A" else (),
        missing=missing,
    )


def unit(request: Papers) -> str:
    """Name one of what the archive's shares are shares of."""
    return f"official {request.per}" if request.official else request.per


def units(request: Papers) -> str:
    """Name what the archive's shares are shares of."""
    name = "repositories" if request.per == "repository" else "papers"
    return f"official {name}" if request.official else name


def _lines(table: pd.DataFrame, *, counts: bool) -> Iterator[Line]:
    table = table[table.index >= FIRST]
    for name in SHOWN:
        values = table[name] if counts else share(table, name)
        if values.notna().any():
            yield Line(name, tuple((str(at), None if pd.isna(one) else float(one)) for at, one in values.items()))


def _breaks(request: Papers, known: Collected) -> Iterator[Break]:
    """Mark the quarter asked for, and at its quarter what the article read: of another definition, so no point."""
    if known.article and request.per == "repository" and not request.official:
        read = f"{in_percent(known.article['PyTorch'])} / {in_percent(known.article['TensorFlow'])}"
        yield Break(ARTICLE, f"{ARTICLE}: the article read {read}, by repository date")
    if request.quarter and request.quarter != ARTICLE:
        yield Break(request.quarter, request.quarter)


def _missing(letter: str, request: Papers, read: PanelReading, table: pd.DataFrame) -> str:
    if read.body is None:
        return read.trouble or f"not collected yet: it comes with the {COMMANDS[letter]}"
    counted = list_quarters(table)
    if request.quarter in counted and request.quarter < FIRST:
        return f"drawn from {FIRST} on only; what it counts in {request.quarter} stands in the table"
    if not any(_lines(table, counts=letter == "B")):
        return NOTHING[letter] if letter != "A" or not request.official else "it holds no official code with a date"
    if request.quarter and request.quarter not in counted:
        within = not counted or counted[0] < request.quarter < counted[-1]
        where = "" if within else f", only from {counted[0]} to {counted[-1]}"
        return f"it counts no paper in {request.quarter}{where}"
    return ""


def series(tables: Mapping[str, pd.DataFrame]) -> Iterator[Series]:
    """Give every line by name: shares of all and of those with a named framework as fractions, B also as counts."""
    for letter, table in tables.items():
        for name in ("PyTorch", "TensorFlow", "JAX"):
            for denominator, words in (("n", "all"), ("named", "named")):
                points = _points(share(table, name, denominator))
                if points:
                    yield Series(f"{TITLES[letter]}: {name}, share of {words}", points)
        if letter == "B":
            for name in ("PyTorch", "TensorFlow", "JAX"):
                if points := _points(table[name]):
                    yield Series(f"{TITLES[letter]}: {name}, papers", points)


def _points(values: pd.Series) -> tuple[tuple[str, float], ...]:
    return tuple((str(at), float(one)) for at, one in values.dropna().items())
