"""
Keras Applications: functions with a parameter `weights`, exported as `keras.applications.<Name>`.

A function is exported under one name or a list of aliases: functions are counted. `preprocess_input` and
`decode_predictions` are exported too and have no `weights`.
"""

import ast
import re

from analytics.catalogues import Count, NotCounted, Texts
from analytics.catalogues.syntax import modules, name_callee

FOLDERS = ("keras/src/applications/", "keras/applications/")
"""Of Keras 3 and before; in Keras 3 the second one holds only what the first exports."""
EXPORTED = re.compile(r"keras\.applications\.(\w+\.)?\w+")


def wants(path: str) -> bool:
    """Say which files are read."""
    return path.startswith(FOLDERS) and path.endswith(".py") and not path.endswith("_test.py")


def count(texts: Texts) -> Count:
    """Count functions."""
    folder = next((folder for folder in FOLDERS if any(path.startswith(folder) for path in texts)), "no folder")
    inside = {path: text for path, text in texts.items() if path.startswith(folder)}
    found = sum(_is_model(statement) for _, tree in modules(inside) for statement in tree.body)
    if not found:
        raise NotCounted("no model functions stand where Keras keeps them")
    return Count(found)


def _is_model(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.FunctionDef):
        return False
    arguments = statement.args
    takes_weights = any(argument.arg == "weights" for argument in (*arguments.args, *arguments.kwonlyargs))
    return takes_weights and any(_exports(decorator) for decorator in statement.decorator_list)


def _exports(decorator: ast.expr) -> bool:
    names = [node.value for node in ast.walk(decorator) if isinstance(node, ast.Constant)]
    return name_callee(decorator) == "keras_export" and any(
        isinstance(name, str) and EXPORTED.fullmatch(name) for name in names
    )
