"""A Hub for census tests: the real list of September 2024 as listing and as Parquet, and faults on the way."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.collect.census_collector import DAILY, WEEKLY
from tests.analytics.attribution.accuracy import top_2024
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import Item, model

BORN, NOW = dt.datetime(2022, 3, 3, tzinfo=dt.UTC), dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
Change = Callable[[pa.Table], pa.Table]


def items(count: int = 9715, until: dt.datetime = NOW) -> list[Item]:
    """Give the first models of the list as the Hub's items; created one after the other, the last one at `until`."""
    found = []
    for number, (one, _) in enumerate(zip(top_2024(), range(count), strict=False), start=1):
        born = BORN + (until - BORN) * number / count
        fields = {"downloads": one.downloads_30d, "tags": list(one.tags or ()), "library_name": one.library}
        fields |= {"pipeline_tag": one.task, "createdAt": f"{born:%Y-%m-%dT%H:%M:%S.000Z}", "likes": 1}
        found.append(model(one.id, **{key: value for key, value in fields.items() if value is not None}))
    return found


def parquet(models: Iterable[Item], change: Change | None = None, fat: int = 1) -> bytes:
    """Write models as the snapshots of the Hub do: their columns, several row groups, a column nobody reads, so fat."""
    rows = list(models)

    def column(name: str) -> list[Any]:
        return [row.get(name) for row in rows]

    born = [dt.datetime.fromisoformat(text) for text in column("createdAt")]
    table = pa.table(
        {
            "id": column("id"),
            "createdAt": pa.array(born, pa.timestamp("us", tz="UTC")),
            "downloads": pa.array(column("downloads"), pa.int64()),
            "likes": pa.array(column("likes"), pa.int64()),
            "tags": pa.array(column("tags"), pa.list_(pa.string())),
            "library_name": pa.array(column("library_name"), pa.string()),
            "pipeline_tag": pa.array(column("pipeline_tag"), pa.string()),
            "cardData": [f'{{"text": "{row["id"] * fat}"}}' for row in rows],
        }
    )
    file = io.BytesIO()
    pq.write_table(change(table) if change else table, file, row_group_size=2000, compression="none")
    return file.getvalue()


def serving(models: list[Item], *, daily: bytes | None = None, weekly: dict[str, bytes] | None = None) -> LoopbackHub:
    """Make a Hub with these models, this daily file and these weeks."""
    datasets: dict[str, dict[str, bytes]] = {}
    if daily is not None:
        datasets[DAILY] = {"models.parquet": daily}
    if weekly is not None:
        datasets[WEEKLY] = {f"models/{day}/models.parquet": content for day, content in weekly.items()}
    return LoopbackHub(models, datasets=datasets, site_total=len(models))
