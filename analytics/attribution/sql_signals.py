# ruff: noqa: S608 - every piece comes from the rule itself, quoted by `text`; only the table is the caller's
"""
What a row shows, as SQL: what `signals` does for one model, from the same data.

Signals are boolean columns named `is ...`, so that none is taken for a column of the table (`files`, `header`).
"""

from collections.abc import Mapping

from analytics.attribution import rule
from analytics.attribution.library_table import DATED, first_tags, libraries, library_tags
from analytics.attribution.rule import BASE, Names
from analytics.attribution.sql_spelling import array, flag, text, within
from analytics.attribution.verdicts import FRAMEWORKS, PYTORCH, TENSORFLOW


def own(models: str) -> str:
    """Work out the Hub's own run of tags, the base models and the library."""
    end = f"nullif(list_position(list_transform(tags[2:], lambda t: {within('t', rule.RUN_OF_FILE_TAGS)}), false), 0)"
    first = f"CASE WHEN {within('tags[1]', first_tags())} THEN tags[1] END"
    tagged = f"list_filter(tags, lambda t: {within('t', library_tags())})[1]"
    return f"""
    SELECT id, tags, files, header, left(CAST(created_at AS VARCHAR), 10) AS day,
        tags[1:coalesce({end}, len(tags))] AS own_run,
        list_transform(tags, lambda t: lower(t)) AS said,
        coalesce(nullif(library_name, ''), {first}, {tagged}) AS library,
        {_bases()} AS bases
    FROM {models}"""


def _bases() -> str:
    stated = f"list_filter(coalesce(tags, []), lambda t: starts_with(t, {text(BASE)}))"
    ids = f"list_transform({stated}, lambda t: regexp_replace(t, {text('^' + rule.BASE_MODEL)}, ''))"
    return f"list_filter({ids}, lambda b, i: list_position({ids}, b) = i)"


def with_library() -> str:
    """Join the library's row as it was meant when the repository was made."""
    key = "CASE {} ELSE library END".format(
        " ".join(
            f"WHEN library = {text(name)} AND day < {text(changed)} THEN {text(before)}"
            for name, (changed, before) in DATED.items()
        )
    )
    rows = ", ".join(
        f"({text(row.key)}, {array(row.frameworks)}, {text(row.framework)}, {text(row.conversion)}, "
        f"{text(row.derivative)}, {str(row.weightless).lower()})"
        for row in libraries().values()
    )
    columns = "(key, can_be, stands_for, library_conversion, library_derivative, weightless)"
    return f"    SELECT own.*, known.* FROM own LEFT JOIN (VALUES {rows}) AS known{columns} ON known.key = {key}"


def signals(bases: str | None) -> str:
    """Give one boolean column a signal, and the export formats there."""
    columns = {**_file_signals(), **_tag_signals(), **_library_signals(), **_base_signals(bases)}
    written = ",\n        ".join(f"coalesce({test}, false) AS {flag(signal)}" for signal, test in columns.items())
    joined = f" LEFT JOIN (SELECT id AS base_id, frameworks AS base_in FROM {bases}) ON base_id = bases[1]"
    any_conversion = f"len(conversions) > 0 AS {flag('conversion')}"
    return f"""
    SELECT *, {any_conversion} FROM (SELECT *, {_conversions()} AS conversions FROM (SELECT *,
        {written}
    FROM library{joined if bases else ""}))"""


def _file_signals() -> Mapping[str, str]:
    kinds: dict[str, list[Names]] = {}
    for kind in (*rule.FILES, rule.LIGHTNING, rule.CLASSICAL, rule.HDF5):
        kinds.setdefault(f"file:{kind.shows}", []).append(kind)
    found = {signal: " OR ".join(_any_file(kind) for kind in same) for signal, same in kinds.items()}
    tagged = "list_contains(own_run, 'safetensors')"
    safetensors = f"CASE WHEN files IS NULL THEN {tagged} ELSE {_any_file(rule.SAFETENSORS)} END"
    return {"files": "files IS NOT NULL", **found, "safetensors": safetensors, "weights": _any_file(rule.WEIGHTS)}


def _any_file(kind: Names) -> str:
    tests = [f"regexp_full_match(f, {text(kind.at)})"]
    tests += [f"NOT regexp_full_match(f, {text(kind.but)})"] if kind.but else []
    tests += [f"list_contains(files, {_beside(kind.needs)})"] if kind.needs else []
    tests += [f"NOT list_contains(files, {_beside(kind.spoilt_by)})"] if kind.spoilt_by else []
    return f"len(list_filter(files, lambda f: {' AND '.join(tests)})) > 0"


def _beside(swap: tuple[str, str]) -> str:
    return f"left(f, length(f) - {len(swap[0])}) || {text(swap[1])}"


def _tag_signals() -> Mapping[str, str]:
    hub: dict[str, list[str]] = {}
    for tag, framework in rule.HUB_TAGS:
        hub.setdefault(f"hub:{framework}", []).append(f"list_contains(own_run, {text(tag)})")
    hub[f"hub:{TENSORFLOW}"].append(f"(list_contains(tags, 'keras') AND day < {text(rule.KERAS_TAG_CHANGED)})")
    said: dict[str, list[str]] = {}
    for tag, framework in rule.DECLARED_TAGS:
        said.setdefault(f"said:{framework}", []).append(f"list_contains(said, {text(tag)})")
    return {signal: " OR ".join(f"coalesce({test}, false)" for test in tests) for signal, tests in (hub | said).items()}


def _library_signals() -> Mapping[str, str]:
    return {
        "mlx": "coalesce(list_contains(tags, 'mlx'), false) OR library = 'mlx'",
        "library named": "len(can_be) > 0",
        "library foreign": f"len(can_be) > 0 AND NOT list_contains(can_be, {text(PYTORCH)})",
        **{f"library:{name}": f"stands_for = {text(name)}" for name in FRAMEWORKS},
        "library says": f"tags IS NULL OR library IS NULL OR NOT {within('library', rule.CONFIG_ONLY)}",
        "library weightless": "weightless",
        "header": within("header", rule.HEADERS),
        **{f"header:{name}": f"header = {text(stated)}" for stated, name in rule.HEADERS.items()},
        "before Keras 3": f"day < {text(rule.KERAS_3_RELEASED)}",
        "since Keras 3": f"day >= {text(rule.KERAS_3_RELEASED)}",
    }


def _base_signals(bases: str | None) -> Mapping[str, str]:
    return {f"base:{name}": f"list_contains(base_in, {text(name)})" if bases else "false" for name in FRAMEWORKS}


def _conversions() -> str:
    """List the export formats in the order of the rule, by files or by tags, then by library."""
    tagged: dict[str, list[str]] = {}
    for tag, name in rule.CONVERSION_TAGS:
        where = "own_run" if tag in rule.LANGUAGES else "tags"
        tagged.setdefault(name, []).append(f"coalesce(list_contains({where}, {text(tag)}), false)")
    by_library = f"AND (files IS NULL OR {flag('weights')})"
    tests = (
        f"CASE WHEN (files IS NULL AND ({' OR '.join(tagged.get(kind.shows, ['false']))})) "
        f"OR coalesce({_any_file(kind)}, false) OR (library_conversion = {text(kind.shows)} {by_library}) "
        f"THEN {text(kind.shows)} END"
        for kind in rule.CONVERSIONS
    )
    return f"list_filter([{', '.join(tests)}], lambda c: c IS NOT NULL)"
