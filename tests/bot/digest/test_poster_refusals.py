"""What pauses a digest for good, what it waits for, and what costs its picture alone."""

import pytest

from bot.digest.poster import Details, SlackPoster
from bot.messages import Message
from bot.slack_client import slack_client
from bot.slack_errors import Lost, TooFast, Unconfirmed
from playground.server import Playground

PLAIN = Message("in words")


@pytest.fixture
def poster(playground: Playground) -> SlackPoster:
    """Give a poster with the bot's own client."""
    return SlackPoster(slack_client(playground.bot_token, playground.api_url))


def fate(playground: Playground, poster: SlackPoster) -> type[Exception]:
    """Post one digest; give what it comes to."""
    with pytest.raises((Lost, TooFast, Unconfirmed)) as caught:
        poster.post(playground.channel("general").id, [PLAIN], "slot 1")
    return caught.type


@pytest.mark.parametrize(
    "word", ["something_new", "team_added_to_org", "org_login_required", "invalid_auth", "internal_error"]
)
def test_passing_and_unknown_words_pause_nothing(playground: Playground, poster: SlackPoster, word: str) -> None:
    """The digest looks and tries again later."""
    playground.faults.error("chat.postMessage", word)

    assert issubclass(fate(playground, poster), Unconfirmed)


@pytest.mark.parametrize(("status", "body"), [(200, "<html>no</html>"), (408, "stream timeout"), (403, "{}")])
def test_what_is_not_slacks_pauses_nothing(playground: Playground, poster: SlackPoster, status: int, body: str) -> None:
    """It may have been posted."""
    playground.faults.garble("chat.postMessage", body, status)

    assert fate(playground, poster) is Unconfirmed


@pytest.mark.parametrize("word", ["rate_limited", "message_limit_exceeded"])
def test_a_limit_in_any_spelling_is_waited_for(playground: Playground, poster: SlackPoster, word: str) -> None:
    """Nothing was posted, and it is not tried in another form."""
    playground.faults.rate_limit("chat.postMessage", word=word, status=200)

    assert fate(playground, poster) is TooFast


@pytest.mark.parametrize("word", ["is_archived", "restricted_action_thread_only_channel", "no_permission"])
def test_what_lasts_pauses_with_words_that_help(playground: Playground, poster: SlackPoster, word: str) -> None:
    """A person has to do something, and is told what."""
    playground.faults.error("chat.postMessage", word)

    assert fate(playground, poster) is Lost


def test_slack_connect_costs_the_picture_not_the_digest(playground: Playground, poster: SlackPoster) -> None:
    """The form without the picture is posted."""
    playground.faults.error("chat.postMessage", "slack_connect_file_upload_sharing_blocked")

    assert poster.post(playground.channel("general").id, [Message("with a picture"), PLAIN], "slot 1")

    assert [message.text for message in playground.bot_messages()] == ["in words"]


@pytest.mark.parametrize(
    "word",
    [
        *("msg_too_long", "file_not_found", "posting_to_channel_denied", "slack_connect_file_link_sharing_blocked"),
        *("too_many_attachments", "invalid_arguments", "invalid_blocks"),
    ],
)
def test_where_slack_takes_no_form_its_own_word_is_told(playground: Playground, poster: SlackPoster, word: str) -> None:
    """All three forms are refused: why, in words, with Slack's, and what helps."""
    playground.faults.error("chat.postMessage", word, times=9)
    with pytest.raises(Lost) as lost:
        poster.post(playground.channel("general").id, [Message("a picture"), Message("a chart"), PLAIN], "slot 1")

    assert (lost.value.code, f"({word})" in lost.value.reason) == (word, True)
    assert not lost.value.reason.startswith("Slack refuses the post")
    assert "`/frameworks digest resume`" in lost.value.advice


def test_a_thread_that_slack_takes_in_no_form_is_lost_and_not_ours_to_mend(
    playground: Playground, poster: SlackPoster
) -> None:
    """What a thread is refused for is told like a post."""
    general = playground.channel("general").id
    ts = poster.post(general, [PLAIN], "slot 1")
    playground.faults.error("chat.postMessage", "msg_too_long", times=9)

    with pytest.raises(Lost, match="msg_too_long"):
        poster.detail(general, ts, Details((Message("a table"),)), "slot 1", look=False)
