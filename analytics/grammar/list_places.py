"""
One of several that stand there, by its place: `the second one`, `#3`, `is the last one in tensorflow?`.

Whoever remembers what was offered or listed hands it in. Pure: today is handed in.
"""

import datetime as dt
import re
from collections.abc import Sequence

from analytics.domain.requests import Compare, Formats, LoadModel, OneModel
from analytics.grammar.strict import clean, parse
from analytics.grammar.understanding import understand


def pick_offered(offered: Sequence[str], text: str, *, answered: bool = False) -> str | None:
    """
    Give the one that `the second one` means of what was offered; None where no such thing was said.

    `answered`: they are the first of a list that stands there. A bare number is another length of it then, and its
    last one is none of them.
    """
    at = read_place(text)
    if at is None or (answered and (at < 0 or _is_number(text))):
        return None
    return offered[at] if -len(offered) <= at < len(offered) else None


def ask_of_offered(offered: Sequence[str], text: str, today: dt.date) -> str | None:
    """Give what is asked of one of a list, `is the second one in tensorflow?`, in words; None where nothing is."""
    typed = clean(text)
    match = WITHIN.search(typed)
    at = read_place(match["place"]) if match else None
    if match is None or at is None or not 0 <= at < len(offered):
        return None
    model = parse(offered[at])
    if not isinstance(model, OneModel):
        return None
    asked = understand(f"{typed[: match.start()]}{model.id}{typed[match.end() :]}", today).request
    return asked.words if isinstance(asked, OneModel | Formats | LoadModel | Compare) else None


def points_into_list(text: str) -> bool:
    """Tell whether it is a place in a list that stands there, such a one as there is not too: `#40`, `the last one`."""
    return read_place(text) is not None and not _is_number(text)


def read_place(text: str) -> int | None:
    """Read which of several is meant: 0 is the first, -1 the last; None where none is."""
    match = CHOICE.fullmatch(clean(text).casefold().rstrip("?!. "))
    if match is None:
        return None
    return int(match["number"]) - 1 if match["number"] else ORDINALS[match["word"]]


def _is_number(text: str) -> bool:
    return clean(text).rstrip("?!. ").isdigit()


ORDINALS = {"last": -1} | {
    name: at
    for at, name in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    )
}
CHOICE = re.compile(
    rf"(?:the |number |no\. ?|#|model |rank )*(?:(?P<number>[1-9]\d?)(?:st|nd|rd|th)?|(?P<word>{'|'.join(ORDINALS)}))"
    r"(?: one| model)?(?: please)?"
)
"""How people choose among several."""

WITHIN = re.compile(
    rf"(?<!\w)(?:the )?(?P<place>(?:{'|'.join(ORDINALS)})|(?:number |no\. ?|#|rank )[1-9]\d?|[1-9]\d?(?:st|nd|rd|th))"
    r"(?: one| model)?(?: (?:of them|on|in|of) (?:the|that|this|your) list)?(?!\w)",
    re.IGNORECASE,
)
"""One of several that is spoken of in a sentence."""
