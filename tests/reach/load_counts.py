"""
What the loads of `analytics/reach/loads.csv` came to: the table of docs/method.md.

    python -m tests.reach.load_counts

prints it; nothing else is needed than this repository.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tests.reach.case import MIDDLE, NEW, OLD, PLAIN
from tests.reach.comparing import EQUAL, RESULTS, WRONG
from tests.reach.results import LOADS, LoadResult, read
from tests.reach.targets import TRANSFORMERS

HEAD = ("library", "into", "loads", *RESULTS, "types equal as they are", "types with a silent error")


def report(loads: Sequence[LoadResult]) -> str:
    """Write the table, and the days the loads were seen on."""
    ways = sorted({(load.library, load.version, load.framework) for load in loads})
    rows = [_row(way, [load for load in loads if (load.library, load.version, load.framework) == way]) for way in ways]
    days = sorted({load.seen for load in loads})
    table = _table([HEAD, ("---", "---", *("---:" for _ in HEAD[2:])), *rows])
    return f"{table}\n\n{len(loads):,} loads, seen from {days[0]} to {days[-1]}. {_compare_writers(loads)}"


def _compare_writers(loads: Iterable[LoadResult]) -> str:
    """Say how often the old transformers read files of transformers 5 otherwise than its own, and which."""
    results: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for load in loads:
        if load.library == TRANSFORMERS:
            key = (load.framework, load.model_type, load.architecture, load.variant)
            results[key][load.written_by] = load.result
    pairs = [
        (key, seen[OLD], seen[new]) for key, seen in results.items() for new in (MIDDLE, NEW) if {OLD, new} <= set(seen)
    ]
    other = [f"{' '.join(key)}: {new}, not {old}" for key, old, new in pairs if new != old]
    return (
        f"Of {len(pairs):,} pairs of loads through the old transformers that differ in the writer alone, files of "
        f"transformers 5 came out otherwise in {len(other)}{': ' if other else ''}{'; '.join(other)}."
    )


def _row(way: tuple[str, str, str], loads: Sequence[LoadResult]) -> tuple[str, ...]:
    library, version, framework = way
    results = Counter(load.result for load in loads)
    equal = {load.model_type for load in loads if load.result == EQUAL and load.variant == PLAIN}
    wrong = {load.model_type for load in loads if load.result == WRONG}
    counts = (len(loads), *(results[result] for result in RESULTS), len(equal), len(wrong))
    return f"{library} {version}", framework, *(str(count) for count in counts)


def _table(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    sys.stdout.write(report(read(LOADS)) + "\n")
