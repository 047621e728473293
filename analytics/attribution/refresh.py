"""
Compare the library table with a newer list of huggingface.js, and take over what is new.

    npm pack @huggingface/tasks                               # or a checkout of huggingface.js
    .venv/bin/python -m analytics.attribution.refresh --from huggingface-tasks-0.21.54.tgz
    .venv/bin/python -m analytics.attribution.refresh --from packages/tasks/src/model-libraries.ts --write

It only reads keys: what framework a new library stands for is for a person to find out in its documentation. New keys
are written with the framework `Unknown`; keys that are gone are named and kept, because repositories still carry them.
Afterwards set `SOURCE` and `DATE` in `library_table` and a new `METHOD` in `rule`: a filled-in row moves verdicts.
"""

import argparse
import csv
import datetime as dt
import re
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from analytics.attribution.library_table import DATE, SOURCE, libraries, spell
from analytics.domain.wording import day

LIST = "model-libraries.ts"
SHIPPED = Path(__file__).parent / "libraries.csv"
STARTS, ENDS = "MODEL_LIBRARIES_UI_ELEMENTS = {", "} satisfies"
A_KEY = re.compile(r"""^(?:\t|  )(?:"([^"]+)"|'([^']+)'|([\w$]+)): \{""", re.MULTILINE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Report the differences; with --write, append the new keys."""
    parser = argparse.ArgumentParser(
        prog="python -m analytics.attribution.refresh", description="Renew the library table."
    )
    parser.add_argument("--from", dest="source", type=Path, required=True, help=f"{LIST}, or an npm .tgz that holds it")
    parser.add_argument("--table", type=Path, default=SHIPPED, help="the table to write to (default: the shipped one)")
    parser.add_argument("--write", action="store_true", help="append new keys, framework Unknown")
    asked = parser.parse_args(arguments)
    keys = list_keys(text_of(asked.source))
    if not keys:
        sys.stderr.write(f"No library key was found in {asked.source}; is it {LIST}?\n")
        return 1
    added, removed = compare_keys(keys)
    sys.stdout.write(
        f"{len(keys)} keys, {len(added)} new: {_join_keys(added)}; {len(removed)} gone: {_join_keys(removed)}.\n"
        f"The table was compared last with {SOURCE} of {day(dt.date.fromisoformat(DATE))}.\n"
    )
    if asked.write and added:
        append(added, asked.table)
        sys.stdout.write(f"{len(added)} rows written to {asked.table}; fill in their frameworks.\n")
    return 0


def text_of(source: Path) -> str:
    """Read the list from a file, or from the package as npm packs it."""
    if source.suffix != ".tgz":
        return source.read_text(encoding="utf-8")
    with tarfile.open(source) as package:
        member = next(name for name in package.getnames() if name.endswith(f"/{LIST}"))
        packed = package.extractfile(member)
        return packed.read().decode() if packed else ""


def list_keys(text: str) -> list[str]:
    """Find the keys of the list, in its order."""
    body = text.partition(STARTS)[2].partition(f"\n{ENDS}")[0]
    return ["".join(groups) for groups in A_KEY.findall(body)]


def compare_keys(keys: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give the keys the table does not know, and those it has from the list that are no longer there."""
    known = libraries()
    ours = [library.key for library in known.values() if library.origin == "hub"]
    return [key for key in keys if spell(key) not in known], [key for key in ours if key not in set(keys)]


def append(keys: Sequence[str], table: Path) -> None:
    """Write new keys for a person to fill in."""
    with table.open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([key, "Unknown", "low", "", "", "hub"] for key in keys)


def _join_keys(keys: Sequence[str]) -> str:
    return ", ".join(keys) or "none"


if __name__ == "__main__":
    sys.exit(main())
