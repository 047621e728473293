"""Which file formats does one model come in? A row a format, with the proof and what runs it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analytics.availability.known_model import Known, has_files_read, loads, say_unread
from analytics.availability.model_sentences import caveats, matrix
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Cell, Held, Matrix
from analytics.domain.requests import Formats, OneModel
from analytics.domain.table import EVIDENCE, Column, ColumnRole, Table
from analytics.domain.wording import count, iso, listing
from analytics.reach.loaders import RUNTIMES

Format = tuple[str, str, str | None, str | None]

COLUMNS = (
    Column("format", role=ColumnRole.NAME),
    Column("kind", role=ColumnRole.MEASURE),
    EVIDENCE,
    Column("runs with"),
)
SHARED = "safetensors"
SAFETENSORS = f".{SHARED}"
WROTE = "the framework that wrote it"


def list_formats(known: Known) -> Answer:
    """Name every framework's files and every export that is there; what is only inherited is none of them."""
    rows = tuple(_rows(known))
    names = [str(row[0]) for row in rows]
    found = _say_found(known, names) if rows else _none(known)
    named = Formats(known.name)
    return Answer(
        request=named,
        headline=found,
        title=f"{known.short}: {_count(known, len(rows))}",
        scope=f"{known.name} · files in its repository, Hugging Face Hub",
        as_of=known.repository.as_of,
        definition=None,
        reproduce=named.words + ("" if known.sample else f" --as-of {iso(known.asked_at)}"),
        doubts=tuple(caveats(OneModel(known.name), known)),
        sample=known.sample,
        stale=known.stale,
        private=known.private,
        table=Table(COLUMNS, rows, f"Formats of {known.name}") if rows else None,
        origins=(known.repository.origin,),
        chart=_draw(known, rows),
    )


THERE = (Held.YES, Held.ASSUMED)


def _draw(known: Known, rows: Iterable[Format]) -> Matrix:
    """Draw what the table lists, safetensors first: the framework whose files they are is no second format."""
    drawn, listed = matrix((known,)), {row[0]: row for row in rows}
    pairs = zip(drawn.frameworks, drawn.cells, strict=True)
    cells = {name: row for name, row in pairs if name in listed or not _is_there(row)}
    if shared := listed.get(SHARED):
        cells = {SHARED: (Cell(Held.YES, shared[2] or ""),), **cells}
    return replace(drawn, frameworks=tuple(cells), cells=tuple(cells.values()))


def _is_there(row: Sequence[Cell]) -> bool:
    return any(cell.status in THERE for cell in row)


def _say_found(known: Known, names: list[str]) -> str:
    if has_files_read(known):
        return f"{known.name} comes in {count(len(names), 'format')}: {listing(names)}"
    return f"The tags of {known.name}, {say_unread(known)}, show {count(len(names), 'format')}: {listing(names)}"


def _count(known: Known, formats: int) -> str:
    """Say how many: where its files were not read, those its tags show are not all."""
    if has_files_read(known):
        return count(formats, "format")
    return f"at least {count(formats, 'format')}" if formats else "formats unknown"


def _none(known: Known) -> str:
    unread = "" if has_files_read(known) else f", {say_unread(known)},"
    return f"Nothing in {known.name}{unread} shows a format that is known here"


def _rows(known: Known) -> Iterator[Format]:
    """Give the formats: safetensors by its own name, then each framework's own files, then the exports."""
    wrote = [found for found in known.verdict.findings if found.counts and found.proof.is_of_safetensors]
    if shared := _find_safetensors(known):
        says = "; ".join([shared, *(found.evidence for found in wrote)])
        yield SHARED, "weights", says, listing(filter(None, (loads(known, one.framework) for one in wrote))) or WROTE
    for found in known.verdict.findings:
        if found.counts and found not in wrote:
            yield found.framework, "framework", found.evidence, loads(known, found.framework)
    for name in known.verdict.conversions:
        yield name, "conversion", None, RUNTIMES.get(name)


def _find_safetensors(known: Known) -> str:
    """Give what shows safetensors: a file, or a tag where the files were not read; nothing where there are none."""
    files = known.repository.model.files or ()
    if shared := next((file for file in files if file.casefold().endswith(SAFETENSORS)), ""):
        return shared
    is_tagged = not has_files_read(known) and SHARED in (known.repository.model.tags or ())
    return f"tag {SHARED}" if is_tagged else ""
