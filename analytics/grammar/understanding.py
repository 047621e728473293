"""
Whatever is typed -> what is meant: a question in canonical words, a word to the program, or what was not understood.

First the canonical words, read strictly; then whole sentences. Nothing is answered with confidence but what accounts
for every word that says something. What is read with less is offered, never done. Pure: today is handed in.
"""

import datetime as dt
import itertools
import re
from dataclasses import replace

from analytics.domain.requests import Compare, Formats, LoadModel, OfModels, OneModel, Papers, Request, Top, Why
from analytics.grammar import asked_day, lexicon
from analytics.grammar.cleaning import join_dates, short
from analytics.grammar.for_asker import without_words_for_asker
from analytics.grammar.framework_versions import names_other_version
from analytics.grammar.interpretation import Intent, Interpretation, ask, say, short_words
from analytics.grammar.offered_settings import offer_no_opposite
from analytics.grammar.pasted_errors import (
    NAMES_NO_MODEL,
    UNREAD,
    is_message,
    looks_pasted,
    offer_for_folder,
    offer_for_message,
    read_pasted,
)
from analytics.grammar.read_leaving import LEAVE_ALL, wants_to_leave
from analytics.grammar.read_previews import NOT_READ, read_previews, speaks_of_previews
from analytics.grammar.read_previews import OFFERED as OFFERED_PREVIEWS
from analytics.grammar.strict import EXAMPLES, Unclear, begins_question, clean, parse, too_long
from analytics.grammar.typed_tokens import is_grateful, without_pictures, without_signature
from analytics.grammar.understood import OFFERED, Understood, ask_what_ends, tell_reading

MENTION = re.compile(r"(?:<@[UW][A-Z0-9]{2,20}(?:\|[^<>]{0,80})?>[\s,:]*){1,5}")
COMMAND = re.compile(
    r"(?:/|@)?frameworks(?:-bot)?(?=[\s,:]|$)[\s,:]*"
    r"|(?:(?:(?:ok|okay|dear|yo|hey|hi|hello|well)[\s,]{1,3}){1,2}(?:robot|bot)(?=[\s,:!])[\s,:!]*|bot[,:!]\s+)(?=\S)",
    re.IGNORECASE,
)
"""Who is spoken to: the command, or the bot."""
AS_CSV = re.compile(r"[\s,]as (?:a )?csv(?: file)?$", re.IGNORECASE)
PRIVATELY = re.compile(r"(?:privately|quietly)\b[\s,:]*", re.IGNORECASE)


WHETHER = "是否"
"""Makes a question of a Chinese sentence that nothing marks at its end."""

QUOTED = (">", "&gt;")
"""What stands before what somebody else said, as typed and as Slack sends it."""


def understand(text: str, today: dt.date) -> Understood:
    """Read whatever somebody typed; `today` is what days in words are counted from."""
    told = _understand(text, today)
    if getattr(told.request, "author", None):
        from analytics.grammar import near_accounts

        told = near_accounts.correct(told, text, lambda corrected: _understand(corrected, today))
    if told.words is None and is_message(text) and told.problem != NAMES_NO_MODEL:
        return replace(told, kind=Intent.UNCLEAR, also=offer_for_message(text)[:OFFERED], problem=UNREAD)
    told = _hold_open(told)
    told = asked_day.refuse_to_come(_read_exchanged(told, today) if told.words is None else told, today)
    return offer_no_opposite(told, today)


def _read_exchanged(told: Understood, today: dt.date) -> Understood:
    """Read what means nothing with two neighbouring words exchanged, where that makes one question and no other."""
    if told.is_doubted or told.kind not in (Intent.UNCLEAR, Intent.DECLINE):
        return told
    from analytics.grammar.exchanged_words import exchange_words

    read = (_hold_open(_understand(text, today)) for text in exchange_words(told.typed, today))
    found = {one.words: one for one in read if one.request is not None and one.words and not one.as_of}
    if len(found) != 1:
        return replace(told, also=tuple(dict.fromkeys((*map(str, found), *told.also)))[:OFFERED])
    (meant,) = found.values()
    note = f"Two of its words were read in the other order. {meant.note}".strip()
    return replace(meant, typed=told.typed, note=note, differs=True)


def _hold_open(told: Understood) -> Understood:
    """Hand back a question of ours whose last word takes another after it, `top30 in`: that is not to be dropped."""
    asked = without_words_for_asker(told.typed)  # `top 10, only to me`
    said = [word for word in asked.casefold().split() if word not in ASIDE]
    if told.request is None or told.words is None or len(said) < 2 or said[-1] not in OPEN:  # noqa: PLR2004 - two words
        return told
    if said[0] in OF_MODELS or not begins_question(said[0]):
        return told
    strict = parse(told.typed)
    offered = (*(strict.suggestions if isinstance(strict, Unclear) else ()), told.words, *told.also)
    problem = f"Nothing stands behind “{said[-1]}”, so I answer nothing rather than something else."
    return Understood(Intent.UNCLEAR, None, tuple(dict.fromkeys(offered))[:OFFERED], problem=problem, typed=told.typed)


OPEN = (
    "in",
    "into",
    "from",
    "of",
    "with",
    "without",
    "for",
    "by",
    "to",
    "on",
    "since",
    "until",
    "not",
    "than",
    "author",
)
"""Words that take another after them."""

ASIDE = ("the", "a", "an", "please", "pls", "thanks", "show", "give", "list", "me", "us")
"""Words that may stand around a question, and say nothing."""

OF_MODELS = ("is", "models")
"""What begins a question, and whole sentences that may end so: `is bert what roberta is based on`."""


def _understand(text: str, today: dt.date) -> Understood:
    if looks_pasted(text) and (told := _read_pasted(text)) is not None:
        return told
    if (refused := too_long(text)) is not None:
        return Understood(Intent.UNCLEAR, None, refused.suggestions, problem=refused.problem, typed=refused.typed)
    said = clean(without_pictures(_without_start(MENTION, text.lstrip())))
    typed = _without_start(PRIVATELY, _without_start(COMMAND, without_signature(said)))
    dated = join_dates(typed)
    bare = AS_CSV.sub("", dated).rstrip(" ,")
    if not bare:
        meant = Intent.THANKS if is_grateful(text) else Intent.HELP
        return Understood(meant, meant.value, typed=typed)
    asks = text.rstrip().endswith(("?", "？")) or text.lstrip().startswith(QUOTED) or WHETHER in text
    if (setting := _read_set_words(bare, typed, asks=asks)) is not None:
        return setting
    words, asked = asked_day.take_off(bare)
    strict = _read_strictly(words)
    if isinstance(strict, Interpretation) and (asked is None or not isinstance(strict.request, Why)):
        told = tell_reading(strict, typed, as_csv=AS_CSV.search(typed) is not None)
        return asked_day.put(told, asked, today, words) if asked else told
    # What knows all words that people use is brought when somebody uses them: a terminal's `top30` does without.
    from analytics.grammar.whole_sentences import read_sentence

    told = _read_padded(dated, typed, today) or read_sentence(
        dated, today, strict if isinstance(strict, Unclear) else None, asks=asks
    )
    return told if dated == typed else replace(told, typed=typed)


def _read_pasted(text: str) -> Understood | None:
    """Read what a library says when loading fails; None where it is nothing that is known."""
    if (pasted := read_pasted(text)) is not None:
        return tell_reading(pasted, "", as_csv=False)
    if (offered := offer_for_folder(text)) is not None:
        return Understood(Intent.UNCLEAR, None, offered, problem=NAMES_NO_MODEL, typed=text)
    return None


def _read_padded(dated: str, typed: str, today: dt.date) -> Understood | None:
    """Read canonical words with courtesy around them; names of models are left to who reads sentences."""
    from analytics.grammar.courtesy_around import find_without_courtesy

    for left in find_without_courtesy(dated, today):
        words, asked = asked_day.take_off(AS_CSV.sub("", left))
        request = parse(words)
        if _is_of_some_year(request, words):
            continue
        if not isinstance(request, Unclear | OneModel | LoadModel | Formats | Compare | Why):
            as_csv = any(AS_CSV.search(one) for one in (typed, left))
            told = tell_reading(ask(request, ()), typed, as_csv=as_csv)
            return asked_day.put(told, asked, today, "") if asked else told
    return None


def _read_set_words(bare: str, typed: str, *, asks: bool) -> Understood | None:
    """Read a setting that has words of its own; None where it is none."""
    if bare.casefold() == LEAVE_ALL and not asks:
        return tell_reading(say(LEAVE_ALL, Intent.DIGEST, ()), typed, as_csv=False)
    if wants_to_leave(bare):
        return ask_what_ends(typed)
    return _read_previews(bare, typed) if speaks_of_previews(bare) else None


def _read_previews(bare: str, typed: str) -> Understood:
    """Read a setting of link previews; what is not understood whole changes nothing, and is offered."""
    if (words := read_previews(bare)) is None:
        return Understood(Intent.UNCLEAR, None, OFFERED_PREVIEWS, problem=NOT_READ, typed=typed)
    return tell_reading(say(words, Intent.PREVIEWS, ()), typed, as_csv=False)


def _without_start(start: re.Pattern[str], typed: str) -> str:
    """Leave out what stands before the words: the command's own name, `privately`."""
    match = start.match(typed)
    return typed[match.end() :].strip() if match else typed


# -------------------------------------------------------------------------------------------------- canonical words


def _read_strictly(typed: str) -> Interpretation | Unclear | None:
    """Read canonical words; None where they are none, or where a name in them cannot be meant as it stands."""
    request = parse(typed)
    if isinstance(request, Unclear):
        return request
    match request:
        case OneModel() | LoadModel() | Top() if names_other_version(typed):
            return None  # a sentence is told that versions are not counted apart
        case OneModel() | LoadModel(id=str()) | Formats():
            return _with_known_names(request, typed, "id")
        case Compare():
            return _with_known_names(request, typed, "first", "second") or _ask_which(request, typed)
        case Papers() if _is_of_some_year(request, typed):
            return None
        case _:
            return ask(request, ())


def _is_of_some_year(request: Request | Unclear, typed: str) -> bool:
    """Tell whether a year stands in a sentence, `papers in 2021`: all years are shown, and that one is offered."""
    if not isinstance(request, Papers) or not request.is_of_year:
        return False
    return not set(typed.casefold().split()) <= set(request.words.split())


def _with_known_names(request: OfModels, typed: str, *fields: str) -> Interpretation | None:
    """Put whole ids in place of bare names that are known; None where a bare one cannot be a name."""
    from analytics.names.known_models import resolve_bare

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
        if not isinstance(parse(name), Unclear | OneModel):
            return None  # `model top30`
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


def _ask_which(request: Compare, typed: str) -> Unclear | None:
    """Say which names are no known model's, with those that are near; None where one is a word of ours."""
    from analytics.names.known_models import find_near, resolve_bare

    named = {"first": request.first, "second": request.second}
    known = {field: resolve_bare(name) for field, name in named.items() if "/" not in name}
    unknown = {field: named[field] for field, meant in known.items() if meant is None}
    if not unknown or any(lexicon.is_ours(name) for name in named.values()):
        return None
    for field, model in known.items():
        request = replace(request, **{field: model.id}) if model else request
    near = {field: find_near(name) if len(name) >= SHORTEST else () for field, name in unknown.items()}
    meant = [replace(request, **dict(zip(near, models, strict=True))) for models in itertools.product(*near.values())]
    said = " and ".join(f"“{short(name)}”" for name in unknown.values())
    several = "are the names of no models" if len(unknown) > 1 else "is the name of no model"
    problem = f"{said} {several} that I know. A name is written with its account, as openai-community/gpt2."
    offered = tuple(each.words for each in meant[:OFFERED]) or (COMPARED,)
    return Unclear(typed, problem, offered, "second")


SHORTEST = 4
"""Letters of a name from which on it is looked for with slips: shorter ones are near to anything."""

COMPARED = next(words for words, _ in EXAMPLES if words.startswith("compare"))


def _put(request: OfModels, field: str, name: str) -> OfModels:
    return replace(request, **{field: name})  # type: ignore[arg-type]  # the fields are those of its own class


def _is_called_a_model(typed: str, name: str) -> bool:
    """Tell whether an unknown bare name is said to be a model's, and is no word of ours or of other talk."""
    said = typed.casefold().split()[0]
    called = said == "model" or (said in ("models", "compare", "load", "formats") and not name.isalpha())
    return called and name.casefold() not in lexicon.phrases()
