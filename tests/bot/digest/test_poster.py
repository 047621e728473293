"""The digest's way to Slack: no faster than Slack takes messages, found again by key, each trouble what it means."""

import datetime as dt
from collections.abc import Iterator

import pytest

from bot.digest.finder import Word
from bot.digest.other_posts import FoundPost
from bot.digest.poster import Details, Pace, SlackPoster
from bot.messages import Message
from bot.slack_errors import TooFast, Unconfirmed
from playground.server import Playground
from tests.patient_slack import impatient_client

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


class PosterClock:
    """A clock that waiting moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.pace = Pace(self.wait, lambda: self.seconds)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds

    def turns(self, *channels: str) -> list[float]:
        """Post in these channels, one after the other; give the seconds each had to wait."""
        waited = []
        for channel in channels:
            before = self.seconds
            self.pace.turn(channel)
            waited.append(self.seconds - before)
        return waited


def test_one_channel_gets_one_message_a_second() -> None:
    """The first goes at once, each further one a second after the last."""
    assert PosterClock().turns("C1", "C1", "C1") == [0, 1, 1]


def test_a_workspace_gets_four_messages_a_second() -> None:
    """In different channels they follow one another in a quarter of a second: 240 a minute, of 300 allowed."""
    assert PosterClock().turns("C1", "C2", "C3", "C4", "C5") == [0, 0.25, 0.25, 0.25, 0.25]


def test_the_channel_and_the_workspace_are_both_kept() -> None:
    """A channel's second is counted from its own last message, whatever came in between elsewhere."""
    assert PosterClock().turns("C1", "C2", "C1", "C3") == [0, 0.25, 0.75, 0.25]


def test_who_comes_late_waits_for_nobody() -> None:
    """Once a second has passed there is no debt."""
    watch = PosterClock()
    watch.turns("C1")
    watch.seconds += 1

    assert watch.turns("C1") == [0]


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Give a Slack whose clock is moved by hand."""
    with Playground(clock=NOON.timestamp, processing_seconds=0.0) as running:
        yield running


@pytest.fixture
def poster(playground: Playground) -> SlackPoster:
    """Post to it with a client that tries nothing twice."""
    client = impatient_client(playground)
    return SlackPoster(client, Pace(playground.advance, playground.now))


def test_a_post_is_found_by_its_key_and_not_before_the_moment(playground: Playground, poster: SlackPoster) -> None:
    """What is older than the claim cannot be its post: the same key of an earlier life is not taken for it."""
    general = playground.channel("general").id
    ts = poster.post(general, [Message("digest")], "key")
    playground.advance(600)

    assert poster.find(general, "key", NOON - dt.timedelta(minutes=5)) == FoundPost(ts, "key")
    assert poster.find(general, "key", NOON + dt.timedelta(minutes=5)) is None
    assert poster.find(general, "another", NOON - dt.timedelta(minutes=5)) is None


def test_the_pause_that_slack_names_is_passed_on(playground: Playground, poster: SlackPoster) -> None:
    """Not a guess of ours."""
    playground.faults.rate_limit("chat.postMessage", retry_after=7)
    with pytest.raises(TooFast) as fast:
        poster.post(playground.channel("general").id, [Message("digest")], "key")

    assert fast.value.seconds == 7


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable", "request_timeout"])
def test_an_error_after_which_it_may_be_posted_is_no_refusal(
    playground: Playground, poster: SlackPoster, code: str
) -> None:
    """Slack's own words for "something went wrong here": nobody can know, so history is asked."""
    playground.faults.error("chat.postMessage", code)
    with pytest.raises(Unconfirmed):
        poster.post(playground.channel("general").id, [Message("digest")], "key")


@pytest.mark.parametrize(("look", "messages"), [(True, 1), (False, 2)])
def test_details_are_looked_for_only_where_they_may_be_there(
    playground: Playground,
    poster: SlackPoster,
    look: bool,  # noqa: FBT001 - a parameter of the test
    messages: int,
) -> None:
    """After a crash the thread is read first; straight after a post nobody can have written there."""
    general = playground.channel("general").id
    ts = poster.post(general, [Message("digest")], "key")
    poster.detail(general, ts, Details([Message("details")]), "key", look=False)
    poster.detail(general, ts, Details([Message("details")]), "key", look=look)

    playground.settled()
    assert len([message for message in playground.messages() if message.text == "details"]) == messages


@pytest.mark.parametrize(("letters", "fits"), [(4000, True), (4001, False)])
def test_what_is_added_to_a_word_of_today_fits_an_update(
    playground: Playground, poster: SlackPoster, letters: int, *, fits: bool
) -> None:
    """chat.update takes 4,000 characters (docs.slack.dev/reference/methods/chat.update); more waits for tomorrow."""
    ann = playground.user("ann").id
    assert poster.tell(ann, "first")
    word = playground.bot_messages("dm")[0]
    more = "x" * (letters - len("first\n"))

    assert poster.tell(ann, more, Word(playground.channel("dm").id, word.ts, "first")) == fits
    assert (more in word.text) == fits
