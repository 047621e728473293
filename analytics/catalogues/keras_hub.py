"""
KerasHub: presets, the keys of module-level literal dicts in `*_presets.py` whose values are dicts with a handle.

A file may hold several dicts, and one may be merged into another with `**`: literal keys are counted, not the merged.
"""

import ast
from collections.abc import Iterator

from analytics.catalogues import Count, NotCounted, Texts
from analytics.catalogues.syntax import literal_keys, modules, read_assignment

HANDLE = "kaggle_handle"


def wants(path: str) -> bool:
    """Say which files are read."""
    return path.startswith("keras_hub/src/models/") and path.endswith("_presets.py")


def count(texts: Texts) -> Count:
    """Count presets; `parts` says how many handles they share."""
    found = [(path, *preset) for path, tree in modules(texts) for preset in _presets(tree)]
    if not found:
        raise NotCounted("no presets stand where KerasHub keeps them")
    names = {(path, name) for path, name, _ in found}
    return Count(len(names), {"handles": len({handle for _, _, handle in found})})


def _presets(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give name and handle of each preset."""
    for _, value in filter(None, map(read_assignment, tree.body)):
        for name, preset in literal_keys(value) if isinstance(value, ast.Dict) else []:
            if isinstance(preset, ast.Dict):
                yield from ((name, ast.unparse(handle)) for key, handle in literal_keys(preset) if key == HANDLE)
