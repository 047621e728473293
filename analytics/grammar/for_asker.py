"""By which words somebody asks for an answer that nobody else sees: `just for me`, `nur für mich`, `between us`."""

import re
from functools import cache

from analytics.grammar import lexicon

SHOWN = (
    r"(?:only|just) (?:show|tell) me",
    r"(?:show|tell) (?:it |this |that )?(?:to )?(?:only|just) (?:to )?me",
    r"only i (?:should|may|can) see",
    r"(?:nobody|no one|no-one) else (?:should|may|must|can) (?:see|know)",
)
"""Ways of saying it that have parts; the others are phrases of the lexicon."""


def is_for_asker(words: str) -> bool:
    """Tell whether it is said, anywhere in a text, that the answer is for the asker alone."""
    return _for_asker().search(words) is not None


def without_words_for_asker(words: str) -> str:
    """Leave out what says for whom the answer is."""
    return _for_asker().sub("", words).strip(" ,;")


@cache
def _for_asker() -> re.Pattern[str]:
    phrases = sorted(lexicon.values("privately"), key=len, reverse=True)
    plain = [re.escape(phrase) for phrase in phrases if phrase.isascii() or " " in phrase]
    run_on = [re.escape(phrase) for phrase in phrases if not (phrase.isascii() or " " in phrase)]
    return re.compile("|".join((rf"(?<!\w)(?:{'|'.join((*SHOWN, *plain))})(?!\w)", *run_on)), re.IGNORECASE)
