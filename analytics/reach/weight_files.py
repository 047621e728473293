"""How the weights lie in the root of a repository, by the names of its files."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from analytics.attribution.telling_names import MOST_FILES

ONE_FILE, INDEX, CONFIG = "model.safetensors", "model.safetensors.index.json", "config.json"


class Weights(StrEnum):
    """How the weights lie in the root of a repository; libraries look for some of these only."""

    ONE_FILE = "model.safetensors"
    SHARDS = "sharded safetensors"
    NO_INDEX = "sharded safetensors without their index"
    PICKLE = "pytorch_model.bin"
    PICKLE_SHARDS = "sharded pytorch_model.bin"


_SHARD = re.compile(
    r"(?:model(?=.*[.]safetensors$)|pytorch_model(?=.*[.]bin$))-(?P<number>\d{5,6})-of-(?P<of>\d{5,6})[.](?P<ending>\w+)"
)


def find_weights(files: Iterable[str]) -> frozenset[Weights]:
    """Tell how the weights lie in the root; of shards, all have to be there, as far as the list of files goes."""
    files = frozenset(files)
    found = {kind for kind in (Weights.ONE_FILE, Weights.PICKLE) if kind.value in files}
    shards = Counter(
        (match["of"], match["ending"])
        for match in map(_SHARD.fullmatch, files)
        if match and 1 <= int(match["number"]) <= int(match["of"])
    )
    is_cut = len(files) >= MOST_FILES
    found |= {_sort_shards(files, ending) for (of, ending), held in shards.items() if is_cut or held == int(of)}
    return frozenset(found)


def _sort_shards(files: frozenset[str], ending: str) -> Weights:
    if ending == "bin":
        return Weights.PICKLE_SHARDS
    return Weights.SHARDS if INDEX in files else Weights.NO_INDEX


def lacks_config(files: Sequence[str] | None) -> bool:
    """Tell whether weights lie in the root without config.json, which every library looks for."""
    return bool(files and find_weights(files)) and CONFIG not in (files or ()) and len(files or ()) < MOST_FILES


def has_type_of_gguf(files: Iterable[str]) -> bool:
    """Tell whether what the Hub says of the type can only be out of GGUF's own header, which no library asks."""
    return CONFIG not in files and any(file.lower().endswith(".gguf") for file in files)
