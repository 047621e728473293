"""What cannot be worked out of a foreign file, and the bounds on what can."""

import ast
import copy
import operator
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

MOST_LETTERS = 2_000
MOST_ITEMS = 50_000


class Unreadable(Exception):
    """This statement or expression cannot be worked out."""


class Unknown:
    """A value that could not be worked out: equal to nothing, neither true nor false."""

    def __bool__(self) -> NoReturn:
        raise Unreadable


SCALARS = (str, int, float, type(None), Unknown)


def unreadable(*_: Any) -> NoReturn:
    """Refuse."""
    raise Unreadable


def guard(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
    """Call something of Python's own; what it refuses cannot be worked out, nor what comes out too large."""
    try:
        return bound(function(*arguments, **keywords))
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError):
        raise Unreadable from None


def bound(value: Any) -> Any:
    """Refuse what has grown beyond reason."""
    if isinstance(value, str) and len(value) > MOST_LETTERS:
        raise Unreadable
    if isinstance(value, list | tuple | dict | set) and len(value) > MOST_ITEMS:
        raise Unreadable
    return value


def hashable(value: Any) -> Any:
    """Let pass what can be a key: a plain value or a flat tuple (hashing nested ones can take for ever)."""
    parts = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(part, SCALARS) for part in parts):
        raise Unreadable
    return value


def compare_values(op: ast.cmpop, left: Any, right: Any) -> bool:
    """Compare two known values, the left one plain."""
    if isinstance(left, Unknown) or isinstance(right, Unknown) or holds_unknown(right):
        raise Unreadable
    return bool(guard(COMPARISONS.get(type(op), unreadable), hashable(left), right))


def operate(op: ast.operator, left: Any, right: Any) -> Any:
    """Add, subtract, divide or merge two values."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return Unknown()
    return guard(OPERATORS.get(type(op), unreadable), left, right)


def holds_unknown(value: Any) -> bool:
    """Say whether a collection holds something unknown."""
    return isinstance(value, list | tuple | set | dict) and any(isinstance(one, Unknown) for one in value)


def spoil(holder: Any) -> None:
    """Mark what was changed in a way that is not known."""
    if isinstance(holder, dict):
        holder[Unknown()] = Unknown()
    else:
        holder.append(Unknown())


METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        {"split", "rsplit", "replace", "join", "startswith", "endswith", "lower", "upper", "strip", "lstrip", "rstrip"}
        | {"removeprefix", "removesuffix", "partition", "rpartition"}
    ),
    dict: frozenset({"items", "keys", "values", "get", "copy", "update", "pop", "setdefault"}),
    list: frozenset({"append", "extend", "copy"}),
}
CHANGING = frozenset({"update", "pop", "setdefault", "extend"})
"""Methods after which a collection is unknown if what they were given is."""

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "dict": dict,
    "list": list,
    "tuple": tuple,
    "set": lambda items: {hashable(item) for item in items},
    "len": len,
    "zip": zip,
    "enumerate": enumerate,
    "deepcopy": copy.deepcopy,
    "str": lambda value: value if isinstance(value, str) else unreadable(),
}
OPERATORS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.BitOr: operator.or_,
}
COMPARISONS: Mapping[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.Gt: operator.gt,
    ast.LtE: operator.le,
    ast.GtE: operator.ge,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
