"""
TorchVision: pre-trained weights.

From 0.13 on a member assigned `Weights(...)` in a class `X(WeightsEnum)`; `DEFAULT` and other names assigned a name
are aliases. Before, a key with an address in a module-level dict whose name ends in `model_urls`.
"""

import ast
from collections.abc import Iterator

from analytics.catalogues import Count, NotCounted, Texts
from analytics.catalogues.syntax import literal_keys, modules, name_callee, read_assignment


def wants(path: str) -> bool:
    """Say which files are read."""
    return path.startswith("torchvision/models/") and path.endswith(".py")


def count(texts: Texts) -> Count:
    """Count weights; `parts` names how many of them are quantised."""
    trees = list(modules(texts))
    found = [(path, name) for path, tree in trees for name in _members(tree)]
    found = found or sorted({(path, name) for path, tree in trees for name in _addresses(tree)})
    if not found:
        raise NotCounted("no weights stand where TorchVision keeps them")
    return Count(len(found), {"quantised": sum("/quantization/" in path for path, _ in found)})


def _members(tree: ast.Module) -> Iterator[str]:
    for enum in tree.body:
        if isinstance(enum, ast.ClassDef) and any(name_callee(base) == "WeightsEnum" for base in enum.bases):
            for pair in filter(None, map(read_assignment, enum.body)):
                if isinstance(pair[1], ast.Call) and name_callee(pair[1]) == "Weights":
                    yield f"{enum.name}.{pair[0]}"


def _addresses(tree: ast.Module) -> Iterator[str]:
    """Give the keys with an address; a null address is an architecture without weights."""
    for name, value in filter(None, map(read_assignment, tree.body)):
        if name.casefold().endswith("model_urls") and isinstance(value, ast.Dict):
            for key, address in literal_keys(value):
                if not (isinstance(address, ast.Constant) and address.value is None):
                    yield key
