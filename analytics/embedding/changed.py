"""What changed between the embedded reading that is there and a new one, in a sentence."""

from collections.abc import Mapping
from pathlib import Path

from analytics.domain.wording import count, iso_day
from analytics.sample.embedded import Embedded, from_text, to_text


def say_change(folder: Path, name: str, new: Embedded) -> str:
    """Say it of one reading by the name of its file."""
    file = folder / f"{name}.json"
    size = len(to_text(new).encode())
    if not file.exists():
        return f"{name}: new, of {iso_day(new.as_of)}, {new.population}, {size:,} bytes."
    old = from_text(file.read_text(encoding="utf-8"))
    said = [_say_day(old, new), _say_rule(old, new), _say_rows(old, new)]
    told = "; ".join(filter(None, said)) or ("other words" if old != new else "unchanged")
    return f"{name}: {told}, {size:,} bytes."


def _say_day(old: Embedded, new: Embedded) -> str:
    return f"of {iso_day(new.as_of)} instead of {iso_day(old.as_of)}" if old.as_of != new.as_of else ""


def _say_rule(old: Embedded, new: Embedded) -> str:
    return f"counted by {new.method} instead of {old.method}" if old.method != new.method else ""


def _say_rows(old: Embedded, new: Embedded) -> str:
    """Say how many rows differ, table by table."""
    before, now = (_tables(one.body) for one in (old, new))
    moved = {table: len(now[table] ^ before.get(table, set())) for table in now}
    return ", ".join(f"{count(n, 'row')} of {table} other" for table, n in moved.items() if n)


def _tables(body: object, name: str = "rows") -> dict[str, set[str]]:
    """Give the rows of a body, or of each table in it, as text that can be compared."""
    if isinstance(body, Mapping):
        parts = [_tables(part, str(key)) for key, part in body.items()]
        return {table: rows for part in parts for table, rows in part.items()}
    return {name: {repr(row) for row in body} if isinstance(body, list) else {repr(body)}}
