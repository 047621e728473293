"""A claim as a plain frozen value: of which models, what is said of which framework, how much, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analytics.domain.counts import Bracket
from analytics.domain.requests import Definition, Request, Top, Totals
from analytics.domain.wording import share

WHOLE = 100


class NotCheckable(Exception):
    """A sentence that cannot be held against our numbers; `str()` says why, `tries` are claims that can be."""

    def __init__(self, why: str, *tries: str) -> None:
        super().__init__(why)
        self.tries = tries or EXAMPLES


EXAMPLES = (
    "85 % of models are PyTorch-only",
    "at least 28 of the top 30 models are in PyTorch",
    "PyTorch has more models than TensorFlow",
)
"""Claims that can be checked, offered where one could not be."""


class Relation(StrEnum):
    """What is said of the models: that they come in a framework, in it alone, in both, in neither, or in more."""

    IN = "in"
    ONLY = "only"
    BOTH = "both"
    NEITHER = "neither"
    ALSO = "also"
    MORE = "more"


class Bound(StrEnum):
    """How exactly the quantity is meant."""

    EXACT = ""
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much is claimed: percent of the models, or a number of them (or, of `more`, how many times as many)."""

    value: float
    is_share: bool
    bound: Bound = Bound.EXACT
    slack: float = 0.5

    def holds(self, real: float) -> bool:
        """Tell whether the claimed bound holds of what is so."""
        match self.bound:
            case Bound.AT_LEAST:
                return real >= self.value
            case Bound.MORE_THAN:
                return real > self.value
            case Bound.AT_MOST:
                return real <= self.value
            case Bound.LESS_THAN:
                return real < self.value
            case _:
                return abs(real - self.value) <= self.slack

    @property
    def words(self) -> str:
        """Say it as canonical words."""
        told = (
            share(self.value, WHOLE, 0 if float(self.value).is_integer() else 1)
            if self.is_share
            else f"{self.value:,g}"
        )
        return f"{self.bound} {told}".strip()


@dataclass(frozen=True, slots=True)
class Claim:
    """
    One claim.

    `framework` is what it is about, `other` the second one of ALSO and MORE. `top`: of so many first models, else of
    all. `year`: "2022" or "today", or empty where none is named, and then both are looked at; `definition` likewise.
    `tagged`: of the models tagged for either of the two, as the article counted.
    """

    relation: Relation
    quantity: Quantity
    framework: str = ""
    other: str = ""
    top: int | None = None
    task: str | None = None
    year: str = ""
    definition: Definition | None = None
    tagged: bool = False

    def request(self, definition: Definition) -> Request:
        """Ask for the numbers it is about."""
        if self.top:
            return Top(n=self.top, task=self.task, definition=definition)
        return Totals(definition, self.task)

    @property
    def words(self) -> str:
        """The claim as it was understood, in words of one form."""
        when = {"": "", "2022": " in March 2022", "today": " today"}[self.year]
        counted = f" ({self.definition})" if self.definition else ""
        return f"{self._of_what()}{when}{counted}"

    def _of_what(self) -> str:
        whose = f"{'tagged ' if self.tagged else ''}{f'{self.task} ' if self.task else ''}"
        models = f"the top {self.top} {whose}models" if self.top else f"all {whose}models"
        match self.relation:
            case Relation.MORE:
                times = f"{self.quantity.words} times as many as" if self.quantity.value > 1 else "more than"
                return f"Of {models}, {self.framework} has {times} {self.other}"
            case Relation.ALSO:
                return f"{self.quantity.words} of {models} in {self.framework} are also in {self.other}"
            case Relation.BOTH | Relation.NEITHER:
                return f"{self.quantity.words} of {models} are in {self.relation} PyTorch and TensorFlow"
            case _:
                only = " only" if self.relation is Relation.ONLY else ""
                return f"{self.quantity.words} of {models} are in {self.framework}{only}"


class ClaimVerdict(StrEnum):
    """What became of a claim, or of it under one reading."""

    TRUE = "true"
    FALSE = "false"
    MIXED = "mixed"
    OPEN = "cannot tell"


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """
    A claim held against one reading.

    Units:  `value` in percent where `is_share`, else models or times; `n` models it is of, None where nobody counted.
    `when`: a day as people read it; `of`: of what models; `receipt`: the line that gives the same numbers again.
    `brackets`: how sure the counts of the frameworks are that it is about; empty where nobody counted.
    """

    verdict: ClaimVerdict
    when: str
    as_of: str
    definition: Definition
    of: str
    said: str
    value: float | None = None
    is_share: bool = True
    n: int | None = None
    method: str = ""
    sample: bool = False
    stale: bool = False
    receipt: str = ""
    caveats: tuple[str, ...] = ()
    brackets: Mapping[str, Bracket] = field(default_factory=dict)
