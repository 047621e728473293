"""An answer in a few sentences for a language model: the finding, of when, by which definition, of how many. Pure."""

from collections.abc import Sequence

from analytics.claims import ClaimFinding
from analytics.domain.answer import Answer
from analytics.domain.table import Table, Value
from analytics.domain.wording import count

ROWS = 10
"""Rows of the table that stand in the text; all of them are in the structured answer."""

LONGEST = 4_000
"""Characters of a text at most."""


def write_answer(answer: Answer, note: str = "") -> str:
    """Write an answer: what is cut off stands in the structured answer."""
    flag = f"{answer.freshness}: " if answer.freshness else ""
    lines = [
        f"{flag}{answer.headline}.",
        *answer.detail,
        *(f"Note: {doubt}" for doubt in answer.caveats),
        *answer.commands,
        *_first_rows(answer.table),
        _say_basis(answer),
        f"Receipt: frameworks {answer.reproduce}",
        note,
    ]
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= LONGEST else f"{text[: _room(answer)]}…\n{_say_basis(answer)}"


def _room(answer: Answer) -> int:
    return LONGEST - len(_say_basis(answer)) - 2


def _say_basis(answer: Answer) -> str:
    """Say of when, by which definition and of how many the numbers are."""
    basis = f"Date: {answer.day}. Definition: {answer.definition_line}. n: {answer.of_how_many}."
    return f"{basis} {answer.source_line.split(' · ')[0]}."


def _first_rows(table: Table | None) -> Sequence[str]:
    if not table:
        return ()
    lines = [" · ".join(_cell(row[at]) for at in table.shown) for row in table.rows[:ROWS]]
    rest = len(table.rows) - len(lines)
    headings = " · ".join(table.columns[at].heading for at in table.shown)
    return (headings, *lines, *([f"… and {count(rest, 'row')} more in the structured answer"] if rest > 0 else []))


def _cell(value: Value) -> str:
    return "–" if value is None else str(value)


def write_findings(headline: str, words: str, findings: Sequence[ClaimFinding]) -> str:
    """Write what became of a claim: the verdict, then each reading with its day, definition, numbers and receipt."""
    lines = [headline, f"Understood as: {words}.", *map(_write_finding, findings)]
    caveats = dict.fromkeys(doubt for finding in findings for doubt in finding.caveats)
    return "\n".join([*lines, *(f"Note: {doubt}" for doubt in caveats)])[:LONGEST]


def _write_finding(finding: ClaimFinding) -> str:
    n = f"n = {finding.n:,}" if finding.n else "n was not printed"
    sample = ", sample" if finding.sample else ", stale" if finding.stale else ""
    basis = f"{finding.when}{sample}, {finding.definition}, {finding.of}, {n}"
    return f"{str(finding.verdict).upper()} ({basis}): {finding.said} Receipt: {finding.receipt}"
