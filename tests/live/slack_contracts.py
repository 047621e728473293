"""What we believe of Slack and nobody has seen yet, in the order in which it is worth trying in a real workspace."""

from typing import Any

from slack_sdk.errors import SlackApiError

from tests.live.contracts import Contract, ContractFinding, differs, hold, untried
from tests.live.slack_door import PROCESSED_WITHIN, SHARED_WITHIN, Json, SlackDoor, judged
from tests.playground.block_kit.test_block_limits import ACCEPTED, REFUSED

CHART: Json = {
    "type": "data_visualization",
    "title": "Live",
    "chart": {"type": "pie", "segments": [{"label": "PyTorch", "value": 28}, {"label": "TensorFlow", "value": 9}]},
}
FORM: Json = {
    "type": "modal",
    "callback_id": "live",
    "title": {"type": "plain_text", "text": "Live"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "Press Send."}}],
}
KEY = "0f1d3f5e-0000-5000-8000-000000000014"


def picture(file_id: str) -> list[Json]:
    """Make blocks that show an upload."""
    return [{"type": "image", "alt_text": "A picture that was uploaded to no channel", "slack_file": {"id": file_id}}]


def whisper_in_channel(door: SlackDoor) -> ContractFinding:
    """Say something to one person where everybody is."""
    door.client.chat_postEphemeral(channel=door.channel, user=door.person.id, text="live 1: can you see this?")
    return hold(door.person.sees("live 1"), "it was not seen")


def whisper_in_empty_thread(door: SlackDoor) -> ContractFinding:
    """Say something to one person in a thread that nobody has answered in yet."""
    parent = door.post("live 2: no replies here")["ts"]
    sent: Any = door.client.chat_postEphemeral(
        channel=door.channel, user=door.person.id, text="live 2a: can you see this?", thread_ts=parent
    )
    seen = door.person.sees("live 2a")
    return hold(None if seen is None else bool(sent["ok"]) and not seen, "it was seen")


def picture_for_others(door: SlackDoor) -> ContractFinding:
    """Show an upload that is in no channel, and look from another account."""
    file_id = door.upload()
    if door.file_when(file_id, lambda file: bool(file.get("mimetype")), PROCESSED_WITHIN) is None:
        return differs(f"files.info knew no mimetype after {PROCESSED_WITHIN} s")
    door.post("live 3: a picture", blocks=picture(file_id))
    if door.file_when(file_id, lambda file: bool(file.get("shares")), SHARED_WITHIN) is None:
        return differs(f"files.info told of no share within {SHARED_WITHIN} s; set SLACK_PICTURES=share")
    return hold(door.person.sees("live 3", elsewhere=True), "another account does not see it; set SLACK_PICTURES=share")


def picture_at_once(door: SlackDoor) -> ContractFinding:
    """Show an upload without waiting."""
    word = door.refusal("chat.postMessage", channel=door.channel, text="live 4", blocks=picture(door.upload()))
    return hold(word == "invalid_blocks", f"it was answered {word or 'ok'}")


def same_message_twice(door: SlackDoor) -> ContractFinding:
    """Post twice under one client_msg_id."""
    first = door.post("live 5: once or twice?", client_msg_id=KEY)["ts"]
    word = door.refusal("chat.postMessage", channel=door.channel, text="live 5: once or twice?", client_msg_id=KEY)
    second = door.posted[-1]
    if word:
        return differs(f"the second was answered {word}")
    return hold(first != second, "both have one ts: the second was not posted")


def picture_for_one(door: SlackDoor) -> ContractFinding:
    """Show an upload in a message for one person."""
    file_id = door.upload()
    door.file_when(file_id, lambda file: bool(file.get("mimetype")), PROCESSED_WITHIN)
    words = "live 6: is there a picture?"
    door.client.chat_postEphemeral(channel=door.channel, user=door.person.id, text=words, blocks=picture(file_id))
    seen = door.person.sees("live 6")
    return hold(None if seen is None else not seen, "it is seen: pictures may go into private answers too")


def chart_on_this_plan(door: SlackDoor) -> ContractFinding:
    """Post a native chart."""
    word = door.refusal("chat.postMessage", channel=door.channel, text="live 7: a chart", blocks=[CHART])
    return hold(not word, f"it was answered {word}")


def chart_at_home(door: SlackDoor) -> ContractFinding:
    """Ask whether Home takes one."""
    word = door.refusal("blocks.validate", view={"type": "home", "blocks": [CHART]})
    return hold(word == "invalid_view", f"it was answered {word or 'ok'}")


def form_and_answer(door: SlackDoor) -> ContractFinding:
    """Open a form from a slash command and answer by the command's own way back."""
    told = door.person.types()
    if told is None:
        return untried("nobody typed the command")
    door.client.views_open(trigger_id=told["trigger_id"], view=FORM)
    if not door.person.submits():
        return untried("nobody sent the form")
    answer = door.answer(told["response_url"], text="live 9: can you see this?")
    if answer.status_code != 200:
        return differs(f"it was answered {answer.status_code} {answer.body[:80]}")
    return hold(door.person.sees("live 9"), "it was not seen")


def way_back_five_times(door: SlackDoor) -> ContractFinding:
    """Use a response_url six times, the first of them with blocks that are wrong."""
    told = door.person.types()
    if told is None:
        return untried("nobody typed the command")
    url = told["response_url"]
    wrong = door.answer(url, text="x", blocks=[{"type": "header"}])
    good = [door.answer(url, text=f"live 10: {number}").status_code for number in range(4)]
    last = door.answer(url, text="live 10: one too many")
    if (wrong.status_code, wrong.body) != (400, "invalid_blocks"):
        return differs(f"wrong blocks were answered {wrong.status_code} {wrong.body[:80]}")
    return hold((good, last.status_code) == ([200] * 4, 404), f"the uses were answered {[*good, last.status_code]}")


def thread_of_nothing(door: SlackDoor) -> ContractFinding:
    """Answer in a thread of no message."""
    word = door.refusal("chat.postMessage", channel=door.channel, text="live 11", thread_ts="1700000000.000001")
    return hold(word == "thread_not_found", f"it was answered {word or 'ok'}")


def thread_of_reply(door: SlackDoor) -> ContractFinding:
    """Answer in the thread of an answer."""
    parent = door.post("live 12: a thread")["ts"]
    reply = door.post("live 12: a reply", thread_ts=parent)["ts"]
    word = door.refusal("chat.postMessage", channel=door.channel, text="live 12: beneath it", thread_ts=reply)
    return hold(word == "cannot_reply_to_message", f"it was answered {word or 'ok'}")


def metadata_unasked(door: SlackDoor) -> ContractFinding:
    """Read back what was posted with metadata, without asking for it and with."""
    metadata = {"event_type": "live", "event_payload": {"key": "live"}}
    ts = door.post("live 13: with metadata", metadata=metadata)["ts"]
    where: Json = {"channel": door.channel, "latest": ts, "inclusive": True, "limit": 1}
    plain: Any = door.client.conversations_history(**where)["messages"]
    asked: Any = door.client.conversations_history(**where, include_all_metadata=True)["messages"]
    kept = asked[0].get("metadata", {}).get("event_payload") == metadata["event_payload"]
    return hold(
        "metadata" not in plain[0] and kept, f"unasked {plain[0].get('metadata')}, asked {asked[0].get('metadata')}"
    )


def scopes_and_time(door: SlackDoor) -> ContractFinding:
    """Read the head of an answer."""
    headers = {name.lower() for name in door.client.auth_test().headers}
    missing = {"x-oauth-scopes", "date"} - headers
    return hold(not missing, f"it lacks {', '.join(sorted(missing))}")


def blocks_judged_alike(door: SlackDoor) -> ContractFinding:
    """Have Slack judge every list of blocks that the stand-in's tests have an opinion of."""
    opinions = {name: (blocks, False) for name, blocks in ACCEPTED.items()}
    opinions |= {
        name: (blocks, True) for name, (blocks, _) in REFUSED.items() if "NaN" not in name and "infinity" not in name
    }
    otherwise = []
    for name, (blocks, refused) in opinions.items():
        word = door.refusal("blocks.validate", blocks=blocks)
        otherwise += [name] if bool(word) != refused and "by file" not in name else []
    return hold(not otherwise, f"judged otherwise: {', '.join(otherwise)}")


def socket_reconnects(door: SlackDoor) -> ContractFinding:
    """Ask for an address whose connections are short, and for what they say."""
    told: Any = door.client.apps_connections_open(app_token=door.app_token)
    if "&debug_reconnects=true" in told["url"]:
        return differs("every address has it already")
    return hold(str(told["url"]).startswith(("wss://", "ws://")), f"the address begins {told['url'][:12]}")


def whisper_in_thread_of_nothing(door: SlackDoor) -> ContractFinding:
    """Say something to one person in a thread of no message."""
    arguments = {"channel": door.channel, "user": door.person.id, "text": "live 21", "thread_ts": "1700000000.000001"}
    word = door.refusal("chat.postEphemeral", **arguments)
    return hold(word == "thread_not_found", f"it was answered {word or 'ok'}")


def not_forbidden(door: SlackDoor) -> ContractFinding:
    """Try what no page forbids."""
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Live"}, "blocks": []}
    empty = door.refusal("blocks.validate", view=view)
    shown = door.refusal("chat.postMessage", channel=door.channel, text="live 22", reply_broadcast=True)
    return hold(not empty and not shown, f"the view was answered {empty or 'ok'}, the message {shown or 'ok'}")


def no_such_door(_: SlackDoor) -> ContractFinding:
    """Say that the bot has nothing that could be tried."""
    return untried("the bot has no such door yet")


def takes_a_person(_: SlackDoor) -> ContractFinding:
    """Say that it cannot be tried from here."""
    return untried("a person has to try it in a workspace: docs/unverified.md says how")


def names_of_nothing(door: SlackDoor) -> ContractFinding:
    """Answer links that were never shared, and a run that never was."""
    blocks = {"https://huggingface.co/a/b": {"blocks": [{"type": "divider"}]}}
    words = (
        door.refusal("chat.unfurl", unfurl_id="U0", source="composer", unfurls=blocks),
        door.refusal("functions.completeSuccess", function_execution_id="Fx0", outputs={}),
    )
    return hold(words == ("invalid_unfurl_id", "function_execution_not_found"), f"they were refused with {words}")


def edit_shows_no_picture(door: SlackDoor) -> ContractFinding:
    """Put an upload into a message by changing it."""
    file_id = door.upload()
    door.file_when(file_id, lambda file: bool(file.get("mimetype")), PROCESSED_WITHIN)
    ts = door.post("live 14: before")["ts"]
    try:
        door.client.chat_update(
            channel=door.channel, ts=ts, text="live 14: is there a picture?", blocks=picture(file_id)
        )
    except SlackApiError as refused:
        return differs(f"it was answered {judged(refused)}")
    seen = door.person.sees("live 14", elsewhere=True)
    return hold(None if seen is None else not seen, "it is seen")


SLACK: tuple[Contract[SlackDoor], ...] = (
    Contract(
        "slack-01",
        "A message for one person is seen in the channel",
        "bot/telling.py: the first way that works",
        whisper_in_channel,
    ),
    Contract(
        "slack-02",
        "A message for one in a thread without replies is answered ok and seen by nobody",
        "playground/world.py: add_if_shown",
        whisper_in_empty_thread,
    ),
    Contract(
        "slack-03",
        "A picture uploaded to no channel is seen by others once a message shows it, and files.info tells of the share",
        "SLACK_PICTURES, and _share_pictures in playground/methods/chat.py",
        picture_for_others,
    ),
    Contract(
        "slack-04",
        "A picture that is still being processed is invalid_blocks",
        "playground/site.py: file_problem",
        picture_at_once,
    ),
    Contract(
        "slack-05",
        "A second message of the same client_msg_id is posted like any other",
        "playground/faults.py: client_msg_id",
        same_message_twice,
    ),
    Contract(
        "slack-06",
        "A picture in a message for one person is not seen",
        "playground/state.py: is_seen_by",
        picture_for_one,
    ),
    Contract("slack-07", "The plan takes native charts", "playground/faults.py: refuse_charts", chart_on_this_plan),
    Contract("slack-08", "Home takes no native chart", "playground/block_kit/limits.py: charts_at_home", chart_at_home),
    Contract(
        "slack-09",
        "A form opened by a slash command may be answered by the command's response_url",
        "playground/response_urls.py",
        form_and_answer,
    ),
    Contract(
        "slack-10",
        "A response_url takes five uses, one with wrong blocks (400 invalid_blocks) among them; the sixth is 404",
        "playground/downloads.py: _respond",
        way_back_five_times,
    ),
    Contract(
        "slack-11",
        "A thread_ts of no message is thread_not_found",
        "playground/methods/message_checks.py: thread_of",
        thread_of_nothing,
    ),
    Contract(
        "slack-12",
        "A thread_ts of a reply is cannot_reply_to_message",
        "playground/methods/message_checks.py: thread_of",
        thread_of_reply,
    ),
    Contract(
        "slack-13",
        "A history holds metadata only if it is asked for",
        "playground/methods/conversations.py: history",
        metadata_unasked,
    ),
    Contract(
        "slack-14",
        "A picture put in by chat.update is not seen by others",
        "playground/methods/chat.py: update",
        edit_shows_no_picture,
    ),
    Contract("slack-15", "Every answer has x-oauth-scopes and Date in its head", "playground/api.py", scopes_and_time),
    Contract(
        "slack-16",
        "blocks.validate judges every list of blocks as the stand-in does",
        "playground/block_kit/",
        blocks_judged_alike,
    ),
    Contract(
        "slack-17",
        "A Socket Mode address is a WebSocket's, to which debug_reconnects can be added",
        "playground/sockets.py",
        socket_reconnects,
    ),
    Contract("slack-18", "An app in Socket Mode may have MCP servers", "none: the bot has none", no_such_door),
    Contract(
        "slack-19",
        "A workflow step works in an app that is installed in one workspace",
        "README.md, Put it into your Slack",
        takes_a_person,
    ),
    Contract(
        "slack-20",
        "link_shared for huggingface.co comes while another app holds the domain",
        "bot/previews/preview_words.py: ANOTHER_APP",
        takes_a_person,
    ),
    Contract(
        "slack-21",
        "A thread_ts of no message is thread_not_found in a message for one person too",
        "playground/methods/chat.py: post_ephemeral",
        whisper_in_thread_of_nothing,
    ),
    Contract(
        "slack-22",
        "A view without blocks is taken, and reply_broadcast outside a thread",
        "playground/block_kit/check.py, playground/methods/chat.py: post_message",
        not_forbidden,
    ),
    Contract(
        "slack-23",
        "Links that were never shared are invalid_unfurl_id, a run that never was function_execution_not_found",
        "playground/methods/links.py, playground/methods/functions_ended.py",
        names_of_nothing,
    ),
    Contract(
        "slack-24",
        "Without Work Objects chat.unfurl with one is refused, with feature_not_enabled or a word on metadata",
        "bot/previews/link_previews.py: WITHOUT_WORK_OBJECTS",
        takes_a_person,
    ),
    Contract(
        "slack-25",
        "The menu of the step asks at each letter, and takes 25 options of 75 characters",
        "bot/steps/step_words.py, playground/functions.py",
        takes_a_person,
    ),
)
