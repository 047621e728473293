"""A question asked in Slack is answered where it was asked, picture and all."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground import payloads
from playground.server import Playground
from playground.state import PostedMessage
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected
from tests.scenarios.shown_blocks import kinds

Start = Callable[..., Playground]


def said_to(playground: Playground, words: str) -> dict[str, Any]:
    """Make the event of Ann's words to the bot itself."""
    place = playground.channel("dm").id
    event = {"type": "message", "channel": place, "channel_type": "im", "user": playground.user("ann").id}
    return event | {"text": words, "ts": f"{playground.now():.6f}", "event_ts": f"{playground.now():.6f}"}


def test_top30_is_answered_in_the_channel(playground: Playground) -> None:
    """The finding as text, the picture with the numbers as alt text, thirty rows, and who asked."""
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch is in 28 of the top 30 models (27 proven, at most 29)")

    assert kinds(message) == ["section", "image", "data_table", "context", "actions"]
    assert "ranks 1, 2, 5, 6, 12, 13, 16, 20, 22" in message.blocks[1]["alt_text"]
    assert len(message.blocks[2]["rows"]) == 31
    assert "asked `/frameworks top30 attributed`" in str(message.blocks[3])


def test_how_a_list_is_reached_is_answered_in_the_channel(playground: Playground) -> None:
    """What converts on load stands beside the files: in the finding, the alt text of the bars, the rows."""
    playground.command("/frameworks top30 reach")
    message = playground.wait_for_message("TensorFlow has files in 9 of the top 30 models")
    alt = message.blocks[1]["alt_text"]

    assert kinds(message)[:3] == ["section", "image", "data_table"]
    assert "1 more converts on load" in str(message.blocks[0])
    assert all(f"{name}: " in alt for name in ("PyTorch", "TensorFlow", "JAX", "MLX"))
    assert [row[0]["text"] for row in message.blocks[2]["rows"][1:]] == ["PyTorch", "TensorFlow", "JAX", "MLX"]
    assert "asked `/frameworks top30 reach attributed`" in str(message.blocks)
    playground.settled()
    assert [file.content[:4] for file in playground.files()] == [b"\x89PNG"]


def test_the_uploaded_picture_is_a_png_of_the_promised_size(playground: Playground) -> None:
    """What Slack received is a PNG under 120 KB."""
    playground.command("/frameworks top30")
    playground.settled()

    (file,) = playground.files()

    assert file.content.startswith(b"\x89PNG")
    assert len(file.content) < 120_000


def test_the_same_picture_is_uploaded_once_for_all_channels(playground: Playground) -> None:
    """The second channel shows the file of the first."""
    playground.command("/frameworks top30")
    playground.wait_for_message("PyTorch")
    playground.command("/frameworks top30", channel="dm")
    playground.wait_for_message("PyTorch", channel="dm")

    playground.settled()
    assert len(playground.files()) == 1


def test_a_public_channel_is_joined_first(playground: Playground) -> None:
    """Asked where it is not a member, the bot joins and posts."""
    playground.command("/frameworks top30", channel="random")

    playground.wait_for_message("PyTorch", channel="random")

    playground.settled()
    assert len(playground.requests("conversations.join")) == 1


def test_in_a_private_channel_the_asker_alone_is_answered_and_told_how_to_invite(playground: Playground) -> None:
    """Nothing can be posted there, so the answer comes as Slack's own blocks with the exact words to type."""
    playground.command("/frameworks top30", channel="secret")

    answer = playground.wait_for_ephemeral("PyTorch is in 28", channel="secret")

    assert kinds(answer) == ["section", "data_visualization", "data_table", "context", "actions"]
    assert "`/invite @frameworks`" in str(answer.blocks[3])
    playground.settled()
    assert playground.bot_messages("secret") == []
    assert playground.requests("conversations.join") == [], "nobody can let himself into a private channel"


def test_an_archived_channel_is_named_as_the_reason(playground: Playground) -> None:
    """The asker gets the answer and hears why it is not in the channel."""
    playground.command("/frameworks top30", channel="old")

    assert playground.wait_for_ephemeral("PyTorch is in 28", channel="old")


def test_privately_keeps_the_answer_to_the_asker(playground: Playground) -> None:
    """The channel sees nothing; a button can post it later."""
    playground.command("/frameworks privately top30")
    answer = playground.wait_for_ephemeral("PyTorch is in 28")
    playground.settled()
    assert playground.bot_messages() == []

    playground.click(answer, "share:top30 attributed")

    assert playground.wait_for_message("PyTorch is in 28")


def test_help_answers_with_examples_for_the_asker_alone(playground: Playground) -> None:
    """The bare command and `help` show the same card."""
    for words in ("/frameworks", "/frameworks help", "/frameworks  HELP!"):
        playground.command(words)

    playground.settled()

    assert len(playground.ephemerals()) == 3
    assert len({str([block["text"] for block in e.blocks[:1]]) for e in playground.ephemerals()}) == 1
    assert playground.bot_messages() == []


def test_a_sentence_is_answered_as_the_question_it_is(playground: Playground) -> None:
    """In the channel, with the canonical words under it, which anybody can type."""
    playground.command("/frameworks hey, could you show me the top thirty models please? 🙏")

    message = playground.wait_for_message("PyTorch is in 28")

    assert "/frameworks top30 attributed" in str(message.blocks)


def test_which_model_a_family_was_taken_for_is_said_with_the_others(playground: Playground) -> None:
    """The answer stands in the channel, the other sizes are buttons for the asker."""
    playground.command("/frameworks is bert in tensorflow?")

    assert playground.wait_for_message("google-bert/bert-base-uncased")
    told = playground.wait_for_ephemeral("“bert” was taken for google-bert/bert-base-uncased")
    assert len(told.blocks[-1]["elements"]) > 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("help, what can you do?", "Ask me, for example"),
        ("help models", "One model: model openai/whisper-large-v3"),
        ("digest help", "What can be said about digests"),
        ("digest off for this week only", "What can be said about digests"),
        ("thanks!", "You are welcome"),
        ("what is the weather in berlin", "I count pre-trained models by framework"),
        ("is it in tf?", "Which model is meant?"),
        ("how do you count?", "Two ways of counting"),
        ("are you up to date?", "How things stand"),
    ],
)
def test_what_is_no_question_of_numbers_is_answered_in_words(playground: Playground, words: str, said: str) -> None:
    """Each to the asker, but for facts, which are answers; none of it changes a setting."""
    playground.command(f"/frameworks privately {words}")

    assert playground.wait_for_ephemeral(said)
    playground.settled()
    assert playground.bot_messages() == []


def test_a_suggestion_runs_when_clicked(playground: Playground) -> None:
    """A mistyped word comes back with a button that asks the corrected question in the channel."""
    playground.command("/frameworks top30 by magic")
    problem = playground.wait_for_ephemeral("“by” takes downloads, likes, trending or alltime")

    playground.click(problem, "share:top30")

    assert playground.wait_for_message("PyTorch is in 28")


def test_a_dead_button_is_explained(playground: Playground) -> None:
    """A button of an older version is answered in words, not with a warning sign."""
    playground.command("/frameworks top30")
    message = playground.wait_for_message("PyTorch")
    message.blocks[-1]["elements"][0]["action_id"] = "gone_since_v0"

    playground.click(message, "gone_since_v0")

    assert playground.wait_for_ephemeral("older version of me")


def test_a_button_in_the_channel_answers_the_one_who_clicked(playground: Playground) -> None:
    """Curiosity about the other definition does not post into the channel, nor change what stands there."""
    playground.command("/frameworks top30")
    message = playground.wait_for_message("PyTorch is in 28")

    playground.click(message, "ask:top30 declared", user="bob")

    assert playground.wait_for_ephemeral("17 of the top 30 models carry the Hub's tag pytorch", user="bob")
    playground.settled()
    assert [m.text for m in playground.bot_messages()] == [message.text]


def test_a_mention_is_answered_in_its_thread(playground: Playground) -> None:
    """The channel stays quiet but for the thread."""
    delivery = playground.mention("top30")

    answer = playground.wait_for_message("PyTorch is in 28")

    assert answer.thread_ts == delivery.payload["event"]["ts"]


@pytest.mark.kept
def test_a_mention_delivered_twice_is_answered_once(playground: Playground) -> None:
    """Slack redelivers events; the second is recognised by its id."""
    delivery = playground.mention("top30")
    playground.resend(delivery)

    playground.settled()
    assert len([m for m in playground.bot_messages() if "top 30" in m.text]) == 1


def test_a_direct_message_is_answered_there(playground: Playground) -> None:
    """Words written to the bot need no command."""
    playground.direct_message("top30 declared please")

    assert playground.wait_for_message("17 of the top 30 models carry the Hub's tag pytorch", channel="dm")


def test_a_machine_whose_clock_is_ahead_answers_mentions(tmp_path: Path) -> None:
    """How old one is, is told by Slack's time; by its own every mention would be old, and left without a word."""
    with patient_slack(clock=lambda: time.time() - 3600) as slack:
        with connected(slack, tmp_path):
            slack.mention("help")
            slack.settled()

        assert slack.ephemerals()


@pytest.mark.kept
def test_an_old_mention_replayed_after_an_outage_is_left_alone(playground: Playground) -> None:
    """Nobody waits for an answer to a question of an hour ago."""
    playground.mention("top30", age=3600)
    playground.mention("top10", age=60)

    playground.settled()
    (answered,) = playground.bot_messages()
    assert "top 10 models" in answered.text


@pytest.mark.parametrize(
    "more",
    [{"bot_id": "B0OTHER"}, {"subtype": "channel_topic"}, {"subtype": "message_changed"}, {"user": ""}],
    ids=["another bot's", "a topic set", "an edit", "nobody's"],
)
def test_what_is_no_person_s_question_is_left_alone(playground: Playground, more: dict[str, str]) -> None:
    """Two bots would answer one another for ever, and what Slack writes by itself asks nothing."""
    playground.emit(said_to(playground, "top30") | more)

    playground.settled()
    assert playground.bot_messages("dm") == []


def test_a_question_beside_a_file_is_answered(playground: Playground) -> None:
    """Words that come with an upload are words."""
    playground.emit(said_to(playground, "top30") | {"subtype": "file_share"})

    assert playground.wait_for_message("PyTorch is in 28", channel="dm")


def test_foreign_text_rings_no_bells(playground: Playground) -> None:
    """What was typed comes back as text; nobody is mentioned."""
    playground.command("/frameworks top30 by <!channel>")

    answer = playground.wait_for_ephemeral("“by” takes")

    assert "&lt;!channel&gt;" in answer.text
    assert "<!channel>" not in answer.text + str(answer.blocks)


def test_five_thousand_characters_are_met_with_a_sentence(playground: Playground) -> None:
    """However long the text, the reply fits Slack's limits."""
    playground.command("/frameworks " + "x" * 5000)

    assert playground.wait_for_ephemeral("5,000 characters")


def test_how_it_was_counted_is_told_to_the_one_who_clicks(playground: Playground) -> None:
    """The channel keeps its three lines; whoever doubts them reads the rest alone."""
    playground.command("/frameworks top30")
    answer = playground.wait_for_message("PyTorch is in 28 of the top 30")

    playground.click(answer, "How This Was Counted", user="bob")

    told = playground.wait_for_ephemeral("How this was counted", user="bob")
    assert "Under the definition declared" in str(told.blocks)
    playground.settled()
    assert not [each for each in playground.ephemerals(user="ann") if "How this" in each.text], "nobody else is told"
    assert len(playground.bot_messages()) == 1


def edit_into_mention(playground: Playground, message: PostedMessage) -> None:
    """Edit a message into a mention: Slack sends app_mention with the message's own ts, and when it was edited."""
    message.text = f"<@{playground.bot_user.id}> top30"
    edited = {"user": message.user, "ts": f"{playground.now():.6f}"}
    playground.emit(payloads.mention(message) | {"edited": edited}).wait()
    playground.settled()


@pytest.mark.parametrize("age", [60, 3600])
def test_a_message_that_is_edited_into_a_mention_is_answered_once(tmp_path: Path, age: int) -> None:
    """The edit is what was asked now; another edit of what a process before has answered asks nothing."""
    with Playground(processing_seconds=0.0) as slack:
        message = slack.write("top30?", age=age)
        for _ in range(2):
            with connected(slack, tmp_path):
                edit_into_mention(slack, message)

        assert [reply.thread_ts for reply in slack.bot_messages()] == [message.ts]


def test_an_event_that_nobody_waits_for_is_taken(playground: Playground) -> None:
    """A workspace may have subscribed to more than the manifest; Slack would send it three times more."""
    taken = playground.emit({"type": "reaction_added", "user": "U1", "item": {}, "event_ts": "1.1"}).wait()

    assert (taken.acked, len(taken.sent_ids)) == (True, 1)


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("events_api", {"type": "app_rate_limited", "minute_rate_limited": 1518467820}),
        ("interactive", {"type": "view_closed", "view": {"type": "modal", "callback_id": "digest"}}),
        ("interactive", {"type": "block_suggestion", "action_id": "model", "block_id": "b", "value": "whis"}),
        ("interactive", {"type": "of_next_year"}),
    ],
)
def test_what_is_no_event_and_nobody_waits_for_is_acknowledged_too(
    playground: Playground, kind: str, what: dict[str, Any]
) -> None:
    """Slack would send it three times more, or show a warning. Nobody asked anything, and nobody is told anything."""
    person = {"user": {"id": playground.user("ann").id}, "team": {"id": playground.workspace.id}}

    assert playground.deliver({**person, "team_id": playground.workspace.id, **what}, kind).wait().acked

    playground.settled()
    assert playground.bot_messages("dm") == []
