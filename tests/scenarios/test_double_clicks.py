"""A double click is one click: every button and the form, also where Slack sends the same again."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

import bot
from bot.payload_routes import ROUTES
from playground.server import Playground
from playground.state import PostedMessage

PATTERNS = [what for kind, what, _ in ROUTES if kind == "action" and what.pattern]
"""What is listened to, but for the buttons of older versions."""


def action_ids() -> Iterator[str]:
    """Find every constant of the bot that begins the action id of a button that is listened to."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.endswith("__main__"):
            constants = vars(importlib.import_module(module.name)).items()
            words = [value for name, value in constants if name.isupper() and isinstance(value, str)]
            yield from (word for word in words if any(pattern.match(f"{word}:") for pattern in PATTERNS))


ACTION_IDS = sorted({*action_ids(), "of-an-older-version"} - {"digest-form"})


def test_every_button_is_found() -> None:
    """What the messages offer is among them."""
    assert {"ask", "share", "digest-test", "digest-pause", "digest-resume", "digest-manage"} <= set(ACTION_IDS)


def offer(playground: Playground, action: str) -> PostedMessage:
    """Post a message of the bot's with one button."""
    value = playground.channel("general").id if action.startswith("digest") else "top30"
    button = {
        "type": "button",
        "action_id": f"{action}:{value}",
        "value": value,
        "text": {"type": "plain_text", "text": "x"},
    }
    with playground.world.changing():
        message = playground.write("offered", user=playground.bot_user)
        message.bot_id, message.blocks = playground.workspace.bot_id, [{"type": "actions", "elements": [button]}]
        playground.world.touch(message)
    return message


Click = Callable[[Playground, PostedMessage], None]


def once(playground: Playground, message: PostedMessage) -> None:
    """Click."""
    playground.click(message, "x")


def twice(playground: Playground, message: PostedMessage) -> None:
    """Click twice, as fast as a hand does."""
    for _ in range(2):
        playground.click(message, "x")


def sent_again(playground: Playground, message: PostedMessage) -> None:
    """Click once; Slack sends it twice."""
    playground.resend(playground.click(message, "x"))


def said(playground: Playground, action: str, click: Click) -> Counter[str]:
    """Count what the bot says to one button, by method; that it takes a moment is said or not, as it happens."""
    playground.command("/frameworks digest on mon 09:00 UTC")
    playground.settled()
    before = len(playground.requests())
    click(playground, offer(playground, action))
    playground.settled()
    visible = re.compile(r"chat\.post|response_url|views\.(?:open|publish)|conversations\.join")
    asked = [one for one in playground.requests()[before:] if "Looking up" not in str(one.arguments.get("text"))]
    return Counter(one.method for one in asked if visible.match(one.method))


@pytest.mark.parametrize("click", [twice, sent_again])
@pytest.mark.parametrize("action", ACTION_IDS)
def test_what_is_clicked_twice_is_done_once(playground: Playground, action: str, click: Click) -> None:
    """As much is said and posted as to one click, and something is."""
    expected = said(playground, action, once)

    assert said(playground, action, click) == expected
    assert expected


def test_a_click_is_heard_again_later(playground: Playground) -> None:
    """It is the moment that makes a double click: another message's button, and this one's when it is done with."""
    first = said(playground, "ask", once)
    message = offer(playground, "ask")
    for _ in range(2):
        playground.command("/frameworks digest list")
        playground.settled()
    playground.click(message, "x")
    playground.settled()

    assert said(playground, "ask", once) == first


@pytest.mark.parametrize("again", [False, True])
def test_a_form_submitted_twice_is_confirmed_once(
    playground: Playground,
    again: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Both are acknowledged, so that the form closes; one subscription, one confirmation."""
    playground.command("/frameworks digest on")
    playground.wait_for(playground.modal)
    first = playground.submit({"zone": "UTC"})
    second = playground.resend(first) if again else playground.deliver(first.payload | {"trigger_id": "2"}, first.kind)
    for delivery in (first, second):
        delivery.wait()
    playground.settled()

    assert len([told for told in playground.ephemerals() if "gets a digest" in told.text]) == 1
    assert playground.modal() is None
