"""
The app's functions, as Workflow Builder runs them: what each takes and gives, and one run of one.

docs.slack.dev/reference/events/function_executed, .../workflows/workflow-steps. The manifest that describes them is not
installed; a test holds this table equal to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.state import Json, Token, User


@dataclass(frozen=True, slots=True)
class Function:
    """One function: its inputs and outputs, each with its type and whether it has to be there."""

    title: str
    inputs: Mapping[str, tuple[str, bool]]
    outputs: Mapping[str, tuple[str, bool]]
    menu_of: str = ""
    """Which input of another function it fills the menu of, while a workflow is edited."""


POST, OFFER = "post_answer", "offer_questions"

FUNCTIONS: Mapping[str, Function] = {
    POST: Function(
        "Post a Frameworks answer",
        {
            "question": ("string", True),
            "channel": ("slack#/types/channel_id", True),
            "only_if_changed": ("boolean", False),
        },
        {"headline": ("string", True), "shares": ("string", True), "link": ("string", False)},
    ),
    OFFER: Function(
        "Offer questions",
        {"query": ("string", False)},
        {"options": ("slack#/types/options_select", True)},
        menu_of="question",
    ),
}

RUNNING, COMPLETED, FAILED = "running", "completed", "failed"


@dataclass(eq=False)
class StepOfRun:
    """One run of a function: what it was given, and how it ended."""

    id: str
    callback_id: str
    inputs: Json
    token: Token
    user: User
    state: str = RUNNING
    outputs: Json = field(default_factory=dict)
    error: str = ""
    in_time: bool = False


def _is_options(value: Any) -> bool:
    """Tell whether something is the options of a menu: a text and a value each, a hundred at most."""
    return isinstance(value, list) and len(value) <= MOST_OPTIONS and all(_is_option(one) for one in value)


def _is_option(one: Any) -> bool:
    text = one.get("text") if isinstance(one, dict) else None
    plain = isinstance(text, dict) and text.get("type") == "plain_text" and 0 < len(str(text.get("text"))) <= MOST_TEXT
    return plain and 0 < len(str(one.get("value") or "")) <= MOST_VALUE


MOST_OPTIONS, MOST_TEXT, MOST_VALUE = 100, 75, 150
TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "slack#/types/channel_id": lambda value: isinstance(value, str),
    "slack#/types/options_select": _is_options,
}


def parameter_problem(given: Any, wanted: Mapping[str, tuple[str, bool]]) -> str | None:
    """Say what is wrong with the inputs or outputs of a function; None if nothing is."""
    if not isinstance(given, dict):
        return "parameters are an object"
    for name, (_, required) in wanted.items():
        if required and given.get(name) in (None, ""):
            return f"{name} is missing"
    for name, value in given.items():
        if name not in wanted:
            return f"{name} is no parameter of this function"
        if value is not None and not TYPES[wanted[name][0]](value):
            return f"{name} is not of its type"
    return None


def function_executed(run: StepOfRun, function: Function | None, ids: tuple[str, str], moment: str) -> Json:
    """Give the event of one run; `ids` name the function and the run of the whole workflow."""
    described = {
        "id": ids[0],
        "callback_id": run.callback_id,
        "title": function.title if function else "",
        "type": "app",
    }
    parameters = [
        {"type": kind, "name": name, "is_required": required}
        for name, (kind, required) in (function.inputs if function else {}).items()
    ]
    return {
        "type": "function_executed",
        "function": described | {"input_parameters": parameters},
        "inputs": run.inputs,
        "function_execution_id": run.id,
        "workflow_execution_id": ids[1],
        "bot_access_token": run.token.value,
        "event_ts": moment,
    }
