"""Socket Mode with the real Bolt: what reaches the bot, how soon it must say so, and what happens if it does not."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import ClientSession, WSMsgType
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.server import Playground
from tests.playground.conftest import Fetch

Connect = Callable[[App], SocketModeHandler]


# ----------------------------------------------------------------------------------------------------------- commands


def test_a_command_is_acknowledged_with_the_first_message(playground: Playground, app: App, connect: Connect) -> None:
    """The payload of the acknowledgement becomes a message for the asker alone."""
    app.command("/frameworks")(lambda ack, body: ack(response_type="ephemeral", text=f"Looking up {body['text']}"))
    connect(app)
    delivery = playground.command("/frameworks top30").wait()
    assert (delivery.acked, delivery.acked_after) == (True, 0)
    playground.settled()
    assert [message.text for message in playground.ephemerals()] == ["Looking up top30"]
    assert playground.ephemerals(user="bob") == []


def test_an_answer_in_the_channel_shows_what_was_typed(playground: Playground, app: App, connect: Connect) -> None:
    """in_channel makes both the command and the answer visible to all."""
    app.command("/frameworks")(lambda ack: ack(response_type="in_channel", text="29 of 30"))
    connect(app)
    playground.command("/frameworks top30").wait()
    playground.settled()
    assert [message.text for message in playground.messages()] == ["/frameworks top30", "29 of 30"]


def test_a_command_that_is_not_acknowledged_fails_before_the_askers_eyes(
    playground: Playground, connect_mute: Callable[[], SocketModeHandler]
) -> None:
    """After three seconds the asker reads operation_timeout; the command is not sent again."""
    connect_mute()
    delivery = playground.command("/frameworks top30")
    playground.advance(2.9)
    assert delivery.outcome == "waiting"
    playground.advance(0.1)
    assert delivery.outcome == "operation_timeout"
    assert "operation_timeout" in playground.ephemerals()[-1].text
    playground.settled()
    assert len(delivery.sent_ids) == 1


def test_a_late_acknowledgement_changes_nothing(playground: Playground, app: App, connect: Connect) -> None:
    """What comes after three seconds is recorded and shown to nobody."""
    go_on = threading.Event()

    @app.command("/frameworks")
    def slow(ack: Any) -> None:
        go_on.wait(30)
        ack(text="late")

    connect(app)
    delivery = playground.command("/frameworks top30")
    playground.advance(2.99)
    playground.advance(0.01)
    go_on.set()
    playground.wait_for(lambda: delivery.late_acks)
    playground.settled()
    assert delivery.outcome == "operation_timeout"
    assert "late" not in [message.text for message in playground.ephemerals()]


def test_blocks_in_an_acknowledgement_are_judged_too(playground: Playground, app: App, connect: Connect) -> None:
    """A wrong block in it makes the response invalid."""
    app.command("/frameworks")(lambda ack: ack(text="x", blocks=[{"type": "header"}]))
    connect(app)
    assert playground.command("/frameworks top30").wait().outcome == "invalid_command_response"


def test_without_a_connection_a_command_is_not_dispatched(playground: Playground) -> None:
    """Nobody listens, and the asker is told."""
    assert playground.command("/frameworks top30").outcome == "dispatch_failed"
    assert "dispatch_failed" in playground.ephemerals()[-1].text


def test_a_command_says_where_it_was_typed(playground: Playground, app: App, connect: Connect) -> None:
    """Names of private places are kinds; ids are ids; it works where the bot is no member."""
    app.command("/frameworks")(lambda ack: ack())
    connect(app)
    for channel, name in (("random", "random"), ("secret", "privategroup"), ("dm", "directmessage")):
        payload = playground.command("/frameworks", channel=channel).wait().payload
        assert (payload["channel_id"], payload["channel_name"]) == (playground.channel(channel).id, name)


# -------------------------------------------------------------------------------------------------------------- events


def test_a_mention_is_heard_where_the_bot_is(playground: Playground, app: App, connect: Connect) -> None:
    """In its channels Slack tells the bot, elsewhere not."""
    app.event("app_mention")(lambda event, say: say(f"heard {event['text']}", thread_ts=event["ts"]))
    connect(app)
    delivery = playground.mention("top30").wait()
    reply = playground.wait_for_message("heard")
    assert (delivery.acked, reply.thread_ts) == (True, delivery.payload["event"]["ts"])
    assert playground.mention("top30", channel="random").outcome == "not_sent"


def test_events_need_scope_and_subscription() -> None:
    """Without app_mentions:read or the subscription nothing is sent."""
    with Playground(scopes={"chat:write"}) as deaf, Playground(events=()) as unsubscribed:
        assert deaf.mention("top30").outcome == "not_sent"
        assert unsubscribed.mention("top30").outcome == "not_sent"
        assert unsubscribed.direct_message("top30").outcome == "not_sent"


def test_a_direct_message_reaches_the_bot_and_so_does_its_own_answer(
    playground: Playground, app: App, connect: Connect
) -> None:
    """message.im brings the bot's own words back as well, marked with bot_id."""
    app.event("message")(lambda event, say: say(f"heard {event['text']}"))
    connect(app)
    playground.direct_message("top30").wait()
    playground.wait_for_message("heard top30", channel="dm")
    heard = playground.deliveries("events_api")
    echo = next(delivery for delivery in heard if delivery.payload["event"].get("bot_id"))
    assert echo.wait().acked
    playground.settled()
    assert len(playground.bot_messages("dm")) == 1


def test_an_event_nobody_acknowledges_comes_again_three_times(
    playground: Playground, app: App, connect: Connect
) -> None:
    """At once, after one and after five minutes, with the number of the attempt; then Slack gives up."""
    heard: list[tuple[str, int | None]] = []

    def listener(_: Any, request: Any) -> None:
        with playground.world.changing():
            heard.append((request.payload["event_id"], request.retry_attempt))

    connect(app).client.socket_mode_request_listeners[:] = [listener]
    delivery = playground.mention("top30")
    for attempt, seconds in enumerate((3, 63, 303)):
        playground.wait_for(lambda attempt=attempt: len(heard) == attempt + 1)
        playground.advance(3)
        playground.advance(seconds - 3)
    playground.wait_for(lambda: len(heard) == 4)
    playground.advance(3)
    assert delivery.outcome == "gave_up"
    playground.settled()
    assert heard == [(delivery.payload["event_id"], attempt) for attempt in range(4)]


def test_the_same_event_may_come_twice(playground: Playground, app: App, connect: Connect) -> None:
    """A bot that does not remember event ids answers twice, which is how one notices."""
    app.event("app_mention")(lambda say: say("again?"))
    connect(app)
    first = playground.mention("top30").wait()
    second = playground.resend(first).wait()
    playground.settled()
    assert len(playground.bot_messages()) == 2
    assert first.payload["event_id"] == second.payload["event_id"]


def test_old_edited_and_doubled_messages_can_be_sent(playground: Playground, app: App, connect: Connect) -> None:
    """After an outage, after an unfurl, and as mention and message at once."""
    connect(app)
    old = playground.mention("top30", age=3600, also_as_message=True)
    assert float(old.payload["event"]["ts"]) == playground.now() - 3600
    kinds = [delivery.payload["event"]["type"] for delivery in playground.deliveries("events_api")]
    assert kinds == ["message", "app_mention"]
    edited = playground.edit(playground.write("x", channel="dm"), "y").payload["event"]
    assert (edited["subtype"], edited["message"]["text"]) == ("message_changed", "y")


def test_of_an_edit_in_a_channel_the_bot_hears_only_where_it_hears_messages(
    playground: Playground, app: App, connect: Connect
) -> None:
    """It has subscribed to those of direct conversations alone: message.im."""
    connect(app)

    edited = playground.edit(playground.write("x"), "y")

    assert edited.outcome == "not_sent"
    assert edited.payload["event"]["channel_type"] == "channel"


def test_a_message_edited_into_a_mention_is_a_mention(playground: Playground, app: App, connect: Connect) -> None:
    """The bot hears of it where it is a member, once: what mentioned it before is not said again."""
    connect(app)
    name = f"<@{playground.workspace.bot_user.id}>"
    message = playground.write("top30", age=3600)
    for text in (f"{name} top30", f"{name} totals"):
        playground.edit(message, text)
    events = [delivery.payload["event"] for delivery in playground.deliveries("events_api")]
    mentions = [event for event in events if event["type"] == "app_mention"]
    assert [(event["ts"], event["text"]) for event in mentions] == [(message.ts, f"{name} top30")]


# -------------------------------------------------------------------------------------------------------------- clicks


def with_button(client: WebClient, channel: str, **more: str) -> None:
    """Post a message with one button."""
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "top30"}
    arguments = {"channel": channel, "text": "x", "blocks": [{"type": "actions", "elements": [button]}], **more}
    (client.chat_postEphemeral if "user" in more else client.chat_postMessage)(**arguments)


def test_a_click_carries_the_value_and_the_message(
    playground: Playground, client: WebClient, app: App, connect: Connect, general: str
) -> None:
    """From a channel the message comes along, from an ephemeral one only its place."""
    app.action("go")(lambda ack, action, respond: (ack(), respond(f"you chose {action['value']}")))
    connect(app)
    with_button(client, general)
    with_button(client, general, user=playground.user("ann").id)
    open_click = playground.click(playground.messages()[-1], "Go").wait()
    own_click = playground.click(playground.ephemerals()[0], "go").wait()
    playground.settled()
    assert open_click.payload["message"]["ts"] == playground.messages()[0].ts
    assert "message" not in own_click.payload
    assert own_click.payload["container"]["is_ephemeral"]
    assert len([m for m in playground.ephemerals() if m.text == "you chose top30"]) == 2


def test_a_click_that_is_not_acknowledged_warns(
    playground: Playground, client: WebClient, connect_mute: Callable[[], SocketModeHandler], general: str
) -> None:
    """After three seconds the button shows a warning; the click is not sent again."""
    connect_mute()
    with_button(client, general)
    delivery = playground.click(playground.messages()[-1], "go")
    playground.advance(3)
    playground.settled()
    assert (delivery.outcome, len(delivery.sent_ids)) == ("warning", 1)


# --------------------------------------------------------------------------------------------------------- connections


def test_two_connections_share_what_comes(playground: Playground, app: App, connect: Connect) -> None:
    """A laptop on the production token takes every other command."""
    heard: list[str] = []
    other = App(client=app.client)
    app.command("/frameworks")(lambda ack: (heard.append("first"), ack()))
    other.command("/frameworks")(lambda ack: (heard.append("second"), ack()))
    connect(app)
    connect(other)
    for _ in range(4):
        playground.command("/frameworks").wait()
    playground.settled()
    assert sorted(heard) == ["first", "first", "second", "second"]


def test_a_bot_that_is_asked_to_reconnect_does(playground: Playground, app: App, connect: Connect) -> None:
    """refresh_requested closes the line; the built-in client opens another by itself."""
    app.command("/frameworks")(lambda ack: ack())
    connect(app)
    playground.disconnect("refresh_requested")
    playground.wait_for_connection()
    assert playground.command("/frameworks").wait().acked
    playground.settled()
    assert len(playground.requests("apps.connections.open")) == 2


async def _frames(url: str, count: int) -> list[Any]:
    async with ClientSession() as session, session.ws_connect(url) as socket:
        return [(await socket.receive()).json() for _ in range(count)]


def test_an_address_works_once_and_greets(playground: Playground) -> None:
    """A hello comes first; the same ticket again is refused."""
    opener = WebClient(base_url=playground.api_url)
    url = str(opener.apps_connections_open(app_token=playground.app_token)["url"])
    hello = asyncio.run(_frames(url, 1))[0]
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    with pytest.raises(Exception, match="403"):
        asyncio.run(_frames(url, 1))


UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "x"}


@pytest.mark.parametrize("headers", [{}, UPGRADE])
def test_what_is_no_handshake_is_not_counted(playground: Playground, fetch: Fetch, headers: dict[str, str]) -> None:
    """A good ticket shown by a plain request, or with a key that is none, leaves no connection behind."""
    ticket = playground.site.sockets.new_ticket()
    assert fetch(f"/link/?ticket={ticket}", **headers)[0] == 400
    assert playground.site.sockets.connections == []
    assert playground.command("/frameworks help").outcome == "dispatch_failed"


def test_pings_are_answered_and_an_eleventh_connection_is_not_kept(playground: Playground) -> None:
    """At most ten connections; the next is told too_many_websockets."""
    opener = WebClient(base_url=playground.api_url)

    async def many() -> tuple[Any, WSMsgType]:
        async with ClientSession() as session:
            urls = [str(opener.apps_connections_open(app_token=playground.app_token)["url"]) for _ in range(11)]
            sockets = [await session.ws_connect(url, autoping=False) for url in urls]
            told = (await sockets[10].receive()).json()
            await sockets[0].receive()
            await sockets[0].ping(b"there?")
            pong = await sockets[0].receive()
            for socket in sockets:
                await socket.close()
            return told, pong.type

    told, pong = asyncio.run(many())
    assert (told["type"], told["reason"]) == ("disconnect", "too_many_websockets")
    assert pong is WSMsgType.PONG


def test_revoking_the_token_can_be_heard(playground: Playground, app: App, connect: Connect) -> None:
    """Whoever subscribes to tokens_revoked is told; the token is dead from then on."""
    playground.world.events |= {"tokens_revoked"}
    app.event("tokens_revoked")(lambda: None)
    connect(app)
    playground.revoke()
    assert playground.deliveries("events_api")[0].wait().payload["event"]["type"] == "tokens_revoked"
    with pytest.raises(SlackApiError, match="token_revoked"):
        app.client.auth_test()


def test_the_bot_hears_of_its_own_arrival(playground: Playground, client: WebClient) -> None:
    """By joining and by invitation alike, if it subscribes to member_joined_channel."""
    playground.world.events |= {"member_joined_channel"}
    playground.world.tokens[playground.bot_token].scopes |= {"channels:read", "groups:read"}
    client.conversations_join(channel=playground.channel("random").id)
    playground.invite_bot("secret")
    events = [delivery.payload["event"] for delivery in playground.deliveries("events_api")]
    assert [(event["user"], event["channel_type"]) for event in events] == [
        (playground.bot_user.id, "C"),
        (playground.bot_user.id, "G"),
    ]


@pytest.mark.parametrize("said", [{"text": 5}, {"blocks": "x"}, {"blocks": {"type": "divider"}}], ids=str)
def test_an_acknowledgement_that_cannot_be_shown_is_invalid(
    playground: Playground, connect_mute: Callable[[], SocketModeHandler], said: Any
) -> None:
    """Words that are none and blocks that are no list; garbage before it is passed over."""
    handler = connect_mute()
    delivery = playground.command("/frameworks top30")
    for garbage in ("", "[" * 9_000, '{"envelope_id": NaN}', '{"envelope_id": 5}', "[]", "\x00"):
        handler.client.send_message(garbage)

    handler.client.send_message(json.dumps({"envelope_id": delivery.sent_ids[0], "payload": said}))

    assert delivery.wait().outcome == "invalid_command_response"
