"""What Slack refuses, said so that it helps; what it may have taken, never sent again; pictures in three ways."""

from collections.abc import Callable

import pytest

from playground.server import Playground
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import stalls
from tests.loopback.hub_items import model
from tests.scenarios.shown_blocks import kinds

Start = Callable[..., Playground]
PAGE = "<html><body>proxy says no <!channel></body></html>"


@pytest.mark.parametrize(("body", "status"), [(PAGE, 200), (PAGE, 502), ("stream timeout", 408), ('{"ok":tr', 200)])
def test_an_answer_that_is_not_slacks_is_no_refusal(playground: Playground, body: str, status: int) -> None:
    """The message is in the channel; the asker is told to look, and it is not posted again."""
    playground.faults.garble("chat.postMessage", body, status)
    playground.command("/frameworks top30")

    told = playground.wait_for_ephemeral("did not confirm")

    playground.settled()
    assert len(playground.bot_messages()) == 1
    assert "proxy" not in told.text


@pytest.mark.parametrize(
    ("word", "helps"),
    [
        ("restricted_action_read_only_channel", "only some people may post in this channel"),
        ("restricted_action_of_next_year", "the workspace's rules do not let me post"),
        ("ekm_access_denied", "an admin has suspended posting"),
        ("no_permission", "install me again with all permissions"),
        ("team_access_not_granted", "organization admin"),
        ("team_added_to_org", "being moved into an organization"),
        ("a_word_of_tomorrow", "Slack refused it (`a_word_of_tomorrow`)"),
    ],
)
def test_a_refusal_says_why_and_the_answer_comes_privately(playground: Playground, word: str, helps: str) -> None:
    """One post, one word of Slack's, one sentence of ours."""
    playground.faults.error("chat.postMessage", word)
    playground.command("/frameworks top30")

    assert helps in playground.wait_for_ephemeral("PyTorch is in 28").text
    playground.settled()
    assert len(playground.requests("chat.postMessage")) == 1


def test_a_refusal_is_logged_with_everything_but_secrets(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    """Workspace, channel, person, duration and the scope that is missing; no token, nothing that was typed."""
    caplog.set_level("INFO")
    playground.faults.error("chat.postMessage", "missing_scope", needed="chat:write", provided="commands")
    playground.command("/frameworks model openai/whisper-large-v3")
    playground.command("/frameworks top30")
    playground.wait_for_ephemeral("lacks a permission")

    playground.settled()
    line = next(record.getMessage() for record in caplog.records if "missing_scope" in record.getMessage())
    ids = [playground.user("ann").id, playground.channel("general").id, playground.workspace.id]
    assert all(word in line for word in [*ids, "needed chat:write", " s"])
    assert playground.bot_token not in caplog.text
    assert "whisper" not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("bot"))


# ------------------------------------------------------------------------------------------------------------ pictures


def test_a_refused_picture_falls_to_slacks_own_chart(playground: Playground) -> None:
    """The file was deleted and a new one is refused as well: chart and table are native, and text is not needed."""
    invalid = "invalid slack file [json-pointer:/blocks/1/slack_file]"
    playground.faults.error("chat.postMessage", "invalid_blocks", errors=[invalid])
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch")

    assert kinds(message) == ["section", "data_visualization", "data_table", "context", "actions"]
    assert "picture is missing" in str(message.blocks[3])


@pytest.mark.parametrize("pictures", ["block", "share", "off"])
def test_slack_connect_costs_the_picture_not_the_answer(start: Start, pictures: str) -> None:
    """In a channel shared with others whose admin forbids files, Slack's own chart and table are posted once."""
    playground = start(pictures=pictures)
    playground.channel("general").externally_shared = True
    playground.faults.connect_blocks_files = True
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch")

    playground.settled()
    assert kinds(message)[1:3] == ["data_visualization", "data_table"]
    assert len(playground.bot_messages()) == 1


def test_pictures_can_be_shared_where_all_can_see_them(start: Start) -> None:
    """The file stands in the answer's own thread; the answer itself shows Slack's own chart."""
    playground = start(pictures="share")
    playground.command("/frameworks top30")

    answer = playground.wait_for_message("PyTorch")
    shared = playground.wait_for(lambda: next((m for m in playground.bot_messages() if m.files), None))

    assert kinds(answer)[1] == "data_visualization"
    assert shared.thread_ts == answer.ts
    assert shared.files[0].as_json()["shares"]["public"][shared.channel.id]


def test_a_picture_of_a_mention_is_shared_in_its_thread(start: Start) -> None:
    """Where the question was asked."""
    playground = start(pictures="share")
    asked = playground.mention("top30").payload["event"]["ts"]

    shared = playground.wait_for(lambda: next((m for m in playground.bot_messages() if m.files), None))

    assert shared.thread_ts == asked


def test_without_pictures_nothing_is_uploaded(start: Start) -> None:
    """Slack's own blocks, and no word about a picture that is missing."""
    playground = start(pictures="off")
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch")

    assert kinds(message) == ["section", "data_visualization", "data_table", "context", "actions"]
    playground.settled()
    assert playground.files() == []
    assert "missing" not in str(message.blocks)


# ------------------------------------------------------------------------------------------- words for one person alone


def test_a_refusal_of_a_mention_is_seen(playground: Playground) -> None:
    """The thread does not exist yet, so it comes at channel level, where Slack shows it."""
    playground.mention("top30 by magic")

    assert playground.wait_for_ephemeral("“by” takes").thread_ts is None


def test_a_refusal_within_a_thread_stays_there(playground: Playground) -> None:
    """Where there are replies already, it is shown in the thread."""
    first = playground.write("a talk")
    playground.write("goes on", thread_ts=first.ts)
    playground.mention("top30 by magic", thread_ts=first.ts)

    assert playground.wait_for_ephemeral("“by” takes").thread_ts == first.ts


@pytest.mark.parametrize("word", ["thread_not_found", "message_not_found"])
def test_an_answer_to_a_thread_that_was_deleted_is_seen(playground: Playground, word: str) -> None:
    """Nobody sees what is said privately in a thread that is gone: it comes at channel level, and says why."""
    first = playground.write("hello")
    playground.write("hello to you", thread_ts=first.ts)
    playground.faults.error("chat.postMessage", word, times=3)  # a word that it is looked up may come first
    playground.mention("top30", thread_ts=first.ts)

    told = playground.wait_for_ephemeral("PyTorch is in 28")
    assert (told.thread_ts, "this thread begins with is gone" in told.text) == (None, True)


def test_a_refusal_in_a_thread_of_a_direct_message_goes_into_it(playground: Playground) -> None:
    """Not below it, where it belongs to nothing."""
    first = playground.write("a talk", channel="dm")
    playground.direct_message("top30 by magic", thread_ts=first.ts)

    assert playground.wait_for_message("“by” takes", channel="dm").thread_ts == first.ts


def ask(playground: Playground, way: str, words: str) -> None:
    """Ask so that the answer comes by one way."""
    asks = {
        "response_url": lambda: playground.command(f"/frameworks {words}"),
        "chat.postEphemeral": lambda: playground.mention(words),
        "chat.postMessage": lambda: playground.direct_message(words),
    }
    asks[way]()


def said(playground: Playground) -> list[str]:
    """Give what the bot tried to say, by whatever way."""
    ways = ("response_url", "chat.postEphemeral", "chat.postMessage")
    return [str(request.arguments.get("text")) for way in ways for request in playground.requests(way)]


def seen(playground: Playground) -> str:
    """Give all that Ann sees of the bot, in the channel and in her own conversation with it."""
    shown = [*playground.ephemerals(), *playground.ephemerals("dm"), *playground.bot_messages("dm")]
    return "\n".join(message.text for message in shown)


WAYS = ("response_url", "chat.postEphemeral", "chat.postMessage")


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "server_error", "cut_after"])
@pytest.mark.parametrize("way", WAYS)
def test_a_private_reply_that_may_be_lost_is_said_once_more(playground: Playground, way: str, fault: str) -> None:
    """By the next way, marked; so it is seen in any case, and never a third time."""
    getattr(playground.faults, fault)(way)
    ask(playground, way, "top30 by magic")

    playground.settled()
    tries = [text for text in said(playground) if "“by” takes" in text]
    assert ["read this twice" in text for text in tries].count(True) == 1
    assert len(tries) == 2
    assert "“by” takes" in seen(playground)


@pytest.mark.parametrize("way", WAYS)
def test_a_private_reply_is_not_said_a_third_time(playground: Playground, way: str) -> None:
    """Whatever becomes of the second."""
    for each in WAYS:
        playground.faults.drop_after(each, times=5)
    ask(playground, way, "top30 by magic")

    playground.settled()
    assert len([text for text in said(playground) if "“by” takes" in text]) == 2


@pytest.mark.parametrize(
    ("body", "status"), [("null", 200), ("true", 200), ("OK", 200), ("{}", 200), ("accepted", 200)]
)
def test_a_reply_that_was_taken_is_said_once(playground: Playground, body: str, status: int) -> None:
    """A proxy changed Slack's `ok`: nothing follows."""
    playground.faults.garble("response_url", body, status)
    playground.command("/frameworks top30 by magic")

    playground.settled()
    assert len(said(playground)) == 1
    assert len(playground.ephemerals()) == 1


@pytest.mark.parametrize("word", ["fatal_error", "internal_error", "a_word_of_tomorrow", "<!channel> no *word*"])
def test_a_no_in_words_nobody_has_heard_of_leaves_nobody_in_silence(playground: Playground, word: str) -> None:
    """`ok` is false, so it was not taken; it was, once, for a proxy's nod, and nobody heard anything."""
    playground.faults.error("response_url", word)
    playground.command("/frameworks top30 by magic")

    assert "If you read this twice" in playground.wait_for_ephemeral("“by” takes").text
    playground.settled()
    assert "<!channel>" not in seen(playground)


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize(("body", "status"), [(PAGE, 404), (PAGE, 403), (PAGE, 200), ("not_found", 404)])
def test_after_somebody_elses_page_one_line_says_that_there_was_an_answer(
    playground: Playground,
    body: str,
    status: int,
    after: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """The reply itself is not said twice where it was shown; where it was not, the asker hears what helps."""
    playground.faults.garble("response_url", body, status, after=after)
    playground.command("/frameworks top30 by magic")

    told = playground.wait_for_ephemeral("something between Slack and me")
    playground.settled()
    assert "in a direct message to me" in told.text
    assert len([text for text in said(playground) if "“by” takes" in text]) == 1
    assert "proxy" not in seen(playground)


def test_a_courtesy_that_may_be_lost_is_not_repeated(start: Start) -> None:
    """“Looking up …” is no answer: its loss is silence for a moment and no more."""
    with LoopbackHub([model("lab/one", downloads=9, tags=["pytorch"])]) as hub:
        hub.faults.put(stalls(2))
        playground = start(hub=hub.endpoint)
        playground.faults.drop_after("response_url")
        playground.command("/frameworks top30")
        playground.settled()

    assert len([text for text in said(playground) if "Looking up" in text]) == 1


def test_a_reply_that_was_refused_goes_another_way(playground: Playground) -> None:
    """A used-up response_url, then a private message in the channel; then, where the bot is not, a direct message."""
    playground.faults.garble("response_url", "", 404, after=False, times=2)
    playground.command("/frameworks top30 by magic")
    playground.wait_for_ephemeral("“by” takes")
    playground.command("/frameworks top30 by magic", channel="random")

    told = playground.wait_for_message("“by” takes", channel="dm")

    assert f"<#{playground.channel('random').id}>" in told.text
