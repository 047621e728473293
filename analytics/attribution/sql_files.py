# ruff: noqa: S608 - every piece comes from the rule itself, quoted by `text`; only the table is the caller's
"""
What the files of rows show, as SQL: what `signals.read_files` does for one model, from the same data.

Each distinct name is matched once, whatever number of rows holds it, and gives a bit for each kind that accepts it; a
row's bits are those of its names, where what must lie beside them does.
"""

from collections.abc import Iterable, Mapping

from analytics.attribution.file_names import (
    DOUBTFUL,
    FORMATS,
    INSIDE_CORE_ML,
    LEFTOVERS,
    SIGNALS,
    WEIGHTLESS,
    Names,
)
from analytics.attribution.sql_spelling import text
from analytics.attribution.verdicts import FRAMEWORKS


def _merge() -> tuple[tuple[str, tuple[Names, ...]], ...]:
    """Put patterns together that give the same signal under the same conditions: each of them is one bit."""
    merged: dict[tuple[object, ...], list[Names]] = {}
    for signal, kind in SIGNALS:
        merged.setdefault((signal, kind.but, kind.beside, kind.unless, kind.by), []).append(kind)
    return tuple((str(key[0]), tuple(kinds)) for key, kinds in merged.items())


BITS = _merge()
STRANGE, DOUBT = 1 << len(BITS), 1 << (len(BITS) + 1)
EXPORTED = sum(1 << at for at, (signal, _) in enumerate(BITS) if signal.startswith("to:"))
WEIGHTS = sum(1 << at for at, (signal, _) in enumerate(BITS) if signal == "weights")

_EXCEPT = {LEFTOVERS: "is_left", INSIDE_CORE_ML: "is_inside", WEIGHTLESS: "is_weightless"}
"""What kinds may ask not to be matched, each looked at once a name."""


def kinds_of_names(rows: str) -> str:
    """Give each distinct name of `rows` with its bits."""
    looked = ", ".join(f"{_matches(at)} AS {name}" for at, name in _EXCEPT.items())
    accepted = " | ".join(
        f"(CASE WHEN {_accept(kinds)} THEN {1 << at} ELSE 0 END)" for at, (_, kinds) in _number_bits()
    )
    doubt = f"""CASE WHEN {_matches(DOUBTFUL)} THEN {DOUBT}
        WHEN is_left OR is_inside OR is_weightless THEN 0 ELSE {STRANGE} END"""
    return f"""
    SELECT name, CAST({accepted} AS BIGINT) AS accepted, CAST({doubt} AS BIGINT) AS doubt
    FROM (SELECT name, {looked} FROM (SELECT DISTINCT unnest(files) AS name FROM {rows}))"""


def _number_bits() -> Iterable[tuple[int, tuple[str, tuple[Names, ...]]]]:
    return enumerate(BITS)


def _matches(at: str) -> str:
    return f"regexp_full_match(name, {text(at)})"


def _accept(kinds: tuple[Names, ...]) -> str:
    at = "|".join(f"(?:{kind.at})" for kind in kinds)
    return " AND ".join([_matches(at), *(f"NOT {_EXCEPT[but]}" for but in kinds[0].but)])


def show_by_files(rows: str, names: str) -> str:
    """Give each distinct list of `rows` with its bits, the kinds of its names taken from `names`."""
    alone = " | ".join(
        f"(CASE WHEN (accepted & {1 << at}) <> 0 AND NOT ({_fits(kinds[0])}) THEN {1 << at} ELSE 0 END)"
        for at, (_, kinds) in _number_bits()
        if kinds[0].beside or kinds[0].unless
    )
    shown = f"CASE WHEN (kinds & {EXPORTED}) <> 0 THEN kinds & ~CAST({WEIGHTS} AS BIGINT) ELSE kinds END"
    return f"""
    SELECT files AS files_told, bit_or(CASE WHEN kinds = 0 THEN doubt ELSE {shown} END) AS shown
    FROM (SELECT files, doubt, accepted & ~({alone}) AS kinds
    FROM (SELECT files, unnest(files) AS name FROM (SELECT DISTINCT files FROM {rows})) JOIN {names} USING (name))
    GROUP BY files"""


def _fits(kind: Names) -> str:
    beside = " OR ".join(f"list_contains(files, {_own(asked)})" for asked in kind.beside) or "true"
    unless = " OR ".join(f"list_contains(files, {_own(asked)})" for asked in kind.unless) or "false"
    return f"({beside}) AND NOT ({unless})"


def _own(asked: str) -> str:
    own, rest = asked.split("}")
    return f"{_OWN[own]} || {text(rest)}"


_OWN = {
    "{path": "name",
    "{stem": "regexp_replace(name, '[.][^./]*$', '')",
    "{folder": "regexp_replace(name, '[^/]*$', '')",
}


def _bits(wanted: Iterable[int]) -> str:
    return f"(coalesce(shown, 0) & {sum(1 << at for at in wanted)}) <> 0"


def file_signals() -> Mapping[str, str]:
    """Give the test for each signal that files can show."""
    found: dict[str, list[int]] = {}
    for at, (signal, _) in _number_bits():
        found.setdefault(signal, []).append(at)
    by = {
        f"by:{name}": [at for at, (signal, kinds) in _number_bits() if signal == "weights" and name in kinds[0].by]
        for name in FRAMEWORKS
    }
    formats = {f"to:{name}" for name in FORMATS}
    tests = {signal: _bits(places) for signal, places in (found | by).items() if signal not in formats}
    tagged = "list_contains(own_run, 'safetensors')"
    return tests | {
        "files": "files IS NOT NULL",
        "safetensors": f"CASE WHEN files IS NULL THEN {tagged} ELSE {tests['safetensors']} END",
        "strange": f"(coalesce(shown, 0) & {STRANGE}) <> 0",
        "doubtful": f"(coalesce(shown, 0) & {DOUBT}) <> 0",
    }


def ask_exported(name: str) -> str:
    """Ask whether files show an export to a format."""
    return _bits(at for at, (signal, _) in _number_bits() if signal == f"to:{name}")
