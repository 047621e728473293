"""The dashboard asks for nothing that is not counted, and shows everything that is."""

import json
import re
from pathlib import Path

from bot.observer import Outcome
from bot.web import metrics, momentary
from bot.web.metrics import Metrics

DASHBOARD = json.loads((Path(__file__).parents[1] / "deploy/grafana.json").read_text(encoding="utf-8"))
SUFFIXES = re.compile(r"_(bucket|count|sum|total|created)$")
NAME = re.compile(r"\bframeworks_\w+")


def queries() -> list[str]:
    """Give every query of every panel."""
    return [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


def counted() -> dict[str, set[str]]:
    """Give each name that is counted, with its labels, from a registry in which each was counted once."""
    ours = Metrics()
    ours.note_ack("command", "ok", 0.1)
    ours.note_question("top", Outcome.ANSWERED, 1.0)
    ours.note_slack("chat.postMessage", "ok", 0.1)
    ours.hear_hub("answered", 499, 0.1)
    ours.note_too_often("address")
    ours.note_collection("census", "collected", 900.0)
    lines = [line for line in ours.write().decode().splitlines() if not line.startswith("#")]
    names: dict[str, set[str]] = {}
    for line in lines:
        labels = set(re.findall(r"(\w+)=\"", line))
        names.setdefault(line.split("{")[0].split(" ")[0], set()).update(labels)
    return names


def measured() -> set[str]:
    """Give the names that are measured when Prometheus asks, as they stand in the module."""
    return set(NAME.findall(Path(momentary.__file__).read_text(encoding="utf-8")))


def test_every_query_names_what_exists() -> None:
    """With the ending that Prometheus gives it."""
    asked = {name for query in queries() for name in NAME.findall(query)}

    assert len(asked) > 10
    assert asked - set(counted()) - measured() == set()


def test_every_label_of_a_query_exists() -> None:
    """A sum by a label that is not there is one line."""
    known = counted()
    for query in queries():
        (name,) = NAME.findall(query)
        labels = set(re.findall(r"by \(([^)]*)\)", query.replace(" ", "").replace("by(", "by (")))
        asked = {label for group in labels for label in group.split(",")}
        assert name in measured() or asked <= known[name], query


def test_everything_that_is_counted_is_shown() -> None:
    """Who adds a figure puts it where people look."""
    own = set(NAME.findall(Path(metrics.__file__).read_text(encoding="utf-8")))
    asked = {SUFFIXES.sub("", name) for query in queries() for name in NAME.findall(query)}

    assert own | measured() == asked
