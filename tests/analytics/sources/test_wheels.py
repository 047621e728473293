"""Wheels through the real installer, from an index on this machine."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.errors import Changed, SourceError, Unreachable
from analytics.settings import own_environment
from analytics.sources.wheels import Release, Wheels
from tests.forked_command import installer
from tests.loopback.package_index import PackageIndex, wheel

OLD, NEW = wheel("timm", "1.0.9", {"timm/a.py": "old"}), wheel("timm", "1.0.10", {"timm/a.py": "new"})


@pytest.fixture
def index() -> Iterator[PackageIndex]:
    """Publish two releases."""
    with PackageIndex() as running:
        running.add(OLD)
        running.add(NEW)
        yield running


def read(wheels: Wheels, release: Release) -> str:
    """Read the one file."""
    return wheels.read(release, lambda path: path == "timm/a.py").texts["timm/a.py"]


def test_the_newest_release_is_found_verified_and_kept(index: PackageIndex, tmp_path: Path) -> None:
    """By number and not by letter, with the index's hash; read again, it is not downloaded again."""
    wheels = Wheels(tmp_path, index.environment)

    release = wheels.find("timm")

    assert (release.version, release.sha256) == ("1.0.10", hashlib.sha256(NEW[1]).hexdigest())
    assert read(wheels, release) == "new"
    asked = len(index.requests)
    assert read(wheels, release) == "new"
    assert len(index.requests) == asked


def test_a_version_can_be_asked_for_and_others_thrown_away(index: PackageIndex, tmp_path: Path) -> None:
    """The article's releases are counted once and need not be kept."""
    wheels = Wheels(tmp_path, index.environment, installer())
    assert read(wheels, wheels.find("timm", "1.0.9", ["3.11"])) == "old"

    wheels.keep_only([])

    assert list(tmp_path.iterdir()) == []


def test_a_kept_wheel_that_was_tampered_with_is_fetched_again(index: PackageIndex, tmp_path: Path) -> None:
    """The hash is checked at every reading."""
    wheels = Wheels(tmp_path, index.environment, installer())
    release = wheels.find("timm", pythons=["3.11"])
    (tmp_path / release.file).write_bytes(OLD[1])

    assert read(wheels, release) == "new"


def test_a_wheel_without_the_stated_hash_is_refused(index: PackageIndex, tmp_path: Path) -> None:
    """What the index states and what comes must agree."""
    index.add(wheel("bad", "1.0", {"bad/a.py": "x"}), stated="0" * 64)
    wheels = Wheels(tmp_path, index.environment, installer())

    with pytest.raises(Changed, match="hash"):
        wheels.read(wheels.find("bad", pythons=["3.11"]), bool)
    assert not list(tmp_path.glob("*.whl"))


def test_a_wheel_replaced_between_finding_and_fetching_is_refused(index: PackageIndex, tmp_path: Path) -> None:
    """The hash of the finding holds, even where the index has changed its mind in the meantime."""
    wheels = Wheels(tmp_path, index.environment, installer())
    release = wheels.find("timm", pythons=["3.11"])
    index.add(wheel("timm", "1.0.10", {"timm/a.py": "evil"}))

    with pytest.raises(Changed, match="does not have the hash"):
        read(wheels, release)


def test_a_project_the_index_does_not_have(index: PackageIndex, tmp_path: Path) -> None:
    """It is said to be missing, in a clause without the index's address."""
    with pytest.raises(Changed, match="no wheel of nothing-here") as missing:
        Wheels(tmp_path, index.environment, installer()).find("nothing-here", pythons=["3.11"])

    assert "127.0.0.1" not in str(missing.value)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ((sys.executable, "-c", "import sys; sys.exit('python: No module named pip')"), "without its installer"),
        (("/nowhere/python", "-m", "pip"), "cannot be started"),
        ((sys.executable, "-c", "import sys; sys.exit('something else')"), "gave up"),
    ],
    ids=["no pip", "no python", "unknown trouble"],
)
def test_an_installer_that_cannot_be_used(tmp_path: Path, command: tuple[str, ...], why: str) -> None:
    """Each is told in a clause of its own."""
    with pytest.raises(Unreachable, match=why):
        Wheels(tmp_path, command=command).find("timm")


def test_an_index_that_does_not_answer(index: PackageIndex, tmp_path: Path) -> None:
    """Out of reach is not the same as missing."""
    nobody = index.environment | {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}

    with pytest.raises(Unreachable, match="does not answer"):
        Wheels(tmp_path, nobody, installer()).find("timm", pythons=["3.11"])


def test_an_installer_that_says_something_else(tmp_path: Path) -> None:
    """A report in another shape is a change, not a crash."""
    with pytest.raises(SourceError, match="does not say"):
        Wheels(tmp_path, command=(sys.executable, "-c", "print('{}')")).find("timm")


SECRETS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "SLACK_BOT_TOKEN", "slack_app_token", "DATABASE_URL", "AWS_SECRET_KEY")
LEAVE_WORD = "import os, pathlib; pathlib.Path(os.environ['PIP_WORD']).write_text(repr(dict(os.environ)))"


@pytest.mark.parametrize("is_own", [True, False])
def test_an_installer_sees_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_own: bool) -> None:
    """Whatever it starts could read it there: it gets what it has use for and nothing else."""
    given = dict.fromkeys(SECRETS, "s3cret") | {"PIP_WORD": str(tmp_path / "word"), "https_proxy": "http://proxy:1"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Changed):
        Wheels(tmp_path, own_environment() if is_own else given, (sys.executable, "-c", LEAVE_WORD)).find("timm")

    seen = (tmp_path / "word").read_text()
    assert "s3cret" not in seen
    assert "'https_proxy': 'http://proxy:1'" in seen
