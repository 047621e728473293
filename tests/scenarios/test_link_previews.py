"""Link previews: off until somebody wants them, then under links to models alone, and never a word of trouble."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.permissions import GRANTED
from playground.server import Playground
from playground.start import clock_of
from playground.state import PostedMessage
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
BERT = model(
    "lab/bert-1",
    tags=["transformers", "pytorch", "tf"],
    siblings=["pytorch_model.bin", "tf_model.h5"],
    library_name="transformers",
)
PLAIN = model("lab/plain-2", tags=["pytorch"], siblings=["pytorch_model.bin"])
SECRET = model("lab/secret-3", tags=["pytorch"], siblings=["pytorch_model.bin"], private=True)
LINK = "<https://huggingface.co/lab/bert-1>"


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve three models."""
    with LoopbackHub([BERT, PLAIN, SECRET]) as served:
        yield served


@pytest.fixture
def playground(hub: LoopbackHub, tmp_path: Path) -> Iterator[Playground]:
    """Start a playground whose clock stands still; the bot lives by it."""
    with (
        patient_slack(clock=NOON.timestamp) as running,
        connected(running, tmp_path, hub.endpoint, clock=clock_of(running)),
    ):
        yield running


def switch(playground: Playground, words: str = "on", channel: str = "general", user: str = "ann") -> str:
    """Say where previews are wanted; give what is told to who said so."""
    playground.command(f"/frameworks previews {words}", channel, user)
    playground.settled()
    return playground.ephemerals(channel, user)[-1].text


def share(playground: Playground, text: str, channel: str = "general") -> PostedMessage:
    """Have Bob send a message with links, and wait for whatever comes of it."""
    message = playground.write(text, channel, "bob")
    playground.share_links(message)
    playground.settled()
    return message


def entity(message: PostedMessage, number: int = 1) -> dict[str, Any]:
    """Give the fields of the Work Object under a message, by label."""
    payload = message.attachments[number - 1]["entity"]["entity_payload"]
    return {field["label"]: field["value"] for field in payload["custom_fields"]}


# ---------------------------------------------------------------------------------------------------------- where


def test_they_are_off_until_somebody_wants_them(playground: Playground, hub: LoopbackHub) -> None:
    """And nobody is asked about the model."""
    assert share(playground, LINK).attachments == []
    assert hub.requests == []
    assert "Link previews are off in this channel." in switch(playground, "")


def test_a_channel_has_them_and_others_do_not(playground: Playground) -> None:
    """Frameworks as chips, TensorFlow, what loads it, as of when."""
    assert "Link previews are on in this channel." in switch(playground)

    shown = entity(share(playground, LINK))

    assert [chip["value"] for chip in shown["Frameworks"]] == ["PyTorch", "TensorFlow"]
    assert (shown["TensorFlow"], shown["As of"]) == ("yes, only before transformers 5", int(NOON.timestamp()))
    assert "PyTorch, with transformers" in shown["Loaded by"]
    assert share(playground, LINK, "random").attachments == []


def test_the_channel_is_told_who_switched_them_and_can_take_it_back(playground: Playground) -> None:
    """One line with a button; the same word again says nothing again."""
    switch(playground)
    switch(playground)
    lines = [message for message in playground.bot_messages() if "switched link previews" in message.text]

    assert [line.text for line in lines] == ["ann switched link previews on in this channel."]
    playground.click(lines[0], "Undo", "bob")
    playground.settled()
    assert share(playground, LINK).attachments == []


@pytest.mark.parametrize("value", [None, "off", "", "on x"])
def test_what_was_switched_since_is_not_switched_back(playground: Playground, value: str | None) -> None:
    """An Undo works once, and not after somebody else's word; nor one of another version."""
    switch(playground)
    line = next(one for one in playground.bot_messages() if "switched link previews" in one.text)
    if value is None:
        playground.click(line, "Undo", "bob")
        playground.settled()
        switch(playground, "on", user="chie")
    else:
        line.blocks[0]["accessory"]["value"] = value
    playground.click(line, "Undo", "chie")
    playground.settled()

    assert "so nothing was undone" in playground.ephemerals(user="chie")[-1].text
    assert share(playground, LINK).attachments != []


def test_an_admin_has_them_everywhere_but_where_they_are_refused(playground: Playground) -> None:
    """Bob runs the workspace; Ann does not."""
    switch(playground, "off", "random")
    assert "only an admin of this workspace" in switch(playground, "on everywhere")
    assert share(playground, LINK).attachments == []

    told = switch(playground, "on everywhere", user="bob")

    assert "1 channel said that it wants none." in told
    assert len(share(playground, LINK, "secret").attachments) == 1
    assert share(playground, LINK, "random").attachments == []


def test_off_everywhere_ends_all_of_them(playground: Playground) -> None:
    """Those of channels too."""
    switch(playground)
    switch(playground, "on everywhere", user="bob")

    assert "off in every channel" in switch(playground, "off everywhere", user="bob")
    assert share(playground, LINK).attachments == []


def test_they_are_wanted_still_after_a_restart(hub: LoopbackHub, tmp_path: Path) -> None:
    """And what was shown a moment ago is not shown again."""
    with patient_slack(clock=NOON.timestamp) as running:
        with connected(running, tmp_path, hub.endpoint, clock=clock_of(running)):
            switch(running)
            share(running, LINK)
        with connected(running, tmp_path, hub.endpoint, clock=clock_of(running)):
            again = share(running, LINK)
            other = share(running, "<https://hf.co/lab/plain-2>")

    assert (again.attachments, len(other.attachments)) == ([], 1)


@pytest.mark.parametrize(
    "words", ["turn link previews on", "switch on the previews here", "unfurls on", "PREVIEWS ON."]
)
def test_other_words_mean_the_same(playground: Playground, words: str) -> None:
    """By mention, too; what is not understood whole changes nothing."""
    playground.mention(words)
    playground.settled()

    assert len(share(playground, LINK).attachments) == 1


@pytest.mark.parametrize("missing", ["links:read", "links:write"])
def test_without_their_permissions_they_are_not_promised(start: Callable[..., Playground], missing: str) -> None:
    """Everything else works."""
    playground = start(scopes=GRANTED - {missing})

    assert f"my app lacks `{missing}`" in switch(playground)
    playground.command("/frameworks top10")
    assert playground.wait_for_message("SAMPLE")


# --------------------------------------------------------------------------------------------------------- which


@pytest.mark.parametrize(
    "text",
    [
        "<https://huggingface.co/datasets/lab/bert-1>",
        "<https://huggingface.co/spaces/lab/bert-1>",
        "<https://huggingface.co/lab>",
        "<https://huggingface.co/lab/gone-9>",
        "<https://huggingface.co/lab/secret-3>",
        f"<https://huggingface.co/lab/bert-1?{'x' * 10_000}>",
        f"<https://huggingface.co/{'x' * 10_000}/y>",
        f"{LINK} <https://hf.co/lab/plain-2> <https://huggingface.co/lab/gone-9>",
    ],
)
def test_under_other_links_stands_nothing(playground: Playground, text: str) -> None:
    """Data sets, Spaces, accounts, models that are not there or private, links of ten thousand characters, lists."""
    switch(playground)

    assert share(playground, text).attachments == []
    assert playground.requests("chat.unfurl") == []


def test_a_private_model_is_never_shown(hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where the setting lets the asker alone see it: under a link everybody would."""
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("SHOW_PRIVATE_MODELS", "true")
    with patient_slack() as running, connected(running, tmp_path, hub.endpoint):
        switch(running)

        assert share(running, "<https://huggingface.co/lab/secret-3>").attachments == []


def test_two_links_are_shown_together_and_the_short_address_too(playground: Playground) -> None:
    """In one call."""
    switch(playground)

    message = share(playground, "<https://hf.co/lab/plain-2/tree/main> <https://huggingface.co/lab/bert-1|it>")

    assert [one["from_url"] for one in message.attachments] == [
        "https://hf.co/lab/plain-2/tree/main",
        "https://huggingface.co/lab/bert-1",
    ]
    assert len(playground.requests("chat.unfurl")) == 1


def test_the_same_is_not_shown_twice_within_half_an_hour(playground: Playground) -> None:
    """In one channel; in another, and later, it is."""
    switch(playground)
    switch(playground, channel="random")
    shown = [len(share(playground, LINK).attachments) for _ in range(2)]
    shown.append(len(share(playground, LINK, "random").attachments))
    playground.advance(1_801)
    shown.append(len(share(playground, LINK).attachments))

    assert shown == [1, 0, 1, 1]


def test_an_event_that_comes_twice_is_answered_once(playground: Playground) -> None:
    """And a link that is still being written, of no channel yet, waits until it is sent, wanted everywhere or not."""
    switch(playground, "on everywhere", user="bob")
    playground.compose(LINK)
    sent = playground.share_links(playground.write(LINK))
    assert sent is not None
    playground.resend(sent)
    playground.settled()

    assert len(playground.requests("chat.unfurl")) == 1


# ---------------------------------------------------------------------------------------------------------- details


def test_details_open_on_a_click(playground: Playground) -> None:
    """Each framework with its evidence and what loads it, for who opened them."""
    switch(playground)
    playground.open_details(share(playground, LINK), "bob")
    playground.settled()

    pane = playground.pane("bob")
    assert pane is not None
    told = {field["label"]: field["value"] for field in pane["metadata"]["entity_payload"]["custom_fields"]}
    assert told["TensorFlow"].startswith("yes · tf_model.h5 · TensorFlow, with")
    assert told["Counted"].startswith("attributed")


def test_details_of_what_is_not_known_any_more_say_so(playground: Playground) -> None:
    """A preview that was forged, or whose reading is gone: a sentence in its place."""
    switch(playground)
    message = share(playground, LINK)
    message.attachments[0]["entity"]["external_ref"]["id"] = "lab/other-7"
    playground.open_details(message)
    playground.settled()
    pane = playground.pane()

    assert pane is not None
    assert pane["error"]["custom_title"] == "Not known"


def test_the_button_of_a_preview_answers_who_clicked(playground: Playground) -> None:
    """The whole evidence, for them alone."""
    switch(playground)
    playground.click_preview(share(playground, LINK), "Evidence")

    assert playground.wait_for_ephemeral("lab/bert-1 is in PyTorch and TensorFlow")


def test_without_work_objects_a_thin_preview_stands_there(playground: Playground) -> None:
    """Two lines; Work Objects are not tried again for a day."""
    playground.world.entity_types = frozenset()
    switch(playground)

    first, second = share(playground, LINK), share(playground, "<https://hf.co/lab/plain-2>")

    assert "*lab/bert-1* is in PyTorch and TensorFlow" in str(first.attachments[0]["blocks"])
    assert "*lab/plain-2* is in PyTorch" in str(second.attachments[0]["blocks"])
    assert len(playground.requests("chat.unfurl")) == 3


# ---------------------------------------------------------------------------------------------------------- troubles


@pytest.mark.parametrize(
    "word", ["cannot_unfurl_url", "missing_unfurl_permission", "cannot_find_message", "ratelimited", "fatal_error"]
)
def test_a_refusal_is_quiet(playground: Playground, caplog: pytest.LogCaptureFixture, word: str) -> None:
    """Nothing in the channel, one line in the log, and no second try."""
    switch(playground)
    before = len(playground.bot_messages())
    playground.faults.error("chat.unfurl", word, times=2)
    with caplog.at_level(logging.INFO):
        message = share(playground, LINK)

    assert (message.attachments, len(playground.bot_messages())) == ([], before)
    assert [one.levelname for one in caplog.records if word in one.getMessage()] == ["INFO"]
    assert len(playground.requests("chat.unfurl")) == 1


@pytest.mark.parametrize("fault", ["drop_before", "server_error", "cut_after"])
def test_no_answer_of_slacks_is_quiet_too(playground: Playground, caplog: pytest.LogCaptureFixture, fault: str) -> None:
    """A line that breaks, a page of HTML, half an answer."""
    switch(playground)
    getattr(playground.faults, fault)("chat.unfurl")
    with caplog.at_level(logging.INFO):
        share(playground, LINK)

    told = [one for one in caplog.records if "no preview for" in one.getMessage()]
    assert [(one.levelname, one.exc_info) for one in told] == [("INFO", None)]


def test_a_hub_that_is_away_is_quiet(start: Callable[..., Playground]) -> None:
    """Of what is not stored nothing is shown; of what the sample knows that it is a sample."""
    playground = start()
    switch(playground)

    assert share(playground, LINK).attachments == []
    known = entity(share(playground, "<https://huggingface.co/openai/whisper-large-v3>"))
    assert known["Freshness"] == "SAMPLE, not live"
