"""The JSON schemas of what comes back, as published: files beside this module, one version for good."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

VERSION = 1
"""Raised where a key is taken away or means something else; keys are added without it."""


@cache
def answer_schema() -> dict[str, Any]:
    """Read the schema of an answer, the same that `--json` prints."""
    return _read(f"answer-{VERSION}.schema.json")


@cache
def claim_schema() -> dict[str, Any]:
    """Read the schema of a claim that was checked."""
    return _read(f"claim-{VERSION}.schema.json")


@cache
def ask_schema() -> dict[str, Any]:
    """Make that of `ask`: an answer, or sentences where help or the state of the sources was asked for."""
    sentences = {"type": "array", "items": {"type": "string"}}
    answer = {key: value for key, value in answer_schema().items() if key not in ("$schema", "$id", "$defs")}
    talk = {"properties": {"sentences": sentences}, "required": ["sentences"], "additionalProperties": False}
    return {"type": "object", "anyOf": [answer, talk], "$defs": answer_schema()["$defs"]}


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return read
