"""Expressions of a foreign file, worked out from the syntax tree; what is understood is listed in `evaluator`."""

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from analytics.catalogues.unknown import (
    CHANGING,
    METHODS,
    Unknown,
    Unreadable,
    bound,
    compare_values,
    guard,
    hashable,
    holds_unknown,
    operate,
    spoil,
)

Names = dict[str, Any]
Own = Callable[[ast.FunctionDef, list[Any], dict[str, Any]], Any]
_EMPTY: Names = {}
ITERABLE = (list, tuple, dict, zip, enumerate, type(_EMPTY.items()), type(_EMPTY.keys()), type(_EMPTY.values()))


class Expressions:
    """
    Works out expressions.

    `functions` are those that may be called by name, `own` calls one of the file's own, `most_steps` bounds the work.
    """

    def __init__(self, functions: Mapping[str, Callable[..., Any]], own: Own, most_steps: int) -> None:
        self._functions = functions
        self._own = own
        self._steps = most_steps
        self.names: Names = {}
        self._kinds: Mapping[type, Callable[[Any, Names], Any]] = {
            ast.Constant: lambda node, _: bound(node.value),
            ast.Name: lambda node, names: names.get(node.id, self.names.get(node.id, Unknown())),
            ast.Tuple: lambda node, names: tuple(self._spread(node.elts, names)),
            ast.List: lambda node, names: list(self._spread(node.elts, names)),
            ast.Set: lambda node, names: {hashable(part) for part in self._spread(node.elts, names)},
            ast.Dict: self._dict,
            ast.JoinedStr: lambda node, names: bound("".join(self._text(part, names) for part in node.values)),
            ast.BinOp: lambda node, names: operate(node.op, self._of(node.left, names), self._of(node.right, names)),
            ast.UnaryOp: self._unary,
            ast.BoolOp: self._either,
            ast.Compare: self._compare,
            ast.IfExp: lambda node, names: self._of(node.body if self._true(node.test, names) else node.orelse, names),
            ast.DictComp: self._dict_of,
            ast.ListComp: self._list_of,
            ast.GeneratorExp: self._list_of,
            ast.Subscript: self._part,
            ast.Call: self._call,
        }

    def value(self, expression: ast.expr, names: Names | None = None) -> Any:
        """Work out one expression; `Unknown` if that cannot be done."""
        try:
            return self._of(expression, self.names if names is None else names)
        except Unreadable:
            return Unknown()

    def _of(self, expression: ast.expr, names: Names) -> Any:
        self._step()
        kind = self._kinds.get(type(expression))
        if kind is None:
            raise Unreadable
        return kind(expression, names)

    def _step(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise Unreadable

    def _true(self, test: ast.expr, names: Names) -> bool:
        return bool(self._of(test, names))

    def _unary(self, node: ast.UnaryOp, names: Names) -> Any:
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self._true(operand, names)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return -number
        raise Unreadable

    def _either(self, node: ast.BoolOp, names: Names) -> Any:
        found = self._of(node.values[0], names)
        for value in node.values[1:]:
            if bool(found) is isinstance(node.op, ast.Or):
                break
            found = self._of(value, names)
        return found

    def _compare(self, node: ast.Compare, names: Names) -> bool:
        if len(node.ops) > 1:
            raise Unreadable
        return compare_values(node.ops[0], self._of(node.left, names), self._of(node.comparators[0], names))

    def _dict(self, node: ast.Dict, names: Names) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                found[hashable(self.value(key, names))] = self.value(value, names)
                continue
            merged = self.value(value, names)
            # What an unknown dict holds may be anything: an unknown key says so.
            found |= merged if isinstance(merged, dict) else {Unknown(): Unknown()}
        return found

    def _dict_of(self, node: ast.DictComp, names: Names) -> dict[Any, Any]:
        turns = self._turns(node.generators, names)
        return {hashable(self.value(node.key, inner)): self.value(node.value, inner) for inner in turns}

    def _list_of(self, node: ast.ListComp | ast.GeneratorExp, names: Names) -> list[Any]:
        return [self.value(node.elt, inner) for inner in self._turns(node.generators, names)]

    def _turns(self, loops: list[ast.comprehension], names: Names) -> Iterator[Names]:
        """Give the names inside a comprehension, for every turn of its loops."""
        if not loops:
            yield names
            return
        for item in self._items(loops[0].iter, names):
            inner = {} if names is self.names else dict(names)
            self._assign(loops[0].target, item, inner)
            if all(self._true(test, inner) for test in loops[0].ifs):
                yield from self._turns(loops[1:], inner)

    def _items(self, expression: ast.expr, names: Names) -> list[Any]:
        found = self._of(expression, names)
        if not isinstance(found, ITERABLE):
            raise Unreadable
        return list(found)

    def _spread(self, parts: Iterable[ast.expr], names: Names) -> Iterator[Any]:
        for part in parts:
            if isinstance(part, ast.Starred):
                yield from self._items(part.value, names)
            else:
                yield self.value(part, names)

    def _text(self, part: ast.expr, names: Names) -> str:
        match part:
            case ast.Constant(value=str() as text):
                return text
            case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
                found = self._of(value, names)
                if isinstance(found, str | int | float):
                    return str(found)
        raise Unreadable

    def _part(self, node: ast.Subscript, names: Names) -> Any:
        holder = self._of(node.value, names)
        if not isinstance(holder, dict | list | tuple | str):
            return Unknown()
        if isinstance(node.slice, ast.Slice):
            bounds = (node.slice.lower, node.slice.upper, node.slice.step)
            return guard(operator.getitem, holder, slice(*(self._of(one, names) if one else None for one in bounds)))
        return guard(operator.getitem, holder, hashable(self._of(node.slice, names)))

    def _assign(self, target: ast.expr, value: Any, names: Names) -> None:
        match target:
            case ast.Name(id=name):
                names[name] = value
            case ast.Tuple(elts=targets) if isinstance(value, tuple | list) and len(value) == len(targets):
                for one, part in zip(targets, value, strict=True):
                    self._assign(one, part, names)
            case ast.Subscript(value=holder, slice=key) if isinstance(held := self._of(holder, names), dict):
                held[hashable(self.value(key, names))] = value
            case _:
                raise Unreadable

    # ------------------------------------------------------------------------------------------------------ calls

    def _call(self, call: ast.Call, names: Names) -> Any:
        arguments = list(self._spread(call.args, names))
        keywords = self._keywords(call.keywords, names)
        match call.func:
            case ast.Attribute(value=holder, attr=name):
                return self._method(self._of(holder, names), name, arguments, keywords)
            case ast.Name(id=name):
                found = names.get(name, self.names.get(name))
                if isinstance(found, ast.FunctionDef):
                    return self._own(found, arguments, keywords)
                if found is None and name in self._functions:
                    return self._call_built_in(self._functions[name], arguments, keywords)
        return Unknown()

    def _keywords(self, given: list[ast.keyword], names: Names) -> dict[str, Any]:
        keywords: dict[str, Any] = {}
        for keyword in given:
            if keyword.arg:
                keywords[keyword.arg] = self.value(keyword.value, names)
                continue
            spread = self._of(keyword.value, names)
            if not isinstance(spread, dict) or not all(isinstance(key, str) for key in spread):
                raise Unreadable
            keywords |= spread
        return keywords

    def _method(self, holder: Any, name: str, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        if isinstance(holder, Unknown) and name in ("deepcopy", "copy") and len(arguments) == 1:
            return self._call_built_in(self._functions["deepcopy"], arguments, {})
        if name not in METHODS.get(type(holder), ()):
            return Unknown()
        hidden = any(isinstance(one, Unknown) or holds_unknown(one) for one in arguments)
        if isinstance(holder, str) and hidden:
            return Unknown()
        if name in CHANGING and any(isinstance(one, Unknown) for one in arguments[:1]):
            spoil(holder)
        if name == "append":
            holder.append(*arguments)
            return None
        return self._call_built_in(getattr(holder, name), arguments, keywords)

    def _call_built_in(self, function: Callable[..., Any], arguments: list[Any], keywords: dict[str, Any]) -> Any:
        if any(isinstance(argument, Unknown) for argument in arguments[:1]):
            return Unknown()
        return guard(function, *arguments, **keywords)
