"""A model that only the Hub token shows, in Slack: not shown, or where a setting says so to the asker alone."""

from collections.abc import Callable

import pytest

from playground.server import Playground
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

Start = Callable[..., Playground]
SECRET = model("lab/secret", siblings=["pytorch_model.bin"], tags=["pytorch"], private=True)
OPEN = model("lab/open", siblings=["tf_model.h5"], tags=["tf"])


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")


@pytest.mark.parametrize("words", ["lab/secret", "compare lab/open lab/secret", "privately lab/secret"])
def test_it_is_not_shown_to_a_workspace(start: Start, words: str) -> None:
    """The asker hears what is said of a model that does not exist."""
    with LoopbackHub([SECRET, OPEN]) as hub:
        playground = start(hub=hub.endpoint)
        playground.command(f"/frameworks {words}")
        told = playground.wait_for_ephemeral("No model `lab/secret` was found")

        assert "or keeps it private" in told.text


@pytest.mark.parametrize("words", ["lab/secret", "compare lab/open lab/secret", "privately lab/secret"])
def test_where_a_setting_says_so_the_asker_alone_sees_it(
    start: Start, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """Nothing of it is posted or uploaded, and no button offers to post it."""
    monkeypatch.setenv("SHOW_PRIVATE_MODELS", "true")
    with LoopbackHub([SECRET, OPEN]) as hub:
        playground = start(hub=hub.endpoint)
        playground.command(f"/frameworks {words}")
        told = playground.wait_for_ephemeral("lab/secret is in PyTorch")
        playground.settled()

        assert "Post in Channel" not in str(told.blocks)
        assert playground.bot_messages() == []


def test_a_mention_is_answered_to_the_asker_alone(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others read the thread of a mention; the answer is not in it."""
    monkeypatch.setenv("SHOW_PRIVATE_MODELS", "true")
    with LoopbackHub([SECRET, OPEN]) as hub:
        playground = start(hub=hub.endpoint)
        playground.mention("lab/secret")
        playground.wait_for_ephemeral("lab/secret is in PyTorch")
        playground.settled()

        assert not [message for message in playground.bot_messages() if "PyTorch" in message.text]


@pytest.mark.parametrize("shows", ["true", "false"])
def test_no_alert_is_set_on_it(start: Start, monkeypatch: pytest.MonkeyPatch, shows: str) -> None:
    """Everybody in the channel would read that it was set, and what becomes of the model."""
    monkeypatch.setenv("SHOW_PRIVATE_MODELS", shows)
    with LoopbackHub([SECRET, OPEN]) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks alert when lab/secret gains tensorflow")
        playground.settled()

        why = "is read by everybody in its channel" if shows == "true" else "No model “lab/secret” was found"
        assert why in playground.ephemerals()[-1].text
        assert playground.bot_messages() == []
