"""
The small words in which the rules are written: a rule looks at one value and notes what is wrong with it.

`record(needs, may)` is an object with these fields and no others, `items` a list, `string`, `number` and `text` the
leaves, `by_type` one of several objects told apart by their `type`. Nothing here knows any block.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from playground.block_kit.limits import ADDRESS, IDENTIFIER, SLACKS_OWN, Profile


class Problem(NamedTuple):
    """What is wrong, and where: `pointer` is a JSON pointer (RFC 6901)."""

    pointer: str
    message: str


@dataclass(eq=False)
class Looking:
    """One look at one list of blocks: what was found, and what is counted over the whole message."""

    profile: Profile
    surface: str
    file_problem: Callable[[dict[str, Any]], str | None]
    found: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)

    def note(self, pointer: str, message: str) -> None:
        """Note a problem."""
        self.found.append(Problem(pointer, message))


Rule = Callable[[Any, str, Looking], None]
Check = Callable[[dict[str, Any], str, Looking], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a block looks like: its required and optional fields, then checks over all of them."""

    needs: Mapping[str, Rule] = field(default_factory=dict)
    may: Mapping[str, Rule] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    def rule(self) -> Rule:
        """Give the rule that accepts such a block, with or without an id of its own."""
        return record(self.needs, {**self.may, "block_id": identifier}, *self.checks)


def anything(value: Any, pointer: str, looking: Looking) -> None:
    """Accept whatever it is: parts of Slack that are not judged here."""


def string(most: int, least: int = 1) -> Rule:
    """Accept a string of so many characters."""

    def rule(value: Any, pointer: str, looking: Looking) -> None:
        if not isinstance(value, str):
            looking.note(pointer, f"must be a string, not {_kind(value)}")
        elif len(value) < least:
            looking.note(pointer, f"must be at least {least} characters" if least > 1 else "must not be empty")
        elif len(value) > most:
            looking.note(pointer, f"must be less than {most + 1} characters")

    return rule


def number(*, least: float | None = None, most: float | None = None, whole: bool = False) -> Rule:
    """Accept a number between two others (both included), and a whole one if so asked."""

    def rule(value: Any, pointer: str, looking: Looking) -> None:
        if not _is_number(value) or (whole and not isinstance(value, int)):
            looking.note(pointer, f"must be a {'whole ' if whole else ''}number, not {_kind(value)}")
        elif (least is not None and value < least) or (most is not None and value > most):
            looking.note(pointer, f"must be from {least} to {most}")

    return rule


def above_zero(value: Any, pointer: str, looking: Looking) -> None:
    """Accept a number greater than nought."""
    if not _is_number(value) or not value > 0:
        looking.note(pointer, "must be a number greater than 0")


def boolean(value: Any, pointer: str, looking: Looking) -> None:
    """Accept true or false."""
    if not isinstance(value, bool):
        looking.note(pointer, f"must be true or false, not {_kind(value)}")


def one_of(*choices: Any) -> Rule:
    """Accept one of a few values."""

    def rule(value: Any, pointer: str, looking: Looking) -> None:
        if isinstance(value, bool) or value not in choices:
            looking.note(pointer, f"must be one of {', '.join(map(str, choices))}")

    return rule


def form(is_so: Callable[[str], object], example: str) -> Rule:
    """Accept a string of this form."""

    def rule(value: Any, pointer: str, looking: Looking) -> None:
        if not isinstance(value, str) or not is_so(value):
            looking.note(pointer, f"must look like {example}")

    return rule


def address(value: Any, pointer: str, looking: Looking) -> None:
    """Accept a web address."""
    string(ADDRESS)(value, pointer, looking)
    if isinstance(value, str) and not value.startswith(("http://", "https://")):
        looking.note(pointer, "must be a URL that begins with http:// or https://")


def public_picture(value: Any, pointer: str, looking: Looking) -> None:
    """Accept the address of a picture that Slack can fetch: public, by https, and none of Slack's own files."""
    string(ADDRESS)(value, pointer, looking)
    if isinstance(value, str) and (not value.startswith("https://") or value.startswith(SLACKS_OWN)):
        looking.note(pointer, "must be the URL of a public image that begins with https://")


def items(rule: Rule, most: int | Callable[[Profile], int], least: int = 1) -> Rule:
    """Accept a list of so many values that each keep `rule`; the most may depend on the profile."""

    def check_list(value: Any, pointer: str, looking: Looking) -> None:
        if not isinstance(value, list):
            looking.note(pointer, f"must be a list, not {_kind(value)}")
            return
        limit = most if isinstance(most, int) else most(looking.profile)
        if not least <= len(value) <= limit:
            looking.note(pointer, f"must have {least} to {limit} items, has {len(value)}")
        for index, item in enumerate(value):
            rule(item, f"{pointer}/{index}", looking)

    return check_list


def record(needs: Mapping[str, Rule], may: Mapping[str, Rule] | None = None, *checks: Check) -> Rule:
    """Accept an object with every field of `needs`, some of `may` and no other; then the checks over all fields."""
    fields = {"type": anything, **needs, **(may or {})}

    def rule(value: Any, pointer: str, looking: Looking) -> None:
        if not isinstance(value, dict):
            looking.note(pointer, f"must be an object, not {_kind(value)}")
            return
        for name in [name for name in needs if name not in value]:
            looking.note(pointer, f"missing required field: {name}")
        for name, inner in value.items():
            if name in fields:
                fields[name](inner, f"{pointer}/{_escape(name)}", looking)
            else:
                looking.note(pointer, f"invalid additional property: {name}")
        for check in checks:
            check(value, pointer, looking)

    return rule


def by_type(rules: Mapping[str, Rule], what: str) -> Rule:
    """Accept an object of one of these types."""

    def rule(value: Any, pointer: str, looking: Looking) -> None:
        if not isinstance(value, dict):
            looking.note(pointer, f"must be an object, not {_kind(value)}")
        elif not isinstance(value.get("type"), str) or value["type"] not in rules:
            looking.note(f"{pointer}/type", f"unsupported {what} type: {value.get('type')}")
        else:
            rules[value["type"]](value, pointer, looking)

    return rule


def exactly_one(*names: str) -> Check:
    """Check that one of these fields is there, and only one."""

    def check(value: dict[str, Any], pointer: str, looking: Looking) -> None:
        if sum(name in value for name in names) != 1:
            looking.note(pointer, f"must have exactly one of {', '.join(names)}")

    return check


def at_least_one(*names: str) -> Check:
    """Check that one of these fields is there."""

    def check(value: dict[str, Any], pointer: str, looking: Looking) -> None:
        if not any(name in value for name in names):
            looking.note(pointer, f"must have at least one of {', '.join(names)}")

    return check


def not_both(one: str, other: str) -> Check:
    """Check that two fields do not come together."""

    def check(value: dict[str, Any], pointer: str, looking: Looking) -> None:
        if value.get(one) and value.get(other):
            looking.note(pointer, f"must not have both {one} and {other}")

    return check


def text(most: int, *kinds: str) -> Rule:
    """Accept a text object (composition-objects/text-object), by default plain text or mrkdwn."""
    forms = {
        "plain_text": record({"text": string(most)}, {"emoji": boolean}),
        "mrkdwn": record({"text": string(most)}, {"verbatim": boolean}),
    }
    return by_type({kind: forms[kind] for kind in kinds or forms}, "text")


def plain(most: int) -> Rule:
    """Accept a text object of plain text."""
    return text(most, "plain_text")


identifier = string(IDENTIFIER)


def _is_number(value: Any) -> bool:
    """Whether it is a number as JSON has it: not true or false, NaN or infinity, or more than any reader holds."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False


def unique(values: Iterable[tuple[str, Any]], what: str, looking: Looking) -> None:
    """Note every value that was there before."""
    seen: set[str] = set()
    for pointer, value in values:
        if isinstance(value, str) and value in seen:
            looking.note(pointer, f"{what} must be unique: {value}")
        seen.add(value if isinstance(value, str) else "")


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
