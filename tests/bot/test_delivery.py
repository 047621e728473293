"""An answer on its way to a channel: a pause is waited out once, a picture that is gone is brought anew."""

from collections.abc import Iterator

import pytest

from bot.delivery import Delivery
from bot.place import Place
from playground.server import Playground
from tests.bot.test_answer_forms import answer
from tests.patient_slack import impatient_client, patient_slack
from tests.playground.conftest import PNG


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Start a stand-in without limits of its own, that shows a picture at once."""
    with patient_slack(rate_limits=False) as running:
        yield running


@pytest.fixture
def waited() -> list[float]:
    """Give the pauses that were waited out, none of them really."""
    return []


@pytest.fixture
def delivery(playground: Playground, waited: list[float]) -> Delivery:
    """Give a delivery whose pauses are written down."""
    return Delivery(impatient_client(playground), waited.append)


def post(playground: Playground, delivery: Delivery) -> str:
    """Post an answer with a picture; give its ts."""
    place = Place(playground.channel("general").id, playground.user("ann").id)
    return delivery.post(place, answer(3), lambda: PNG, "picture")


def test_a_pause_that_slack_asks_for_is_waited_out_and_the_answer_posted_then(
    playground: Playground, delivery: Delivery, waited: list[float]
) -> None:
    """As long as Slack says, once, and nobody is told of it."""
    playground.faults.rate_limit("chat.postMessage", retry_after=3)

    assert post(playground, delivery)
    assert [pause for pause in waited if pause] == [pytest.approx(3, abs=0.5)]
    assert len(playground.requests("chat.postMessage")) == 2


def test_a_file_that_slack_no_longer_shows_is_uploaded_once_more(playground: Playground, delivery: Delivery) -> None:
    """Somebody may have deleted it: that costs an upload, and not the picture."""
    post(playground, delivery)
    playground.faults.error("chat.postMessage", "invalid_blocks")

    assert post(playground, delivery)
    assert len(playground.files()) == 2
    assert [message.blocks[1]["type"] for message in playground.bot_messages()] == ["image", "image"]
