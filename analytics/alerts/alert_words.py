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

from analytics.alerts import mark_words
from analytics.alerts.alert_nouns import (
    A_FRAMEWORK,
    ALL_MODELS,
    ENDS,
    LONGEST,
    TOP,
    UnclearAlert,
    name_framework,
    read_top,
)
from analytics.alerts.alert_rules import CollectionChange, Crossing, ModelChange, Presence, Rule, ShareMove
from analytics.alerts.mark_words import read_count_mark, read_share_mark
from analytics.catalogues.register import COLLECTIONS
from analytics.domain.repository_ids import what_is_wrong
from analytics.domain.wording import count, listing

MOST_POINTS = 100
LONGEST_CONDITION = 300


__all__ = ["AlertAction", "AlertWish", "UnclearAlert", "find_rule", "only_ask", "read", "read_rule", "recall_rule"]
__all__ += ["say_wish", "understand"]


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


OFFERED = ("alert when TensorFlow enters or leaves the top 30", "alerts")
"""What is offered where words about alerts are not understood."""

COURTESY = r"(?:please |hey |hi |can you |could you |would you |kindly )*"
ASKED = (
    r"(?:alert|tell|notify|warn|ping|inform|message|shout|remind|say)"
    r"(?: (?:us|me|this channel|the channel|everybody|everyone|the team))?"
    r"|let (?:us|me|this channel|the team) know|(?:i|we) (?:want|would like|need) to (?:know|hear)"
    r"|give (?:us|me) a (?:ping|shout|heads[ -]?up)"
)
"""How people ask to be told."""

STARTS = re.compile(
    rf"{COURTESY}(?:{ASKED}) (?:here )?"
    r"(?:when|whenever|if|once|as soon as|the moment|every time|each time) (?P<rest>.+)",
    re.IGNORECASE,
)
ALERT = re.compile(r"alerts?\b[\s:,]*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
WHEN = re.compile(r"(?:(?:us|me|on|add|new) )?(?:when|whenever|if|once) (?P<rest>.+)", re.IGNORECASE)
OFF = ("off", "stop", "end", "delete", "remove", "cancel", "turn off", "switch off")
VERBS = "|".join((*OFF[1:], "pause", "resume"))
STOP = re.compile(
    rf"{COURTESY}(?P<what>{VERBS}) (?:the )?alert (?:number |no\.? )?(?P<number>#?\d\S*)(?: please)?", re.IGNORECASE
)
STOP_ALL = re.compile(
    rf"{COURTESY}(?P<what>{VERBS}) (?:all|every) (?:the |our |these )?alerts?(?: here)?(?: please)?",
    re.IGNORECASE,
)
HELP_ON = re.compile(r"help (?:on |with |about )?alerts?", re.IGNORECASE)
LISTED = re.compile(
    rf"{COURTESY}(?:show|list|what|which)(?: (?:me|us|all|the|our|my|are))* alerts"
    r"(?: (?:do (?:i|we) have|have (?:i|we) set|are there|are set))?(?: here)?(?: please)?",
    re.IGNORECASE,
)
NUMBERED = re.compile(rf"(?P<what>{'|'.join(OFF)}|pause|resume|edit|change)\b ?(?P<rest>.*)", re.IGNORECASE)
ACTIONS = {
    **dict.fromkeys(OFF, AlertAction.OFF),
    "pause": AlertAction.PAUSE,
    "resume": AlertAction.RESUME,
}


def read(text: str) -> AlertWish | None:
    """Read what was typed; None where it is not about alerts. Raises UnclearAlert."""
    words = _tidy(text)
    if found := STARTS.fullmatch(words):
        rule = find_rule(found["rest"])
        if rule or not ALERT.fullmatch(words):
            return AlertWish(AlertAction.WHEN, rule=rule) if rule else None
    if found := STOP.fullmatch(words):
        return AlertWish(ACTIONS[found["what"].casefold()], _number(found["number"]))
    if found := STOP_ALL.fullmatch(words):
        return AlertWish(ACTIONS[found["what"].casefold()], 0)
    if LISTED.fullmatch(words.rstrip("?!. ")):
        return AlertWish(AlertAction.LIST)
    if HELP_ON.fullmatch(words.rstrip("?!. ")):
        return AlertWish(AlertAction.HELP)
    found = ALERT.fullmatch(words)
    return _read_settings(found["rest"], plural=words.casefold().startswith("alerts")) if found else None


def say_wish(wish: AlertWish) -> str:
    """Give the canonical words of a wish: reading them again gives it again."""
    condition = f"when {wish.rule.words}" if wish.rule else ""
    match wish.action:
        case AlertAction.WHEN:
            return f"alert edit {wish.number} {condition}" if wish.number is not None else f"alert {condition}"
        case AlertAction.LIST:
            return "alerts"
        case AlertAction.FORM:
            return "alert new"
        case AlertAction.PREVIEW | AlertAction.QUIET:
            return f"alert {wish.action} {condition or wish.rest}".strip()
        case AlertAction.HELP:
            return "alert help"
        case _:
            return f"alert {wish.action} {wish.number or 'all'}"


def understand(text: str) -> dict[str, object] | None:
    """Tell how words about alerts are read, as the terminal tells it of others; None where they are about none."""
    try:
        wish = read(text)
    except UnclearAlert as unclear:
        return {"words": None, "kind": "unclear", "also": list(OFFERED), "note": str(unclear)}
    return {"words": say_wish(wish), "kind": "alert", "also": [], "note": ""} if wish else None


def only_ask(wish: AlertWish) -> AlertWish:
    """Give a wish as it is meant with a question mark: one that ends or pauses alerts shows how they are."""
    return AlertWish(AlertAction.LIST) if wish.action in ACTIONS.values() else wish


def _read_settings(rest: str, *, plural: bool) -> AlertWish:
    if rest.strip("?!. ").casefold() in ("", "list", "show", "status"):
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

ENTERS = (
    r"enters?|joins?|reach(?:es)?|hits?|makes? it (?:in)?to"
    r"|(?:gets?|comes?|goes|moves?|climbs?|breaks?|returns?|gets? back) (?:in)?to"
    r"|(?:appears?|shows? up|turns? up) in|is (?:back|again) in"
)
LEAVES = (
    r"leaves?|exits?|(?:drops?|falls?|gets?|goes|slips?|moves?|is|drops? right|falls? right) out of"
    r"|(?:drops?|falls?) from|(?:disappears?|vanish(?:es)?|is gone) from|is no longer in"
)

PRESENCE = re.compile(
    rf"(?:an? |any |the )?(?:first )?{A_FRAMEWORK}(?: models?)? (?P<way>(?:enters?|joins?)(?: or |/)leaves?"
    rf"|leaves?(?: or |/)enters?|{ENTERS}|{LEAVES}) {TOP}{ENDS}",
    re.IGNORECASE,
)
SHARE = re.compile(
    rf"(?:the )?(?:share of {A_FRAMEWORK}|(?P<whose>[\w.+-]+?)(?:['’]s|s['’])? share) (?:of|in|among|on) "
    rf"(?:{TOP}|(?P<all>{ALL_MODELS})) (?:moves?|changes?|shifts?)"
    r"(?: by)?(?: at least| more than)? (?P<points>\S+?) ?(?:points?|percentage points?|pp|%|percent)[.!]?",
    re.IGNORECASE,
)
GAINS = re.compile(
    r"(?:the )?(?:model )?(?P<model>\S+) "
    r"(?:gains?|gets?|receives?|adds?|comes (?:out )?in|is (?:ported|converted) to) (?:an? )?"
    rf"{A_FRAMEWORK}(?: (?:version|weights?|files?|checkpoints?|support|port))?[.!]?",
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
    leaves, both = bool(re.fullmatch(LEAVES, way)), bool(re.search(" or |/", way))
    crossing = Crossing.EITHER if both else Crossing.LEAVES if leaves else Crossing.ENTERS
    return Presence(name_framework(found["framework"]), read_top(found["n"]), crossing)


def _share(found: re.Match[str]) -> Rule:
    n = None if found["all"] else read_top(found["n"])
    return ShareMove(name_framework(found["framework"] or found["whose"]), n, _points(found["points"]))


def _gains(found: re.Match[str]) -> Rule:
    return ModelChange(_model(found["model"]), name_framework(found["framework"]))


def _changes(found: re.Match[str]) -> Rule:
    if found["framework"]:
        name_framework(found["framework"])  # to gain one is to change
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
    *((pattern, read_count_mark) for pattern in mark_words.COUNT),
    (mark_words.SHARE, read_share_mark),
    (CHANGES, _changes),
    (GAINS, _gains),
    (COLLECTION, _collection),
)
"""The forms a condition has, and what makes a rule of each."""


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
