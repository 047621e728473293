"""How sure the counts of a census are: its rows as three counts a framework, and as pale parts of a bar."""

from collections.abc import Iterable, Mapping, Sequence

from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.wording import listing
from analytics.ranking.census_rows import BOTH, CensusRow, Measure, add_up, count_rows

IN = {
    "PyTorch": (Split.PYTORCH_ONLY.value, Split.BOTH.value),
    "TensorFlow": (Split.TENSORFLOW_ONLY.value, Split.BOTH.value),
}


def bracket_rows(rows: Sequence[CensusRow], framework: str, measure: Measure = "models") -> Bracket:
    """Count the models of a framework in some rows: proven, with the assumed, with all that are unknown."""
    there = [row for row in rows if row.split in IN[framework]]
    proven = add_up((row for row in there if row.assumed not in (framework, BOTH)), measure)
    counted, unknown = add_up(there, measure), add_up((row for row in rows if row.is_unknown), measure)
    return Bracket(proven, counted, counted + unknown, add_up(rows, measure))


def bracket_both(rows: Sequence[CensusRow], measure: Measure = "models") -> dict[str, Bracket]:
    """Count either of the two in some rows that were attributed."""
    return {name: bracket_rows(rows, name, measure) for name in IN}


def say_ranges(brackets: Mapping[str, Bracket], what: str) -> Iterable[str]:
    """Say the ends of those counts that are less sure than a point, where the headline has no room for them."""
    wide = [f"{name} {one.counted:,}{one.aside}" for name, one in brackets.items() if one.is_wide]
    if wide:
        yield f"How sure that is, in {what}: {listing(wide)}."


def count_unsure_rows(rows: Iterable[CensusRow], measure: Measure = "models") -> Counts:
    """Count, of each part of the split, what is assumed; of neither, what is unknown."""
    return count_rows((row for row in rows if row.is_unsure), measure)
