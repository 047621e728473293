"""How many models are reached in a framework, and how: by files, by what converts on load, by exports alone, or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analytics.domain.counts import Bracket


class Reached(StrEnum):
    """
    How one model is reached in one framework: exactly one of these.

    UNTOLD: there are no files, and whether it converts would be told by its type, which the list at hand does not keep.
    """

    TODAY = "loads today"
    KERAS = "through Keras 3"
    OLD = "old files"
    OLD_CONVERTS = "old files that convert"
    CONVERTS = "converts on load"
    LISTED = "may convert"
    EXPORTS = "conversions only"
    UNTOLD = "type not known"
    UNKNOWN = "unknown"
    NONE = "none"


FILES = (Reached.TODAY, Reached.OLD, Reached.OLD_CONVERTS)
"""Where files of the framework are there: what converts on load is none of them, and never added to them."""

LETTERS: Mapping[str, Reached] = dict(zip("TKORCLXYUN", Reached, strict=True))
"""One letter each, in which a census keeps them; a small one for files that are assumed."""


@dataclass(frozen=True, slots=True)
class Converter:
    """A library that loads PyTorch's files into a framework, in the version and of the day the tables are of."""

    name: str
    version: str
    released: str


@dataclass(frozen=True, slots=True)
class ReachCounts:
    """
    How many of `total` models are reached in one framework.

    `found` counts each status; `assumed` are those of the files that are assumed, `assumed_today` those of these that
    load today; `converters` what converts on load.
    """

    framework: str
    found: Mapping[Reached, int] = field(default_factory=dict)
    assumed: int = 0
    converters: tuple[Converter, ...] = ()
    assumed_today: int = 0

    def of(self, *statuses: Reached) -> int:
        """Count the models of some statuses."""
        return sum(self.found.get(status, 0) for status in statuses)

    @property
    def total(self) -> int:
        """All models: the denominator."""
        return self.of(*Reached)

    @property
    def files(self) -> int:
        """Models with files of the framework, whether or not anything still loads them."""
        return self.of(*FILES)

    @property
    def bracket(self) -> Bracket:
        """How sure the models with files are: proven, with the assumed, with all that show nothing."""
        return Bracket(self.files - self.assumed, self.files, self.files + self.of(Reached.UNKNOWN), self.total)

    @property
    def open(self) -> int:
        """Models of which nobody knows whether they convert on load; some of them may."""
        return self.of(Reached.UNTOLD, Reached.UNKNOWN)

    @property
    def loads(self) -> int:
        """Models whose files a library still released loads, those of Keras 3 on this backend included."""
        return self.of(Reached.TODAY, Reached.KERAS)

    def as_json(self) -> dict[str, object]:
        """Give the keys of the contract: the files, then each status."""
        statuses = {status.value.casefold().replace(" ", "_"): self.of(status) for status in Reached}
        converters = [{"library": c.name, "version": c.version, "released": c.released} for c in self.converters]
        return {"files": self.files, "files_assumed": self.assumed, **statuses, "of": self.total, "through": converters}


def count_letters(framework: str, letters: Iterable[tuple[str, int]], converters: tuple[Converter, ...]) -> ReachCounts:
    """Add up letters, each with its number of models."""
    found: dict[Reached, int] = {}
    assumed: dict[Reached, int] = {}
    for letter, models in letters:
        status = LETTERS[letter.upper()]
        found[status] = found.get(status, 0) + models
        if letter.islower():
            assumed[status] = assumed.get(status, 0) + models
    return ReachCounts(framework, found, sum(assumed.values()), converters, assumed.get(Reached.TODAY, 0))
