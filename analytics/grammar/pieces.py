"""One understood stretch of a text, and all of them together as those who read a sentence ask for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, takewhile

FILLER = ("filler", "greet", "hub", "csv", "privately")
"""Concepts that ask for nothing, or for the answer in another form."""

PLACES = ("framework", "format", "file")
"""Concepts that name what a model comes in."""

CHOOSING = ("definition", "measure", "task", "since", "until", "year", "quarter", *PLACES)
"""Concepts that choose what is counted: behind a no they choose something else than they say."""

DENIED = "denied"
"""What a reading takes besides that sees to such a no itself."""

NO_BEHIND = "no_behind"
"""The concept of words that say no to what stands before them: `tensorflow excluded`, `leave tensorflow out`."""

NO = ("neg", "except")
"""Concepts of the words that say no: `not in tensorflow`, `without onnx`, `other than pytorch`."""

NOBODY = ("nobody", "unused")
"""Concepts of the words that say that nobody does something: what stands behind is not asked, `nobody wants totals`."""

COUNTED = "totals"
"""The concept of what is counted of all models: alone among questions it is read beside a no, `no framework at all`."""

EACH = ("every", "each", "jeden", "cada", "каждый", "каждую", "каждое", "每", "每个", "todos los")
"""Words that speak of all there are, right before one."""

ONE_LICENCE = "MIT"
"""The licence that is also a German word; by its capitals it is told from that."""


@dataclass(frozen=True, slots=True)
class Piece:
    """
    Some words that stand together, and what they may mean: concepts with their values.

    `others`: what else a model's name may stand for; `mended`: a slip was corrected; `sure`: false where the name of
    a model is known to nobody here.
    """

    text: str
    concepts: Mapping[str, str]
    others: tuple[str, ...] = ()
    mended: bool = False
    sure: bool = True

    def may_be(self, *concepts: str) -> bool:
        """Tell whether it may mean one of these."""
        return not self.concepts.keys().isdisjoint(concepts)

    @property
    def asks_nothing(self) -> bool:
        """Whether it is courtesy and grammar only."""
        return self.may_be(*FILLER)


BETWEEN = (*FILLER, "by", "to", "from", "use", "task_mark")
"""Concepts of words that may stand between a no and what it is said of: `not in tensorflow`, `menos los de jax`."""

LOOSE = ("popular", "beliebt", "популяр", "热门", "流行", "受欢迎")
"""Words that rank by whatever is named beside them, and by downloads where nothing is."""


def is_loose(piece: Piece) -> bool:
    """Tell whether a measure is only said to be of popularity."""
    return any(word in piece.text.casefold() for word in LOOSE)


@dataclass(frozen=True)
class Sentence:
    """
    A text in pieces. `unknown` are the words nobody knows here; they are never passed over.

    `asks`: a question mark ends it, or it quotes what somebody said, so that it is no command by itself.
    """

    pieces: tuple[Piece, ...]
    unknown: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False

    def has(self, *concepts: str) -> bool:
        """Tell whether something in it may mean one of these."""
        return not self._concepts.isdisjoint(concepts)

    @cached_property
    def _concepts(self) -> frozenset[str]:
        """All that something in it may mean: seventeen readers ask for a hundred concepts one after the other."""
        return frozenset(concept for piece in self.pieces for concept in piece.concepts)

    def values(self, *concepts: str) -> list[str]:
        """Give the values of a concept in their order, each once."""
        if not self.has(*concepts):  # most that is asked for is not there
            return []
        found = [piece.concepts[name] for piece in self.pieces for name in concepts if name in piece.concepts]
        return list(dict.fromkeys(found))

    def only(self, concept: str) -> str | None:
        """Give the value of a concept; None where there is none."""
        return next(iter(self.values(concept)), None)

    def left(self, takes: Iterable[str]) -> list[str]:
        """Give the words that a reading does not account for."""
        takes = (*takes, "unknown", "thanks", *(("pronoun",) if self.names_its_subject else ()))
        denied = () if DENIED in takes else self.denied
        beside = [
            piece.text
            for piece in self.pieces
            if piece in denied or piece in self.disliked_by_others or not (piece.asks_nothing or piece.may_be(*takes))
        ]
        return [*self.unknown, *beside]

    @cached_property
    def disliked_by_others(self) -> tuple[Piece, ...]:
        """What says that others than the asker dislike something, which leaves nothing out: `who hates copies?`."""
        disliking = ((at, piece) for at, piece in enumerate(self.pieces) if piece.may_be("dislike"))
        disliked = [piece for at, piece in disliking if not self._is_of_asker(at)]
        noes = ((at, piece) for at, piece in enumerate(self.pieces) if piece.may_be("neg") and self.has("copies"))
        return (*disliked, *(piece for at, piece in noes if self._is_said_of_others(at)))

    def _is_said_of_others(self, at: int) -> bool:
        """Tell whether somebody else is named right before a no: `does anyone not like`, `he says to leave out`."""
        before = takewhile(lambda piece: piece.asks_nothing or piece.may_be("to"), reversed(self.pieces[:at]))
        words = {word for piece in before for word in piece.text.casefold().split()}
        return not words.isdisjoint(OTHERS) and words.isdisjoint(ASKER)

    def _is_of_asker(self, at: int) -> bool:
        """Tell whether the asker is the subject of what stands here, named or, as in `hate copies`, not."""
        named = [*reversed([*takewhile(lambda piece: piece.asks_nothing, reversed(self.pieces[:at]))])]
        if named:
            return any(word in ASKER for piece in named for word in piece.text.casefold().split())
        before = self.pieces[at - 1 : at]
        return not self.pieces[at].text.endswith("s") and all(one.may_be("number", "top") for one in before)

    @cached_property
    def denied(self) -> tuple[Piece, ...]:
        """What is chosen by, right behind a no: `not by downloads`, `without tensorflow`; and a no behind another."""
        said = [piece for piece in self.pieces if piece.may_be(NO_BEHIND, *NOBODY) or not piece.may_be(*BETWEEN)]
        pairs = list(pairwise(said))
        behind = [
            two
            for one, two in pairs
            if (one.may_be(*NO) and (two.may_be(*CHOOSING) or (one.may_be("neg") and two.may_be("neg"))))
            or (one.may_be(*NO, *NOBODY) and two.may_be(COUNTED))
        ]
        return (*behind, *(one for one, two in pairs if one.may_be(*PLACES) and two.may_be(NO_BEHIND)))

    @property
    def places_denied(self) -> list[str]:
        """Give the frameworks and formats that stand right behind a no."""
        return [piece.concepts[kind] for piece in self.denied for kind in PLACES if kind in piece.concepts]

    def place(self, *concepts: str) -> int | None:
        """Tell where the first piece stands that may mean one of these."""
        return next((at for at, piece in enumerate(self.pieces) if piece.may_be(*concepts)), None)

    def begins_with(self, *words: str) -> bool:
        """Tell whether its first piece is one of some words."""
        return bool(self.pieces) and self.pieces[0].text.casefold() in words

    @property
    def names_its_subject(self) -> bool:
        """Whether it says itself what it is about, so that `that` and `it` in it refer to nothing before it."""
        return self.has(*SUBJECTS) or len(self.values("framework", "format")) > 1

    @property
    def asks_whether_it_counts(self) -> bool:
        """Whether `count` is what something does, and nothing is to be counted: `does a model with gguf only count`."""
        first, last = (self.pieces[at].text.casefold() if self.pieces else "" for at in (0, -1))
        return first in ("does", "do") and last == "count"

    @property
    def leaves_open(self) -> bool:
        """Whether a word that takes another after it has none: `top 30 by value`, `task something`."""
        return any(self._is_open(at, piece) for at, piece in enumerate(self.pieces))

    def _is_open(self, at: int, piece: Piece) -> bool:
        telling = [
            one for one in self.pieces[at + 1 :] if not one.may_be("hub") and one.text.casefold() not in ARTICLES
        ]
        after = telling[0] if telling else None
        if piece.text.casefold().split()[-1] in BY and not piece.asks_nothing:
            return after is None or after.asks_nothing
        for mark, wanted in TAKE_ANOTHER.items():
            if piece.may_be(mark) and not piece.may_be(*wanted):
                beside = [one for one in (after, *self.pieces[max(0, at - 1) : at]) if one]
                return not any(one.may_be(*wanted) for one in beside)
        return False

    @property
    def is_ours(self) -> bool:
        """Whether anything in it is what this program is about."""
        return self.has(*OURS)

    @property
    def is_mended(self) -> bool:
        """Whether a slip was corrected in a word that says something."""
        return any(piece.mended and not piece.asks_nothing for piece in self.pieces)


SPLITTING = ("by", "per", "each", "every", "for", "nach", "pro", "por", "по")
"""Words that part something by what stands behind them: `per framework`."""


KINSHIP = frozenset({"same", "belong", "belongs", "part", "identical", "gehört", "dasselbe", "mismo"})
"""Words by which one thing is said to be another, or a part of it."""


def names_kinship(sentence: Sentence) -> bool:
    """Tell whether it is asked if one thing is another or a part of it: `the same as`, `belongs to`."""
    return any(not KINSHIP.isdisjoint(piece.text.casefold().split()) for piece in sentence.pieces)


def is_parted(sentence: Sentence) -> bool:
    """Tell whether something is told for each framework: `downloads per framework`."""
    said = (piece.text.casefold() for piece in sentence.pieces if piece.may_be("frameworks"))
    return any(text.partition(" ")[0] in SPLITTING for text in said)


def tells_course(sentence: Sentence) -> bool:
    """Tell whether a course is asked for by its own word, and not only by a month, which may tell what is counted."""
    return any(piece.may_be("trend") and not piece.may_be("window") for piece in sentence.pieces)


BY = ("by", "nach", "по", "按", "por")
"""Words that say what is ranked or grouped by."""

TAKE_ANOTHER = {"task_mark": ("task", "framework", "format"), "author_mark": ("account", "model")}
"""Words that name a kind of thing, and what has to stand beside them."""

ARTICLES = (
    "the",
    "a",
    "an",
    "most",
    "number",
    "of",
    "total",
    "all",
    "how",
    "many",
    "much",
    "their",
    "den",
    "der",
    "los",
)

ASKER = ("i", "we", "ich", "wir")
"""Words for whoever asks."""

OTHERS = (
    *("he", "she", "they", "someone", "somebody", "anyone", "anybody", "everyone", "everybody", "people", "boss"),
    *("er", "jemand", "leute", "alguien", "gente", "он", "она", "они", "кто-то", "люди"),
)
"""Words for somebody else."""

SUBJECTS = (
    *("model", "models", "file", "papers", "official", "digest", "transformers", "tfclass", "framework_version"),
    *("safetensors", "method", "status", "help", "channel_trouble"),
)
OURS = (
    *("framework", "format", "file", "safetensors", "task", "model", "account", "official", "papers", "digest"),
    *("transformers", "tfclass", "framework_version", "models", "measure", "proof"),
    *("totals", "counted", "bottom"),
)
