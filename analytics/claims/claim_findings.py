"""
A claim held against readings: today's answers under either definition, and what the article of 2022 printed. Pure.

What the article did not print is not made up from what it did: then there is no finding of 2022.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analytics.claims.claim import WHOLE, Bound, Claim, ClaimFinding, ClaimVerdict, Quantity, Relation
from analytics.domain.answer import Answer
from analytics.domain.counts import Bracket, Counts
from analytics.domain.requests import Definition, Totals
from analytics.domain.wording import count, day, in_percent, iso, listing, sentence, share

TWO = ("PyTorch", "TensorFlow")
OF_SAMPLE = "This is a sample of the Hub: there are at least as many models on all of it."
NO_SHARE = "This is a sample of the most downloaded models, which proves no share of all of the Hub. In it"
TOO_SHORT = "Only the first {n:,} are stored, which decides nothing about more of them. Of these"
TAGGED = "models tagged pytorch or tf"
ARTICLE_RECEIPT = "frameworks totals declared since 2022"


def judge(claim: Claim, answer: Answer) -> Iterable[ClaimFinding]:
    """Hold a claim against an answer of today; shares by the tags also against the models tagged for either."""
    if answer.counts is None or answer.definition is None:
        return
    differs = _differs_among_tagged(claim, answer)
    if not (claim.tagged and differs):
        yield _find(claim, answer, answer.counts, answer.scope)
    tagged = replace(answer.counts, neither=0)
    if differs and tagged.total:
        yield _find(claim, answer, tagged, TAGGED)


def _differs_among_tagged(claim: Claim, answer: Answer) -> bool:
    """Tell whether a share is another one where models with neither tag are left out, and that is looked at too."""
    wanted = claim.tagged or isinstance(answer.request, Totals)
    of_all = claim.relation is Relation.BOTH or (
        claim.relation in (Relation.ONLY, Relation.IN) and claim.framework in TWO
    )
    return wanted and of_all and claim.quantity.is_share and answer.definition is Definition.DECLARED


def _is_share(claim: Claim) -> bool:
    return claim.quantity.is_share and claim.relation is not Relation.MORE


def _find(claim: Claim, answer: Answer, counts: Counts, of: str) -> ClaimFinding:
    """Compare, and say what is so."""
    part, whole = _measure(claim, answer, counts)
    verdict, value = ClaimVerdict.OPEN, None
    if part is None or not whole:
        said = f"{claim.framework or 'It'} is not counted in this reading."
    elif _is_of_part(claim, answer):
        verdict, said = _tell_from_part(claim, part, whole)
    elif _is_too_short(claim, answer):
        said = f"{TOO_SHORT.format(n=answer.counts.total if answer.counts else 0)} {_say(claim, part, whole)}"
    else:
        value = _value(claim, part, whole)
        verdict = _decide(claim, value, _ends(claim, answer, whole))
        said = _say(claim, part, whole)
    sure = _list_sureness(claim, answer) if part is not None and whole else {}
    is_open = verdict is ClaimVerdict.OPEN
    unsure = [f"{name} {one}" for name, one in sure.items() if one.is_wide or (is_open and one.differs)]
    said += f" How sure that is: {listing(unsure)}." if unsure else ""
    return ClaimFinding(
        verdict,
        day(answer.as_of),
        iso(answer.as_of),
        _definition(answer),
        of,
        said,
        value,
        _is_share(claim),
        counts.total if _compares(claim) else whole,
        answer.method,
        answer.sample,
        answer.stale,
        f"frameworks {answer.reproduce}",
        answer.caveats[:3],
        sure,
    )


def _list_sureness(claim: Claim, answer: Answer) -> dict[str, Bracket]:
    """Give, by how sure they are, the counts of the frameworks that a claim is about; of both where it names none."""
    named = [name for name in (claim.framework, claim.other) if name] or TWO
    return {name: answer.brackets[name] for name in named if name in answer.brackets}


def _is_of_part(claim: Claim, answer: Answer) -> bool:
    """Tell whether what is claimed of the whole Hub, or of a task of it, would be looked up in a sample."""
    return answer.sample and isinstance(answer.request, Totals) and claim.top is None


def _is_too_short(claim: Claim, answer: Answer) -> bool:
    """Tell whether a list stands in that ends before the models that are claimed about."""
    counted = answer.counts.total if answer.counts else 0
    return (answer.sample or answer.stale) and counted < (claim.top or 0)


def _tell_from_part(claim: Claim, part: int, whole: int) -> tuple[ClaimVerdict, str]:
    """Decide by a sample, and say what it holds; its shares are its own, and no share of the Hub."""
    if claim.quantity.is_share or _compares(claim):
        return ClaimVerdict.OPEN, f"{NO_SHARE} {_say(claim, part, whole)}"
    return _decide_from_part(claim, part), f"{OF_SAMPLE} It holds {part:,} of {count(whole, 'model')}."


def _decide_from_part(claim: Claim, part: int) -> ClaimVerdict:
    """Decide by a part of the models: all of them are at least as many, which settles some claims and no others."""
    match claim.quantity.bound:
        case Bound.AT_LEAST | Bound.MORE_THAN:
            return ClaimVerdict.TRUE if claim.quantity.holds(part) else ClaimVerdict.OPEN
        case _:
            return ClaimVerdict.FALSE if part > claim.quantity.value + claim.quantity.slack else ClaimVerdict.OPEN


def _definition(answer: Answer) -> Definition:
    return answer.definition or Definition.ATTRIBUTED


def _compares(claim: Claim) -> bool:
    return claim.relation is Relation.MORE


def _measure(claim: Claim, answer: Answer, counts: Counts) -> tuple[int | None, int]:
    """Give what is claimed to be so large, and what it is of; of MORE the one and the other."""
    held: Mapping[str, int] = {**answer.frameworks, "PyTorch": counts.pytorch, "TensorFlow": counts.tensorflow}
    match claim.relation:
        case Relation.ONLY:
            return (counts.pytorch_only if claim.framework == TWO[0] else counts.tensorflow_only), counts.total
        case Relation.BOTH:
            return counts.both, counts.total
        case Relation.NEITHER:
            return counts.neither, counts.total
        case Relation.ALSO:
            return counts.both, held[claim.framework]
        case Relation.MORE:
            return held.get(claim.framework), held.get(claim.other) or 0
        case Relation.IN:
            return held.get(claim.framework), counts.total


def _value(claim: Claim, part: int, whole: int) -> float:
    if _compares(claim):
        return part / whole
    return WHOLE * part / whole if claim.quantity.is_share else part


def _ends(claim: Claim, answer: Answer, whole: int) -> Sequence[float]:
    """Give the least and the most it may be, where what is assumed or unknown could turn the verdict."""
    bracket: Bracket | None = answer.brackets.get(claim.framework)
    if claim.relation is not Relation.IN or bracket is None:
        return ()
    return [_value(claim, end, whole) for end in (bracket.proven, bracket.most)]


def _decide(claim: Claim, value: float, ends: Sequence[float]) -> ClaimVerdict:
    """Decide by what is counted; it stays open where what is not proven decides."""
    quantity = claim.quantity
    holds = quantity.holds(value)
    if ends and {quantity.holds(end) for end in ends} != {holds} and _lies_between(quantity, ends):
        return ClaimVerdict.TRUE if holds and not quantity.bound else ClaimVerdict.OPEN
    return ClaimVerdict.TRUE if holds else ClaimVerdict.FALSE


def _lies_between(quantity: Quantity, ends: Sequence[float]) -> bool:
    return min(ends) - quantity.slack <= quantity.value <= max(ends) + quantity.slack


def _say(claim: Claim, part: int, whole: int) -> str:
    """Say the numbers that decide."""
    if _compares(claim):
        return f"{claim.framework} is in {part:,}, {claim.other} in {whole:,} ({part / whole:,.1f} times as many)."
    name = {Relation.ONLY: f"{claim.framework} only", Relation.IN: f"in {claim.framework}"}.get(
        claim.relation, f"in {claim.relation}" if claim.relation is not Relation.ALSO else f"also in {claim.other}"
    )
    whose = f"{claim.framework} models" if claim.relation is Relation.ALSO else "models"
    return f"{part:,} of {whole:,} {whose} are {name} ({share(part, whole, 1)})."


# ------------------------------------------------------------------------------------------------------- the article


def judge_article(claim: Claim, totals: Mapping[str, float], top30: Mapping[str, int]) -> ClaimFinding | None:
    """Hold a claim against what the article of March 2022 printed; None where it printed no such figure."""
    if claim.task or claim.definition is Definition.ATTRIBUTED or claim.top not in (None, 30):
        return None
    found = _find_printed_of_top(claim, top30) if claim.top else _find_printed_of_all(claim, totals)
    if found is None:
        return None
    verdict, value, said = found
    n = claim.top
    of = f"the top {n} models" if n else TAGGED
    return ClaimFinding(
        verdict, "March 2022", "2022-03", Definition.DECLARED, of, said, value, _is_share(claim), n,
        receipt=ARTICLE_RECEIPT if n is None else "frameworks top30 declared",
        caveats=("The article printed rounded figures, and no counts of the whole Hub.",),
    )  # fmt: skip


Printed = tuple[ClaimVerdict, float | None, str]


def _find_printed_of_all(claim: Claim, totals: Mapping[str, float]) -> Printed | None:
    if _compares(claim):
        return _compare_printed(claim, totals)
    key = {Relation.ONLY: "only", Relation.IN: "in"}.get(claim.relation)
    figure = totals.get(f"{key} {claim.framework}")
    if figure is None or not claim.quantity.is_share:
        return None
    name = f"{claim.framework} only" if key == "only" else f"in {claim.framework}"
    verdict = ClaimVerdict.TRUE if claim.quantity.holds(figure) else ClaimVerdict.FALSE
    return verdict, figure, f"The article read {in_percent(figure)} {name}."


def _compare_printed(claim: Claim, totals: Mapping[str, float]) -> Printed | None:
    """Compare: PyTorch alone had more than TensorFlow had at all. How many times, the article did not print."""
    if {claim.framework, claim.other} != set(TWO) or claim.quantity.value != 1:
        return None
    alone, at_all = totals["only PyTorch"], totals["in TensorFlow"]
    verdict = ClaimVerdict.TRUE if (alone > at_all) == (claim.framework == "PyTorch") else ClaimVerdict.FALSE
    return (
        verdict,
        None,
        f"The article read {in_percent(alone)} PyTorch only, {in_percent(at_all)} in TensorFlow at all.",
    )


def _find_printed_of_top(claim: Claim, top30: Mapping[str, int]) -> Printed | None:
    """Compare with the counts of the top 30; of TensorFlow the article printed a bound, which not every claim needs."""
    key = {Relation.ONLY: "only", Relation.IN: "in"}.get(claim.relation)
    figure = top30.get(f"{key} {claim.framework}")
    if figure is not None:
        real = WHOLE * figure / 30 if claim.quantity.is_share else figure
        verdict = ClaimVerdict.TRUE if claim.quantity.holds(real) else ClaimVerdict.FALSE
        name = f"{claim.framework} only" if key == "only" else f"in {claim.framework}"
        return verdict, real, f"The article counted {figure:,} of its top 30 {name}."
    return None


def conclude(findings: Sequence[ClaimFinding]) -> tuple[ClaimVerdict, str]:
    """
    Give the verdict over all readings, and a sentence that says under which it holds.

    Where a sample stands in for today and decides nothing, what held in 2022 is no verdict on the claim.
    """
    by_verdict = {verdict: [one for one in findings if one.verdict is verdict] for verdict in ClaimVerdict}
    true, false = by_verdict[ClaimVerdict.TRUE], by_verdict[ClaimVerdict.FALSE]
    verdict = (
        ClaimVerdict.OPEN
        if any(one.sample for one in by_verdict[ClaimVerdict.OPEN])
        else ClaimVerdict.MIXED
        if true and false
        else ClaimVerdict.TRUE
        if true
        else ClaimVerdict.FALSE
        if false
        else ClaimVerdict.OPEN
    )
    names = {ClaimVerdict.TRUE: "true", ClaimVerdict.FALSE: "false", ClaimVerdict.OPEN: "it is not known"}
    told = [f"{said} {_name(by_verdict[one])}" for one, said in names.items() if by_verdict[one]]
    return verdict, f"{sentence('; '.join(told))}."


WAYS = {
    (Definition.ATTRIBUTED, False): "by files, library and tags",
    (Definition.DECLARED, False): "by the tags",
    (Definition.DECLARED, True): "by the tags among tagged models",
}


def _name(findings: Sequence[ClaimFinding]) -> str:
    """Name readings by when, and for each day by which definition."""
    days = dict.fromkeys(_say_when(one) for one in findings)
    return listing(f"{when} {listing(_name_ways(findings, when))}" for when in days)


def _name_ways(findings: Sequence[ClaimFinding], when: str) -> dict[str, None]:
    told = [WAYS[one.definition, one.of == TAGGED] for one in findings if _say_when(one) == when]
    return dict.fromkeys(told)


def _say_when(finding: ClaimFinding) -> str:
    on = "on" if finding.when[:1].isdigit() else "in"
    return f"{on} {finding.when}{' (sample)' if finding.sample else ''}"
