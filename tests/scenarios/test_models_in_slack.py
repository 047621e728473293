"""Asking about one model in Slack, against a Hub on loopback."""

from collections.abc import Callable

from playground.server import Playground
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

Start = Callable[..., Playground]

BERT = model(
    "google-bert/bert-base-uncased",
    tags=["transformers", "pytorch", "tf", "safetensors"],
    siblings=["pytorch_model.bin", "tf_model.h5"],
    library_name="transformers",
    downloads=7,
)
EVIL = model("evil/x", tags=["pytorch"], siblings=["<!channel>*`.pt"], library_name="<!here>")


def test_a_model_is_answered_in_the_channel_with_its_matrix(start: Start) -> None:
    """Headline, picture, table of frameworks; no button offers another definition, for there is none."""
    with LoopbackHub([BERT], moved={"lab/bert": BERT["id"]}) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks model lab/bert")
        message = playground.wait_for_message("google-bert/bert-base-uncased is in PyTorch and TensorFlow")

    assert [block["type"] for block in message.blocks] == ["section", "image", "data_table", "context", "actions"]
    assert "TensorFlow yes (tf_model.h5, only before transformers 5)" in message.blocks[1]["alt_text"]
    assert [button["text"]["text"] for button in message.blocks[4]["elements"]][-1] == "How This Was Counted"


def test_two_models_are_compared(start: Start) -> None:
    """One message, a column each."""
    with LoopbackHub([BERT, EVIL]) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks compare google-bert/bert-base-uncased evil/x")
        message = playground.wait_for_message("is in PyTorch and TensorFlow; evil/x is in PyTorch")

    header = [cell["text"] for cell in message.blocks[2]["rows"][0]]
    assert header == ["What", "google-bert/bert-base-uncased", "evil/x"]


def test_names_of_files_and_libraries_ring_nobody_s_bell(start: Start) -> None:
    """What stands in a repository is data, and is escaped wherever it is shown."""
    with LoopbackHub([EVIL]) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks evil/x")
        message = playground.wait_for_message("evil/x is in PyTorch")
        playground.click(message, message.blocks[-1]["elements"][-1]["action_id"])
        told = playground.wait_for_ephemeral("How this was counted")

    blocks = [*message.blocks, *told.blocks]
    shown = str([block for block in blocks if block["type"] in ("section", "context")])
    assert "&lt;!channel&gt;" in shown
    assert not any(bell in shown + message.text for bell in ("<!channel", "<!here"))


def test_a_mistyped_model_gets_runnable_suggestions(start: Start) -> None:
    """The asker alone is told, with buttons that ask for the nearest names."""
    with LoopbackHub([BERT]) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks model bert-base-uncasd")
        told = playground.wait_for_ephemeral("No model `bert-base-uncasd` was found")
        assert "or keeps it private" in told.text
        playground.click(told, "model google-bert/bert-base-uncased")

        assert playground.wait_for_message("is in PyTorch and TensorFlow")


def test_a_name_that_cannot_be_one_costs_no_call(start: Start) -> None:
    """The Hub hears nothing of it."""
    with LoopbackHub([BERT]) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks model ../../etc/passwd")
        assert playground.wait_for_ephemeral("cannot be the name of a model")

        playground.settled()
        assert hub.requests == []
