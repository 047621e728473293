"""Samples of what is said around answers: help, what was unclear, what went wrong, first contact, previews, models."""

import datetime as dt
from collections.abc import Iterator

from analytics import grammar
from analytics.domain.collectors import Collector
from analytics.domain.requests import OneModel, Top
from analytics.errors import NoSuchModel, NoSuchTask, NotCollected, NothingStored
from analytics.outlook import Expected, Stage
from bot import asking, first_contact, help_card, messages, model_list, troubles
from bot.previews import preview_words
from tests.gallery.hung import Hung, hang
from tests.gallery.sample_answers import ask

NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)
FINDINGS = ("The scope users:read is missing: add it, then install the app again.", "The clock is 40 seconds ahead.")
UNREACHABLE = "The Hub could not be reached (it answered 503)."


def _always(_: str) -> bool:
    return True


def hang_help() -> Iterator[Hung]:
    """Hang the card, each of its pages, what was not understood, greetings."""
    yield from hang(help_card.card, "", _always)
    yield from hang(help_card.card, "nothing collected yet", lambda words: words.startswith("model"))
    for topic in grammar.TOPICS:
        yield from hang(help_card.about, topic.name, topic, _always)
    for typed in ("top 10 legal models in tensorflow", "what is the weather in berlin", "tpo30"):
        yield from hang(help_card.not_understood, typed, grammar.understand(typed, NOW.date()))
    beside = grammar.understand("in german", NOW.date())
    yield from hang(help_card.not_understood, "after an answer", beside, Top())
    yield from hang(help_card.offer_weekly, "")
    yield from hang(help_card.refer_to_page, "", OneModel("openai/whisper-tiny"))
    chosen = grammar.understand("bert", NOW.date())
    yield from hang(help_card.say_taken_for, "a family's name", chosen)
    yield from hang(help_card.hello, "")
    yield from hang(help_card.welcome, "")


def hang_asking() -> Iterator[Hung]:
    """Hang what is said before an answer and instead of one."""
    yield from hang(messages.looking, "", "top30")
    yield from hang(messages.without_rows, "")
    yield from hang(messages.with_undo, "", "ann paused the weekly digest here.", messages.UNDO, "[]")
    yield from hang(messages.file_given, "", "top30-2026-11-26.csv")
    typed = "`<!channel>` & co"
    yield from hang(messages.unclear, "markup", grammar.Unclear(typed, "I know no such question.", ("top30", "totals")))
    task = NoSuchTask("text-genration", ("text-generation",))
    yield from hang(messages.no_such, "task", task, Top(task="text-genration"))
    gone = NoSuchModel("lab/bert", ("lab/roberta",), "It is missing, or private: the Hub does not say which.")
    yield from hang(messages.no_such, "model", gone, OneModel("lab/bert"))
    for stage in Stage:
        why = "it answered 503" if stage is Stage.RESTING else ""
        coming = Expected(Collector.CENSUS, stage, NOW, why)
        if coming.say():
            yield from hang(messages.announce_answer, stage.value, coming, until_then=stage is Stage.NOW)
    away = NothingStored("this question", UNREACHABLE, advice="Please ask again in a minute.")
    yield from hang(messages.explain_nothing_stored, "away", away)
    later = NotCollected("papers", "The counts of papers have not been read here yet.")
    yield from hang(
        messages.explain_nothing_stored, "comes later", later, Expected(Collector.PAPERS, Stage.QUEUED, NOW)
    )


def hang_troubles() -> Iterator[Hung]:
    """Hang what is said when asking or posting went wrong."""
    yield from hang(troubles.explain_database, "", "The database cannot be reached.")
    yield from hang(troubles.own_up, "", "7f3a91")
    yield from hang(troubles.explain_unread, "")
    yield from hang(troubles.explain_old_home, "")
    for case, words, is_sent in (
        ("not answered", "top30", False),
        ("may be there", "top30", True),
        ("no question", "", False),
    ):
        yield from hang(troubles.explain_lost, case, words, NOW, was_sending=is_sent, action=messages.SHARE)
    yield from hang(asking.explain_lost, "no question", None, NOW, was_sending=True)
    yield from hang(troubles.mark_as_second, "", messages.looking("top30"))
    for make in (troubles.explain_not_installed, troubles.explain_unreadable_token):
        yield from hang(make, "")
    for make in (troubles.warn_unseen, troubles.busy, troubles.stopping, troubles.stale_button):
        yield from hang(make, "")
    yield from hang(troubles.stale_form, "")
    yield from hang(troubles.stale_shortcut, "")
    yield from hang(troubles.warn_unconfirmed, "")
    yield from hang(troubles.yours_waiting, "", 4, 2)
    yield from hang(troubles.too_many_of_yours, "", 20)
    yield from hang(troubles.no_file, "", "top30-2026-11-26.csv", "the scope files:write is missing")
    yield from hang(troubles.doubt_file, "", "top30-2026-11-26.csv")


def hang_first_contact() -> Iterator[Hung]:
    """Hang the one message to whoever installed the app."""
    yield from hang(first_contact.greet, "admin", FINDINGS, is_admin=True)
    yield from hang(first_contact.greet, "member", FINDINGS, is_admin=False)
    yield from hang(first_contact.greet, "all is well", (), is_admin=True)


def hang_previews() -> Iterator[Hung]:
    """Hang what is said of link previews."""
    for wanted, own in ((True, True), (True, False), (False, False)):
        case = f"{'on' if wanted else 'off'}{', own' if own else ''}"
        yield from hang(preview_words.tell_state, case, wanted=wanted, own=own)
    for wanted in (True, False):
        yield from hang(preview_words.confirm, "on" if wanted else "off", wanted=wanted)
        yield from hang(preview_words.tell_channel, "on" if wanted else "off", "ann", "1", wanted=wanted)
    yield from hang(preview_words.refuse_stale, "")
    yield from hang(preview_words.confirm_everywhere, "", 2)
    yield from hang(preview_words.confirm_nowhere, "")
    yield from hang(preview_words.refuse_everywhere, "")
    yield from hang(preview_words.refuse_without, "", ("links:read", "links:write"))


def hang_models() -> Iterator[Hung]:
    """Hang what the shortcut says of a message."""
    found = model_list.LookedUp("google-bert/bert-base-uncased", ask("model google-bert/bert-base-uncased"))
    missing = model_list.LookedUp("lab/gone", NoSuchModel("lab/gone", (), "It is missing, or private."))
    unread = model_list.LookedUp("lab/away", NothingStored("it", UNREACHABLE))
    yield from hang(model_list.list_models, "found, missing, away", (found, missing, unread), 7)
    yield from hang(model_list.announce, "", 3)
    yield from hang(model_list.explain_none, "no model", ("a data set",), has_words=True)
    yield from hang(model_list.explain_none, "no text", (), has_words=False)
    yield from hang(model_list.explain_gone, "")
