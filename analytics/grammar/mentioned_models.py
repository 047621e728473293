"""
The models that a message speaks of in passing: ids and addresses in whatever else somebody wrote.

A question is read whole (`understanding.py`); here the rest is nobody's business, so only what has the shape of an id
or the address of a model counts. Pure.
"""

import html
import re
from collections.abc import Iterator

from analytics.domain.repository_ids import is_repository_id
from analytics.grammar.parse_models import ADDRESS, OTHER_KINDS, PAGES
from analytics.names.known_models import downloads_of, find_account, resolve_bare

TOKEN = re.compile(
    r"<(?P<link>https?://[^<>|]*)(?:\|[^<>]*)?>|<[^<>]*>|(?P<bare>https?://[^\s<>|`]+)|(?P<words>[^\s<>]+)",
    re.IGNORECASE,
)
"""An address as Slack writes it, another of its entities, an address as it is, a word."""

BETWEEN = re.compile(r"[\s,;|()\[\]{}`\"'“”„«»*~=]+")
ENDS = ".:!?_-/"
"""What parts ids that stand in one word, and what may stand at the end of one."""

PARTS_OF_MODEL = {"blob", "commit", "commits", "discussions", "raw", "resolve", "tree"}
"""What follows the id of a model in an address; an old model has no account before its name."""

FILE = re.compile(
    r".*\.(?:c|cfg|cpp|css|csv|go|h|html?|ini|ipynb|java|jpe?g|js|json|log|md|pdf|png|py|rs|rst|sh|svg|toml|ts|txt|xml|ya?ml)",
    re.IGNORECASE,
)
"""A path in somebody's project is no id."""

OLD_NAME = re.compile(r"[a-z][a-z0-9.]*(?:-[a-z0-9.]+)*", re.IGNORECASE)
SHORTEST_OLD_NAME = 4


def find_models(text: str) -> tuple[str, ...]:
    """Give the ids of all models that a text names, each once, in its order."""
    found: dict[str, str] = {}
    for name in _find_all(text):
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def find_other_links(text: str) -> tuple[str, ...]:
    """Say which addresses on the Hub are of something else than a model: `a dataset`, `a Space`; each kind once."""
    kinds = (_kind_of(link) for link in _addresses(text))
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def read_link(address: str) -> str | None:
    """Give the model that an address on the Hub is of, whatever page of it; None where it is of none."""
    parts = _parts_of(address)
    if not parts or parts[0].casefold() in PAGES:
        return None
    if len(parts) == 1 or parts[1] in PARTS_OF_MODEL:
        return _old_name(parts[0])
    name = "/".join(parts[:2])
    return name if is_repository_id(name) else None


def _find_all(text: str) -> Iterator[str]:
    for token in TOKEN.finditer(text):
        if address := token["link"] or token["bare"]:
            names = [read_link(_tidy(address))]
        else:
            names = [_read_word(word.rstrip(ENDS)) for word in BETWEEN.split(token["words"] or "")]
        yield from filter(None, names)


def _addresses(text: str) -> Iterator[str]:
    for token in TOKEN.finditer(text):
        if address := token["link"] or token["bare"]:
            yield _tidy(address)


def _tidy(address: str) -> str:
    return html.unescape(address).rstrip(".,;:!?)]}'\"")


def _parts_of(address: str) -> list[str]:
    match = ADDRESS.fullmatch(address)
    path = re.split(r"[?#]", match[1], maxsplit=1)[0] if match else ""
    return [part for part in path.split("/", 4)[:4] if part]


def _kind_of(address: str) -> str:
    parts = _parts_of(address)
    return OTHER_KINDS.get(parts[0].casefold(), "") if parts else ""


def _read_word(word: str) -> str | None:
    """Read a word that is an id: with its account, or an old name that has none."""
    if ADDRESS.fullmatch(word):
        return read_link(word)
    account, slash, name = word.partition("/")
    if not slash:
        told = any(letter.isdigit() for letter in word) or word.count("-") > 1
        return _old_name(word) if told else None
    if not is_repository_id(word) or FILE.fullmatch(word):
        return None
    return word if _is_account(account) or downloads_of(word) or _looks_like_a_model(name) else None


def _is_account(word: str) -> bool:
    return (find_account(word) or "").casefold() == word.casefold()


def _looks_like_a_model(name: str) -> bool:
    """Tell a name from the other half of `and/or`, `he/she` and `24/7`: letters, and a sign or figure among them."""
    return bool(re.search(r"[A-Za-z]{2}", name) and re.search(r"[-_.\d]", name))


def _old_name(word: str) -> str | None:
    """Give the id of a model that is known by its bare name, `gpt2`; None of a word that only begins one."""
    if len(word) < SHORTEST_OLD_NAME or not is_repository_id(word) or not OLD_NAME.fullmatch(word):
        return None
    known = resolve_bare(word)
    return known.id if known and known.id.partition("/")[2].casefold() == word.casefold() else None
