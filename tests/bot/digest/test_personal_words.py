"""Words to one person: none is lost that was never sent, none is sent twice, and nothing foreign gets into the log."""

from pathlib import Path

import pytest

from bot.digest.poster import Pace, SlackPoster
from bot.slack_client import slack_client
from bot.slack_errors import Unconfirmed
from playground.server import Playground
from tests.bot.digest.harness import MINUTE, MONDAY, Harness

FOREIGN = "<html>a proxy's page <!channel> xoxb-1-secret</html>"


@pytest.fixture
def poster(playground: Playground) -> SlackPoster:
    """Give a poster with the bot's own client, which waits for nothing."""
    return SlackPoster(slack_client(playground.bot_token, playground.api_url), Pace(lambda _: None))


@pytest.mark.parametrize(
    ("method", "fault", "is_over"),
    [
        ("conversations.open", "garbled", False),
        ("conversations.open", "empty", False),
        ("conversations.open", "internal_error", False),
        ("conversations.open", "user_disabled_for_good", False),
        ("conversations.open", "account_inactive", True),
        ("chat.postMessage", "messages_tab_disabled", True),
    ],
)
def test_what_was_never_sent_is_sent_later(
    playground: Playground,
    poster: SlackPoster,
    method: str,
    fault: str,
    is_over: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """While no conversation could be opened nothing was said."""
    match fault:
        case "garbled":
            playground.faults.garble(method, FOREIGN, 502)
        case "empty":
            playground.faults.garble(method, '{"ok": true}', kind="application/json", after=False)
        case _:
            playground.faults.error(method, fault)

    assert poster.tell(playground.user("ann").id, "a word") is is_over


@pytest.mark.parametrize("fault", ["garbled", "internal_error"])
def test_what_may_have_arrived_is_neither_told_nor_not(playground: Playground, poster: SlackPoster, fault: str) -> None:
    """Whoever asked for it looks in the conversation later, before it is said again."""
    if fault == "garbled":
        playground.faults.garble("chat.postMessage", FOREIGN, 502)
    else:
        playground.faults.error("chat.postMessage", fault)

    with pytest.raises(Unconfirmed):
        poster.tell(playground.user("ann").id, "a word")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("messages_tab_disabled", "messages to me are switched off in my app's settings."),
        ("account_inactive", "my account in this workspace was switched off."),
    ],
)
def test_the_log_says_it_in_words(
    playground: Playground, poster: SlackPoster, caplog: pytest.LogCaptureFixture, word: str, said: str
) -> None:
    """What Slack's word means, not the word alone."""
    playground.faults.error("chat.postMessage", word)
    poster.tell(playground.user("ann").id, "a word")

    assert f"could not be notified: {said}" in caplog.text


METHODS = [
    "auth.test",
    "chat.postMessage",
    "conversations.history",
    "conversations.join",
    "conversations.open",
    "conversations.replies",
    "files.completeUploadExternal",
    "files.getUploadURLExternal",
]


@pytest.mark.parametrize("body", [FOREIGN, '{"ok": true}', '{"ok": false, "error": "' + FOREIGN + '"}', "[1]"])
@pytest.mark.parametrize("method", METHODS)
def test_whatever_comes_back_nothing_foreign_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, method: str, body: str
) -> None:
    """A morning with one digest, one that was missed and one to tell of; foreign text only escaped, without secrets."""
    caplog.set_level("INFO")
    harness = Harness(tmp_path)
    harness.subscribe(2, since=MONDAY - 7 * 24 * 60 * MINUTE)
    harness.playground.world.channels["C0DESK002"].members.discard(harness.bot_user)
    harness.playground.faults.garble(method, body, times=2, after=False, kind="application/json")
    process = harness.process()
    for _ in range(3):
        harness.now += 6 * MINUTE
        process.tick()
    harness.now = MONDAY + MINUTE
    process.tick()
    harness.close()

    ours = [record for record in caplog.records if record.name.startswith("bot")]
    logged = "".join(record.getMessage() + (record.exc_text or "") for record in ours)
    assert not [word for word in ("<html>", "<!channel>", "xoxb-1-secret") if word in logged]
