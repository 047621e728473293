"""What can be collected, each by the word people type."""

from collections.abc import Mapping
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
