"""
What framework is this model, and on what evidence?

One rule for everything that is counted under the definition *attributed*; *declared* needs none, it reads the tags
`pytorch` and `tf` as the article of 2022 did. The rule is data: `rule` (names, tags, headers), the library table and
`order` (which evidence beats which). `signals` and this module apply it to one model, `sql` writes it as a query for
millions; docs/method.md explains it and says how often it is right.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from analytics.attribution import rule
from analytics.attribution.derivatives import derivative, suspect
from analytics.attribution.evidence import Proof, ProofCase, ProofKind
from analytics.attribution.library_table import library_frameworks, library_of, unknown_libraries
from analytics.attribution.order import HOLDING, LAYERS, SETTLING, STRENGTH, Clause, parse_condition
from analytics.attribution.rule import METHOD
from analytics.attribution.signals import Signals, bases, exports, read
from analytics.attribution.verdicts import (
    FRAMEWORKS,
    PYTORCH,
    TENSORFLOW,
    Certainty,
    Derivative,
    Finding,
    Remark,
    Status,
    Tier,
    Verdict,
    say_framework,
)
from analytics.domain.observations import Model
from analytics.domain.requests import Definition

__all__ = [
    "FORMAT_TAGS",
    "FRAMEWORKS",
    "METHOD",
    "PYTORCH",
    "TENSORFLOW",
    "Certainty",
    "Derivative",
    "Finding",
    "Proof",
    "ProofCase",
    "ProofKind",
    "Remark",
    "Status",
    "Tier",
    "Verdict",
    "attribute",
    "attribute_all",
    "bases",
    "library_frameworks",
    "library_of",
    "say_framework",
    "unknown_libraries",
]

FORMAT_TAGS = {name: tag for tag, name in reversed(rule.CONVERSION_TAGS)}
"""For each export format the Hub's tag of it."""


def attribute(model: Model, definition: Definition = Definition.ATTRIBUTED, base: Verdict | None = None) -> Verdict:
    """
    Decide in which frameworks `model` can be had, under one of the two definitions.

    `base` is the verdict on the model it was converted from, where that is known; a conversion inherits from it.
    """
    return _judge_tags(model) if definition is Definition.DECLARED else _judge_evidence(model, base)


def attribute_all(models: Iterable[Model]) -> list[Verdict]:
    """Decide on many models, conversions inheriting from base models that are among them."""
    alone = [(model, attribute(model)) for model in models]
    known = {model.id: verdict for model, verdict in alone}
    return [
        attribute(model, base=known[base]) if (base := next(iter(bases(model)), "")) in known else verdict
        for model, verdict in alone
    ]


def _judge_tags(model: Model) -> Verdict:
    """Read the tags `pytorch` and `tf` exactly as the article did, with `jax` beside them."""
    if model.tags is None:
        return Verdict((), remark="tags not known")
    meanings = dict(rule.HUB_TAGS)
    declared = tuple(tag for tag in ("pytorch", "tf", "jax") if tag in model.tags)
    findings = tuple(
        Finding(meanings[tag], Status.DECLARED, Proof(ProofKind.TAG, tag), Tier.DECLARED) for tag in declared
    )
    return Verdict(findings, remark="" if findings else "neither tag", tier=Tier.DECLARED if findings else Tier.UNKNOWN)


def _judge_evidence(model: Model, base: Verdict | None) -> Verdict:
    signals = read(model, base.frameworks if base else ())
    found = _weigh(frozenset(signals))
    findings = tuple(
        Finding(name, found[name].status, _proof(found[name], signals), found[name].tier, found[name].counts)
        for name in FRAMEWORKS
        if name in found
    )
    converted = exports(signals)
    tier = _tier(findings, signals)
    kind = derivative(model, converted, converted_only=tier in (Tier.CONVERSION, Tier.INHERITED))
    remark = _remark(tier, converted, model)
    return Verdict(findings, converted, remark, tier, kind, suspect(model.id, kind), bases(model))


@lru_cache(maxsize=10_000)
def _weigh(signals: frozenset[str]) -> Mapping[str, Clause]:
    """
    Apply the layers in turn; within one the first clause that fits decides for its framework.

    Remembered, for what shows a signal is not asked: of many models most show the same few sets of them.
    """
    found: dict[str, Clause] = {}
    holds = set(signals)
    for layer in LAYERS:
        fitting: dict[str, Clause] = {}
        for clause in layer:
            if clause.framework not in found and all(
                (name in holds) is wanted for name, wanted in parse_condition(clause.when)
            ):
                fitting.setdefault(clause.framework, clause)
        found |= fitting
        counting = {name for name, clause in found.items() if clause.counts}
        holds |= {"found"} if counting else set()
        holds |= {"settled"} if counting & set(SETTLING) else set()
    return MappingProxyType(found)


def _proof(clause: Clause, signals: Signals) -> Proof:
    case = clause.case
    if case is ProofCase.UNEXPLAINED and "library" in signals:
        case = _why_unexplained(signals)
    return Proof(clause.kind, signals.get(clause.by, ""), case)


def _why_unexplained(signals: Signals) -> ProofCase:
    if "library named" not in signals:
        return ProofCase.NOT_KNOWN
    return ProofCase.SEVERAL if "library writes safetensors" in signals else ProofCase.NEVER_WROTE


def _tier(findings: tuple[Finding, ...], signals: Signals) -> Tier:
    """Give the weakest evidence the split rests on; of the frameworks beside it only where it holds neither."""
    counting = [finding for finding in findings if finding.counts]
    deciding = [f for f in counting if f.framework in (PYTORCH, TENSORFLOW)] or counting
    if deciding:
        return max((finding.tier for finding in deciding), key=STRENGTH.index)
    return next(tier for tier, holds in NOTHING_COUNTS if holds(findings, signals))


NOTHING_COUNTS: tuple[tuple[Tier, Callable[[tuple[Finding, ...], Signals], bool]], ...] = (
    (Tier.INHERITED, lambda findings, _: any(finding.status is Status.INHERITED for finding in findings)),
    (Tier.CONVERSION, lambda _, signals: "converted" in signals),
    (Tier.NO_WEIGHTS, lambda _, signals: "files" in signals and not any(name in signals for name in HOLDING)),
    (Tier.UNKNOWN, lambda _findings, _signals: True),
)


def _remark(tier: Tier, exports: tuple[str, ...], model: Model) -> str:
    if tier in (Tier.CONVERSION, Tier.INHERITED):
        made_of = f" of {bases(model)[0]}" if bases(model) else ""
        return f"conversion only: {', '.join(exports)}{made_of}"
    if tier is Tier.NO_WEIGHTS:
        return "no weights"
    return _why_unknown(exports, model) if tier is Tier.UNKNOWN else ""


def _why_unknown(exports: tuple[str, ...], model: Model) -> str:
    if model.tags is None and model.files is None:
        return "unknown: tags not known"
    told = "" if model.files is not None else ": files not known"
    return f"unknown{told}, converted to {', '.join(exports)}" if exports else f"unknown{told}"
