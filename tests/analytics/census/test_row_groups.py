"""Lots of a census are shared out between threads."""

from pathlib import Path
from threading import Semaphore

import pyarrow as pa
import pyarrow.parquet as pq

from analytics.census.row_groups import AT_ONCE, share_out


class _HeldUp:
    """Keeps the first row of each lot, and is held up by the first lot until two others are taken by somebody."""

    def __init__(self, taken_elsewhere: Semaphore) -> None:
        self.taken: list[int] = []
        self.has_finished = False
        self._elsewhere = taken_elsewhere

    def take(self, rows: pa.Table) -> None:
        self.taken.append(rows["likes"][0].as_py())
        if self.taken[-1]:
            self._elsewhere.release()
        else:
            assert all(self._elsewhere.acquire(timeout=10) for _ in range(2))

    def finish(self) -> None:
        self.has_finished = True


def test_lots_go_to_whoever_is_free(tmp_path: Path) -> None:
    """Who is held up by one lot leaves all others to the other thread, and both finish."""
    pq.write_table(pa.table({"likes": range(3 * AT_ONCE)}), tmp_path / "census.parquet", row_group_size=AT_ONCE)
    elsewhere = Semaphore(0)
    takers = [_HeldUp(elsewhere), _HeldUp(elsewhere)]

    share_out(tmp_path / "census.parquet", ("likes",), takers)

    assert sorted(taker.taken for taker in takers) == [[0], [AT_ONCE, 2 * AT_ONCE]]
    assert all(taker.has_finished for taker in takers)
