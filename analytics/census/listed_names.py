"""Lists of files and of tags, batch by batch: each distinct name of a batch is looked at once."""

from typing import TYPE_CHECKING

from analytics.attribution.file_names import UNREADABLE
from analytics.attribution.telling_names import MOST_FILES, is_telling, keep_most_telling, readable

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def keep_telling_in(lists: "pa.ListArray") -> "pa.ListArray":
    """Keep the names that `telling_names` keeps; a list that is not told (null) stays so."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    starts = _sum_up(pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False))
    encoded = lists.flatten().dictionary_encode()
    # Its last place is that of a name which is missing.
    names = [*map(readable, encoded.dictionary.to_pylist()), UNREADABLE]
    places = encoded.indices.fill_null(len(names) - 1).to_numpy(zero_copy_only=False)
    kept = np.array([is_telling(name) for name in names])[places]
    _cut(kept, starts, names, places)
    values = pa.array(names, pa.string()).take(pa.array(places[kept]))
    offsets = pa.array(_sum_up(kept)[starts], pa.int32())
    return pa.ListArray.from_arrays(offsets, values, mask=lists.is_null())


def keep_each_once(lists: "pa.ListArray") -> "pa.ListArray":
    """Keep tags that can be read, each of a row in its first place: by the first ones the rule knows the Hub's own."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    lengths = pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False)
    encoded = lists.flatten().dictionary_encode()
    places = encoded.indices.to_numpy(zero_copy_only=False)
    rows = np.repeat(np.arange(len(lists)), lengths)
    # A new number is the largest so far: they are given in the order in which they are met.
    met = pa.array(rows * len(encoded.dictionary) + places).dictionary_encode().indices.to_numpy(zero_copy_only=False)
    kept = np.diff(np.maximum.accumulate(met), prepend=-1) > 0
    kept &= np.array([name.isprintable() for name in encoded.dictionary.to_pylist()], bool)[places]
    values = encoded.dictionary.take(pa.array(places[kept]))
    offsets = pa.array(_sum_up(kept)[_sum_up(lengths)], pa.int32())
    return pa.ListArray.from_arrays(offsets, values, mask=lists.is_null())


def _sum_up(counts: "np.ndarray") -> "np.ndarray":
    import numpy as np

    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def _cut(kept: "np.ndarray", starts: "np.ndarray", names: list[str], places: "np.ndarray") -> None:
    """Leave the most telling names of the few lists that hold very many."""
    import numpy as np

    telling = np.diff(_sum_up(kept)[starts])
    for row in np.flatnonzero(telling > MOST_FILES):
        own = np.arange(starts[row], starts[row + 1])[kept[starts[row] : starts[row + 1]]]
        here = [names[place] for place in places[own]]
        most = set(keep_most_telling(here))
        kept[own] = [name in most for name in here]
