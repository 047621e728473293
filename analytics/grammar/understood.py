"""What was meant by whatever somebody typed: the value that Slack and the terminal go by."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from analytics.domain.requests import Request
from analytics.grammar.interpretation import Intent


@dataclass(frozen=True, slots=True)
class Understood:
    """
    What somebody meant who typed something.

    `words` are canonical, None where nothing is to be done; `also` are other readings, nearest first. `request` is the
    question, None of other kinds; `as_of` the moment whose knowledge is to answer it. `problem` says what was not
    understood; `note` what was chosen of several meanings; `differs` that other words were typed than were understood.
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

    def as_json(self) -> dict[str, Any]:
        """Give what `frameworks understand` prints."""
        return {
            "words": self.words,
            "kind": self.kind.value,
            "also": list(self.also),
            "note": self.note or self.problem,
        }
