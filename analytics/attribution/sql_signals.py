# ruff: noqa: S608 - every piece comes from the rule itself, quoted by `text`; only the table is the caller's
"""
What a row shows, as SQL: what `signals` does for one model, from the same data; its files are `sql_files`.

Signals are boolean columns named `is ...`, so that none is taken for a column of the table (`files`, `header`).
"""

from collections.abc import Mapping

from analytics.attribution import rule
from analytics.attribution.file_names import FORMATS, SAFETENSORS_BY
from analytics.attribution.letters import lower_in_sql
from analytics.attribution.library_table import (
    DATED,
    first_tags,
    libraries,
    library_tags,
    opening_libraries,
    opening_tags,
    spell,
    spell_in_sql,
)
from analytics.attribution.rule import BASE
from analytics.attribution.sql_files import ask_exported, file_signals
from analytics.attribution.sql_spelling import among, array, flag, text, within
from analytics.attribution.verdicts import FRAMEWORKS, PYTORCH, TENSORFLOW
from analytics.domain.repository_ids import LONGEST_ID, NEVER, WHOLE


def own(models: str) -> str:
    """Work out the Hub's own run of tags, the base models, the library; names of files in small letters."""
    end = f"nullif(list_position(list_transform(tags[2:], lambda t, n: {_goes_on('t', 'tags[n]')}), false), 0)"
    of_file = within("tags[1]", rule.RUN_OF_FILE_TAGS - library_tags())
    first = f"CASE WHEN NOT {of_file} AND {among(spell_in_sql('tags[1]'), first_tags())} THEN tags[1] END"
    tagged = f"list_filter(tags, lambda t: {among('t', library_tags())})[1]"
    saying = (key for key, library in libraries().items() if library.says)
    named = f"CASE WHEN {among(spell_in_sql('library_name'), saying)} THEN library_name END"
    return f"""
    SELECT id, tags, list_transform(files, lambda f: {lower_in_sql("f")}) AS files, header,
        nullif(left(CAST(created_at AS VARCHAR), 10), '') AS day,
        CASE WHEN {_opens_run()} THEN tags[1:coalesce({end}, len(tags))] ELSE [] END AS own_run,
        list_transform(tags, lambda t: {lower_in_sql("t")}) AS said,
        coalesce({named}, {first}, {tagged}, nullif(library_name, '')) AS library,
        {_bases()} AS bases
    FROM {models}"""


def _opens_run() -> str:
    """Ask whether the first tag is the Hub's: a file's, a library's, or of a library that nobody knows."""
    first, named = spell_in_sql("tags[1]"), spell_in_sql("library_name")
    own = f"{among('tags[1]', opening_tags())} OR {among(first, opening_libraries())}"
    return f"{own} OR (library_name <> '' AND (NOT {among(named, libraries())} OR {named} = {first}))"


def _goes_on(tag: str, before: str) -> str:
    """Ask whether a tag is of the Hub's own run, by itself and by what stands directly before it."""
    in_order = f"NOT ({within(tag, rule.WRITTEN_FIRST)} AND {within(before, rule.WRITTEN_LATER)})"
    alone = f"{within(tag, rule.ONLY_IN_THE_RUN)} AND NOT {within(before, rule.RUN_OF_FILE_TAGS)}"
    return f"{within(tag, rule.RUN_OF_FILE_TAGS)} AND {in_order} AND NOT ({alone})"


def _bases() -> str:
    stated = f"list_filter(coalesce(tags, []), lambda t: starts_with(t, {text(BASE)}))"
    ids = f"list_transform({stated}, lambda t: regexp_replace(t, {text('^' + rule.BASE_MODEL)}, ''))"
    is_id = (
        f"len(b) <= {LONGEST_ID} AND regexp_full_match(b, {text(WHOLE)}) AND NOT regexp_full_match(b, {text(NEVER)})"
    )
    own = f"{lower_in_sql('b')} = {lower_in_sql('CAST(id AS VARCHAR)')}"
    return f"list_filter({ids}, lambda b, i: list_position({ids}, b) = i AND {is_id} AND NOT {own})"


def with_library() -> str:
    """Join the library's row as it was meant when the repository was made."""
    spelt = spell_in_sql("library")
    key = "CASE {} ELSE {} END".format(
        " ".join(
            f"WHEN {spelt} = {text(name)} AND day < {text(changed)} THEN {text(spell(before))}"
            for name, (changed, before) in DATED.items()
        ),
        spelt,
    )
    alike: dict[str, list[str]] = {}
    for name, row in libraries().items():
        said = f"{array(row.frameworks)}, {text(row.framework)}, {text(row.conversion)}, {text(row.derivative)}"
        alike.setdefault(said, []).append(name)
    # Libraries alike share a row: written one by one they would be a fifth of what the whole rule takes to plan.
    rows = ", ".join(f"({array(names)}, {said})" for said, names in alike.items())
    columns = "can_be, stands_for, library_conversion, library_derivative"
    known = f"SELECT unnest(names) AS key, {columns} FROM (VALUES {rows}) AS alike(names, {columns})"
    return f"    SELECT own.*, known.* FROM own LEFT JOIN ({known}) AS known ON known.key = {key}"


def signals(bases: str | None) -> str:
    """Give one boolean column a signal, and the export formats there."""
    columns = {**file_signals(), **_tag_signals(), **_library_signals(), **_base_signals(bases)}
    written = ",\n        ".join(f"coalesce({test}, false) AS {flag(signal)}" for signal, test in columns.items())
    joined = f" LEFT JOIN (SELECT id AS base_id, frameworks AS base_in FROM {bases}) ON base_id = bases[1]"
    seen = f"(SELECT * FROM library LEFT JOIN shown ON files = files_told{joined if bases else ''})"
    further = {"conversion": "len(conversions) > 0", "converted": _ask_converted(), "library wrote": _wrote()}
    added = ", ".join(f"coalesce({test}, false) AS {flag(signal)}" for signal, test in further.items())
    return f"""
    SELECT *, {added} FROM (SELECT *, {_conversions()} AS conversions FROM (SELECT *,
        {written}
    FROM {seen}))"""


def _wrote() -> str:
    return " OR ".join(f"(list_contains(can_be, {text(name)}) AND {flag(f'by:{name}')})" for name in FRAMEWORKS)


def _by_library() -> str:
    return f"(library_conversion <> '' AND (files IS NULL OR {flag('weights')}))"


def _ask_converted() -> str:
    """Ask whether it is known that there is nothing but exports."""
    in_run = " OR ".join(f"list_contains(own_run, {text(tag)})" for tag, _ in rule.CONVERSION_TAGS)
    alone = f"NOT {flag('weights')} AND NOT {flag('strange')}"
    nothing_else = f"coalesce({_by_library()}, false) OR CASE WHEN files IS NULL THEN ({in_run}) ELSE {alone} END"
    return f"len(conversions) > 0 AND ({nothing_else})"


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
    named = "len(can_be) > 0"
    return {
        "mlx": "coalesce(list_contains(said, 'mlx'), false) OR key = 'mlx'",
        "library named": named,
        "library foreign": f"{named} AND NOT list_contains(can_be, {text(PYTORCH)})",
        "library writes safetensors": f"list_has_any(can_be, {array(SAFETENSORS_BY)})",
        **{f"library:{name}": f"stands_for = {text(name)}" for name in FRAMEWORKS},
        "library says": f"tags IS NULL OR key IS NULL OR NOT {within('key', rule.CONFIG_ONLY)}",
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
        where = "own_run" if tag in rule.LANGUAGES else "said"
        tagged.setdefault(name, []).append(f"coalesce(list_contains({where}, {text(tag)}), false)")
    tests = (
        f"CASE WHEN (files IS NULL AND ({' OR '.join(tagged.get(name, ['false']))})) "
        f"OR {ask_exported(name)} OR (library_conversion = {text(name)} AND {_by_library()}) THEN {text(name)} END"
        for name in FORMATS
    )
    return f"list_filter([{', '.join(tests)}], lambda c: c IS NOT NULL)"
