"""
A few statements of a foreign file, worked out from its syntax tree: nothing of it is imported or run.

Understood are constants, names, dicts, lists, comprehensions, f-strings, plain operators, loops, the methods of
strings, dicts and lists and the functions that `unknown` lists, and the file's own helper functions. Whatever else
comes is `Unknown`; what an unknown would decide (a branch, a loop) cannot be worked out, and what it would have changed
becomes unknown as a whole: a value that is given is certain. Steps, depth and sizes are bounded.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from analytics.catalogues.expressions import Expressions, Names
from analytics.catalogues.unknown import FUNCTIONS, Unknown, Unreadable, operate

MOST_STEPS = 2_000_000
MOST_DEPTH = 40


class _Returned(Exception):
    def __init__(self, value: Any) -> None:
        self.value = value


class Evaluator(Expressions):
    """
    Works out the names of one module, statement by statement.

    `given` are functions the module imports, by name, with what they are taken to do.
    """

    def __init__(self, given: Mapping[str, Callable[..., Any]]) -> None:
        super().__init__({**FUNCTIONS, **given}, self._helper, MOST_STEPS)
        self._depth = 0

    def module(self, tree: ast.Module) -> Names:
        """Go through a module; gives its names with their values, `Unknown` where they could not be worked out."""
        for statement in tree.body:
            try:
                self._run(statement, self.names)
            except (Unreadable, _Returned, RecursionError):
                _forget(statement, self.names)
        return self.names

    def _all(self, statements: Iterable[ast.stmt], names: Names) -> None:
        for statement in statements:
            self._run(statement, names)

    def _run(self, statement: ast.stmt, names: Names) -> None:
        self._step()
        match statement:
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._store(statement, names)
            case ast.For() | ast.If():
                self._branch(statement, names)
            case ast.FunctionDef(name=name):
                names[name] = statement
            case ast.ImportFrom(names=imported):
                # What a function of ours stands for (deepcopy, generate_default_cfgs) is known; the rest is not.
                names |= {each.asname or each.name: Unknown() for each in imported if each.name not in self._functions}
            case ast.Expr(value=value):
                self._of(value, names)
            case ast.Return(value=value):
                raise _Returned(self._of(value, names) if value else None)
            case ast.Pass() | ast.Import() | ast.ClassDef() | ast.Assert():
                pass
            case _:
                raise Unreadable

    def _store(self, statement: ast.Assign | ast.AnnAssign | ast.AugAssign, names: Names) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                found = self.value(value, names)
                for target in targets:
                    self._assign(target, found, names)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, self.value(value, names), names)
            case ast.AugAssign(target=ast.Name() as target, op=op, value=value):
                self._assign(target, operate(op, self._of(target, names), self._of(value, names)), names)
            case ast.AugAssign():
                raise Unreadable

    def _branch(self, statement: ast.For | ast.If, names: Names) -> None:
        if isinstance(statement, ast.If):
            self._all(statement.body if self._true(statement.test, names) else statement.orelse, names)
            return
        for item in self._items(statement.iter, names):
            self._assign(statement.target, item, names)
            self._all(statement.body, names)
        self._all(statement.orelse, names)

    def _helper(self, function: ast.FunctionDef, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        if self._depth >= MOST_DEPTH or function.decorator_list:
            raise Unreadable
        self._depth += 1
        try:
            self._all(function.body, self._bound(function.args, arguments, keywords))
        except _Returned as returned:
            return returned.value
        finally:
            self._depth -= 1
        return None

    def _bound(self, expected: ast.arguments, arguments: list[Any], keywords: dict[str, Any]) -> Names:
        """Give a function's parameters their values; starred ones but `**kwargs` are not understood."""
        places = [argument.arg for argument in (*expected.posonlyargs, *expected.args)]
        named = {*places, *(argument.arg for argument in expected.kwonlyargs)}
        rest = {name: value for name, value in keywords.items() if name not in named}
        if len(arguments) > len(places) or expected.vararg or (rest and not expected.kwarg):
            raise Unreadable
        defaults = zip(places[::-1], expected.defaults[::-1], strict=False)
        bound = {name: self.value(default) for name, default in defaults}
        only = zip(expected.kwonlyargs, expected.kw_defaults, strict=True)
        bound |= {argument.arg: self.value(default) for argument, default in only if default}
        bound |= dict(zip(places, arguments, strict=False)) | {n: v for n, v in keywords.items() if n in named}
        return bound | ({expected.kwarg.arg: rest} if expected.kwarg else {})


def _forget(statement: ast.stmt, names: Names) -> None:
    """Make unknown every name that a failed statement assigns, changes or could have changed."""
    for node in ast.walk(statement):
        match node:
            case (
                ast.Name(id=name, ctx=ast.Store() | ast.Del())
                | ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del())
                | ast.Call(func=ast.Attribute(value=ast.Name(id=name)))
            ):
                names[name] = Unknown()
            case ast.Call(args=arguments):
                names |= {one.id: Unknown() for one in arguments if isinstance(one, ast.Name)}
