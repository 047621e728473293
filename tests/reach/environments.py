"""The virtual environments that write and load, one for each file of requirements; made where they are missing."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Environment:
    """One of them, below a folder outside of the repository."""

    name: str
    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / self.name / "bin" / "python"

    def make(self) -> None:
        """Install what its file pins, unless it is there."""
        if self.python.exists():
            return
        subprocess.run([sys.executable, "-m", "venv", str(self.folder / self.name)], check=True)
        subprocess.run([str(self.python), "-m", "pip", "install", "-q", "-r", str(_file(self.name))], check=True)


def pinned(name: str, library: str) -> str:
    """Give the version of a library that an environment pins."""
    found = re.search(
        rf"^{re.escape(library)}(?:\[\w+\])?==(\S+)$", _file(name).read_text(encoding="utf-8"), re.MULTILINE
    )
    if not found:
        raise LookupError(f"{_file(name).name} does not pin {library}")
    return found[1]


def _file(name: str) -> Path:
    return HERE / f"requirements-{name}.txt"
