"""
Words -> pieces: every stretch of a text that means something, longest first.

A stretch is a phrase of the lexicon, a number, a name of a model or an account, or an address. What is none of these
is looked at once more with its slips mended; what is still none is unknown, and stays so.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from analytics.domain.repository_ids import is_repository_id
from analytics.grammar import lexicon
from analytics.grammar.calendar_words import ONE_DAY, find_dates
from analytics.grammar.cleaning import LONGEST
from analytics.grammar.number_words import AT, HALVES, find_number
from analytics.grammar.parse_models import ADDRESS, PAGES, PAGES_OF_ACCOUNT
from analytics.grammar.phrases import Found, find_counted_phrase, find_phrase
from analytics.grammar.pieces import ONE_LICENCE, Piece, Sentence
from analytics.grammar.spelling import mend
from analytics.grammar.times_of_day import find_time, read_time
from analytics.grammar.typed_tokens import TypedWord, tokenize
from analytics.grammar.zone_words import as_zone
from analytics.names.known_models import (
    Meant,
    atoms_of,
    find_account,
    find_near,
    is_abbreviation,
    is_of_stranger,
    is_rather_account,
    list_family,
    resolve_bare,
    resolve_name,
    resolve_shortened,
    weigh_account,
    weigh_family,
)

NUMBER = re.compile(r"#?(\d{1,9})(?:st|nd|rd|th|\.|x|个)?")
PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?(?:%|percent)")
RATIO = re.compile(r"\d{1,4}:1|1:\d{1,4}|\d{1,4}(?:x|-fold|fach|раз)")
QUARTER = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)[-/_]?q(?P<quarter>[1-4])|q(?P<first>[1-4])[-/_']?(?P<after>(?:19|20)\d\d)"
    r"|q(?P<short>[1-4])[-/'](?P<late>\d\d)|(?P<early>\d\d)q(?P<last>[1-4]))"
)
SHORT_QUARTER = re.compile(r"q([1-4])")
YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
TIME = re.compile(r"\d\S{0,12}")
HOUR = re.compile(r"\d{1,2}|0\d{3}|\d{2}(?:15|30|45)")
"""Digits alone that may be a time: `9`, `0900`, `2130`; `top 1000` is none."""

GERMAN_DAY = re.compile(r".+tags?|mittwochs?|abend|morgen|(?:vor|nach)mittag")
WORDS_OF_TIME = 5
"""Words of a time at most: `9 o'clock in the evening`."""

FILE = re.compile(r"[\w.-]{1,80}(\.(?:pth|pt|bin|h5|pb|ckpt|msgpack|onnx|gguf|tflite|keras|safetensors))")
NAME_LIKE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+")
CHANNEL = re.compile(r"#[^\W\d][\w-]{0,80}")
ERROR = re.compile(r"[a-z_.]{1,40}(?:error|exception|warning)")
CLASS = re.compile(r"(?:TF|Flax)[A-Z][A-Za-z0-9]{3,60}")
MOST_WORDS_OF_NAME = 7
MOST_OTHERS = 4
"""Models of a family that are kept beside the one that is taken."""

WELL_KNOWN = 50_000
"""Downloads in 30 days of all models that begin so, from which on a beginning names a family for sure."""


@lru_cache(maxsize=16)
def spot(text: str, today: dt.date) -> Sentence:
    """
    Take a text apart into what it says; `today` is what days are counted from.

    The last ones are kept: who looks for courtesy, a second question or an aside asks for the same text again.
    """
    tokens = tokenize(text[:LONGEST])
    found = _find_all(tokens)
    if any(piece is None for piece, _, _ in found):
        tokens = [_mend(tokens[at]) if piece is None else tokens[at] for piece, at, _ in found for at in _span(at, _)]
        found = _find_all(tokens)
    unknown = tuple(tokens[at].text for piece, at, _ in found if piece is None)
    pieces = [piece or Piece(tokens[at].text, {"unknown": ""}) for piece, at, _ in found]
    marked = [_mark_this_year(piece, today) for piece in find_dates(pieces, today)]
    return Sentence(tuple(_mark_exceptions([*_tell_numbers_from_times(marked)])), unknown)


def _tell_numbers_from_times(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Take a number of models for no time: `digest of the top 10 on mondays`, `the 20 most downloaded`."""
    for before, piece, after in zip((None, *pieces), pieces, (*pieces[1:], None), strict=False):
        counts = (before and before.may_be("top")) or (after and after.may_be("most", "models", "measure", "top"))
        is_both = piece.may_be("number") and piece.may_be("clock") and not piece.text.startswith("0")
        is_told = before and before.text.casefold() in AT
        left = {name: value for name, value in piece.concepts.items() if name != "clock"}
        yield replace(piece, concepts=left) if is_both and counts and not is_told else piece


def _mark_exceptions(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Tell the `but` that leaves something out of all, `everything but pytorch`, from the one that joins sentences."""
    for at, piece in enumerate(pieces):
        before = pieces[max(0, at - AROUND_BUT) : at] if piece.text.casefold() == "but" else ()
        words = {word for one in before for word in one.text.casefold().split()}
        named = any(one.may_be("model") for one in before)  # `anything like whisper but in tensorflow`
        leaves_out = not (named or words.isdisjoint(WHOLE))
        yield replace(piece, concepts={"except": ""}) if leaves_out else piece


WHOLE = ("all", "every", "everything", "any", "anything", "each")
"""Words for all, of which `but` leaves something out."""

AROUND_BUT = 3
"""Pieces before `but` at most among which the word for all stands: `all frameworks but jax`."""


def _mark_this_year(piece: Piece, today: dt.date) -> Piece:
    """Tell the year that it is from others: what holds today holds in it."""
    is_now = piece.concepts.get("year") == str(today.year) and not piece.may_be("day", "quarter")
    return replace(piece, concepts={**piece.concepts, "this_year": ""}) if is_now else piece


def _span(at: int, size: int) -> range:
    return range(at, at + size)


def _find_all(tokens: Sequence[TypedWord]) -> list[tuple[Piece | None, int, int]]:
    """Give the pieces in their order, each with its place and how many words it takes; None for an unknown word."""
    found, at = [], 0
    while at < len(tokens):
        piece, size = _find(tokens, at) or _find_zone(tokens, at) or (None, 1)
        found.append((piece, at, size))
        at += size
    return found


def _find(tokens: Sequence[TypedWord], at: int) -> Found | None:
    """Find the longest piece that begins here; a structured word before all, a phrase before a name of one word."""
    if (
        found := _find_zone(tokens, at, (2,))
        or _find_clock(tokens, at)
        or find_counted_phrase(tokens, at)
        or find_number(tokens, at)
    ):
        return found
    if piece := _read_licence(tokens, at) or _read_shape(tokens[at]):
        return piece, 1
    if found := _explicit_account(tokens, at):
        return found
    phrase, name, account = find_phrase(tokens, at), _name(tokens, at), _account(tokens, at)
    best = max((one for one in (phrase, name, account) if one), key=lambda one: one[1], default=None)
    if best is None:
        return None
    same = [one for one in (phrase, name, account) if one and one[1] == best[1]]
    if phrase and phrase in same and (best[1] == 1 or phrase[0].may_be("task", "model", "account")):
        # A few models are called after what they do, `sentence-similarity`.
        return _with_others(phrase[0]), phrase[1]
    return _join([one for one in same if one is not phrase or len(same) == 1]) if len(same) > 1 else best


def _with_others(piece: Piece) -> Piece:
    """Give a model of the lexicon with its family, of which its short name may mean another: `llama 3`."""
    named = piece.concepts.get("model")
    family = (one.id for one in list_family(named) if one.id != named) if named else ()
    return replace(piece, others=tuple(islice(family, MOST_OTHERS)))


def _read_licence(tokens: Sequence[TypedWord], at: int) -> Piece | None:
    """Read the licence, told by its capitals from German `mit`; a text all in capitals tells nothing."""
    if tokens[at].text != ONE_LICENCE or all(token.text.isupper() for token in tokens if token.text.isalpha()):
        return None
    return Piece(ONE_LICENCE, {"licences": ""})


def _join(same: list[Found]) -> Found:
    """Make one piece of what may be a model or an account."""
    first = same[0][0]
    concepts = {name: value for piece, _ in same for name, value in piece.concepts.items()}
    return Piece(first.text, concepts, first.others, first.mended, first.sure), same[0][1]


def _find_zone(tokens: Sequence[TypedWord], at: int, sizes: Sequence[int] = (1,)) -> Found | None:
    """Find a time zone by its name or city; last of all, since it means something to a digest only."""
    for size in sizes:
        words = tokens[at : at + size]
        if len(words) == size and (piece := as_zone(" ".join(token.text for token in words))):
            return piece, size
    return None


def _mend(token: TypedWord) -> TypedWord:
    if token.folded in lexicon.words():
        return token
    better = mend(token.folded)
    return TypedWord(token.text, better, mended=True) if better else token


# ------------------------------------------------------------------------------------------------------- single words


def _read_shape(token: TypedWord) -> Piece | None:
    """Read a word that says by its shape what it is: an id, an address, a number, a quarter, a file."""
    text, low = token.text, token.folded
    if low in lexicon.phrases() and not low.isdigit():
        return None
    if "://" in low or ADDRESS.fullmatch(text):
        return _address(text)
    if "/" in text and (piece := as_zone(text) or _id(text)):
        return piece
    concepts = {"tfclass": ""} if CLASS.fullmatch(text) else _shape(low)
    return Piece(text, concepts) if concepts else None


def _id(text: str) -> Piece | None:
    return Piece(text, {"model": text}) if is_repository_id(text) else None


def _shape(low: str) -> Mapping[str, str]:
    """Give what a word means by its shape; nothing where it has none."""
    return next(
        (concepts for pattern, mean in SHAPES if (match := pattern.fullmatch(low)) and (concepts := mean(match))), {}
    )


SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Mapping[str, str]]], ...] = (
    (CHANNEL, lambda _: {"named_channel": ""}),
    (ERROR, lambda _: {"error": ""}),
    (PERCENT, lambda _: {"percent": ""}),
    (RATIO, lambda match: {"percent": "", **_clock(match[0])}),
    (QUARTER, lambda match: {"quarter": _quarter(match)}),
    (SHORT_QUARTER, lambda match: {"short_quarter": match[1]}),
    (DAY, lambda match: {"day": match[0], **ONE_DAY}),
    (YEAR, lambda match: {"year": match[0], "number": match[0]}),
    (NUMBER, lambda match: {"number": match[1], **_clock(match[0])}),
    (TIME, lambda match: _clock(match[0])),
    (FILE, lambda match: lexicon.phrases().get(match[1], {"safetensors": ""})),
)
"""Shapes of words, each with what it means; the first that fits."""


def _quarter(match: re.Match[str]) -> str:
    year = match["year"] or match["after"] or f"20{match['late'] or match['early']}"
    return f"{year}Q{match['quarter'] or match['first'] or match['short'] or match['last']}"


def _clock(low: str) -> dict[str, str]:
    time = None if low.isdecimal() and not HOUR.fullmatch(low) else read_time(low)
    return {} if time is None else {"clock": f"{time:%H:%M}", **({"half": low[-2:]} if low.endswith(HALVES) else {})}


def _find_clock(tokens: Sequence[TypedWord], at: int) -> Found | None:
    """Find a time with its half of the day behind it, `9:30 p.m.`: it is no number besides."""
    first, *behind = [token.folded for token in tokens[at : at + WORDS_OF_TIME]]
    counts = at > 0 and "top" in lexicon.phrases().get(tokens[at - 1].folded, {})
    if counts or not first[0].isdigit() or (behind and _begins_german_day(behind)):
        return None
    found = find_time([first, *behind])
    time, size, half = found or (None, 1, "")
    is_clock = size > 1 and (not NUMBER.fullmatch(first) or behind[0].startswith(("o", "uhr")))  # `6 hours` is a span
    if time is None or not (half or is_clock):
        return None
    text = " ".join(token.text for token in tokens[at : at + size])
    return Piece(text, {"clock": f"{time:%H:%M}", **({"half": half} if half else {})}), size


def _begins_german_day(behind: Sequence[str]) -> bool:
    """Tell the `am` of `um 9 am Montag` from the one that says which half of the day."""
    return behind[0] == "am" and len(behind) > 1 and bool(GERMAN_DAY.fullmatch(behind[1]))


def _address(text: str) -> Piece | None:
    """Read an address: a model's on the Hub, or one that says nothing to us."""
    match = ADDRESS.fullmatch(text)
    parts = re.split(r"[?#]", match[1])[0].strip("/").split("/") if match else []
    if parts and parts[0] in PAGES:
        return None
    if len(parts) == 1 and parts[0]:
        bare = None if find_account(parts[0]) else resolve_bare(parts[0])  # as models without an account once stood
        return Piece(text, {"model": bare.id}, bare.others) if bare else Piece(text, {"account": parts[0]})
    if parts[1:2] and parts[1] in PAGES_OF_ACCOUNT:
        return Piece(text, {"account": parts[0]})
    if match and is_repository_id("/".join(parts[:2])):
        return Piece(text, {"model": "/".join(parts[:2])})
    if "tfhub.dev" in text:
        return Piece(text, {"official": "tensorflow"})
    return None


# -------------------------------------------------------------------------------------------------------------- names


def _explicit_account(tokens: Sequence[TypedWord], at: int) -> Found | None:
    """Read `author google`, `account Foo`: whatever follows the word is the account."""
    if tokens[at].folded not in lexicon.values("author_mark") or at + 1 >= len(tokens):
        return None
    for size in (3, 2, 1):
        words = tokens[at + 1 : at + 1 + size]
        known = find_account(" ".join(token.text for token in words)) if len(words) == size else None
        if known and (size == 1 or not lexicon.phrases().get(words[0].folded, {}).keys() - {"off"}):
            return Piece(" ".join(token.text for token in tokens[at : at + 1 + size]), {"account": known}), size + 1
    return None


def _account(tokens: Sequence[TypedWord], at: int) -> Found | None:
    for size in (3, 2, 1):
        words = tokens[at : at + size]
        if len(words) < size or words[0].folded in lexicon.phrases() or len(words[0].folded) < 3:  # noqa: PLR2004 - letters
            continue
        if any(token.folded in lexicon.words() for token in words[1:]) and words[-1].folded not in (
            "ai",
            "face",
            "nlp",
        ):
            continue
        said = "".join(token.folded for token in words)
        known = find_account(said) or (find_account(said[:-1]) if size == 1 and _may_be_whose(tokens, at) else None)
        if known and (size > 1 or _is_account_rather(known, known.casefold())):
            return Piece(" ".join(token.text for token in words), {"account": known}, mended=words[0].mended), size
    return None


def _may_be_whose(tokens: Sequence[TypedWord], at: int) -> bool:
    """Tell whether a word may say whose something is though it has no apostrophe: `googles keras models`."""
    after = tokens[at + 1].folded if at + 1 < len(tokens) else ""
    return tokens[at].folded.endswith("s") and lexicon.is_ours(after)


def _is_account_rather(account: str, word: str) -> bool:
    """Tell whether a word is an account: also where a family is called so, unless the family is far more known."""
    return weigh_account(account) > 0 and weigh_account(account) * 20 >= weigh_family((word,))


def _name(tokens: Sequence[TypedWord], at: int) -> Found | None:
    """Read the longest stretch that known names begin with; or a word that can only be a name, though unknown."""
    for size in range(min(MOST_WORDS_OF_NAME, len(tokens) - at), 0, -1):
        words = tokens[at : at + size]
        if _may_be_name(words) and (piece := _find_known_name(words)):
            return piece, size
    low = tokens[at].folded
    if NAME_LIKE.fullmatch(low) and not _is_compound(low) and is_repository_id(tokens[at].text):
        return _unknown_name(tokens[at].text), 1
    return None


def _unknown_name(text: str) -> Piece:
    """Give a name that nobody here knows, with those in its place that it may be mistyped for."""
    short = resolve_shortened((text,))
    first, *others = (*find_near(text), *((short.id, *short.others) if short else ()), text)
    return Piece(text, {"model": first}, tuple(others), mended=first != text, sure=False)


def _may_be_name(words: Sequence[TypedWord]) -> bool:
    """Tell whether words can be a name: not where the first, or the last alone, is a word of ours."""
    first, last = words[0].folded, words[-1].folded
    known = lexicon.phrases()
    if first.isdigit() or (first in known and not (len(words) > 1 and {"off", "task"} & set(known[first]))):
        return False
    if len(words) > 1 and last in known and not ({"off"} & set(known[last])):
        return False
    return not any("/" in word.text for word in words)


def _find_known_name(words: Sequence[TypedWord]) -> Piece | None:
    written = tuple(word.folded for word in words)
    if len(words) == 1 and (is_rather_account(written[0]) or len(written[0]) == 1):
        return None
    if len(words) == 1 and "-" in written[0] and (bare := resolve_bare(words[0].text)):
        return Piece(words[0].text, {"model": bare.id}, bare.others, words[0].mended, sure=bare.clear)
    text = " ".join(word.text for word in words)
    if len(words) > 1 and (short := _shorten(words)):
        return Piece(text, {"model": short.id}, short.others or (short.id,), any(word.mended for word in words))
    weight = weigh_family(written)
    meant = resolve_name(written) if weight else None
    if meant is None:
        return None
    is_known = weight >= WELL_KNOWN or atoms_of(meant.id.partition("/")[2]) == atoms_of(text)
    sure = is_known and not is_abbreviation(text) and not (len(words) == 1 and is_of_stranger(meant.id, text))
    return Piece(text, {"model": meant.id}, meant.others, words[0].mended, sure=sure)


def _shorten(words: Sequence[TypedWord]) -> Meant | None:
    """Find the model of whose name words were left out, where none of them is a word of ours: `whisper turbo`."""
    known = lexicon.phrases()
    said = any(word.folded in known and not PARTS_OF_NAMES & known[word.folded].keys() for word in words[1:])
    return None if said else resolve_shortened([word.folded for word in words])


PARTS_OF_NAMES = {"off", "task", "of_size"}
"""Concepts of words that names of models have, too: `large`, `vision`."""


def _is_compound(low: str) -> bool:
    """Tell whether a word with a hyphen is made of words of ours: `transformer-based`, `pre-trained`."""
    return all(part in lexicon.words() for part in re.split(r"[-_.]", low))
