"""The picture that is tried in a channel: each setting in its way, with what to look at and what to set otherwise."""

from collections.abc import Iterator

import pytest

from bot.checkup.picture_check import PictureTrial
from bot.config import Pictures
from bot.runtime.doctor import Health
from playground.server import Playground
from tests.patient_slack import impatient_client, patient_slack


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Start a stand-in without limits of its own, that shows a picture at once."""
    with patient_slack(rate_limits=False) as running:
        yield running


@pytest.mark.parametrize(
    ("pictures", "files", "other"), [(Pictures.BLOCK, 0, "share"), (Pictures.SHARE, 1, "off")], ids=["block", "share"]
)
def test_it_is_tried_as_it_is_set_and_the_next_setting_advised(
    playground: Playground, pictures: Pictures, files: int, other: str
) -> None:
    """In a message, or as a file; if others cannot see it there, the other way comes next."""
    trial = PictureTrial(impatient_client(playground), wait=lambda _seconds: None)

    found = trial.run(playground.channel("general").id, pictures)

    assert (found.state, [len(message.files) for message in playground.bot_messages()]) == (Health.WELL, [files])
    assert f"SLACK_PICTURES={other} " in found.advice
