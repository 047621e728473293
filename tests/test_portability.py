"""What is installed on macOS and Windows starts there too: nothing needs what only POSIX has."""

import json
import subprocess
import sys
from pathlib import Path

POSIX_ONLY = ("crypt", "fcntl", "grp", "nis", "pty", "pwd", "readline", "resource", "spwd", "syslog", "termios", "tty")
"""Modules of the standard library that Windows lacks (docs.python.org, "Availability: Unix")."""

WITHOUT = f"import sys, filelock, mcp.server.stdio; sys.modules.update(dict.fromkeys({POSIX_ONLY}))\n"
"""filelock and mcp take fcntl here and Windows' own ways there; they are imported before, so that they work in both."""

PATIENCE = 300
"""Seconds that an interpreter has to import everything: some ten on a free machine, minutes on a crowded one."""

IMPORT_ALL = """
import importlib, pkgutil, analytics, bot, playground
for package in (analytics, bot, playground):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if module.name.rpartition(".")[2] not in ("__main__", "env"):  # these run when imported; env in Alembic's hands
            importlib.import_module(module.name)
            print(module.name)
"""

ASK = "from analytics.__main__ import main; sys.exit(main(sys.argv[1:]))"


def python(code: str, *arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run code in an interpreter without those modules, with the Hub out of reach."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + code, *arguments],
        cwd=Path(__file__).parents[1],
        env={"FRAMEWORKS_HOME": str(home), "HOME": str(home), "HF_ENDPOINT": "http://127.0.0.1:9", **environment},
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )


def test_every_module_can_be_imported_without_posix(tmp_path: Path) -> None:
    """Not one of them needs a module that Windows lacks."""
    done = python(IMPORT_ALL, home=tmp_path)

    assert (done.returncode, done.stderr) == (0, b"")
    assert {b"bot.runtime.shutdown", b"analytics.storage.locks", b"playground.start"} <= set(done.stdout.split())


def test_a_question_is_answered_and_kept_without_posix(tmp_path: Path) -> None:
    """The answer is there and nothing stands in the way of storing, opened twice."""
    python(ASK, "top30", "--json", home=tmp_path)
    done = python(ASK, "top30", "--json", home=tmp_path)

    answer = json.loads(done.stdout)
    assert (answer["sample"], sum(answer["counts"].values())) == (True, 30)
    assert not [caveat for caveat in answer["caveats"] if "stored" in caveat and "Hub" not in caveat]


def test_answers_can_be_piped_where_pipes_are_not_utf_8(tmp_path: Path) -> None:
    """Python's pipes take one of 256 letters on Windows; ours are UTF-8 everywhere, as other programs expect."""
    done = python(ASK, "top30", home=tmp_path, PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stderr) == (0, b"")
    assert " · 30-day downloads · " in done.stdout.decode("utf-8")
