"""
Rows that look alike: the same tags in the same order as far as any rule reads them, the same library and task.

Of 80,000 rows some thousand look different. What tags say is worked out once a look, and rows only carry its number.
Tags of which no rule knows anything are told apart from nothing else, but keep their place, since the order decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analytics.census.arrow_arrays import as_numbers
from analytics.census.outlines import CodedLists, mix, number_alike
from analytics.census.tag_codes import draw_weights, list_known_tags

if TYPE_CHECKING:
    import numpy as np

OF_KINDS = 16
"""Seed of the weights of kinds, another than that of tags."""

STEP = 6364136223846793005
"""What a value counts more than the one before it: odd, so that it can be undone modulo 2**64 (Knuth's multiplier)."""

BACK = pow(STEP, -1, 2**64)


@dataclass(frozen=True, slots=True)
class Scratch:
    """
    Memory of one worker for what is worked out lot by lot.

    Given back and asked for anew, as numpy does, it costs the kernel more than the sums cost the processor.
    """

    held: "dict[str, np.ndarray]" = field(default_factory=dict)

    def give(self, name: str, count: int, kind: type) -> "np.ndarray":
        """Give so many numbers, whatever they hold; under this name they are the same ones the next time."""
        import numpy as np

        if name not in self.held or len(self.held[name]) < count:
            self.held[name] = np.empty(count + count // 8, kind)
        held: np.ndarray = self.held[name][:count]
        return held

    def raise_to_all(self, base: int, count: int) -> "np.ndarray":
        """Give the first powers of a number, modulo 2**64; they are worked out once."""
        import numpy as np

        name = f"powers of {base}"
        if name not in self.held or len(self.held[name]) < count:
            self.held[name] = np.full(count + count // 8, base, np.uint64)
            self.held[name][:1] = 1
            np.cumprod(self.held[name], out=self.held[name])
        powers: np.ndarray = self.held[name][:count]
        return powers


@dataclass(frozen=True, slots=True)
class Looks:
    """
    The look of each row, in `of`; and of each look one of its rows, its tags, library and task.

    `kinds`: what each word of the tags is, see `place_tags`.
    """

    of: "np.ndarray"
    rows: "np.ndarray"
    tags: CodedLists
    kinds: "np.ndarray"
    library: "np.ndarray"
    task: "np.ndarray"


def find_looks(
    tags: CodedLists,
    kinds: "np.ndarray",
    words: Mapping[int, str],
    library: "np.ndarray",
    task: "np.ndarray",
    scratch: Scratch,
) -> Looks:
    """Find the looks of rows; `words`: those of the tags that a rule may look at, by their places."""
    sequences = _number_sequences(tags, _weigh(tags, kinds, words), scratch)
    of, rows = number_alike(mix((sequences, tags.told, library, task)))
    return Looks(of, rows, tags.pick(rows), kinds, library[rows], task[rows])


def _weigh(tags: CodedLists, kinds: "np.ndarray", words: Mapping[int, str]) -> "np.ndarray":
    """Give each word its number: its own, or that of its kind where no rule looks at more."""
    import numpy as np

    known = list_known_tags()
    weights: np.ndarray = draw_weights(len(known.weights), OF_KINDS)[kinds]
    named = np.flatnonzero((kinds == known.paper) | (kinds == known.licence))
    own = dict(zip(named.tolist(), tags.words.take(as_numbers(named)).to_pylist(), strict=True)) | dict(words)
    weights[list(own)] = np.array([hash(word) for word in own.values()], np.int64).view(np.uint64)
    return weights


def _number_sequences(tags: CodedLists, weights: "np.ndarray", scratch: Scratch) -> "np.ndarray":
    """
    Give each row a number that is the same only for the same words in the same order.

    It is the sum of the weights, each STEP times what it would count in the place before. That is reckoned over all
    rows in one go, and where a row begins is taken back from its sum: sparing the place of each value in its row.
    """
    import numpy as np

    count = len(tags.places)
    sums = scratch.give("sums", count + 1, np.uint64)
    sums[0] = 0
    weights.take(tags.places, out=sums[1:], mode="clip")
    sums[1:] *= scratch.raise_to_all(STEP, count)
    np.cumsum(sums, out=sums)
    numbers: np.ndarray = (sums[tags.ends] - sums[tags.starts]) * scratch.raise_to_all(BACK, count + 1)[tags.starts]
    return numbers
