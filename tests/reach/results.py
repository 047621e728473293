"""The rows of `analytics/reach/loads.csv`: one a load, appended as it is seen."""

import csv
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

LOADS = Path(__file__).parents[2] / "analytics" / "reach" / "loads.csv"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadResult:
    """One load and what came of it; numbers as they are written."""

    library: str
    version: str
    framework: str
    model_type: str
    architecture: str
    variant: str
    written_by: str
    result: str
    difference: str
    scale: str
    part: str
    detail: str
    seen: str

    @property
    def key(self) -> Key:
        """What makes two loads the same."""
        return (
            self.library,
            self.version,
            self.framework,
            self.model_type,
            self.architecture,
            self.variant,
            self.written_by,
            self.part,
        )


COLUMNS = [column.name for column in fields(LoadResult)]


def read(path: Path) -> list[LoadResult]:
    """Read what was seen; nothing if there is no file yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as text:
        return [LoadResult(**row) for row in csv.DictReader(text)]


def append(path: Path, load: LoadResult) -> None:
    """Add one row at once, so that nothing seen is lost."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(asdict(load))


def arrange(path: Path) -> None:
    """Sort the rows, so that a later run shows as the difference it makes."""
    _write(path, sorted(read(path), key=lambda load: load.key))


def forget(path: Path, keys: Collection[Key]) -> None:
    """Leave out the rows of these loads."""
    _write(path, [load for load in read(path) if load.key not in keys])


def _write(path: Path, rows: Iterable[LoadResult]) -> None:
    path.unlink(missing_ok=True)
    for row in rows:
        append(path, row)
