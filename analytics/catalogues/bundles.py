"""Module-level `NAME = SomethingBundle(...)`: how TorchText and TorchAudio publish what is pre-trained."""

import ast
from collections.abc import Iterator

from analytics.catalogues import Texts
from analytics.catalogues.syntax import assigned, called, modules


def bundles(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """Give path, name and class of each; class names may begin with `_`, their ending is `Bundle`."""
    for path, tree in modules(texts):
        for name, value in filter(None, map(assigned, tree.body)):
            if isinstance(value, ast.Call) and called(value).endswith("Bundle"):
                yield path, name, called(value)
