"""The contracts with the Hub, the papers' API, the archive and the index, tried against their stand-ins."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from huggingface_hub import close_session

from analytics.analyst import Analyst, utc_now
from analytics.catalogues.register import COLLECTIONS
from analytics.collect.census_collector import DAILY, WEEKLY
from analytics.collect.official_collector import Outside, collect_from
from analytics.sources.github import Archives
from analytics.sources.hub.client import HubClient
from tests.analytics.census.hubs import items, parquet
from tests.live.contracts import HELD, Contract, ContractOutcome, differs, judge
from tests.live.hub_contracts import HUB
from tests.live.hub_door import HubDoor
from tests.loopback import archive_rows
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_files import safetensors
from tests.loopback.hub_items import Item, model
from tests.loopback.package_index import PackageIndex, wheel
from tests.loopback.papers_api import ListedPaper, PapersApi
from tests.loopback.wheel_shelf import WheelShelf
from tests.programs import ended


def kinds() -> list[Item]:
    """Give repositories with all kinds of files, and as many others as fill a page."""
    named = {"childrenModelCount": {"adapter": 1}, "usedStorage": 5, "trendingScore": 2}
    few = [
        model("lab/pt", tags=["pytorch"], siblings=["a.pt"], downloads=9, **named),
        model("lab/saved", tags=["tf-keras"], siblings=["saved_model.pb"], downloads=8),
        model("lab/safe", tags=["safetensors"], siblings=["model.safetensors"], downloads=7),
        model("lab/both", tags=["pytorch", "tf"], siblings=["pytorch_model.bin", "tf_model.h5"], downloads=6),
        model("lab/tf", tags=["tf"], siblings=["tf_model.h5"], downloads=5),
    ]
    return few + [model(f"lab/m{number}", downloads=1, tags=["pytorch"]) for number in range(1_000)]


def with_files(table: pa.Table) -> pa.Table:
    """Add what siblings look like in a snapshot."""
    files = pa.array([[{"rfilename": "a.bin"}]] * table.num_rows)
    return table.append_column("siblings", files)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubDoor]:
    """Open the door to a Hub with snapshots, a papers' API, an archive and an index of packages."""
    models = items(1_500, until=utc_now())
    sound = parquet(models, with_files)
    datasets: Any = {
        DAILY: {"models.parquet": sound},
        WEEKLY: {f"models/2026-11-{day}/models.parquet": sound for day in (11, 18)},
        **archive_rows.datasets(archive_rows.real_links(), {}),
    }
    api = PapersApi([ListedPaper("2026-08-15", ("PyTorch",))] * 5, ("PyTorch", "TensorFlow", "JAX"))
    contents = {("lab/safe", "model.safetensors"): safetensors("pt")}
    close_session()
    with (
        LoopbackHub(kinds(), datasets=datasets, contents=contents, site_total=1_500) as served,
        api,
        PackageIndex() as index,
    ):
        served.renewed = f"{utc_now() - dt.timedelta(minutes=5):%Y-%m-%dT%H:%M:%S.000Z}"
        collectors = Collectors(served, api.address, index, tmp_path_factory.mktemp("home"))
        yield HubDoor(served.endpoint, api.address, collectors.collect, sample=3)
    close_session()


@dataclass
class Collectors:
    """Collects from what is on this machine: in a process of its own, but the packages, which come from our index."""

    hub: LoopbackHub
    papers: str
    index: PackageIndex
    home: Path

    def collect(self, word: str) -> tuple[int, str]:
        """Collect; give the exit status and what was said."""
        if word == "official":
            return self._official()
        folder = str(self.home)
        sources = {"HF_ENDPOINT": self.hub.endpoint, "PAPERS_API_URL": self.papers, "NO_PROXY": "127.0.0.1"}
        environment = {**sources, "FRAMEWORKS_HOME": folder, "HF_HOME": folder}
        done = ended("analytics", "collect", word, folder=self.home, environment=environment)
        return done.returncode, done.stdout + done.stderr

    def _official(self) -> tuple[int, str]:
        self.index.add(wheel("torchaudio", "2.10.0", {"torchaudio/pipelines/a.py": "A = _Bundle()\n" * 40}))
        audio = [one for one in COLLECTIONS if one.full_name == "TorchAudio"]
        archives = Archives(self.index.address, self.index.address)
        wheels: Any = WheelShelf(self.index)
        outside = Outside(wheels, archives, HubClient(self.hub.endpoint), utc_now)
        analyst = Analyst(self.home / "official", self.hub.endpoint)
        said = list(collect_from(outside, replace(analyst.context, clock=utc_now), accept=False, collections=audio))
        analyst.close()
        return int(any("FAILED" in one for one in said)), "\n".join(said)


@pytest.mark.parametrize("contract", HUB, ids=lambda one: one.id)
def test_the_stand_ins_for_the_hub_keep_each_contract(hub: HubDoor, contract: Contract[HubDoor]) -> None:
    """Each is asked as it will be asked in earnest."""
    finding = judge(contract, hub)

    assert finding == HELD, finding.what


def test_a_hub_that_is_otherwise_is_found_out() -> None:
    """Tags missing, fields refused, short pages, other formats: each contract says what it saw."""
    models = [
        model("lab/pt", tags=["x"], siblings=["a.pt"]),
        model("lab/safe", tags=["safetensors"], siblings=["a.safetensors"]),
    ]
    contents = {("lab/safe", "a.safetensors"): safetensors("mlx")}
    with LoopbackHub(models, contents=contents, expandable=frozenset({"siblings", "tags"}), most_a_page=1) as served:
        door = HubDoor(served.endpoint, served.endpoint, lambda _: (4, "Not collected."), sample=5)
        found = {contract.id: judge(contract, door) for contract in HUB}

    told = {name: finding.what for name, finding in found.items() if finding.outcome is ContractOutcome.DIFFERS}
    assert told["hub-01"].startswith("both are not fewer than either: pytorch 0, tf 0")
    assert told["hub-02"].startswith("it was answered 400")
    assert told["hub-05"] == "the page has 1 models"
    assert told["hub-06"] == "1 of 1 lack the tag pytorch: lab/pt"
    assert told["hub-08"] == "of 1 headers 1 state a format, 1 another than pt: ['mlx']"
    assert told["collect-01"] == "it ended with 4: Not collected."


@pytest.mark.parametrize("said", ["The live successor could not\nbe read: x.", "timm: FAILED, x."])
def test_what_is_collected_in_part_differs(said: str) -> None:
    """A collector that goes on without a source ends with 0; the contract reads what it says."""
    door = HubDoor("", "", lambda _: (0, said))
    found = [judge(one, door) for one in HUB if one.id.startswith("collect")]

    assert found == [differs(f"it ended with 0: {' '.join(said.split())}")] * 3


def test_a_week_without_files_is_named() -> None:
    """Every week is opened."""
    file = io.BytesIO()
    pq.write_table(pa.table({"id": ["a"]}), file)
    datasets = {WEEKLY: {"models/2026-11-11/models.parquet": file.getvalue()}}
    with LoopbackHub(datasets=datasets) as served:
        door = HubDoor(served.endpoint, "", lambda _: (0, ""))
        finding = judge(next(one for one in HUB if one.id == "hub-10"), door)

    assert finding == differs("1 of 1 weeks lack siblings: 2026-11-11")
