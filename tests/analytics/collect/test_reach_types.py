"""`collect reach` from a package index on this machine: what is read of wheels, refused, kept, and only listed."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.catalogues.convertible_types import KERAS_HUB, KERAS_HUB_TIMM, read_keras_hub, read_mlx_lm
from analytics.catalogues.listed_types import merge_listings
from analytics.collect.reach_collector import collect_types
from analytics.domain.observations import Configuration, Model
from analytics.domain.reading_kinds import REACH_TYPES
from analytics.errors import SourceError
from analytics.reach.conversion_tables import find_loads, find_wrong, read_shipped_listings
from analytics.reach.outcomes import Sureness
from analytics.reach.single_repository import reach
from analytics.reach.tag_rule import Tagged, judge_tags
from analytics.sources.wheels import Wheels
from tests.analytics.reach.test_single_repository import QWEN, into
from tests.forked_command import installer
from tests.loopback.package_index import PackageIndex, wheel
from tests.loopback.wheel_shelf import WheelShelf

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def listed(library: str, framework: str) -> list[str]:
    """Name the types of the shipped table."""
    rows = read_shipped_listings().rows
    return [row.model_type for row in rows if (row.library, row.framework) == (library, framework)]


EVERY = 'def f(self):\n    if architecture.startswith(""):\n        self.converter = c\n'

KERAS = [name for name in listed("keras-hub", "TensorFlow") if not name.startswith("timm:")]
MLX = listed("mlx-lm", "MLX")


def keras_hub(types: Sequence[str]) -> dict[str, str]:
    """Make the two files of KerasHub that choose a converter."""
    first, *rest = types
    arms = "".join(
        f'    elif model_type == "{name}":\n        self.converter = convert_{n}\n' for n, name in enumerate(rest)
    )
    chain = f'    if model_type in ("{first}",):\n        self.converter = convert_x\n{arms}'
    odd = '    if model_type == "no_type":\n        pass\n    if architecture != "ViTModel":\n        pass\n'
    timm = '    if architecture.startswith(("csp", "dark")):\n        self.converter = c\n'
    return {KERAS_HUB: f"def f(self):\n{chain}{odd}", KERAS_HUB_TIMM: f"def f(self):\n{timm}"}


def auto(start: str, types: Sequence[str]) -> str:
    """Make a file of maps as transformers writes them."""
    half = len(types) // 2
    pairs = [", ".join(f'("{name}", "X")' for name in part) for part in (types[:half], types[half:])]
    return (
        f"{start}A_NAMES = OrderedDict([{pairs[0]}])\n{start}B_NAMES = OrderedDict([{pairs[1]}])\nCONFIG_NAMES = {{}}\n"
    )


def transformers() -> dict[str, str]:
    """Make the two files of transformers."""
    files = {"tf": ("TF_", "TensorFlow"), "flax": ("FLAX_", "JAX")}
    return {
        f"transformers/models/auto/modeling_{name}_auto.py": auto(start, listed("transformers", framework))
        for name, (start, framework) in files.items()
    }


def mlx_lm(types: Sequence[str]) -> dict[str, str]:
    """Make mlx-lm: a module a type, the last by another name, and a helper that is no model."""
    modules = {f"mlx_lm/models/{name}.py": "class Model:\n    pass\n" for name in types[:-2]}
    modules |= {f"mlx_lm/models/{types[-2]}.py": "from .llama import Model\n", "mlx_lm/models/rope.py": "x = 1\n"}
    return modules | {"mlx_lm/utils.py": f'MODEL_REMAPPING = {{"{types[-1]}": "llama"}}\n'}


@dataclass
class TypeWorld:
    """An index and a data folder; with `installer` pip fetches the wheels, in seconds."""

    index: PackageIndex
    analyst: Analyst
    folder: Path
    installer: bool = False

    def collect(self, *, accept: bool = False) -> dict[str, str]:
        """Collect; gives the sentences by library."""
        wheels: Any = (
            Wheels(self.folder, self.index.environment, installer()) if self.installer else WheelShelf(self.index)
        )
        context = replace(self.analyst.context, clock=lambda: DAY)
        said = collect_types(wheels, context, accept=accept)
        return {sentence.replace(":", " ").split()[0]: sentence for sentence in said}

    @property
    def kept(self) -> dict[str, Any]:
        """What is stored."""
        reading = self.analyst.context.readings.newest(REACH_TYPES)
        return dict(reading.body) if reading else {}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TypeWorld]:
    """Start with the releases that the shipped table is of."""
    with PackageIndex() as index:
        index.add(wheel("keras-hub", "0.32.0", keras_hub(KERAS)))
        index.add(wheel("transformers", "4.57.6", transformers()))
        index.add(wheel("transformers", "5.9.0", {}))
        index.add(wheel("mlx-lm", "0.32.2", mlx_lm(MLX)))
        analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY)
        yield TypeWorld(index, analyst, tmp_path / "wheels")
        analyst.close()


def test_the_types_of_every_library_are_read_with_version_and_day(world: TypeWorld) -> None:
    """Through the installer: of transformers the last with these classes, not the newest."""
    world.installer = True
    world.collect()

    assert {library: read["version"] for library, read in world.kept.items()} == {
        "keras-hub": "0.32.0",
        "transformers": "4.57.6",
        "mlx-lm": "0.32.2",
    }
    assert world.kept["keras-hub"]["released"] == "2026-11-01"
    assert set(world.kept["transformers"]["types"]["JAX"]) == set(listed("transformers", "JAX"))
    assert set(world.kept["mlx-lm"]["types"]["MLX"]) == set(MLX)


def test_other_comparisons_are_no_types() -> None:
    """Only an `if` that chooses a converter names one; a module without a Model is none."""
    assert read_keras_hub(keras_hub(["bert", "llama"]))["JAX"] == ("bert", "llama", "timm:csp*", "timm:dark*")
    assert read_mlx_lm(mlx_lm(["a", "b", "c"])) == {"MLX": ("a", "b", "c")}


def test_a_newer_release_is_only_listed_until_it_was_loaded(world: TypeWorld) -> None:
    """Proven before, listed now; a new type is listed; what was silently wrong is still warned of."""
    world.index.add(wheel("keras-hub", "0.33.0", keras_hub([*KERAS, "brand_new"])))
    said = world.collect()["keras-hub"]
    listings = merge_listings(world.analyst.context.readings.newest(REACH_TYPES))
    llama = Model("o/m", tags=("transformers", "safetensors", "llama"), task="text-generation")

    assert "new and only listed: brand_new" in said
    assert "0.33.0 not yet" in said
    assert [row.version for row in listings.find("TensorFlow", "brand_new")] == ["0.33.0"]
    assert judge_tags(llama, "TensorFlow") is Tagged.PROVEN
    assert judge_tags(llama, "TensorFlow", listings) is Tagged.LISTED
    assert judge_tags(llama, "MLX", listings) is Tagged.PROVEN
    (row,) = listings.find("TensorFlow", "llama")
    assert find_loads(row) == ()
    assert find_wrong(row) == find_wrong(read_shipped_listings().find("TensorFlow", "llama")[0]) != ()


def test_one_model_falls_back_to_listed_too(world: TypeWorld) -> None:
    """The same repository, before and after the release."""
    world.index.add(wheel("keras-hub", "0.33.0", keras_hub([*KERAS, "brand_new"])))
    world.collect()
    listings = merge_listings(world.analyst.context.readings.newest(REACH_TYPES))
    shown = into("TensorFlow").best
    repository, verdict = of_qwen()
    best = reach(repository, verdict, "TensorFlow", listings).best

    assert shown
    assert best
    assert (shown.sureness, best.sureness) == (Sureness.PROVEN, Sureness.LISTED)
    assert best.row.version == "0.33.0"


def of_qwen() -> tuple[Any, Any]:
    """Make a repository of Qwen 3, and its verdict."""
    from analytics.attribution import attribute
    from analytics.domain.answer import Origin
    from analytics.domain.observations import Repository

    model = Model("o/m", library="transformers", tags=("transformers", "safetensors"), files=("model.safetensors",))
    origin = Origin("Hub", "model", "https://hub", "2026-11-23")
    described: Configuration = QWEN
    return Repository(model, "o/m", DAY, origin, configuration=described), attribute(model)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "is not in the wheel"),
        ({KERAS_HUB: "def f(:", KERAS_HUB_TIMM: ""}, "cannot be read as Python"),
        (keras_hub(KERAS[:18]), "the list is half as long as the last"),
        (keras_hub(KERAS[:3]), "20 to 500 are plausible"),
        (keras_hub([f"t{n}" for n in range(600)]), "20 to 500 are plausible"),
        (keras_hub(KERAS) | {KERAS_HUB_TIMM: "x = 1\n"}, f"{KERAS_HUB_TIMM} names no type where its types stood"),
        (keras_hub([*KERAS, "x" * 9_000]), "is no model type"),
        (keras_hub([*KERAS, "$(touch x)"]), "“$(touch x)” among those for TensorFlow is no model type"),
        (keras_hub(KERAS) | {KERAS_HUB_TIMM: EVERY}, "“timm:*” among those for TensorFlow is no model type"),
    ],
    ids=[
        *("no such file", "no Python", "half as long", "hardly any", "far too many", "nothing of timm"),
        *("a long name", "a command", "every architecture"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words_and_the_last_reading_stays(
    world: TypeWorld, files: dict[str, str], why: str
) -> None:
    """The others are read all the same."""
    world.collect()
    before = world.kept["keras-hub"]
    world.index.add(wheel("keras-hub", "0.33.0", files))

    said = world.collect()

    assert said["keras-hub"].startswith("keras-hub: REFUSED, ")
    assert why in said["keras-hub"]
    assert world.kept["keras-hub"]["types"] == before["types"]
    assert world.kept["keras-hub"]["version"] == "0.32.0"
    assert said["mlx-lm"].startswith("mlx-lm 0.32.2: ")


def test_types_that_come_twice_count_once_and_lost_ones_are_named(world: TypeWorld) -> None:
    """A list that lost a few is believed, and says so: where its layout changed, a person sees it."""
    world.collect()
    world.index.add(wheel("keras-hub", "0.33.0", keras_hub([*KERAS[1:], *KERAS[1:]])))

    said = world.collect()["keras-hub"]

    assert f"{len(KERAS) - 1 + 2} for TensorFlow" in said
    assert f"no longer listed: {KERAS[0]};" in said


@pytest.mark.parametrize("spoil", [lambda data: data[:-30], lambda data: data[:40], lambda data: b"<html>" + data[6:9]])
def test_a_damaged_wheel_is_refused_and_the_last_reading_stays(
    world: TypeWorld, spoil: Callable[[bytes], bytes]
) -> None:
    """Cut off behind or before the files, or a web page."""
    world.collect()
    world.index.add(wheel("keras-hub", "0.33.0", keras_hub(KERAS)))
    (path,) = (path for path in world.index.files if path.startswith("/files/keras_hub-0.33.0"))
    world.index.files[path] = spoil(world.index.files[path])

    said = world.collect()["keras-hub"]

    assert said.startswith("keras-hub: REFUSED, ")
    assert "Traceback" not in said
    assert world.kept["keras-hub"]["version"] == "0.32.0"


def test_a_first_reading_is_held_against_the_shipped_table(world: TypeWorld) -> None:
    """Nothing was stored before, and half of what is shipped is refused; a person may take it."""
    world.index.add(wheel("keras-hub", "0.33.0", keras_hub(KERAS[:18])))

    assert "half as long" in world.collect()["keras-hub"]
    assert world.collect(accept=True)["keras-hub"].startswith("keras-hub 0.33.0: 20 for TensorFlow")


def test_an_index_out_of_reach_stores_nothing(world: TypeWorld) -> None:
    """Where no library can be read the last reading stays as it is."""
    world.collect()
    before = world.kept
    world.index.files.clear()

    with pytest.raises(SourceError):
        world.collect()
    assert world.kept == before
