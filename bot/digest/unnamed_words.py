"""
Names of digests that are said without `named`: `digest off mobile`, `mobile digest pause`, `stop the mobile digest`.

A name is taken for one only if a digest of the channel is called exactly so, but for case; what is near one, or may
mean the plain digest as well, is asked. Pure: the names are handed in.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.digest_words.digest_names import fold_name, name_in_words, tidy_name
from analytics.digest_words.naming_words import NAMING
from analytics.digest_words.parsing import ACTIONS, AROUND, POLITE, SYNONYMS, is_understood, only_ask
from analytics.digest_words.typed_words import BEGINS, ENDS

BESIDE = POLITE | {"the", "our", "my", "for", "from"}
"""Words that may stand beside a name and are none of it."""

VERBS = {
    **dict.fromkeys(("stop", "end", "cancel", "delete", "remove", "turn off", "switch off", "kill"), "off"),
    **dict.fromkeys(("unsubscribe from", "unsubscribe us from"), "off"),
    **dict.fromkeys(("resume", "restart", "continue"), "resume"),
    **{word: word for word in ("pause", "preview", "test")},
    **dict.fromkeys(("show", "show us", "show me"), "list"),
}
SENTENCE = re.compile(
    rf"(?:please |can you |could you )*(?P<verb>{'|'.join(sorted(VERBS, key=len, reverse=True))}) "
    r"(?:the |our |my |this )*(?P<name>.+)",
    re.IGNORECASE,
)
"""How one speaks of a digest by what it is called."""

MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class NamedDigest:
    """What words mean: those after `digest`, with the name where it belongs; or what may be meant, to choose from."""

    words: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    why: str = ""
    """Why it is asked, where that is more than that several may be meant."""


def find_name(typed: Sequence[str], names: Sequence[str]) -> NamedDigest | None:
    """Read the words after `digest`; None where they name no digest of the channel, or say `named` themselves."""
    if not names or {word.strip(AROUND).casefold() for word in typed} & set(NAMING):
        return None
    action, rest = part_action(typed)
    if action == "on":
        return None if is_understood(list(typed)) else _find_before(rest, names)
    if found := _find([word for word in rest if bare_word(word) != ME], names) if _says_me(rest) else None:
        return NamedDigest(offered=(f"digest {action}{name_in_words(found)}",))  # of others too: it is asked
    found = _find(rest, names)
    if found and not is_understood(list(typed)):
        return NamedDigest((action, *name_as_typed(found)))
    near = [found, ""] if found else _find_near(rest, names)
    return NamedDigest(offered=tuple(f"digest {action}{name_in_words(one)}" for one in near)) if near else None


def find_spoken(text: str, names: Sequence[str]) -> NamedDigest | None:
    """Read a sentence about a digest by what it is called: `stop the mobile digest`."""
    action, words = part_sentence(text)
    found = _find(words, names) if action else None
    return NamedDigest((action, *name_as_typed(found))) if found else None


def part_sentence(text: str) -> tuple[str, list[str]]:
    """Part a sentence about a digest into the action and what it is said of; no action where it is about none."""
    spoken = SENTENCE.fullmatch(text)
    words = spoken["name"].split() if spoken else []
    if spoken is None or not any(bare_word(word) in ("digest", "digests") for word in words):
        return "", []
    return VERBS[spoken["verb"].casefold()], words


def ask_alone(meant: NamedDigest) -> NamedDigest:
    """Give what is meant with a question mark: it changes nothing."""
    return replace(meant, words=tuple(only_ask(list(meant.words)))) if meant.words else meant


ME = "me"


def _says_me(rest: Sequence[str]) -> bool:
    return any(bare_word(word) == ME for word in rest)


def part_action(typed: Sequence[str]) -> tuple[str, list[str]]:
    """Part the action, which stands first or last, from the rest; without one things are shown."""
    for at in (0, -1) if typed else ():
        action = SYNONYMS.get(bare_word(typed[at]), bare_word(typed[at]))
        if action in ACTIONS:
            rest = list(typed)
            del rest[at]
            return action, rest
    return "list", list(typed)


def _find(words: Sequence[str], names: Sequence[str]) -> str | None:
    """Find the name that words are, as they stand or without what may stand beside it."""
    bare = list(words)
    while bare and bare_word(bare[0]) in BESIDE:
        del bare[0]
    while bare and bare_word(bare[-1]) in BESIDE:
        del bare[-1]
    said = {_fold(words), _fold(bare)}
    return next((name for name in names if fold_name(name) in said), None)


def _find_near(words: Sequence[str], names: Sequence[str]) -> list[str]:
    """Find what may have been meant: a slip, or a part of a name."""
    known = {fold_name(name): name for name in names}
    said = _fold([word for word in words if bare_word(word) not in BESIDE])
    near = difflib.get_close_matches(said, known, n=MOST_NEAR, cutoff=0.7)
    part = [key for key in known if said and said in key.split()]
    return [known[key] for key in dict.fromkeys([*near, *part])][:MOST_NEAR]


def _find_before(words: Sequence[str], names: Sequence[str]) -> NamedDigest | None:
    """Read `on mobile fri 16:00`: the name first, then what the digest's own words are."""
    for size in range(len(words), 0, -1):
        found = next((name for name in names if fold_name(name) == _fold(words[:size])), None)
        if found:
            return NamedDigest(("on", *name_as_typed(found), *words[size:]))
    return None


def name_as_typed(name: str) -> tuple[str, ...]:
    """Give the words that name a digest, in marks that keep them together."""
    return ("named", *f"{BEGINS}{name}{ENDS}".split())


def _fold(words: Sequence[str]) -> str:
    return fold_name(tidy_name(" ".join(words)).strip(AROUND))


def bare_word(word: str) -> str:
    """Give a word without what stands around it, in small letters."""
    return word.strip(AROUND).casefold()
