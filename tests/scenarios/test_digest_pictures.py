"""How a digest's chart gets into a channel, what is lost when Slack takes none, and what `digest now` says then."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.digest.poster import Pace
from playground.server import Playground
from playground.start import clock_of
from playground.state import PostedMessage
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected
from tests.scenarios.shown_blocks import kinds
from tests.scenarios.test_digest import SATURDAY, DigestStage

Begin = Callable[[str], DigestStage]
CSV = "changes-2026-11-28.csv"


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Set the stage with one way for pictures, a digest in #general and two lists a week apart."""
    with ExitStack() as stack:

        def began(pictures: str) -> DigestStage:
            playground = stack.enter_context(patient_slack(clock=SATURDAY.timestamp))
            pace = Pace(playground.advance, playground.now)
            bot = connected(playground, tmp_path, clock=clock_of(playground), pace=pace, pictures=pictures)
            stage = DigestStage(playground, stack.enter_context(bot))
            stage.store(SATURDAY - dt.timedelta(days=7), [f"lab/m{number}" for number in range(40)])
            stage.store(SATURDAY, ["new/star", *(f"lab/m{number}" for number in range(40))])
            stage.say("digest on mon 09:00 UTC", "gets a digest")
            playground.settled()  # the line that says who made it stands
            return stage

        yield began


def deliver(stage: DigestStage) -> PostedMessage:
    """Let it be Monday; give the one digest."""
    stage.tick_at("2026-11-30T09:01")
    (digest,) = stage.digests()
    return digest


def files_in(stage: DigestStage, thread: PostedMessage) -> list[str]:
    """Name the files in the thread of a message, by their endings."""
    stage.playground.settled()
    replies = stage.playground.messages(thread_ts=thread.ts)
    return [file.name.rpartition(".")[2] for reply in replies for file in reply.files]


@pytest.mark.parametrize(
    ("pictures", "shown", "files"),
    [
        ("block", "image", ["csv"]),
        ("share", "data_visualization", ["png", "csv"]),
        ("off", "data_visualization", ["csv"]),
    ],
)
def test_the_setting_holds_for_digests_too(begin: Begin, pictures: str, shown: str, files: list[str]) -> None:
    """In the message, in its thread where everybody sees it, or not at all; the table comes in any case."""
    stage = begin(pictures)
    digest = deliver(stage)

    assert kinds(digest)[1] == shown
    assert files_in(stage, digest) == files


def test_a_shared_picture_says_in_words_what_it_shows(begin: Begin) -> None:
    """For who cannot see it; and everybody who sees the thread may open it."""
    stage = begin("share")
    digest = deliver(stage)

    stage.playground.settled()
    (picture,) = [file for file in stage.playground.files() if file.is_image]
    assert "PyTorch" in picture.alt_text
    assert picture.as_json()["shares"]["public"][digest.channel.id]


def test_a_thread_taken_up_again_shares_its_picture_once(begin: Begin) -> None:
    """The file after the picture did not get through; the next try posts the file alone."""
    stage = begin("share")
    stage.playground.faults.error("files.completeUploadExternal", "internal_error")
    digest = deliver(stage)
    for minute in (7, 13, 19):
        stage.tick_at(f"2026-11-30T09:{minute:02}")

    assert sorted(files_in(stage, digest)) == ["csv", "png"]


@pytest.mark.parametrize("pictures", ["block", "share", "off"])
def test_slack_connect_costs_the_picture_not_the_digest(begin: Begin, pictures: str) -> None:
    """A channel shared with others takes no files: the digest is there once with Slack's own chart, its table too."""
    stage = begin(pictures)
    stage.playground.channel("general").externally_shared = True
    stage.playground.faults.connect_blocks_files = True
    digest = deliver(stage)

    assert kinds(digest)[1] == "data_visualization"
    stage.playground.settled()
    thread = [reply.text for reply in stage.playground.messages(thread_ts=digest.ts)]
    assert any("The first 30, then and now" in text for text in thread)
    assert "The table as a file is missing: the rules for channels shared with others forbid it." in thread


# ---------------------------------------------------------------------------------------------------------- by hand


@pytest.mark.parametrize("words", ["digest now", "test"])
@pytest.mark.parametrize(
    ("method", "word"),
    [
        ("files.completeUploadExternal", "internal_error"),
        ("files.getUploadURLExternal", "file_uploads_disabled"),
        ("files.completeUploadExternal", "is_archived"),
        ("files.completeUploadExternal", "not_in_channel"),
        ("files.completeUploadExternal", "channel_not_found"),
        ("files.completeUploadExternal", "a_word_of_tomorrow"),
    ],
)
def test_what_was_posted_is_never_said_not_to_be(begin: Begin, method: str, word: str, words: str) -> None:
    """The thread is not complete: that is what is said, in our own words."""
    stage = begin("off")
    stage.playground.faults.error(method, word)
    ask(stage, words)

    told = stage.playground.wait_for_ephemeral("It was posted, but ")
    stage.playground.settled()
    assert len(stage.playground.bot_messages()) > 0
    assert not [said for said in stage.playground.ephemerals() if "could not be posted" in said.text]
    assert "internal_error" not in told.text


def ask(stage: DigestStage, words: str) -> None:
    """Ask for a digest by hand, in words or by its button."""
    stage.playground.settled()
    if words == "test":
        stage.playground.click(stage.playground.ephemerals()[-1], "Post a TEST")
    else:
        stage.playground.command(f"/frameworks {words}")


def test_a_thread_that_takes_no_words_is_said_to(begin: Begin) -> None:
    """The post went through, its first reply did not."""
    stage = begin("off")
    stage.playground.settled()
    refuse_replies(stage.playground, "restricted_action_non_threadable_channel")
    ask(stage, "digest now")

    assert "this channel takes no replies in threads" in stage.playground.wait_for_ephemeral("It was posted, but").text


def refuse_replies(playground: Playground, word: str) -> None:
    """Refuse what comes in a thread, once the digest stands in the channel."""
    before = len(playground.bot_messages())

    def armed() -> None:
        if len(playground.bot_messages()) > before and not playground.site.faults.__dict__.get("armed"):
            playground.site.faults.__dict__["armed"] = True
            playground.faults.error("chat.postMessage", word, times=5)

    playground.world.listeners.append(armed)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("is_archived", "It could not be posted: the channel is archived. Ask in another one."),
        ("restricted_action_read_only_channel", "only some people may post in this channel"),
        ("internal_error", "Slack did not confirm it. Look first"),
    ],
)
def test_what_was_not_posted_says_why_and_what_helps(begin: Begin, word: str, said: str) -> None:
    """Nothing has to be resumed: the digest itself is as it was."""
    stage = begin("off")
    stage.playground.faults.error("chat.postMessage", word)
    ask(stage, "digest now")

    assert "resume" not in stage.playground.wait_for_ephemeral(said).text


def test_a_pause_is_said_with_its_length(begin: Begin) -> None:
    """Nothing was posted, and one knows when it can be."""
    stage = begin("off")
    stage.playground.faults.rate_limit("chat.postMessage", retry_after=90)
    ask(stage, "digest now")

    assert "It was not posted" in stage.playground.wait_for_ephemeral("try again in 2 minutes").text
