"""A remote file read by ranges, so that of a Parquet file only the wanted columns travel."""

import io
import time
from collections.abc import Callable, Mapping

from analytics.errors import RateLimited, Unreachable
from analytics.sources.http import get_range

SECONDS = 120.0
"""For one range, which may hold a column of a row group: some tens of megabytes."""

PAUSES = (1.0, 4.0, 15.0, 60.0)
"""Seconds before each further try after a broken answer."""

MOST_A_READ = 32 * 2**20
"""Bytes of one request; a longer read is made of several."""


class RangedFile(io.RawIOBase):
    """
    A read-only file behind an address; `fetched` counts the bytes that travelled.

    Raises:  SourceError from any read, after trying again as PAUSES say.
    """

    def __init__(self, url: str, headers: Mapping[str, str], wait: Callable[[float], None] = time.sleep) -> None:
        super().__init__()
        self._url = url
        self._headers = headers
        self._wait = wait
        self._at = 0
        self.fetched = 0
        _, self._size = self._fetch(0, 1)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read from anywhere."""
        return True

    def tell(self) -> int:
        """Give the place the next read begins at."""
        return self._at

    def size(self) -> int:
        """Give the length of the file."""
        return self._size

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move the place of the next read."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, to the end by default."""
        left = self._size - self._at if size < 0 else min(size, self._size - self._at)
        parts = []
        while left > 0:
            part, _ = self._fetch(self._at, min(left, MOST_A_READ))
            parts.append(part)
            self._at += len(part)
            left -= len(part)
        return b"".join(parts)

    def _fetch(self, first: int, count: int) -> tuple[bytes, int]:
        for pause in (*PAUSES, None):
            try:
                part = get_range(self._url, self._headers, SECONDS, first, count)
            except (Unreachable, RateLimited) as trouble:
                if pause is None:
                    raise
                self._wait(trouble.seconds + 1 if isinstance(trouble, RateLimited) else pause)
            else:
                self.fetched += len(part[0])
                return part
        raise AssertionError("unreachable")  # the last try raises
