"""
The census's SQL, which is written for DuckDB, as ClickHouse reads it: SQLGlot rewrites it, and this says what it lacks.

One thing is not portable and is said here once: ClickHouse has no list that is NULL. A list that is not known is
UNKNOWN there, which no tag and no name of a file is; `IS NULL` of such a column asks for it, `unnest` passes it over.
"""

from collections.abc import Callable, Iterator
from typing import ClassVar

from sqlglot import exp, parse_one
from sqlglot.dialects.clickhouse import ClickHouse
from sqlglot.dialects.duckdb import DuckDB

from analytics.census.schema import COLUMNS

UNKNOWN = "?unknown?"
"""The only value of a list that is not known."""

LISTS = {name for name, kind in COLUMNS.items() if kind.endswith("[]")}

NAMES = {"LIST_POSITION": "indexOf", "STRLEN": "length", "LEN": "length", "HASH": "cityHash64", "LIST_SUM": "arraySum"}
"""What functions that SQLGlot does not know are called there."""

Write = Callable[[ClickHouse.Generator, exp.Expr], str]


def _call(name: str, *parts: str) -> Write:
    """Write a function or operator under another name, with these of its parts."""
    return lambda writer, call: writer.func(name, *(call.args.get(part) for part in parts))


def _write_unknown(writer: ClickHouse.Generator, call: exp.Anonymous) -> str:
    if call.name.upper() == "LIST_BOOL_OR":
        return f"arrayExists(one -> one, {writer.sql(call.expressions[0])})"
    return writer.func(NAMES.get(call.name.upper(), call.name), *call.expressions)


def _filter(writer: ClickHouse.Generator, call: exp.Expr) -> str:
    """Write a filter, whose function may ask for the place of each value too."""
    counted = [f"arrayEnumerate({writer.sql(call.this)})"] if len(call.expression.expressions) > 1 else []
    return writer.func("arrayFilter", call.expression, call.this, *counted)


def _invert(writer: ClickHouse.Generator, call: exp.Expr) -> str:
    """Invert all 64 bits: a number there is as wide as it must be, and what it is held against may be wider."""
    return f"bitNot(toInt64({writer.sql(call.this)}))"


def _overlap(writer: ClickHouse.Generator, call: exp.Expr) -> str:
    """Leave out what is NULL, which is in common with nothing in DuckDB, and there with what stood in its place."""
    told = f"arrayFilter(one -> one IS NOT NULL, {writer.sql(call.this)})"
    return writer.func("hasAny", told, call.expression)


def _bracket(writer: ClickHouse.Generator, taken: exp.Bracket) -> str:
    """Write a slice with its length in place of its end; one value as it was."""
    (place,) = taken.expressions
    if not isinstance(place, exp.Slice):
        return writer.bracket_sql(taken)
    of, start = writer.sql(taken.this), writer.sql(place.this)
    length = f", {writer.sql(place.expression)} - {start} + 1" if place.expression else ""
    return f"arraySlice({of}, {start}{length})"


def _struct(writer: ClickHouse.Generator, struct: exp.Struct) -> str:
    """Write a struct as a tuple with names; its values are texts and truth values."""
    fields = [(field.this.name, field.expression) for field in struct.expressions]
    kinds = ", ".join(f"{name} {'Bool' if isinstance(value, exp.Boolean) else 'String'}" for name, value in fields)
    return f"CAST(({', '.join(writer.sql(value) for _, value in fields)}) AS Tuple({kinds}))"


def _replace(writer: ClickHouse.Generator, call: exp.RegexpReplace) -> str:
    name = "replaceRegexpAll" if call.args.get("modifiers") else "replaceRegexpOne"
    return writer.func(name, call.this, call.expression, call.args["replacement"])


def _match(writer: ClickHouse.Generator, call: exp.Expr) -> str:
    return writer.func("match", call.this, exp.Literal.string(f"^(?:{call.expression.name})$"))


def _is(writer: ClickHouse.Generator, asked: exp.Is) -> str:
    if isinstance(asked.expression, exp.Null) and _is_list(asked.this):
        return f"has({writer.sql(asked.this)}, '{UNKNOWN}')"
    return writer.is_sql(asked)


def _unnest(writer: ClickHouse.Generator, call: exp.Explode) -> str:
    values = writer.sql(call.this)
    return (
        f"arrayJoin(arrayFilter(one -> one <> '{UNKNOWN}', {values}))"
        if _is_list(call.this)
        else f"arrayJoin({values})"
    )


def _is_list(value: exp.Expr) -> bool:
    return isinstance(value, exp.Column) and value.name in LISTS


class CensusDuckDB(DuckDB):
    """DuckDB, where `len` is of lists and `length` of texts, as the census has it."""

    class Parser(DuckDB.Parser):
        """Leaves `len` as it is written."""

        FUNCTIONS: ClassVar = {name: build for name, build in DuckDB.Parser.FUNCTIONS.items() if name != "LEN"}


class Writer(ClickHouse):
    """ClickHouse, with what SQLGlot alone leaves as it was."""

    class Generator(ClickHouse.Generator):
        """Writes it."""

        TRANSFORMS: ClassVar = ClickHouse.Generator.TRANSFORMS | {
            exp.Anonymous: _write_unknown,
            exp.ArrayContains: _call("has", "this", "expression"),
            exp.ArrayFilter: _filter,
            exp.ArrayMax: lambda writer, call: "if(empty({0}), NULL, arrayMax({0}))".format(writer.sql(call.this)),
            exp.ArrayOverlaps: _overlap,
            exp.BitwiseAnd: _call("bitAnd", "this", "expression"),
            exp.BitwiseNot: _invert,
            exp.BitwiseOr: _call("bitOr", "this", "expression"),
            exp.Bracket: _bracket,
            exp.Explode: _unnest,
            exp.IntDiv: _call("intDiv", "this", "expression"),
            exp.Is: _is,
            exp.Lower: _call("lowerUTF8", "this"),
            exp.RegexpFullMatch: _match,
            exp.RegexpReplace: _replace,
            exp.Struct: _struct,
            exp.Translate: _call("translate", "this", "from_", "to"),
        }


def write_for_clickhouse(query: str) -> str:
    """Rewrite a query."""
    tree = parse_one(query, dialect=CensusDuckDB)
    for steps in tree.find_all(exp.With):
        _keep_apart(steps)
    return tree.sql(dialect=Writer)


def _keep_apart(steps: exp.With) -> None:
    """Rename the steps of a query, for there a step hides a table of its name from the steps before it too."""
    for place, step in enumerate(steps.expressions):
        name = step.alias
        step.set("alias", exp.TableAlias(this=exp.to_identifier(f"step {name}", quoted=True)))
        for later in (*steps.expressions[place + 1 :], *_list_others(steps)):
            for table in later.find_all(exp.Table):
                if table.name == name:
                    table.set("this", exp.to_identifier(f"step {name}", quoted=True))
                    table.set("alias", table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(name)))


def _list_others(steps: exp.With) -> Iterator[exp.Expr]:
    """List the parts of a query beside its steps."""
    return (part for part in steps.parent.iter_expressions() if part is not steps)
