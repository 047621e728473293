"""What every form of ours is made of, and how what was filled in is read. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks import plain

VALUE = "value"
"""The action id of each element: a block of a form holds one."""

Part = dict[str, Any]


def make_form(callback: str, notes: Mapping[str, Any], title: str, submit: str, fields: Sequence[Part]) -> Part:
    """Make a form; `notes` come back with what is filled in."""
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": json.dumps(notes),
        "title": plain(title),
        "submit": plain(submit),
        "close": plain("Cancel"),
        "blocks": list(fields),
    }


def field(block: str, label: str, element: Part, hint: str = "", *, optional: bool = False) -> Part:
    """Make a field with its label; `hint` stands in small print below it."""
    made = {
        "type": "input",
        "block_id": block,
        "label": plain(label),
        "element": element | {"action_id": VALUE},
        "optional": optional,
    }
    return made | ({"hint": plain(hint)} if hint else {})


def choice(options: Sequence[Part], chosen: Part) -> Part:
    """Make a menu of which one is chosen."""
    return {"type": "static_select", "options": list(options), "initial_option": chosen}


def option(text: str, value: str) -> Part:
    """Make one thing that can be chosen."""
    return {"text": plain(text), "value": value}


def text_field(first: str = "", **limits: int) -> Part:
    """Make a line to type into, with what stands there at first."""
    return {"type": "plain_text_input", **limits, **({"initial_value": first} if first else {})}


def read_notes(submitted: Part) -> Part:
    """Give the notes that a form was made with."""
    notes: Part = json.loads(submitted["private_metadata"])
    return notes


def read_values(submitted: Part) -> dict[str, Part]:
    """Give what was filled in, by block."""
    return {block: elements[VALUE] for block, elements in submitted["state"]["values"].items()}
