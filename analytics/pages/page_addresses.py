"""
Questions as addresses and back: the words of the grammar, a slash for each space. Pure.

`/top30/by/likes`, `/model/google-bert/bert-base-uncased/in/onnx`, `/compare/a/b...c/d`: ids keep their slash, and what
no id can hold (`...`) parts the two that are compared. Each question has one address; other spellings lead to it.
"""

from dataclasses import replace
from urllib.parse import quote, urlencode

from analytics import grammar
from analytics.domain.repository_ids import is_repository_id
from analytics.domain.requests import Compare, Formats, LoadModel, OneModel, Request
from analytics.grammar import Unclear

PARTED = "..."
"""Between two ids, in which two dots in a row never stand."""

UNSAID = (" attributed", " per pair")
"""What a question means without being told."""

PLAIN = "/:@"
"""What needs no percent sign in a path."""


def address_of(request: Request) -> str:
    """Give the one address of a question."""
    if isinstance(request, Compare):
        return quote(f"/compare/{request.first}{PARTED}{request.second}", safe=PLAIN)
    return quote(f"/{_shorten(request).replace(' ', '/')}", safe=PLAIN)


def _shorten(request: Request) -> str:
    """Leave out the words without which the same is asked."""
    words = request.words
    for unsaid in UNSAID:
        shorter = words.replace(unsaid, "", 1)
        if grammar.parse(shorter) == request:
            words = shorter
    return words


def read_address(path: str) -> Request | Unclear:
    """Read the question of an address, or say what was not understood and what is near."""
    first, ids, rest = _take_apart(path)
    if ids and all(map(is_repository_id, ids)):
        # The grammar takes an underscore at an edge for a mark, which in an address it never is.
        read = grammar.parse(" ".join((first, *STAND_INS[: len(ids)], *rest)))
        if not isinstance(read, Unclear):
            return _with_ids(read, ids)
    words = " ".join((first, *ids, *rest))
    return grammar.too_long(words) or grammar.parse(words)


STAND_INS = ("account/first", "account/second")
"""What is read in the place of ids."""


def _with_ids(read: Request, ids: list[str]) -> Request:
    match read:
        case Compare():
            return Compare(*ids)
        case OneModel() | Formats() | LoadModel():
            return replace(read, id=ids[0])
        case _:
            return read


def _take_apart(path: str) -> tuple[str, list[str], list[str]]:
    """Give the first word, the ids put together again that were parted at their slash, and the other words."""
    first, *rest = path.strip("/").split("/")
    match first.casefold():
        case "compare" if "/".join(rest).count(PARTED) == 1:
            return first, "/".join(rest).split(PARTED), []
        case "load" if rest[:1] == ["in"] or not rest:
            return first, [], rest
        case "model" | "formats" | "load":
            is_in = len(rest) > 2 and rest[-2] == "in"  # noqa: PLR2004 - a bare name, `in` and a framework
            name, wanted = (rest[:-2], rest[-2:]) if is_in else (rest, [])
            return first, ["/".join(name)], wanted
        case _:
            return first, [], rest


def address_to_ask(words: str) -> str:
    """Give the address that asks in whatever words."""
    return f"/ask?{urlencode({'q': words})}"


def badge_address(model: str) -> str:
    """Give the address of a model's badge."""
    return quote(f"/badge/{model}.svg", safe=PLAIN)


def form_address(form: str, address: str) -> str:
    """Give the address of a question's `picture`, `data` (JSON) or `table` (CSV)."""
    return f"/{form}{address}.{ENDINGS[form]}"


ENDINGS = {"picture": "png", "data": "json", "table": "csv"}
"""What else there is of a page, by the first word of its address: an id may itself end in .png."""
