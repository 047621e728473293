"""Names need no key: each module and class has one of its own, and a function's says what it does."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = [path for package in ("analytics", "bot", "playground") for path in (ROOT / package).rglob("*.py")]
BESIDE = [path for folder in ("tests", "benchmarks", "docs") for path in (ROOT / folder).rglob("*.py")]
"""What is no part of the product, and is read and searched as much."""

PARTICIPLES = {
    *("said", "told", "shown", "known", "made", "given", "found", "written", "sent", "held", "meant", "seen", "kept"),
    *("taken", "chosen", "drawn", "done", "caught", "gone", "lost", "built", "begun", "brought", "hidden", "broken"),
}
VERBS = {"embed", "exceed", "feed", "need", "proceed", "seed", "settled"}
"""Verbs that end as participles do; and the barrier of the tests, which is known by its name (docs/testing.md)."""


WITH_STATEMENTS = ("body", "orelse", "finalbody", "handlers", "cases")
"""The parts of a statement, of a handler of exceptions and of a case in which others stand."""


@cache
def nodes(*, beside: bool = False) -> tuple[tuple[str, ast.AST], ...]:
    """Read every module once: each statement with the file's name; `beside`: of what is no part of the product."""
    paths = BESIDE if beside else MODULES
    trees = [(path.name, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]
    return tuple((name, node) for name, tree in trees for node in statements(tree))


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Give every statement below a node; no expression holds one, so none is gone into."""
    for inner in chain.from_iterable(getattr(node, part, ()) for part in WITH_STATEMENTS):
        if isinstance(inner, ast.stmt):
            yield inner
        yield from statements(inner)


def definitions(kind: type[ast.AST]) -> list[tuple[str, ast.AST]]:
    """Give what is defined anywhere, with the file's name."""
    return [(name, node) for name, node in nodes() if isinstance(node, kind)]


def test_no_two_modules_or_packages_have_one_name() -> None:
    """A traceback, a search and an editor's tab show the last part of a path only; a package is one of these names."""
    packages = [path.parent.name for path in MODULES if path.name == "__init__.py"]
    names = Counter([*packages, *(path.stem for path in MODULES if not path.name.startswith("__"))])

    assert len(packages) > 20
    assert [name for name, count in names.items() if count > 1] == []


def test_no_module_beside_the_product_has_the_name_of_another() -> None:
    """Tests, their helpers and benchmarks stand in the same tracebacks."""
    shared = {"__init__", "__main__", "conftest"}
    names = Counter(path.stem for path in (*MODULES, *BESIDE) if path.stem not in shared)

    assert [name for name, count in names.items() if count > 1] == []


def test_no_two_classes_have_one_name() -> None:
    """Whoever reads a name in a log or a type knows which is meant."""
    found = [node for _, node in (*nodes(), *nodes(beside=True)) if isinstance(node, ast.ClassDef)]
    names = Counter(node.name for node in found)

    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("kind", [ast.FunctionDef, ast.AsyncFunctionDef])
def test_no_function_is_named_by_what_came_out_of_it(kind: type[ast.AST]) -> None:
    """`_counted` and `named_models` say that; `_count` and `name_models` say what they do. Properties are nouns."""
    found = [
        f"{file}: {node.name}"  # type: ignore[attr-defined]  # a function has a name
        for file, node in definitions(kind)
        if not any("property" in ast.unparse(mark) for mark in node.decorator_list)  # type: ignore[attr-defined]
        and (word := node.name.strip("_").split("_")[0]) not in VERBS  # type: ignore[attr-defined]
        and (word in PARTICIPLES or word.endswith("ed"))
    ]

    assert found == []
