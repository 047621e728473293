"""
What names a digest, and bids nothing: `we get the digest on fridays`, `thanks for the digest`, `what is the digest`.

A setting is changed by who bids or wishes it, or by its bare words; not by who tells how it is. Pure.
"""

import re
from itertools import pairwise

from analytics.grammar.pieces import Sentence


def gives_thanks(sentence: Sentence) -> bool:
    """Tell whether somebody is grateful for a digest and bids none: `thanks for the digest on monday`."""
    after = sentence.pieces[(sentence.place("thanks") or 0) + 1 :]
    if not after or not sentence.has("thanks"):
        return False
    if after[0].text.casefold() in THANKED_FOR:
        named = next((piece for piece in after[1:] if not piece.may_be("bidding")), None)
        if named and named.may_be("digest", "weekday", "weekly", "clock", *BIDS):
            return True  # and not `thanks for nothing, stop the digest`
    bids = sentence.has(*BIDS) or "asks" in sentence.values("bidding") or after[0].may_be("digest")
    return not bids and any(piece.may_be("digest") for piece in after)


THANKED_FOR = ("for", "für", "por", "за")
"""What stands between thanks and what they are for."""

BIDS = ("digest_on", "digest_off", "digest_pause", "digest_resume", "digest_test", "digest_start", "digest_change")
"""Concepts of the words that bid a change."""


def tells_how_it_is(sentence: Sentence) -> bool:
    """
    Tell whether it is said how a digest is, and not how it is to be: `we get the digest on fridays`, `it comes at 9`.

    Of somebody or of the digest such a verb is said behind its subject; who wishes or bids says so before it.
    """
    if "asks" in sentence.values("bidding"):
        return False
    if any(one.text.casefold() in IS and two.may_be(*BIDS) for one, two in pairwise(sentence.pieces)):
        return True  # `the digest is off`
    told: tuple[str, ...] = ()
    for piece in sentence.pieces:
        text = piece.text.casefold()
        if text.split()[-1] in WISHING or (not told and (text in CAUSING or piece.may_be(*BIDS))):
            return False
        if piece.may_be(*told) and not piece.may_be("digest", "weekday", "clock", "filler"):
            return True
        if text in SUBJECT or piece.may_be("digest"):
            told = (*TOLD, *BIDS) if text in SUBJECT else (told or TOLD)
    return False


TOLD = ("digest_arrive", "obtain", "available")
"""Concepts of the verbs that tell how it is."""

IS = ("is", "ist", "está")
"""Verbs before what tells a state, where they stand behind the digest."""

SUBJECT = ("i", "we", "i've", "we've", "ich", "wir", "мы", "я")
"""Who says how it is."""

WISHING = (
    *("want", "wants", "need", "needs", "like", "love", "can", "could", "should", "shall", "may", "must", "would"),
    *("soll", "sollte", "kann", "möchte", "debe", "debería", "puede", "должен"),
)
"""How a wish is said, before the verb."""

CAUSING = ("make", "have", "let", "let's")
"""How it is bid that a digest comes, before it is named."""


def names_deadline(sentence: Sentence) -> bool:
    """Tell whether it is said until when something is needed: `I need the digest by monday`."""
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    return any(one.text.casefold() == "by" and two.may_be("weekday", "clock", "day") for one, two in pairs)


def adds_content(sentence: Sentence) -> bool:
    """Tell whether it is said what else is to be in a digest, which has its own: `start the digest with the chart`."""
    said = [piece for piece in sentence.pieces if not piece.may_be("bidding")]
    pairs = pairwise(said)
    within = ("weekday", "clock", "zone", "digest_always", "digest_matters")
    return any(
        (one.text.casefold() in WITH and not two.may_be(*within)) or (one.may_be("and") and two.may_be("top"))
        for one, two in pairs
    )


WITH = ("with", "mit", "con", "including", "w/")
"""Words before what belongs to something."""


def is_of_one_issue(sentence: Sentence) -> bool:
    """Tell whether one digest alone is meant, and not all that follow: `skip the digest`, `pause the next one`."""
    said = [piece for piece in sentence.pieces if not piece.may_be("number")]
    pairs = pairwise(said)
    next_one = any(two.may_be("digest") and one.may_be("digest_list") for one, two in pairs)
    words = {word for piece in sentence.pieces for word in piece.text.casefold().split()}
    named = {word for piece in said if piece.may_be("digest") for word in piece.text.casefold().split()}
    return next_one or not words.isdisjoint(ONCE) or not named.isdisjoint(NEXT)


ONCE = ("skip", "once")
"""Words of leaving one out, or of one time."""

NEXT = ("next", "próximo", "nächster")
"""Words that names of a digest may begin with: `the next weekly`."""


def asks_what_it_is(sentence: Sentence) -> bool:
    """Tell whether it is asked what a digest is, does or tells, of no channel: `how does the digest work`."""
    said = [piece for piece in sentence.pieces if not piece.may_be("greet", "thanks")]
    words = " ".join("digest" if piece.may_be("digest") else piece.text.casefold() for piece in said)
    return EXPLAINING.fullmatch(words.removeprefix("please ")) is not None


THE = r"(?:(?:the|a|an|this|that|your|these|those|our) )?(?:digest ?){1,3}"
EXPLAINING = re.compile(
    rf"(?:what(?: is|'s|s| are)(?: in)? {THE}(?: ?(?:thing|about|for|exactly|good for|all)){{0,3}}"
    rf"|(?:what|how) (?:does|do|can|could) {THE}"
    r"(?:do|works?|contain|include|show|tell|help)(?: exactly| me| us)?"
    rf"|how {THE}works?"
    rf"|(?:explain|describe|tell me about|what about)(?: to me)?(?: what| how)? {THE}(?:is|works?|does)?"
    r"|was ist (?:der|ein) digest|qué es (?:el|un) digest|что такое digest)"
)
"""How it is asked what a digest is, with `digest` for whatever it was called."""
