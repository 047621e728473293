"""`collect official` from an index, archives and a Hub on this machine: what is stored, kept and said."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import close_session

from analytics.analyst import Analyst
from analytics.catalogues.register import COLLECTIONS
from analytics.catalogues.stored_counts import name_collections, shelves
from analytics.collect.collection_counting import Outside
from analytics.collect.official_collector import collect, collect_from
from analytics.domain.reading_kinds import OFFICIAL
from analytics.domain.requests import Official
from analytics.errors import Unreachable
from analytics.sources.github import Archives
from analytics.sources.hub.client import HubClient
from analytics.sources.wheels import Wheels
from tests.forked_command import installer
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY
from tests.loopback.hub_items import model
from tests.loopback.package_index import PackageIndex, wheel, zipped
from tests.loopback.wheel_shelf import WheelShelf

SOME = [each for each in COLLECTIONS if each.full_name in ("PyTorch Hub", "TorchAudio", "SpeechBrain", "timm")]
"""One of each kind of source, and one the index does not have: the installer takes half a second for each question."""

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
COMMIT = b"c7895df70c7767403e36f82786d6b611b7984557"


def audio(bundles: int) -> dict[str, str]:
    """Make TorchAudio with so many bundles."""
    return {"torchaudio/pipelines/a.py": "".join(f"B{number} = _Bundle()\n" for number in range(bundles))}


def pages(number: int) -> bytes:
    """Make the archive of PyTorch Hub with so many pages."""
    return zipped({f"hub-master/{n}.md": "---\nlayout: hub_detail\n---\n" for n in range(number)}, COMMIT)


@dataclass
class CollectedWorld:
    """An index, a Hub and a data folder; `day` is today. With `installer` pip fetches the wheels, in seconds."""

    index: PackageIndex
    hub: LoopbackHub
    analyst: Analyst
    folder: Path
    day: dt.datetime = DAY
    installer: bool = False

    def collect(self, *, accept: bool = False) -> dict[str, str]:
        """Collect; gives the sentences by collection."""
        wheels: Any = (
            Wheels(self.folder, self.index.environment, installer()) if self.installer else WheelShelf(self.index)
        )
        outside = Outside(
            wheels, Archives(self.index.address, self.index.address), HubClient(self.hub.endpoint), lambda: self.day
        )
        said = collect_from(outside, self.analyst.context, accept=accept, collections=SOME)
        return dict(sentence.split(": ", 1) for sentence in said)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CollectedWorld]:
    """Start with 40 bundles of TorchAudio, 50 pages of PyTorch Hub and 45 repositories of SpeechBrain."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    close_session()
    repositories = [model(f"speechbrain/m{number}", downloads=1) for number in range(45)]
    with PackageIndex() as index, LoopbackHub(repositories) as hub:
        index.add(wheel("torchaudio", "2.10.0", audio(40)))
        index.files["/pytorch/hub/zip/master"] = pages(50)
        analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: found.day)
        found = CollectedWorld(index, hub, analyst, tmp_path / "wheels")
        yield found
        analyst.close()
    close_session()


def test_counts_what_can_be_read_and_says_what_cannot(world: CollectedWorld) -> None:
    """Wheel, archive with its commit, and organisation are counted; the others fail each with its reason."""
    world.installer = True
    said = world.collect()

    assert said["TorchAudio"] == "40 bundles (2.10.0)."
    assert said["PyTorch Hub"] == "50 pages (c7895df70c)."
    assert said["SpeechBrain"] == "45 repositories."
    assert said["timm"].startswith("FAILED, it has no wheel of timm")


def test_the_answer_shows_the_stored_counts(world: CollectedWorld) -> None:
    """Version, day of release and of counting stand with the source; what failed is a caveat, its count embedded."""
    world.collect()

    answer = world.analyst.answer(Official("pytorch"))

    assert answer.table is not None
    rows = {row[0]: dict(zip(answer.table.names, row, strict=True)) for row in answer.table.rows}
    assert rows["TorchAudio (bundles)"]["now"] == 40
    (source,) = [origin for origin in answer.origins if origin.title.startswith("TorchAudio: ")]
    assert (source.revision, source.accessed) == ("2.10.0", "2026-11-23")
    assert source.title.endswith("released 2026-11-01")
    assert answer.method == "official-2"
    assert any("it has no wheel of timm" in caveat for caveat in answer.caveats)
    assert not answer.sample


@pytest.mark.parametrize(
    ("bundles", "why"), [(0, "no bundles stand where"), (30, "fell too far"), (19, "20 to 1,000 are plausible")]
)
def test_a_count_that_cannot_be_right_is_refused_and_the_last_one_kept(
    world: CollectedWorld, bundles: int, why: str
) -> None:
    """A changed layout, a fall and a value outside the range each keep the old true number with its day."""
    world.collect()
    world.day += dt.timedelta(days=7)
    world.index.add(wheel("torchaudio", "2.11.0", audio(bundles)))

    said = world.collect()

    assert said["TorchAudio"].startswith("FAILED")
    assert why in said["TorchAudio"]
    kept = shelves(world.analyst.context.readings.newest(OFFICIAL).body)["torchaudio"]  # type: ignore[union-attr]
    assert kept.now is not None
    assert (kept.now.number, kept.now.version, kept.now.counted) == (40, "2.10.0", "2026-11-23")


def test_a_person_may_accept_a_fall_but_not_the_implausible(world: CollectedWorld) -> None:
    """`accept` takes a lower count of the known range; it is the base of what comes after."""
    world.collect()
    world.day += dt.timedelta(days=7)
    world.index.add(wheel("torchaudio", "2.11.0", audio(30)))

    assert world.collect(accept=True)["TorchAudio"] == "30 bundles (2.11.0), 40 before."


def test_a_first_round_is_held_against_the_embedded_counts(world: CollectedWorld) -> None:
    """TorchAudio has 40 there: 30 at once is a fall too."""
    world.index.add(wheel("torchaudio", "2.11.0", audio(30)))

    said = world.collect()["TorchAudio"]

    assert said.startswith("FAILED")
    assert "fell too far" in said


def test_a_file_nested_without_end_fails_its_collection_alone(world: CollectedWorld) -> None:
    """The syntax tree is deeper than this interpreter goes; the others are counted."""
    nested = {"torchaudio/pipelines/z.py": "X = a" + "()" * 1200}
    world.index.add(wheel("torchaudio", "2.11.0", audio(40) | nested))

    said = world.collect()

    assert "nested deeper than source code is" in said["TorchAudio"]
    assert said["PyTorch Hub"] == "50 pages (c7895df70c)."


def test_a_listing_that_is_down_keeps_the_last_names_too(world: CollectedWorld) -> None:
    """The row says why; a model can still be looked up."""
    world.collect()
    world.day += dt.timedelta(days=7)
    for _ in range(20):
        world.hub.faults.put(BAD_GATEWAY)

    said = world.collect()

    assert said["SpeechBrain"] == "FAILED, it answered 502; kept is 45 of 23 Nov 2026."
    assert name_collections("speechbrain/M7", world.analyst.context.readings.newest(OFFICIAL).body) == ("SpeechBrain",)  # type: ignore[union-attr]


def test_a_mirror_that_is_down_keeps_its_last_names(world: CollectedWorld) -> None:
    """Keras on the Hub is read for its names alone: they are looked up still, from the counts of last week."""
    world.hub.models.append(model("keras/bert", downloads=1))
    world.collect()
    world.day += dt.timedelta(days=7)
    world.hub.faults.put(BAD_GATEWAY, times=20)
    world.collect()

    reading = world.analyst.context.readings.newest(OFFICIAL)
    assert reading is not None
    assert reading.as_of == world.day
    assert reading.body["listings"] == {"Keras on the Hub": ["keras/bert"]}


def test_with_nothing_to_be_had_nothing_is_stored(world: CollectedWorld, tmp_path: Path) -> None:
    """A round in which all failed is an error, and the stored reading stays the newest."""
    world.collect()
    before = world.analyst.context.readings.newest(OFFICIAL)
    nobody = "http://127.0.0.1:9"
    wheels = Wheels(tmp_path / "none", command=("/nowhere/pip",))

    with pytest.raises(Unreachable):
        collect_from(Outside(wheels, Archives(nobody, nobody), HubClient(nobody), lambda: DAY), world.analyst.context)

    assert world.analyst.context.readings.newest(OFFICIAL) == before


def test_unknown_options_are_refused(world: CollectedWorld) -> None:
    """The sentence names what came."""
    with pytest.raises(ValueError, match="sideways"):
        collect(world.analyst.context, ("sideways",))
