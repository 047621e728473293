"""Hundreds of inputs through the front door: somebody types, and sees something for it, and Slack takes all of it."""

import logging
from collections.abc import Callable

import pytest

from playground.server import Playground
from playground.state import PostedMessage
from tests.typed_inputs import typed_inputs

SEED = 14
PLACES = ("general", "random", "secret", "dm", "between two")
UNEXPECTED = "went wrong on my side"


def place_of(playground: Playground, name: str) -> str:
    """Give the id of a place; two people talk with each other without the bot."""
    if name != "between two":
        return playground.channel(name).id
    without = (one for one in playground.world.channels.values() if one.kind == "im")
    return next(one.id for one in without if playground.bot_user.id not in one.members)


def seen(playground: Playground) -> dict[str, str]:
    """Give what Ann sees of the bot's, everywhere, but for the word that it is looking."""
    ann = playground.user("ann").id
    messages = [
        message
        for channel in playground.world.channels.values()
        for message in [*channel.messages, *channel.ephemerals]
        if message.app_id and message.visible_to in (None, ann) and not message.text.startswith("Looking up")
    ]
    form = playground.modal() or {}
    return {f"{one.channel.id} {one.ts} {one.revision}": words_of(one) for one in messages} | {
        f"form {form.get('hash')}": str(form)
    }


def words_of(message: PostedMessage) -> str:
    """Give all its words."""
    return f"{message.text} {message.blocks}"


def refusals(playground: Playground) -> list[str]:
    """Give what Slack did not take: blocks above its limits, texts too long, calls it does not know."""
    expected = ("not_in_channel", "channel_not_found", "method_not_supported_for_channel_type")
    return [
        f"{asked.method}: {asked.reply}"
        for asked in playground.requests()
        if asked.status != 200 or (isinstance(asked.reply, dict) and not asked.reply["ok"])
        if not isinstance(asked.reply, dict) or asked.reply.get("error") not in expected
    ]


@pytest.mark.parametrize("count", [70, pytest.param(500, marks=pytest.mark.simulation)])
def test_nothing_typed_is_met_with_silence(
    start: Callable[..., Playground], caplog: pytest.LogCaptureFixture, count: int
) -> None:
    """Each is acknowledged and answered where the person sees it, without an error and within Slack's limits."""
    playground = start(rate_limits=False)
    silent, wrong = [], []
    for number, words in enumerate(typed_inputs(count, SEED)):
        playground.settled()
        before = seen(playground)
        typed = playground.command(f"/frameworks {words}", place_of(playground, PLACES[number % len(PLACES)]))
        playground.settled()
        new = seen(playground).items() - before.items()
        silent += [] if new and typed.acked else [(typed.outcome, words[:60])]
        wrong += [words[:60] for _, said in new if UNEXPECTED in said]

    assert (silent, wrong, refusals(playground)) == ([], [], [])
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
