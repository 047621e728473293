"""What Slack says and what only looks like it, through the real SDK: each sorted into what it means for a post."""

from collections.abc import Callable

import pytest

from bot import troubles
from bot.slack_client import slack_client
from bot.slack_errors import (
    SLACK_FAILURES,
    Forbidden,
    Lost,
    NotHere,
    Refused,
    RefusedForNow,
    TooFast,
    Unconfirmed,
    foreign,
    pick,
    sort_failures,
)
from playground.server import Playground

PAGE = "<html><body>Bearer xoxb-1-secret <!channel> blocked by policy</body></html>" * 40


MEANINGS = (Refused, NotHere, Forbidden, TooFast, Unconfirmed)
Post = Callable[[], Exception]


@pytest.fixture
def post(playground: Playground) -> Post:
    """Post one message with the bot's own client; give what it comes to."""
    client = slack_client(playground.bot_token, playground.api_url)

    def posted() -> Exception:
        with pytest.raises(MEANINGS) as caught, sort_failures():
            client.chat_postMessage(channel=playground.channel("general").id, text="hello")
        return caught.value

    return posted


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (PAGE, 200, "text/html"),
        (PAGE, 403, "text/html"),
        (PAGE, 407, "text/html"),
        (PAGE, 502, "text/html"),
        ("stream timeout", 408, "text/plain"),
        ("upstream connect error", 503, "text/plain"),
        ("", 200, "text/plain"),
        ('{"ok":tr', 200, "application/json"),
        ("{}", 200, "application/json"),
        ("[1]", 200, "application/json"),
        ("null", 200, "application/json"),
        ('{"ok":false}', 200, "application/json"),
        ('{"error":"is_archived"}', 200, "application/json"),
        ('{"ok":false,"error":"Gateway Timeout"}', 200, "application/json"),
        ('{"ok":false,"error":{"code":"is_archived"}}', 200, "application/json"),
        ('{"message":"Forbidden"}', 403, "application/json"),
        ('{"ok":false,"error":"internal_error"}', 200, "application/json"),
        ('{"ok":false,"error":"service_unavailable"}', 503, "application/json"),
        ('{"ok":false,"error":"something_new"}', 500, "application/json"),
        ('{"ok":false,"error":"duplicate_message_not_found"}', 200, "application/json"),
        ("7", 200, "application/json"),
        ('"ok"', 200, "application/json"),
        ('{"ok":true}', 200, "application/gzip"),
        ("a page", 200, "text/html; charset=none"),
        ("a page", 502, "text/html; charset=none"),
        ("caf\u00e9", 200, "text/html; charset=ascii"),
        ("caf\u00e9", 403, "text/html; charset=ascii"),
        ('{"ok":"false"}', 200, "application/json"),
        ('{"ok":1,"ts":"1.1"}', 200, "application/json"),
        ('{"ok":[true]}', 200, "application/json"),
        ('{"ok":{}}', 200, "application/json"),
        ('{"a":' * 100_000, 200, "application/json"),
        ("[" * 100_000, 200, "application/json"),
    ],
)
def test_what_is_no_word_of_slacks_is_unconfirmed(
    playground: Playground, post: Post, body: str, status: int, kind: str
) -> None:
    """Slack took the message and something else answered: the message is there, and nobody may call it refused."""
    playground.faults.garble("chat.postMessage", body, status, kind=kind)

    meaning = post()

    assert type(meaning) is Unconfirmed
    assert len(playground.bot_messages()) == 1
    assert len(str(meaning)) < 100


@pytest.mark.parametrize("fault", ["drop_after", "cut_after"])
def test_half_an_answer_is_unconfirmed(playground: Playground, post: Post, fault: str) -> None:
    """The line broke before or within the answer."""
    getattr(playground.faults, fault)("chat.postMessage")

    assert type(post()) is Unconfirmed
    assert len(playground.bot_messages()) == 1


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("ratelimited", 429),
        ("rate_limited", 429),
        ("rate_limited", 200),
        ("ratelimited", 200),
        ("message_limit_exceeded", 200),
        ("too_many_requests", 429),
        ("rate_limit_exceeded", 200),
        ("who_knows", 429),
    ],
)
def test_too_fast_in_any_spelling(playground: Playground, post: Post, word: str, status: int) -> None:
    """A status or a word, each says that nothing was posted and when to come again."""
    playground.faults.rate_limit("chat.postMessage", word=word, status=status, retry_after=120)

    meaning = post()

    assert isinstance(meaning, TooFast)
    assert meaning.seconds == 120
    assert playground.bot_messages() == []


def test_a_proxys_page_with_429_is_too_fast_as_well(playground: Playground, post: Post) -> None:
    """Where the limit is somebody else's."""
    playground.faults.garble("chat.postMessage", PAGE, 429, after=False)

    assert isinstance(post(), TooFast)


@pytest.mark.parametrize(
    ("said", "seconds"), [(0, 1), (1, 1), ("0.5", 1), ("2.2", 3), (600, 600), (None, 30), ("soon", 30), (-5, 30)]
)
def test_whatever_retry_after_says_there_is_a_pause(
    playground: Playground, post: Post, said: str | None, seconds: float
) -> None:
    """None, none at all, halves and nonsense have been seen."""
    playground.faults.rate_limit("chat.postMessage", retry_after=said)

    meaning = post()

    assert isinstance(meaning, TooFast)
    assert meaning.seconds == seconds


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("invalid_blocks", Refused),
        ("msg_too_long", Refused),
        ("slack_connect_file_link_sharing_blocked", Refused),
        ("file_deleted", Refused),
        ("not_in_channel", NotHere),
        ("channel_not_found", NotHere),
        ("is_archived", Forbidden),
        ("missing_scope", Forbidden),
        ("no_permission", Forbidden),
        ("ekm_access_denied", Forbidden),
        ("team_access_not_granted", Forbidden),
        ("restricted_action_read_only_channel", Forbidden),
        ("restricted_action_of_next_year", Forbidden),
        ("team_added_to_org", RefusedForNow),
        ("org_login_required", RefusedForNow),
        ("invalid_auth", RefusedForNow),
        ("token_revoked", RefusedForNow),
        ("something_new", RefusedForNow),
    ],
)
def test_slacks_words_are_sorted(playground: Playground, post: Post, word: str, meaning: type[Exception]) -> None:
    """What lasts is forbidden; what passes, or was never heard of, never counts as lost for good."""
    playground.faults.error("chat.postMessage", word)

    assert type(post()) is meaning


def test_a_passing_or_unknown_word_is_unconfirmed_to_a_digest() -> None:
    """So that it looks and tries again, and pauses nothing."""
    assert issubclass(RefusedForNow, Unconfirmed)
    assert not issubclass(RefusedForNow, Forbidden)


@pytest.mark.parametrize(
    ("more", "spared"),
    [
        ({"errors": ["invalid slack file [json-pointer:/blocks/1/slack_file]"]}, {1}),
        ({"response_metadata": {"messages": ["[ERROR] no more than 100 [json-pointer:/blocks/2/rows]"]}}, {2}),
        ({}, set()),
    ],
)
def test_a_refusal_says_which_blocks_slack_points_at(
    playground: Playground, post: Post, more: dict[str, object], spared: set[int]
) -> None:
    """In either of the two places where Slack puts its pointers."""
    playground.faults.error("chat.postMessage", "invalid_blocks", **more)

    meaning = post()

    assert isinstance(meaning, Refused)
    assert meaning.at == spared


def test_a_refusal_is_in_the_log_with_what_is_needed(
    playground: Playground, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    """Method, channel, word and scope, at INFO, and never a token."""
    caplog.set_level("INFO", "bot")
    playground.faults.error("chat.postMessage", "missing_scope", needed="chat:write", provided="commands")
    post()
    playground.faults.garble("chat.postMessage", PAGE)
    post()

    said = [record.getMessage() for record in caplog.records if record.name == "bot.slack_errors"]

    general = playground.channel("general").id
    assert f"chat.postMessage in {general} was answered missing_scope (needed chat:write, provided commands)" in said[0]
    assert "xoxb" not in caplog.text
    assert "<!channel>" not in said[1]
    assert len(said[1]) < 300


@pytest.mark.parametrize(
    "text", ["<!channel>", "a\nb\rc\td", "x" * 5000, "xoxb-12-34-abc", "XAPP-1-A-b", "\x1b[31mred", "&lt;"]
)
def test_foreign_text_is_one_short_harmless_line(text: str) -> None:
    """Whatever a proxy writes."""
    shown = foreign(text)

    assert len(shown) <= 200
    assert not set(shown) & set("<>\n\r\t\x1b")
    assert "xoxb-" not in shown.lower()
    assert "xapp-" not in shown.lower()


@pytest.mark.parametrize(
    ("word", "helps"),
    [
        ("restricted_action_thread_locked", "outside the thread"),
        ("restricted_action_thread_only_channel", "in a thread"),
        ("restricted_action_non_threadable_channel", "slash command"),
        ("restricted_action_read_only_channel", "another"),
        ("ekm_access_denied", "admin"),
        ("no_permission", "permissions"),
        ("team_access_not_granted", "organization admin"),
        ("missing_scope", "Permissions"),
        ("is_archived", "another one"),
        ("account_inactive", "install me again"),
    ],
)
def test_newer_refusals_get_words_that_help(word: str, helps: str) -> None:
    """For the asker and for the creator of a digest alike; Slack's bare word helps nobody."""
    assert helps in troubles.explain_not_posted(word)
    assert word not in troubles.explain_not_posted(word)
    assert word not in Lost(word).reason + Lost(word).advice
    assert Lost(word).advice.endswith(".")


def test_the_client_itself_tries_nothing_twice(playground: Playground) -> None:
    """Neither a lost answer nor a 429 on a post: what follows is decided above it."""
    client = slack_client(playground.bot_token, playground.api_url)
    playground.faults.rate_limit("chat.postMessage")
    with pytest.raises(Exception, match="ratelimited"):
        client.chat_postMessage(channel=playground.channel("general").id, text="x")

    assert len(playground.requests("chat.postMessage")) == 1


@pytest.mark.parametrize("reply", [None, 7, [], {}, {"files": None}, {"files": []}, {"files": [{"id": None}]}])
def test_an_answer_without_what_was_asked_for_is_slacks_failure(reply: object) -> None:
    """Where it was read; what else goes wrong around a call is a mistake of ours."""
    with pytest.raises(SLACK_FAILURES):
        pick(reply, "files", 0, "id")


@pytest.mark.parametrize("mistake", [AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError])
def test_a_mistake_of_ours_around_a_call_is_not_taken_for_slacks(mistake: type[Exception]) -> None:
    """It is told with a reference, and stands in the log with its traceback."""
    with pytest.raises(mistake), sort_failures("U1"):
        raise mistake("ours")


def test_what_cannot_be_sent_is_a_mistake_of_ours(playground: Playground) -> None:
    """Half of a surrogate pair in a form, a set in JSON: Slack never saw it."""
    client = slack_client(playground.bot_token, playground.api_url)
    for mistake, call in (
        (UnicodeEncodeError, lambda: client.conversations_info(channel="\ud800")),
        (TypeError, lambda: client.chat_postMessage(channel="C1", text="x", metadata={"key": {1}})),
    ):
        with pytest.raises(mistake), sort_failures():
            call()
