"""
`frameworks collect papers`: the frozen archive of Papers with Code, and its live successor.

Each is collected apart and kept as aggregates; what cannot be had is said, and the other is stored all the same. The
third panel, the Hub's own arXiv tags, comes with the census.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from analytics.answer import Origin, iso
from analytics.errors import Changed, SourceError
from analytics.kit import Kit
from analytics.readings import Dated
from analytics.sources.hub_datasets import pinned
from analytics.sources.papers_live import PapersLive

if TYPE_CHECKING:
    import pandas as pd

ARCHIVE, LIVE = "papers_archive", "papers_live"
LINKS, ABSTRACTS = "pwc-archive/links-between-paper-and-code", "pwc-archive/papers-with-abstracts"
LINKS_FILE = "data/train-00000-of-00001.parquet"
ABSTRACTS_FILES = tuple(f"data/train-0000{number}-of-00004.parquet" for number in range(4))
LINK_COLUMNS = ("paper_url", "paper_arxiv_id", "repo_url", "is_official", "framework")
METHOD = "papers-2026-11.1"

WANTED = ("PyTorch", "TensorFlow", "JAX")
FROM_YEAR = 2024
"""The successor's papers are counted from here on, all quarters anew each time."""


def collect(kit: Kit, options: Sequence[str]) -> tuple[str, ...]:
    """
    Collect both; one that fails is said.

    Raises:  ValueError for options; SourceError, if neither could be had.
    """
    if options:
        raise ValueError(f"“collect papers” takes no options; “{' '.join(options)}” came.")
    sentences: list[str] = []
    failures: list[SourceError] = []
    collectors: tuple[tuple[str, Callable[[Kit], Dated]], ...] = (("archive", _archive), ("live successor", _live))
    for name, work in collectors:
        try:
            reading = work(kit)
        except SourceError as trouble:
            failures.append(trouble)
            sentences.append(f"The {name} could not be read: {trouble.why}.")
            continue
        kit.readings.add(reading)
        sentences.append(f"The {name}: {len(reading.body['rows']):,} counts stored.")
    if len(failures) == len(collectors):
        raise Changed(failures[0].url, " ".join(sentences))
    return tuple(sentences)


# ------------------------------------------------------------------------------------------------------------ archive


def _archive(kit: Kit) -> Dated:
    """Join links and dates, and count by quarter, framework, unit and whether the code is the authors' own."""
    import pandas as pd

    links, abstracts = (pinned(name, kit.hf_endpoint, kit.hf_token) for name in (LINKS, ABSTRACTS))
    kit.progress("Reading links between papers and code…")
    file = links.parquet(LINKS_FILE)
    missing = [name for name in LINK_COLUMNS if name not in file.schema.names]
    if missing:
        raise Changed(file.url, f"it has no column {', '.join(missing)} any more")
    frame = pd.concat([batch.to_pandas() for batch in file.batches(LINK_COLUMNS)], ignore_index=True)
    kit.progress("Reading dates of papers…")
    dates = pd.concat(
        [batch.to_pandas() for path in ABSTRACTS_FILES for batch in _dates(abstracts.parquet(path))], ignore_index=True
    )
    origins = tuple(
        Origin("Papers with Code archive", title, one.address(path), iso(kit.clock()), one.revision, "CC BY-SA 4.0")
        for one, path, title in (
            (links, LINKS_FILE, "links between papers and code"),
            (abstracts, ABSTRACTS_FILES[0], "papers with dates"),
        )
    )
    return Dated(ARCHIVE, "", kit.clock(), METHOD, count_archive(frame, dates), origins)


def _dates(file: Any) -> Iterator[Any]:
    missing = [name for name in ("paper_url", "date") if name not in file.schema.names]
    if missing:
        raise Changed(file.url, f"it has no column {', '.join(missing)} any more")
    yield from file.batches(("paper_url", "date"))


def count_archive(links: "pd.DataFrame", dates: "pd.DataFrame") -> dict[str, Any]:
    """
    Count: {"rows": [[unit, official, quarter, framework, n], ...], "undated", "future", "last": last day}.

    Framework is the archive's own word in lower case, "none" where it has none; "(all)" and "(named)" are denominators.
    The quarter the archive ends in is left out. Recipe: quarter of the paper's date, else of its arXiv id.
    """
    import pandas as pd

    links = links.drop_duplicates(["paper_url", "repo_url"])
    joined = links.merge(dates.drop_duplicates("paper_url"), on="paper_url", how="left")
    day = pd.to_datetime(joined["date"], errors="coerce", utc=True, format="mixed").dt.tz_localize(None)
    by_id = joined["paper_arxiv_id"].fillna("").astype(str).str.extract(r"(?:^|/)(\d{2})(0[1-9]|1[0-2])")
    guessed = pd.to_datetime("20" + by_id[0] + "-" + by_id[1] + "-01", errors="coerce", format="%Y-%m-%d")
    # The archive ends where its own dates end; papers that came without a date do not move that.
    own = pd.to_datetime(dates["date"], errors="coerce", utc=True, format="mixed").dt.tz_localize(None)
    known = bool(own.notna().any())
    last = own.max() if known else guessed.max()
    future = guessed.notna() & day.isna() & (guessed > last)
    day = day.fillna(guessed.mask(future))
    frame = joined.assign(
        quarter=day.dt.to_period("Q").astype(str),
        framework=joined["framework"].fillna("none").str.lower(),
        official=joined["is_official"].fillna(False).astype(bool),  # noqa: FBT003 - pandas' own signature
    )[day.notna()]
    incomplete = str(last.to_period("Q")) if known else ""
    frame = frame[frame["quarter"] != incomplete]
    rows = [*_counted(frame, official=False), *_counted(frame[frame["official"]], official=True)]
    return {
        "rows": rows,
        "undated": int(day.isna().sum() - future.sum()),
        "future": int(future.sum()),
        "last": str(last.date()) if known else None,
        "left_out": incomplete,
    }


def _counted(frame: "pd.DataFrame", *, official: bool) -> Iterator[list[Any]]:
    yield from _sizes("repository", frame, official=official)
    yield from _sizes("paper", frame.drop_duplicates(["paper_url", "framework"]), official=official)
    for name, chosen in (("(all)", frame), ("(named)", frame[frame["framework"] != "none"])):
        whole = chosen.drop_duplicates("paper_url").assign(framework=name)
        yield from _sizes("paper", whole, official=official)


def _sizes(unit: str, frame: "pd.DataFrame", *, official: bool) -> Iterator[list[Any]]:
    sizes = frame.groupby(["quarter", "framework"]).size().reset_index(name="n")
    for quarter, framework, n in zip(sizes["quarter"], sizes["framework"], sizes["n"], strict=True):
        yield [unit, official, str(quarter), str(framework), int(n)]


# --------------------------------------------------------------------------------------------------------------- live


def _live(kit: Kit) -> Dated:
    """Count every whole quarter anew, by framework and in all."""
    api = PapersLive(kit.papers_api_url)
    known = {name.casefold(): name for name in api.frameworks()}
    names = [known[name.casefold()] for name in WANTED if name.casefold() in known]
    rows = []
    for quarter, start, end in _quarters(kit.clock()):
        kit.progress(f"Asking for {quarter}…")
        rows.append([quarter, "(all)", api.count(start, end)])
        rows += [[quarter, name, api.count(start, end, name)] for name in names]
    body = {"rows": rows, "missing": [name for name in WANTED if name.casefold() not in known], "known": len(known)}
    origin = Origin(
        "Papers with Code (successor)", "papers by framework", f"{kit.papers_api_url}/papers/", iso(kit.clock())
    )
    return Dated(LIVE, "", kit.clock(), METHOD, body, (origin,))


def _quarters(now: dt.datetime) -> Iterator[tuple[str, str, str]]:
    """Give every whole quarter since FROM_YEAR with its first and last day."""
    for year in range(FROM_YEAR, now.year + 1):
        for quarter in range(1, 5):
            start = dt.date(year, 3 * quarter - 2, 1)
            following = dt.date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
            if following <= now.date():
                yield f"{year}Q{quarter}", start.isoformat(), (following - dt.timedelta(days=1)).isoformat()
