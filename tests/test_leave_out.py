"""What the image leaves out: a list with a reason each, and the script that takes it out."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCRIPT, LIST = ROOT / "deploy/leave-out", ROOT / "deploy/left_out.txt"


def leave_out(folder: Path, kind: str, listed: str) -> "subprocess.CompletedProcess[str]":
    """Let a copy of the script take out of a folder what this list says."""
    beside = folder / "deploy"
    beside.mkdir(exist_ok=True)
    shutil.copy(SCRIPT, beside)
    (beside / LIST.name).write_text(listed, encoding="utf-8")
    (folder / "tree/own/inner").mkdir(parents=True, exist_ok=True)
    (folder / "tree/own/kept.py").touch()
    return subprocess.run([beside / SCRIPT.name, kind, folder / "tree"], capture_output=True, text=True, check=False)


def test_what_is_listed_is_taken_out_and_nothing_else(tmp_path: Path) -> None:
    """A pattern is taken out with all that is in it; a line of another kind is left alone."""
    done = leave_out(tmp_path, "packages", "# a word\npackages own/in*  a reason\nbase own/kept.py  another\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in (tmp_path / "tree/own").iterdir()] == ["kept.py"]


def test_what_no_longer_comes_with_a_package_ends_the_build_and_is_named(tmp_path: Path) -> None:
    """The rest of the list would be as old; of the base, whose content is not ours, it is passed over."""
    gone = leave_out(tmp_path, "packages", "packages own/gone* its makers' tests\npackages own/inner a reason\n")
    of_the_base = leave_out(tmp_path, "base", "base own/gone* its makers' tests\nbase own/inner a reason\n")

    assert (gone.returncode, of_the_base.returncode) == (1, 0)
    assert "nothing is called own/gone* any more (its makers' tests)" in gone.stderr
    assert not (tmp_path / "tree/own/inner").exists()


def test_each_line_names_a_kind_and_a_reason_and_stands_once() -> None:
    """A line without a reason is one that nobody can judge later."""
    lines = [line.split(None, 2) for line in LIST.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]

    assert {kind for kind, _, _ in lines} == {"packages", "base", "debian"}
    assert len({(kind, pattern) for kind, pattern, _ in lines}) == len(lines) > 0
