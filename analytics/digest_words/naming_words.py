"""Which digest of a channel words are about: `on named mobile mon 9:00`, `off named mobile`. Pure."""

import re
from collections.abc import Callable, Sequence

from analytics.digest_words.digest_names import LONGEST_NAME, tidy_name
from analytics.digest_words.typed_words import BEGINS, ENDS
from analytics.digest_words.unclear_setting import LONGEST, Setting, UnclearSetting

NAMING = ("named", "called")
AROUND = ",.;:()!?"
IN_MARKS = re.compile(rf"{BEGINS}(.+?){ENDS}[,.;:!?]?(?= |$)")

NO_NAME = "A name has a letter or a digit. It stands behind “named”: “digest on named mobile mon 09:00”."
OTHERS = {"second", "another", "third", "extra", "additional", "new", "two", "2nd"}
"""What asks for one more digest, without a name for it."""

ANOTHER = "One more digest of a channel takes a name: “digest on named mobile mon 09:00”."


def take_name(words: Sequence[str], is_action: Callable[[str], bool]) -> tuple[str, list[str]]:
    """
    Take the name off words about a digest; gives it, and what is left. Raises UnclearSetting.

    A name of several words stands in marks where it was typed in quotes. Without them it is one word behind `on`, where
    days and times may follow; before an action it is all up to that, and behind any other action all the rest.
    """
    at = next((at for at, word in enumerate(words) if word.strip(AROUND).casefold() in NAMING), None)
    if at is None:
        return "", list(words)
    before, after = list(words[:at]), list(words[at + 1 :])
    name, rest = _part(before, after, is_action)
    return check_name(name), [*before, *rest]


def _part(before: Sequence[str], after: Sequence[str], is_action: Callable[[str], bool]) -> tuple[str, list[str]]:
    """Part what stands behind `named` into the name and the rest."""
    said = " ".join(after)
    if marked := IN_MARKS.match(said):
        return marked[1], said[marked.end() :].split()
    if not before:
        end = next((at for at, word in enumerate(after) if at and is_action(word)), len(after))
        return " ".join(after[:end]), list(after[end:])
    takes_more = before[0].casefold() in ("on", "start", "subscribe")
    return (after[0], list(after[1:])) if takes_more and after else (said, [])


def check_name(typed: str) -> str:
    """Give a name as it is shown. Raises UnclearSetting for one without a letter or sign, and for a long one."""
    name = tidy_name(typed)
    if not name:
        raise UnclearSetting(NO_NAME, Setting.NAME)
    if len(name) > LONGEST_NAME:
        said = f"A name has at most {LONGEST_NAME} characters, and “{name[:LONGEST]}…” has {len(name)}."
        raise UnclearSetting(said, Setting.NAME)
    return name
