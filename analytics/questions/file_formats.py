"""Which file formats does one model come in? A row a format, with the proof and what runs it."""

from collections.abc import Iterator

from analytics.availability.known_model import Known, loads
from analytics.availability.model_sentences import caveats, matrix
from analytics.domain.answer import Answer
from analytics.domain.requests import Formats, OneModel
from analytics.domain.table import EVIDENCE, Column, ColumnRole, Table
from analytics.domain.wording import count, iso, listing
from analytics.reach.loading import RUNTIMES

COLUMNS = (
    Column("format", role=ColumnRole.NAME),
    Column("kind", role=ColumnRole.MEASURE),
    EVIDENCE,
    Column("runs with"),
)
SAFETENSORS = ".safetensors"


def list_formats(known: Known) -> Answer:
    """Name every framework's files and every export that is there; what is only inherited is none of them."""
    rows = tuple(_rows(known))
    names = [str(row[0]) for row in rows]
    found = f"{known.name} comes in {count(len(rows), 'format')}: {listing(names)}" if rows else _none(known)
    named = Formats(known.name)
    return Answer(
        request=named,
        headline=found,
        title=f"{known.short}: {count(len(rows), 'format')}",
        scope=f"{known.name} · files in its repository, Hugging Face Hub",
        as_of=known.repository.as_of,
        definition=None,
        reproduce=f"{named.words} --as-of {iso(known.asked_at)}",
        doubts=tuple(caveats(OneModel(known.name), known)),
        sample=known.sample,
        stale=known.stale,
        private=known.private,
        table=Table(COLUMNS, rows, f"Formats of {known.name}") if rows else None,
        origins=(known.repository.origin,),
        chart=matrix((known,)),
    )


def _none(known: Known) -> str:
    return f"Nothing in {known.name} shows a format that is known here"


def _rows(known: Known) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Give the formats: safetensors by its own name, then each framework's, then the exports."""
    shared = [file for file in known.repository.model.files or () if file.casefold().endswith(SAFETENSORS)]
    if shared:
        yield "safetensors", "weights", shared[0], "the framework that wrote it"
    for found in known.verdict.findings:
        if found.counts and not (shared and SAFETENSORS in found.proof.value):
            yield found.framework, "framework", found.evidence, loads(known, found.framework)
    for name in known.verdict.conversions:
        yield name, "conversion", None, RUNTIMES.get(name)
