"""
Writes `analytics/reach/classes.csv`: the classes that released libraries have, read as text in their wheels.

    python -m tests.reach.read_classes FOLDER > analytics/reach/classes.csv

keeps the wheels in FOLDER. Read are the `__all__` of transformers' modules for TensorFlow and Flax, which is what the
package exports, and the names that `keras_hub.models` imports; of the versions that `types.csv` lists. Nothing is run.
"""

import ast
import csv
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from analytics.catalogues import Texts
from analytics.catalogues.syntax import modules, read_assignment
from analytics.reach.conversion_tables import read_shipped_listings
from analytics.sources.wheels import Wheels

HEAD = ("library", "version", "file", "classes")
KERAS_HUB = "keras_hub/models/__init__.py"

NO_MODEL = r"Pre[Tt]rained|(?:Layer|Embeddings?|Attention|FeatureEncoder|DecodeHead)$"
"""What is no model of its own in transformers: what classes share, and what they are made of."""

Names = Mapping[str, tuple[str, ...]]
"""By file: its classes, in order."""


def is_of_transformers(path: str) -> bool:
    """Tell which files are read of transformers: models for TensorFlow and Flax, the retired ones too."""
    return path.startswith("transformers/models/") and Path(path).name.startswith(("modeling_tf_", "modeling_flax_"))


def read_transformers(texts: Texts) -> Names:
    """Read each module's `__all__`, without what loads nothing: maps of names, abstract classes and parts of models."""
    named = {path: sorted(filter(_is_model, _list_exported(tree))) for path, tree in modules(texts)}
    return {path: tuple(names) for path, names in named.items() if names}


def _is_model(name: str) -> bool:
    return re.match(r"(?:TF|Flax)[A-Z]", name) is not None and not re.search(NO_MODEL, name)


def _list_exported(tree: ast.Module) -> Iterator[str]:
    for name, value in filter(None, map(read_assignment, tree.body)):
        if name == "__all__":
            yield from ast.literal_eval(value)


def read_keras_hub(texts: Texts) -> Names:
    """Read what the public module imports, by the folder it comes from."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, tree in modules(texts):
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                folder = PurePosixPath(*node.module.split(".")[:-1])
                found[str(folder)].update(one.asname or one.name for one in node.names)
    return {folder: tuple(sorted(names)) for folder, names in sorted(found.items())}


READERS = {
    "keras-hub": (KERAS_HUB.__eq__, read_keras_hub),
    "transformers": (is_of_transformers, read_transformers),
}


def list_rows(wheels: Wheels) -> Iterator[tuple[str, ...]]:
    """Give the rows of the table; raises SourceError where a wheel cannot be had."""
    versions = {row.library: row.version for row in read_shipped_listings().rows}
    for library, (wanted, read) in READERS.items():
        release = wheels.find(library, versions[library])
        for path, names in read(wheels.read(release, wanted).texts).items():
            yield library, release.version, path, " ".join(names)


def write(rows: Iterable[tuple[str, ...]]) -> None:
    """Print the table."""
    csv.writer(sys.stdout, lineterminator="\n").writerows([HEAD, *rows])


if __name__ == "__main__":
    write(list_rows(Wheels(Path(sys.argv[1]), os.environ)))
