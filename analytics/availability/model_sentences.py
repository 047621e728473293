"""What is said and shown of one model: the sentences and the matrix that `model` and `compare` share."""

import datetime as dt
from collections.abc import Iterable

from analytics.attribution import FRAMEWORKS, Certainty, Derivative, Finding, Status, Tier, say_framework
from analytics.attribution.derivatives import holds_full_weights
from analytics.availability.known_model import (
    THROUGH_KERAS,
    Known,
    Standing,
    choose_frameworks,
    converter,
    evidence,
    finding,
    has_files_read,
    loads,
    name_limit,
    say_unread,
    status,
)
from analytics.domain.chart_specs import Cell, Held, Matrix
from analytics.domain.observations import Twin
from analytics.domain.requests import Compare, OneModel
from analytics.domain.wording import count, day, iso, listing, sentence


def is_in(known: Known, *, opens: bool = True) -> str:
    """State the finding on one model; `opens`: as a sentence of its own, or behind another's semicolon."""
    verdict = known.verdict
    if verdict.frameworks:
        return f"{known.name} is in {listing(_say_how_sure(known))}"
    if verdict.tier in (Tier.CONVERSION, Tier.INHERITED):
        made_of = f" of {verdict.bases[0]}" if verdict.bases else ""
        return f"{known.name} is a conversion only ({', '.join(verdict.conversions)}){made_of}"
    if verdict.tier is Tier.NO_WEIGHTS:
        return f"{known.name} holds no weights"
    return f"{'Nothing' if opens else 'nothing'} in {known.name} shows its framework"


def _say_how_sure(known: Known) -> Iterable[str]:
    """Name the frameworks it is in, each with whether that is only assumed."""
    for name in known.verdict.frameworks:
        doubt = " (assumed)" if known.verdict.certainty(name) is Certainty.ASSUMED else ""
        yield f"{say_framework(name)}{doubt}"


def evidence_of(known: Known) -> str:
    """Say in a sentence by what each framework was found."""
    parts = [_say_found(found) for name in FRAMEWORKS if (found := _counting(known, name))]
    converted = ", ".join(known.verdict.conversions)
    also = f"; also converted to {converted}" if parts and converted else ""
    return f"Evidence: {'; '.join(parts) or known.verdict.evidence or 'none'}{also}."


def _say_found(found: Finding) -> str:
    name = sentence(say_framework(found.framework))
    return f"{name}{', ' if found.status is Status.ASSUMED else ' by '}{found.evidence}"


def _counting(known: Known, framework: str) -> Finding | None:
    found = finding(known, framework)
    return found if found and found.counts else None


def twin_in(known: Known, framework: str, twin: Twin | None) -> str:
    """Say which twin was found in a framework, and why it is thought to be one."""
    if twin is None:
        return f"No twin of {known.name} was found in {framework}."
    through = " (through Keras 3)" if twin.framework != framework else ""
    gate = f" It is gated ({twin.gated}): its files only with access." if twin.gated else ""
    return f"Nearest in {framework}{through}: {twin.id}, for {twin.why} ({twin.proof}).{gate}"


KINDS = {
    Derivative.FINETUNE: "a fine-tune",
    Derivative.ADAPTER: "an adapter",
    Derivative.QUANTISED: "a quantised copy",
    Derivative.MERGE: "a merge",
}


def kinship(known: Known) -> str:
    """Say what it was made from and how; empty for an original."""
    verdict = known.verdict
    if verdict.derivative is Derivative.ORIGINAL:
        named = verdict.suspected and KINDS[verdict.suspected]
        return f"Its name suggests that it is {named}; nothing else says so." if named else ""
    if not verdict.bases:
        return f"It is {KINDS[verdict.derivative]} of a model it does not name."
    there = [*map(say_framework, known.base.frameworks)] if known.base else []
    base = f", which is in {listing(there)}" if there else ""
    bases = listing(verdict.bases[:3])
    if verdict.derivative is Derivative.QUANTISED and holds_full_weights(known.repository.model, verdict):
        return f"Its tags call it {KINDS[verdict.derivative]} of {bases}{base}; it holds full weights all the same."
    return f"It is {KINDS[verdict.derivative]} of {bases}{base}."


def popularity(known: Known) -> str:
    """Say its downloads, likes and rank, and how the rank moved."""
    model = known.repository.model
    month, likes = model.downloads_30d, model.likes
    downloads = "downloads unknown" if month is None else f"{count(month, 'download')} in 30 days"
    liked = "likes unknown" if likes is None else count(likes, "like")
    return sentence(f"{downloads}, {liked}; {_rank(known.standing)}.")


def _rank(standing: Standing | None) -> str:
    if standing is None:
        return "its rank is not known, as no list of the most downloaded is stored"
    if standing.rank is None:
        before = f" (rank {standing.rank_before:,} on {standing.day_before})" if standing.rank_before else ""
        sample = ", a sample, as no list is stored" if standing.sample else ""
        return f"not among the {standing.of:,} most downloaded of {standing.day}{before}{sample}"
    rank = f"rank {standing.rank:,} of the {standing.of:,} most downloaded on {standing.day}"
    if not standing.day_before:
        return f"{rank}, {'a sample, as no list is stored' if standing.sample else 'with no earlier list to compare'}"
    if standing.rank_before is None:
        return f"{rank}, not among the {standing.of_before:,} of {standing.day_before}"
    moved = standing.rank_before - standing.rank
    if not moved:
        return f"{rank}, the same as on {standing.day_before}"
    way = f"{'up' if moved > 0 else 'down'} {abs(moved):,} from"
    return f"{rank}, {way} {standing.rank_before:,} on {standing.day_before}"


def particulars(known: Known) -> str:
    """Say licence, library, gate and dates."""
    repository, model = known.repository, known.repository.model
    parts = [
        f"Licence {repository.licence or ('not known' if repository.listed else 'not stated')}",
        f"library {model.library or 'not named'}",
        _say_gate(known),
        f"created {_day(model.created_at)}",
        f"last changed {_day(repository.last_modified)}",
    ]
    if repository.parameters:
        parts.insert(1, count(repository.parameters, "parameter"))
    return ", ".join(parts) + "."


def _say_gate(known: Known) -> str:
    if gate := known.repository.model.gated:
        return f"gated ({gate})"
    return "whether it is gated not known" if known.sample else "not gated"  # the sample's lists do not tell it


def _day(moment: str | None) -> str:
    """Say the day of a moment as the Hub wrote it; what is no moment is shown as it came."""
    try:
        return day(dt.datetime.fromisoformat(moment)) if moment else "unknown"
    except ValueError:
        return moment or ""


def caveats(request: OneModel | Compare, known: Known) -> Iterable[str]:
    """Give what limits the answer: stale, renamed, gated, conflicting."""
    yield from known.notes
    repository, model = known.repository, known.repository.model
    if repository.asked != model.id:
        renamed = repository.asked.casefold() != model.id.casefold()
        yield f"{repository.asked} is now called {model.id}." if renamed else f"The Hub spells it {model.id}."
    if repository.disabled:
        yield f"{model.id} is disabled: the Hub still describes it but serves no file of it."
    if model.gated:
        yield f"{model.id} is gated ({model.gated}): anybody sees its tags and file names, its files only with access."
    if repository.restricted:
        yield "Its safetensors header could not be read without access, so PyTorch is assumed and not proven."
    if not has_files_read(known):
        yield f"{model.id}, {say_unread(known)}, goes by its tags."
    for found in known.verdict.findings:
        through_keras = status(known, found.framework) is THROUGH_KERAS
        if found.status is Status.DECLARED and not found.counts and not through_keras:
            yield f"Conflict in {model.id}: {found.evidence}."
    wanted = request.framework if isinstance(request, OneModel) else None
    if wanted and status(known, wanted) is THROUGH_KERAS:
        yield f"Keras 3 weights are counted as Keras, not as {wanted}, in every total."


def matrix(models: tuple[Known, ...], wanted: str | None = None) -> Matrix:
    """Make the chart: a row a framework, a column a model; also of what was asked for (`wanted`)."""
    rows = choose_frameworks(models, wanted)
    cells = [tuple(_cell(known, name) for known in models) for name in rows]
    if any(known.verdict.conversions for known in models):
        rows = (*rows, "Conversions")
        cells.append(tuple(_conversions(known) for known in models))
    return Matrix(tuple(known.name for known in models), rows, tuple(cells))


def _cell(known: Known, framework: str) -> Cell:
    """Give the proof, or what converts it on load."""
    words = evidence(known, framework) or loads(known, framework) or ""
    return Cell(status(known, framework), words, converter(known, framework), name_limit(known, framework))


def _conversions(known: Known) -> Cell:
    there = known.verdict.conversions
    return Cell(Held.CONVERSION, ", ".join(there)) if there else Cell(judge_conversion(known))


def judge_conversion(known: Known) -> Held:
    """Tell whether it is converted to any format: that it is not is known only where its files were read."""
    if known.verdict.conversions:
        return Held.CONVERSION
    return Held.NO if has_files_read(known) else Held.UNKNOWN


def again(named: OneModel | Compare, known: Known) -> str:
    """Give the command that gives this answer again: from all that was stored when it was asked."""
    return named.words if known.sample else f"{named.words} --as-of {iso(known.asked_at)}"
