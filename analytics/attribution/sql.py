# ruff: noqa: S608 - every piece comes from the rule itself, quoted by `text`; only the table is the caller's
"""
The rule as a query for DuckDB, for millions of rows: generated from the same data as the rule in Python.

They are `rule`, `library_table` and `order`. Used so:

    import duckdb
    from analytics.attribution.sql import verdicts
    duckdb.sql(verdicts("'models/*.parquet'")).aggregate("split, count(*)")

The query joins the library table, and each distinct name and list of files with what it shows, so those must fit in
memory. Given `bases` it joins that too: verdicts of an earlier pass, to inherit from.

Shape:  needs columns id, tags varchar[] (NULL: unknown), library_name, files varchar[] (NULL: not read), created_at
        (ISO text or a timestamp), header. Adds split, frameworks (those that count), findings (framework, status, tier,
        counts, kind of proof), tier, conversions, derivative, suspected, remark, bases.
"""

from collections.abc import Iterable, Mapping

from analytics.attribution import rule
from analytics.attribution.derivatives import WHOLLY_CONVERTED
from analytics.attribution.order import CLAUSES, HOLDING, LAYERS, SETTLING, STRENGTH, Clause, parse_condition
from analytics.attribution.rule import BASE
from analytics.attribution.sql_files import kinds_of_names, show_by_files
from analytics.attribution.sql_signals import own, signals, with_library
from analytics.attribution.sql_spelling import array, flag, identifier, text, within
from analytics.attribution.verdicts import FRAMEWORKS, PYTORCH, REMARKS, SPLITS, TENSORFLOW, Tier

FINDINGS = "STRUCT(framework VARCHAR, status VARCHAR, tier VARCHAR, counts BOOLEAN, kind VARCHAR)[]"
"""The type of the column of findings."""

_RESULTS = "split, frameworks, findings, tier, conversions, derivative, suspected, remark, bases"


def verdicts(models: str, bases: str | None = None) -> str:
    """
    Write the query over `models`, a table, view or quoted Parquet path.

    `bases` names a table (id, frameworks varchar[]) of what base models count in, each id once.
    """
    steps = {
        "own": own(models),
        "library": with_library(),
        "names": kinds_of_names("own"),
        "shown": show_by_files("own", "names"),
        "signals": signals(bases),
        **_layers(),
        "decided": _decide(),
    }
    body = ",\n".join(f"{identifier(name)} AS (\n{query}\n)" for name, query in steps.items())
    return f"WITH {body}\nSELECT id, {_RESULTS} FROM decided"


def _layers() -> Mapping[str, str]:
    """Write each layer as a step: for each framework the number of the first clause that fits and is still open."""
    steps: dict[str, str] = {}
    source, before = "signals", f"*, false AS {flag('found')}, false AS {flag('settled')}"
    for at, layer in enumerate(LAYERS):
        wanted = {name: [clause for clause in layer if clause.framework == name] for name in FRAMEWORKS}
        columns = ", ".join(f"{_first_fitting(name, clauses, at)} AS v_{name}" for name, clauses in wanted.items())
        kept = f"* EXCLUDE ({', '.join(f'v_{name}' for name in FRAMEWORKS)})" if at else "*"
        steps[f"layer {at}"] = f"    SELECT {kept}, {columns} FROM (SELECT {before} FROM {identifier(source)})"
        source = f"layer {at}"
        found, settled = f"({_counting(FRAMEWORKS)})", f"({_counting(SETTLING)})"
        before = f"* REPLACE ({found} AS {flag('found')}, {settled} AS {flag('settled')})"
    return steps


def _first_fitting(framework: str, clauses: Iterable[Clause], at: int) -> str:
    already = f"WHEN v_{framework} IS NOT NULL THEN v_{framework}" if at else ""
    fits = " ".join(f"WHEN {_holds(clause)} THEN {CLAUSES.index(clause) + 1}" for clause in clauses)
    return f"CASE {already} {fits} ELSE NULL END" if already or fits else "CAST(NULL AS INTEGER)"


def _holds(clause: Clause) -> str:
    return " AND ".join(flag(name) if wanted else f"NOT {flag(name)}" for name, wanted in parse_condition(clause.when))


def _counting(frameworks: Iterable[str]) -> str:
    """Ask whether a clause decided that counts, by the runs of their numbers: a list is gone through for each row."""
    numbers = [number for number, clause in enumerate(CLAUSES, 1) if clause.counts]
    first = [number for number in numbers if number - 1 not in numbers]
    last = [number for number in numbers if number + 1 not in numbers]
    runs = list(zip(first, last, strict=True))
    tests = (" OR ".join(f"v_{name} BETWEEN {one} AND {end}" for one, end in runs) for name in frameworks)
    return " OR ".join(f"coalesce({test}, false)" for test in tests)


def _decide() -> str:
    inherited = f"list_contains(list_transform(findings, lambda f: f.tier), '{Tier.INHERITED}')"
    weightless = " AND ".join(f"NOT {flag(name)}" for name in HOLDING)
    nothing = f"""CASE WHEN {inherited} THEN '{Tier.INHERITED}' WHEN {flag("converted")} THEN '{Tier.CONVERSION}'
            WHEN {flag("files")} AND {weightless} THEN '{Tier.NO_WEIGHTS}'
            ELSE '{Tier.UNKNOWN}' END"""
    weakest = f"coalesce(list_max({_ranks([PYTORCH, TENSORFLOW])}), list_max({_ranks(FRAMEWORKS)}))"
    remark = " ".join(f"WHEN '{tier}' THEN '{remark}'" for tier, remark in REMARKS.items())
    return f"""
    SELECT *, CASE tier {remark} ELSE '' END AS remark, {_suspect()} AS suspected
    FROM (SELECT *, {_derivative()} AS derivative
    FROM (SELECT *, {_declare()} AS declared, {_split()} AS split,
        coalesce({array(STRENGTH)}[{weakest}], {nothing}) AS tier
    FROM (SELECT *, {_frameworks()} AS frameworks
    FROM (SELECT *, {_findings()} AS findings FROM {identifier(f"layer {len(LAYERS) - 1}")}))))"""


def _ranks(frameworks: Iterable[str]) -> str:
    """List how strong the evidence is for those of these frameworks that count."""
    counting = f"list_filter(findings, lambda f: f.counts AND {within('f.framework', frameworks)})"
    return f"list_transform({counting}, lambda f: list_position({array(STRENGTH)}, f.tier))"


def _split() -> str:
    pytorch, tensorflow = (f"list_contains(frameworks, {text(name)})" for name in (PYTORCH, TENSORFLOW))
    cases = " ".join(
        f"WHEN {pytorch} = {str(p).lower()} AND {tensorflow} = {str(t).lower()} THEN '{split}'"
        for (p, t), split in SPLITS.items()
    )
    return f"CASE {cases} END"


def _findings() -> str:
    return f"list_transform({_list_chosen()}, lambda v: {_table()}[v])"


def _table() -> str:
    """Write what each clause finds."""
    rows = (
        f"({text(clause.framework)}, {text(clause.status)}, {text(clause.tier)}, {str(clause.counts).lower()}, "
        f"{text(clause.kind)})"
        for clause in CLAUSES
    )
    return f"CAST([{', '.join(rows)}] AS {FINDINGS})"


def _list_chosen() -> str:
    """List the numbers of the clauses that decided, in the order of frameworks."""
    return f"list_filter([{', '.join(f'v_{name}' for name in FRAMEWORKS)}], lambda v: v IS NOT NULL)"


def _frameworks() -> str:
    return "list_transform(list_filter(findings, lambda f: f.counts), lambda f: f.framework)"


def _derivative() -> str:
    named = f"len(list_filter(tags, lambda t: starts_with(t, {text(BASE)}))) > 0"
    by_tag = " ".join(f"WHEN list_contains(said, '{tag}') THEN '{ours}'" for tag, ours in rule.DERIVATIVE_TAGS)
    converted = f"tier IN ('{Tier.CONVERSION}', '{Tier.INHERITED}')"
    wholly = f"list_has_any(conversions, {array(sorted(WHOLLY_CONVERTED))})"
    return f"""CASE WHEN declared IN ('', 'finetune') AND library_derivative <> '' THEN library_derivative
        WHEN {converted} AND (declared = 'finetune' OR (declared = '' AND {wholly})) THEN 'quantised'
        WHEN declared <> '' THEN declared {by_tag} WHEN {named} THEN 'finetune' ELSE 'original' END"""


def _declare() -> str:
    """Write which derivative of its base models a repository declares to be."""
    relations = " ".join(
        f"WHEN len(list_filter(tags, lambda t: starts_with(t, '{BASE}{hubs}:'))) > 0 THEN '{ours}'"
        for hubs, ours in rule.RELATIONS
    )
    return f"CASE {relations} ELSE '' END"


def _suspect() -> str:
    cases = " ".join(f"WHEN regexp_full_match(id, {text(at)}) THEN '{ours}'" for ours, at in rule.SUSPECTED_BY_NAME)
    return f"CASE WHEN derivative <> 'original' THEN NULL {cases} END"
