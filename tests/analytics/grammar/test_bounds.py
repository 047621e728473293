"""Nothing a person types can freeze a reader of words: whichever function reads it, whichever pattern looks at it."""

import ast
import datetime as dt
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from types import ModuleType

import pytest
from hypothesis import given, settings

import analytics.grammar
import bot
import playground
from analytics.digest_words import day_words, parsing, typed_words, zones
from analytics.digest_words.parsing import UnclearSetting
from analytics.domain.requests import Request, Top
from analytics.grammar import LONGEST_TYPED, QUESTIONS, Intent, Unclear, clean, parse, strict, understand
from analytics.grammar.cleaning import NotUnderstood
from analytics.grammar.pieces import Sentence
from analytics.grammar.spotting import spot
from tests.worst_texts import FROZEN, GENERATED, LENGTH, freezes, seconds_of, worst_texts


def modules_of(package: ModuleType) -> list[ModuleType]:
    """Give a package and all that is in it, programs apart."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package, *(importlib.import_module(one.name) for one in found if not one.name.endswith("__main__"))]


# ---------------------------------------------------------------------------------------------------------- functions

READERS = [*modules_of(analytics.grammar), typed_words, parsing, day_words, zones]
"""Where typed words are read; every public function of theirs is tried."""

TODAY = dt.date(2026, 11, 26)

read_once = cache(lambda text: spot(text, TODAY))
"""Every function of sentences gets the same ones: to read them anew for each would be most of the time here."""

HANDED: dict[object, Callable[[str], object]] = {
    str: str,
    list[str]: str.split,
    tuple[str, ...]: lambda text: tuple(text.split()),
    "Sequence[str]": lambda _: ("top30", "model"),
    dt.date: lambda _: TODAY,
    Sentence: read_once,
    "Piece]": lambda text: read_once(text).pieces,
    Request: lambda _: Top(),
    Intent: lambda _: Intent.QUESTION,
    "Iterable[str]": str.split,
}
"""What a function gets for a parameter of each kind; one of another kind fails here until it is thought about."""


def functions() -> Iterator[Callable[..., object]]:
    """Give the public functions of the readers."""
    for module in READERS:
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
                yield function


def call(function: Callable[..., object], text: str) -> None:
    """Hand a text over in every parameter that must be given; refusing it is allowed."""
    needed = [one for one in inspect.signature(function).parameters.values() if one.default is inspect.Parameter.empty]
    kinds = [one.annotation if one.annotation in HANDED else str(one.annotation).rpartition(".")[2] for one in needed]
    with suppress(NotUnderstood, UnclearSetting, KeyError):  # a text is no name of a reading
        function(*(HANDED[kind](text) for kind in kinds))


@pytest.mark.parametrize(
    "function", list(functions()), ids=lambda function: f"{function.__module__}.{function.__name__}"
)
def test_no_text_freezes_a_function_that_reads_words(function: Callable[..., object]) -> None:
    """Even those that only ever see bounded words."""
    zones.find_zones("utc")  # the machine's zones are read once, whoever comes first

    assert freezes(lambda text: call(function, text)) == {}


@settings(max_examples=200, deadline=None)
@given(GENERATED)
def test_no_generated_text_freezes_the_grammar(text: str) -> None:
    """Mixtures nobody thought of by hand."""
    assert seconds_of(lambda: parse(text)) < FROZEN
    assert seconds_of(lambda: understand(text, TODAY)) < FROZEN
    assert seconds_of(lambda: typed_words.read(text)) < FROZEN
    assert seconds_of(lambda: clean(text)) < FROZEN


# ----------------------------------------------------------------------------------------------------------- patterns

LOOKING = {"match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
USES_RE = re.compile(rf"\bre\s*\.\s*(?:{'|'.join(LOOKING)})\b")
Use = tuple[str, str]
"""A pattern, and the method it is used with."""


def patterns() -> set[Use]:
    """Give every pattern in the code of the bot, the grammar and the playground with the ways it is used."""
    packages = (analytics.grammar, bot, playground)
    found = {use for package in packages for module in modules_of(package) for use in used_in(module)}
    return found | {(starts, "fullmatch") for starts in QUESTIONS}


def used_in(module: ModuleType) -> Iterator[Use]:
    """Find `re.method(pattern, ...)` and `COMPILED.method` in a module's source."""
    known, source = vars(module), inspect.getsource(module)
    if not USES_RE.search(source) and not any(isinstance(value, re.Pattern) for value in known.values()):
        return  # most modules have none, and reading all of them is a second of each worker's collection
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in LOOKING and ast.unparse(called.value) == "re":
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value), called.attr
            else:  # only the first words of questions, which are in QUESTIONS
                assert (module, ast.unparse(first)) == (strict, "starts")
        if isinstance(node, ast.Attribute) and node.attr in LOOKING:
            compiled = known.get(ast.unparse(node.value))
            if isinstance(compiled, re.Pattern):
                yield compiled.pattern, node.attr


@pytest.mark.parametrize(("pattern", "method"), sorted(patterns()))
def test_no_text_freezes_a_pattern(pattern: str, method: str) -> None:
    """Each with the method it is used with: what is quadratic for `search` may be fine for `fullmatch`."""
    compiled = re.compile(pattern)
    look = {"sub": lambda text: compiled.sub("", text)}.get(method, getattr(compiled, method))

    assert freezes(look) == {}


# -------------------------------------------------------------------------------------------------------------- bounds


def test_the_length_is_looked_at_before_anything_else() -> None:
    """A long text is refused by its own length, a text within the bound by what is left of it."""
    long, spaced = parse("a" + "_" * 12_000 + "b"), parse("top30" + " " * (LONGEST_TYPED - 5))

    assert isinstance(long, Unclear)
    assert long.problem == "That is 12,002 characters; a question needs no more than 300."
    assert not isinstance(spaced, Unclear)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("_top30_", "top30"),
        ("**top30**", "top30"),
        ("a_b a__b", "a_b a__b"),
        ("a**b", "ab"),
        ("don't", "don't"),
        ("“top30” 'by' `likes`", "top30 by likes"),
        ("lab/my_model_ _x", "lab/my_model x"),
    ],
)
def test_marks_go_and_names_stay(typed: str, cleaned: str) -> None:
    """Underscores inside a name are the name's; at its edge they are italics."""
    assert clean(typed) == cleaned


def test_the_texts_are_as_long_as_promised() -> None:
    """Else the tests above would show nothing."""
    assert {len(text) for text in worst_texts()} == {LENGTH}
