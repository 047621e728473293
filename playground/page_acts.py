"""What the page sends that needs nothing but its words: each act by the last part of its address."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from playground.behind import begin_turn, switch
from playground.bodies import Malformed
from playground.people import NotThere
from playground.state import Json, PostedMessage

if TYPE_CHECKING:
    from playground.control import Control

Act = Callable[["Control", Json], object]


def word_in(said: Json, name: str) -> str:
    """Give a word that the page sent. Raises Malformed."""
    value = said.get(name)
    if not isinstance(value, str):
        raise Malformed(f"{name} must be a word")
    return value


def use_shortcut(control: "Control", said: Json) -> object:
    """Choose a shortcut in the menu of a message."""
    name = word_in(said, "callback_id")
    if name not in control.world.shortcuts:
        raise NotThere(f"no shortcut {name}")
    return control.use_shortcut(_message(control, said), word_in(said, "user"), name)


def _message(control: "Control", said: Json) -> PostedMessage:
    place, ts = control.channel(word_in(said, "channel")), word_in(said, "ts")
    found = control.world.message(place, ts)
    if found is None:
        raise NotThere("this message was deleted")
    return found


def click_preview(control: "Control", said: Json) -> object:
    """Use a button of a preview."""
    return control.click_preview(_message(control, said), word_in(said, "label"), word_in(said, "user"), _number(said))


def open_details(control: "Control", said: Json) -> object:
    """Open the details of a preview."""
    return control.open_details(_message(control, said), word_in(said, "user"), _number(said))


def close_details(control: "Control", said: Json) -> object:
    """Close them again."""
    with control.world.changing():
        return control.world.panes.pop(control.user(word_in(said, "user")).id, None)


def run_step(control: "Control", said: Json) -> object:
    """Run the workflow's step."""
    question, channel = word_in(said, "question"), word_in(said, "channel")
    changed = said.get("changed") is True
    return control.run_step(word_in(said, "user"), question=question, channel=channel, only_if_changed=changed)


def _number(said: Json) -> int:
    number = said.get("number")
    if not isinstance(number, int):
        raise Malformed("number must be a number")
    return number


def switch_bad_day(control: "Control", said: Json) -> None:
    """Begin or end what goes wrong until it is switched off."""
    switch(control, word_in(said, "name"), on=said.get("on") is True)


def begin_bad_turn(control: "Control", said: Json) -> None:
    """Let the next posts go wrong."""
    begin_turn(control, word_in(said, "name"))


ACTS: Mapping[str, Act] = {
    "shortcut": use_shortcut,
    "preview": click_preview,
    "details": open_details,
    "close": close_details,
    "step": run_step,
    "switch": switch_bad_day,
    "turn": begin_bad_turn,
}
