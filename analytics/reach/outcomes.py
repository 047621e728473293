"""What can come of it when a repository is asked for in a framework it holds no files of: what loads it, or why not."""

import re
from dataclasses import dataclass
from enum import StrEnum

from analytics.reach.conversion_tables import Listed, Load, Part, Release

ANY_BACKBONE = "Backbone"
"""KerasHub's class that makes of each type its backbone, and how the classes of each are called."""

_HEADLESS = re.compile(r"(?!.*(?:LMHead|DoubleHeads|MarianMT|EncoderDecoder)Model)\w+(?:Model|Encoder)")
"""How transformers calls classes without a head: BertModel, DPRContextEncoder."""


class Obstacle(StrEnum):
    """Why nothing loads a repository into a framework."""

    DISABLED = "disabled"
    NOT_PYTORCH = "not PyTorch"
    OTHER_FILES = "other files"
    NOT_DESCRIBED = "not described"
    NO_TYPE = "no type"
    ADAPTER = "adapter"
    QUANTISED = "quantised"
    NOT_QUANTISED = "not quantised"
    QUANTISED_UNTRIED = "quantised, not tried"
    ODD_NUMBERS = "odd numbers"
    NO_NUMBERS = "no such numbers"
    NOT_LISTED = "not listed"
    NO_SUCH_FILE = "no such file"
    DAMAGED = "damaged"
    NO_CLASS = "no class"
    TENSOR_MISSING = "tensor missing"
    REFUSED = "refused"
    WRITES_NOTHING = "writes nothing"


class Sureness(StrEnum):
    """How sure it is that it loads: seen for this type and class, only listed, listed with code of its own."""

    PROVEN = "proven"
    LISTED = "listed"
    NOT_CHECKED = "not checked"
    WRONG = "known to be wrong"


@dataclass(frozen=True, slots=True)
class Conversion:
    """
    One library that loads a repository into a framework.

    `architecture`: the class named in the repository's configuration. `wrong`: loads of this type that gave other
    numbers without an error, under settings that are not read here; `refused`: loads of this class that ended in one.
    `eight_bits_of`: where it has eight-bit weights, a type whose like gave other numbers without an error.
    `names_unread`: the library asks for a tensor, and whether it is there could not be read; `weights_unread`: nor was
    anything else in the weights, or nothing told the types of their numbers. `odd_form`: the one in which it was equal.
    `quantised`: how its weights are, where that was tried.
    """

    row: Listed
    architecture: str
    sureness: Sureness
    part: Part
    wrong: tuple[Load, ...] = ()
    refused: tuple[Load, ...] = ()
    eight_bits_of: str = ""
    names_unread: bool = False
    weights_unread: bool = False
    odd_form: str = ""
    quantised: str = ""

    @property
    def loader(self) -> str:
        """The class to name: the one that was seen to load this part."""
        loader = self.row.loader.format(architecture=self.architecture or "AutoModel")
        is_other_part = self.part is Part.BACKBONE and not loader.endswith(ANY_BACKBONE)
        return ANY_BACKBONE if is_other_part else loader

    @property
    def has_head(self) -> bool:
        """Whether its class has a head at all: a bare model or encoder has none that could be lost."""
        return not _HEADLESS.fullmatch(self.architecture)


@dataclass(frozen=True, slots=True)
class Reach:
    """What converts a repository on load into a framework, best first; where nothing does, why.

    `releases`: of whom; `pools`: modules come after it (sentence-transformers), which nothing of it loads.
    """

    framework: str
    conversions: tuple[Conversion, ...] = ()
    obstacle: Obstacle | None = None
    detail: str = ""
    releases: tuple[Release, ...] = ()
    pools: bool = False

    @property
    def best(self) -> Conversion | None:
        """The one to name first."""
        return next(iter(self.conversions), None)

    @property
    def is_open(self) -> bool:
        """Whether something may convert it for all that is known: that is no No."""
        return self.obstacle in (Obstacle.NOT_DESCRIBED, Obstacle.QUANTISED_UNTRIED)
