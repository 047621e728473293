"""How the process that keeps the time is, and what it counts."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from analytics.analyst import Analyst, utc_now
from analytics.domain.collectors import Collector
from bot.app import Bot, build
from bot.collecting import Collecting
from bot.config import Settings
from bot.web.clock_health import clock_routes
from bot.web.metrics import Metrics
from playground.start import connect_to
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.loopback.web_process import served
from tests.patient_slack import patient_slack


@dataclass
class OfTests:
    """One who may keep the time."""

    bot: Bot | None = None
    has_begun: bool = True


def test_who_stands_by_says_so_and_who_leads_tells_of_its_parts(tmp_path: Path) -> None:
    """Ready either way; in the metrics the one that leads has a one, and the figures of its bot."""
    keeper, metrics = OfTests(), Metrics()
    app = Starlette(routes=clock_routes(keeper, metrics))
    with (
        patient_slack() as playground,
        served(app) as at,
    ):
        standing, counted = httpx2.get(f"{at}/readyz"), httpx2.get(f"{at}/metrics").text
        wanted = {"frameworks_home": tmp_path, "hf_endpoint": "http://127.0.0.1:9", "collect": False}
        settings = connect_to(playground, Settings(_env_file=None, **wanted)).model_copy(
            update={"slack_app_token": None}
        )
        keeper.bot = build(settings, rhythms={})
        leading, then = httpx2.get(f"{at}/readyz").json(), httpx2.get(f"{at}/metrics").text
        keeper.bot.analyst.close()

    assert standing.json()["parts"] == {
        "lead": {"well": True, "told": "standing by: another process keeps the time", "needed": False}
    }
    assert {"lead", "database", "census"} <= set(leading["parts"])
    assert "frameworks_leads 0.0" in counted
    assert "frameworks_leads 1.0" in then
    assert "frameworks_resident_memory_bytes" in then


@pytest.mark.parametrize(("reached", "outcome"), [(True, "collected"), (False, "failed")])
def test_a_collection_is_counted_by_how_it_ended(tmp_path: Path, *, reached: bool, outcome: str) -> None:
    """With its time; of a Hub that is out of reach it has failed."""
    metrics = Metrics()
    with LoopbackHub([model(f"org/m{n}", tags=["pytorch"], downloads=n) for n in range(30)]) as hub:
        analyst = Analyst(tmp_path, hub.endpoint if reached else "http://127.0.0.1:9", seconds=5)
        Collecting(analyst, utc_now, {Collector.TOP: dt.timedelta(days=1)}, observer=metrics).look()
        analyst.close()

    assert f'frameworks_collection_seconds_count{{outcome="{outcome}",what="top"}} 1.0' in metrics.write().decode()
