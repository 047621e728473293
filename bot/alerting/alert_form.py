"""The form of `alert`: what to wait for, in the words of the command, with examples to choose from. Pure."""

import json
from typing import Any

from analytics.alerts.alert_words import AlertAction, AlertWish, UnclearAlert, read_rule

CALLBACK = "alert-form"
KIND, FRAMEWORK, TOP, POINTS, MODEL = "kind", "framework", "top", "points", "subject"
VALUE = "value"

KINDS = {
    "presence": ("It enters or leaves the top list", "{framework} enters or leaves the top {top}"),
    "share": ("Its share of the top list moves", "{framework}'s share of the top {top} moves by {points} points"),
    "below": ("Its share is below a mark", "{framework}'s share of the top {top} is below {points} %"),
    "above": ("Its share is above a mark", "{framework}'s share of the top {top} is above {points} %"),
    "fewer": ("It is in fewer of the top list", "{framework} is in fewer than {points} of the top {top}"),
    "more": ("It is in more of the top list", "{framework} is in more than {points} of the top {top}"),
    "model": ("A model changes framework", "{subject} changes framework"),
    "gains": ("A model gains the framework", "{subject} gains {framework}"),
    "collection": ("An official collection changes state", "{subject} changes state"),
}
"""What can be waited for: how it is called in the form, and the words it stands for."""

OF_NUMBER = ("share", "below", "above", "fewer", "more")
"""What is about a number of a list, so that two fields may be wrong."""

FIELDS = {"presence": TOP, **dict.fromkeys(OF_NUMBER, POINTS), "model": MODEL, "gains": MODEL, "collection": MODEL}
"""Beside which field it is said what is wrong."""


def view(channel: str, instead_of: int | None = None) -> dict[str, Any]:
    """Make the modal, of a new alert or of one in the place of another."""
    kinds = [_option(title, name) for name, (title, _) in KINDS.items()]
    frameworks = [_option(name, name) for name in ("PyTorch", "TensorFlow")]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"channel": channel, "instead_of": instead_of}),
        "title": _plain(f"Change alert {instead_of}" if instead_of else "New alert"),
        "submit": _plain("Set"),
        "close": _plain("Cancel"),
        "blocks": [
            _input(KIND, "Tell us when", _select(kinds, 0)),
            _input(FRAMEWORK, "Framework", _select(frameworks, 1)),
            _input(TOP, "Top list", _text("30"), "1 to 1,000 most downloaded models"),
            _input(POINTS, "Number", _text("3"), "Points by which a share moves; or the mark: percent, or models"),
            _input(MODEL, "Model or collection", _text(""), "For the last three alone", optional=True),
        ],
    }


def read(submitted: dict[str, Any]) -> tuple[str, AlertWish | None, dict[str, str]]:
    """Read a submission: the channel, what is wanted, or what is wrong by field."""
    told = json.loads(submitted["private_metadata"])
    channel = str(told["channel"])
    values = {block: fields[VALUE] for block, fields in submitted["state"]["values"].items()}
    kind = str(values[KIND]["selected_option"]["value"])
    typed = {name: str(values[name].get("value") or "").strip() for name in (TOP, POINTS, MODEL)}
    typed[MODEL] = typed[MODEL] or ("an official collection" if kind == "collection" else "")
    framework = str(values[FRAMEWORK]["selected_option"]["value"])
    try:
        rule = read_rule(KINDS[kind][1].format(framework=framework, **typed))
        return channel, AlertWish(AlertAction.WHEN, told["instead_of"], rule), {}
    except UnclearAlert as unclear:
        field = TOP if kind in OF_NUMBER and "top list" in str(unclear) else FIELDS[kind]
        return channel, None, {field: str(unclear)}


def _select(options: list[dict[str, Any]], first: int) -> dict[str, Any]:
    return {"type": "static_select", "options": options, "initial_option": options[first]}


def _text(first: str) -> dict[str, Any]:
    return {"type": "plain_text_input", **({"initial_value": first} if first else {})}


def _input(
    block: str, label: str, element: dict[str, Any], hint: str = "", *, optional: bool = False
) -> dict[str, Any]:
    made = {
        "type": "input",
        "block_id": block,
        "label": _plain(label),
        "element": element | {"action_id": VALUE},
        "optional": optional,
    }
    return made | ({"hint": _plain(hint)} if hint else {})


def _option(text: str, value: str) -> dict[str, Any]:
    return {"text": _plain(text), "value": value}


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}
