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
from analytics.census.tag_codes import draw_weights, known_tags

if TYPE_CHECKING:
    import numpy as np

PLACES = 4096
"""Places in a list that are told apart; those beyond count as the last."""

OF_PLACES, OF_KINDS = 15, 16
"""Seeds of the weights of places and of kinds, others than that of tags."""


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

    known = known_tags()
    weights: np.ndarray = draw_weights(len(known.weights), OF_KINDS)[kinds]
    named = np.flatnonzero((kinds == known.paper) | (kinds == known.licence))
    own = dict(zip(named.tolist(), tags.words.take(as_numbers(named)).to_pylist(), strict=True)) | dict(words)
    weights[list(own)] = np.array([hash(word) for word in own.values()], np.int64).view(np.uint64)
    return weights


def _number_sequences(tags: CodedLists, weights: "np.ndarray", scratch: Scratch) -> "np.ndarray":
    """Give each row a number that is the same only for the same words in the same order."""
    import numpy as np

    count = len(tags.places)
    factors, sums = (scratch.give(name, count + 1, np.uint64) for name in ("factors", "sums"))
    place = _find_places(tags, scratch)
    draw_weights(PLACES, OF_PLACES).take(place, out=factors[1:], mode="clip")
    sums[0] = 0
    weights.take(tags.places, out=sums[1:], mode="clip")
    sums[1:] *= factors[1:]
    np.cumsum(sums, out=sums)
    numbers: np.ndarray = sums[tags.ends] - sums[tags.starts]
    return numbers


def _find_places(tags: CodedLists, scratch: Scratch) -> "np.ndarray":
    """Give the place of each value in its row, from 0 on: one more than the one before, but for the first of a row."""
    import numpy as np

    place = scratch.give("place", len(tags.places), np.intp)
    place.fill(1)
    lengths = tags.ends - tags.starts
    filled = lengths > 0
    place[tags.starts[filled]] = 1 - np.append(1, lengths[filled][:-1])
    np.cumsum(place, out=place)
    return place
