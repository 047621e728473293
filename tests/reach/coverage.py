"""
What *proven by loading* covers: types, classes, backends and versions, out of `analytics/reach/loads.csv`.

    python -m tests.reach.coverage

prints the table of docs/method.md; nothing else is needed than this repository.
"""

import sys
from collections.abc import Sequence

from analytics.reach.conversion_tables import PLAIN, Listed, Part, Result, find_loads, read_shipped_listings

HEAD = (
    *("library", "released", "into", "types listed", "tried", "proven", "classes tried", "proven"),
    *("whole", "backbone", "text", "written by"),
)


def report() -> str:
    """Write the table: a row a library and framework."""
    rows = read_shipped_listings().rows
    ways = sorted({(row.library, row.version, row.framework) for row in rows})
    told = [_row([row for row in rows if (row.library, row.version, row.framework) == way]) for way in ways]
    lines = [HEAD, ("---", "---", "---", *["---:"] * 8, "---"), *told]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _row(rows: Sequence[Listed]) -> tuple[str, ...]:
    first = rows[0]
    plain = [(row, load) for row in rows for load in find_loads(row) if load.variant == PLAIN]
    equal = [(row, load) for row, load in plain if load.result is Result.EQUAL]
    classes = {(row.model_type, load.architecture, load.part) for row, load in equal}
    counts = (
        len(rows),
        len({row.model_type for row, _ in plain}),
        len({row.model_type for row, _ in equal}),
        len({(row.model_type, load.architecture) for row, load in plain}),
        len({(row.model_type, load.architecture) for row, load in equal}),
        *(sum(part is one for _, _, one in classes) for part in Part),
    )
    writers = sorted({load.written_by for _, load in plain})
    library = f"{first.library} {first.version}"
    return (library, first.released.isoformat(), first.framework, *map(str, counts), ", ".join(writers))


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
