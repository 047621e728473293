"""How a text is read, settings too: what Slack goes by, and what `frameworks understand` prints."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from analytics import grammar
from analytics.grammar import Intent

SAID_ELSEWHERE = (Intent.UNCLEAR, Intent.DECLINE)
"""What was not understood, so that words behind `digest` say themselves what is wrong with them."""


SAID_IN_SLACK: Mapping[str, tuple[str, ...]] = {
    "digest": (
        *("digest on", "digest on mon 09:00 Europe/Berlin", "digest on monthly 1st 09:00"),
        *("digest on named mobile fri 16:00", "digest off named mobile"),
        *("digest list", "digest preview", "digest history", "digest off", "digest off all"),
    ),
    "alerts": (
        "alert when TensorFlow enters or leaves the top 30",
        "alert when PyTorch's share of the top 100 moves by 3 points",
        "alert when PyTorch's share of the top 100 is below 80 %",
        "alert when TensorFlow is in more than 5 of the top 30",
        "alert when google-bert/bert-base-uncased changes framework",
        "alert when an official collection changes state",
        "alert preview when TensorFlow leaves the top 30",
        "alert quiet 20:00-08:00 Europe/Berlin",
        "alerts",
        "alert off 1",
    ),
}
"""What can be said in Slack about what stands there, each as it works: the help on it, in the terminal, too."""

ALERT_HELP = "alert help"


def find_slack_help(words: str | None) -> str:
    """Give the name of the help that canonical words ask for, where it is on what stands in Slack; empty of others."""
    topic = "alerts" if words == ALERT_HELP else (words or "").removeprefix("help ")
    return topic if topic in SAID_IN_SLACK else ""


def read_setting(text: str) -> dict[str, Any] | None:
    """Tell how words about digests and alerts are read; None where they are about neither."""
    from analytics.alerts import alert_words
    from analytics.digest_words import setting_words

    return setting_words.understand(text) or alert_words.understand(text)


def _is_for_asker(text: str) -> bool:
    """Tell whether Slack would show the answer to the asker alone."""
    from analytics.digest_words import typed_words

    typed = typed_words.read(text)
    return isinstance(typed, typed_words.TypedWords) and typed.privately


def tell_reading(text: str, today: dt.date) -> dict[str, Any]:
    """Give `words`, `kind`, `also` and `note` of whatever is typed; `words` is None where nothing is to be done."""
    if (setting := read_setting(text)) is not None:
        return setting
    understood = grammar.understand(text, today)
    told = understood.as_json()
    if understood.request is not None and understood.words and _is_for_asker(text):
        told["words"] = f"privately {understood.words}"
    from analytics.digest_words import setting_words

    if understood.kind in SAID_ELSEWHERE:
        told["note"] = setting_words.say_what_is_wrong(text) or told["note"]
    if understood.kind is Intent.DIGEST and (wrong := setting_words.say_what_is_wrong(understood.words or "")):
        told |= {"words": None, "note": wrong}  # as Slack asks back: `digest on mon 09:00 EST`
    return told
