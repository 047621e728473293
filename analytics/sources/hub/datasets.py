"""
Parquet files of datasets on the Hub, read by column over HTTP at a pinned revision.

Addresses are those of the Hub's API (huggingface.co/docs/hub/api): the dataset's commit first, then its files at that
commit. A token goes to the Hub's own host only.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.errors import Changed, Missing, RateLimited, SourceError, Unreachable
from analytics.sources.addresses import LONGEST_PATH, make_address
from analytics.sources.http_answers import Refusal
from analytics.sources.hub.session import HUB, headers_for, refuse_strangers
from analytics.sources.ranged import RangedFile
from analytics.sources.retry import REALLY, Waiting

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

SECONDS = 30.0
BATCH = 20_000
"""Rows decoded at once."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A dataset at one commit; `modified` is when it was made, None if the Hub does not say."""

    dataset: str
    revision: str
    modified: dt.datetime | None
    headers: Mapping[str, str]
    endpoint: str
    waiting: Waiting = REALLY

    def address(self, path: str) -> str:
        """Give the address of a file at this commit."""
        return make_address(self.endpoint, "datasets", self.dataset, "resolve", self.revision, path)

    def folders(self, path: str) -> list[str]:
        """
        List the names of the folders in a folder, in order.

        Raises:  Missing, Unreachable, RateLimited or Changed.
        """
        return [one.rpartition("/")[2] for one in self._paths(path, "directory")]

    def parquet_files(self, path: str) -> list[str]:
        """List the paths of the Parquet files in a folder, in order. Raises as `folders`."""
        return [one for one in self._paths(path, "file") if one.endswith(".parquet")]

    def _paths(self, path: str, kind: str) -> list[str]:
        url = make_address(self.endpoint, "api/datasets", self.dataset, "tree", self.revision, path)
        entries = _json(url, self.headers, self.endpoint)
        if not isinstance(entries, list):
            raise Changed(url, "it answered with something else than a list")
        found = (entry for entry in entries if isinstance(entry, dict) and entry.get("type") == kind)
        # Names are quoted where an address is made of them; those from elsewhere than this folder are not its own.
        return sorted(name for name in map(_path, found) if name and name.startswith(f"{path}/"))

    def parquet(self, path: str) -> "Parquet":
        """Open a Parquet file; reads its footer. Raises as `folders`."""
        import pyarrow.parquet as pq

        url = self.address(path)
        try:
            file = RangedFile(HUB, url, self.headers, self.waiting)
        except Refusal as refusal:
            raise _translate(url, refusal) from None
        try:
            return Parquet(url, file, pq.ParquetFile(file, pre_buffer=True))
        except (OSError, ValueError) as trouble:
            raise Changed(url, f"it is not a valid Parquet file ({str(trouble)[:80]})") from None


@dataclass(frozen=True, slots=True)
class Parquet:
    """An open remote Parquet file."""

    url: str
    file: RangedFile
    opened: "pq.ParquetFile"

    @property
    def schema(self) -> "pa.Schema":
        """Its columns and their types."""
        return self.opened.schema_arrow

    @property
    def rows(self) -> int:
        """How many rows it says it has."""
        return int(self.opened.metadata.num_rows)

    def batches(self, columns: Sequence[str]) -> Iterator["pa.RecordBatch"]:
        """
        Read these columns, batch by batch; nothing else travels. Raises SourceError.

        One row group after the other: asked for all at once, pyarrow keeps what it fetched of each to the end.
        """
        try:
            for group in range(self.opened.num_row_groups):
                yield from self.opened.iter_batches(batch_size=BATCH, row_groups=[group], columns=list(columns))
        except SourceError as trouble:
            # Anew: pyarrow keeps the first for good, and with it everything up the stack it would pass through.
            passing = isinstance(trouble, Unreachable | RateLimited)
            raise (Unreachable if passing else Changed)(self.url, trouble.why, trouble.request_id) from None
        except (OSError, ValueError) as trouble:
            raise Changed(self.url, f"it is damaged ({str(trouble)[:80]})") from None


def pin(dataset: str, endpoint: str, token: str | None, waiting: Waiting = REALLY) -> Pinned:
    """
    Find the newest commit of a dataset.

    Raises:  Missing, if there is no such dataset any more; Unreachable, RateLimited or Changed.
    """
    headers = headers_for(token)
    url = make_address(endpoint, "api/datasets", dataset)
    told = _json(url, headers, endpoint)
    revision = told.get("sha") if isinstance(told, dict) else None
    if not (isinstance(revision, str) and re.fullmatch("[0-9a-f]{40}", revision)):
        raise Changed(url, "it does not say its commit")
    return Pinned(dataset, revision, _moment(told.get("lastModified")), headers, endpoint, waiting)


def _path(entry: dict[str, Any]) -> str | None:
    """Take the path of an entry that can be asked for; what no file is named is passed over."""
    path = entry.get("path")
    return path if isinstance(path, str) and len(path) <= LONGEST_PATH and path.isprintable() else None


def _moment(value: Any) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _json(url: str, headers: Mapping[str, str], endpoint: str) -> Any:
    try:
        return refuse_strangers(HUB.get_json(url, [], headers, SECONDS), headers, endpoint).data
    except Refusal as refusal:
        raise _translate(url, refusal) from None


def _translate(url: str, refusal: Refusal) -> Refusal | Missing:
    gone = refusal.status in (401, 404, 410)
    return Missing(url, refusal.why, refusal.request_id) if gone else refusal
