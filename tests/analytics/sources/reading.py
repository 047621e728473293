"""How the tests of the Hub's client read a ranking: at noon, from a Hub on this machine."""

import datetime as dt

from analytics.domain.observations import Model, Ranking, TopList
from analytics.sources.hub.client import HubClient
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
TEN = [model(f"org/m{place}", downloads=100 - place, tags=["pytorch"]) for place in range(10)]


def top(
    hub: LoopbackHub,
    limit: int = 10,
    *,
    ranking: Ranking | None = None,
    token: str | None = None,
    seconds: float = 5.0,
) -> TopList:
    """Read a ranking, the most downloaded unless told."""
    return HubClient(hub.endpoint, token).top(ranking or Ranking(), limit, seconds=seconds, now=lambda: NOON)


def ids(top_list: TopList) -> list[str]:
    """Name the models in order."""
    return [one.id for one in top_list.models]


def read_item(**item: object) -> Model:
    """Read one model from a listing that holds this item as it stands."""
    with LoopbackHub() as hub:
        hub.faults.put(faults.says_json([{"id": "org/m"} | item]))
        (read,) = top(hub).models
    return read
