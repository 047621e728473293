"""
Arrow's arrays out of numpy's and Python's, and back.

`pyarrow.array` and `to_numpy` do it too, but import pandas at their first call: half a second and 60 MB that a count
has no use for.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def as_numbers(values: "np.ndarray") -> "pa.Array":
    """Take numbers as they lie in memory."""
    import numpy as np
    import pyarrow as pa

    content = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, content])


def as_flags(values: "np.ndarray") -> "pa.Array":
    """Take truth values, eight in a byte."""
    import numpy as np
    import pyarrow as pa

    content = pa.py_buffer(np.packbits(values, bitorder="little"))
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, content])


def as_texts(values: Iterable[str]) -> "pa.Array":
    """Write texts one after the other."""
    import numpy as np
    import pyarrow as pa

    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def as_table(columns: "Mapping[str, np.ndarray | pa.Array]") -> "pa.Table":
    """Put columns together, numbers of numpy's among them."""
    import numpy as np
    import pyarrow as pa

    arrays = [as_numbers(column) if isinstance(column, np.ndarray) else column for column in columns.values()]
    return pa.Table.from_arrays(arrays, list(columns))


def fill(values: "pa.Array", missing: int) -> "np.ndarray":
    """Give whole numbers with another one where there is none."""
    import numpy as np

    content = np.frombuffer(values.buffers()[1] or b"", values.type.to_pandas_dtype())
    numbers = content[values.offset : values.offset + len(values)]
    return np.where(is_told(values), numbers, missing) if values.null_count else numbers


def is_told(values: "pa.Array") -> "np.ndarray":
    """Mark the values that are not NULL."""
    import numpy as np

    bits = values.buffers()[0] if values.null_count else None
    return np.ones(len(values), bool) if bits is None else _unpack(bits, values)


def is_true(values: "pa.BooleanArray") -> "np.ndarray":
    """Mark the values that are true; none may be NULL."""
    return _unpack(values.buffers()[1], values)


def _unpack(bits: "pa.Buffer", values: "pa.Array") -> "np.ndarray":
    import numpy as np

    flags = np.unpackbits(np.frombuffer(bits, np.uint8), count=values.offset + len(values), bitorder="little")
    return flags[values.offset :].view(bool)
