"""Samples of what comes unasked and of its settings: the digest, alerts, who changed what, the Home tab."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from analytics.alerts.alert_rules import Observed
from bot import home_view
from bot.alerting import alert_change_words, alert_messages
from bot.alerting.alert_change_words import AlertChange
from bot.alerting.alert_tables import Alert, AlertChannel
from bot.digest import change_words, digest_messages, leaving_words
from bot.digest.change_words import Change
from bot.digest.digest_messages import DigestFrame
from bot.digest.leaving_words import Leavable
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import Slot, next_times
from tests.analytics.questions.test_twelve_weeks import told
from tests.gallery.hung import Hung, hang
from tests.gallery.sample_answers import ask, name_picture

DAY = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
NINE = dt.time(9)
BERLIN = "Europe/Berlin"
DIGEST = Subscription("T1", "C1", 0, NINE, BERLIN, "UANN", DAY, DAY, revision=3, id=1)
NAMED = replace(DIGEST, name="Papers & models", monthly="first", id=2)
NEXT, NEXT_OF_NAMED = next_times(DIGEST.rhythm, DAY), next_times(NAMED.rhythm, DAY)
PAUSED = replace(DIGEST, state=State.PAUSED, reason="the channel is archived")
ALERTS = AlertChannel("T1", "C1", 0, NINE, BERLIN, "UANN", DAY, DAY, id=1)
ALERT = Alert(1, 1, "TensorFlow enters or leaves the top 30", Observed(DAY, [2, 30]), "UANN", DAY)
SHARE = replace(ALERT, number=2, words="PyTorch's share of the top 100 moves by 3 points", state=State.PAUSED)
LINES = ("Newest paper counted: 2026-11-20.", "No official collection changed.")
ITEM = {
    "number": 1,
    "state": "fired",
    "said": "TensorFlow entered the top 30: 1 of 30 models now, 0 on 1 Nov 2026.",
    "words": ALERT.words,
    "value": [1, 30],
    "as_of": "2026-11-23T08:00:00Z",
    "source": "<https://huggingface.co/models|Hugging Face>",
}


def hang_digest() -> Iterator[Hung]:
    """Hang the weekly message in its kinds, its thread and its correction."""
    changes = ask("changes")
    plain = DigestFrame(DIGEST, NEXT)
    weeks = told()
    pictures = [(changes, name_picture(changes)), (weeks, name_picture(weeks))]
    made = hang(digest_messages.forms, "", changes, LINES, pictures, "", plain)
    yield from (replace(one, drawn=changes, beside=weeks) for one in made)
    monthly = replace(plain, subscription=NAMED, upcoming=NEXT_OF_NAMED, quiet_before=1)
    yield from hang(digest_messages.forms, "monthly, by its name", changes, LINES, (), "", monthly)
    late = replace(plain, late=True, test=True, quiet_before=2)
    yield from hang(
        digest_messages.forms, "late, a test, no picture", changes, LINES, (), "it could not be drawn", late
    )
    yield from hang(
        digest_messages.forms, "nothing to compare", None, LINES, (), "", replace(plain, alone=True, first=True)
    )
    unread = replace(plain, unread="20 Nov 2026")
    yield from hang(digest_messages.forms, "nothing newer could be read", None, LINES, (), "", unread)
    yield from hang(digest_messages.details, "", changes)
    yield from hang(digest_messages.no_table, "", "the scope files:write is missing")
    yield from hang(digest_messages.correction, "", "1 of the top 30 changed", changes, "the Hub restated its list")


def hang_settings() -> Iterator[Hung]:
    """Hang what is said of a digest's settings and deliveries."""
    guess = digest_messages.warn_of_guess(BERLIN, known=True)
    yield from hang(digest_messages.confirm_subscription, "new, zone guessed", DIGEST, NEXT, new=True, guessed=guess)
    quiet = replace(DIGEST, only_if_matters=True)
    yield from hang(digest_messages.confirm_subscription, "changed", quiet, NEXT, new=False)
    yield from hang(digest_messages.confirm_subscription, "monthly, by its name", NAMED, NEXT_OF_NAMED, new=True)
    yield from hang(digest_messages.list_digests, "", [(DIGEST, NEXT), (NAMED, NEXT_OF_NAMED)])
    yield from hang(digest_messages.no_such_digest, "of a name", "mobile", (DIGEST, NAMED))
    yield from hang(digest_messages.no_such_digest, "without a name", "", (NAMED,))
    yield from hang(digest_messages.ask_which, "", DIGEST, ["monthly", "15th", "09:00"])
    yield from hang(digest_messages.ask_name, "", ("digest off named Mobile", "digest off"))
    yield from hang(digest_messages.ask_name, "none fits", ("digest off",), "No digest here comes on Friday.")
    yield from hang(digest_messages.explain_refusal, "", "The channel is archived.")
    everything = Leavable((DIGEST, NAMED), 2, 3, 1)
    yield from hang(leaving_words.ask_what_ends, "", everything)
    yield from hang(leaving_words.ask_what_ends, "in a direct message", replace(everything, direct=True))
    yield from hang(leaving_words.ask_what_ends, "nothing", Leavable((), 0, 0, 0))
    for case, digest in (("active", DIGEST), ("paused", PAUSED), ("none", None)):
        yield from hang(digest_messages.state_of, case, digest, NEXT)
    yield from hang(digest_messages.confirm_change, "", "This channel's digest is paused.")
    yield from hang(digest_messages.ledger, "", entries(), ("https://example.slack.com/archives/C1/p1", ""))
    yield from hang(digest_messages.ledger, "nothing yet", (), ())
    yield from hang(digest_messages.how_to, "", "I know no day “mondey”.")
    yield from hang(digest_messages.status, "", ("Lists: as of 26 Nov 2026, 08:00 UTC.", "1 digest a week."))


def entries() -> tuple[LedgerEntry, LedgerEntry]:
    """Give a line that was posted late and one that failed."""
    slot = Slot(1, DAY.date(), NINE, DAY)
    posted = LedgerEntry(slot, State.POSTED, DAY, DAY, "one", posted_at=DAY + dt.timedelta(hours=2))
    return posted, LedgerEntry(slot, State.FAILED, DAY, DAY, "one", attempts=4, reason="the channel is archived")


def hang_changes() -> Iterator[Hung]:
    """Hang the line to the channel for each kind of change, and the word to who made the digest."""
    later = replace(DIGEST, at=dt.time(15), only_if_matters=True)
    kinds = {
        "set up": Change(None, DIGEST, "UBEN"),
        "changed": Change(DIGEST, later, "UBEN"),
        "paused": Change(DIGEST, replace(PAUSED, reason=""), "UBEN"),
        "resumed": Change(PAUSED, DIGEST, "UBEN"),
        "stopped": Change(DIGEST, replace(DIGEST, state=State.OFF), "UBEN"),
        "to monthly, by its name": Change(replace(NAMED, monthly=""), NAMED, "UBEN"),
        "undone": Change(replace(DIGEST, state=State.OFF), DIGEST, "UBEN", is_undo=True),
    }
    for case, change in kinds.items():
        yield from hang(change_words.tell_channel, case, change, "ben", NEXT)
    yield from hang(change_words.tell_maker, "stopped", kinds["stopped"], "ben", NEXT)


def hang_alerts() -> Iterator[Hung]:
    """Hang the message of the day and what is said of settings."""
    normal = ITEM | {"number": 2, "said": "Back to normal: TensorFlow is out of the top 30 again.", "source": ""}
    yield from hang(alert_messages.forms, "", ALERTS, (ITEM, normal))
    tried = alert_messages.tell_past([ALERT.start, Observed(NEXT[0], [3, 30])], [(NEXT[0], ITEM["said"])])
    now = "TensorFlow is in 2 of the top 30 now."
    yield from hang(alert_messages.confirm, "new", ALERT, ALERTS, [now, *tried], new=True)
    yield from hang(alert_messages.confirm, "there already", ALERT, ALERTS, [now], new=False)
    yield from hang(alert_messages.preview, "", ALERT.words, tried)
    yield from hang(alert_messages.list_all, "", ALERTS, ((ALERT, now), (SHARE, "")))
    yield from hang(alert_messages.list_all, "none", None, ())
    yield from hang(alert_messages.confirm_change, "", "alert 1 has ended: TensorFlow enters or leaves the top 30.")
    yield from hang(alert_messages.how_to, "", "A threshold is from 1 to 100 points.")


def hang_changes_of_alerts() -> Iterator[Hung]:
    """Hang the line to the channel for each kind of change, and the word to who made an alert."""
    night = replace(ALERTS, quiet_from=dt.time(22), revision=1)
    ended = replace(ALERT, state=State.OFF, revision=1)
    kinds = {
        "set up": AlertChange(ALERTS, "UBEN", ((None, ALERT),)),
        "changed": AlertChange(ALERTS, "UBEN", ((ALERT, ended), (None, replace(SHARE, state=State.ACTIVE)))),
        "several": AlertChange(ALERTS, "UBEN", ((ALERT, ended), (SHARE, replace(SHARE, state=State.OFF)))),
        "paused": AlertChange(ALERTS, "UBEN", ((replace(SHARE, state=State.ACTIVE), SHARE),)),
        "quiet hours": AlertChange(night, "UBEN", quiet_before=ALERTS),
        "undone": AlertChange(ALERTS, "UBEN", ((ended, ALERT),), is_undo=True),
    }
    for case, change in kinds.items():
        yield from hang(alert_change_words.tell_channel, case, change, "ben")
    yield from hang(alert_change_words.tell_maker, "", kinds["paused"], "UANN", "ben")


def list_homes() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the Home tab: of somebody new, of somebody with much in it, of an admin."""
    facts = home_view.HomeFacts((), (), LINES, ())
    full = replace(
        facts,
        digests=((DIGEST, NEXT[0]), (NAMED, NEXT[0]), (replace(PAUSED, channel="C2"), None)),
        failures=((DIGEST, entries()[1]),),
        alerts=(("C1", ALERT), ("C2", SHARE)),
    )
    admin = replace(
        full, findings=("The scope users:read is missing.",), digests_of_others=(DIGEST, PAUSED), said="Paused."
    )
    away = replace(facts, digests=None)
    for case, shown in (("admin", admin), ("three digests", full), ("new", facts), ("away", away)):
        yield case, home_view.view(shown)
