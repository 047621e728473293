"""What every door works with: where the data rests, whom to ask, what time it is, whom to tell how far it got."""

import datetime as dt
import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from analytics.child_work import DoWork, do_here
from analytics.domain.answer import Answer
from analytics.domain.reading_kinds import HEADER
from analytics.outlook import Outlook
from analytics.process_memory import Remembered, Resting
from analytics.single_flight import SingleFlight

if TYPE_CHECKING:
    from analytics.sources.hub.client import HubClient
    from analytics.storage.database import Database
    from analytics.storage.readings import ReadingStore
    from analytics.storage.top_lists import TopListStore

Clock = Callable[[], dt.datetime]

PAPERS_API = "https://paperswithcode.co/api/v1"
"""The successor of Papers with Code (huggingface/pwc-cli 0.1.16)."""

PATIENCE = 5.0
"""Seconds that a person waits for the Hub at most, before the answer is made from what is stored."""


class TellProgress(Protocol):
    """Hears how far a collection is: a line for people and, where that is known, the share that is done."""

    def __call__(self, line: str, share: float | None = None, /) -> None:
        """Hear it. What it raises ends the collection."""


def silent(line: str, share: float | None = None, /) -> None:
    """Take a line of progress and show it to nobody."""
    del line, share


ROWS_REMEMBERED = 2_000
"""Rows of all remembered answers: twenty of a hundred models, or two of a thousand, of which one takes 400 kB."""


def _count_rows(answer: Answer) -> int:
    return max(1, len(answer.table.rows) if answer.table else 0)


@dataclass(frozen=True, slots=True)
class Context:
    """
    One data folder, its database and the outside worlds, put together by `analyst.Analyst`.

    `hub` reads lists and single models of the endpoint. `hf_token` goes to `hf_endpoint` and nowhere else. `seconds`
    bound one live call inside a question; collectors have bounds of their own. `progress` takes a line for people at
    any time, `outlook` knows what is being collected. What the process remembers between questions is the rest: work
    under way, whether the Hub is left alone for now (asked for lists, for single models), answers counted already.
    `shows_private` says whether models that only the token shows may be told of to who asks here. `do_heavy` does what
    takes DuckDB and Arrow to answer.
    """

    home: Path
    database: "Database"
    readings: "ReadingStore"
    top_lists: "TopListStore"
    hub: "HubClient"
    hf_endpoint: str
    hf_token: str | None
    papers_api_url: str
    clock: Clock
    seconds: float = PATIENCE
    shows_private: bool = False
    do_heavy: DoWork = do_here
    progress: TellProgress = silent
    outlook: Outlook = field(default_factory=Outlook)
    flights: SingleFlight = field(default_factory=SingleFlight)
    resting: Resting = field(default_factory=Resting)
    models_resting: Resting = field(default_factory=Resting)
    answers: Remembered[Answer] = field(default_factory=lambda: Remembered(ROWS_REMEMBERED, _count_rows))

    def list_headers(self, moment: dt.datetime) -> dict[str, str]:
        """Give what the headers of single models state, as far as they were read, by ids as the Hub spells them."""
        readings = self.readings.newest_of(HEADER, None, moment).values()
        return {reading.body["id"]: reading.body["header"] for reading in readings if reading.body["header"]}

    def refuse_unstored(self, what: str) -> NoReturn:
        """Say of what the store did not take why, in its own words. Raises OSError."""
        told = (*self.readings.notices[-1:],) or (f"{what} could not be stored",)
        raise OSError(errno.EIO, told[0])
