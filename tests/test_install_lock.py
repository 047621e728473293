"""A lock is installed by several pips side by side: all of it, once, and what goes wrong ends it."""

import hashlib
import re
import zipfile
from pathlib import Path

import pytest

from requirements.install import install, split_lock

LOCKS = sorted((Path(__file__).parents[1] / "requirements").glob("*.lock"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_requirement_is_installed_once_and_pip_after_all_others(lock: Path) -> None:
    """The parts together are the lock, each line of it once; pip is not replaced while others run."""
    text = lock.read_text(encoding="utf-8")
    beside, last = split_lock(text, 4)

    assert sorted("".join([*beside, *last]).splitlines()) == sorted(text.splitlines())
    assert [re.match("[a-z-]+", share)[0] for share in last] in ([], ["pip"])  # type: ignore[index]
    assert not any(re.search("^pip==", share, re.MULTILINE) for share in beside)


def make_wheel(folder: Path, name: str) -> str:
    """Make a package of one file; give its line in a lock."""
    wheel = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr(f"{name}.py", "")
        file.writestr(f"{name}-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        file.writestr(f"{name}-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{name}-1.dist-info/RECORD", "")
    return f"{name}==1 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def test_a_part_that_fails_ends_it_and_says_why(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Of three packages one has another hash than the lock says: the status is pip's, and so are the words."""
    lines = [make_wheel(tmp_path, name) for name in ("one", "two", "three")]
    lock, options = tmp_path / "some.lock", ["--no-index", f"--find-links={tmp_path}", f"--target={tmp_path / 'into'}"]
    lock.write_text("".join(lines), encoding="utf-8")
    assert install(lock, options) == 0
    assert {file.stem for file in (tmp_path / "into").glob("*.py")} == {"one", "two", "three"}

    lock.write_text(
        "".join([*lines[:2], make_wheel(tmp_path, "three").replace("sha256:", "sha256:0")]), encoding="utf-8"
    )
    assert install(lock, options) != 0
    assert "three" in capfd.readouterr().err
