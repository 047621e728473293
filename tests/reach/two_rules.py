"""
The rule for one repository beside the rule by tags, wherever both are known: how often the tags promise too much.

    python -m tests.reach.two_rules [FILE ...]

Without files: every type and class that was loaded, as a repository that the Hub would tag by it. With files of the
Hub's own answers (one as JSON, or one a line, objects within dumped as text): those repositories too.
"""

import datetime as dt
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.attribution import attribute
from analytics.domain.answer import Origin
from analytics.domain.observations import Configuration, Model, Repository
from analytics.reach.conversion_tables import TIMM, Listed, Result, find_loads, loads_by_type, read_shipped_listings
from analytics.reach.outcomes import Reach, Sureness
from analytics.reach.single_repository import reach
from analytics.reach.tag_rule import Tagged, judge_tags, name_tasks
from analytics.sources.hub.items import repository_of

MOMENT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
ORIGIN = Origin("Hugging Face Hub", "model", "", "2026-11-23")


@dataclass(frozen=True, slots=True)
class Pair:
    """What both rules say of one repository and framework."""

    framework: str
    by_tags: str
    alone: str

    @property
    def agree(self) -> bool:
        """Whether both promise the same; what is known to be wrong is as little promised as what does not convert."""
        return self.by_tags == ("no" if self.alone == Sureness.WRONG.value else self.alone)


def compare(repository: Repository) -> Iterator[Pair]:
    """Judge a repository by both rules, for each framework that something converts into and that it has no files of."""
    verdict = attribute(repository.model)
    for framework in read_shipped_listings().frameworks:
        if framework not in verdict.frameworks:
            tagged = judge_tags(repository.model, framework) if "PyTorch" in verdict.frameworks else Tagged.NO
            yield Pair(framework, tagged.value, _say(reach(repository, verdict, framework)))


def _say(found: Reach) -> str:
    best = found.best
    return {Sureness.NOT_CHECKED: "no"}.get(best.sureness, best.sureness.value) if best else "no"


def make_repositories() -> Iterator[Repository]:
    """Make a repository of each type and class that was loaded, for each task that the class serves."""
    for model_type, architecture in sorted({(key[3], load.architecture) for key, loads in _loads() for load in loads}):
        listings = read_shipped_listings()
        rows = [row for name in listings.frameworks for row in listings.find(name, model_type)]
        if rows and not model_type.startswith(TIMM):
            for task in name_tasks(architecture):
                yield _make(model_type, architecture, task, rows)


def _loads() -> Iterable[tuple[tuple[str, str, str, str], Any]]:
    return loads_by_type().items()


def _make(model_type: str, architecture: str, task: str, rows: Sequence[Listed]) -> Repository:
    """Make one as its class is saved: with all tensors that are asked for, unless the class was refused somewhere."""
    loads = (load for row in rows for load in find_loads(row) if load.architecture == architecture)
    refused = any(load.result is Result.REFUSED for load in loads)
    stems = ("model.norm", *(one for row in rows for one, *_ in row.tensors))
    quantised = "mxfp4" if model_type == "gpt_oss" else None
    described = Configuration(model_type, (architecture,), quantised, stems=None if refused else stems)
    tags = ("transformers", "safetensors", model_type, task)
    files = ("config.json", "model.safetensors")
    model = Model("o/m", library="transformers", task=task, tags=tags, files=files)
    return Repository(model, "o/m", MOMENT, ORIGIN, configuration=described)


def read_repositories(path: Path) -> Iterator[Repository]:
    """Read the Hub's answers: one as JSON, or one a line with its objects dumped as text."""
    text = path.read_text(encoding="utf-8")
    items = map(json.loads, text.splitlines()) if path.suffix == ".jsonl" else [json.loads(text)]
    for item in items:
        found = repository_of(_tidy(item), str(item["id"]), MOMENT, "https://huggingface.co")
        if found and found.configuration:
            yield found


def _tidy(item: dict[str, Any]) -> dict[str, Any]:
    names = re.findall(r"rfilename='([^']*)'", "\n".join(map(str, item["siblings"])))
    siblings = [{"rfilename": name} for name in names] if names else item["siblings"]
    return item | {"siblings": siblings}


def report(repositories: Iterable[Repository]) -> str:
    """Write a table: a row a framework and what the tags say, a column what the rule for one repository says."""
    pairs = [pair for repository in repositories for pair in compare(repository)]
    counted = Counter(pairs)
    alone = ("proven", "listed", Sureness.WRONG.value, "no")
    head = ("into", "by tags", *alone)
    rows = [
        (framework, tagged, *(str(counted[Pair(framework, tagged, one)]) for one in alone))
        for framework in read_shipped_listings().frameworks
        for tagged in Tagged
    ]
    table = "\n".join("| " + " | ".join(row) + " |" for row in [head, ("---", "---", *["---:"] * len(alone)), *rows])
    proven = Tagged.PROVEN.value
    same = sum(n for pair, n in counted.items() if pair.agree)
    much = sum(n for pair, n in counted.items() if pair.by_tags == proven != pair.alone)
    little = sum(n for pair, n in counted.items() if pair.alone == proven != pair.by_tags)
    promised = f"the tags say proven of {much:,} that are not, and do not say it of {little:,} that are"
    return f"{table}\n\nOf {len(pairs):,} pairs of a repository and a framework {same:,} agree; {promised}."


if __name__ == "__main__":
    files = [Path(name) for name in sys.argv[1:]]
    found = [one for path in files for one in read_repositories(path)] if files else list(make_repositories())
    sys.stdout.write(report(found) + "\n")
