"""`model X [in tensorflow]`, `is X available in TensorFlow`, `compare A B`, and names as the Hub has them."""

import re

from analytics.domain.repository_ids import PART, what_is_wrong
from analytics.domain.requests import Compare, OneModel
from analytics.grammar.cleaning import NotUnderstood, nearest, short
from analytics.grammar.lexicon import values

FORMATS = values("format")
"""Formats that models are exported to: no frameworks, and never counted as one."""
FILLERS = {"a", "and", "available", "can", "for", "had", "in", "is", "on", "the", "to", "vs", "versus", "with", "model"}

ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(.*)", re.IGNORECASE)
OTHER_KINDS = {"datasets": "a dataset", "spaces": "a Space", "papers": "a paper", "docs": "documentation"}
PAGES = frozenset(OTHER_KINDS) | {
    *("activity", "api", "blog", "brand", "changelog", "chat", "collections", "enterprise", "huggingface", "join"),
    *("inference", "kernels", "learn", "login", "logout", "metrics", "models", "new", "notifications"),
    *("organizations", "posts", "pricing", "privacy", "search", "settings", "storage", "support", "tasks"),
    *("terms-of-service", "welcome"),
}
"""What an address on the Hub begins with that is no account."""

PAGES_OF_ACCOUNT = ("models", "datasets", "spaces", "collections", "activity", "followers", "posts", "papers")
"""What follows an account in the address of a page of its own."""

ACCOUNT_AND_NAME = re.compile(rf"{PART.pattern}/{PART.pattern}")

EXAMPLE = "model openai/whisper-large-v3"


def model(words: list[str]) -> OneModel:
    """Read a name and, if one is asked for, a framework."""
    words = [word for word in words if word.casefold() not in ("model", "the")]
    if not words:
        problem = "“model” takes the name of a model or its address on the Hub; none was given."
        raise NotUnderstood(problem, EXAMPLE, field="id")
    name = model_id(words[0], "id")
    return OneModel(name, _framework(name, words[1:]))


def is_available(words: list[str]) -> OneModel:
    """Read `is X available in TensorFlow`."""
    return model(words)


def compare(words: list[str]) -> Compare:
    """Read two names, with or without a word between them."""
    names = [word for word in words if word.casefold() not in FILLERS]
    names = names if len(words) != TWO else words  # `compare a b`: neither is a word between two others
    if len(names) != TWO:
        said = "none was given" if not names else f"{len(names)} came"
        example = "compare google-bert/bert-base-uncased openai-community/gpt2"
        raise NotUnderstood(f"“compare” takes the names of two models; {said}.", example, field="second")
    return Compare(model_id(names[0], "first"), model_id(names[1], "second"))


TWO = 2
"""Models that comparing means here."""


def looks_like_a_model(word: str) -> bool:
    """Tell whether a word standing alone is a model's name: it has a slash, or is the Hub's address."""
    return bool(ADDRESS.fullmatch(word) or ACCOUNT_AND_NAME.fullmatch(word))


def model_id(typed: str, field: str) -> str:
    """
    Read a model's id for a field of a request: a name or an address on the Hub, with or without revision and file.

    Raises:  NotUnderstood, if it cannot be a name; nobody is asked about it then.
    """
    address = ADDRESS.fullmatch(typed)
    parts = re.split(r"[?#]", address.group(1) if address else typed)[0].strip("/" if address else "").split("/")
    if address and parts[0] in OTHER_KINDS:
        raise NotUnderstood(f"That is the address of {OTHER_KINDS[parts[0]]}, not of a model.", EXAMPLE, field=field)
    if address and len(parts) > 1 and (parts[0] in PAGES or parts[1] in PAGES_OF_ACCOUNT):
        raise NotUnderstood("That is the address of a page of the Hub, not of a model.", field=field)
    name = "/".join(parts[:2] if address else parts)
    if (wrong := what_is_wrong(name)) is not None:
        raise NotUnderstood(f"“{short(name)}” cannot be the name of a model: {wrong}.", EXAMPLE, field=field)
    return name


def _framework(name: str, words: list[str]) -> str | None:
    telling = [word.casefold() for word in words if word.casefold() not in FILLERS]
    if not telling:
        return None
    known = {**values("framework"), **FORMATS}
    if len(telling) == 1 and telling[0] in known:
        return known[telling[0]]
    wrong = next((word for word in telling if word not in known), telling[-1])
    near = nearest(wrong, tuple(known))
    advice = f"a name has no spaces, and a framework or format is one of {', '.join(dict.fromkeys(known.values()))}"
    raise NotUnderstood(
        f"I do not know what “{short(wrong)}” means after a model's name: {advice}.",
        *(f"model {name} in {framework}" for framework in near),
        f"model {name}",
        field="framework",
    )
