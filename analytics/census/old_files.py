# ruff: noqa: S608 - the queries are made of our own rule and names
"""
Which outlines have files of a framework that no library still released loads.

The rule in Python says so by what proves the framework. It is asked only where such a proof may stand, and once for all
outlines with the same: asked of each, it would take a tenth of the whole count.
"""

from typing import TYPE_CHECKING, Any

from analytics.attribution import ProofKind, attribute
from analytics.attribution.sql_spelling import array, text, within
from analytics.domain.observations import Model
from analytics.reach.loaders import GONE
from analytics.reach.many_repositories import is_old

if TYPE_CHECKING:
    import duckdb

ASKED = f"list_filter(findings, lambda f: f.counts AND {within('f.framework', GONE)})"
PROVEN = f"list_transform({ASKED}, lambda f: [f.framework, f.status, f.tier, f.kind])"
"""What decides, with the files or tags at hand, which proof the rule gives."""


def find_old(opened: "duckdb.DuckDBPyConnection", own: str) -> list[tuple[int, list[str]]]:
    """
    Name of each outline the frameworks of which its files are old; those without are left out.

    Needs `shown` and the table `judged` of the cube; `own`: the condition for what is asked about.
    """
    rows = opened.execute(
        f"""SELECT id, {PROVEN} AS proven, tags, files, library_name, created_at, header
            FROM shown JOIN judged ON outline = id WHERE {own} AND ({_may_be_old()})"""
    ).fetchall()
    known: dict[tuple[Any, ...], list[str]] = {}
    for _, proven, *seen in rows:
        if (key := _name_proof(proven, *seen)) not in known:
            known[key] = _name_old(*seen)
    return [(outline, old) for outline, *seen in rows if (old := known[_name_proof(*seen)])]


def _may_be_old() -> str:
    """Ask for anything that such a proof may be made of."""
    files = "|".join(f"(?:{one.file})" for one in GONE.values())
    values = array(value for one in GONE.values() for _, value in one.others)
    said = f"list_has_any(list_transform(tags, lambda t: lower(t)), {values})"
    held = f"len(list_filter(files, lambda f: regexp_matches(f, {text(files)}, 'i'))) > 0"
    tests = {ProofKind.FILE: held, ProofKind.TAG: said, ProofKind.HEADER: f"list_contains({values}, header)"}
    kinds = f"list_transform({ASKED}, lambda f: f.kind)"
    return " OR ".join(f"(list_contains({kinds}, {text(kind)}) AND {test})" for kind, test in tests.items())


def _name_proof(
    proven: list[list[str]],
    tags: list[str] | None,
    files: list[str] | None,
    library: str | None,
    era: str | None,
    header: str | None,
) -> tuple[Any, ...]:
    """Give what is the same wherever the proofs are the same: a file's is among the files, others' may be anywhere."""
    kinds = {kind for *_, kind in proven}
    elsewhere = (tuple(tags or ()), library, era) if kinds - {ProofKind.FILE} else ()
    return (*map(tuple, proven), tuple(files or ()) if ProofKind.FILE in kinds else (), elsewhere, header)


def _name_old(
    tags: list[str] | None, files: list[str] | None, library: str | None, era: str | None, header: str | None
) -> list[str]:
    model = Model(
        "o/m",
        library=library,
        created_at=era,
        tags=None if tags is None else tuple(tags),
        files=None if files is None else tuple(files),
        header=header,
    )
    return [found.framework for found in attribute(model).findings if found.counts and is_old(found)]
