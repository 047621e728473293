"""What was meant by whatever somebody typed: the value that Slack and the terminal go by."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.domain.requests import Request
from analytics.domain.wording import count
from analytics.grammar.interpretation import Intent, Interpretation
from analytics.grammar.read_leaving import ASKED_BACK, LEAVE_ALL, OFF
from analytics.grammar.strict import parse

if TYPE_CHECKING:
    from analytics.domain.answer import Answer

OFFERED = 4
"""Other readings that are offered at most."""


@dataclass(frozen=True, slots=True)
class Understood:
    """
    What somebody meant who typed something.

    `words` are canonical, None where nothing is to be done; `also` are other readings, nearest first. `request` is the
    question, None of other kinds; `as_of` the moment whose knowledge is to answer it. `problem` says what was not
    understood; `note` what was chosen of several meanings; `differs` that other words were typed than were understood;
    `named` frameworks that were asked for and that no word of the question names; `is_doubted` that its words are known
    and mean what is not counted.
    """

    kind: Intent
    words: str | None = None
    also: tuple[str, ...] = ()
    request: Request | None = None
    problem: str = ""
    note: str = ""
    as_csv: bool = False
    as_of: dt.datetime | None = None
    differs: bool = False
    typed: str = ""
    named: tuple[str, ...] = ()
    is_doubted: bool = False

    def note_with(self, answer: "Answer") -> str:
        """Give the note; of frameworks that are asked for and stand in no headline, their numbers, the most first."""
        found = sorted((-n, name) for name, n in answer.frameworks.items() if name in self.named)
        if answer.counts is None or not self.named or len(found) < len(self.named):
            return self.note
        told = [
            f"{name} in {-n:,}{answer.brackets[name].range if name in answer.brackets else ''}" for n, name in found
        ]
        return f"Of {count(answer.counts.total, 'model')}: {', '.join(told)}."

    def as_json(self) -> dict[str, Any]:
        """Give what `frameworks understand` prints."""
        return {
            "words": self.words,
            "kind": self.kind.value,
            "also": list(self.also),
            "note": self.note or self.problem,
        }


def tell_reading(reading: Interpretation, typed: str, *, as_csv: bool) -> Understood:
    """Tell what a whole reading means."""
    words = reading.words + (" as csv" if as_csv and reading.kind is Intent.QUESTION else "")
    return Understood(
        reading.kind,
        words,
        reading.others[:OFFERED],
        reading.request,
        note=reading.note,
        as_csv=as_csv and reading.kind is Intent.QUESTION,
        differs=not _says_so(typed, words, reading),
        typed=typed,
        named=reading.named,
    )


def ask_what_ends(typed: str) -> Understood:
    """Ask what shall end of somebody who wants to leave, and does not say what."""
    return Understood(Intent.DIGEST, None, (OFF, LEAVE_ALL), problem=ASKED_BACK, typed=typed)


def _says_so(typed: str, words: str, reading: Interpretation) -> bool:
    """Tell whether what was typed are already words for it, be they longer or shorter."""
    return words.casefold() == " ".join(typed.split()).casefold() or parse(typed) == reading.request
