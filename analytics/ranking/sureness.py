"""How sure the counts of a census are: its cube's rows as three counts a framework, and as pale parts of a bar."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.wording import listing

if TYPE_CHECKING:
    import pandas as pd

IN = {
    "PyTorch": (Split.PYTORCH_ONLY.value, Split.BOTH.value),
    "TensorFlow": (Split.TENSORFLOW_ONLY.value, Split.BOTH.value),
}
BOTH = "both"
UNKNOWN = "unknown"
NAMES = {"pytorch_only": "PyTorch", "tensorflow_only": "TensorFlow", "both": BOTH}


def bracket_rows(rows: "pd.DataFrame", framework: str, measure: str = "models") -> Bracket:
    """Count the models of a framework in some rows of a cube: proven, with the assumed, with all that are unknown."""
    models, there = rows[measure], rows["split"].isin(IN[framework])
    assumed = rows["assumed"].isin((framework, BOTH))
    counted = int(models[there].sum())
    unknown = int(models[rows["remark"] == UNKNOWN].sum())
    return Bracket(int(models[there & ~assumed].sum()), counted, counted + unknown, int(models.sum()))


def bracket_both(rows: "pd.DataFrame", measure: str = "models") -> dict[str, Bracket]:
    """Count either of the two in some rows of a cube that were attributed."""
    return {name: bracket_rows(rows, name, measure) for name in IN}


def say_ranges(brackets: Mapping[str, Bracket], what: str) -> Iterable[str]:
    """Say the ends of those counts that are less sure than a point, where the headline has no room for them."""
    wide = [f"{name} {one.counted:,}{one.aside}" for name, one in brackets.items() if one.is_wide]
    if wide:
        yield f"How sure that is, in {what}: {listing(wide)}."


def find_unsure(rows: "pd.DataFrame") -> "pd.Series":
    """Choose the rows whose verdict is assumed or unknown."""
    return (rows["assumed"] != "") | (rows["remark"] == UNKNOWN)


def count_unsure_rows(rows: "pd.DataFrame", measure: str = "models") -> Counts:
    """Count, of each part of the split, what is assumed; of neither, what is unknown."""
    sums = rows[find_unsure(rows)].groupby("split")[measure].sum()
    return Counts(**{split.value: int(sums.get(split.value, 0)) for split in Split})


def name_assumed(rows: "pd.DataFrame") -> "pd.DataFrame":
    """
    Bring rows of an older cube, which says only whether something is assumed, to today's form.

    Of a model in both it does not say which, so both are taken for assumed: proven is never said of too many.
    """
    if "assumed" not in rows:
        return rows.assign(assumed="", remark="")
    told = zip(rows["split"], rows["assumed"], strict=True)
    return rows.assign(assumed=[NAMES.get(split, "") if assumed is True else assumed or "" for split, assumed in told])
