# ruff: noqa: S608 - the queries are made of our own rule and names; paths are quoted
"""
Reduce a repository to its *outline*: the tags, files, library and age that the attribution rule looks at.

Millions of repositories have only some ten thousand outlines, and each needs to be judged only once. A reduction may
keep more than the rule looks at, which costs an outline, but never less, which would move a count.
"""

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.attribution import rule
from analytics.attribution.library_table import DATED, first_tags, libraries, library_tags
from analytics.attribution.sql_spelling import text

if TYPE_CHECKING:
    import duckdb

PLACEHOLDER, FIRST, PAPER = "·", "·first", "·paper"
ARXIV = "arxiv:[0-9]{2}(0[1-9]|1[0-2])[.][0-9]{4,5}"
SLOTS = 1 << 20
"""Of some 5,600 spellings each has its slot among so many: one unknown tag in 190 shares one, and is kept unneeded."""


def prepare(opened: "duckdb.DuckDBPyConnection") -> None:
    """
    Lay down which tags are known, as one bit for each slot of a hash; the queries of this connection need it.

    It is the cheapest test that never misses a known tag: 21 million tags take 0.2 s, a regular expression 1.1 s.
    """
    opened.execute(
        f"""SET VARIABLE known_tags = (SELECT bitstring_agg({_slot("tag")}, 0, {SLOTS - 1})
            FROM (SELECT DISTINCT unnest($tags) AS tag))""",
        {"tags": sorted(_collect_tags())},
    )


def outline(cache: Path) -> str:
    """
    Write the query that adds each row's outline, a hash (which NULL and an empty list have in common), and its papers.

    Columns:  outline, kept_tags, kept_files, library_name, era (of these four it is the hash), created_at, downloads,
              task, and papers: the arXiv ids among the tags, NULL where there are none.
    """
    in_order = "list_filter(reduced_tags, lambda t, i: list_position(reduced_tags, t) = i)"
    # The Hub lists files in the order of their names, so that the same ones follow each other.
    differing = "list_filter(reduced_files, lambda f, i: i = 1 OR reduced_files[i - 1] <> f)"
    return f"""
    SELECT *, hash(kept_tags, kept_tags IS NULL, kept_files, kept_files IS NULL, library_name, era) AS outline FROM (
        SELECT {in_order} AS kept_tags, {differing} AS kept_files, {_papers()} AS papers,
            * EXCLUDE (tags, reduced_tags, reduced_files)
        FROM (SELECT {_tags()} AS reduced_tags, {_files()} AS reduced_files, library_name, {_era()} AS era,
            created_at, downloads, task, tags FROM {text(str(cache))}))"""


def _slot(tag: str) -> str:
    return f"CAST(hash({tag}) & {SLOTS - 1} AS INTEGER)"


def _collect_tags() -> set[str]:
    """Name all tags the rule knows; those an author may write in any case, in every one."""
    known = {tag for tag, _ in (*rule.HUB_TAGS, *rule.CONVERSION_TAGS, *rule.DERIVATIVE_TAGS)}
    said = {"".join(one) for tag, _ in rule.DECLARED_TAGS for one in product(*zip(tag, tag.upper(), strict=True))}
    keys = library_tags() | first_tags() | set(libraries())
    return known | rule.RUN_OF_FILE_TAGS | keys | {"mlx", "keras", "safetensors"} | said


def _tags() -> str:
    """
    Keep the tags the rule knows, in their order.

    A placeholder stands for the first tag it does not know, because there the Hub's own run of tags ends.
    """
    relation = f"regexp_extract(t, {text('^' + rule.BASE_MODEL)})"
    return f"""list_transform(tags, lambda t, i: CASE
        WHEN contains(t, ':') THEN CASE WHEN starts_with(t, {text(rule.BASE)}) THEN {relation} || 'x'
            WHEN i = 1 THEN {text(FIRST)} WHEN starts_with(t, 'arxiv:') THEN {text(PAPER)} ELSE {text(PLACEHOLDER)} END
        WHEN get_bit(getvariable('known_tags'), {_slot("t")}) = 1 THEN t
        WHEN i = 1 THEN {text(FIRST)} ELSE {text(PLACEHOLDER)} END)"""


def _papers() -> str:
    """List the arXiv ids; the tags are looked through again only where there can be one."""
    ids = f"list_filter(tags, lambda t: regexp_full_match(t, {text(ARXIV)}))"
    has_some = f"list_contains(reduced_tags, {text(PAPER)}) OR starts_with(tags[1], 'arxiv:')"
    return f"CASE WHEN {has_some} THEN nullif({ids}, []) END"


def _files() -> str:
    """Drop the numbers of shards and checkpoints: names that differ in them only say the same."""
    shards = "regexp_replace(f, '-[0-9]{5}-of-[0-9]{5}', '-00001-of-00002', 'g')"
    steps = f"regexp_replace({shards}, 'checkpoint-[0-9]+/', 'checkpoint-1/', 'g')"
    # Asked first for words that are quick to find: most names have no number to drop.
    numbered = "contains(f, '-of-') OR contains(f, 'checkpoint-')"
    return f"list_transform(files, lambda f: CASE WHEN {numbered} THEN {steps} ELSE f END)"


def _era() -> str:
    """Reduce the day of creation to the last day up to it on which the rule changes."""
    changes = sorted({rule.KERAS_TAG_CHANGED, rule.KERAS_3_RELEASED, *(day for day, _ in DATED.values())})
    cases = " ".join(f"WHEN created_at >= {text(day)} THEN {text(day)}" for day in reversed(changes))
    return f"CASE WHEN created_at IS NULL THEN NULL {cases} ELSE '2000-01-01' END"
