"""Every message that counts has been through 0, 1 and 2: noun, verb and article go with the number."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from analytics.domain.wording import count, verb

ROOT = Path(__file__).parents[1]
HELPERS: dict[str, Callable[..., str]] = {"count": count, "verb": verb}
ONE, MANY = r"(?:is|was|has|does|comes|it|its)\b", r"(?:are|were|have|do|come|they|their)\b"
ARTICLE = r"\b(?:a|an|another|each|every|this)"
NUMBERS = (0, 1, 2)


def _words(call: ast.expr) -> list[str] | None:
    """Give the words that a call of `count` or `verb` chooses from; None of other calls and other words."""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in HELPERS:
        return None
    words = [one.value for one in call.args[1:] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return words if len(words) == len(call.args) - 1 and not call.keywords else None


def _say(call: ast.expr, n: int) -> str:
    words = _words(call)
    return (
        HELPERS[call.func.id](n, *words)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and words is not None
        else "{}"
    )


def find_messages(tree: ast.AST) -> Iterator[ast.JoinedStr]:
    """Find the sentences that count: f-strings with a number and its noun."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(_counts(part) for part in node.values):
            yield node


def _counts(part: ast.expr) -> bool:
    call = part.value if isinstance(part, ast.FormattedValue) else part
    return bool(_words(call)) and ast.unparse(call).startswith("count(")


def disagree(message: ast.JoinedStr, n: int) -> list[str]:
    """Say a message of a number, and give what does not go with it: the verb behind the noun, an article before it."""
    said = "".join(
        str(p.value) if isinstance(p, ast.Constant) else _say(p.value, n)
        for p in message.values
        if isinstance(p, ast.Constant | ast.FormattedValue)
    )
    wrong = MANY if n == 1 else ONE
    counted = {_say(part.value, n) for part in message.values if isinstance(part, ast.FormattedValue) and _counts(part)}
    patterns = (
        pattern
        for one in counted
        for pattern in (rf"(?<!of ){re.escape(one)},? {wrong}", rf"{ARTICLE} {re.escape(one)}")
    )
    return [found[0] for pattern in patterns if (found := re.search(pattern, said))]


def pluralise(noun: str) -> str:
    """Make a plural by the rules of English: entry, entries; copy, copies; box, boxes; model, models."""
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else f"{noun}s"


def _read_nodes() -> Iterator[tuple[str, ast.AST]]:
    """Give every expression and statement of the files that call a helper, with the file; the trees are let go."""
    for path in (path for room in ("analytics", "bot", "playground") for path in sorted((ROOT / room).rglob("*.py"))):
        source, name = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
        if any(f"{helper}(" in source for helper in HELPERS):
            yield from ((name, node) for node in ast.walk(ast.parse(source)))


@cache
def read_code() -> tuple[dict[str, ast.JoinedStr], dict[str, set[tuple[str, ...]]]]:
    """Give the messages that count, by place, and the words that each helper is given: read by who tries them alone."""
    messages, given = {}, {helper: set[tuple[str, ...]]() for helper in HELPERS}
    for name, node in _read_nodes():
        if isinstance(node, ast.JoinedStr) and any(_counts(part) for part in node.values):
            messages[f"{name}:{node.lineno}:{node.col_offset}"] = node
        if isinstance(node, ast.Call) and (words := _words(node)):
            given[ast.unparse(node.func)].add(tuple(words))
    return messages, given


def test_every_message_that_counts_goes_with_its_number() -> None:
    """No `1 model are`, `2 models is`, `a 2 models`."""
    messages, _ = read_code()

    assert {place: wrong for place, one in messages.items() for n in NUMBERS if (wrong := disagree(one, n))} == {}


def test_every_noun_has_the_plural_of_english() -> None:
    """One is one; none and two take the plural, which is given where it is not made by an s."""
    said = {words: [count(n, *words).split()[-1] for n in NUMBERS] for words in read_code()[1]["count"]}
    nouns = {words: words[0].split()[-1] for words in said}

    assert said == {words: [pluralise(noun), noun, pluralise(noun)] for words, noun in nouns.items()}


def test_every_verb_has_a_form_for_one_and_another_for_more() -> None:
    """None goes with the plural."""
    assert [one for one in read_code()[1]["verb"] if not verb(0, *one) == verb(2, *one) != verb(1, *one)] == []


def test_what_counts_is_found() -> None:
    """There are such messages: a test of none would say nothing."""
    messages, given = read_code()

    assert len(messages) > 50
    assert ("repository", "repositories") in given["count"]
    assert len(given["verb"]) > 1


@pytest.mark.parametrize(
    ("code", "n", "wrong"),
    [
        ("f\"{count(n, 'model')} are new\"", 1, ["1 model are"]),
        ("f\"{count(n, 'model')} is new\"", 2, ["2 models is"]),
        ("f\"{count(n, 'model')} {verb(n)} new\"", 1, []),
        ("f\"a {count(n, 'model')}\"", 0, ["a 0 models"]),
    ],
)
def test_disagreement_is_seen(code: str, n: int, wrong: list[str]) -> None:
    """Each of the faults that are looked for, and a message without one."""
    message = next(find_messages(ast.parse(code)))

    assert disagree(message, n) == wrong
