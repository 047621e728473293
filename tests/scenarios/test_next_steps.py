"""Under every answer stands what can be done next: at most four buttons, which work after a restart, once each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.server import Playground
from playground.state import PostedMessage
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

Start = Callable[..., Playground]


def labels(message: PostedMessage) -> list[str]:
    """Give the labels of a message's buttons."""
    return [element["text"]["text"] for element in message.elements()]


@pytest.mark.parametrize(
    ("words", "buttons"),
    [
        ("top30", ["Count by Tags Alone", "Make It Weekly", "CSV", "How This Was Counted"]),
        ("top30 declared", ["Count by Evidence", "Make It Weekly", "CSV", "How This Was Counted"]),
        ("totals", ["Top 30", "Then and Now", "CSV", "How This Was Counted"]),
        ("model bert-base-uncased", ["In TensorFlow?", "All Formats", "CSV", "How This Was Counted"]),
        ("model bert-base-uncased in jax", ["How to Load It", "All Frameworks", "CSV", "How This Was Counted"]),
        ("compare gpt2 bert-base-uncased", ["gpt2", "bert-base-uncased", "CSV", "How This Was Counted"]),
        ("papers", ["Top 30", "Totals", "CSV", "How This Was Counted"]),
        ("changes", ["Top 30", "Make It Weekly", "CSV", "How This Was Counted"]),
        ("why safetensors", ["Top 30", "How This Was Counted"]),
    ],
)
def test_an_answer_leads_on_by_at_most_four_buttons(playground: Playground, words: str, buttons: list[str]) -> None:
    """Those that fit it."""
    playground.command(f"/frameworks {words}")
    playground.settled()

    assert labels(playground.bot_messages()[0]) == buttons


@pytest.mark.parametrize(
    "words", ["top30", "totals", "model bert-base-uncased", "compare gpt2 bert-base-uncased", "papers"]
)
def test_every_button_is_answered(playground: Playground, words: str) -> None:
    """None is met with silence, and none with an excuse."""
    playground.command(f"/frameworks {words}")
    playground.settled()
    answer = playground.bot_messages()[0]
    for label in labels(answer):
        heard = len(playground.ephemerals()) + len(playground.bot_messages()) + (playground.modal() is not None)

        playground.click(answer, label)
        playground.settled()

        assert len(playground.ephemerals()) + len(playground.bot_messages()) + (playground.modal() is not None) > heard
    assert not [one.text for one in playground.ephemerals() if "went wrong" in one.text or "older version" in one.text]


def csv_files(playground: Playground) -> list[Any]:
    """Give the CSV files that were uploaded."""
    return [file for file in playground.files() if file.name.endswith(".csv")]


def test_csv_brings_all_rows_under_the_answer(start: Start) -> None:
    """Also those that the table of a message has no room for."""
    models = [model(f"lab/m{i}", downloads=9000 - i, tags=["pytorch"], siblings=["a.bin"]) for i in range(1000)]
    with LoopbackHub(models) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks top1000")
        playground.settled()
        (answer,) = playground.bot_messages()

        playground.click(answer, "CSV")
        playground.settled()

    (file,) = csv_files(playground)
    assert file.content.decode("utf-8-sig").count("\n") == 1001
    assert playground.bot_messages()[-1].thread_ts == answer.ts


def test_csv_of_what_one_person_sees_goes_to_that_person(playground: Playground) -> None:
    """By direct message, which is said where it was asked."""
    playground.command("/frameworks privately top30")
    answer = playground.wait_for_ephemeral("PyTorch is in 28")

    playground.click(answer, "CSV")
    playground.settled()

    assert len(csv_files(playground)) == 1
    assert playground.bot_messages() == []
    assert len(playground.bot_messages("dm")) == 1
    assert "is in our direct message" in playground.ephemerals()[-1].text


def test_where_uploads_are_off_the_reason_is_said(playground: Playground) -> None:
    """And where the rows stand all the same."""
    playground.command("/frameworks top30")
    answer = playground.wait_for_message("PyTorch is in 28")
    playground.settled()
    playground.site.faults.uploads_disabled = True

    playground.click(answer, "CSV")

    assert "uploads are switched off" in playground.wait_for_ephemeral("is missing").text


def test_a_double_click_brings_one_file(playground: Playground) -> None:
    """The second is the same click."""
    playground.command("/frameworks top30")
    answer = playground.wait_for_message("PyTorch is in 28")

    playground.click(answer, "CSV")
    playground.click(answer, "CSV")
    playground.settled()

    assert len(csv_files(playground)) == 1


def test_a_question_for_a_file_brings_the_answer_and_the_file_in_its_thread(playground: Playground) -> None:
    """`top30 as csv`."""
    playground.command("/frameworks top30 as csv")
    playground.settled()

    answer, file = playground.bot_messages()
    assert file.thread_ts == answer.ts
    assert len(csv_files(playground)) == 1


def test_where_the_answer_cannot_be_posted_the_file_goes_to_the_asker(playground: Playground) -> None:
    """In a private channel without the bot the asker alone sees the answer, and gets the file too."""
    playground.command("/frameworks top30 as csv", channel="secret")
    playground.settled()

    assert len(csv_files(playground)) == 1
    assert len(playground.bot_messages("dm")) == 1
    assert "is in our direct message" in playground.ephemerals("secret")[-1].text


def test_the_buttons_work_after_a_restart(tmp_path: Path) -> None:
    """All that they need is in their value."""
    with patient_slack() as playground:
        with connected(playground, tmp_path):
            playground.command("/frameworks top30")
            answer = playground.wait_for_message("PyTorch is in 28")
            playground.settled()
        with connected(playground, tmp_path):
            playground.click(answer, "CSV")
            playground.click(answer, "Count by Tags Alone")
            assert playground.wait_for_ephemeral("carry the Hub's tag pytorch")
            playground.settled()
    assert len(csv_files(playground)) == 1


def test_make_it_weekly_opens_the_form_of_the_channels_digest(playground: Playground) -> None:
    """From where one thought of it."""
    playground.command("/frameworks top30")
    answer = playground.wait_for_message("PyTorch is in 28")

    playground.click(answer, "Make It Weekly")
    playground.settled()

    assert playground.modal() is not None


def test_a_file_that_slack_does_not_confirm_is_not_called_missing(playground: Playground) -> None:
    """It may be there; it is not sent again, and the asker is told what to do."""
    playground.command("/frameworks top30")
    answer = playground.wait_for_message("PyTorch is in 28")
    playground.settled()
    playground.faults.drop_after("files.completeUploadExternal")

    playground.click(answer, "CSV")
    playground.settled()

    told = [one.text for one in playground.ephemerals() if "did not confirm" in one.text]
    assert len(told) == 1
    assert len(csv_files(playground)) == 1


def test_a_closed_channel_is_the_reason_why_there_is_no_file(playground: Playground) -> None:
    """In words, not in Slack's."""
    playground.command("/frameworks top30")
    answer = playground.wait_for_message("PyTorch is in 28")
    playground.settled()
    playground.faults.error("files.completeUploadExternal", "is_archived")

    playground.click(answer, "CSV")

    told = playground.wait_for_ephemeral("is missing")
    assert "archived" in told.text
    assert "is_archived" not in told.text


def test_then_and_now_stand_side_by_side(playground: Playground) -> None:
    """The article counted by the tags: asked by evidence, its year would stand beside nothing."""
    playground.command("/frameworks totals")
    playground.settled()

    playground.click(playground.bot_messages()[0], "Then and Now")

    assert playground.wait_for_ephemeral("(March 2022: 85 % and 8 %)")
