"""The workflow step: a question and a channel in, an answer in the channel and its numbers out; every run ends once."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground import seed
from playground.functions import StepOfRun
from playground.server import Playground
from playground.start import clock_of
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH, connected

Start = Callable[..., Playground]
NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
EVENTS = seed.EVENTS | {"function_executed"}


@pytest.fixture
def playground(start: Start) -> Playground:
    """Start a playground whose app has the step; the Hub is out of reach."""
    return start(events=EVENTS)


def run(playground: Playground, question: str, channel: str = "general", *, changed: bool = False) -> StepOfRun:
    """Run the step to its end."""
    known = [one.id for one in playground.world.channels.values() if one.name == channel]
    inputs: dict[str, Any] = {"question": question, "channel": next(iter(known), channel)}
    sent = playground.run_step(**inputs, **({"only_if_changed": True} if changed else {}))
    playground.settled()
    return playground.run_of(sent)


def ends(playground: Playground) -> list[str]:
    """Give the calls that ended runs."""
    return [one.method for one in playground.requests() if one.method.startswith("functions.")]


def test_the_answer_is_posted_and_its_numbers_go_on(playground: Playground) -> None:
    """Chart and all, as to the slash command; headline, shares and link for the steps after it."""
    ended = run(playground, "top30")

    [message] = playground.bot_messages()
    assert (ended.state, ended.error) == ("completed", "")
    assert ended.outputs["headline"].startswith("SAMPLE, not live: PyTorch is in 28")
    assert "PyTorch only" in ended.outputs["shares"]
    assert ended.outputs["link"].endswith(f"/{message.channel.id}/p{message.ts.replace('.', '')}")
    assert [block["type"] for block in message.blocks][:3] == ["section", "image", "data_table"]


def test_a_sentence_is_understood_and_a_public_channel_joined(playground: Playground) -> None:
    """As everywhere; nobody is said to have asked."""
    ended = run(playground, "PyTorch or TensorFlow, who has more pre-trained models?", "random")

    [message] = playground.bot_messages("random")
    assert ended.state == "completed"
    assert "asked" not in str(message.blocks[-2])


def test_of_one_model_it_is_said_framework_by_framework(playground: Playground) -> None:
    """In `shares`, which every answer has."""
    ended = run(playground, "model openai/whisper-large-v3")

    assert ended.outputs["shares"] == "PyTorch yes, TensorFlow no, JAX yes, Keras no, MLX no"


NO_ANSWER = {
    "tpo30": "Try top30",
    "who is the president of france": "outside of it",
    "digest on mon 09:00": "changes settings",
    "unsubscribe": "changes settings",
    "please switch the digest off": "changes settings",
    "previews on": "changes settings",
    "help": "no question with an answer to post",
    "status": "no question with an answer to post",
    "thanks": "no question with an answer to post",
    "privately top30": "leave out “privately”",
    "top30 as csv": "leave out “as csv”",
    "top30 on 2026-08-22": "leave out the day",
    "what did the top 30 look like on 22 August 2026?": "leave out the day",
    "model lab/unheard-of-9": "lab/unheard-of-9",
    "top30 by alltime": "census",
    "x" * 5_000: "needs no more than 300",
}


@pytest.mark.parametrize("question", NO_ANSWER)
def test_what_has_no_answer_fails_in_a_sentence(playground: Playground, question: str) -> None:
    """The same that whoever types it is told; nothing is posted and no setting changed."""
    ended = run(playground, question)

    assert (ended.state, ended.outputs) == ("failed", {})
    assert NO_ANSWER[question] in ended.error
    assert playground.bot_messages() == []
    assert ends(playground) == ["functions.completeError"]


NOTHING_GIVEN: dict[str, dict[str, Any]] = {
    "No question was given": {"question": " ", "channel": "C0123456789"},
    "No channel was given": {"question": "top30", "channel": None},
    "No question": {},
}


@pytest.mark.parametrize("why", NOTHING_GIVEN)
def test_nothing_given_fails_too(playground: Playground, why: str) -> None:
    """Slack checks what is required; a variable of the workflow may be empty all the same."""
    sent = playground.execute("post_answer", NOTHING_GIVEN[why])
    playground.settled()

    assert playground.run_of(sent).error.startswith(why)


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("secret", "the channel is gone, or private and I am not in it. Type `/invite @frameworks`"),
        ("C0DELETED00", "the channel is gone, or private and I am not in it."),
        ("old", "the channel is archived."),
    ],
)
def test_a_channel_that_takes_nothing_fails_in_a_sentence(playground: Playground, channel: str, why: str) -> None:
    """Private, deleted, archived."""
    ended = run(playground, "top30", channel)

    assert (ended.state, ended.error.startswith("The answer was not posted:")) == ("failed", True)
    assert why in ended.error


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("restricted_action", "rules do not let me post"),
        ("never_heard_of", "never_heard_of"),
        ("fatal_error", "confirm"),
    ],
)
def test_a_post_that_slack_refuses_fails_in_a_sentence(playground: Playground, word: str, why: str) -> None:
    """Also with a word that nobody has heard of, or where it does not say whether it took it."""
    playground.faults.error("chat.postMessage", word, times=4)

    ended = run(playground, "top30")

    assert (ended.state, why in ended.error) == ("failed", True)


def test_a_post_whose_answer_is_lost_is_not_repeated(playground: Playground) -> None:
    """It may be there: whoever runs it looks first."""
    playground.faults.drop_after("chat.postMessage")

    ended = run(playground, "top30")

    assert "Look in the channel before you run it again." in ended.error
    assert len(playground.bot_messages()) == 1


def test_unchanged_findings_are_posted_once(playground: Playground) -> None:
    """The second run gives the numbers and the link of the first; without the wish it posts again."""
    first = run(playground, "top30", changed=True)
    second = run(playground, "top30", changed=True)
    elsewhere = run(playground, "top30", "random", changed=True)
    third = run(playground, "top30")

    assert (second.state, second.outputs) == ("completed", first.outputs)
    assert [len(playground.bot_messages(name)) for name in ("general", "random")] == [2, 1]
    assert elsewhere.outputs["link"] != first.outputs["link"] != third.outputs["link"]


def test_a_finding_that_changed_is_posted(tmp_path: Path) -> None:
    """The model gains a framework: the next run posts, the one after it does not."""
    one = model("lab/one-1", tags=["pytorch"], siblings=["pytorch_model.bin"])
    both = model("lab/one-1", tags=["pytorch", "tf"], siblings=["pytorch_model.bin", "tf_model.h5"])
    with (
        LoopbackHub([one]) as hub,
        patient_slack(clock=NOON.timestamp, events=EVENTS) as playground,
        connected(playground, tmp_path, hub.endpoint, clock=clock_of(playground)),
    ):
        posted = []
        for models in ([one], [one], [both], [both]):
            hub.models = models
            run(playground, "model lab/one-1", changed=True)
            posted.append(len(playground.bot_messages()))
            playground.advance(7 * 3600)

    assert posted == [1, 1, 2, 2]


def test_an_event_that_comes_twice_is_run_once(playground: Playground) -> None:
    """One post, one end."""
    sent = playground.run_step(question="top30", channel=playground.channel("general").id)
    playground.resend(sent)
    playground.settled()

    assert len(playground.bot_messages()) == 1
    assert ends(playground) == ["functions.completeSuccess"]


def test_a_run_that_slack_has_given_up_is_left_alone(playground: Playground, caplog: pytest.LogCaptureFixture) -> None:
    """The answer stands in the channel; one line in the log."""
    playground.faults.error("functions.completeSuccess", "execution_not_in_running_state")

    run(playground, "top30")

    assert len(playground.bot_messages()) == 1
    assert "a workflow was not told how its step ended" in caplog.text
    assert ends(playground) == ["functions.completeSuccess"]


def test_a_step_of_another_version_ends_in_a_sentence(playground: Playground) -> None:
    """Its workflow would hang."""
    sent = playground.execute("older", {})
    playground.settled()

    said = "This step belongs to another version of me. Please choose it anew in the workflow."
    assert playground.run_of(sent).error == said


@pytest.mark.parametrize("body", ["[1]", "<html>", '{"ok": true}'])
def test_a_link_that_slack_does_not_tell_is_left_out(playground: Playground, body: str) -> None:
    """The answer stands in the channel, and the workflow goes on."""
    playground.faults.garble("chat.getPermalink", body, kind="application/json")

    ended = run(playground, "top30")

    assert (ended.state, ended.outputs["link"]) == ("completed", "")


def test_a_private_model_is_not_posted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the setting lets an asker alone see it: a channel is everybody."""
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("SHOW_PRIVATE_MODELS", "true")
    secret = model("lab/secret", tags=["pytorch"], siblings=["pytorch_model.bin"], private=True)
    with (
        LoopbackHub([secret]) as hub,
        patient_slack(events=EVENTS) as playground,
        connected(playground, tmp_path, hub.endpoint),
    ):
        ended = run(playground, "model lab/secret")

        assert ended.error == "The answer shows a private model, so it is posted nowhere."
        assert playground.bot_messages() == []


def test_a_run_that_comes_while_the_bot_stops_ends_in_a_sentence(tmp_path: Path) -> None:
    """It is not begun, and its workflow does not hang."""
    with (
        patient_slack(events=EVENTS) as playground,
        connected(playground, tmp_path, OUT_OF_REACH) as bot,
    ):
        bot.shares.close()
        ended = run(playground, "top30")

    assert ended.error == "I am being stopped, so this is not begun. Please try again in a minute."


# -------------------------------------------------------------------------------------------------- while it is edited


def options(playground: Playground, query: str) -> list[str]:
    """Type into the menu of questions; give what it offers, which has to be there before the acknowledgement."""
    sent = playground.offer_questions(query)
    playground.settled()
    return [one["value"] for one in playground.options_of(sent)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("top30", "top30"),
        ("is whisper in tf?", "model openai/whisper-large-v3 in tensorflow"),
        ("tpo30", "top30"),
        ("model Qwen/Qwen3-0.6B", "model Qwen/Qwen3-0.6B"),
    ],
)
def test_the_menu_offers_how_words_are_understood(playground: Playground, query: str, first: str) -> None:
    """So only words that will be understood can be chosen."""
    assert options(playground, query)[0] == first


def test_the_menu_offers_examples_of_nothing_typed_and_nothing_that_changes_settings(playground: Playground) -> None:
    """What is offered is a question, all of it."""
    offered = options(playground, "")

    assert {"top30", "totals", "papers"} <= set(offered)
    assert options(playground, "digest on") == []
    assert options(playground, "previews on") == []
    assert options(playground, "x" * 3_000) in ([], ["top30"])
    assert run(playground, offered[0]).state == "completed"


def test_without_the_second_manifest_there_is_no_step(start: Start) -> None:
    """Slack sends no runs, and everything else works."""
    playground = start()

    assert playground.run_step(question="top30", channel="x").outcome == "not_sent"
    playground.command("/frameworks top10")
    assert playground.wait_for_message("SAMPLE")
