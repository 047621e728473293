"""What the counters ask of a syntax tree; foreign code is parsed and never run."""

import ast
import warnings
from collections.abc import Iterator

from analytics.catalogues import NotCounted, Texts

MOST_LETTERS = 4_000_000
"""Letters of one source file at most; the longest that is read has some 300,000."""


def parse_file(path: str, text: str) -> ast.Module:
    """
    Parse one file.

    Raises:  NotCounted, if it is no Python of this interpreter, or so large or deep that parsing it is a danger.
    """
    if len(text) > MOST_LETTERS:
        raise NotCounted(f"{path} is too long to be read")
    try:
        with warnings.catch_warnings():
            # Old releases write backslashes that today's Python warns of.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as trouble:
        raise NotCounted(f"{path} cannot be read as Python ({type(trouble).__name__})") from None


def modules(texts: Texts) -> Iterator[tuple[str, ast.Module]]:
    """Parse every file, in the order of their paths."""
    for path in sorted(texts):
        yield path, parse_file(path, texts[path])


def read_assignment(statement: ast.stmt) -> tuple[str, ast.expr] | None:
    """Give name and value of `NAME = value` and `NAME: type = value`; None of anything else."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
    return None


def name_callee(expression: ast.expr) -> str:
    """Give the last name of what is called or named: `Weights` of `Weights(...)`, `_api.Weights(...)` and `Weights`."""
    match expression:
        case ast.Call(func=function):
            return name_callee(function)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def decorators(function: ast.stmt) -> tuple[str, ...]:
    """Name the decorators of a function, with or without arguments."""
    if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return tuple(name_callee(decorator) for decorator in function.decorator_list)
    return ()


def literal_keys(node: ast.Dict) -> list[tuple[str, ast.expr]]:
    """Give the keys that are literal strings, with their values; what is merged in with `**` has no key."""
    return [
        (key.value, value)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    ]
