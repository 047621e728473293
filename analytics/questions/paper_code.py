"""
Papers' code by framework and quarter, from one of three sources of three definitions, never spliced into one line.

The archive of Papers with Code, by paper date (the old site's chart went by the creation of repositories, a date no
archive holds). Its successor's catalogue, papers associated with a framework. The Hub alone: arXiv papers cited by
original models, by the attribution rule, one vote a paper. One question is answered from one of them, or sets two of
them side by side where they overlap.
"""

from collections.abc import Iterator

from analytics.domain.answer import Answer
from analytics.domain.requests import Papers
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import iso, sentence
from analytics.papers import paper_sentences
from analytics.papers.paper_caveats import caveats
from analytics.papers.paper_choice import FIRST, PaperFinding, choose
from analytics.papers.paper_panels import article_series, panels, series, units
from analytics.papers.paper_tables import COLUMNS, Collected, PaperCounts, PaperTables, tables

SHARES = tuple((name, denominator) for denominator in ("n", "named") for name in ("PyTorch", "TensorFlow"))
COUNTED = tuple(name for name in COLUMNS if name != "named")
SHOWN = (
    Column("quarter", role=ColumnRole.NAME),
    *(Column(f"{name} % of {'all' if whole == 'n' else whole}", ColumnKind.PERCENT) for name, whole in SHARES),
    *(Column(name, ColumnKind.COUNT, ColumnRole.MEASURE) for name in COUNTED),
    Column("source"),
)
SCOPES = {
    "archive": "By paper date, archive of Papers with Code",
    "successor": "By paper date, the successor’s catalogue",
    "hub": "By paper date, papers that Hub models cite",
}


def papers(request: Papers, known: Collected) -> Answer:
    """
    Show one source, up to the quarter of its finding, or one quarter; or two over the quarters they share.

    Shape:   table rows are a quarter of a source, newest first, with counts and the shares of both denominators.
    Raises:  ValueError, if nothing at all is stored.
    """
    heard = known.moment
    if heard is None or not any(read.body is not None for read in known.reads.values()):
        raise ValueError("nothing is stored to answer from")
    counted = tables(request, known)
    found = choose(request, known, counted)
    reads = [known.reads[source] for source in found.sources]
    return Answer(
        request=request,
        headline=paper_sentences.headline(request, known, counted, found),
        title=paper_sentences.title(request, counted, found),
        scope=SCOPES[found.sources[0]] if len(found.sources) == 1 else "By paper date, two sources",
        as_of=max((read.as_of for read in reads if read.as_of), default=heard),
        definition=None,
        reproduce=f"{request.words} --as-of {iso(heard)}",
        further=tuple(paper_sentences.detail(request, known, counted, found)),
        doubts=tuple(caveats(request, known, counted, found)),
        stale=known.stale,
        table=_table(request, counted, found),
        lines=(*series(counted, found), *article_series(request, known, found)),
        origins=tuple(dict.fromkeys(origin for read in reads for origin in read.origins)),
        chart=panels(request, known, counted, found),
        method=", ".join(dict.fromkeys(read.method for read in reads if read.method)),
    )


def _table(request: Papers, counted: PaperTables, found: PaperFinding) -> Table | None:
    asked = sorted({at for source in found.sources for at in counted[source].rows}, reverse=True)
    wanted = [quarter for quarter in asked if quarter == request.quarter or (not request.quarter and quarter >= FIRST)]
    rows = tuple(
        (quarter, *_values(counted[source], quarter), source)
        for quarter in (found.common[::-1] or wanted)
        for source in found.sources
        if quarter in counted[source].rows
    )
    what = units(request) if found.sources == ("archive",) else "papers"
    return Table(SHOWN, rows, f"{sentence(what)} by {'year' if request.is_of_year else 'quarter'}") if rows else None


def _values(table: PaperCounts, quarter: str) -> Iterator[Value]:
    """Give the shares, in percent, and the counts of a quarter."""
    for name, whole in SHARES:
        share = table.share(quarter, name, whole)
        yield None if share is None else round(100 * share, 1)
    yield from (table.value(quarter, name) for name in COUNTED)
