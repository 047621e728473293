"""The blocks of every message as files, one for each module, so that a change of words or layout is seen in a diff."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.gallery.constructors import ROOT
from tests.gallery.hung import Hung

PINS = ROOT / "tests/data/gallery"

PICTURED = 1
"""Cases of one function whose picture is taken, the fullest: all would weigh more than everything else here."""


def group(everything: Iterable[Hung]) -> dict[str, list[Hung]]:
    """Put together what comes from one module."""
    sheets: dict[str, list[Hung]] = {}
    for one in everything:
        sheets.setdefault(one.group, []).append(one)
    return sheets


def choose_pictured(everything: Iterable[Hung]) -> list[Hung]:
    """Choose what is photographed: the first case of every function; the blocks of all are pinned."""
    seen: Counter[str] = Counter()
    chosen = []
    for one in everything:
        seen[one.maker] += 1
        if seen[one.maker] <= PICTURED:
            chosen.append(one)
    return chosen


def write_pins(everything: Iterable[Hung]) -> None:
    """Write the files anew; those of modules that make no message any more go."""
    PINS.mkdir(parents=True, exist_ok=True)
    for old in PINS.glob("*.json"):
        old.unlink()
    for name, hung in group(everything).items():
        (PINS / f"{name}.json").write_text(write(hung), encoding="utf-8")


def read_pins() -> dict[str, str]:
    """Give what is pinned by module."""
    return {path.stem: path.read_text(encoding="utf-8") for path in PINS.glob("*.json")}


def write(hung: Iterable[Hung]) -> str:
    """Write messages as JSON, a line for each block, so that a diff shows which."""
    messages = (f"{_dump(one.name)}: {_write_message(one)}" for one in hung)
    return "{\n" + ",\n".join(messages) + "\n}\n"


def _write_message(one: Hung) -> str:
    blocks = ",\n".join(f"    {_dump(block)}" for block in one.message.blocks)
    shown = f"[\n{blocks}\n  ]" if blocks else "[]"
    return f'{{\n  "text": {_dump(one.message.text)},\n  "blocks": {shown}\n}}'


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
