"""
transformers: architectures per framework, as the folders of models that hold a file of that framework.

Beside them the distinct keys of `MODEL_MAPPING_NAMES` and of its TF_ and FLAX_ twins: today they name parts of models
too. Architectures, not checkpoints. The files of TensorFlow and Flax are gone since 5.0: there, none is a count.
"""

import ast
import re
from functools import partial

from analytics.catalogues import Count, NotCounted, Texts
from analytics.catalogues.syntax import literal_keys, parse_file, read_assignment

FOLDER = "transformers/models/auto/"
LISTS = {
    "PyTorch": ("modeling_auto.py", "MODEL_MAPPING_NAMES"),
    "TensorFlow": ("modeling_tf_auto.py", "TF_MODEL_MAPPING_NAMES"),
    "Flax": ("modeling_flax_auto.py", "FLAX_MODEL_MAPPING_NAMES"),
}
MODELLING = re.compile(r"transformers/models/(?!auto/)([^/]{1,100})/modeling_(tf_|flax_|)[^/]{1,100}\.py")
"""A model's folder and the prefix of its file; `auto` holds no model."""
PREFIXES = {"PyTorch": "", "TensorFlow": "tf_", "Flax": "flax_"}


def wants(path: str) -> bool:
    """Say which files are read."""
    return path in {FOLDER + file for file, _ in LISTS.values()}


def names(path: str) -> bool:
    """Say which files count by their name alone."""
    return MODELLING.fullmatch(path) is not None


def count(texts: Texts, framework: str) -> Count:
    """Count the model folders with a file of one framework."""
    if FOLDER + LISTS["PyTorch"][0] not in texts:
        raise NotCounted("the list of architectures is gone from where transformers keeps it")
    found = [match for match in map(MODELLING.fullmatch, texts) if match]
    if not any(match[2] == PREFIXES["PyTorch"] for match in found):
        raise NotCounted("no model's folder holds a file of the name we know")
    folders = {match[1] for match in found if match[2] == PREFIXES[framework]}
    return Count(len(folders), {KEYS: _count_keys(texts, framework)})


KEYS = "keys of its list of classes"


def _count_keys(texts: Texts, framework: str) -> int:
    file, name = LISTS[framework]
    if FOLDER + file not in texts:
        return 0
    tree = parse_file(file, texts[FOLDER + file])
    values = [value for found, value in filter(None, map(read_assignment, tree.body)) if found == name]
    keys = {key for value in values for key in read_keys(value)}
    if not keys:
        raise NotCounted(f"{file} has no {name} of the form we know")
    return len(keys)


pytorch, tensorflow, flax = (partial(count, framework=framework) for framework in LISTS)


def read_keys(value: ast.expr) -> list[str]:
    """Read the keys of `OrderedDict([("key", ...), ...])` and of a literal dict."""
    if isinstance(value, ast.Dict):
        return [key for key, _ in literal_keys(value)]
    lists = [node for node in ast.walk(value) if isinstance(node, ast.List)][:1]
    pairs = [pair for each in lists for pair in each.elts if isinstance(pair, ast.Tuple)]
    firsts = [pair.elts[0] for pair in pairs if pair.elts]
    return [first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)]
