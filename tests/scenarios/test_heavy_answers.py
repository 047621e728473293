"""What takes DuckDB and Arrow to answer is read in a child process: the bot holds neither, whatever was asked."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.analyst import Analyst, utc_now
from tests.analytics.census.hubs import items, parquet, serving
from tests.bot.set_up import environment
from tests.few_certificates import FEW_CERTIFICATES
from tests.loopback.hub import LoopbackHub
from tests.patient_slack import patient_slack

PATIENCE = 60


def with_ever(table: pa.Table) -> pa.Table:
    """Add downloads of all time."""
    return table.append_column("downloadsAllTime", table["downloads"])


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve the listing, and a daily snapshot of more models than a list holds."""
    models = items(3000, until=utc_now())
    with serving(models, daily=parquet(models, with_ever)) as running:
        yield running


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_bot_asked_for_lists_out_of_a_census_maps_nothing_that_reads_it(hub: LoopbackHub, tmp_path: Path) -> None:
    """The answers are there, and of a hundred megabytes of libraries none is in the bot."""
    with closing(Analyst(tmp_path / "home", hub.endpoint)) as analyst:
        analyst.collect("census")
    around = FEW_CERTIFICATES | {"HF_ENDPOINT": hub.endpoint}
    with patient_slack() as slack:
        command, around = [sys.executable, "-m", "bot"], environment(slack, tmp_path, around)
        with subprocess.Popen(command, cwd=tmp_path, env=around) as bot:
            try:
                slack.wait_for_connection(timeout=PATIENCE)
                slack.command("/frameworks top400 in tensorflow")
                slack.command("/frameworks top30 by alltime task fill-mask")
                slack.wait_for_message("of the top 3,000 models")
                slack.wait_for_message("all-time most downloaded")
                mapped = Path(f"/proc/{bot.pid}/maps").read_text(encoding="utf-8")
            finally:
                bot.kill()

    assert "matplotlib" in mapped
    assert [name for name in ("duckdb", "arrow", "pandas") if name in mapped] == []
