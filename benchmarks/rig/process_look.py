"""What one process takes of a machine, with the processes that it started (Linux)."""

from pathlib import Path


def looked_at(pid: int) -> str:
    """Say how much memory, how many threads and descriptors a process has; PSS shares what others map, too."""
    status = dict(line.split(":", 1) for line in _read(pid, "status").splitlines())
    rollup = dict(line.split(":", 1) for line in _read(pid, "smaps_rollup").splitlines()[1:])
    resident, proportional = (int(of.split()[0]) / 1024 for of in (status["VmRSS"], rollup["Pss"]))
    descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return (
        f"{resident:6.1f} MB ({proportional:5.1f} PSS), {int(status['Threads']):3} threads, {descriptors:3} descriptors"
    )


class Highest:
    """The most memory that a process took while it was looked at, and the most that its children took."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._own = self._children = 0.0

    def look(self) -> None:
        """Look now."""
        self._own = max(self._own, _resident(self._pid))
        self._children = max(self._children, sum(map(_resident, _list_children(self._pid))))

    def __str__(self) -> str:
        return f"at most {self._own:5.1f} MB, children {self._children:5.1f}"


def _resident(pid: int) -> float:
    try:
        pages = int(_read(pid, "statm").split()[1])
    except (OSError, IndexError):
        return 0.0  # it is over
    return pages * 4 / 1024


def _list_children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
        except OSError:  # the thread is over
            continue
    return found


def _read(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text(encoding="ascii")
