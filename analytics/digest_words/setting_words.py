"""
What is typed -> a setting of a channel's digests that is understood whole. Pure.

Slack does it, and the terminal tells it in canonical words, which mean the same when they are typed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analytics.digest_words import parsing, spoken_wishes, typed_words
from analytics.digest_words.digest_names import name_in_words
from analytics.digest_words.month_words import SOME_DAY
from analytics.digest_words.named_days import DAYS
from analytics.digest_words.wanted import Wanted
from analytics.domain.wording import ordinal


@dataclass(frozen=True, slots=True)
class SettingRead:
    """The words after `digest`. A `is_wish` came as a sentence, which may mean the digest there is or one more."""

    words: tuple[str, ...]
    is_wish: bool = False


def read_setting(typed: typed_words.TypedWords) -> SettingRead | None:
    """Read what is to be done with a digest; None where no words say it whole. With a question mark it is shown."""
    settings = typed.settings
    if settings is not None and parsing.is_understood(settings):
        return SettingRead(tuple(parsing.only_ask(settings) if typed.asks else settings))
    if wish := spoken_wishes.read_wish(typed.words):
        return SettingRead(("list",)) if typed.asks else SettingRead(tuple(wish), is_wish=True)
    return None


def understand(text: str) -> dict[str, object] | None:
    """Tell how words about a digest are read, as the terminal tells it of others; None where they are not whole."""
    typed = typed_words.read(text)
    read = read_setting(typed) if isinstance(typed, typed_words.TypedWords) else None
    if read is None:
        return None
    try:
        words = say_setting(read.words)
    except parsing.UnclearSetting as unclear:
        return {"words": None, "kind": "digest", "also": [], "note": str(unclear)}
    return None if words.endswith(parsing.LEAVE_ME) else {"words": words, "kind": "digest", "also": [], "note": ""}


def say_what_is_wrong(text: str) -> str:
    """Say what Slack says of words behind `digest` that mean nothing; nothing of others."""
    typed = typed_words.read(text)
    settings = typed.settings if isinstance(typed, typed_words.TypedWords) else None
    try:
        say_setting(settings or [])
    except parsing.UnclearSetting as unclear:
        return str(unclear)
    return ""


def say_setting(words: Sequence[str]) -> str:
    """Write the words after `digest` canonically. Raises UnclearSetting."""
    name, rest = parsing.part_name(list(words))
    action, more = parsing.action_of(rest)
    wanted = replace(parsing.read_wanted(more), name="") if action == "on" else Wanted()
    named = name_in_words(f'"{name}"' if " " in name else name)
    return " ".join(["digest", f"{action}{named}", *_say(wanted)])


def _say(wanted: Wanted) -> Iterator[str]:
    if wanted.monthly is not None:
        yield _say_span(wanted.monthly)
    if wanted.weekday is not None:
        yield DAYS[wanted.weekday][:3].casefold()
    if wanted.at is not None:
        yield f"{wanted.at:%H:%M}"
    if wanted.zone:
        yield wanted.zone
    yield from {None: (), True: ("only if it matters",), False: ("always",)}[wanted.only_if_matters]
    yield from (("all",) if wanted.sections == () else wanted.sections or ())


def _say_span(monthly: str) -> str:
    if not monthly:
        return "weekly"
    on = "" if monthly == SOME_DAY else ordinal(int(monthly)) if monthly.isdigit() else monthly
    return f"monthly {on}".rstrip()
