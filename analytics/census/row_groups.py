"""A cache read lot by lot, texts by their places in the dictionary that Parquet keeps of each row group."""

import errno
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

WORKERS = 2
AT_ONCE = 80_000
"""Rows looked at together: more are faster, and need more memory."""

CODED = ("tags", "files", "task", "library_name")
"""Columns whose texts repeat."""


def share_out(cache: Path, columns: Sequence[str], takers: Sequence[Callable[["pa.Table"], object]]) -> None:
    """
    Hand every lot to one of those who take them, in turn; each has a thread of its own.

    Raises:  OSError, where the file is damaged; what those raise who take.
    """
    import pyarrow as pa

    def take_turns(turn: int) -> None:
        file = _Cache(cache)
        for number, groups in enumerate(file.lots()):
            if number % len(takers) == turn:
                takers[turn](file.read(groups, columns))

    with _plain_memory(), ThreadPoolExecutor(len(takers)) as pool:
        try:
            list(pool.map(take_turns, range(len(takers))))
        except (pa.ArrowException, IndexError) as trouble:  # an index: a text that no dictionary has
            raise OSError(errno.EIO, f"The census is damaged ({str(trouble)[:120]})", str(cache)) from None


@contextmanager
def _plain_memory() -> Iterator[None]:
    """
    Let Arrow take its memory from the C library meanwhile, and give it back at the end.

    Its own pool gives back what one lot took and asks for it again for the next: a tenth of the whole count, and 40 MB.
    """
    import pyarrow as pa

    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.default_memory_pool().release_unused()
        pa.set_memory_pool(before)


class _Cache:
    """One cache, opened by one thread."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        metadata = pq.read_metadata(path)
        leaves = [metadata.schema.column(number).path for number in range(len(metadata.schema))]
        coded = [leaf for leaf in leaves if leaf.partition(".")[0] in CODED]
        self._file = pq.ParquetFile(path, metadata=metadata, read_dictionary=coded)

    def lots(self) -> Iterator[Sequence[int]]:
        """Put row groups together to lots of AT_ONCE rows."""
        lot: list[int] = []
        rows = 0
        for number in range(self._file.num_row_groups):
            lot.append(number)
            rows += self._file.metadata.row_group(number).num_rows
            if rows >= AT_ONCE:
                yield lot
                lot, rows = [], 0
        if rows:
            yield lot

    def read(self, groups: Sequence[int], columns: Sequence[str]) -> "pa.Table":
        """Read a lot, group by group: pyarrow cannot read lists by their places in several dictionaries at once."""
        import pyarrow as pa

        return pa.concat_tables([self._file.read_row_group(one, list(columns), use_threads=False) for one in groups])
