"""
Which functions of the bot make messages, and which make what else people see: a view, a preview, a step's form.

Read from the code, so that a new one is known from its first day.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).parents[2]
MADE = ("Message", "messages.Message")
SHOWN_KEYS = {"entity_payload", "custom_title", "input_parameters"}
"""What Slack draws a preview, the details' refusal or a workflow step's form from."""

VIEWS = {"modal", "home"}
FRAME, FRAMES = "make_form", "bot.form_parts"
"""What frames every form, and where: whoever calls it makes a view, itself it shows nothing."""


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


def find_surfaces() -> set[str]:
    """Give what makes something to look at that is no message: public functions, and the step's own table."""
    return {f"{module}.{name}" for module, tree in parse_bot() if module != FRAMES for name in _name_makers(tree)}


def _name_makers(tree: ast.Module) -> Iterator[str]:
    """Name what a module makes views of, itself or by its private helpers; a table is a maker by its own name."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    helpers = {node.name for node in functions if node.name.startswith("_") and _shows(node)}
    for node in functions:
        if not node.name.startswith("_") and (_shows(node) or helpers & _name_called(node)):
            yield node.name
    yield from (ast.unparse(node.target) for node in tree.body if isinstance(node, ast.AnnAssign) and _shows(node))


def _name_called(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(call.func) for call in ast.walk(function) if isinstance(call, ast.Call)}


def _shows(tree: ast.AST) -> bool:
    """Tell whether something to look at is written out here, or put into the frame of a form."""
    frames = (isinstance(node, ast.Call) and ast.unparse(node.func) == FRAME for node in ast.walk(tree))
    return any(frames) or any(_is_shown(node) for node in ast.walk(tree) if isinstance(node, ast.Dict))


def _is_shown(written: ast.Dict) -> bool:
    """Tell by its keys; blocks alone are a thin preview, or what another app's answer is dressed in."""
    told = {key.value: value for key, value in zip(written.keys, written.values, strict=True) if _is_word(key)}
    kind = told.get("type")
    is_view = isinstance(kind, ast.Constant) and kind.value in VIEWS
    return is_view or bool(SHOWN_KEYS & told.keys()) or told.keys() == {"blocks"}


def _is_word(key: ast.expr | None) -> TypeGuard[ast.Constant]:
    return isinstance(key, ast.Constant)


def find_hidden() -> list[str]:
    """Give the classes that write out a view of their own, where no function has its name."""
    written = ((module, node) for module, tree in parse_bot() for node in tree.body if isinstance(node, ast.ClassDef))
    return [f"{module}.{node.name}" for module, node in written if node.name != "Message" and _shows(node)]
