# ruff: noqa: S608 - the queries are made of our own rule and names; paths are quoted
"""
Reduce a repository to its *outline*: a number that those share of which the attribution rule sees the same.

Millions of repositories have only some ten thousand outlines, and each needs to be judged only once, on any one of its
repositories. A reduction may tell apart what the rule does not, which costs an outline, but never less than the rule
looks at, which would move a count. It works on numbers alone: texts would have to be copied for each row.
"""

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.attribution import rule
from analytics.attribution.library_table import DATED, first_tags, libraries, library_tags
from analytics.attribution.sql_spelling import text
from analytics.census.reach_rows import write_architecture, write_reach_key

if TYPE_CHECKING:
    import duckdb

UNKNOWN, PAPER, BASE = 0, 1, 2
"""What stands for a tag the rule does not know, for an arXiv paper, and (from here on) for base models by relation."""

FIRST_HASH = 16
"""Smaller numbers have a meaning; a tag whose hash is one of them is none of those we know, which a test holds."""

ARXIV = "arxiv:[0-9]{2}(0[1-9]|1[0-2])[.][0-9]{4,5}"
SLOTS = 1 << 20
"""Of some 5,600 spellings each has its slot among so many: one unknown tag in 190 shares one, and is kept unneeded."""


def prepare(opened: "duckdb.DuckDBPyConnection", headers: Mapping[str, str] | None = None) -> None:
    """
    Lay down which tags are known, as one bit for each slot of a hash; the queries of this connection need it.

    It is the cheapest test that never misses a known tag: 21 million tags take 0.2 s, a regular expression 1.1 s.
    `headers`: what the safetensors headers of single models state, where they were read.
    """
    opened.execute(
        f"""SET VARIABLE known_tags = (SELECT bitstring_agg({_slot("tag")}, 0, {SLOTS - 1})
            FROM (SELECT DISTINCT unnest($tags) AS tag))""",
        {"tags": sorted(_collect_tags())},
    )
    opened.execute("CREATE TEMP TABLE known_headers (model VARCHAR, header VARCHAR)")
    if headers:
        opened.execute(
            "INSERT INTO known_headers SELECT unnest($ids), unnest($said)",
            {"ids": list(headers), "said": list(headers.values())},
        )


def outline(cache: Path, *, with_headers: bool = False) -> str:
    """
    Write the query that adds each row's outline, and its papers.

    Columns:  outline, tags, files, library_name, era, header (of these five it is the hash), created_at, downloads,
              task, and papers: the arXiv ids among the tags, NULL where there are none. `with_headers` looks up the
              headers that were laid down, which takes the id of each row.
    """
    run = f"least(coalesce(nullif(list_position(codes, {UNKNOWN}), 0), 9999), {_first_paper()})"
    kept = f"list_filter(codes, lambda c: c > {PAPER})"
    looked_up = f"FROM {text(str(cache))} LEFT JOIN known_headers ON model = id"
    source, header = (looked_up, "header") if with_headers else (f"FROM {text(str(cache))}", "CAST(NULL AS VARCHAR)")
    return f"""
    SELECT tags, files, library_name, era, header, created_at, downloads, task, reach, architecture,
        {_papers()} AS papers,
        hash({kept}, {run}, tags IS NULL, {_files()}, files IS NULL, library_name, era, header) AS outline
    FROM (SELECT tags, files, {_tags()} AS codes, library_name, {_era()} AS era, {header} AS header,
        created_at, downloads, task, {write_reach_key()} AS reach,
        {write_architecture()} AS architecture {source})"""


def _first_paper() -> str:
    """Find the first paper: the Hub's own run of tags ends there, too."""
    return f"coalesce(nullif(list_position(codes, {PAPER}), 0), 9999)"


def _slot(tag: str) -> str:
    return f"CAST(hash({tag}) & {SLOTS - 1} AS INTEGER)"


def _collect_tags() -> set[str]:
    """Name all tags the rule knows; those an author may write in any case, in every one."""
    known = {tag for tag, _ in (*rule.HUB_TAGS, *rule.CONVERSION_TAGS, *rule.DERIVATIVE_TAGS)}
    said = {"".join(one) for tag, _ in rule.DECLARED_TAGS for one in product(*zip(tag, tag.upper(), strict=True))}
    keys = library_tags() | first_tags() | {library.key for library in libraries().values()}
    return known | rule.RUN_OF_FILE_TAGS | keys | {"mlx", "keras", "safetensors"} | said


def _tags() -> str:
    """Write each tag as a number: its hash, if the rule knows it, and what stands for it, if not."""
    relations = " ".join(
        f"WHEN starts_with(t, {text(f'{rule.BASE}{relation}:')}) THEN {BASE + at}"
        for at, (relation, _) in enumerate(rule.RELATIONS, start=1)
    )
    return f"""list_transform(tags, lambda t: CASE
        WHEN get_bit(getvariable('known_tags'), {_slot("t")}) = 1 THEN hash(t)
        WHEN starts_with(t, {text(rule.BASE)}) THEN CASE {relations} ELSE {BASE} END
        WHEN starts_with(t, 'arxiv:') THEN {PAPER} ELSE {UNKNOWN} END)"""


def _papers() -> str:
    """List the arXiv ids; the tags are looked through again only where there can be one."""
    ids = f"list_filter(tags, lambda t: regexp_full_match(t, {text(ARXIV)}))"
    return f"CASE WHEN list_contains(codes, {PAPER}) THEN nullif({ids}, []) END"


SIMPLE = (".safetensors", ".gguf", ".onnx")
"""Names with these suffixes show the same, whatever stands before; but for those inside a Core ML package."""


def _files() -> str:
    """Write each file as a number; names that differ in the numbers of shards and checkpoints only say the same."""
    shards = "regexp_replace(f, '-[0-9]{5}-of-[0-9]{5}', '-00001-of-00002', 'g')"
    steps = f"regexp_replace({shards}, 'checkpoint-[0-9]+/', 'checkpoint-1/', 'g')"
    simple = " ".join(
        f"WHEN ends_with(f, '{suffix}') AND NOT contains(f, '.ml') THEN {at}" for at, suffix in enumerate(SIMPLE)
    )
    # Asked first for words that are quick to find: most names have no number to drop.
    numbered = "contains(f, '-of-') OR contains(f, 'checkpoint-')"
    return f"list_transform(files, lambda f: CASE {simple} WHEN {numbered} THEN hash({steps}) ELSE hash(f) END)"


def _era() -> str:
    """Reduce the day of creation to the last day up to it on which the rule changes."""
    changes = sorted({rule.KERAS_TAG_CHANGED, rule.KERAS_3_RELEASED, *(day for day, _ in DATED.values())})
    cases = " ".join(f"WHEN created_at >= {text(day)} THEN {text(day)}" for day in reversed(changes))
    return f"CASE WHEN created_at IS NULL THEN NULL {cases} ELSE '2000-01-01' END"
