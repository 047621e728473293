"""How a text is read, settings too: what Slack goes by, and what `frameworks understand` prints."""

import datetime as dt
from typing import Any

from analytics import grammar
from analytics.grammar import Intent

SAID_ELSEWHERE = (Intent.UNCLEAR, Intent.DECLINE)
"""What was not understood, so that words behind `digest` say themselves what is wrong with them."""


def read_setting(text: str) -> dict[str, Any] | None:
    """Tell how words about digests and alerts are read; None where they are about neither."""
    from analytics.alerts import alert_words
    from analytics.digest_words import setting_words

    return setting_words.understand(text) or alert_words.understand(text)


def tell_reading(text: str, today: dt.date) -> dict[str, Any]:
    """Give `words`, `kind`, `also` and `note` of whatever is typed; `words` is None where nothing is to be done."""
    if (setting := read_setting(text)) is not None:
        return setting
    understood = grammar.understand(text, today)
    told = understood.as_json()
    if understood.kind in SAID_ELSEWHERE:
        from analytics.digest_words import setting_words

        told["note"] = setting_words.say_what_is_wrong(text) or told["note"]
    return told
