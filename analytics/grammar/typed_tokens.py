"""A cleaned text -> its words, each as typed and folded for looking it up."""

import re
import unicodedata
from dataclasses import dataclass

from analytics.grammar import lexicon
from analytics.grammar.cleaning import join_numbers
from analytics.names.known_models import find_account

AROUND = ".,;:!?()[]{}…\"'`*|<>~^=“”«»„¿¡。，！？；：、（）【】《》·•"
"""What may stand around a word without being of it."""

COMPOUND = re.compile(r"([^\W\d_-]{3,40})-?(modell(?:e|en|s)?|gewichten?)", re.IGNORECASE)
"""A German word for models of some kind: `Spracherkennungsmodelle`."""

ELIDED = re.compile(r"([dlnjmc]|qu)['’´](\w[\w.-]*)", re.IGNORECASE)
"""A French word that lost its vowel before another: `d'articles`."""

IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
SHORTCODE = re.compile(r":[a-z+][a-z0-9_+'-]{0,60}:")
ARROWS = re.compile(r"-{1,2}>|=>|→|⇒|➡")
MORE = re.compile(r"(?<=\s)[<>](?=\s)")
TOP = re.compile(r"(?:top|топ)[-_]?(\d{1,9})")
SIGNATURE = re.compile(
    r"[\s,.]{1,3}(?:best|kind|warm|many)? ?(?:regards|wishes|cheers|greetings|grüße|gruß|saludos|с уважением)"
    r"[\s,.!]{1,3}(?:from )?[^\W\d_]{2,20}[.!]?$",
    re.IGNORECASE,
)
"""Who signs: the name is no word of the question."""
PICTURES = ("So", "Sk", "Cs", "Mn", "Co", "Cn")
"""Categories of emoji and what goes with them."""


@dataclass(frozen=True, slots=True)
class TypedWord:
    """One word: as typed, and folded; `mended` where a slip in it was corrected."""

    text: str
    folded: str
    mended: bool = False


def without_pictures(text: str) -> str:
    """Take emoji out, as signs or as Slack writes them (`:wave:`); arrows stay, which say something."""
    text = SHORTCODE.sub(" ", text)
    return "".join(" " if unicodedata.category(char) in PICTURES and char != "→" else char for char in text)


GRATEFUL = re.compile(
    "[👍🙏❤👏🙌💯🎉🥰😍]|:(?:\\+1|thumbsup|pray|heart|clap|raised_hands|100|tada|ok_hand|white_check_mark)(?:::[\\w-]{1,20})?:"
)
"""Signs by which people say thanks."""


def is_grateful(text: str) -> bool:
    """Tell whether a text in which nothing but pictures stands holds one that says thanks."""
    return GRATEFUL.search(text) is not None


def without_signature(text: str) -> str:
    """Take off who signs, `Best regards, Tom`."""
    return SIGNATURE.sub("", text)


def tokenize(text: str) -> list[TypedWord]:
    """Take a text apart: at spaces and commas, between scripts, and ideographs by the phrases that are known."""
    text = ARROWS.sub(" -> ", join_numbers(text))
    text = MORE.sub(" more ", text)
    text = IDEOGRAPHS.sub(lambda run: f" {' '.join(_segment(run.group()))} ", text)
    return [TypedWord(word, word.casefold()) for raw in text.split() for word in _words_of(raw)]


def _words_of(raw: str) -> list[str]:
    """Give the words of what stands between two spaces: `tf/pt` and `tf,pt` are two."""
    if raw == "->":
        return [raw]
    bare = raw.strip(AROUND)
    if bare.casefold() != raw.casefold() and raw.casefold().rstrip(AROUND) in lexicon.phrases():
        bare = raw.rstrip(AROUND)  # `.pth`
    if "://" in bare:
        return [bare]
    parts = re.split(r"[,，、;+&|=()]", bare)
    pieces = (part if part.casefold() in lexicon.phrases() else part.strip(AROUND) for part in parts)
    whole = (part for piece in pieces for part in _of_elision(piece))
    return [part for piece in whole for part in _of_slashes(piece.rstrip("-"))]  # `JAX- oder TensorFlow-Modelle`


def _of_elision(piece: str) -> list[str]:
    """Part `d'articles`, whose first word lost its vowel."""
    elided = ELIDED.fullmatch(piece)
    return [f"{elided[1]}'", elided[2]] if elided and piece.casefold() not in lexicon.words() else [piece]


def _of_slashes(piece: str) -> list[str]:
    """Part `pytorch/tensorflow`, whose sides are words of one kind; an id stays whole."""
    if match := TOP.fullmatch(piece.casefold()):
        return ["top", match[1]]
    sides = re.split("[/:]", piece)
    known = lexicon.phrases()
    if len(sides) > 1 and piece.casefold() not in known and lexicon.are_of_one_kind(sides):
        return sides
    parts = piece.split("-")
    if len(parts) > 1 and piece.casefold() not in known and all(part.casefold() in known for part in parts):
        return [piece] if (find_account(piece) or "").casefold() == piece.casefold() else parts
    if (compound := COMPOUND.fullmatch(piece)) and (head := _find_head(compound[1])):
        return [head, compound[2]]
    for mark in ("'s", "’s", "´s"):
        if piece.casefold() not in known and piece.endswith(mark):
            return [piece[: -len(mark)]]
    return [piece] if piece.strip("-–_/\\.") else []


def _find_head(word: str) -> str | None:
    """Give what the first part of a compound is, with or without the letter that joins it."""
    heads = (word, word[:-1]) if word.casefold().endswith("s") else (word,)
    return next((head for head in heads if head.casefold() in lexicon.phrases()), None)


def _segment(run: str) -> list[str]:
    """Part a run of ideographs, which has no spaces, at the longest phrases that are known."""
    known, found, at = lexicon.phrases(), [], 0
    while at < len(run):
        size = next((size for size in range(min(8, len(run) - at), 0, -1) if run[at : at + size] in known), 1)
        found.append(run[at : at + size])
        at += size
    return found
