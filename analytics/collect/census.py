"""
`frameworks collect census`: every model on the Hub, from the first source that gives a whole one.

In order: the daily Parquet snapshot, the weekly one, a crawl of the listing API. `from daily`, `from weekly` or `from
crawl` asks for one of them. What is accepted leaves a cube for good and one Parquet file as a cache; what is refused is
kept aside, and the old census stays in use.
"""

import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analytics.answer import Origin, iso
from analytics.attribution import METHOD
from analytics.census import checks, shape
from analytics.census.crawl import Crawl
from analytics.census.lock import collecting
from analytics.collect.census_lists import FOLDER, cache_of, store_whole
from analytics.errors import Changed, SourceError, UnknownOption
from analytics.kit import Kit
from analytics.readings import Dated
from analytics.sources.hub import headers_for
from analytics.sources.hub_datasets import Pinned, pinned
from analytics.sources.web import get_json

DAILY, WEEKLY = "cfahlgren1/hub-stats", "hfmlsoc/hub_weekly_snapshots"
KIND, CUBE, SUMS, PAPERS = "census", "hub_cube", "hub_sums", "hub_papers"
"""What is stored of a census: what questions ask of it, the whole cube, its sums for lines over time, its papers."""

NEW = "new.parquet"

OLDEST = dt.timedelta(days=21)
"""Older is no census of today; the weekly snapshot bears the first day of its week and appears after the last."""


@dataclass(frozen=True, slots=True)
class Found:
    """A census that can be had: its moment, where it comes from, and the hand that reads it into a file."""

    moment: dt.datetime
    origin: Origin
    read: Callable[[Path], object]


def collect(kit: Kit, options: Sequence[str]) -> tuple[str, ...]:
    """
    Collect one census.

    Raises:  UnknownOption; BlockingIOError, if another collector works; SourceError, if no source gave one
             that may be accepted.
    """
    wanted = _wanted(options)
    with collecting(kit.home / FOLDER, kit.clock()):
        refused: list[str] = []
        for name in wanted:
            try:
                return (*refused, _one(kit, name))
            except SourceError as trouble:
                refused.append(f"Not from the {TITLES[name]}: {trouble.why}.")
                kit.progress(refused[-1])
    raise Changed(kit.hf_endpoint, "no source gave a census. " + " ".join(refused))


def _wanted(options: Sequence[str]) -> tuple[str, ...]:
    telling = [word for word in options if word != "from"]
    if not telling:
        return tuple(SOURCES)
    if len(telling) == 1 and telling[0] in SOURCES:
        return (telling[0],)
    raise UnknownOption(
        f"“collect census” takes from {', from '.join(SOURCES)}; “{' '.join(options)}” is none of them."
    )


def _one(kit: Kit, name: str) -> str:
    """Read one source into the cache, check it, count it and keep the cube."""
    found = SOURCES[name](kit)
    if kit.clock() - found.moment > OLDEST:
        raise Changed(found.origin.address, f"its newest is of {found.moment:%Y-%m-%d} and was not renewed since")
    if is_stored(kit, found.moment):
        return f"The {TITLES[name]} of {found.moment:%Y-%m-%d} is stored already."
    target = kit.home / FOLDER / NEW
    found.read(target)
    site_total = _site_total(kit)
    unchecked = "" if site_total else " The site's own total could not be read to compare."
    return accept(kit, target, found, site_total) + unchecked


def is_stored(kit: Kit, moment: dt.datetime) -> bool:
    """Tell whether the census of this moment was counted by today's rule."""
    return any(stored.as_of == moment and stored.method == METHOD for stored in kit.readings.run(KIND))


def accept(kit: Kit, target: Path, found: Found, site_total: int | None, *, cache: bool = True) -> str:
    """Check a file in the common shape, count it and store the cube; raises Changed after setting it aside."""
    moment, origin = found.moment, found.origin
    last = kit.readings.before(KIND, "", moment)
    plain = checks.plainly(target)
    _refuse(checks.problems(plain, last.body["total"] if last else None, site_total), target, found)
    kit.progress("Counting…")
    from analytics.census import cube

    body = cube.count(target, kit.clock())
    declared = {split: models for split, (models, _) in cube.sums(body)["declared"].items()}
    _refuse(checks.disagreements(plain, declared), target, found)
    papers = body.pop("papers")
    # The census itself last: where it is stored, the others are.
    kit.readings.add(Dated(PAPERS, "", moment, METHOD, papers, (origin,)))
    kit.readings.add(Dated(SUMS, "", moment, METHOD, cube.sums(body), (origin,)))
    store_whole(kit, target, moment, origin)
    kit.readings.add(Dated(CUBE, "", moment, METHOD, body, (origin,)))
    stored = kit.readings.add(Dated(KIND, "", moment, METHOD, cube.faces(body), (origin,)))
    if not stored:
        raise OSError(28, "The census could not be stored", str(kit.home))
    if cache:
        _keep(target, cache_of(kit.home, moment))
    else:
        target.unlink()
    return f"{body['total']:,} models of {moment:%Y-%m-%d} from the {origin.title}."


def _refuse(problems: Iterable[str], target: Path, found: Found) -> None:
    """Set a file aside if anything is wrong with it. Raises Changed, which says what."""
    wrong = list(problems)
    if wrong:
        aside = target.with_name(f"refused-{found.moment:%Y-%m-%d}.parquet")
        target.replace(aside)
        raise Changed(found.origin.address, f"refused and kept as {aside.name}. {' '.join(wrong)}")


def _keep(target: Path, cache: Path) -> None:
    """Make the file the cache of one."""
    for older in cache.parent.glob("models-*.parquet"):
        older.unlink()
    target.replace(cache)


# ------------------------------------------------------------------------------------------------------------ sources


def _daily(kit: Kit) -> Found:
    dataset = pinned(DAILY, kit.hf_endpoint, kit.hf_token)
    origin = _origin(kit, dataset, "models.parquet", "daily Parquet snapshot of the Hub", "Apache-2.0")
    read_into = partial(read, kit, dataset, "models.parquet")
    return Found(dataset.modified or kit.clock(), origin, read_into)


def _weekly(kit: Kit) -> Found:
    dataset = pinned(WEEKLY, kit.hf_endpoint, kit.hf_token)
    days = dataset.folders("models")
    if not days:
        raise Changed(dataset.address("models"), "it has no weeks any more")
    return week(kit, dataset, days[-1])


def week(kit: Kit, dataset: Pinned, day: str) -> Found:
    """Describe one of the weekly snapshots; its folder's date is the start of the week."""
    path = f"models/{day}/models.parquet"
    origin = _origin(kit, dataset, path, "weekly Parquet snapshot of the Hub", "ODbL")
    moment = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    return Found(moment, origin, partial(read, kit, dataset, path))


def read(kit: Kit, dataset: Pinned, path: str, target: Path) -> None:
    """Read the wanted columns of a remote Parquet file into the common shape."""
    import pyarrow as pa

    parquet = dataset.parquet(path)
    columns = shape.wanted(parquet.schema, parquet.url)
    schema = pa.schema([parquet.schema.field(name) for name in columns])
    kit.progress(f"Reading {len(columns)} columns of {parquet.rows:,} models…")
    batches = _counted(kit, parquet.batches(columns), parquet.rows)
    rows = shape.write(pa.RecordBatchReader.from_batches(schema, batches), target)
    kit.progress(f"{rows:,} models read with {parquet.file.fetched / 1e6:,.1f} MB")


def _counted(kit: Kit, batches: Iterator[Any], total: int) -> Iterator[Any]:
    done = 0
    for batch in batches:
        done += batch.num_rows
        kit.progress(f"{done:,} of {total:,} models")
        yield batch


def _crawl(kit: Kit) -> Found:
    folder = kit.home / FOLDER / "crawl"
    crawl = Crawl(folder, kit.hf_endpoint, kit.hf_token, kit.progress)
    began = crawl.begin(kit.clock())
    address = f"{kit.hf_endpoint}/api/models?sort=createdAt"
    origin = Origin("Hugging Face Hub", "listing of all models by creation", address, iso(kit.clock()))

    def read_into(target: Path) -> None:
        crawl.run(kit.clock(), _site_total(kit))
        shape.write(crawl.reader(), target)
        shutil.rmtree(folder)

    return Found(began, origin, read_into)


SOURCES: Mapping[str, Callable[[Kit], Found]] = {"daily": _daily, "weekly": _weekly, "crawl": _crawl}
TITLES = {"daily": "daily snapshot", "weekly": "weekly snapshot", "crawl": "crawl of the listing"}


def _origin(kit: Kit, dataset: Pinned, path: str, title: str, licence: str) -> Origin:
    return Origin(dataset.dataset, title, dataset.address(path), iso(kit.clock()), dataset.revision, licence)


def _site_total(kit: Kit) -> int | None:
    """Read the site's own total, undocumented; None where it cannot be had."""
    url = f"{kit.hf_endpoint}/models-json"
    try:
        told = get_json(url, [("withCount", "true")], headers_for(kit.hf_token), 10.0).data
    except SourceError:
        return None
    total = told.get("numTotalItems") if isinstance(told, dict) else None
    return total if isinstance(total, int) and total > 0 else None
