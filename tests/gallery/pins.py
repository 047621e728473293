"""What is said and shown, as files, one for each module, so that a change of words or layout is seen in a diff."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.gallery.constructors import ROOT
from tests.gallery.hung import Exhibit, HungSurface, Surface

PINS = ROOT / "tests/data/gallery"

PICTURED = 1
"""Cases of one function whose picture is taken, the fullest: all would weigh more than everything else here."""


def group(everything: Iterable[Exhibit]) -> dict[str, list[Exhibit]]:
    """Put together what comes from one module."""
    sheets: dict[str, list[Exhibit]] = {}
    for one in everything:
        sheets.setdefault(one.group, []).append(one)
    return sheets


def choose_pictured(everything: Iterable[Exhibit]) -> list[Exhibit]:
    """Choose what is photographed: the first case of every function, and a form's every case; all is pinned."""
    seen: Counter[str] = Counter()
    chosen = []
    for one in everything:
        seen[one.maker] += 1
        if seen[one.maker] <= PICTURED or (isinstance(one, HungSurface) and one.surface is Surface.FORM):
            chosen.append(one)
    return chosen


def write_pins(everything: Iterable[Exhibit]) -> None:
    """Write the files anew; those of modules that make no message any more go."""
    PINS.mkdir(parents=True, exist_ok=True)
    for old in PINS.glob("*.json"):
        old.unlink()
    for name, hung in group(everything).items():
        (PINS / f"{name}.json").write_text(write(hung), encoding="utf-8")


def read_pins() -> dict[str, str]:
    """Give what is pinned by module."""
    return {path.stem: path.read_text(encoding="utf-8") for path in PINS.glob("*.json")}


def write(hung: Iterable[Exhibit]) -> str:
    """Write them as JSON, a line for each block, so that a diff shows which."""
    exhibits = (f"{_dump(one.name)}: {_write_members(one)}" for one in hung)
    return "{\n" + ",\n".join(exhibits) + "\n}\n"


def _write_members(one: Exhibit) -> str:
    members = (f"  {_dump(name)}: {_write_member(value)}" for name, value in one.pinned.items())
    return "{\n" + ",\n".join(members) + "\n}"


def _write_member(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _dump(value)
    return "[\n" + ",\n".join(f"    {_dump(item)}" for item in value) + "\n  ]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
