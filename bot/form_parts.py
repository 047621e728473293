"""What every form of ours is made of, and how what was filled in is read. Pure."""

import json
from collections.abc import Collection, Mapping, Sequence
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


class OfAnotherVersion(Exception):
    """
    A form that another version of ours made: what comes back is not what this one asks.

    Slack keeps a form open while we are replaced, by a newer version or, after a mistake, by an older one.
    """


def read_notes(submitted: Part) -> Part:
    """Give the notes that a form was made with. Raises OfAnotherVersion where there are none."""
    try:
        notes = json.loads(submitted["private_metadata"])
    except (KeyError, TypeError, ValueError):
        raise OfAnotherVersion("no notes") from None
    if not isinstance(notes, dict) or not isinstance(notes.get("channel"), str):
        raise OfAnotherVersion("no channel in the notes")
    return notes


def read_values(submitted: Part, needed: Collection[str]) -> dict[str, Part]:
    """Give what was filled in, by block. Raises OfAnotherVersion where one that is needed is missing."""
    values = _part((submitted.get("state") or {}).get("values"))
    held = {block: _part(elements).get(VALUE) for block, elements in values.items()}
    filled = {block: value for block, value in held.items() if isinstance(value, dict)}
    if missing := set(needed) - filled.keys():
        raise OfAnotherVersion(f"without {', '.join(sorted(missing))}")
    return filled


def read_choice(filled: Part, among: Collection[str], first: str = "") -> str:
    """Give what is chosen in a menu, `first` where nothing is. Raises OfAnotherVersion for what it does not offer."""
    return _one_of(str(_part(filled.get("selected_option")).get("value") or first), among)


def read_ticks(filled: Part, among: Collection[str]) -> tuple[str, ...]:
    """Give what is ticked in a list. Raises OfAnotherVersion for what it does not offer."""
    chosen = filled.get("selected_options")
    return tuple(_one_of(str(_part(one).get("value")), among) for one in (chosen if isinstance(chosen, list) else ()))


def _part(held: object) -> Part:
    """Take what should be an object for one without anything where it is none."""
    return held if isinstance(held, dict) else {}


def _one_of(value: str, among: Collection[str]) -> str:
    if value not in among:
        raise OfAnotherVersion(f"{value!r} is not offered")
    return value
