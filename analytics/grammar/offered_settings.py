"""
What is offered of settings where words are not understood whole: never the opposite of what somebody wants.

`don't turn off the digest`, `unsubscribe john` and `digest now in #ml` name a change beside a no, another person or
another channel. A button with that change would do what was not asked; how things are set, and help, is offered. Pure.
"""

import datetime as dt
import re
from dataclasses import replace

from analytics.grammar.interpretation import Intent
from analytics.grammar.pieces import NO, Sentence
from analytics.grammar.read_leaving import LEAVE_ALL
from analytics.grammar.understood import Understood

ELSEWHERE = re.compile(r"(?<!\w)#\w|<[#@]|(?<!\w)@\w")
"""A channel or a person, as Slack writes them."""

ENDING, GOING_ON = ("off", "pause"), ("on", "resume", "now", "test")
"""What is done with a digest: what a no keeps from ending, and what a no keeps from coming."""

UNCHANGED = ("digest list", "help digest")
"""How digests are set, and what can be said to them."""

NOT_PLAIN = (
    "That names a change, and a no, somebody else or another channel as well. Nothing was changed; "
    "`digest list` shows how this channel's digest is set."
)


def offer_no_opposite(told: Understood, today: dt.date) -> Understood:
    """Put the state of the digest in the place of a change that may be the opposite of what is meant."""
    if told.words is not None or not any(words.startswith("digest ") for words in told.also):
        return told
    from analytics.grammar.spotting import spot  # brought with all words that people use: see understanding

    sentence = spot(told.typed, today)
    somebody = LEAVE_ALL not in told.also and _names_somebody(sentence)  # who leaves is asked what ends
    kept = tuple(words for words in told.also if not _may_be_opposite(words, told.typed, sentence, somebody=somebody))
    if kept == told.also:
        return told
    offered = dict.fromkeys((*UNCHANGED, *(("alerts",) if sentence.has("alerts") else ()), *kept))
    return replace(told, kind=Intent.UNCLEAR, also=tuple(offered), problem=NOT_PLAIN)


def _may_be_opposite(words: str, typed: str, sentence: Sentence, *, somebody: bool) -> bool:
    subject, action, *_ = (*words.split(), "")
    if subject != "digest" or action not in (*ENDING, *GOING_ON):
        return False
    if ELSEWHERE.search(typed) or (action != "on" and somebody):
        return True
    if action in ENDING:
        return sentence.has(*NO) and sentence.has("digest_off", "digest_pause")
    no, digest = sentence.place(*NO), sentence.place("digest")
    return no is not None and digest is not None and no < digest


def _names_somebody(sentence: Sentence) -> bool:
    """Tell whether a word that nobody knows here may be somebody's name: `bob wants the digest off`."""
    return any(word.isalpha() for word in sentence.unknown)
