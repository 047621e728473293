"""What can be collected, each by the word people type."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Collector(StrEnum):
    """One a source that is collected apart from questions."""

    TOP = "top"
    CENSUS = "census"
    PAPERS = "papers"
    OFFICIAL = "official"
    REACH = "reach"
    HISTORY = "history"


COLLECTORS: Mapping[Collector, str] = {
    Collector.TOP: "the 1,000 first models by downloads, likes and trending; daily",
    Collector.CENSUS: "every model on the Hub; weekly (--from daily, weekly or crawl; accept)",
    Collector.PAPERS: "papers' code by framework and quarter; weekly",
    Collector.OFFICIAL: "the official collections of both camps; weekly",
    Collector.REACH: "the model types that libraries convert on load, from their wheels; weekly (accept)",
    Collector.HISTORY: "past weeks of the census (--from DAY --every 4w)",
}
"""What each gives, for people."""


@dataclass(frozen=True, slots=True)
class Effort:
    """
    What collecting takes the first time: `seconds`, about; `size` and `name` in words for people.

    Estimates, until the same was collected once: from then on it is expected to take as long as it took last.
    """

    seconds: float
    size: str
    name: str


EFFORTS: Mapping[Collector, Effort] = {
    Collector.TOP: Effort(20, "about 3 MB", "today's lists"),
    Collector.OFFICIAL: Effort(120, "about 100 MB", "the official collections"),
    Collector.PAPERS: Effort(120, "about 40 MB", "the papers"),
    Collector.REACH: Effort(60, "about 30 MB", "what libraries convert on load"),
    Collector.CENSUS: Effort(600, "up to 1.6 GB", "the count of the whole Hub (census)"),
}
"""Of each that the bot collects by itself, the only heavy one last. The census's file had 1.57 GB in September 2026."""
