"""How names, texts and lists are spelt in DuckDB's SQL."""

import re
from collections.abc import Iterable


def identifier(name: str) -> str:
    """Quote the name of a column or step."""
    return f'"{name}"'


def flag(signal: str) -> str:
    """Name a signal's column, which must not be taken for a column of the table (`files`, `header`)."""
    return identifier(f"is {signal}")


def text(value: str | None) -> str:
    """Quote a text."""
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def array(values: Iterable[str | int | None]) -> str:
    """Write a list of texts, numbers or truth values (which are numbers to Python)."""
    return "[" + ", ".join(text(v) if v is None or isinstance(v, str) else str(v).lower() for v in values) + "]"


def within(name: str, values: Iterable[str]) -> str:
    """Ask for membership in a set of texts."""
    return f"{name} IN ({', '.join(text(value) for value in sorted(values))})"


def among(name: str, values: Iterable[str]) -> str:
    """Ask for membership in a large set: one pattern is planned and matched in a fraction of so many comparisons."""
    return f"regexp_full_match({name}, {text('|'.join(map(re.escape, sorted(values))))})"
