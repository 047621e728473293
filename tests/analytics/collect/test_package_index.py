"""`collect reach` from an index as the world runs one: what is wrong is refused in words, the last reading stays."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.collect.reach_collector import collect_types
from analytics.domain.reading_kinds import REACH_TYPES
from analytics.sources.allowance import TookTooLong
from analytics.sources.installer import Bounds
from analytics.sources.wheels import Release, Wheels
from analytics.sources.zipped import Opened
from tests.analytics.at_the_terminal import settings, type_words
from tests.analytics.collect.test_reach_types import DAY, KERAS, MLX, keras_hub, mlx_lm, transformers
from tests.forked_command import installer
from tests.loopback.index_faults import (
    FILE,
    PAGE,
    cut,
    drip,
    huge,
    loop,
    once,
    open_later,
    other_host,
    page,
    status,
)
from tests.loopback.package_index import PackageIndex, wheel
from tests.loopback.simple_index import HTML, JSON, Fault, SimpleIndex
from tests.loopback.wheel_shelf import WheelShelf

Made = tuple[str, bytes]


def keras(version: str, types: Sequence[str] = KERAS, **files: str | bytes) -> Made:
    """Make a release of KerasHub."""
    return wheel("keras-hub", version, {**keras_hub(types), **files})


def rest() -> list[Made]:
    """Make the two other libraries."""
    return [wheel("transformers", "4.57.6", transformers()), wheel("mlx-lm", "0.32.2", mlx_lm(MLX))]


class OneByInstaller:
    """KerasHub through the installer, in seconds; the others, at which nothing is wrong, from a shelf."""

    def __init__(self, wheels: Wheels, shelf: WheelShelf) -> None:
        self._wheels, self._shelf = wheels, shelf

    def find(self, name: str, version: str | None = None) -> Release:
        """Find the newest release."""
        return (self._wheels if name == "keras-hub" else self._shelf).find(name, version)

    def read(self, release: Release, wanted: Callable[[str], bool]) -> Opened:
        """Read files of a release."""
        return (self._wheels if release.name == "keras-hub" else self._shelf).read(release, wanted)

    def keep_only(self, releases: Sequence[Release]) -> None:
        """Throw away every other wheel."""
        self._wheels.keep_only(releases)


@dataclass
class FirstReading:
    """An index and a data folder in which a first reading lies."""

    index: SimpleIndex
    shelf: WheelShelf
    analyst: Analyst
    folder: Path
    day: dt.datetime = DAY

    def collect(self, bounds: Bounds | None = None, *, accept: bool = False) -> str:
        """Collect; gives what is said of KerasHub."""
        # What a run may take is set for the process that is started: it must be the installer itself.
        command = (sys.executable, "-m", "pip") if bounds else installer()
        wheels: Any = OneByInstaller(Wheels(self.folder, self.index.environment, command, bounds), self.shelf)
        said = collect_types(wheels, self.analyst.context, accept=accept)
        assert said[1].startswith("transformers 4.57.6: ")
        return said[0]

    @property
    def kept(self) -> dict[str, Any]:
        """What is stored of KerasHub, but for what was wrong."""
        reading = self.analyst.context.readings.newest(REACH_TYPES)
        assert reading
        return {name: value for name, value in reading.body["keras-hub"].items() if name != "trouble"}


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[FirstReading]:
    """Start with a first reading, of the release that the shipped table is of."""
    with SimpleIndex() as index, PackageIndex() as others:
        for made in [keras("0.32.0"), *rest()]:
            others.add(made)
        index.publish(keras("0.31.0"))
        index.publish(keras("0.32.0"))
        analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: found.day)
        found = FirstReading(index, WheelShelf(others), analyst, tmp_path / "wheels")
        collect_types(found.shelf, replace(analyst.context, clock=lambda: DAY - dt.timedelta(days=7)))
        yield found
        analyst.close()


def test_the_whole_index_through_the_terminal(tmp_path: Path) -> None:
    """JSON pages, metadata beside the files, files on another host, a name sent to the normal one: three libraries."""
    with SimpleIndex() as index:
        for made in [keras("0.32.0"), *rest()]:
            index.publish(made)
        index.publish(wheel("transformers", "5.9.0", {}))
        said = type_words(settings("http://127.0.0.1:9", tmp_path) | index.settings, ["collect", "reach"])

    assert [line.partition(":")[0] for line in said.stdout.splitlines() if ": " in line] == [
        "keras-hub 0.32.0",
        "transformers 4.57.6",
        "mlx-lm 0.32.2",
    ], said.stderr


@pytest.mark.parametrize(("form", "described"), [(JSON, True), (HTML, True), (HTML, False)])
def test_a_newer_release_is_read_in_each_form(reading: FirstReading, form: str, *, described: bool) -> None:
    """As old mirrors and new ones describe it."""
    reading.index.form = form
    reading.index.publish(keras("0.33.0", [*KERAS, "brand_new"]), described=described)

    assert reading.collect().startswith("keras-hub 0.33.0: ")
    assert reading.kept["version"] == "0.33.0"


def test_a_withdrawn_release_is_not_taken_and_told(reading: FirstReading) -> None:
    """The newest that stands is read, and why it is not the newest of all is said."""
    reading.index.publish(keras("0.33.0"), yanked="wrong numbers")

    said = reading.collect()

    assert said.startswith("keras-hub 0.32.0: ")
    assert said.endswith("; 0.33.0 was withdrawn and is not read.")


def test_a_release_that_was_read_and_is_withdrawn_later(reading: FirstReading) -> None:
    """The one before is read again, without anybody's leave."""
    reading.index.publish(keras("0.33.0"))
    reading.collect()
    reading.day += dt.timedelta(days=7)
    reading.index.publish(keras("0.33.0"), yanked="")

    assert reading.collect().startswith("keras-hub 0.32.0: ")
    assert reading.kept["version"] == "0.32.0"


def test_a_pre_release_is_none(reading: FirstReading, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the installer of this machine is set to take them."""
    monkeypatch.setenv("PIP_PRE", "1")
    reading.index.publish(keras("0.33.0rc1"))
    reading.index.publish(keras("0.33.0.dev3"))

    assert reading.collect().startswith("keras-hub 0.32.0: ")


ONE_LINK = b"<!DOCTYPE html><html><body><a href='/packages/keras_hub-0.31.0-py3-none-any.whl'>keras_hub-0.31.0-py3-none-any.whl</a>"  # fmt: skip  # noqa: E501 - a page as it comes, in one line


@pytest.mark.parametrize(
    ("at", "fault", "why"),
    [
        (PAGE, status(404), "it has no wheel of keras-hub"),
        (PAGE, status(403), "it answered 403: the installer's settings may lack a name and a password"),
        (PAGE, status(429), "it asks for a pause"),
        (PAGE, status(429, open_later(0)), "it asks for a pause"),
        (PAGE, status(502), "it answers with an error of its own"),
        (PAGE, loop, "it sends from one address to the next without end"),
        (PAGE, page(b"{"), "its answer was cut off or is no data"),
        (PAGE, page(b'{"meta": {"api-version": "1.1"}, "name": "keras-hub", "files": []}'), "it has no wheel of"),
        (PAGE, page(b"Log in first.", "application/pdf"), "something else than a page of releases"),
        (PAGE, page(b"<p>Log in first.</p>", "text/html"), "it has no wheel of keras-hub"),
        (FILE, status(404), "it names a wheel of keras-hub that is not there"),
        (FILE, status(503), "it answers with an error of its own"),
        (FILE, page(b"something else", "application/zip"), "does not have the hash that the index states"),
    ],
)
def test_what_an_index_does_wrong_is_told_and_the_last_reading_stays(
    reading: FirstReading, at: str, fault: Fault, why: str
) -> None:
    """An index that is down is not one without the library; the two others are read all the same."""
    before = reading.kept
    reading.index.publish(keras("0.33.0"))
    reading.index.faults[at] = fault

    said = reading.collect()

    assert said.startswith("keras-hub: REFUSED, ")
    assert why in said
    assert "127.0.0" not in said
    assert "localhost" not in said
    assert reading.kept == before


@pytest.mark.parametrize("at", [PAGE, FILE])
@pytest.mark.parametrize("fault", [other_host, once(status(503))], ids=["another host", "down once"])
def test_what_an_index_may_do_is_followed(reading: FirstReading, at: str, fault: Fault) -> None:
    """A mirror sends to another host; what is down for a moment is asked again."""
    reading.index.publish(keras("0.33.0"))
    reading.index.faults[at] = fault

    assert reading.collect().startswith("keras-hub 0.33.0: ")


def test_a_page_that_is_cut_short_shows_no_older_release(reading: FirstReading) -> None:
    """Some installers believe half a page: the newest on it was read long ago, and is refused."""
    before = reading.kept
    reading.index.faults[PAGE] = cut(ONE_LINK)

    said = reading.collect()

    assert "0.31.0 is the newest it shows, where 0.32.0 was read before" in said or "was cut off" in said
    assert reading.kept == before


def test_a_file_that_is_cut_short_is_not_kept(reading: FirstReading) -> None:
    """Older installers find another hash, newer ones ask for the rest, and get the whole again."""
    reading.index.publish(keras("0.33.0"))
    reading.index.faults[f"{FILE}-0.33.0-py3-none-any.whl"] = cut(keras("0.33.0")[1][:100])

    said = reading.collect()

    assert "hash" in said or "cut off" in said
    assert not list(reading.folder.glob("*.whl"))


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (("keras_hub-0.33.0-py3-none-any.whl", b"<html>"), "no archive that can be read"),
        (wheel("keras-hub", "0.33.0", {}), "is not in the wheel"),
        (keras("0.33.0", KERAS[:18]), "the list is half as long as the last"),
        (keras("0.33.0", **{"keras_hub/src/utils/transformers/preset_loader.py": b"0" * 2**22}), "unpacks to far more"),
    ],
    ids=["no zip", "file missing", "half as long", "zip bomb"],
)
def test_a_release_that_cannot_be_read_is_refused(reading: FirstReading, made: Made, why: str) -> None:
    """Its hash is right, and it is the newest all the same; the installer opens one that is not described itself."""
    before = reading.kept
    reading.index.publish(made, described=made[1] != b"<html>")

    assert why in reading.collect()
    assert reading.kept == before


def test_a_hash_that_the_page_states_wrongly(reading: FirstReading) -> None:
    """What the page states and what comes must agree."""
    reading.index.publish(keras("0.33.0"), stated="0" * 64)

    assert "does not have the hash that the index states" in reading.collect()


@pytest.mark.parametrize(
    ("release", "why"),
    [("0.33.0rc1", "it has only pre-releases of keras-hub"), ("0.33.0", "every release of keras-hub was withdrawn")],
)
def test_an_index_with_nothing_that_is_released(reading: FirstReading, release: str, why: str) -> None:
    """Pre-releases alone and withdrawn releases alone are told apart from nothing at all."""
    reading.index.withdraw_all()
    reading.index.publish(keras(release), yanked=None if "rc" in release else "x")

    assert why in reading.collect()


def test_a_page_of_a_hundred_megabytes_takes_no_memory_of_ours(reading: FirstReading) -> None:
    """The installer is held to so much of it; a lower bound here, so that the test is quick."""
    reading.index.faults[PAGE] = huge

    said = reading.collect(Bounds(memory=2**28))

    assert "it sent more than the installer has room for" in said or "broke down over what it sent" in said


@pytest.mark.parametrize(
    ("slow", "why"),
    [(drip, "did not end within 3 s"), (lambda _: status(429, open_later(3600)), "it asks for a pause")],
    ids=["drips", "an hour's pause"],
)
def test_an_index_that_takes_its_time_is_left(
    reading: FirstReading, slow: Callable[[SimpleIndex], Fault], why: str
) -> None:
    """A byte at a time, or a pause of an hour, which the installer would wait for."""
    reading.index.faults[PAGE] = slow(reading.index)

    assert why in reading.collect(Bounds(seconds=3.0))


def test_a_library_that_is_dripped_out_keeps_no_other_waiting(reading: FirstReading) -> None:
    """It is refused within its own time, which its runs share; another library of the same index is read in its own."""
    reading.index.publish(wheel("mlx-lm", "0.32.2", mlx_lm(MLX)))
    reading.index.faults[PAGE] = drip(reading.index)
    bounds = Bounds(library=3.0, together=600.0)
    wheels = Wheels(reading.folder, reading.index.environment, bounds=bounds)

    with pytest.raises(TookTooLong, match="the installer did not end within 3 s"):
        wheels.find("keras-hub")
    with pytest.raises(TookTooLong, match="keras-hub took all of its 3 s"):
        wheels.find("keras-hub")
    wheels = Wheels(reading.folder, reading.index.environment, bounds=replace(bounds, library=300.0))
    assert wheels.find("mlx-lm", pythons=["3.11"]).version == "0.32.2"


def test_nothing_is_left_behind(reading: FirstReading) -> None:
    """The folder holds the wheel that was read, and no part of another."""
    reading.collect()

    assert [path.suffix for path in reading.folder.iterdir()] == [".whl"]
