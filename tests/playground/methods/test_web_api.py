"""The Web API as the real SDK sees it: who may do what, where, and how it is refused."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RateLimitErrorRetryHandler

from playground.server import Playground
from tests.playground.refused_calls import refusal

Fetch = Callable[..., tuple[int, bytes]]


def as_bot(playground: Playground, *scopes: str) -> WebClient:
    """Make a client with just these scopes."""
    return WebClient(playground.new_token(scopes), base_url=playground.api_url, retry_handlers=[])


# ----------------------------------------------------------------------------------------------------- tokens, scopes


def test_a_token_says_who_it_is(playground: Playground, client: WebClient) -> None:
    """auth.test names the bot, and a header its scopes."""
    reply = client.auth_test()
    assert reply["user_id"] == playground.bot_user.id
    assert "chat:write" in reply.headers["x-oauth-scopes"]


def test_unknown_and_revoked_tokens_are_told_apart(playground: Playground, client: WebClient) -> None:
    """A wrong token is invalid_auth, one that was withdrawn token_revoked, none not_authed."""
    assert refusal(WebClient("xoxb-wrong", base_url=playground.api_url).auth_test) == "invalid_auth"
    assert refusal(WebClient(base_url=playground.api_url).auth_test) == "not_authed"
    playground.revoke()
    assert refusal(client.auth_test) == "token_revoked"


def test_a_missing_scope_is_named(playground: Playground, general: str) -> None:
    """The reply says what is needed and what was granted."""
    with pytest.raises(SlackApiError) as caught:
        as_bot(playground, "commands").chat_postMessage(channel=general, text="x")
    assert caught.value.response["error"] == "missing_scope"
    assert (caught.value.response["needed"], caught.value.response["provided"]) == ("chat:write", "commands")


def test_each_method_takes_its_kind_of_token(playground: Playground, client: WebClient, general: str) -> None:
    """The app's token opens sockets and posts nothing; the bot's posts and opens none."""
    assert refusal(client.apps_connections_open, app_token=playground.bot_token) == "not_allowed_token_type"
    with_app_token = WebClient(playground.app_token, base_url=playground.api_url)
    assert refusal(with_app_token.chat_postMessage, channel=general, text="x") == "not_allowed_token_type"


def test_methods_that_are_not_there_are_unknown(client: WebClient) -> None:
    """What the stand-in does not do it says, rather than pretend."""
    assert refusal(client.api_call, api_method="admin.users.list") == "unknown_method"


def test_json_forms_and_token_fields_are_all_read(playground: Playground, general: str, fetch: Fetch) -> None:
    """The real API takes a token in a form field as well."""
    body = urlencode({"token": playground.bot_token, "channel": general, "text": "by form"}).encode()
    status, reply = fetch("/api/chat.postMessage", body, Content_Type="application/x-www-form-urlencoded")
    assert (status, json.loads(reply)["ok"]) == (200, True)
    assert playground.messages()[-1].text == "by form"
    assert "token" not in playground.requests("chat.postMessage")[-1].arguments


# ------------------------------------------------------------------------------------------------------------ channels


def test_a_bot_posts_only_where_it_is(playground: Playground, client: WebClient) -> None:
    """Public without membership, private, archived, by name and unknown: five places, their errors."""
    errors = {
        name: refusal(client.chat_postMessage, channel=channel, text="x")
        for name, channel in {
            "random": playground.channel("random").id,
            "secret": playground.channel("secret").id,
            "old": playground.channel("old").id,
            "by name": "#general",
            "unknown": "C0UNKNOWN",
        }.items()
    }
    assert errors == {
        "random": "not_in_channel",
        "secret": "channel_not_found",
        "old": "is_archived",
        "by name": "channel_not_found",
        "unknown": "channel_not_found",
    }


def test_chat_write_public_opens_public_channels_for_words_only(playground: Playground) -> None:
    """With that scope a stranger may post in public, but not upload."""
    stranger = as_bot(playground, "chat:write", "chat:write.public", "files:write")
    random = playground.channel("random").id
    assert stranger.chat_postMessage(channel=random, text="x")["ok"]
    assert refusal(stranger.files_upload_v2, channel=random, content="x", filename="a.txt") == "not_in_channel"


def test_a_bot_may_join_what_is_public(playground: Playground, client: WebClient) -> None:
    """Joining works once for public channels, and for no others."""
    random = playground.channel("random").id
    assert "warning" not in client.conversations_join(channel=random).data
    assert client.conversations_join(channel=random)["warning"] == "already_in_channel"
    assert client.chat_postMessage(channel=random, text="x")["ok"]
    assert refusal(client.conversations_join, channel=playground.channel("secret").id) == "channel_not_found"
    assert refusal(client.conversations_join, channel=playground.channel("old").id) == "is_archived"
    playground.invite_bot("secret")
    kind = "method_not_supported_for_channel_type"
    assert refusal(client.conversations_join, channel=playground.channel("secret").id) == kind


def test_a_removed_bot_is_a_stranger_again(playground: Playground, client: WebClient, general: str) -> None:
    """The next post fails once the bot is out of the channel."""
    playground.remove_bot("general")
    assert refusal(client.chat_postMessage, channel=general, text="x") == "not_in_channel"


def test_restricted_channels_and_a_closed_messages_tab(playground: Playground, client: WebClient, general: str) -> None:
    """Posting rules and the switched-off tab have errors of their own."""
    playground.channel("general").posting_restricted = True
    playground.world.messages_tab = False
    assert refusal(client.chat_postMessage, channel=general, text="x") == "restricted_action"
    ann = playground.user("ann").id
    assert refusal(client.chat_postMessage, channel=ann, text="x") == "messages_tab_disabled"


def test_a_token_never_sees_the_other_workspace(playground: Playground, client: WebClient, general: str) -> None:
    """The same channel name stands in both workspaces; ids of the other do not exist."""
    other = WebClient(playground.other_workspace.bot_token, base_url=playground.api_url, retry_handlers=[])
    stranger = next(u for u in playground.world.users.values() if u.team_id == playground.other_workspace.id)
    assert refusal(other.chat_postMessage, channel=general, text="x") == "channel_not_found"
    assert refusal(other.conversations_history, channel=general) == "channel_not_found"
    assert refusal(client.users_info, user=stranger.id) == "user_not_found"


def test_channels_are_described_to_whoever_may_read_them(playground: Playground, general: str) -> None:
    """conversations.info wants channels:read for public channels and groups:read for private ones."""
    playground.invite_bot("secret")
    reader = as_bot(playground, "channels:read")
    channel = reader.conversations_info(channel=general, include_num_members=True)["channel"]
    assert (channel["is_member"], channel["num_members"], channel["is_ext_shared"]) == (True, 4, False)
    assert refusal(reader.conversations_info, channel=playground.channel("secret").id) == "missing_scope"


def test_a_persons_id_means_the_conversation_with_that_person(playground: Playground, client: WebClient) -> None:
    """Posting to U… opens the DM and answers with D…; conversations.open wants a scope of its own."""
    bob = playground.user("bob").id
    direct = client.chat_postMessage(channel=bob, text="x")["channel"]
    assert direct.startswith("D")
    assert refusal(as_bot(playground, "chat:write").conversations_open, users=bob) == "missing_scope"
    opener = as_bot(playground, "im:write")
    assert opener.conversations_open(users=bob)["channel"]["id"] == direct
    assert refusal(opener.conversations_open, users=playground.user("dave").id) == "user_disabled"


def test_people_have_time_zones(playground: Playground, client: WebClient) -> None:
    """users.info gives the IANA zone and the offset of the day, so summer time shows."""
    ann = playground.user("ann").id
    assert client.users_info(user=ann)["user"]["tz_offset"] == 3600
    playground.advance(200 * 86_400)
    user = client.users_info(user=ann)["user"]
    assert (user["tz"], user["tz_offset"]) == ("Europe/Berlin", 7200)


# ------------------------------------------------------------------------------------------------------------ messages


def test_a_message_needs_words_or_blocks(client: WebClient, general: str) -> None:
    """Empty text without blocks is no_text; text alone and blocks alone are fine."""
    empty = {"channel": general, "text": " "}
    assert refusal(client.api_call, api_method="chat.postMessage", json=empty) == "no_text"
    blocks = [{"type": "divider"}]
    assert client.api_call("chat.postMessage", json={"channel": general, "blocks": blocks})["ok"]


def test_time_stamps_rise_though_the_clock_stands_still(client: WebClient, general: str) -> None:
    """A ts is unique in its channel."""
    stamps = [client.chat_postMessage(channel=general, text="x")["ts"] for _ in range(3)]
    assert stamps == sorted(set(stamps))


def test_very_long_texts_are_cut_with_a_warning(playground: Playground, client: WebClient, general: str) -> None:
    """Beyond 40,000 characters Slack cuts and says so."""
    assert client.chat_postMessage(channel=general, text="x" * 40_001)["warning"] == "message_truncated"
    assert len(playground.messages()[-1].text) == 40_000


def test_wrong_blocks_are_refused_with_a_pointer(playground: Playground, client: WebClient, general: str) -> None:
    """invalid_blocks says where, twice, and nothing is posted."""
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=general, text="x", blocks=[{"type": "divider"}, {"type": "header"}])
    reply = caught.value.response
    assert (reply["error"], reply["errors"]) == (
        "invalid_blocks",
        ["missing required field: text [json-pointer:/blocks/1]"],
    )
    assert reply["response_metadata"]["messages"][0].startswith("[ERROR] missing required field")
    assert playground.messages() == []


def test_a_workspace_may_not_have_charts_yet(playground: Playground, client: WebClient, general: str) -> None:
    """One switch refuses every data_visualization."""
    chart = {"type": "pie", "segments": [{"label": "PyTorch", "value": 9}]}
    blocks = [{"type": "data_visualization", "title": "Share", "chart": chart}]
    assert client.chat_postMessage(channel=general, text="x", blocks=blocks)["ok"]
    playground.faults.refuse_charts = True
    assert refusal(client.chat_postMessage, channel=general, text="x", blocks=blocks) == "invalid_blocks"
    assert refusal(client.api_call, api_method="blocks.validate", json={"blocks": blocks}) == "invalid_blocks"


def test_blocks_validate_takes_no_token(playground: Playground) -> None:
    """Blocks, messages and views can be judged without posting."""
    judge = WebClient(base_url=playground.api_url)
    assert judge.api_call("blocks.validate", json={"blocks": [{"type": "divider"}]})["ok"]
    with pytest.raises(SlackApiError) as caught:
        judge.api_call("blocks.validate", json={"view": {"type": "home", "blocks": [{"type": "markdown"}]}})
    assert caught.value.response["error"] == "invalid_view"
    assert caught.value.response["errors"][0]["pointer"] == "/view/blocks/0/type"


def test_history_shows_metadata_only_if_asked(playground: Playground, general: str) -> None:
    """Without include_all_metadata a digest cannot find itself again."""
    client = as_bot(playground, "chat:write", "channels:history")
    metadata = {"event_type": "digest", "event_payload": {"key": "2026-W47"}}
    client.chat_postMessage(channel=general, text="x", metadata=metadata)
    assert "metadata" not in client.conversations_history(channel=general)["messages"][0]
    found = client.conversations_history(channel=general, include_all_metadata=True)["messages"][0]
    assert found["metadata"] == metadata


def test_metadata_must_be_flat(client: WebClient, general: str) -> None:
    """Lists in the payload are refused."""
    metadata = {"event_type": "digest", "event_payload": {"keys": ["a"]}}
    assert refusal(client.chat_postMessage, channel=general, text="x", metadata=metadata) == "invalid_metadata_format"


def test_history_comes_newest_first_in_pages_without_replies(playground: Playground, general: str) -> None:
    """A reply in a thread is not in the channel's history; a cursor leads to the next page."""
    client = as_bot(playground, "chat:write", "channels:history")
    stamps = [client.chat_postMessage(channel=general, text=str(number))["ts"] for number in range(3)]
    client.chat_postMessage(channel=general, text="reply", thread_ts=stamps[0])
    first = client.conversations_history(channel=general, limit=2)
    rest = client.conversations_history(channel=general, cursor=first["response_metadata"]["next_cursor"])
    assert [m["text"] for m in [*first["messages"], *rest["messages"]]] == ["2", "1", "0"]
    newer = client.conversations_history(channel=general, oldest=stamps[1])["messages"]
    assert [m["text"] for m in newer] == ["2"]


def test_a_thread_is_given_between_moments_with_its_first_message(playground: Playground, general: str) -> None:
    """`oldest` and `latest` hold for conversations.replies too; what the thread hangs on is always there."""
    client = as_bot(playground, "chat:write", "channels:history")
    first = client.chat_postMessage(channel=general, text="0")["ts"]
    later = [client.chat_postMessage(channel=general, text=str(n), thread_ts=first)["ts"] for n in (1, 2, 3)]
    bounds = {"oldest": later[0], "latest": later[2]}

    shown = client.conversations_replies(channel=general, ts=first, **bounds)["messages"]
    assert [message["text"] for message in shown] == ["0", "2"]


def test_history_wants_scope_and_membership(playground: Playground, client: WebClient, general: str) -> None:
    """channels:history is a scope of its own, and a stranger reads nothing."""
    assert refusal(as_bot(playground, "chat:write").conversations_history, channel=general) == "missing_scope"
    assert refusal(client.conversations_history, channel=playground.channel("random").id) == "not_in_channel"


def test_an_update_keeps_the_metadata(playground: Playground, client: WebClient, general: str) -> None:
    """chat.update changes the words and leaves metadata it does not mention."""
    metadata = {"event_type": "digest", "event_payload": {"key": "k"}}
    ts = client.chat_postMessage(channel=general, text="old", metadata=metadata)["ts"]
    client.chat_update(channel=general, ts=ts, text="new")
    message = playground.messages()[-1]
    assert (message.text, message.metadata, message.edited) == ("new", metadata, True)


def test_a_bot_changes_only_its_own_messages(playground: Playground, client: WebClient, general: str) -> None:
    """People's messages and ephemeral ones are out of reach."""
    theirs = playground.write("mine")
    own = client.chat_postEphemeral(channel=general, user=playground.user("ann").id, text="x")["message_ts"]
    assert refusal(client.chat_update, channel=general, ts=theirs.ts, text="x") == "cant_update_message"
    assert refusal(client.chat_delete, channel=general, ts=theirs.ts) == "cant_delete_message"
    assert refusal(client.chat_update, channel=general, ts=own, text="x") == "message_not_found"
    assert refusal(client.chat_update, channel=general, ts="1.0", text="x") == "message_not_found"


def test_a_message_can_be_deleted_and_linked_to(playground: Playground, client: WebClient, general: str) -> None:
    """A permalink leads to a message as long as it is there."""
    ts = client.chat_postMessage(channel=general, text="x")["ts"]
    assert client.chat_getPermalink(channel=general, message_ts=ts)["permalink"].endswith(ts.replace(".", ""))
    client.chat_delete(channel=general, ts=ts)
    assert playground.messages() == []
    assert refusal(client.chat_getPermalink, channel=general, message_ts=ts) == "message_not_found"


def test_an_ephemeral_message_is_for_one_member(playground: Playground, general: str) -> None:
    """Others do not see it, no history holds it, and a stranger cannot get one."""
    client = as_bot(playground, "chat:write", "channels:history")
    client.chat_postEphemeral(channel=general, user=playground.user("bob").id, text="psst")
    assert [m.text for m in playground.ephemerals(user="bob")] == ["psst"]
    assert playground.ephemerals(user="ann") == []
    assert client.conversations_history(channel=general)["messages"] == []
    arguments = {"channel": general, "user": playground.user("dave").id, "text": "x"}
    assert refusal(client.chat_postEphemeral, **arguments) == "user_not_in_channel"


def test_a_home_tab_is_published_for_one_user(playground: Playground, client: WebClient) -> None:
    """views.publish keeps the view with a hash; a stale hash, wrong blocks and a switched-off tab are refused."""
    playground.world.home_tab = True
    ann = playground.user("ann").id
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    assert client.views_publish(user_id=ann, view=view)["view"]["hash"]
    assert playground.home("ann")
    assert refusal(client.views_publish, user_id=ann, view=view, hash="stale") == "hash_conflict"
    large = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_999}}] * 90}
    assert refusal(client.views_publish, user_id=ann, view=large) == "view_too_large"
    assert refusal(client.views_publish, user_id=ann, view={"type": "home", "blocks": [{}]}) == "invalid_blocks"
    playground.world.home_tab = False
    assert refusal(client.views_publish, user_id=ann, view=view) == "not_enabled"


# --------------------------------------------------------------------------------------------------------------- rates


def test_a_channel_takes_a_burst_and_then_one_message_a_second(
    playground: Playground, client: WebClient, general: str
) -> None:
    """The fifth message at once is answered 429 with an integer Retry-After; a second later it is taken."""
    for _ in range(4):
        client.chat_postMessage(channel=general, text="x")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=general, text="x")
    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    assert caught.value.response.headers["Retry-After"] == "1"
    playground.advance(1)
    assert client.chat_postMessage(channel=general, text="x")["ok"]


def test_methods_are_counted_by_tier(playground: Playground) -> None:
    """The fifty-first conversations.info of a minute is one too many."""
    client = as_bot(playground, "channels:read")
    general = playground.channel("general").id
    for _ in range(50):
        client.conversations_info(channel=general)
    assert refusal(client.conversations_info, channel=general) == "ratelimited"
    playground.advance(60)
    assert client.conversations_info(channel=general)["ok"]


def test_the_sdks_own_handler_waits_the_limit_out(playground: Playground, general: str) -> None:
    """Two 429s with a Retry-After of nought, then success: what a patient client sees."""
    patient = WebClient(
        playground.bot_token,
        base_url=playground.api_url,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=1)],
    )
    playground.faults.rate_limit("chat.postMessage", retry_after=0)
    assert patient.chat_postMessage(channel=general, text="x")["ok"]
    assert [request.status for request in playground.requests("chat.postMessage")] == [429, 200]
