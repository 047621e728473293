"""What people read is plain English (docs/style.md): no phrase of tests/banned_phrases.txt stands in it."""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(path for room in ("analytics", "bot", "playground") for path in (ROOT / room).rglob("*.py"))
SHOWN = (ROOT / "playground/page", ROOT / "analytics/pages/templates")
PAGES = sorted(path for room in SHOWN for ending in ("*.html", "*.js") for path in room.glob(ending))
DATA = sorted((ROOT / "analytics/explanations").glob("*.csv"))
LINES = (Path(__file__).parent / "banned_phrases.txt").read_text("utf-8").splitlines()
BANNED = [line.partition(" => ")[0] for line in LINES if line and not line.startswith("#")]


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the strings of a module as people read them, `{}` for each value; docstrings stand alone and are none."""
    inner: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inner.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            inner |= set(node.values)
            said = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(said)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inner:
            yield node.lineno, node.value


def find_banned(text: str) -> list[str]:
    """Give the phrases of the list that stand in a text, whatever their capitals."""
    return [phrase for phrase in BANNED if phrase in text.casefold()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_holds_a_banned_phrase(path: Path) -> None:
    """Every string of the code but its docstrings."""
    texts = _texts(ast.parse(path.read_text("utf-8")))

    assert [(line, found, text) for line, text in texts if (found := find_banned(text))] == []


@pytest.mark.parametrize("path", [*PAGES, *DATA], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_and_no_explanation_holds_a_banned_phrase(path: Path) -> None:
    """The playground's page, the templates of pages, and the answers to `why`, which are data."""
    assert find_banned(path.read_text("utf-8")) == []


def test_the_explanations_are_read() -> None:
    """They are there, with the columns whose sentences are shown."""
    heads = [next(csv.reader(path.read_text("utf-8").splitlines()))[1] for path in DATA]

    assert heads == ["title", "finding"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('say(f"{name} is to be had in {other}")', ["to be had"]),
        ('say("It is " "to be seen here")', ["to be seen"]),
        ('def f():\n    """It is to be had."""', []),
        ('say(f"Counts Moved By {n}")', ["counts moved by"]),
    ],
)
def test_strings_are_searched_as_they_are_read(code: str, found: list[str]) -> None:
    """Joined, with their values left open, in any capitals; a docstring is nobody's sentence."""
    assert [phrase for _, text in _texts(ast.parse(code)) for phrase in find_banned(text)] == found
