"""
Sentences about the weekly digest -> `digest ...` in canonical words.

A setting is changed only by words understood whole and spelled right: what is left over, or mended, or said for a time
only, is never done but offered.
"""

from collections.abc import Callable
from dataclasses import replace

from analytics.grammar.accounts import takes
from analytics.grammar.digest_rhythm import CONDITION, read_rhythm
from analytics.grammar.interpretation import Intent, Interpretation, say
from analytics.grammar.pieces import EACH, Piece, Sentence
from analytics.grammar.read_leaving import LEAVE_ME
from analytics.grammar.told_digests import (
    adds_content,
    asks_what_it_is,
    gives_thanks,
    is_of_one_issue,
    names_deadline,
    tells_how_it_is,
)

CHANGING = ("on", "off", "pause", "resume", "now", "test")
"""Actions that change or post something."""

TOLD_ONLY = "That tells how a digest is, and asks for no change; `digest list` shows how it is set."

HERE_ONLY = "A digest is set in its own channel, by one word at a time: `digest on`, `off`, `pause` or `resume`."

FOR_NOW = (
    *("for now", "until further notice", "temporarily", "for a while", "for a bit", "vorübergehend", "por ahora"),
    *("пока", "временно", "на время", "暂时"),
)
"""What says no more of an end than a pause does."""

NO_END = "A pause does not end by itself: `digest resume` lets it come again. Nothing was changed."


def read_settings(sentence: Sentence) -> Interpretation | None:
    """Read what is to become of the digest."""
    if _only_leaves(sentence):
        return say(LEAVE_ME, Intent.DIGEST, (*takes("digest", "digest_off"), "leave"))
    if not sentence.has("digest") and not _speaks_of_subscribing(sentence):
        return None
    if asks_what_it_is(sentence):
        return say("help digest", Intent.HELP, (name for piece in sentence.pieces for name in piece.concepts))
    action = _action(sentence)
    for_now = sentence.has("neg") and not action and sentence.has("span", "week", "period")  # `no digest this week`
    if action == "help" or for_now or (sentence.has("until") and action in ("off", "on", "resume", "")):
        return say("help digest", Intent.HELP, takes("digest", "digest_help"))
    if action in CHANGING and (unchanged := _read_unchanged(sentence, action)):
        return unchanged
    return read_rhythm(sentence) if action == "on" else _read_other(sentence, action)


def _read_unchanged(sentence: Sentence, action: str) -> Interpretation | None:
    """Read what names a change, and does not plainly bid it for this channel's digest; None where it does."""
    if _supposes(sentence):
        return say("help digest", Intent.HELP, takes("digest", "digest_help", f"digest_{action}"))
    if gives_thanks(sentence):
        return say("thanks", Intent.THANKS, takes("digest", "digest_on", f"digest_{action}"))
    if listed := _read_listed(sentence, action):
        return listed
    if _is_of_more(sentence) or any(is_meant(sentence, action) for is_meant in NOT_SO):
        return say("help digest", Intent.HELP, takes("digest", "digest_help"), HERE_ONLY)
    return None


def _read_listed(sentence: Sentence, action: str) -> Interpretation | None:
    """Read who asks or tells how it is, or names one of several: a list shows it; None where nobody does."""
    taken = takes("digest", f"digest_{action}")
    if _asks(sentence):
        return say("digest list", Intent.DIGEST, (*taken, *takes("digest_list")))
    if tells_how_it_is(sentence):
        return replace(say("digest list", Intent.DIGEST, taken, TOLD_ONLY), certain=False)
    if action in ONE_OF_SEVERAL and _names_which(sentence):
        return replace(say("digest list", Intent.DIGEST, (*taken, *NAMING), WHICH), certain=False)
    return None


def _only_leaves(sentence: Sentence) -> bool:
    """
    Tell whether somebody wants to leave, and does not say what: `abbestellen`, `取消订阅`.

    What ends for whom is asked then. `unsubscribe` is the program's own word for a channel's digest.
    """
    of_all = any(piece.text.casefold() in OF_THE_CHANNEL for piece in sentence.pieces)
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    if sentence.has("digest") and any(one.may_be("digest_off") and two.text.casefold() in ME for one, two in pairs):
        return True  # `remove me from the digest`
    return sentence.has("leave") and not sentence.has("digest", "channel") and not of_all


ONE_OF_SEVERAL = ("off", "pause", "resume", "now", "test")
"""Actions on a digest that is there, of which a channel may have several."""

WHICH = "A channel may have several digests, and which one is meant I cannot tell: `digest list` shows them."

NAMING = (
    *("weekday", "month", "unknown", "off", "platform", "task", "framework", "account", "model"),
    *("papers", "trend", "official", "totals", "measure"),
)
"""Concepts of what may stand before `digest` to say which one: its day, its rhythm, its name, what it tells."""


def _names_which(sentence: Sentence) -> bool:
    """Tell whether it is said which of several digests is meant: `stop the tuesday digest`."""
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    return any(
        two.may_be("digest") and one.may_be(*NAMING) and not one.may_be("weekly", "filler") for one, two in pairs
    )


ME = ("me", "mich", "меня", "我")
"""Who speaks, as what is to be taken out: the digest stays for the others."""

OF_THE_CHANNEL = ("us", "uns", "nos", "нас", "我们")

STRETCH = ("for", "für", "por", "durante", "на")
"""What stands before a stretch of time over which something is paused."""

WHEN = ("day", "month", "weekday", "period", "span", "relative", "week", "later")
"""What says when, or how long."""

COMMANDS = ("digest_off", "digest_pause", "digest_resume", "digest_now", "digest_test", "weekly", "weekday", "clock")
"""What is bid with a digest; two of them, with an `and` between, are two commands."""


def _pauses_later(sentence: Sentence) -> bool:
    """Tell whether it is to be paused then, and not from now on: `pause in december`, `on mondays`; `until` is told."""
    return any(
        piece.may_be(*WHEN)
        and (piece.may_be("later") or not piece.may_be("until"))
        and not _ends_a_stretch(sentence.pieces[:at])
        for at, piece in enumerate(sentence.pieces)
    )


def _ends_a_stretch(before: tuple[Piece, ...]) -> bool:
    """Tell whether `until` or `for` stands before what says when."""
    for piece in reversed(before):
        if piece.may_be("until") or piece.text.casefold() in STRETCH:
            return True
        if not (piece.asks_nothing or piece.may_be(*WHEN, "digest_list")):  # `until the next year`
            return False
    return False


STATES = ("paused", "pausiert", "pausado", "pausada", "приостановлен")
"""What tells how it is, and bids nothing: `we paused the digest`."""


def _tells_state(sentence: Sentence) -> bool:
    return any(piece.text.casefold() in STATES for piece in sentence.pieces)


def _begins_otherwise(sentence: Sentence, action: str) -> bool:
    """Tell whether another command stands right behind `digest`: `digest on resume`, `digest now off`."""
    first, second = (*sentence.pieces, *sentence.pieces)[:2]
    other = {"on", "now", "test"} - {action}
    return first.may_be("digest") and second.text.casefold() in other


def _says_no_change(sentence: Sentence) -> bool:
    """Tell whether something is to be changed, and not said to what: `change the digest time`."""
    told = sentence.has("clock", "weekday", "zone", *CONDITION, "digest_always")
    return sentence.has("digest_change") and not told and not _says_on(sentence)


DEFINITE = ("the", "that", "this", "den", "el", "our")
"""Words before a digest that is there already: `send the friday digest`, and `send us a friday digest` is to be."""


def _sends_now(sentence: Sentence) -> bool:
    """Tell whether the digest of a day is to be posted, now or again: `send the tuesday digest now` sets no day."""
    triples = zip(sentence.pieces, sentence.pieces[1:], sentence.pieces[2:], strict=False)
    is_known = any(
        one.text.casefold() in DEFINITE and two.may_be("weekday") and three.may_be("digest")
        for one, two, three in triples
    )
    return _names_which(sentence) and (is_known or sentence.has("digest_now", "digest_again"))


def _bids_twice(sentence: Sentence) -> bool:
    """Tell whether two things are bid: `stop the digest and send it now`; not one on a day, at a time."""
    said = {name for name in COMMANDS if sentence.has(name)}
    said -= {"weekly", "clock"} if "weekday" in said else set()
    both_ways = "digest_off" in said and sentence.has("digest_on")  # `subscribe and unsubscribe`
    return (len(said) > 1 or both_ways) and any(piece.may_be("and") for piece in sentence.pieces)


NOT_SO: tuple[Callable[[Sentence, str], bool], ...] = (
    lambda sentence, action: action == "off" and _says_on(sentence),
    lambda sentence, action: action == "off" and sentence.has("top"),  # `stop sending the chart in the digest`
    lambda sentence, action: action == "off" and sentence.has("neg") and sentence.has("digest_now"),
    lambda sentence, action: action == "pause" and _pauses_later(sentence),
    lambda sentence, action: action == "on" and _says_no_change(sentence),
    lambda sentence, action: action == "on" and _sends_now(sentence),
    lambda sentence, action: action == "on" and names_deadline(sentence),
    lambda sentence, action: action in ("on", "now", "test") and adds_content(sentence),
    lambda sentence, action: action in ("off", "pause") and is_of_one_issue(sentence),
    lambda sentence, action: action == "pause" and _tells_state(sentence),
    lambda sentence, action: action != "on" and _begins_otherwise(sentence, action),
    lambda sentence, _: _bids_twice(sentence),
)
"""What is meant otherwise than by the one word that is read; nothing is changed then."""


def _read_other(sentence: Sentence, action: str) -> Interpretation:
    """Read what is said by one word; without one it is asked how things stand."""
    if not action:
        listed = say("digest list", Intent.DIGEST, takes("digest", "digest_list"))
        return replace(listed, certain=not _commands(sentence))
    more = ("neg",) if action == "off" and not sentence.has("digest_off") else ()
    ends = action == "pause" and any(
        piece.may_be("until", "day", "month", "relative") and piece.text.casefold() not in FOR_NOW
        for piece in sentence.pieces
    )
    told = say(f"digest {action}", Intent.DIGEST, (*takes("digest", f"digest_{action}"), *more), NO_END if ends else "")
    return replace(told, certain=not ends)


MORE_THAN_ONE = (
    *(
        "all",
        "every single",
        "everything",
        "everywhere",
        "everyone",
        "everybody",
        "channels",
        "other",
        "others",
        "another",
        "both",
        "except",
        "alle",
        "allen",
    ),
    *("kanäle", "todos", "todas", "canales", "все", "всех", "каналы", "каналах", "所有", "全部"),
)
"""Words that speak of other digests than the one of this channel."""


def _is_of_more(sentence: Sentence) -> bool:
    """Tell whether more is meant than the digest of this channel: `cancel every digest`, not `every Monday`."""
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    each = any(one.text.casefold() in EACH and two.may_be("digest") for one, two in pairs)
    return each or any(piece.text.casefold() in MORE_THAN_ONE for piece in sentence.pieces)


ASKING = (
    *(
        "do",
        "is",
        "isn't",
        "was",
        "were",
        "are",
        "has",
        "did",
        "does",
        "should",
        "who",
        "what",
        "when",
        "why",
        "which",
        "where",
    ),
    *("ist", "war", "hat", "wurde", "wer", "wann", "está", "fue", "quién", "кто", "когда", "谁"),
)
"""How a sentence begins that asks and sets nothing: `is the digest off?`."""


def _asks(sentence: Sentence) -> bool:
    """Tell whether a sentence asks how things are; courtesy before it does not count."""
    return _begins_with(sentence, ASKING)


def _supposes(sentence: Sentence) -> bool:
    """Tell whether it is asked what a setting would do: `what happens if I pause the digest`."""
    ends = sentence.pieces[-1].text.casefold() if sentence.pieces else ""
    return (sentence.has("event") or ends in ("do", "mean", "does", "means", "do exactly")) and _begins_with(
        sentence, ("what", "was", "qué", "что")
    )


def _begins_with(sentence: Sentence, words: tuple[str, ...]) -> bool:
    """Tell whether one of some words stands before all that says something: `could you tell me: is the digest on?`."""
    for piece in sentence.pieces:
        if piece.text.casefold().partition(" ")[0] in words:
            return True
        if not (piece.asks_nothing or piece.may_be("greet", "thanks")):
            return False
    return False


SUBSCRIBING = ("subscri", "suscri", "abonn", "bestell", "подпис", "отпис", "订")
"""Parts of words that speak of a subscription where no digest is named."""


def _speaks_of_subscribing(sentence: Sentence) -> bool:
    """Tell whether the digest is meant though not named: `unsubscribe`, `nothing arrived on monday`."""
    words = {piece.text.casefold() for piece in sentence.pieces}
    subscribes = any(part in word for word in words for part in SUBSCRIBING)
    arrived = sentence.has("digest_history", "digest_arrive") and sentence.has("weekday", "neg", "weekly")
    posts = all(map(sentence.has, ("digest_on", "weekly", "weekday", "clock")))
    posts = posts and not sentence.has("top", "totals", "pronoun")  # `post this each friday` may mean an answer
    speaks = subscribes or arrived or posts or (sentence.has(*CONDITION) and sentence.has("digest_on", "weekly"))
    return speaks and not sentence.has("framework", "model", "task")


def _action(sentence: Sentence) -> str:
    """Choose what is to be done, the first that is said; a question about it changes nothing."""
    return next((action for action, is_said in ACTIONS if is_said(sentence)), "")


def _commands(sentence: Sentence) -> bool:
    """Tell whether it is put as a command, `digest` and a word, and the word is none: `digest of` may mean `off`."""
    first, *rest = sentence.pieces
    courtesy = ("greet", "thanks", "digest_list")
    return first.may_be("digest") and any(not piece.may_be(*courtesy) for piece in rest)


def _asks_how(sentence: Sentence) -> bool:
    does = sentence.has("digest_on", "digest_off", "use", "digest_pause")
    return sentence.has("help") or (sentence.has("how") and does and not sentence.has("clock"))


def _again(sentence: Sentence) -> bool:
    back_on = any(piece.text.casefold() == "back on" for piece in sentence.pieces)
    again = sentence.has("digest_again") and (sentence.has("digest_start") or back_on)
    return sentence.has("digest_resume") or again


def _ends(sentence: Sentence) -> bool:
    if sentence.has(*CONDITION):
        return False
    return sentence.has("digest_off") or (sentence.has("neg") and sentence.has("digest_on"))


def _has_rhythm(sentence: Sentence) -> bool:
    return sentence.has("clock", "weekday", *CONDITION, "digest_always", "weekly")


def _asks_when(sentence: Sentence) -> bool:
    beside = ("digest_list", "available", "digest_on", "weekday", "digest_arrive", "digest_time")
    return sentence.has("which") and sentence.has(*beside) and not sentence.has(*CONDITION)


def _says_on(sentence: Sentence) -> bool:
    return any(piece.text.casefold() == "on" for piece in sentence.pieces)


DONE = ("did", "has", "was", "hat", "ist", "wurde")
"""How a sentence begins that asks about what is over: `did the digest go out?`."""


def _came_wrong(sentence: Sentence) -> bool:
    """Tell whether it is asked what became of one: late, twice, not at all."""
    absent = sentence.has("neg", "why") or any(piece.text.casefold() == "nothing" for piece in sentence.pieces)
    if absent and sentence.has("digest", "digest_arrive") and sentence.has("digest_arrive", "why"):
        return True
    if sentence.has("digest_arrive") and _begins_with(sentence, DONE):
        return True
    asks = sentence.has("neg", "why", "digest", "weekday", "which")
    return sentence.has("digest_history") and asks and not sentence.has("digest_off", *CONDITION)


def _asks_of_past(sentence: Sentence) -> bool:
    """Tell whether one that was posted is asked for: `show me last week's digest`."""
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    return any(one.may_be("day") and not one.may_be("weekday", "today") and two.may_be("digest") for one, two in pairs)


ACTIONS: tuple[tuple[str, Callable[[Sentence], bool]], ...] = (
    ("help", _asks_how),
    ("preview", lambda sentence: sentence.has("digest_preview")),
    ("pause", lambda sentence: sentence.has("digest_pause")),
    ("resume", _again),
    ("history", _came_wrong),
    ("off", _ends),
    ("test", lambda sentence: sentence.has("digest_test")),
    ("now", lambda sentence: sentence.has("digest_now") and not _has_rhythm(sentence)),
    ("list", _asks_when),
    ("history", _asks_of_past),
    ("on", lambda sentence: sentence.has("digest_on") or _has_rhythm(sentence) or _says_on(sentence)),
)
"""What can be done with a digest, each with how it is said; the first that is."""
