"""
In which frameworks can one model be had, on what evidence, and what loads it today?

Tables in, an `Answer` out: which reading to use, and where to look for twins, was decided before.
"""

from collections.abc import Iterable

import pandas as pd

from analytics.availability.known_model import THROUGH_KERAS, Known, loads, proof, shown, status
from analytics.availability.loading import RUNTIMES
from analytics.availability.model_sentences import (
    again,
    caveats,
    evidence_of,
    is_in,
    kinship,
    listing,
    matrix,
    particulars,
    popularity,
    twin_in,
)
from analytics.domain.answer import Answer, Table
from analytics.domain.requests import Definition, OneModel


def one(request: OneModel, known: Known) -> Answer:
    """
    Say in which frameworks a model can be had.

    Shape:  a row a framework, then a row a conversion; the chart shows the same as a matrix of one column.
    """
    frame = _frame(known)
    rows = tuple(frame.itertuples(index=False, name=None))
    return Answer(
        question=OneModel(known.name, request.framework).words,
        headline=_headline(request, known),
        title=_title(request, known),
        scope=f"{known.name} · evidence in its repository, Hugging Face Hub",
        as_of=known.repository.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=again(OneModel(known.name, request.framework).words, known),
        detail=tuple(_detail(known)),
        caveats=tuple(caveats(request, known)),
        sample=known.sample,
        stale=known.stale,
        frameworks={name: int(name in known.verdict.frameworks) for name in shown((known,))},
        table=Table(tuple(frame.columns), rows, f"Frameworks of {known.name}"),
        origins=(known.repository.origin,),
        chart=matrix((known,)),
    )


# ---------------------------------------------------------------------------------------------------------- sentences


HEADLINES = {
    "yes": "Yes: {name} is in {wanted} ({proof})",
    "assumed": "Probably: {name} is in {wanted} ({proof})",
    THROUGH_KERAS: "Yes, through Keras 3: {name} runs on {wanted} ({proof})",
    "declared": "Not proven: {name} in {wanted} ({proof})",
    "inherited": "Only as a conversion: {name} ({conversions}), {proof}",
    "unknown": "Unknown: nothing in {name} shows its framework",
    "no": "No: {name} is not in {wanted}",
}
"""How a question for one framework is answered, by its status."""


def _headline(request: OneModel, known: Known) -> str:
    wanted = request.framework
    if not wanted:
        return is_in(known)
    return HEADLINES[status(known, wanted)].format(
        name=known.name,
        wanted=wanted,
        proof=proof(known, wanted),
        conversions=", ".join(known.verdict.conversions),
    )


ANSWERS = {
    "yes": "yes",
    "assumed": "probably",
    THROUGH_KERAS: THROUGH_KERAS,
    "declared": "declared only",
    "inherited": "by conversion",
    "unknown": "unknown",
    "no": "no",
}


def _title(request: OneModel, known: Known) -> str:
    """Say the finding in at most ten words."""
    asked = [request.framework] if request.framework else ["PyTorch", "TensorFlow"]
    return f"{known.short}: " + ", ".join(f"{name} {ANSWERS[status(known, name)]}" for name in asked)


def _detail(known: Known) -> Iterable[str]:
    yield evidence_of(known)
    for framework, twin in known.twins.items():
        yield twin_in(known, framework, twin)
    if sentence := kinship(known):
        yield sentence
    yield popularity(known)
    if known.catalogues:
        yield f"Listed by {listing(known.catalogues)}."
    yield particulars(known)


def _frame(known: Known) -> pd.DataFrame:
    rows = [(name, status(known, name), proof(known, name), loads(known, name)) for name in shown((known,))]
    rows += [(name, "conversion", name, RUNTIMES.get(name)) for name in known.verdict.conversions]
    return pd.DataFrame(rows, columns=["framework", "status", "evidence", "loads today"], dtype=object)
