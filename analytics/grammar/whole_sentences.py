"""
Whole sentences, as people type them -> what is meant: a question, a word to the program, or what was not understood.

Nothing is answered with confidence but what accounts for every word that says something. What is read with less is
offered, never done. Pure: today is handed in.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

from analytics.domain.requests import Compare, Formats, LoadModel, OneModel, Top
from analytics.grammar import asked_day, lexicon
from analytics.grammar.asides import find_alone, find_purposes, find_reasons, is_aside, is_mere_purpose, is_mere_reason
from analytics.grammar.cleaning import short
from analytics.grammar.corrections import find_corrections
from analytics.grammar.digest_rhythm import name_rhythm
from analytics.grammar.doubts import find_doubt
from analytics.grammar.interpretation import Intent, Interpretation
from analytics.grammar.misread_names import drop_misread
from analytics.grammar.notes_beside import add_notes
from analytics.grammar.offering import (
    by_strict_words,
    changes_unsaid,
    chooses_denied,
    explains,
    is_meant_for_us,
    may_be_offered,
    offer_alone,
    offer_beside_proof,
    offer_beside_size,
    offer_reach,
    refuse,
    say_problem,
)
from analytics.grammar.pieces import Sentence
from analytics.grammar.read_alerts import read_alerts
from analytics.grammar.read_collections import read_official, read_papers
from analytics.grammar.read_leaving import LEAVE_ME
from analytics.grammar.read_lists import read_share, read_totals
from analytics.grammar.read_models import read_compare, read_formats, read_load, read_model
from analytics.grammar.read_movement import read_changes, read_new
from analytics.grammar.read_settings import read_settings
from analytics.grammar.read_talk import read_help, read_status, read_thanks, read_why
from analytics.grammar.read_top_lists import read_top
from analytics.grammar.read_trend import read_trend
from analytics.grammar.run_together import part_words
from analytics.grammar.since_doubts import counts_what_came
from analytics.grammar.spotting import spot
from analytics.grammar.strict import Unclear, parse
from analytics.grammar.subjects import find_model, find_subjects, with_subject
from analytics.grammar.two_questions import find_parts
from analytics.grammar.uncounted import without_saving
from analytics.grammar.understood import OFFERED, Understood, ask_what_ends, tell_reading

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

ABOUT = (
    "I count pre-trained models by framework: PyTorch or TensorFlow, on the Hub, in papers, in official collections. "
    "That is outside of it."
)
"""The one line in which what is out of scope is declined."""


def read_sentence(typed: str, today: dt.date, strict: Unclear | None, *, asks: bool = False) -> Understood:
    """
    Read a sentence, also one about a day.

    `strict` is why its words are no canonical ones, if they nearly are; `asks` that it only asks, or quotes.
    """
    sentence, strict = without_saving(replace(spot(typed, today), asks=asks)), drop_misread(strict)
    if (alerts := read_alerts(sentence)) is not None:
        offered, problem = alerts
        return Understood(Intent.UNCLEAR, None, offered, problem=problem, typed=typed)
    told = _read_on_day(typed, sentence, today) or _read_at_all(typed, sentence, today, strict)
    if weekly := _offer_weekly(typed, sentence, told):
        return weekly
    return _offer_several(typed, told, today) or _offer_parted(typed, told, today) or told


def _offer_weekly(typed: str, sentence: Sentence, told: Understood) -> Understood | None:
    """Offer the digest, and the question once, where it is to be answered each week: `top30 every monday`."""
    if (
        told.kind not in (Intent.QUESTION, Intent.UNCLEAR, Intent.DECLINE)
        or not asked_day.recurs(sentence)
        or sentence.has("digest")
    ):
        return None
    rhythm, question = asked_day.part_rhythm(sentence)
    once = _read_pieces(typed, question, None)
    wants_this = sentence.has("pronoun") and sentence.has("obtain", "digest_on")  # `can we get this every monday`
    says_no_more = not sentence.left(("weekday", "weekly", "clock", "half"))
    if once.request is None and not (sentence.has("top") or wants_this or says_no_more):
        return None
    tells = not isinstance(once.request, OneModel | Formats | LoadModel | Compare)
    offered = (name_rhythm(rhythm) if tells else None, once.words)
    return Understood(Intent.UNCLEAR, None, tuple(words for words in offered if words), problem=WEEKLY, typed=typed)


WEEKLY = "A question is answered once, and no past day is meant by each of them; what comes every week is the digest."


def _offer_parted(typed: str, told: Understood, today: dt.date) -> Understood | None:
    """Offer what words mean that were run together, and name them; None where it is no such word."""
    parted = part_words(typed) if told.words is None else None
    if parted is None:
        return None
    meant = _read_at_all(parted, spot(parted, today), today, None)
    offered = (meant.words, *meant.also) if meant.words else meant.also
    problem = f"“{short(typed)}” is one word to me; parted it may be “{short(parted)}”."
    return Understood(Intent.UNCLEAR, None, offered[:OFFERED], problem=problem, typed=typed)


def _offer_several(typed: str, told: Understood, today: dt.date) -> Understood | None:
    """Offer each of several questions that are asked at once; None where it is one."""
    if told.kind in (Intent.DIGEST, Intent.HELP, Intent.PREVIEWS) or isinstance(told.request, Compare):
        return None
    for parts, by_comma in find_parts(typed):
        if by_comma and any(isinstance(parse(part), Unclear) for part in parts):
            continue  # `top 25 models, ranked by likes`
        sentences = [spot(part, today) for part in parts]
        if any(itertools.starmap(_lists_names, itertools.pairwise(sentences))):
            continue  # `models of the pytorch hub and tf hub`
        words = [_read_part(part, sentence, today) for part, sentence in zip(parts, sentences, strict=True)]
        if told.words is None:
            words = [word or _read_of_subject(parts[at], sentences[: at + 1]) for at, word in enumerate(words)]
        if told.words in words:  # the other part was dropped, also where what it means is not sure
            words = [word or _read_loosely(sentence) for word, sentence in zip(words, sentences, strict=True)]
        elif _asks_anew(words, sentences):  # `totals, also who wins by downloads`: the two were read as one
            words = [*words[:1], told.words]
        if all(words) and len(offered := dict.fromkeys(word for word in words if word)) > 1:
            return Understood(Intent.UNCLEAR, None, tuple(offered)[:OFFERED], problem=ONE_AT_A_TIME, typed=typed)
    return None


def _asks_anew(words: Sequence[str | None], sentences: Sequence[Sentence]) -> bool:
    """Tell whether a question is followed by words that begin another, which means nothing by itself."""
    first, last = sentences[0], sentences[-1]
    begins = last.pieces[:1] and last.pieces[0].may_be("which", "howmany", "more") and last.has("more", "howmany")
    return bool(len(words) == 2 and words[0] and not words[1] and begins and not first.has("model"))  # noqa: PLR2004 - two


def _lists_names(before: Sentence, after: Sentence) -> bool:
    """Tell whether names of one kind stand on both sides of what joins two parts: then it joins the names."""
    last, first = before.pieces[-1:], after.pieces[:1]
    return any(one.may_be(kind) and two.may_be(kind) for one in last for two in first for kind in NAMES)


NAMES = ("framework", "format", "file", "official", "task", "account", "measure", "model")
"""Concepts of names, of which several may be joined in one question."""


def _read_part(part: str, sentence: Sentence, today: dt.date) -> str | None:
    """Read a part of a sentence that is a question by itself, without the other parts."""
    if not sentence.has(*ASKING):
        return None
    told = _read_on_day(part, sentence, today) or _read_pieces(part, sentence, None)
    return told.words if told.kind in (Intent.QUESTION, Intent.STATUS) else None


def _read_of_subject(part: str, sentences: Sequence[Sentence]) -> str | None:
    """Read the last of some parts with what `it` may stand for: `is gpt2 in tensorflow? and why was it dropped`."""
    asked = (with_subject(sentences[-1], subject) for subject in find_subjects(sentences[:-1]))
    told = (_read_pieces(part, sentence, None) for sentence in asked if sentence)
    return next((one.words for one in told if one.request is not None), None)


def _read_of_introduced(typed: str, today: dt.date, *, asks: bool) -> Understood | None:
    """Read a question about the model that another sentence introduces; None where it is no such text."""
    for question, others in find_alone(typed):
        model = find_model([(one, spot(one, today)) for one in others])
        sentence = with_subject(replace(spot(question, today), asks=asks), model) if model else None
        told = _read_pieces(question, sentence, None) if sentence else None
        if model and told and isinstance(told.request, OneModel | Formats | LoadModel):
            return replace(told, typed=typed, note=f"{told.note} “It” was taken for {told.request.id}.".strip())
    return None


def _read_loosely(sentence: Sentence) -> str | None:
    """Give what a part may mean that asks something in which every word is known."""
    readings = (reading for read in READERS if sentence.has(*lexicon.QUESTIONS) and (reading := read(sentence)))
    return next((reading.words for reading in readings if not sentence.left(reading.takes)), None)


ONE_AT_A_TIME = "One question is answered at a time; these are the ones that you ask."

ASKING = (*lexicon.QUESTIONS, "howmany", "load", "why", "model", "compare", "dead", "more")
"""Concepts of which a question has one; names of frameworks alone are none."""


def _read_at_all(typed: str, sentence: Sentence, today: dt.date, strict: Unclear | None) -> Understood:
    """Read a sentence; where it means nothing whole, as a list that is of one day."""
    told = _read_pieces(typed, sentence, strict)
    if told.words is not None:
        return told
    return (
        _read_corrected(typed, today, asks=sentence.asks)
        or _read_without_asides(typed, today, asks=sentence.asks)
        or _read_of_introduced(typed, today, asks=sentence.asks)
        or _offer_days(typed, sentence, today)
        or told
    )


def _read_corrected(typed: str, today: dt.date, *, asks: bool) -> Understood | None:
    """Read what is asked for in the place of a question that is not wanted: `forget the top 30, show me the trend`."""
    for correction in find_corrections(typed):
        sentence = replace(spot(correction.meant, today), asks=asks)
        told = _read_on_day(correction.meant, sentence, today) or _read_pieces(correction.meant, sentence, None)
        if correction.is_met_by(told.request):
            return replace(told, typed=typed, note=f"{told.note} Read was “{short(correction.meant)}” alone.".strip())
    return None


def _read_without_asides(typed: str, today: dt.date, *, asks: bool) -> Understood | None:
    """Read the question alone where a reason stands beside it, or sentences about people; never a setting."""
    if not all(is_mere_reason(spot(reason, today)) for reason in find_reasons(typed)):
        return None
    if not all(is_mere_purpose(spot(purpose, today)) for purpose in find_purposes(typed)):
        return None
    for question, others in find_alone(typed):
        if not all(is_aside(one, spot(one, today)) for one in others):
            continue
        sentence = replace(spot(question, today), asks=asks)
        told = _read_on_day(question, sentence, today) or _read_pieces(question, sentence, None)
        if told.request is not None:
            return replace(told, typed=typed, note=f"{told.note} Read was “{short(question)}” alone.".strip())
    return None


def _read_on_day(typed: str, sentence: Sentence, today: dt.date) -> Understood | None:
    """Read a question about a day; None where no day is named, or the rest is no question that has days."""
    asked = asked_day.find_day(sentence)
    if asked is None:
        return None
    told = _read_pieces(typed, asked_day.take_beside(sentence), None)
    if counts_what_came(told.request, sentence):
        return None
    return asked_day.put(told, asked, today, "") if asked_day.has_days(told.request) else None


def _offer_days(typed: str, sentence: Sentence, today: dt.date) -> Understood | None:
    """Offer a list on the days that a stretch may stand for: `who was first in August`."""
    days = asked_day.find_days(sentence)
    told = _read_pieces(typed, asked_day.take_beside(sentence), None) if days else None
    if told is None or not isinstance(told.request, Top) or told.request.by != "downloads":
        return None
    offered = (*(f"{told.words}{day.words}" for day in days if not day.is_to_come(today)), str(told.words))
    return Understood(Intent.UNCLEAR, None, offered, problem=asked_day.WHICH_DAY, typed=typed)


def _read_pieces(typed: str, sentence: Sentence, strict: Unclear | None) -> Understood:
    """Take the first reading that accounts for everything; else say what was not understood, and offer the nearest."""
    readings = [reading for read in READERS if (reading := read(sentence)) is not None]
    whole = [reading for reading in readings if reading.certain and not sentence.left(reading.takes)]
    if whole and (refused := refuse(whole[0])) is not None:
        suggestions = [*dict.fromkeys((*refused.suggestions, *whole[0].others))]
        return Understood(Intent.UNCLEAR, None, tuple(suggestions[:OFFERED]), problem=refused.problem, typed=typed)
    if whole and whole[0].words == LEAVE_ME:
        return ask_what_ends(typed)
    whole = [] if sentence.leaves_open else whole
    near = sorted(readings, key=lambda reading: (len(sentence.left(reading.takes)), not reading.certain))
    doubt = find_doubt((whole or near)[0], sentence) if near else None
    if whole and not doubt and not changes_unsaid(whole[0], sentence):
        return tell_reading(add_notes(whole[0], sentence), typed, as_csv=sentence.has("csv"))
    offered = [
        *(doubt.offered if doubt else ()),
        *offer_reach(sentence),
        *offer_beside_proof(sentence),
        *offer_beside_size(sentence),
    ] + [words for reading in near if may_be_offered(reading, sentence) for words in (reading.words, *reading.others)]
    offered += offer_alone(sentence)
    if strict and not offered and is_meant_for_us(typed):
        return Understood(
            Intent.UNCLEAR,
            None,
            tuple(by_strict_words(strict, sentence)[:OFFERED]),
            problem=strict.problem,
            typed=typed,
        )
    if not sentence.is_ours and not offered:
        return Understood(Intent.DECLINE, problem=ABOUT, typed=typed)
    if (
        strict and (strict.field or is_meant_for_us(typed)) and not explains(near, sentence)
    ):  # its first words are a question of ours, and it knows what is wrong with the rest
        offered = [*(doubt.offered if doubt else ()), *by_strict_words(strict, sentence), *offered]
    suggestions = [*dict.fromkeys(offered)] or by_strict_words(strict, sentence)
    meant = doubt.offered if doubt else ()
    suggestions = [words for words in suggestions if words in meant or not chooses_denied(words, sentence)]
    problem = doubt.problem if doubt else say_problem(sentence, near, strict)
    return Understood(
        Intent.UNCLEAR, None, tuple(suggestions[:OFFERED]), problem=problem, typed=typed, is_doubted=doubt is not None
    )
