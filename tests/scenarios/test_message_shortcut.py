"""*Look up models here*: what a message names, told to whoever asks, and to nobody else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from playground.server import Playground
from playground.state import PostedMessage
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.patient_slack import PATIENCE

Start = Callable[..., Playground]
MODELS = [model(f"lab/model-{n}", tags=["pytorch"], siblings=["pytorch_model.bin"]) for n in range(1, 8)]
LINK = "<https://huggingface.co/lab/model-1/tree/main|here>"


@pytest.fixture
def playground(start: Start) -> Iterator[Playground]:
    """Start a playground with a Hub that has seven models; however slow the machine, nobody hears of a wait."""
    with LoopbackHub(MODELS) as hub:
        yield start(hub=hub.endpoint, moment=PATIENCE)


def look_up(playground: Playground, message: PostedMessage, user: str = "ann") -> PostedMessage:
    """Choose the shortcut; give what the asker is told, when everything has come."""
    playground.use_shortcut(message, user)
    playground.settled()
    told = playground.ephemerals(message.channel, user)
    assert len(told) == 1
    return told[0]


@pytest.mark.parametrize("channel", ["general", "random", "secret", "dm"])
def test_the_asker_alone_is_told(playground: Playground, channel: str) -> None:
    """Also where the bot is no member; a link and an id, each with its frameworks and a way to more."""
    told = look_up(
        playground, playground.write(f"{LINK} and lab/model-2", channel, "bob" if channel != "dm" else "ann")
    )

    assert told.text == "lab/model-1 is in PyTorch. lab/model-2 is in PyTorch."
    assert [block["accessory"]["value"] for block in told.blocks] == ["model lab/model-1", "model lab/model-2"]
    assert playground.bot_messages(channel) == []


def test_the_button_beside_a_model_tells_all_of_it(playground: Playground) -> None:
    """To the asker alone too."""
    told = look_up(playground, playground.write("lab/model-1"))

    playground.click(told, "This Model")

    assert playground.wait_for_ephemeral("lab/model-1 is in PyTorch (")


def test_five_are_looked_up_and_more_are_said(playground: Playground) -> None:
    """The first five, in the order of the message."""
    told = look_up(playground, playground.write(" ".join(f"lab/model-{n}" for n in (7, 6, 5, 4, 3, 2, 1))))

    assert told.text.count("is in PyTorch") == 5
    assert told.text.endswith("The message names 7 models; these are the first 5, 2 are left out.")


def test_what_the_hub_does_not_have_is_said(playground: Playground) -> None:
    """Beside what it has."""
    told = look_up(playground, playground.write("lab/model-1 and lab/model-99"))

    assert told.text.startswith("lab/model-1 is in PyTorch. `lab/model-99`: The Hub has no")


NAMES_NONE = {
    "": "This message has no text, so it names no model. I look up ids",
    "he/she, 24/7": "This message names no model. I look up ids",
    "<https://huggingface.co/datasets/lab/data-1>": "A link in it is of a dataset, which is no model.",
    f"<https://huggingface.co/{'a' * 10_000}/b>": "This message names no model. I look up ids",
}


@pytest.mark.parametrize("text", NAMES_NONE)
def test_a_message_that_names_none_is_answered_in_a_sentence(playground: Playground, text: str) -> None:
    """A picture alone, other words with a slash, a data set, a link of ten thousand characters."""
    assert NAMES_NONE[text] in look_up(playground, playground.write(text)).text


BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "lab/model-3"}}]


@pytest.mark.parametrize("more", [{"blocks": BLOCKS}, {"attachments": [{"title_link": "https://hf.co/lab/model-3"}]}])
@pytest.mark.parametrize("by_bot", [None, "B0123456789"])
def test_blocks_and_attachments_are_read_too(playground: Playground, more: dict[str, Any], by_bot: str | None) -> None:
    """Of people and of apps."""
    message = playground.write("")
    message.blocks, message.attachments = more.get("blocks", []), more.get("attachments", [])
    message.bot_id = by_bot

    assert look_up(playground, message).text == "lab/model-3 is in PyTorch."


@pytest.mark.parametrize("left", [None, {"subtype": "tombstone", "text": "This message was deleted."}])
def test_a_deleted_message_is_said_to_be_gone(playground: Playground, left: dict[str, str] | None) -> None:
    """Slack sends what is left of it, or nothing."""
    sent = playground.use_shortcut(playground.write("lab/model-1"))
    playground.settled()

    playground.deliver(sent.payload | {"message": left, "message_ts": "1.2"}, "interactive", sent.response_url)

    assert playground.wait_for_ephemeral("This message was deleted")


def test_two_clicks_are_one(playground: Playground) -> None:
    """The second comes while the first is worked on, or right after."""
    message = playground.write("lab/model-1")
    playground.use_shortcut(message)
    playground.use_shortcut(message)
    playground.settled()

    assert len(playground.ephemerals()) == 1


def test_a_hub_that_is_away_is_said_once(start: Start) -> None:
    """Whatever the number of models that could not be looked up."""
    playground = start(moment=PATIENCE)

    told = look_up(playground, playground.write("lab/model-1 lab/model-2"))

    assert told.text.startswith("`lab/model-1` and `lab/model-2`: not looked up.")


def test_a_shortcut_of_an_older_version_is_answered(playground: Playground) -> None:
    """Slack would show a warning sign."""
    playground.use_shortcut(playground.write("lab/model-1"), callback_id="older")

    assert playground.wait_for_ephemeral("This shortcut belongs to an older version of me")


def test_without_the_permission_nothing_comes(start: Start) -> None:
    """And nothing else is lost: the app has no shortcuts without `commands`."""
    playground = start(scopes={"chat:write", "app_mentions:read"})

    assert playground.use_shortcut(playground.write("lab/model-1")).outcome == "not_sent"
