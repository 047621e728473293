"""Module-level `NAME = SomethingBundle(...)`: how TorchText and TorchAudio publish what is pre-trained."""

import ast
from collections.abc import Iterator

from analytics.catalogues import Texts
from analytics.catalogues.syntax import modules, name_callee, read_assignment


def bundles(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """Give path, name and class of each; class names may begin with `_`, their ending is `Bundle`."""
    for path, tree in modules(texts):
        for name, value in filter(None, map(read_assignment, tree.body)):
            if isinstance(value, ast.Call) and name_callee(value).endswith("Bundle"):
                yield path, name, name_callee(value)
