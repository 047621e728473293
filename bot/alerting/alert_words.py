"""
What people say about alerts -> what is meant, understood whole. Pure.

`alert when …`, `alerts`, `alert off 2` and the like, and a plain sentence: `tell us when TensorFlow leaves the top 30`.
A sentence that is none of these is no alert; one that is, with a number or a name that cannot be, is refused in words.
"""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from analytics.alerts.alert_rules import CollectionChange, Crossing, ModelChange, Presence, Rule, ShareMove
from analytics.catalogues.register import COLLECTIONS
from analytics.domain.repository_ids import what_is_wrong
from analytics.domain.requests import MOST_MODELS
from analytics.domain.wording import count, listing
from bot.digest.unclear_setting import LONGEST

FRAMEWORKS = {
    **dict.fromkeys(("pytorch", "torch", "pt"), "PyTorch"),
    **dict.fromkeys(("tensorflow", "tf"), "TensorFlow"),
}
MOST_POINTS = 100
LONGEST_CONDITION = 300


class AlertAction(StrEnum):
    """What is to be done about alerts."""

    LIST = "list"
    FORM = "form"
    WHEN = "when"
    PREVIEW = "preview"
    OFF = "off"
    PAUSE = "pause"
    RESUME = "resume"
    QUIET = "quiet"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class AlertWish:
    """What is meant: the action, of which alert (None: of none, 0: of all), with which rule or rest of the words."""

    action: AlertAction
    number: int | None = None
    rule: Rule | None = None
    rest: str = ""


class UnclearAlert(Exception):
    """What is wrong with the words, as a sentence; nothing is set."""


COURTESY = r"(?:please |hey |hi |can you |could you |would you |kindly )*"
STARTS = re.compile(
    rf"{COURTESY}(?:(?:alert|tell|notify|warn|ping|inform|message)(?: (?:us|me|this channel|the channel|everybody))"
    r"|let (?:us|me) know) (?:here )?(?:when|whenever|if|once|as soon as) (?P<rest>.+)",
    re.IGNORECASE,
)
ALERT = re.compile(r"alerts?\b[\s:,]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
WHEN = re.compile(r"(?:(?:us|me|on|add|new) )?(?:when|whenever|if|once) (?P<rest>.+)", re.IGNORECASE)
STOP = re.compile(rf"{COURTESY}(?P<what>stop|end|pause|resume) alert (?P<number>\S+)(?: please)?", re.IGNORECASE)
NUMBERED = re.compile(r"(?P<what>off|stop|end|delete|remove|pause|resume|edit|change)\b ?(?P<rest>.*)", re.IGNORECASE)
ACTIONS = {
    **dict.fromkeys(("off", "stop", "end", "delete", "remove"), AlertAction.OFF),
    "pause": AlertAction.PAUSE,
    "resume": AlertAction.RESUME,
}


def read(text: str) -> AlertWish | None:
    """Read what was typed; None where it is not about alerts. Raises UnclearAlert."""
    words = _tidy(text)
    if found := STARTS.fullmatch(words):
        rule = find_rule(found["rest"])
        return AlertWish(AlertAction.WHEN, rule=rule) if rule else None
    if found := STOP.fullmatch(words):
        return AlertWish(ACTIONS[found["what"].casefold()], _number(found["number"]))
    found = ALERT.fullmatch(words)
    return _read_settings(found["rest"], plural=words.casefold().startswith("alerts")) if found else None


def only_ask(wish: AlertWish) -> AlertWish:
    """Give a wish as it is meant with a question mark: one that ends or pauses alerts shows how they are."""
    return AlertWish(AlertAction.LIST) if wish.action in ACTIONS.values() else wish


def _read_settings(rest: str, *, plural: bool) -> AlertWish:
    if rest.casefold() in ("", "list", "show", "status"):
        return AlertWish(AlertAction.FORM if not rest and not plural else AlertAction.LIST)
    if rest.casefold() in ("on", "new", "form", "help"):
        return AlertWish(AlertAction.HELP if rest.casefold() == "help" else AlertAction.FORM)
    if rest.casefold().startswith("preview "):
        return AlertWish(AlertAction.PREVIEW, rule=_condition(rest[len("preview ") :]))
    if rest.casefold().split()[0] == "quiet":
        return AlertWish(AlertAction.QUIET, rest=rest[len("quiet ") :])
    if found := NUMBERED.fullmatch(rest):
        return _read_numbered(found["what"].casefold(), found["rest"])
    return AlertWish(AlertAction.WHEN, rule=_condition(rest))


def _read_numbered(what: str, rest: str) -> AlertWish:
    if what in ACTIONS:
        return AlertWish(ACTIONS[what], 0 if rest.casefold() == "all" else _number(rest))
    number, _, condition = rest.partition(" ")
    return AlertWish(AlertAction.WHEN, _number(number), _condition(condition))


def _condition(words: str) -> Rule:
    found = WHEN.fullmatch(words)
    if found is None:
        raise UnclearAlert(f"After “alert” I understand “when” and a condition, not “{words[:LONGEST]}”.")
    return read_rule(found["rest"])


def _number(word: str) -> int:
    bare = word.strip(" #.,")
    if not (bare.isascii() and bare.isdigit() and 0 < int(bare) <= 10**6):
        given = f"; “{word[:LONGEST]}” is none" if word else ""
        raise UnclearAlert(f"Name the alert by its number, such as “alert off 1”{given}.")
    return int(bare)


# --------------------------------------------------------------------------------------------------------- conditions

A_FRAMEWORK = r"(?P<framework>[\w.+-]+?)"
TOP = r"(?:the |our )?top[ -]?(?P<n>[^\s,]+?)"
ENDS = r"(?: of the (?:hub|month)| most downloaded)?[.!]?"

PRESENCE = re.compile(
    rf"(?:a |any )?{A_FRAMEWORK}(?: models?)? (?P<way>enters or leaves|leaves or enters|enters|leaves|enter|leave|joins"
    rf"|drops out of|falls out of|gets into|comes into|goes into|is back in) {TOP}{ENDS}",
    re.IGNORECASE,
)
SHARE = re.compile(
    rf"(?:the )?(?:share of {A_FRAMEWORK}|(?P<whose>[\w.+-]+?)(?:['’]s|s['’])? share) (?:of|in|among|on) "
    rf"(?:{TOP}|(?P<all>all models|the (?:whole )?hub|the hub's models)) (?:moves?|changes?|shifts?)"
    r"(?: by)?(?: at least| more than)? (?P<points>\S+?) ?(?:points?|percentage points?|pp|%|percent)[.!]?",
    re.IGNORECASE,
)
GAINS = re.compile(
    rf"(?:the )?(?:model )?(?P<model>\S+) (?:gains?|gets?|comes (?:out )?in) (?:a )?{A_FRAMEWORK}(?: version)?[.!]?",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"(?:the )?(?:files of )?(?:the )?(?:model )?(?P<model>\S+?)(?:['’]s files)? changes?(?: (?:the|its|their))? "
    r"frameworks?(?: or (?:it )?gains? (?:a )?(?P<framework>[\w.+-]+?))?[.!]?",
    re.IGNORECASE,
)
COLLECTION = re.compile(
    r"(?:(?P<any>an?|any|the|one of the) official collections?|(?:the )?(?:official )?(?:collection )?(?P<name>.+?)) "
    r"changes?(?: (?:its|their))? (?:state|status)[.!]?",
    re.IGNORECASE,
)


def find_rule(words: str) -> Rule | None:
    """Read a condition; None where it has the form of none. Raises UnclearAlert for one that cannot be."""
    text = _tidy(words)
    if len(text) > LONGEST_CONDITION:
        raise UnclearAlert(f"That is {count(len(text), 'character')}; a condition has at most {LONGEST_CONDITION}.")
    for pattern, make in MAKERS:
        if found := pattern.fullmatch(text):
            return make(found)
    return None


def read_rule(words: str) -> Rule:
    """Read a condition. Raises UnclearAlert."""
    rule = find_rule(words)
    if rule is None:
        raise UnclearAlert(f"I know no such condition: “{words[:LONGEST]}”. Nothing was set.")
    return rule


def recall_rule(words: str) -> Rule | None:
    """Read a condition that was kept; None where it cannot be any more: a collection that is not known now."""
    try:
        return find_rule(words)
    except UnclearAlert:
        return None


def _presence(found: re.Match[str]) -> Rule:
    way = found["way"].casefold()
    leaves, both = way.startswith(("leave", "drop", "fall")), " or " in way
    crossing = Crossing.EITHER if both else Crossing.LEAVES if leaves else Crossing.ENTERS
    return Presence(_framework(found["framework"]), _top(found["n"]), crossing)


def _share(found: re.Match[str]) -> Rule:
    n = None if found["all"] else _top(found["n"])
    return ShareMove(_framework(found["framework"] or found["whose"]), n, _points(found["points"]))


def _gains(found: re.Match[str]) -> Rule:
    return ModelChange(_model(found["model"]), _framework(found["framework"]))


def _changes(found: re.Match[str]) -> Rule:
    if found["framework"]:
        _framework(found["framework"])  # to gain one is to change
    return ModelChange(_model(found["model"]))


def _collection(found: re.Match[str]) -> Rule:
    if found["any"]:
        return CollectionChange()
    wanted = found["name"].strip("“”\"'").casefold()
    for one in COLLECTIONS:
        if wanted in (one.key, one.name.casefold(), one.full_name.casefold()):
            return CollectionChange(one.key, one.full_name)
    names = [one.full_name for one in COLLECTIONS]
    near = difflib.get_close_matches(wanted[:LONGEST], [name.casefold() for name in names], n=1)
    hint = next((f" Did you mean {name}?" for name in names if near and name.casefold() == near[0]), "")
    raise UnclearAlert(f"I know no official collection “{found['name'][:LONGEST]}”.{hint} There are {listing(names)}.")


MAKERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Rule]], ...] = (
    (SHARE, _share),
    (PRESENCE, _presence),
    (CHANGES, _changes),
    (GAINS, _gains),
    (COLLECTION, _collection),
)
"""The forms a condition has, and what makes a rule of each."""


def _framework(word: str) -> str:
    known = FRAMEWORKS.get(word.casefold())
    if known is None:
        raise UnclearAlert(f"I watch PyTorch and TensorFlow; “{word[:LONGEST]}” is neither.")
    return known


def _top(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) <= len(str(MOST_MODELS)) and 0 < int(word) <= MOST_MODELS):
        raise UnclearAlert(f"A top list has 1 to {count(MOST_MODELS, 'model')}; “{word[:LONGEST]}” is no such number.")
    return int(word)


def _points(word: str) -> Fraction:
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})?", word, re.ASCII) and 0 < (points := Fraction(word)) <= MOST_POINTS:
        return points
    raise UnclearAlert(
        f"A share moves by more than 0 and at most {MOST_POINTS} points; “{word[:LONGEST]}” is not that."
    )


def _model(word: str) -> str:
    bare = word.removeprefix("https://huggingface.co/").rstrip(",.")
    if (wrong := what_is_wrong(bare)) is not None:
        raise UnclearAlert(f"“{bare[:LONGEST]}” is no name of a model: {wrong}.")
    return bare


def _tidy(text: str) -> str:
    return " ".join(text.replace("’", "'").split())
