"""Case of names, the same in Python and in SQL: the 26 letters and no others, for other alphabets fold differently."""

from collections.abc import Iterable
from string import ascii_lowercase, ascii_uppercase

_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def lower(text: str) -> str:
    """Write a name in small letters."""
    return text.lower() if text.isascii() else text.translate(_SMALL)


def say(tags: Iterable[str] | None) -> frozenset[str]:
    """Give tags as anybody may write them: in whatever case."""
    return frozenset(map(lower, tags or ()))


def lower_in_sql(column: str) -> str:
    """Do the same of a column; `translate` is the slow way, needed where other letters are about."""
    exact = f"translate({column}, '{ascii_uppercase}', '{ascii_lowercase}')"
    return f"CASE WHEN strlen({column}) = length({column}) THEN lower({column}) ELSE {exact} END"
