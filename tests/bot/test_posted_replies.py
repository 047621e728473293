"""What stands in a conversation of one question: it is known by what we said of it, and looked for from its time on."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.messages import Message
from bot.place import Place
from bot.posted_replies import PostedReplies, look_for_replies
from bot.slack_errors import TooFast
from playground.server import Playground
from tests.patient_slack import impatient_client

MINUTE = dt.timedelta(minutes=1)
WORK = "0123abcd"


@pytest.fixture
def place(playground: Playground) -> Place:
    """Give the thread of a question in a channel that the bot is in."""
    asked = playground.write("top30")
    return Place(asked.channel.id, playground.user("ann").id, thread_ts=asked.ts, work=WORK)


def say(playground: Playground, place: Place, **of: str) -> tuple[str, dt.datetime]:
    """Say something that is an answer, or a notice, of some work; give its ts, and when Slack says it was."""
    sent = impatient_client(playground).chat_postMessage(
        channel=place.channel, thread_ts=place.thread_ts, **Message("Said.").as_post(**of)
    )
    return str(sent["ts"]), dt.datetime.fromtimestamp(float(sent["ts"]), dt.UTC)


def test_an_answer_and_a_notice_are_told_apart(playground: Playground, place: Place) -> None:
    """Each by the question that it is of."""
    notice, moment = say(playground, place, notice_of=WORK)
    say(playground, place, answers="another")

    found = look_for_replies(impatient_client(playground), place, moment)

    assert found == {
        WORK: PostedReplies(has_answer=False, notices=(notice,)),
        "another": PostedReplies(has_answer=True, notices=()),
    }


@pytest.mark.parametrize(("minutes", "found"), [(4, {WORK}), (6, set())])
def test_from_five_minutes_before_the_question_on(
    playground: Playground, place: Place, minutes: int, found: set[str]
) -> None:
    """Our clock and Slack's may be so far apart; what was said in the channel before that answers nothing."""
    channel = replace(place, thread_ts=None)
    _, moment = say(playground, channel, answers=WORK)

    assert set(look_for_replies(impatient_client(playground), channel, moment + minutes * MINUTE) or {}) == found


def test_a_slack_that_asks_for_a_pause_is_looked_at_later(playground: Playground, place: Place) -> None:
    """And one that refuses cannot be looked at."""
    client, now = impatient_client(playground), dt.datetime.now(dt.UTC)
    playground.faults.rate_limit("conversations.replies", retry_after=7)
    with pytest.raises(TooFast, match="7 s"):
        look_for_replies(client, place, now)

    playground.faults.error("conversations.replies", "internal_error")
    assert look_for_replies(client, place, now) is None
