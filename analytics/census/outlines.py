"""
Reduce repositories to their *outlines*: numbers that those share of which the attribution rule sees the same.

Millions of repositories have only some ten thousand outlines, and each needs to be judged only once, on any one of its
repositories. A reduction may tell apart what the rule does not, which costs an outline, but never less than the rule
looks at, which would move a count. Parquet holds each text once a row group, so texts are looked at once and rows are
sums over numbers.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.census.arrow_arrays import as_flags, as_numbers, fill, is_told
from analytics.census.tag_codes import (
    BEHIND,
    FIRST,
    IN_RUN,
    LATER,
    LEADING,
    LIBRARY,
    OPENING,
    draw_weights,
    list_known_tags,
)

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class CodedLists:
    """
    A column of lists: of each row where its values begin and end, of each value its place in `words`.

    `words` are distinct only within a row group; the last is NULL, for values that are missing. `told`: rows that are
    not NULL.
    """

    starts: "np.ndarray"
    ends: "np.ndarray"
    places: "np.ndarray"
    words: "pa.Array"
    told: "np.ndarray"

    def pick(self, rows: "np.ndarray") -> "CodedLists":
        """Give the lists of some rows, in their order."""
        import numpy as np

        lengths = self.ends[rows] - self.starts[rows]
        ends = np.cumsum(lengths)
        starts = ends - lengths
        places = self.places[np.arange(lengths.sum()) + np.repeat(self.starts[rows] - starts, lengths)]
        return CodedLists(starts, ends, places, self.words, self.told[rows])

    def keep(self, values: "np.ndarray") -> "CodedLists":
        """Give the same rows with these of their values only."""
        import numpy as np

        before, ends = (np.searchsorted(values, of) for of in (self.starts, self.ends))
        return CodedLists(before, ends, self.places[values], self.words, self.told)

    def write_out(self) -> "pa.ListArray":
        """Give the lists as texts; only of what was picked, where they follow one another."""
        import numpy as np
        import pyarrow as pa

        offsets = np.append(0, self.ends).astype(np.int32)
        values = self.words.take(as_numbers(self.places))
        return pa.ListArray.from_arrays(as_numbers(offsets), values, mask=as_flags(~self.told))

    def find_rows(self, values: "np.ndarray") -> "np.ndarray":
        """Give the rows of some values."""
        import numpy as np

        return np.searchsorted(self.ends, values, side="right")


def read_lists(column: "pa.ChunkedArray") -> CodedLists:
    """Take a column of lists apart, as it was read: texts by their places in the dictionary of each row group."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    values = [_encode(one) for one in column.chunks]
    words = pa.concat_arrays([*(one.dictionary for one in values), pa.nulls(1, pa.string())])
    places = np.empty(sum(map(len, values)), np.intp)
    begin = word = 0
    for one in values:
        np.add(fill(one.indices, len(words) - 1 - word), word, out=places[begin : begin + len(one)], casting="unsafe")
        begin, word = begin + len(one), word + len(one.dictionary)
    lengths = np.concatenate([fill(pc.list_value_length(one), 0) for one in column.chunks])
    ends = np.cumsum(lengths, dtype=np.int64)
    told = np.concatenate([is_told(one) for one in column.chunks])
    return CodedLists(ends - lengths, ends, places, words, told)


def _encode(chunk: "pa.Array") -> "pa.DictionaryArray":
    import pyarrow as pa

    flat = chunk.flatten()
    return flat if pa.types.is_dictionary(flat.type) else flat.dictionary_encode()


def outline_tags(tags: CodedLists, kinds: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """
    Reduce tags: which there are, which in the Hub's own run, whether the first opens one, which library stands first.

    `kinds`: what each of their words is, see `place_tags`. Gives a number a row, and the traits of each value.
    """
    import numpy as np

    known = list_known_tags()
    traits = known.traits[kinds].take(tags.places)
    sums = _sum_up(known.weights[kinds].take(tags.places))
    filled = tags.ends > tags.starts
    first = tags.starts[filled]
    before = np.roll(traits, 1)
    breaks = (traits & IN_RUN) == 0
    breaks |= ((traits & FIRST) != 0) & ((before & LATER) != 0)
    breaks |= ((traits & BEHIND) != 0) & ((before & IN_RUN) == 0)
    breaks[first] = False  # the first is of the run, where it opens one: that depends on the library too
    opened = np.zeros(len(tags.ends), np.uint64)
    opened[filled] = (traits[first] & OPENING) != 0
    run = sums[find_next(breaks, tags)] - sums[tags.starts]
    naming = (traits & LIBRARY) != 0
    naming[first] |= (traits[first] & LEADING) != 0
    library = find_next(naming, tags)
    library = sums[np.minimum(library + 1, tags.ends)] - sums[library]
    told = tags.told.astype(np.uint64)
    return mix((sums[tags.ends] - sums[tags.starts], run, library, told, opened)), traits


def find_next(marked: "np.ndarray", lists: CodedLists) -> "np.ndarray":
    """Find the first marked value of each row; its end, where none is."""
    import numpy as np

    places = np.append(np.flatnonzero(marked), len(marked))
    before = np.cumsum(np.append(False, marked), dtype=np.int32)
    found: np.ndarray = np.minimum(places[before[lists.starts]], lists.ends)
    return found


def _sum_up(numbers: "np.ndarray") -> "np.ndarray":
    """Give the sums of all numbers before each, and of all at last, modulo 2**64."""
    import numpy as np

    sums = np.zeros(len(numbers) + 1, np.uint64)
    np.cumsum(numbers, out=sums[1:])
    return sums


def outline_files(files: CodedLists, codes: "np.ndarray") -> "np.ndarray":
    """Reduce files, by a number for each of their words: which there are, and whether they were told."""
    import numpy as np

    return mix((sum_words(files, codes), files.told.astype(np.uint64)))


def sum_words(lists: CodedLists, codes: "np.ndarray") -> "np.ndarray":
    """Add up a number for each word of a row: the same number, the same words, in whatever order."""
    sums = _sum_up(codes.take(lists.places))
    total: np.ndarray = sums[lists.ends] - sums[lists.starts]
    return total


SPREAD = 0x9E3779B97F4A7C15
"""An odd number (of the golden ratio); what is multiplied by it differs in its first bits, wherever it differed."""


def mix(parts: tuple["np.ndarray", ...]) -> "np.ndarray":
    """Make one number of several a row; each is multiplied by another odd number, so that none stands for another."""
    import numpy as np

    factors = draw_weights(len(parts), len(parts))
    mixed = parts[0].astype(np.uint64)
    mixed *= factors[0]
    for part, factor in zip(parts[1:], factors[1:], strict=True):
        mixed += part.astype(np.uint64, copy=False) * factor
    # What was only multiplied and added keeps sums of sums alike: shifted and multiplied it does not.
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(SPREAD)
    return mixed


def number_alike(numbers: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """
    Tell apart the rows that have different numbers: gives each row's kind from 0 on, and one row of each kind.

    Each row is put in a slot by its number; the last one there stands for all that have the same, the others are put in
    slots anew. Arrow's `dictionary_encode` says it too, in twice the time where many numbers differ.
    """
    import numpy as np

    every = np.arange(len(numbers))
    bits = len(numbers).bit_length()
    slots = np.empty(1 << bits, np.int64)
    left = numbers * np.uint64(SPREAD)
    standing = _put_in_slots(left, every, slots, bits)
    rows = np.flatnonzero(numbers.take(standing) != numbers)
    left = left.take(rows)
    while len(rows):
        left = left * np.uint64(SPREAD)
        standing[rows] = there = _put_in_slots(left, rows, slots, bits)
        others = np.flatnonzero(numbers.take(there) != numbers.take(rows))
        rows, left = rows.take(others), left.take(others)
    stands = standing == every
    return (np.cumsum(stands) - 1).take(standing), np.flatnonzero(stands)


def _put_in_slots(spread: "np.ndarray", rows: "np.ndarray", slots: "np.ndarray", bits: int) -> "np.ndarray":
    """Put each row in the slot that its spread number names; gives who stands there in the end."""
    import numpy as np

    slot = (spread >> np.uint64(64 - bits)).view(np.int64)
    slots[slot] = rows
    there: np.ndarray = slots.take(slot)
    return there


HALF = 20
"""Bits; sums of either half of a number stay below 2**53, up to which floating numbers are exact."""


def sum_exactly(kinds: "np.ndarray", numbers: "np.ndarray", count: int) -> "np.ndarray":
    """Add up the numbers of each kind."""
    import numpy as np

    high, low = (np.bincount(kinds, half, count) for half in (numbers >> HALF, numbers & ((1 << HALF) - 1)))
    total: np.ndarray = (high.astype(np.int64) << HALF) + low.astype(np.int64)
    return total
