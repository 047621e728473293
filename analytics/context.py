"""What every door works with: where the data rests, whom to ask, what time it is, whom to tell how far it got."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.single_flight import SingleFlight

if TYPE_CHECKING:
    from analytics.storage.database import Database
    from analytics.storage.readings import ReadingStore
    from analytics.storage.top_lists import TopListStore

Clock = Callable[[], dt.datetime]

PAPERS_API = "https://paperswithcode.co/api/v1"
"""The successor of Papers with Code (huggingface/pwc-cli 0.1.16)."""


def silent(progress: str) -> None:
    """Take a line of progress and show it to nobody."""
    del progress


@dataclass(frozen=True, slots=True)
class Context:
    """
    One data folder, its database and the outside worlds, put together by `ask.Analyst`.

    `hf_token` goes to `hf_endpoint` and nowhere else. `seconds` bound one live call inside a question; collectors have
    bounds of their own. `progress` takes a line for people at any time.
    """

    home: Path
    database: "Database"
    readings: "ReadingStore"
    snapshots: "TopListStore"
    hf_endpoint: str
    hf_token: str | None
    papers_api_url: str
    clock: Clock
    seconds: float
    progress: Callable[[str], None] = silent
    flights: SingleFlight = field(default_factory=SingleFlight)
