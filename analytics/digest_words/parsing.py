"""`digest on mon 09:00 Europe/Berlin only if it matters`, `on monthly 1st` -> what is meant. Pure."""

import difflib
import re
import unicodedata
from dataclasses import replace

from analytics.digest_words import zones
from analytics.digest_words.day_words import day_of, is_day, nearest_day, time_ahead, time_of
from analytics.digest_words.month_words import (
    SOME_DAY,
    read_rhythm,
    refuse_bare_number,
    refuse_beginning,
    refuse_one_time,
)
from analytics.digest_words.named_days import DAYS, find_zone
from analytics.digest_words.naming_words import ANOTHER, OTHERS, take_name
from analytics.digest_words.sections import SECTIONS
from analytics.digest_words.unclear_setting import LONGEST, Setting, UnclearSetting
from analytics.digest_words.wanted import Wanted, refuse_two
from analytics.domain.wording import listing

__all__ = ["Setting", "UnclearSetting", "Wanted", "action_of", "once", "part_name", "read_wanted", "time_of", "zone_of"]

ACTIONS = ("on", "off", "pause", "resume", "list", "preview", "now", "history", "test")
LEAVE_ALL = "off all"
"""The action that ends every digest somebody made, wherever it is said."""

LEAVE_ME = "off me"
"""The action of somebody who wants no more of what is sent to them: what that is, is asked."""

SYNONYMS = {"subscribe": "on", "unsubscribe": "off", "stop": "off", "start": "on", "status": "list", "show": "list"}
FILLERS = {"at", "every", "on", "the", "each", "and", "with", "it", "a", "in", "section", "sections"}
FILLERS |= {"only", "time", "zone", "timezone", "o'clock", "oclock", "uhr", "next", "week", "once", "per", "from"}
FILLERS |= {
    "sharp",
    "exactly",
    "around",
    "about",
    "roughly",
    "starting",
    "local",
    "my",
    "our",
    "please",
    "thanks",
    "to",
    "for",
    "us",
    "here",
}
ONLY = re.compile(r"quiet|(?:only )?(?:if|when|whenever) (?:it )?matters|only matters")
"""What asks for no post in a quiet week. `only` alone says that the digest comes weekly: `monday only`."""

ALWAYS, ALL = {"always"}, {"all", "everything"}
"""What takes back `only if it matters`, and a choice of sections."""

SUBJECTS = {"task", "tasks", "model", "models", "author", "account", "framework", "pytorch", "tensorflow", "jax", "tf"}
"""Words of a narrower subject than any digest has."""

MOST_OF_CONDITION = 4
"""Words of `only if it matters`."""

POLITE = {"please", "here", "now", "thanks", "digest", "digests", "this", "channel", "in"}
"""What may stand behind an action that takes no words of its own; `for` may begin a time, `digest off for now`."""

MOST_WORDS = 150
"""As many as fit into the longest text that is read."""

MOST_ASKED = 3
"""Zones that a question which of them is meant may name."""

BETWEEN = re.compile(r"[\s,;()!?\"@|~=>→•·]+")
"""What parts words, beside spaces."""

FULL_WIDTH = {code + 0xFEE0: code for code in range(ord("!"), ord("~") + 1)}
AS_TYPED = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "’": "'"}) | FULL_WIDTH
"""What telephones and office programs make of a hyphen, a minus and an apostrophe; and letters of full width."""

JOINED = (
    re.compile(r"(?P<day>[^\W\d]{2,12})[-/.](?P<rest>\d.*)"),
    re.compile(r"(?P<time>\d{1,2}(?:[:.h]\d{2})?(?::00)?(?:h|[ap]m)?)-(?P<rest>[^\W\d].*)", re.IGNORECASE),
    re.compile(r"(?P<time>\d{1,2}:\d{2}(?::00)?)(?P<rest>z|\+\d.*)", re.IGNORECASE),
)
"""Two words written as one: `mon-9:00`, `9:00-Berlin`, `09:00Z`, `09:00+02:00`; `9:00-10:00` may be two times."""

AROUND = ",.;:()!?-'/"
"""What may stand around a word without being of it; a minus before a digit is of it."""


def part_name(words: list[str]) -> tuple[str, list[str]]:
    """Part the name of a digest from the words after `digest`. Raises UnclearSetting."""
    return take_name(words, lambda word: SYNONYMS.get(bare := word.strip(AROUND).casefold(), bare) in ACTIONS)


def action_of(words: list[str]) -> tuple[str, list[str]]:
    """Read the action after `digest`; without one it is `list`. Raises UnclearSetting."""
    if not words:
        return "list", []
    bare = words[0].strip(AROUND).casefold()
    first = SYNONYMS.get(bare, bare)
    if first in OTHERS:
        raise UnclearSetting(ANOTHER, Setting.NAME)
    if first not in ACTIONS:
        near = difflib.get_close_matches(first[:LONGEST], ACTIONS, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UnclearSetting(f"“digest” does not know “{words[0][:LONGEST]}”.{hint}", Setting.ACTION)

    if first == "off" and [word.strip(AROUND).casefold() for word in words[1:]] in (["all"], ["everywhere"]):
        return LEAVE_ALL, []
    if first == "off" and [word.strip(AROUND).casefold() for word in words[1:]] in (["me"], ["for", "me"]):
        return LEAVE_ME, []
    if first != "on":
        _refuse_more(first, words[1:])
    return first, words[1:]


def _refuse_more(action: str, rest: list[str]) -> None:
    """Refuse what an action does not take: `digest off mon` may mean anything, and would end the digest."""
    more = next((word for word in rest if word.strip(AROUND).casefold() not in POLITE), None)
    if more is not None:
        said = f"“digest {action}” takes no more words, and “{more[:LONGEST]}” is one. Nothing was changed."
        raise UnclearSetting(said, Setting.ACTION)


def is_understood(words: list[str]) -> bool:
    """Tell whether words after `digest` are its own, all of them."""
    try:
        action, rest = action_of(part_name(words)[1])
        read_wanted(rest if action == "on" else [])
    except UnclearSetting:
        return False
    return True


def only_ask(words: list[str]) -> list[str]:
    """Give understood words as they are meant with a question mark: those that change something show how it is."""
    name, rest = part_name(words)
    if action_of(rest)[0] in ("list", "preview", "history", LEAVE_ME):
        return words
    return ["list", *(["named", name] if name else [])]


def read_wanted(words: list[str]) -> Wanted:
    """Read day, time, zone, sections and `only if it matters`, in any order. Raises UnclearSetting."""
    if len(words) > MOST_WORDS:
        said = f"That is {len(words):,} words; a digest needs no more than {MOST_WORDS}."
        raise UnclearSetting(said, Setting.ACTION)

    bare = _split(words)
    refuse_beginning(" ".join(bare).casefold())
    refuse_one_time(" ".join(bare).casefold())
    found, at = Wanted(), 0
    while at < len(bare):
        found, read = _read(found, bare[at : at + zones.MOST_WORDS])
        at += read
    _refuse_no_day(found, " ".join(bare).casefold())
    return found


def is_clear(words: list[str]) -> bool:
    """Tell whether day, time, zone and sections can be read."""
    try:
        read_wanted(words)
    except UnclearSetting:
        return False
    return True


def _refuse_no_day(found: Wanted, said: str) -> None:
    """Refuse a month of which no day is clear: which Monday, the 9th or nine o'clock."""
    if found.monthly == SOME_DAY:
        if found.weekday is not None:
            day = DAYS[found.weekday]
            raise UnclearSetting(f"Which {day} of the month? Write “first {day}”, or “last {day}”.", Setting.DAY)
        refuse_bare_number(said)


def _split(words: list[str]) -> list[str]:
    """Part words at commas too, and take off what stands around them. Raises UnclearSetting."""
    text = unicodedata.normalize("NFC", " ".join(words)).translate(AS_TYPED)
    parted = [part for word in BETWEEN.split(text) for part in _parts_of(word)]
    if len(parted) > MOST_WORDS:
        raise UnclearSetting(f"That is more than {MOST_WORDS} words; a digest needs fewer.", Setting.ACTION)
    return [bare for bare in (word.rstrip(AROUND).lstrip(_before(word)) for word in parted) if bare]


def _parts_of(word: str) -> tuple[str, ...]:
    """Part a day and a time, or a time and a zone, that stand in one word."""
    for joined in JOINED if len(word) <= LONGEST else ():
        found = joined.fullmatch(word)
        if found and (found.re is not JOINED[0] or is_day(found["day"])):
            return found[1], found["rest"]
    return (word,)


def _before(word: str) -> str:
    """Give what may be taken off before a word: not the sign of `-03:00`."""
    return AROUND.replace("-", "") if word[1:2].isdigit() else AROUND


def once(sections: tuple[str, ...]) -> tuple[str, ...]:
    """Give each section once, in the order of the digest, however often it was named."""
    return tuple(name for name in SECTIONS if name in sections)


Read = tuple[Wanted, int]
"""What is known after reading, and how many words that took."""


def _read(found: Wanted, ahead: list[str]) -> Read:
    """Read what the next words begin with."""
    low = ahead[0].casefold()
    for reader in (_zone_of_several, _rhythm, _subject, _condition, _section, _weekday, _time_ahead):
        if read := reader(found, low, ahead):
            refuse_two(found, read[0])
            return read
    new = _with_zone(found, ahead[0])
    refuse_two(found, new)
    return new, 1


def _with_zone(found: Wanted, text: str) -> Wanted:
    """Read a zone; one that says the same as the one there is changes nothing: `Berlin, Germany`."""
    return found if found.zone and zones.keeps(found.zone, text) else replace(found, zone=zone_of(text))


def _zone_of_several(found: Wanted, low: str, ahead: list[str]) -> Read | None:
    """Read a zone of more than one word, `new york`, the longest that is one."""
    del low
    for count in range(len(ahead), 1, -1):
        text = " ".join(ahead[:count])
        if zones.find_zones(text):
            return _with_zone(found, text), count
    return None


def _rhythm(found: Wanted, low: str, ahead: list[str]) -> Read | None:
    """Read that it comes weekly or monthly, and on which day; a day that is known stays."""
    del low
    if (read := read_rhythm(ahead)) is None:
        return None
    monthly = found.monthly if read.monthly == SOME_DAY and found.monthly else read.monthly
    weekday = found.weekday if read.weekday is None else read.weekday
    return replace(found, monthly=monthly, weekday=weekday), read.words


def _subject(found: Wanted, low: str, ahead: list[str]) -> Read | None:
    """Refuse what no digest is of."""
    del found, ahead
    if low in SUBJECTS:
        said = (
            f"A digest is of the whole Hub, not of one task, framework or account; it has {listing(SECTIONS)}. Of one "
            "task, “top30 task text-generation” answers at any time, and a scheduled workflow posts it with my step, "
            "where your plan has such steps."
        )
        raise UnclearSetting(said, Setting.ACTION)
    return None


def _condition(found: Wanted, low: str, ahead: list[str]) -> Read | None:
    for words in range(MOST_OF_CONDITION, 0, -1):
        if ONLY.fullmatch(" ".join(ahead[:words]).casefold()):
            return replace(found, only_if_matters=True), min(words, len(ahead))
    if low in ALWAYS:
        return replace(found, only_if_matters=False), 1
    return (found, 1) if low in FILLERS else None


def _section(found: Wanted, low: str, ahead: list[str]) -> Read | None:
    del ahead
    if low in ALL or (low in SECTIONS and found.sections == ()):  # all of them, and one of them: all of them
        return replace(found, sections=()), 1
    return (replace(found, sections=once((*(found.sections or ()), low))), 1) if low in SECTIONS else None


def _weekday(found: Wanted, low: str, ahead: list[str]) -> Read | None:
    del ahead
    day = day_of(low)
    return None if day is None else (replace(found, weekday=day), 1)


def _time_ahead(found: Wanted, low: str, ahead: list[str]) -> Read | None:
    del low
    read = time_ahead(ahead)
    return (replace(found, at=read[0]), read[1]) if read else None


def zone_of(text: str) -> str:
    """Read an IANA zone in any case, a city, a country or an abbreviation. Raises UnclearSetting."""
    meant = zones.find_zones(text) if len(text) <= LONGEST else ()
    if len(meant) == 1 and find_zone(meant[0]):
        return meant[0]
    quoted = text[:LONGEST]
    if len(meant) > MOST_ASKED:
        said = f"There are {len(meant)} times in “{quoted}”; name a city, such as {meant[0]}."
        raise UnclearSetting(said, Setting.ZONE)
    if len(meant) > 1:
        one_of = " or ".join(map(zones.name_zone, meant))
        raise UnclearSetting(f"“{quoted}” may be {one_of}; write the one you mean.", Setting.ZONE)
    near = nearest_day(text) or zones.nearest(text)
    hint = f" Did you mean {near}?" if near else " Zones are written as Europe/Berlin."
    raise UnclearSetting(f"I know no day, time or zone “{quoted}”.{hint}", Setting.ZONE)
