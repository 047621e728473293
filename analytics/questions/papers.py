"""
Papers' code by framework and quarter: three panels of three definitions, never spliced into one line.

A. The archive of Papers with Code, by paper date (the old site's chart went by the creation of repositories, a date no
archive holds). B. Its successor, papers tagged with a framework. C. The Hub alone: arXiv papers named by original
models, by the attribution rule, one vote a paper. Where they overlap their levels differ, and that is shown.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analytics.answer import Answer, Origin, Series, Table, Value, iso
from analytics.forms import Line, Panel, Panels
from analytics.request import Papers

FIRST, LAST = "2017Q4", "2025Q2"
"""What of the archive is worth showing: before, few papers had code; it ends in July 2025."""

FEW = 100
"""Below this a share gets an interval (Wilson, 95 %)."""

BY_DATE = "by paper date, not by creation of the repository"
Z = 1.96


@dataclass(frozen=True, slots=True)
class Collected:
    """The bodies of what is stored, None where nothing is; `article` are the readings of 2021 Q4, percent."""

    as_of: dt.datetime
    archive: Mapping[str, Any] | None = None
    live: Mapping[str, Any] | None = None
    hub: Mapping[str, Any] | None = None
    article: Mapping[str, float] = field(default_factory=dict)
    origins: tuple[Origin, ...] = ()
    notes: tuple[str, ...] = ()


def papers(request: Papers, known: Collected) -> Answer:
    """
    Show the three panels, or the share of one quarter.

    Shape:   rows are quarters of the archive with n, each framework and both denominators.
    Raises:  ValueError, if nothing at all is stored.
    """
    if known.archive is None and known.live is None and known.hub is None:
        raise ValueError("nothing is stored to answer from")
    table = _archive(request, known)
    chosen = table[table["quarter"] == request.quarter] if request.quarter else table
    panels = (_panel_a(request, known, table), _panel_b(known), _panel_c(known))
    row = chosen.iloc[-1] if len(chosen) else None
    return Answer(
        question=request.words,
        headline=_headline(request, row, known),
        title=_title(request, row),
        scope=f"{_units(request)} with code by quarter · {BY_DATE}",
        as_of=known.as_of,
        definition=None,
        reproduce=f"frameworks {request.words} --as-of {iso(known.as_of)}",
        detail=tuple(_detail(request, row, known)),
        caveats=(*known.notes, *_caveats(request, known)),
        table=_table(chosen, request) if len(chosen) else None,
        series=tuple(
            Series(f"{panel.title}: {line.name}", tuple((at, value) for at, value in line.points if value is not None))
            for panel in panels
            for line in panel.lines
        ),
        origins=known.origins,
        chart=Panels(panels),
    )


def _archive(request: Papers, known: Collected) -> pd.DataFrame:
    """Give one row a quarter: PyTorch, TensorFlow, JAX, other, none, n (all), named (with a framework)."""
    rows = (known.archive or {}).get("rows", ())
    kept = [
        (quarter, framework, n)
        for unit, official, quarter, framework, n in rows
        if unit == request.per and official == request.official and FIRST <= quarter <= LAST
    ]
    frame = pd.DataFrame(kept, columns=["quarter", "framework", "n"])
    wide = frame.pivot_table(index="quarter", columns="framework", values="n", aggfunc="sum", fill_value=0)
    own = {"PyTorch": "pytorch", "TensorFlow": "tf", "JAX": "jax", "none": "none"}
    counts = {name: wide[word] if word in wide else pd.Series(0, index=wide.index) for name, word in own.items()}
    listed = wide.drop(columns=[word for word in (*own.values(), "(all)", "(named)") if word in wide])
    table = pd.DataFrame(counts | {"other": listed.sum(axis=1)})
    summed = table.sum(axis=1)
    table["n"] = wide.get("(all)", summed)
    table["named"] = wide.get("(named)", summed - table["none"])
    return table.reset_index()


# ------------------------------------------------------------------------------------------------------------- panels


def _panel_a(request: Papers, known: Collected, table: pd.DataFrame) -> Panel:
    title, measure = "A. Archive", f"share of all {_units(request).lower()} of the quarter"
    if known.archive is None or table.empty:
        return Panel(title, measure, missing="the archive has not been collected")
    lines = [Line(name, tuple(_shares(table, name))) for name in ("PyTorch", "TensorFlow")]
    return Panel(title, measure, tuple(lines))


def _shares(table: pd.DataFrame, name: str) -> Iterable[tuple[str, float | None]]:
    for quarter, part, n in zip(table["quarter"], table[name], table["n"], strict=True):
        yield str(quarter), part / n if n else None


def _panel_b(known: Collected) -> Panel:
    title, measure = "B. Live successor", "share of its papers"
    if known.live is None:
        return Panel(title, measure, missing="the successor did not answer or was never asked")
    rows = known.live["rows"]
    totals = {quarter: n for quarter, name, n in rows if name == "(all)"}
    names = [name for name in ("PyTorch", "TensorFlow") if any(row[1] == name for row in rows)]
    if not names:
        return Panel(title, measure, missing="it knows neither PyTorch nor TensorFlow as a framework")
    lines = [
        Line(name, tuple((q, n / totals[q] if totals.get(q) else None) for q, one, n in rows if one == name))
        for name in names
    ]
    return Panel(title, measure, tuple(lines))


def _panel_c(known: Collected) -> Panel:
    title, measure = "C. The Hub alone", "share of arXiv papers that models name"
    if known.hub is None:
        return Panel(title, measure, missing="no census has been collected")
    frame = pd.DataFrame(known.hub["rows"], columns=["quarter", "split", "n"])
    frame = frame[frame["quarter"] >= FIRST]
    wide = frame.pivot_table(index="quarter", columns="split", values="n", aggfunc="sum", fill_value=0)
    if wide.empty:
        return Panel(title, measure, missing="no model of the census names a paper")
    total = wide.sum(axis=1)
    parts = {"PyTorch": ("pytorch_only", "both"), "TensorFlow": ("tensorflow_only", "both")}
    lines = []
    for name, splits in parts.items():
        part = sum((wide[split] for split in splits if split in wide), pd.Series(0, index=wide.index))
        lines.append(Line(name, tuple(zip(map(str, wide.index), map(float, part / total), strict=True))))
    return Panel(title, measure, tuple(lines))


# ---------------------------------------------------------------------------------------------------------- sentences


def _units(request: Papers) -> str:
    own = "Official " if request.official else ""
    name = "repositories" if request.per == "repository" else "papers"
    return f"{own}{name}".capitalize()


def _headline(request: Papers, row: "pd.Series | None", known: Collected) -> str:
    if row is None:
        what = f"{request.quarter} is not in the archive" if request.quarter else "The archive has not been collected"
        return what if known.archive is None or request.quarter else "The archive holds no whole quarter"
    shares = ", ".join(f"{name} {_percent(row[name], row['n'])}" for name in ("PyTorch", "TensorFlow"))
    return f"Of {int(row['n']):,} {_units(request).lower()} of {row['quarter']} in the archive: {shares}"


def _title(request: Papers, row: "pd.Series | None") -> str:
    """Say the finding in at most ten words."""
    if row is None:
        return f"{request.quarter}: not in the archive" if request.quarter else "Papers' code: the archive is missing"
    pytorch, tensorflow = (_percent(row[name], row["n"]) for name in ("PyTorch", "TensorFlow"))
    return f"{row['quarter']}: PyTorch {pytorch}, TensorFlow {tensorflow}"


def _percent(part: float, n: float) -> str:
    if not n:
        return "no reading"
    share = 100 * part / n
    return f"{share:.0f} %" if share >= 1 or not part else "under 1 %"


def _detail(request: Papers, row: "pd.Series | None", known: Collected) -> Iterable[str]:
    if row is not None:
        named = ", ".join(f"{name} {_percent(row[name], row['named'])}" for name in ("PyTorch", "TensorFlow"))
        yield f"Of the {int(row['named']):,} with a named framework: {named}; {int(row['none']):,} have none."
        if row["n"] < FEW:
            low, high = wilson(int(row["PyTorch"]), int(row["n"]))
            yield f"Few: PyTorch's share lies between {low:.0%} and {high:.0%} (95 %, n = {int(row['n'])})."
    if known.article and request.quarter in (None, "2021Q4"):
        read = f"{known.article['PyTorch']:.0f} % PyTorch and {known.article['TensorFlow']:.0f} % TensorFlow"
        yield (
            f"For 2021 Q4 the article read about {known.article['all']:,.0f} repositories, {read}, by the creation of "
            "repositories: another definition."
        )


def wilson(part: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927)."""
    share, z2 = part / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def _caveats(request: Papers, known: Collected) -> Iterable[str]:
    if known.archive is not None:
        dropped = f"{known.archive['undated']:,} links have no date and {known.archive['future']:,} one in the future"
        yield f"The archive ends on {known.archive['last']}: that quarter is left out, 2025 Q2 may lack links."
        yield f"{dropped}."
    if request.per == "paper":
        yield "A paper with code in two frameworks counts for each, so shares can add up to more than 100 %."
    if known.live is not None:
        if known.live["missing"]:
            yield f"The successor knows no framework {', '.join(known.live['missing'])}: missing, not zero."
        totals = [n for _, name, n in known.live["rows"] if name == "(all)"]
        tagged = [n for _, name, n in known.live["rows"] if name != "(all)"]
        if sum(totals):
            share = f"{sum(tagged) / sum(totals):.0%}"
            yield f"Of the successor's {sum(totals):,} papers {share} carry one of these frameworks."
    if known.hub is not None:
        yield "Panel C knows only papers whose models are on the Hub, where PyTorch is at home."
    yield "The panels count different things; their levels differ where they overlap."


def _table(chosen: pd.DataFrame, request: Papers) -> Table:
    columns = ("quarter", "n", "PyTorch", "TensorFlow", "JAX", "other", "none", "PyTorch of all", "PyTorch of named")
    rows = tuple(_row(row) for _, row in chosen.iterrows())
    return Table(columns, rows, f"{_units(request)} of the archive by quarter")


def _row(row: pd.Series) -> tuple[Value, ...]:
    counts = [int(row[name]) for name in ("n", "PyTorch", "TensorFlow", "JAX", "other", "none")]
    return (str(row["quarter"]), *counts, _percent(row["PyTorch"], row["n"]), _percent(row["PyTorch"], row["named"]))
