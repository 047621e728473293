"""
Whatever is typed -> what is meant: a question in canonical words, a word to the program, or what was not understood.

First the canonical words, read strictly; then whole sentences. Nothing is answered with confidence but what accounts
for every word that says something. What is read with less is offered, never done. Pure: today is handed in.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from analytics.domain.requests import Compare, Formats, LoadModel, OfModels, OneModel, Top, Why
from analytics.grammar import asked_day, lexicon
from analytics.grammar.interpretation import Intent, Interpretation, ask, say, short_words
from analytics.grammar.offering import (
    by_strict_words,
    changes_by_slip,
    explains,
    is_mistyped_word,
    may_be_offered,
    offer_alone,
    refuse,
    say_problem,
)
from analytics.grammar.pasted_errors import looks_pasted, read_pasted
from analytics.grammar.pieces import Sentence
from analytics.grammar.read_lists import (
    read_official,
    read_papers,
    read_share,
    read_totals,
    read_trend,
)
from analytics.grammar.read_models import read_compare, read_formats, read_load, read_model
from analytics.grammar.read_movement import read_changes, read_new
from analytics.grammar.read_previews import NOT_READ, read_previews, speaks_of_previews
from analytics.grammar.read_previews import OFFERED as OFFERED_PREVIEWS
from analytics.grammar.read_settings import read_settings
from analytics.grammar.read_talk import read_help, read_status, read_thanks, read_why
from analytics.grammar.read_top_lists import read_top
from analytics.grammar.spotting import spot
from analytics.grammar.strict import Unclear, clean, parse, too_long
from analytics.grammar.typed_tokens import without_pictures, without_signature
from analytics.grammar.understood import Understood
from analytics.names.known_models import resolve_bare

READERS: tuple[Callable[[Sentence], Interpretation | None], ...] = (
    read_thanks,
    read_settings,
    read_help,
    read_status,
    read_why,
    read_load,
    read_compare,
    read_formats,
    read_model,
    read_changes,
    read_papers,
    read_official,
    read_trend,
    read_share,
    read_top,
    read_new,
    read_totals,
)
"""Who reads a sentence, in the order in which a whole reading is taken."""

OFFERED = 4
"""Other readings that are offered at most."""


ABOUT = (
    "I count pre-trained models by framework: PyTorch or TensorFlow, on the Hub, in papers, in official collections. "
    "That is outside of it."
)
"""The one line in which what is out of scope is declined."""

MENTION = re.compile(r"(?:<@[UW][A-Z0-9]{2,20}(?:\|[^<>]{0,80})?>[\s,:]*){1,5}")
COMMAND = re.compile(r"(?:/|@)?frameworks(?:-bot)?(?=[\s,:]|$)[\s,:]*", re.IGNORECASE)
AS_CSV = re.compile(r"[\s,]as (?:a )?csv(?: file)?$", re.IGNORECASE)
PRIVATELY = re.compile(r"(?:privately|quietly)\b[\s,:]*", re.IGNORECASE)


LEAVE_ALL = "digest off all"
"""The one setting that is of all that a person has made."""


def understand(text: str, today: dt.date) -> Understood:
    """Read whatever somebody typed; `today` is what days in words are counted from."""
    if looks_pasted(text) and (pasted := read_pasted(text)) is not None:
        return _tell(pasted, "", as_csv=False)
    if (refused := too_long(text)) is not None:
        return Understood(Intent.UNCLEAR, None, refused.suggestions, problem=refused.problem, typed=refused.typed)
    said = clean(without_pictures(_without_start(MENTION, text.lstrip())))
    typed = _without_start(PRIVATELY, _without_start(COMMAND, without_signature(said)))
    bare = AS_CSV.sub("", typed).rstrip(" ,")
    if not bare:
        return Understood(Intent.HELP, "help", typed=typed)
    if (setting := _read_set_words(bare, typed, asks=text.rstrip().endswith("?"))) is not None:
        return setting
    words, asked = asked_day.take_off(bare)
    strict = _read_strictly(words)
    if isinstance(strict, Interpretation) and (asked is None or not isinstance(strict.request, Why)):
        told = _tell(strict, typed, as_csv=AS_CSV.search(typed) is not None)
        return asked_day.put(told, asked, today, words) if asked else told
    sentence = spot(typed, today)
    return _read_on_day(typed, sentence, today) or _read_at_all(
        typed, sentence, today, strict if isinstance(strict, Unclear) else None
    )


def _read_at_all(typed: str, sentence: Sentence, today: dt.date, strict: Unclear | None) -> Understood:
    """Read a sentence; where it means nothing whole, as a list that is of one day."""
    told = _read_sentence(typed, sentence, strict)
    return told if told.words else _offer_days(typed, sentence, today) or told


def _read_on_day(typed: str, sentence: Sentence, today: dt.date) -> Understood | None:
    """Read a question about a day; None where no day is named, or the rest is no question that has days."""
    asked = asked_day.find_day(sentence)
    if asked is None:
        return None
    told = _read_sentence(typed, asked_day.take_beside(sentence), None)
    return asked_day.put(told, asked, today, "") if asked_day.has_days(told.request) else None


def _offer_days(typed: str, sentence: Sentence, today: dt.date) -> Understood | None:
    """Offer a list on the days that a stretch may stand for: `who was first in August`."""
    days = asked_day.find_days(sentence)
    told = _read_sentence(typed, asked_day.take_beside(sentence), None) if days else None
    if told is None or not isinstance(told.request, Top) or told.request.by != "downloads":
        return None
    offered = (*(f"{told.words}{day.words}" for day in days if not day.is_to_come(today)), str(told.words))
    return Understood(Intent.UNCLEAR, None, offered, problem=asked_day.WHICH_DAY, typed=typed)


def _read_set_words(bare: str, typed: str, *, asks: bool) -> Understood | None:
    """Read a setting that has words of its own; None where it is none."""
    if bare.casefold() == LEAVE_ALL and not asks:
        return _tell(say(LEAVE_ALL, Intent.DIGEST, ()), typed, as_csv=False)
    return _read_previews(bare, typed) if speaks_of_previews(bare) else None


def _read_previews(bare: str, typed: str) -> Understood:
    """Read a setting of link previews; what is not understood whole changes nothing, and is offered."""
    if (words := read_previews(bare)) is None:
        return Understood(Intent.UNCLEAR, None, OFFERED_PREVIEWS, problem=NOT_READ, typed=typed)
    return _tell(say(words, Intent.PREVIEWS, ()), typed, as_csv=False)


def _without_start(start: re.Pattern[str], typed: str) -> str:
    """Leave out what stands before the words: the command's own name, `privately`."""
    match = start.match(typed)
    return typed[match.end() :].strip() if match else typed


def _tell(reading: Interpretation, typed: str, *, as_csv: bool) -> Understood:
    """Tell what a whole reading means."""
    words = reading.words + (" as csv" if as_csv and reading.kind is Intent.QUESTION else "")
    return Understood(
        reading.kind,
        words,
        reading.others[:OFFERED],
        reading.request,
        note=reading.note,
        as_csv=as_csv and reading.kind is Intent.QUESTION,
        differs=not _says_so(typed, words, reading),
        typed=typed,
    )


def _says_so(typed: str, words: str, reading: Interpretation) -> bool:
    """Tell whether what was typed are already words for it, be they longer or shorter."""
    return words.casefold() == " ".join(typed.split()).casefold() or parse(typed) == reading.request


# -------------------------------------------------------------------------------------------------- canonical words


def _read_strictly(typed: str) -> Interpretation | Unclear | None:
    """Read canonical words; None where they are none, or where a name in them cannot be meant as it stands."""
    request = parse(typed)
    if isinstance(request, Unclear):
        return request
    match request:
        case OneModel() | LoadModel(id=str()) | Formats():
            return _with_known_names(request, typed, "id")
        case Compare():
            return _with_known_names(request, typed, "first", "second")
        case _:
            return ask(request, ())


def _with_known_names(request: OfModels, typed: str, *fields: str) -> Interpretation | None:
    """Put whole ids in place of bare names that are known; None where a bare one cannot be a name."""
    others: list[str] = []
    note = ""
    for field in fields:
        name = str(getattr(request, field))
        if "/" in name:
            if lexicon.are_of_one_kind(name.split("/")):
                return None  # `PyTorch/TensorFlow` is no id
            continue
        if {name.casefold(), f"{typed.casefold().split()[0]} {name.casefold()}"} & lexicon.phrases().keys():
            return None  # `model zoo tensorflow` is of no model called zoo
        meant = resolve_bare(name)
        if meant is None and not _is_called_a_model(typed, name):
            return None
        if meant and not meant.clear:
            return None
        if meant:
            request = _put(request, field, meant.id)
            others += [short_words(_put(request, field, other)) for other in meant.others[:3]]
            note += f"“{name}” was taken for {meant.id}. "
    return ask(request, (), others, note.strip())


def _put(request: OfModels, field: str, name: str) -> OfModels:
    return replace(request, **{field: name})  # type: ignore[arg-type]  # the fields are those of its own class


def _is_called_a_model(typed: str, name: str) -> bool:
    """Tell whether an unknown bare name is said to be a model's, and is no word of ours or of other talk."""
    said = typed.casefold().split()[0]
    called = said == "model" or (said in ("models", "compare", "load", "formats") and not name.isalpha())
    return called and name.casefold() not in lexicon.phrases()


# --------------------------------------------------------------------------------------------------------- sentences


def _read_sentence(typed: str, sentence: Sentence, strict: Unclear | None) -> Understood:
    """Take the first reading that accounts for everything; else say what was not understood, and offer the nearest."""
    readings = [reading for read in READERS if (reading := read(sentence)) is not None]
    whole = [reading for reading in readings if reading.certain and not sentence.left(reading.takes)]
    if whole and (refused := refuse(whole[0])) is not None:
        suggestions = [*dict.fromkeys((*refused.suggestions, *whole[0].others))]
        return Understood(Intent.UNCLEAR, None, tuple(suggestions[:OFFERED]), problem=refused.problem, typed=typed)
    whole = [] if sentence.leaves_open else whole
    if whole and not changes_by_slip(whole[0], sentence):
        return _tell(whole[0], typed, as_csv=sentence.has("csv"))
    near = sorted(readings, key=lambda reading: (len(sentence.left(reading.takes)), not reading.certain))
    offered = [
        words for reading in near if may_be_offered(reading, sentence) for words in (reading.words, *reading.others)
    ]
    offered += offer_alone(sentence)
    if strict and not offered and is_mistyped_word(typed):
        return Understood(
            Intent.UNCLEAR, None, tuple(by_strict_words(strict)[:OFFERED]), problem=strict.problem, typed=typed
        )
    if not sentence.is_ours and not offered:
        return Understood(Intent.DECLINE, problem=ABOUT, typed=typed)
    if (
        strict and strict.field and not explains(near, sentence)
    ):  # its first words are a question of ours, and it knows what is wrong with the rest
        offered = [*by_strict_words(strict), *offered]
    suggestions = [*dict.fromkeys(offered)] or by_strict_words(strict)
    problem = say_problem(sentence, near, strict)
    return Understood(Intent.UNCLEAR, None, tuple(suggestions[:OFFERED]), problem=problem, typed=typed)
