"""
Install a lock by several pips side by side: `python requirements/install.py requirements/dev.lock [pip's options]`.

One pip reads the index's pages, downloads and unpacks one package after the other, and leaves a processor and the line
idle for most of it: four take 15 to 23 seconds for what one takes 50 for (two cores). A lock names everything there is
to install with its hashes, so that no part needs to know of the others: none may bring anything along by itself.
"""

import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

SIDE_BY_SIDE = 4
"""More than the two cores of a small machine: each waits for the line half of its time."""

PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")


OURSELVES = "pip=="
"""What must not be replaced while it runs: it comes last, and alone."""


def split_lock(text: str, parts: int) -> list[list[str]]:
    """Share out a lock's requirements, each with its hashes: what is installed side by side, and what after that."""
    requirements = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    last = [one for one in requirements if one.startswith(OURSELVES)]
    others = [one for one in requirements if one not in last]
    rounds = [["".join(others[number::parts]) for number in range(parts)], last]
    return [[share for share in shares if share] for shares in rounds]


def install(lock: Path, options: list[str]) -> int:
    """Install all of a lock; give the first exit status that is not 0. What a pip has to say it says itself."""
    rounds = split_lock(lock.read_text(encoding="utf-8"), SIDE_BY_SIDE)
    return next((status for shares in rounds for status in _install_beside(shares, options) if status), 0)


def _install_beside(shares: list[str], options: list[str]) -> list[int]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        pips = []
        for number, share in enumerate(shares):
            part = folder / f"{number}.txt"
            part.write_text(share, encoding="utf-8")
            command = [sys.executable, *PIP, *options, "-r", str(part)]
            pips.append(stack.enter_context(subprocess.Popen(command)))  # noqa: S603 - pip, and a part of a lock of ours
        return [pip.wait() for pip in pips]


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1]), sys.argv[2:]))
