"""A claim and all that was found about it, as the tool gives it back."""

from collections.abc import Iterator, Sequence
from typing import Any

from analytics import sample
from analytics.analyst import Analyst
from analytics.assistants.answer_texts import write_findings
from analytics.claims import Claim, ClaimFinding, NotCheckable, Relation, conclude, judge, judge_article, read_claim
from analytics.domain.answer import Answer
from analytics.domain.requests import YEAR_OF_ARTICLE, Definition
from analytics.errors import NoSuchName, NothingStored
from analytics.refusals import explain_nothing_stored, tell_no_such

CANNOT = "cannot check"


def check(typed: str, analyst: Analyst) -> tuple[str, dict[str, Any]]:
    """Check a claim: a text and the structure of `claim-1.schema.json`; what cannot be checked is said to be so."""
    try:
        claim = read_claim(typed)
        findings = _find_all(claim, analyst)
    except NotCheckable as why:
        said = f"This claim cannot be checked. {why}"
        text = f"{said}\nClaims that can be: {'; '.join(f'“{one}”' for one in why.tries)}."
        return text, _as_json(typed, None, CANNOT, said, (), why.tries)
    verdict, headline = conclude(findings)
    text = write_findings(headline, claim.words, findings)
    return text, _as_json(typed, claim, verdict.value, headline, findings, ())


def _find_all(claim: Claim, analyst: Analyst) -> list[ClaimFinding]:
    """Hold it against every reading it is about. Raises NotCheckable where there is none."""
    if findings := list(_find(claim, analyst)):
        return findings
    raise NotCheckable("The article of 2022 printed no such figure, so there is nothing to hold it against.")


def _find(claim: Claim, analyst: Analyst) -> Iterator[ClaimFinding]:
    """Hold it against the article where it printed such a figure, then against today under each definition."""
    if claim.year != "today":
        article = judge_article(claim, sample.article_totals(), sample.article_top30())
        yield from [article] if article else []
    if claim.year != YEAR_OF_ARTICLE:
        for definition in [claim.definition] if claim.definition else list(Definition):
            yield from judge(claim, _answer(claim, definition, analyst))


def _answer(claim: Claim, definition: Definition, analyst: Analyst) -> Answer:
    """Ask for the numbers. Raises NotCheckable where there are none."""
    try:
        return analyst.answer(claim.request(definition))
    except NoSuchName as unknown:
        raise NotCheckable(tell_no_such(unknown)) from None
    except NothingStored as nothing:
        raise NotCheckable(explain_nothing_stored(nothing)) from None


def _as_json(
    typed: str,
    claim: Claim | None,
    verdict: str,
    headline: str,
    findings: Sequence[ClaimFinding],
    tries: tuple[str, ...],
) -> dict[str, Any]:
    return {
        "claim": typed,
        "understood": claim.words if claim else None,
        "verdict": verdict,
        "headline": headline,
        "findings": [_finding_as_json(claim, finding) for finding in findings] if claim else [],
        "tries": list(tries),
    }


def _finding_as_json(claim: Claim, finding: ClaimFinding) -> dict[str, Any]:
    unit = "percent" if finding.is_share else "times" if claim.relation is Relation.MORE else "models"
    keys = ("when", "as_of", "of", "n", "value", "said", "sample", "stale", "receipt")
    told = {key: getattr(finding, key) for key in keys}
    value = None if finding.value is None else round(finding.value, 2)
    return told | {
        "verdict": finding.verdict.value,
        "definition": finding.definition.value,
        "value": value,
        "unit": unit,
        "method": finding.method or None,
        "caveats": list(finding.caveats),
        "brackets": {name: one.as_json() for name, one in finding.brackets.items()},
    }
