"""The split among {PyTorch, TensorFlow}, and how many models fall into each part of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from analytics.domain.wording import in_percent, share, shares


class Split(StrEnum):
    """Where a model stands among {PyTorch, TensorFlow}; other frameworks are reported beside it and do not move it."""

    PYTORCH_ONLY = "pytorch_only"
    TENSORFLOW_ONLY = "tensorflow_only"
    BOTH = "both"
    NEITHER = "neither"

    @property
    def label(self) -> str:
        """The same four words on charts, in tables and in sentences."""
        return {"pytorch_only": "PyTorch only", "tensorflow_only": "TensorFlow only"}.get(self, self.value)

    @property
    def label_beside(self) -> str:
        """The same of models that all come in another framework, for which `only` would be untrue."""
        return (
            self.label.replace(" only", " too") if self in (Split.PYTORCH_ONLY, Split.TENSORFLOW_ONLY) else self.label
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many models fall into each part of the split; the denominator is `total`."""

    pytorch_only: int = 0
    tensorflow_only: int = 0
    both: int = 0
    neither: int = 0

    @property
    def total(self) -> int:
        """All models counted: the denominator of every share made from these counts."""
        return self.pytorch_only + self.tensorflow_only + self.both + self.neither

    @property
    def pytorch(self) -> int:
        """Models to be had in PyTorch, those in both included."""
        return self.pytorch_only + self.both

    @property
    def tensorflow(self) -> int:
        """Models to be had in TensorFlow, those in both included."""
        return self.tensorflow_only + self.both

    def of(self, split: Split) -> int:
        """Give the count of one part."""
        return int(getattr(self, split.value))

    def say(self, split: Split, *, percent: bool) -> str:
        """Write the number of one part: its count, or its share of all."""
        number = self.of(split)
        return share(number, self.total) if percent else f"{number:,}"

    def in_shares(self, parts: Iterable[Split] = Split) -> str:
        """Say parts that make a whole in percent, which add up to 100."""
        named = tuple(parts)
        told = zip(named, shares([self.of(split) for split in named]), strict=True)
        return ", ".join(f"{split.label} {part}" for split, part in told)

    def as_json(self) -> dict[str, int]:
        """Give the four keys of the contract."""
        return {split.value: self.of(split) for split in Split}

    def __str__(self) -> str:
        return ", ".join(f"{split.label} {self.of(split):,}" for split in Split)


@dataclass(frozen=True, slots=True)
class Bracket:
    """
    How many of `total` models come in one framework, by how sure that is.

    `proven` by files or what stands for them, `counted` with what is assumed, `most` with all that show nothing: the
    number that is told is `counted`, and the truth lies between the other two.
    """

    proven: int
    counted: int
    most: int
    total: int

    @property
    def is_wide(self) -> bool:
        """Whether the ends lie more than one point apart."""
        return self.total > 0 and (self.most - self.proven) * WHOLE > self.total

    @property
    def differs(self) -> bool:
        """Whether anything of it is assumed or unknown, be it ever so little."""
        return self.most > self.proven

    def as_json(self) -> dict[str, int]:
        """Give the four keys of the contract."""
        return {"proven": self.proven, "with_assumed": self.counted, "at_most": self.most, "of": self.total}

    def __sub__(self, other: "Bracket") -> "Bracket":
        """Give what is left where the others, which are among these, are taken out."""
        return Bracket(
            self.proven - other.proven, self.counted - other.counted, self.most - other.most, self.total - other.total
        )

    def as_cells(self, name: str) -> dict[str, int]:
        """Give the three as columns of a list of models, under which each row has what is so of the whole list."""
        told = {"proven": self.proven, "with assumed": self.counted, "at most": self.most}
        return {f"{name} {end}": number for end, number in told.items()}

    @property
    def aside(self) -> str:
        """Say both ends in brackets behind a count, where they lie more than a point apart."""
        return f" ({self})" if self.is_wide else ""

    @property
    def range(self) -> str:
        """Say both ends where there is little room: `(28 to 30)`."""
        return f" ({self.proven:,} to {self.most:,})" if self.is_wide else ""

    @property
    def aside_in_shares(self) -> str:
        """Say the same as shares of the total."""
        if not self.is_wide:
            return ""
        return f" ({share(self.proven, self.total)} proven, at most {in_percent(-(-self.most * WHOLE // self.total))})"

    @property
    def range_in_shares(self) -> str:
        """Say both ends in brackets behind a second count, shorter than `aside_in_shares`: `(9 to 32 %)`."""
        if not self.is_wide:
            return ""
        return f" ({in_percent(self.proven * WHOLE // self.total, -(-self.most * WHOLE // self.total))})"

    def __str__(self) -> str:
        return f"{self.proven:,} proven, at most {self.most:,}"


WHOLE = 100
