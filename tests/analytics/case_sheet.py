"""
Each named case, before and after: docs/cases.md.

    python -m tests.analytics.case_sheet

prints it. What was said before is in `named_cases_before.json`, with the commit that said it. To ask that program
again: check it out elsewhere, put this file and `named_cases.py` into its tests/analytics/, and there run

    python -m tests.analytics.case_sheet --ask
"""

import datetime as dt
import itertools
import json
import math
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from analytics.analyst import Analyst
from analytics.errors import AnalyticsError
from analytics.grammar import parse
from tests.analytics.named_cases import CASES, NamedCase
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import says
from tests.loopback.package_index import PackageIndex, wheel

BEFORE = Path(__file__).with_name("named_cases_before.json")
DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
HEAD = """# Each case, before and after

What the program says of each case that its rule of files and its rule of what converts on load ([method.md](method.md))
were written for. *Before* is commit {commit} of {date}, method {method}, which was run for it; *after* is the
program of today. Both were asked the same question of the same made-up repositories, with nothing stored: `model lab/m`
where no other question stands there, and of what converts `model lab/m in tensorflow`.
`.venv/bin/python -m tests.analytics.case_sheet` prints this page, and a test holds it to what the program says."""


@cache
def tell(case: NamedCase) -> str:
    """Ask a case through the program's door, of a Hub and in a folder of its own; give what is said, or why nothing."""
    if case.wheel:
        return _collect(case.wheel)
    with tempfile.TemporaryDirectory() as home, LoopbackHub(case.items, contents=case.contents) as hub:
        if case.body is not None:
            hub.faults.put(says(case.body), f"/api/models/{case.items[0]['id']}", times=math.inf)
        analyst = Analyst(Path(home), hub.endpoint, clock=lambda: DAY, seconds=60.0)
        try:
            return [_say(analyst, words, case.beneath) for words in case.asked][-1]
        finally:
            analyst.close()


def _say(analyst: Analyst, words: str, beneath: int | None) -> str:
    request: Any = parse(words)
    if type(request).__name__ == "Unclear":
        return "not understood"
    try:
        answer = analyst.answer(request)
    except AnalyticsError as refused:
        return f"Refused: {refused}"
    return answer.headline if beneath is None else f"{answer.headline}. {answer.detail[beneath]}"


def _collect(kind: str) -> str:
    """Collect a wheel of KerasHub from an index on this machine."""
    try:
        from tests.analytics.collect.test_reach_types import KERAS, TypeWorld, keras_hub
    except ImportError:
        return "nothing reads it"
    with PackageIndex() as index, tempfile.TemporaryDirectory() as home:
        index.add(wheel("keras-hub", "0.33.0", keras_hub(KERAS[: len(KERAS) // 2]) if kind == "half" else {}))
        analyst = Analyst(Path(home), "http://127.0.0.1:9", clock=lambda: DAY)
        try:
            return TypeWorld(index, analyst, Path(home)).collect()["keras-hub"]
        except AnalyticsError as refused:
            return f"Refused: {refused}"
        finally:
            analyst.close()


def list_sections() -> Mapping[str, Sequence[NamedCase]]:
    """Give the cases by section, in their order."""
    return {section: list(cases) for section, cases in itertools.groupby(CASES, lambda case: case.section)}


def write_head() -> str:
    """Write what stands above the tables."""
    return HEAD.format(**read_before()["program"])


def write_section(section: str) -> str:
    """Write one table: cases that were and are told alike share a row."""
    before = read_before()["said"]
    alike: dict[tuple[str, str], list[str]] = {}
    for case in list_sections()[section]:
        alike.setdefault((before[case.key], tell(case)), []).append(case.what)
    rows = [f"| {'; '.join(named)} | {_cell(then)} | {_now(then, now)} |" for (then, now), named in alike.items()]
    return "\n".join([f"## {section}", "", "| Case | Before | After |", "| --- | --- | --- |", *rows])


def _now(then: str, now: str) -> str:
    return "the same" if now == then else _cell(now)


def _cell(told: str) -> str:
    return " ".join(told.split()).replace("|", "\\|")


@cache
def read_before() -> dict[str, Any]:
    """Read what the program of before said, and which that was."""
    return dict(json.loads(BEFORE.read_text(encoding="utf-8")))


def main(options: Sequence[str]) -> None:
    """Print the sheet, or what this program says of each case."""
    if "--ask" in options:
        sys.stdout.write(json.dumps({case.key: tell(case) for case in CASES}, indent=1) + "\n")
    else:
        sys.stdout.write("\n\n".join([write_head(), *map(write_section, list_sections())]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
