"""
`frameworks collect top`: the 1,000 first models by downloads, likes and trending, one list of each a day.

Kept for good: what the digest compares, and the only history of trending there is. A day without a list is a gap and
stays one.
"""

import datetime as dt
from collections.abc import Sequence

from analytics.attribution import METHOD
from analytics.errors import SourceError, UnknownOption
from analytics.kit import Kit
from analytics.observations import Ranking
from analytics.request import LISTED, MOST_MODELS
from analytics.sources.hub import Hub

SECONDS = 60.0
"""For one list of 1,000 models: nobody waits, so the Hub may take its time."""


def collect(kit: Kit, options: Sequence[str]) -> tuple[str, ...]:
    """
    Store today's lists; one already stored today, whole, is not read again.

    Raises:  UnknownOption; SourceError, after storing what could be had, if any list could not.
    """
    if options:
        raise UnknownOption(f"“collect top” takes no options; “{' '.join(options)}” came.")
    hub = Hub(endpoint=kit.hf_endpoint, token=kit.hf_token)
    sentences: list[str] = []
    trouble: SourceError | None = None
    for by in LISTED:
        try:
            sentences.append(_one(kit, hub, by))
        except SourceError as failure:
            trouble = failure
            kit.progress(f"By {by}: nothing, {failure.why}.")
    if trouble:
        raise trouble
    return tuple(sentences)


def _one(kit: Kit, hub: Hub, by: str) -> str:
    ranking, today = Ranking(by), kit.clock().astimezone(dt.UTC).date()
    stored = kit.snapshots.newest(ranking)
    if stored and stored.as_of.date() == today and stored.reaches(MOST_MODELS):
        return f"By {by}: today's list is stored already ({len(stored.models):,} models)."
    kit.progress(f"Reading the first {MOST_MODELS:,} by {by}…")
    top_list = hub.top(ranking, MOST_MODELS, seconds=SECONDS, now=kit.clock)
    if not kit.snapshots.add(top_list, METHOD):
        raise OSError(28, "The list could not be stored", str(kit.home))
    return f"By {by}: {len(top_list.models):,} models stored."
