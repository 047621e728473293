"""
What digests of one channel are called: 1 to 40 characters in any script, no two alike but for their case. Pure.

A digest without a name is the channel's plain one. By its name a digest is the same, whatever its number was before a
database was lost or put back; so a name is never changed.
"""

import re
import unicodedata

from analytics.digest_words.typed_words import BEGINS, ENDS
from analytics.grammar import clean

LONGEST_NAME = 40
MOST_IN_CHANNEL = 10
"""Digests of one channel, the plain one among them."""

SIGNS = {"lt": "<", "gt": ">", "amp": "&"}
ESCAPED = re.compile(r"&(lt|gt|amp)(?:;|$)")
"""A sign as Slack writes it; at the end of what was typed the semicolon is gone with the full stops."""


def tidy_name(typed: str) -> str:
    """Give a name as it is shown, the same from a form and from words: in one line, without marks around it."""
    plain = ESCAPED.sub(lambda found: SIGNS[found[1]], typed)
    return unicodedata.normalize("NFC", clean(plain).strip(f"\"' {BEGINS}{ENDS}"))


def fold_name(name: str) -> str:
    """Give what two names have in common that differ in case or in how their letters are put together."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def quote_name(name: str) -> str:
    """Give what stands behind a noun for a digest that has a name: ` “mobile”`; not made safe for mrkdwn."""
    return f" “{name}”" if name else ""


def name_in_words(name: str) -> str:
    """Give what is typed behind an action to mean a digest: ` named mobile`."""
    return f" named {name}" if name else ""


def name_in_value(value: str, channel: str) -> str:
    """Read which digest of a channel a button is about; one of an older version is about the plain one."""
    first, _, name = value.partition(" ")
    return name if first == channel else ""


def as_value(channel: str, name: str) -> str:
    """Give the value of a button about a digest."""
    return f"{channel} {name}".strip()
