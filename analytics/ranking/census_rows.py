"""
The rows of a stored census as plain values: what `totals` and `trend` choose among, part and add up.

A face of a census is some thousand rows of words and numbers. They need no frames, whose import took half a second of a
fresh answer and 100 MB of the bot's memory for as long as it ran (docs/performance.md).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, itemgetter
from typing import Any, Literal, NamedTuple

from analytics.attribution.verdicts import OWN, Remark
from analytics.domain.counts import Counts, Split

BOTH = "both"
ASSUMED_IN = {Split.PYTORCH_ONLY: "PyTorch", Split.TENSORFLOW_ONLY: "TensorFlow", Split.BOTH: BOTH}

Measure = Literal["models", "downloads"]
"""What is added up: the fields of a row that are numbers of models, or of their downloads in 30 days."""


class CensusRow(NamedTuple):
    """
    So many models that are alike in all that a face of a census tells of them.

    The fields are the columns of the cube (`analytics/census/cube.py` says what they hold) and the licence. Each face
    has the first four, and some of the others; what it does not tell is empty.
    """

    definition: str
    split: str
    models: int
    downloads: int
    quarter: str = ""
    task: str = ""
    library: str = ""
    licence: str = ""
    derivative: str = ""
    remark: str = ""
    assumed: str = ""
    band: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether they are originals or fine-tunes, and hold weights."""
        return self.derivative in OWN and self.remark != Remark.NO_WEIGHTS

    @property
    def is_unknown(self) -> bool:
        """Whether nothing shows what framework they are of."""
        return self.remark == Remark.UNKNOWN

    @property
    def is_unsure(self) -> bool:
        """Whether their place in the split is assumed, or nothing shows it."""
        return self.assumed != "" or self.is_unknown


UNTOLD = CensusRow._field_defaults


def read_rows(body: Mapping[str, Any]) -> tuple[CensusRow, ...]:
    """
    Read a face as it is stored, {"columns", "rows"}; columns that no question asks about are passed over.

    Raises:  ValueError, if it lacks a column that every face has.
    """
    columns, blanks = [*body["columns"], *UNTOLD], tuple(UNTOLD.values())
    pick = itemgetter(*(columns.index(field) for field in CensusRow._fields))
    return tuple(_name_assumed(CensusRow._make(pick((*row, *blanks)))) for row in body["rows"])


def _name_assumed(row: CensusRow) -> CensusRow:
    """
    Bring a row of an older cube, which says only whether something is assumed, to today's form.

    Of a model in both it does not say which, so both are taken for assumed: proven is never said of too many.
    """
    told: object = row.assumed
    if isinstance(told, str):
        return row
    return row._replace(assumed=ASSUMED_IN.get(Split(row.split), "") if told else "")


def add_up(rows: Iterable[CensusRow], measure: Measure = "models") -> int:
    """Give the models of some rows together, or their downloads."""
    return sum(map(attrgetter(measure), rows))


def count_rows(rows: Iterable[CensusRow], measure: Measure = "models") -> Counts:
    """Add up the four parts of the split among some rows."""
    sums: Counter[str] = Counter()
    number = attrgetter(measure)
    for row in rows:
        sums[row.split] += number(row)
    return Counts(**{split.value: sums[split] for split in Split})


def part_rows(rows: Iterable[CensusRow], key: Callable[[CensusRow], str]) -> dict[str, list[CensusRow]]:
    """Part rows by what `key` gives for each, in the order of their coming."""
    parts: defaultdict[str, list[CensusRow]] = defaultdict(list)
    for row in rows:
        parts[key(row)].append(row)
    return dict(parts)
