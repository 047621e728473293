"""
Questions as addresses and back: the words of the grammar, a slash for each space. Pure.

`/top30/by/likes`, `/model/google-bert/bert-base-uncased/in/onnx`, `/compare/a/b...c/d`: ids keep their slash, and what
no id can hold (`...`) parts the two that are compared. Each question has one address; other spellings lead to it.
"""

from urllib.parse import quote, urlencode

from analytics import grammar
from analytics.domain.requests import Compare, Request
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
    words = words_of(path)
    return grammar.too_long(words) or grammar.parse(words)


def words_of(path: str) -> str:
    """Give the words that a path stands for."""
    first, *rest = path.strip("/").split("/")
    match first.casefold():
        case "compare":
            return f"{first} {'/'.join(rest).replace(PARTED, ' ')}"
        case "load" if rest[:1] == ["in"]:
            return " ".join((first, *rest))
        case "model" | "formats" | "load":
            return " ".join((first, *_join_id(rest)))
        case _:
            return " ".join((first, *rest))


def _join_id(parts: list[str]) -> list[str]:
    """Put an id together that was taken apart at its slash; behind it may stand `in` and a framework."""
    is_in = len(parts) > 2 and parts[-2] == "in"  # noqa: PLR2004 - a bare name, `in` and a framework
    name, wanted = (parts[:-2], parts[-2:]) if is_in else (parts, [])
    return ["/".join(name), *wanted]


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
