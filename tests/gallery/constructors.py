"""Which functions of the bot make messages: read from the code, so that a new one is known from its first day."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = ("Message", "messages.Message")
OTHER_SURFACES = {"bot.home_view.view"}
"""What people read that is no message: the Home tab is a view of its own."""


def parse_bot() -> Iterator[tuple[str, ast.Module]]:
    """Give every module of the bot by its name."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def find_constructors() -> set[str]:
    """Give the public functions that make a message or several forms of one, each by its full name."""
    functions = ((module, node) for module, tree in parse_bot() for node in tree.body)
    return {
        f"{module}.{node.name}"
        for module, node in functions
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _makes(node)
    }


def _makes(function: ast.FunctionDef) -> bool:
    written = ast.unparse(function.returns) if function.returns else ""
    return written.removeprefix("tuple[").removesuffix(", ...]") in MADE


def find_unnamed() -> list[str]:
    """Give where words are put into a message inside a class, so that no function has their name."""
    return [
        f"{module}: {ast.unparse(call)}"
        for module, tree in parse_bot()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in MADE and not _repeats(call)
    ]


def _repeats(call: ast.Call) -> bool:
    """Tell whether a message says no more than the words of another."""
    return bool(call.args) and ast.unparse(call.args[0]).endswith(".text")
