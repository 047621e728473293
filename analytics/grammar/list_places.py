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
    match = CHOICE.fullmatch(clean(text).casefold().strip("¿?!. "))
    if match is None:
        return None
    return int(match["number"]) - 1 if match["number"] else ORDINALS[match["word"]]


def _is_number(text: str) -> bool:
    return clean(text).rstrip("?!. ").isdigit()


IN_ENGLISH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
IN_OTHERS = {
    -1: "letzte|letzten|letztes|último|última|последний|последняя|последнюю|最后一个",
    0: "erste|ersten|erstes|primero|primera|primer|первый|первая|первую|第一个",
    1: "zweite|zweiten|zweites|segundo|segunda|второй|вторая|вторую|第二个",
    2: "dritte|dritten|drittes|tercero|tercera|tercer|третий|третья|третью|第三个",
    3: "vierte|vierten|viertes|cuarto|cuarta|четвёртый|четвертый|четвёртая|четвертая|第四个",
    4: "fünfte|fünften|fünftes|quinto|quinta|пятый|пятая|пятую|第五个",
}
ORDINALS = (
    {"last": -1}
    | {name: at for at, name in enumerate(IN_ENGLISH)}
    | {name: at for at, names in IN_OTHERS.items() for name in names.split("|")}
)
THE = "(?:the|der|die|das|den|el|la) "
CHOICE = re.compile(
    rf"(?:{THE}|number |no\. ?|#|model |rank )*(?:(?P<number>[1-9]\d?)(?:st|nd|rd|th)?|(?P<word>{'|'.join(ORDINALS)}))"
    r"(?: one| model)?(?: please)?"
)
"""How people choose among several."""

WITHIN = re.compile(
    rf"(?<![^\W\u3400-\u9fff])(?:{THE})?"
    rf"(?P<place>(?:{'|'.join(ORDINALS)})|(?:number |no\. ?|#|rank )[1-9]\d?|[1-9]\d?(?:st|nd|rd|th))"
    r"(?: one| model)?(?: (?:of them|on|in|of) (?:the|that|this|your) list)?(?![^\W\u3400-\u9fff])",
    re.IGNORECASE,
)
"""One of several that is spoken of in a sentence."""
