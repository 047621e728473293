"""What `frameworks-bot doctor` found, and how it is shown: pure. The looking is done in `bot/checkup/`."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from analytics.domain.wording import count, verb

HEALTHY, NEEDS_MENDING = 0, 2
WIDTH, MARGIN, COLUMN = 80, 6, 18


class Health(StrEnum):
    """How one thing is."""

    WELL = "well"
    LOOK = "look"
    """Works, yet somebody should look at it."""
    MEND = "mend"
    SKIPPED = "skipped"
    """Could not be looked at because of something else that needs mending, or needs no look."""


MARKS = {Health.WELL: "ok", Health.LOOK: "look", Health.MEND: "MEND", Health.SKIPPED: "-"}


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that was looked at: how it is, in a sentence, and what to do if anything."""

    name: str
    state: Health
    sentence: str
    advice: str = ""


def status_of(findings: Sequence[Symptom]) -> int:
    """Give the exit status."""
    return NEEDS_MENDING if any(finding.state is Health.MEND for finding in findings) else HEALTHY


def lay_out(findings: Sequence[Symptom]) -> str:
    """Show the findings to a person, in 80 columns."""
    return "".join(f"{line}\n" for finding in findings for line in _lines(finding)) + f"\n{_sum_up(findings)}\n"


def as_json(findings: Sequence[Symptom]) -> str:
    """Show the findings to a program."""
    shown = {"healthy": status_of(findings) == HEALTHY, "findings": [asdict(finding) for finding in findings]}
    return f"{json.dumps(shown, ensure_ascii=False, indent=1)}\n"


def _lines(finding: Symptom) -> list[str]:
    head = f"{MARKS[finding.state]:<{MARGIN}}{finding.name:<{COLUMN}}"
    said = _wrap(finding.sentence, head)
    return said + (_wrap(finding.advice, " " * (MARGIN + COLUMN) + "-> ") if finding.advice else [])


def _wrap(words: str, head: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=head, subsequent_indent=" " * (MARGIN + COLUMN))


def _sum_up(findings: Sequence[Symptom]) -> str:
    broken = sum(finding.state is Health.MEND for finding in findings)
    if not broken:
        return "Nothing needs mending."
    return f"{count(broken, 'thing')} {verb(broken, 'needs', 'need')} mending."
