"""
Papers' code by framework and quarter: three panels of three definitions, never spliced into one line.

A. The archive of Papers with Code, by paper date (the old site's chart went by the creation of repositories, a date no
archive holds). B. Its successor's catalogue, papers associated with a framework. C. The Hub alone: arXiv papers cited
by original models, by the attribution rule, one vote a paper. Where they overlap their levels differ, and that is said.
"""

from collections.abc import Mapping

import pandas as pd

from analytics.domain.answer import Answer
from analytics.domain.requests import Papers
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import iso
from analytics.papers import paper_sentences
from analytics.papers.paper_panels import FIRST, panels, series, units
from analytics.papers.paper_tables import COLUMNS, Collected, list_quarters, share, tables, value

PREFERRED = ("A", "C", "B")
"""Whose finding is the headline: the archive has the old definition nearest at hand, the catalogue the farthest."""

SHARES = tuple((name, denominator) for denominator in ("n", "named") for name in ("PyTorch", "TensorFlow"))
COUNTED = tuple(name for name in COLUMNS if name != "named")
SHOWN = (
    Column("quarter", role=ColumnRole.NAME),
    Column("source"),
    *(Column(name, ColumnKind.COUNT, ColumnRole.MEASURE) for name in COUNTED),
    *(Column(f"{name} % of {'all' if whole == 'n' else whole}", ColumnKind.PERCENT) for name, whole in SHARES),
)


def papers(request: Papers, known: Collected) -> Answer:
    """
    Show the three panels, or one quarter of each.

    Shape:   table rows are a quarter of a source, newest first, with counts and the shares of both denominators.
    Raises:  ValueError, if nothing at all is stored.
    """
    moments = [read.as_of for read in known.reads.values() if read.body is not None and read.as_of]
    if not moments:
        raise ValueError("nothing is stored to answer from")
    found = tables(request, known)
    letter, quarter = _finding(request, found)
    return Answer(
        request=request,
        headline=paper_sentences.headline(letter, quarter, request, found),
        title=paper_sentences.title(letter, quarter, found),
        scope="Paper dates: the old chart's repository dates are lost",
        as_of=max(moments),
        definition=None,
        reproduce=f"{request.words} --as-of {iso(max(moments))}",
        further=tuple(paper_sentences.detail(request, request.quarter, known, found)),
        doubts=tuple(paper_sentences.caveats(request, known, found)),
        stale=known.stale,
        table=_table(request, found),
        series=tuple(series(found)),
        origins=tuple(dict.fromkeys(origin for read in known.reads.values() for origin in read.origins)),
        chart=panels(request, known, found),
    )


def _finding(request: Papers, found: Mapping[str, pd.DataFrame]) -> tuple[str | None, str | None]:
    """Choose the source and the quarter of the headline: the quarter asked for, else the last one counted."""
    for letter in PREFERRED:
        counted = list_quarters(found[letter])
        if request.quarter in counted:
            return letter, request.quarter
        if counted and not request.quarter:
            return letter, counted[-1]
    return None, request.quarter


def _table(request: Papers, found: Mapping[str, pd.DataFrame]) -> Table | None:
    asked = sorted({quarter for table in found.values() for quarter in map(str, table.index)}, reverse=True)
    if request.quarter:
        asked = [request.quarter]
    rows = tuple(
        (quarter, letter, *_values(table, quarter))
        for quarter in asked
        for letter, table in found.items()
        if quarter in table.index and (request.quarter or quarter >= FIRST)
    )
    caption = f"By quarter: A {units(request)} of the archive, B the successor's papers, C papers of the Hub's models"
    return Table(SHOWN, rows, caption) if rows else None


def _values(table: pd.DataFrame, quarter: str) -> tuple[Value, ...]:
    counts = [value(table, quarter, name) for name in COUNTED]
    shares = [share(table.loc[[quarter]], name, whole).dropna().tolist() for name, whole in SHARES]
    return (*counts, *(round(100 * one[0], 1) if one else None for one in shares))
