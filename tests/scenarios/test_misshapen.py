"""Payloads with a field that is missing, null or of another kind: no traceback, and no silence for who can be told."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.message_shortcut import LOOK_UP
from playground import payloads
from playground.server import Playground

OTHER_KINDS = (None, 7, [None], {"id": 7})
"""What stands in the place of a field."""

Payload = dict[str, Any]


def vary(held: Payload) -> Iterator[Payload]:
    """Give something with each field left out, or of another kind."""
    for name in held:
        yield {other: value for other, value in held.items() if other != name}
        yield from (held | {name: kind} for kind in OTHER_KINDS)


def change(payload: Payload) -> Iterator[Payload]:
    """Give a payload with each field changed; so with the fields of what it holds."""
    yield from vary(payload)
    for name, held in payload.items():
        if isinstance(held, dict) and name in ("event", "view", "message", "user"):
            yield from (payload | {name: inner} for inner in vary(held))
        if isinstance(held, dict) and "state" in held:
            yield from (payload | {name: held | {"state": inner}} for inner in vary(held["state"]))
        if isinstance(held, list) and name == "actions":
            yield from (payload | {name: [inner]} for inner in vary(held[0]))


def click_of(playground: Playground, action: str) -> Payload:
    """Give a click as Slack sends it, under an answer."""
    playground.command("/frameworks top30")
    message = playground.wait_for_message("of the top 30 models")
    playground.settled()
    element = next(one for one in message.elements() if one["action_id"].startswith(action))
    chosen = payloads.report_choice({"block_id": "b"} | element, None)
    return payloads.block_actions(playground.world, playground.workspace, message, playground.user("ann"), chosen)


def gather(playground: Playground) -> list[tuple[str, Payload]]:
    """Give one of each kind of what Slack sends."""
    world, team, ann = playground.world, playground.workspace, playground.user("ann")
    asked = playground.write(f"<@{team.bot_user.id}> help")
    direct = playground.write("help", channel="dm")
    playground.command("/frameworks digest on")
    playground.wait_for(playground.modal)
    form = playground.submit({"zone": "UTC"}).wait().payload
    events = [
        payloads.mention(asked),
        payloads.heard(direct),
        payloads.home_opened(ann, playground.channel("dm"), None, asked.ts),
        payloads.member_joined(playground.channel("general"), team.bot_user.id, asked.ts, ann.id),
        {"type": "link_shared", "channel": asked.channel.id, "user": ann.id, "message_ts": asked.ts, "links": [{}]},
        {"type": "entity_details_requested", "user": ann.id, "trigger_id": "1.2", "external_ref": {"id": "a/b"}},
        {"type": "function_executed", "function": {"callback_id": "x"}, "function_execution_id": "Fx1", "inputs": {}},
    ]
    return [
        ("slash_commands", payloads.command(world, team, asked.channel, ann, ("/frameworks", "help"))),
        *(("events_api", payloads.event_envelope(world, team, event)) for event in events),
        *(("interactive", click_of(playground, action)) for action in ("how",)),
        ("interactive", form),
        ("interactive", payloads.message_action(world, team, asked, ann, LOOK_UP)),
        ("interactive", {"type": "shortcut", "callback_id": "x", "user": {"id": ann.id}, "team": {"id": team.id}}),
    ]


def test_no_payload_whatever_its_fields_hold_ends_in_a_traceback(
    start: Callable[..., Playground], caplog: pytest.LogCaptureFixture
) -> None:
    """Each is acknowledged: Slack would send an event three times more, and show a person a warning."""
    playground = start(rate_limits=False)
    sent = [playground.deliver(changed, kind) for kind, payload in gather(playground) for changed in change(payload)]

    playground.settled(120)

    assert not [record.getMessage() for record in caplog.records if record.exc_info]
    assert [delivery.payload for delivery in sent if not delivery.acked] == []
    assert len(sent) > 500


@pytest.mark.parametrize("lacking", ["actions", "user"])
def test_a_click_that_lacks_what_it_needs_is_told(
    playground: Playground, caplog: pytest.LogCaptureFixture, lacking: str
) -> None:
    """By its response_url, and in one line of the log."""
    playground.command("/frameworks top30")
    message = playground.wait_for_message("of the top 30 models")
    playground.settled()
    click = playground.click(message, "How This Was Counted")
    playground.settled()

    playground.deliver(click.payload | {lacking: None}, "interactive", click.response_url)

    assert playground.wait_for_ephemeral("Slack told me only a part of what you did")
    assert f"(a block_actions has no {lacking}" in caplog.text


def test_a_form_that_nobody_here_knows_is_answered(playground: Playground) -> None:
    """Slack would say that we had trouble connecting, each time it is sent."""
    person = {"user": {"id": playground.user("ann").id}, "team": {"id": playground.workspace.id}}
    view = {"id": "V1", "type": "modal", "callback_id": "of-a-later-version", "state": {"values": {}}}

    assert playground.deliver({"type": "view_submission", "view": view, **person}, "interactive").wait().acked

    assert playground.wait_for_message("another version of me", channel="dm")
