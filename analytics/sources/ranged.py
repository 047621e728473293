"""A remote file read by ranges, so that of a Parquet file only the wanted columns travel."""

import io
from collections.abc import Mapping

from analytics.sources.http import HttpReader
from analytics.sources.retry import REALLY, Tries, Waiting, retry

SECONDS = 120.0
"""For one range, which may hold a column of a row group: some tens of megabytes."""

TRIES = Tries((1.0, 4.0, 15.0, 60.0), most=1800.0)
"""Of one range; a source that wants a longer pause is left for another day or another source."""

MOST_A_READ = 32 * 2**20
"""Bytes of one request; a longer read is made of several."""


class RangedFile(io.RawIOBase):
    """
    A read-only file behind an address; `fetched` counts the bytes that travelled.

    Raises:  SourceError from any read, after trying again as TRIES say.
    """

    def __init__(self, http: HttpReader, url: str, headers: Mapping[str, str], waiting: Waiting = REALLY) -> None:
        super().__init__()
        self._http = http
        self._url = url
        self._headers = headers
        self._waiting = waiting
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
        part = retry(
            lambda: self._http.get_range(self._url, self._headers, SECONDS, first, count), TRIES, self._waiting
        )
        self.fetched += len(part[0])
        return part
