"""
A setting is changed only by words understood whole: `no_commands.txt` holds sentences that name one and bid nothing.

Questions, negations, what somebody else said, two commands at once, for a time only, for others, and other settings
than there are. Each is read as the bot reads what was typed, up to the words it would act by.
"""

import datetime as dt
from pathlib import Path

import pytest

from analytics import grammar
from analytics.alerts import alert_words
from analytics.digest_words import parsing, setting_words, typed_words

TODAY = dt.date(2026, 11, 26)
SENTENCES = tuple((Path(__file__).parent / "no_commands.txt").read_text(encoding="utf-8").splitlines())
HARMLESS = ("list", "preview", "history", "off me")


def digest_words(typed: typed_words.TypedWords) -> list[str]:
    """Give the words after `digest` that would be acted by; none where no digest is meant."""
    if read := setting_words.read_setting(typed):
        return list(read.words)
    understood = grammar.understand(typed.sentence, TODAY)
    return (understood.words or "").split()[1:] if understood.kind is grammar.Intent.DIGEST else []


def change_digest(text: str) -> str:
    """Give the action on a digest that a text would have done; empty where nothing is changed."""
    typed = typed_words.read(text)
    assert isinstance(typed, typed_words.TypedWords)
    words = digest_words(typed)
    if not words or not parsing.is_understood(words):
        return ""
    action = parsing.action_of(parsing.part_name(words)[1])[0]
    return "" if action in HARMLESS else action


def change_others(text: str) -> str:
    """Give what a text would have done with alerts and previews; empty where nothing is changed."""
    typed = typed_words.read(text)
    assert isinstance(typed, typed_words.TypedWords)
    try:
        wish = alert_words.read(typed.words)
    except alert_words.UnclearAlert:
        return ""
    if wish:
        wish = alert_words.only_ask(wish) if typed.asks else wish
        return "" if wish.action in (alert_words.AlertAction.LIST, alert_words.AlertAction.HELP) else wish.action
    understood = grammar.understand(typed.sentence, TODAY)
    is_setting = understood.kind is grammar.Intent.PREVIEWS and understood.words != "previews"
    return str(understood.words) if is_setting and not typed.asks else ""


def test_there_are_many_sentences() -> None:
    """The list is read whole."""
    assert len(SENTENCES) > 500


@pytest.mark.parametrize("text", SENTENCES)
def test_what_is_no_command_changes_nothing(text: str) -> None:
    """No digest, alert or preview is set, paused, ended or posted by it."""
    assert (change_digest(text), change_others(text)) == ("", "")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("digest off", "off"),
        ("please stop the digest", "off"),
        ("can you stop the digest?", "off"),
        ("I want to unsubscribe", ""),
        ("hey bot, pause our digest please, thank you!", "pause"),
        ("we would like the digest on mondays at 9", "on"),
        ("bitte den Digest abbestellen", "off"),
        ("por favor, cancelar el resumen semanal", "off"),
        ("пожалуйста, отключи дайджест", "off"),
        ("请取消周报", "off"),
    ],
)
def test_courtesy_leaves_a_command_one(text: str, action: str) -> None:
    """Who bids politely is heard, with a question mark too where it is somebody's to do."""
    assert change_digest(text) == action


def test_a_question_mark_reaches_the_sentence() -> None:
    """The words are cleaned of it, and a sentence needs it: `stop the digest?` ends nothing."""
    typed = typed_words.read("stop the digest?")

    assert isinstance(typed, typed_words.TypedWords)
    assert typed.words == "stop the digest"
    assert typed.sentence == "stop the digest?"
