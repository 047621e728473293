"""Where the file of a census rests, and that there is one of them."""

import datetime as dt
from pathlib import Path

from analytics.domain.wording import stamp

FOLDER = "census"


def cache_of(home: Path, moment: dt.datetime) -> Path:
    """Name the file of a census; its moment is in the name, so that it cannot pass for another's."""
    return home / FOLDER / f"models-{stamp(moment)}.parquet"


def keep_only(fresh: Path, cache: Path) -> None:
    """Make a file the cache of its census; the new one first, so that there is one at any moment."""
    fresh.replace(cache)
    for older in cache.parent.glob("models-*.parquet"):
        if older != cache:
            older.unlink()
