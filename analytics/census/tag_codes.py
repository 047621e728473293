"""
What the attribution rule knows of a tag, as a number: each distinct tag is looked at once, however many rows have it.

Of tags it does not know the rule knows only that they stand there; of base models only by which relation. It is derived
from the rule's own data, so that what the rule learns is told apart here too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random
from typing import TYPE_CHECKING

from analytics.attribution import rule
from analytics.attribution.library_table import (
    DATED,
    first_tags,
    libraries,
    library_tags,
    opening_libraries,
    opening_tags,
    spell,
    spell_in_arrow,
)
from analytics.census.arrow_arrays import as_numbers, as_texts, is_true

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

SEED = 2026
"""Weights are drawn from it, so that any two threads mean the same."""


IN_RUN, LIBRARY, LEADING, OPENING, PAPER, TIMMS, LICENCE, FIRST, LATER, BEHIND, AGED = (1 << bit for bit in range(11))
"""
Traits: of the Hub's own run; a library wherever it stands, or in the first place; what in the first place is the Hub's
own; a paper; timm's own; a licence; which of the run the Hub writes first, later, and only behind another of the run;
what meant something else once.
"""

LICENCE_TAG, PAPER_TAG = "license:", "arxiv:"


@dataclass(frozen=True, slots=True)
class KnownTags:
    """
    Every tag told apart, by place: those the rule knows, base models by relation, papers, licences, at last all others.

    `spelt`: the places of those written in other letters, by how the library table spells them. `weights` are random
    numbers, zero for what says nothing; `traits` are bits: IN_RUN and so on.
    """

    place_of: Mapping[str, int]
    spelt: Mapping[str, int]
    weights: "np.ndarray"
    traits: "np.ndarray"

    @property
    def base(self) -> int:
        """The place of a base model without a relation; those of the relations follow."""
        return len(self.place_of) + len(self.spelt)

    @property
    def paper(self) -> int:
        """The place of an arXiv paper."""
        return len(self.weights) - 3

    @property
    def licence(self) -> int:
        """The place of a licence."""
        return len(self.weights) - 2

    @property
    def unknown(self) -> int:
        """The place of all other tags."""
        return len(self.weights) - 1


@cache
def list_known_tags() -> KnownTags:
    """Lay down the tags the rule knows: as the Hub writes them, and then in whatever letters."""
    import numpy as np

    exact = sorted(_collect_tags())
    spelt = sorted(set(map(spell, exact)))
    weights = draw_weights(len(exact) + len(spelt) + 1 + len(rule.RELATIONS) + 3).copy()
    weights[-3:] = 0

    traits = np.zeros(len(weights), np.uint16)
    traits[: len(exact)] = list(map(_trait_exact, exact))
    traits[len(exact) :][: len(spelt)] = list(map(_trait_spelt, spelt))
    traits[-3], traits[-2] = PAPER, LICENCE
    place_of = {tag: place for place, tag in enumerate(exact)}
    return KnownTags(place_of, {tag: place for place, tag in enumerate(spelt, len(exact))}, weights, traits)


def _trait_exact(tag: str) -> int:
    """Give the traits of a tag as it is written; one for a file names no library in the first place."""
    kinds = {IN_RUN: rule.RUN_OF_FILE_TAGS, OPENING: opening_tags(), LIBRARY: library_tags()}
    kinds |= {FIRST: rule.WRITTEN_FIRST, LATER: rule.WRITTEN_LATER, BEHIND: rule.ONLY_IN_THE_RUN}
    own = sum(bit for bit, tags in kinds.items() if tag in tags)
    return own | (_trait_spelt(spell(tag)) & ~(LEADING if own & IN_RUN else 0))


def _trait_spelt(tag: str) -> int:
    """Give those it has in whatever letters."""
    kinds = {LEADING: first_tags(), OPENING: opening_libraries(), TIMMS: {"timm"}, AGED: DATED}
    return sum(bit for bit, tags in kinds.items() if tag in tags)


@lru_cache(maxsize=50_000)
def _find_place(word: str) -> int:
    """Give the place of a tag among the known ones, or that of all others; the same few hundred come in every lot."""
    known = list_known_tags()
    return known.place_of.get(word, known.spelt.get(spell(word), known.unknown))


@cache
def draw_weights(count: int, seed: int = SEED) -> "np.ndarray":
    """Draw odd numbers of 64 bits, the same ones every time: sums of different ones differ, for all that matters."""
    import numpy as np

    drawn = Random(seed)  # noqa: S311 - no secrets; numpy's own generator takes 10 ms to import
    weights = np.array([drawn.getrandbits(64) | 1 for _ in range(count)], np.uint64)
    weights.flags.writeable = False  # whoever asks is given the same ones
    return weights


def _collect_tags() -> set[str]:
    known = {tag for tag, _ in (*rule.HUB_TAGS, *rule.CONVERSION_TAGS, *rule.DERIVATIVE_TAGS)}
    said = {tag for tag, _ in rule.DECLARED_TAGS}
    keys = {library.key for library in libraries().values()}
    return known | rule.RUN_OF_FILE_TAGS | keys | {"mlx", "keras", "safetensors", "timm"} | said


def list_words(further: Iterable[str] = ()) -> "pa.Array":
    """List the known tags, and those of another rule, as the library table spells them."""
    return as_texts(sorted(map(spell, {*list_known_tags().spelt, *further})))


def find_words(tags: "pa.Array", spelt: "pa.Array") -> dict[int, str]:
    """
    Find those of many distinct tags that are, in whatever letters, one of `spelt`: each by its place.

    Most are names of data sets and base models: what they begin with and their length tell them from the few asked for.
    """
    import numpy as np
    import pyarrow.compute as pc

    wanted = np.zeros(256 * LONG, bool)
    begins = _measure(spelt)
    wanted[begins] = wanted[begins - IN_CAPITALS] = True
    likely = np.flatnonzero(wanted.take(_measure(tags)))
    found = likely[_find(pc.is_in(spell_in_arrow(tags.take(as_numbers(likely))), spelt))]
    return dict(zip(found.tolist(), tags.take(as_numbers(found)).to_pylist(), strict=True))


LONG = 64
"""A length from which on all are as good as the same."""

IN_CAPITALS = (ord("a") - ord("A")) * LONG


def _measure(tags: "pa.Array") -> "np.ndarray":
    """Give of each tag one number for the byte it begins with and its length."""
    import numpy as np

    letters, lengths = _begin(tags)
    measures: np.ndarray = letters.astype(np.int32) * LONG + np.minimum(lengths, LONG - 1)
    return measures


def _begin(tags: "pa.Array") -> "tuple[np.ndarray, np.ndarray]":
    """Give the byte that each tag begins with, and its length; an empty one begins with anything."""
    import numpy as np

    _, ends, content = tags.buffers()
    offsets = np.frombuffer(ends, np.int32)[tags.offset : tags.offset + len(tags) + 1]
    return np.frombuffer(content or b"\0", np.uint8).take(offsets[:-1], mode="clip"), np.diff(offsets)


def place_tags(tags: "pa.Array", words: Mapping[int, str]) -> "np.ndarray":
    """
    Give the place of each of these distinct tags among the known ones, and of what is missing behind them.

    `words` are at least those that are known, by their places.
    """
    import numpy as np
    import pyarrow.compute as pc

    known = list_known_tags()
    places = np.full(len(tags) + 1, known.unknown, np.int32)
    places[list(words)] = [_find_place(word) for word in words.values()]
    some = _find_beginning(tags, {PAPER_TAG[0], LICENCE_TAG[0], rule.BASE[0]})
    few = tags.take(as_numbers(some))
    places[some[_find(pc.starts_with(few, PAPER_TAG))]] = known.paper
    places[some[_find(pc.match_substring_regex(few, f"^{LICENCE_TAG}."))]] = known.licence  # one that has a name
    bases = _find(pc.starts_with(few, rule.BASE))
    places[some[bases]] = _place_bases(few.take(as_numbers(bases)), known.base)
    return places


def _find_beginning(tags: "pa.Array", letters: set[str]) -> "np.ndarray":
    """Find the tags that begin with one of these letters: quicker asked than what they begin with."""
    import numpy as np

    wanted = np.zeros(256, bool)
    wanted[[ord(letter) for letter in letters]] = True
    return np.flatnonzero(wanted.take(_begin(tags)[0]))


def _find(mask: "pa.Array") -> "np.ndarray":
    import numpy as np

    return np.flatnonzero(is_true(mask))


def _place_bases(tags: "pa.Array", first: int) -> "np.ndarray":
    """Tell base models apart by their relation."""
    import numpy as np
    import pyarrow.compute as pc

    places = np.full(len(tags), first, np.int32)
    for at, (relation, _) in enumerate(rule.RELATIONS, start=1):
        places[_find(pc.starts_with(tags, f"{rule.BASE}{relation}:"))] = first + at
    return places
