"""
What *proven by loading* covers: types, classes, backends and versions, out of `analytics/reach/loads.csv`.

    python -m tests.reach.coverage

prints the table of docs/method.md; nothing else is needed than this repository.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence

from analytics.reach.conversion_tables import PLAIN, Listed, Part, Result, find_loads, read_shipped_listings
from tests.reach.not_tried import explain

HEAD = (
    *("library", "released", "into", "types listed", "tried", "proven", "classes tried", "proven"),
    *("whole", "backbone", "text", "written by"),
)


OTHERWISE = frozenset({Result.EQUAL, Result.NOT_COMPARED})
"""Where this came of another writer's files, other numbers are told of the one: not compared is not wrong."""


def report() -> str:
    """Write the table, a row a library and framework, and below it what was not tried and what is wrong as it is."""
    rows = read_shipped_listings().rows
    ways = sorted({(row.library, row.version, row.framework) for row in rows})
    told = [_row([row for row in rows if (row.library, row.version, row.framework) == way]) for way in ways]
    lines = [HEAD, ("---", "---", "---", *["---:"] * 8, "---"), *told]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return (
        f"{table}\n\nNot tried:\n\n{_not_tried(rows)}\n\nOther numbers, of the class as it is saved:\n\n{_wrong(rows)}"
    )


def _not_tried(rows: Sequence[Listed]) -> str:
    """List the reasons, and the types of each."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for row in rows:
        if all(load.variant != PLAIN for load in find_loads(row)):
            found[row.library, explain(row.library, row.model_type)][row.model_type] = None
    return "\n".join(
        f"* {library}, {len(types)}: {reason} ({', '.join(types)})." for (library, reason), types in found.items()
    )


def _wrong(rows: Sequence[Listed]) -> str:
    """List the types that load without an error and give other numbers though nothing is odd about them."""
    found: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for row in rows:
        plain = [load for load in find_loads(row) if load.variant == PLAIN]
        for load in plain:
            if load.result is Result.WRONG:
                others = [one for one in plain if one.architecture == load.architecture and one.result in OTHERWISE]
                by = f", saved by {load.written_by}" if others else ""
                found[row.library, row.framework, by][f"{row.model_type} ({load.architecture})"] = None
    return "\n".join(
        f"* {library} into {framework}{by}: {', '.join(classes)}."
        for (library, framework, by), classes in found.items()
    )


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
