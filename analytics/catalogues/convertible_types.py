"""
Model types that released libraries load from PyTorch's files, read from the text of their wheels; nothing is run.

KerasHub's if-chains that choose a converter, the TF_ and FLAX_ maps of transformers, the modules of mlx-lm's folder
`models` that define a `Model`, and its table of other names.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from analytics.catalogues import NotCounted, Texts
from analytics.catalogues.collection import Wheel
from analytics.catalogues.syntax import literal_keys, parse_file, read_assignment
from analytics.catalogues.transformers_auto import read_keys
from analytics.reach.conversion_tables import TIMM

Types = Mapping[str, tuple[str, ...]]
"""By framework: the model types, in order."""

KERAS_HUB = "keras_hub/src/utils/transformers/preset_loader.py"
KERAS_HUB_TIMM = "keras_hub/src/utils/timm/preset_loader.py"
AUTO = {
    "TensorFlow": ("transformers/models/auto/modeling_tf_auto.py", "TF_"),
    "JAX": ("transformers/models/auto/modeling_flax_auto.py", "FLAX_"),
}
MLX_MODELS, MLX_UTILS = "mlx_lm/models/", "mlx_lm/utils.py"
REMAPPING = "MODEL_REMAPPING"


@dataclass(frozen=True, slots=True)
class TypeList:
    """
    A library whose wheel lists types: its home, which release is asked for, which files are read, and how.

    `least` and `most`: how many types there can be in one framework if it was read rightly.
    """

    library: str
    address: str
    source: Wheel
    wanted: Callable[[str], bool]
    read: Callable[[Texts], Types]
    least: int
    most: int


def read_keras_hub(texts: Texts) -> Types:
    """Read the types of transformers and timm that KerasHub chooses a converter for, on each of its backends."""
    found = _list_chosen(KERAS_HUB, texts, "model_type")
    found += [f"{TIMM}{start}*" for start in _list_chosen(KERAS_HUB_TIMM, texts, "architecture")]
    return dict.fromkeys(("TensorFlow", "JAX"), tuple(sorted(set(found))))


def _list_chosen(path: str, texts: Texts, name: str) -> list[str]:
    """List what `name` is compared with in each `if` whose body assigns a converter; other ifs name no types."""
    tree = parse_file(path, _require(path, texts))
    choices = (node for node in ast.walk(tree) if isinstance(node, ast.If) and any(map(_is_choice, node.body)))
    found = [one for node in choices for one in _list_compared(node.test, name)]
    if not found:
        raise NotCounted(f"{path} names no type where its types stood")
    return found


def _is_choice(statement: ast.stmt) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return any(isinstance(target, ast.Attribute) and target.attr == "converter" for target in targets)


def _list_compared(test: ast.expr, name: str) -> Iterator[str]:
    """Read `name == "x"`, `name in ("x", ...)`, `name.startswith(...)`, and several joined by `or`."""
    match test:
        case ast.BoolOp(op=ast.Or(), values=values):
            for value in values:
                yield from _list_compared(value, name)
        case ast.Compare(left=ast.Name(id=left), ops=[ast.Eq() | ast.In()], comparators=[right]) if left == name:
            yield from _list_texts(right)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=left), attr="startswith"), args=[starts]) if left == name:
            yield from _list_texts(starts)


def _list_texts(node: ast.expr) -> Iterator[str]:
    nodes = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    yield from (one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str))


def read_transformers(texts: Texts) -> Types:
    """Read the keys of every TF_ and FLAX_ map: a type is listed if any class of it is."""
    return {name: tuple(sorted(_list_mapped(path, texts, start))) for name, (path, start) in AUTO.items()}


def _list_mapped(path: str, texts: Texts, start: str) -> set[str]:
    tree = parse_file(path, _require(path, texts))
    maps = filter(None, map(read_assignment, tree.body))
    named = [value for name, value in maps if name.startswith(start) and name.endswith("_NAMES")]
    return {key for value in named for key in read_keys(value)}


def read_mlx_lm(texts: Texts) -> Types:
    """Read the modules that define a `Model`, and the other names of them."""
    utils = parse_file(MLX_UTILS, _require(MLX_UTILS, texts))
    modules = {path: text for path, text in texts.items() if path.startswith(MLX_MODELS)}
    own = {path.rpartition("/")[2].removesuffix(".py") for path, text in modules.items() if _has_model(path, text)}
    tables = [value for name, value in filter(None, map(read_assignment, utils.body)) if name == REMAPPING]
    other = {key for table in tables if isinstance(table, ast.Dict) for key, _ in literal_keys(table)}
    return {"MLX": tuple(sorted(own | other))}


def _has_model(path: str, text: str) -> bool:
    """Tell whether a module has a `Model`, of its own or another's."""
    names = [name for node in parse_file(path, text).body for name in _list_named(node)]
    return "Model" in names


def _list_named(node: ast.stmt) -> Iterable[str]:
    match node:
        case ast.ClassDef(name=name):
            return (name,)
        case ast.ImportFrom(names=names):
            return tuple(one.asname or one.name for one in names)
    return ()


def _require(path: str, texts: Texts) -> str:
    if path not in texts:
        raise NotCounted(f"{path}, where its types stand, is not in the wheel")
    return texts[path]


def _is_of_mlx(path: str) -> bool:
    return path == MLX_UTILS or (path.startswith(MLX_MODELS) and path.endswith(".py"))


TYPE_LISTS = (
    TypeList(
        "keras-hub",
        "https://keras.io/keras_hub/",
        Wheel("keras-hub"),
        {KERAS_HUB, KERAS_HUB_TIMM}.__contains__,
        read_keras_hub,
        least=20,
        most=500,
    ),
    TypeList(
        "transformers",
        "https://github.com/huggingface/transformers",
        Wheel("transformers", "4.57.*"),  # the last versions with classes of TensorFlow and Flax
        {path for path, _ in AUTO.values()}.__contains__,
        read_transformers,
        least=20,
        most=300,
    ),
    TypeList(
        "mlx-lm",
        "https://github.com/ml-explore/mlx-lm",
        Wheel("mlx-lm"),
        _is_of_mlx,
        read_mlx_lm,
        least=50,
        most=2_000,
    ),
)
"""All of them."""
