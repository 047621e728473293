"""A cache read lot by lot, texts by their places in the dictionary that Parquet keeps of each row group."""

import errno
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

WORKERS = 2
AT_ONCE = 80_000
"""Rows looked at together: more are faster, and need more memory."""

CODED = ("tags", "files", "task", "library_name")
"""Columns whose texts repeat."""


class LotTaker(Protocol):
    """Who takes lots, and at last finishes what is left of them."""

    def take(self, rows: "pa.Table") -> None:
        """Take a lot."""

    def finish(self) -> None:
        """Do what was put off: there are no more lots."""


def share_out(cache: Path, columns: Sequence[str], takers: Sequence[LotTaker]) -> None:
    """
    Hand every lot to one of those who take them, to whoever is free; each has a thread of its own.

    Raises:  OSError, where the file is damaged; what those raise who take.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _plain_memory(), ThreadPoolExecutor(len(takers)) as pool:
        try:
            metadata = pq.read_metadata(cache)
            lots = iter([*_put_together(metadata)])  # a list's can be asked by several threads at once

            def take_turns(taker: LotTaker) -> None:
                file = _Cache(cache, metadata)
                for groups in lots:
                    taker.take(file.read(groups, columns))
                taker.finish()

            list(pool.map(take_turns, takers))
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


def _put_together(metadata: "pq.FileMetaData") -> Iterator[Sequence[int]]:
    """Put row groups together to lots of AT_ONCE rows."""
    lot: list[int] = []
    rows = 0
    for number in range(metadata.num_row_groups):
        lot.append(number)
        rows += metadata.row_group(number).num_rows
        if rows >= AT_ONCE:
            yield lot
            lot, rows = [], 0
    if rows:
        yield lot


class _Cache:
    """One cache, opened by one thread."""

    def __init__(self, path: Path, metadata: "pq.FileMetaData") -> None:
        import pyarrow.parquet as pq

        leaves = [metadata.schema.column(number).path for number in range(len(metadata.schema))]
        coded = [leaf for leaf in leaves if leaf.partition(".")[0] in CODED]
        self._file = pq.ParquetFile(path, metadata=metadata, read_dictionary=coded)

    def read(self, groups: Sequence[int], columns: Sequence[str]) -> "pa.Table":
        """Read a lot, group by group: pyarrow cannot read lists by their places in several dictionaries at once."""
        import pyarrow as pa

        return pa.concat_tables([self._file.read_row_group(one, list(columns), use_threads=False) for one in groups])
