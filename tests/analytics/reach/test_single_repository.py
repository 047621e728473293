"""What loads one repository into a framework it has no files of: the rule, case by case."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.attribution import attribute
from analytics.domain.answer import Origin
from analytics.domain.observations import Configuration, Model, Repository
from analytics.reach.conversion_tables import Listings, Part
from analytics.reach.outcomes import Obstacle, Reach, Sureness
from analytics.reach.single_repository import names_wanted, reach
from analytics.reach.weight_files import INDEX, ONE_FILE

ORIGIN = Origin("Hub", "model", "https://hub/api/models/org/m", "2026-11-23")
DAY = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
QWEN = Configuration("qwen3", ("Qwen3ForCausalLM",), dtypes=("BF16",), stems=("lm_head.weight", "model.embed_tokens"))
BERT = Configuration("bert", ("BertModel",), dtypes=("F32",), stems=("bert.embeddings", "bert.pooler"))


def into(
    framework: str,
    described: Configuration | None = QWEN,
    files: tuple[str, ...] = ("config.json", "model.safetensors"),
    library: str = "transformers",
    name: str = "org/m",
    listings: Listings | None = None,
) -> Reach:
    """Ask what converts a PyTorch repository of this configuration into a framework."""
    model = Model(name, library=library, tags=("safetensors", library), files=files)
    repository = Repository(model, model.id, DAY, ORIGIN, configuration=described)
    return reach(repository, attribute(model), framework, listings)


@pytest.mark.parametrize(
    ("framework", "library", "loader"),
    [("TensorFlow", "keras-hub", "Qwen3CausalLM"), ("JAX", "keras-hub", "Qwen3CausalLM"), ("MLX", "mlx-lm", "")],
)
def test_a_proven_type_loads_as_a_whole(framework: str, library: str, loader: str) -> None:
    """A decoder whose type and class were loaded and compared: proven, the whole model, by a named class."""
    best = into(framework).best

    assert best
    assert (best.row.library, best.sureness, best.part) == (library, Sureness.PROVEN, Part.WHOLE)
    assert loader in best.loader


@pytest.mark.parametrize(
    ("framework", "model_type", "architecture", "sureness"),
    [
        ("MLX", "phi3", "Phi3ForCausalLM", Sureness.PROVEN),
        ("MLX", "glm", "GlmForCausalLM", Sureness.WRONG),
        ("MLX", "minimax_m2", "MiniMaxM2ForCausalLM", Sureness.LISTED),
        ("MLX", "gpt2", "GPT2LMHeadModel", Sureness.PROVEN),
        ("MLX", "gemma3", "Gemma3ForConditionalGeneration", Sureness.PROVEN),
        ("MLX", "olmo", "OlmoForCausalLM", Sureness.LISTED),
        ("TensorFlow", "longformer", "LongformerForMaskedLM", Sureness.PROVEN),
        ("TensorFlow", "roformer", "RoFormerForCausalLM", Sureness.WRONG),
        ("JAX", "bloom", "BloomForCausalLM", Sureness.PROVEN),
    ],
)
def test_what_was_loaded_decides_how_sure_it_is(
    framework: str, model_type: str, architecture: str, sureness: Sureness
) -> None:
    """Equal is proven, other numbers are known to be wrong, and what no tiny checkpoint could try stays listed."""
    best = into(framework, Configuration(model_type, (architecture,), dtypes=("F32",))).best

    assert best
    assert best.sureness is sureness


@pytest.mark.parametrize(("stem", "obstacle"), [("wte.weight", None), ("transformer.wte", Obstacle.TENSOR_MISSING)])
def test_a_gpt2_loads_in_mlx_by_the_names_it_was_released_with(stem: str, obstacle: Obstacle | None) -> None:
    """mlx-lm knows none that begin with `transformer.`, as GPT2LMHeadModel saves them today."""
    described = Configuration("gpt2", ("GPT2LMHeadModel",), dtypes=("F32",), stems=(stem,))

    assert into("MLX", described).obstacle is obstacle


def test_a_head_is_loaded_by_the_old_transformers_first() -> None:
    """KerasHub loads the backbone alone, so for a classifier of tokens the older library is the better answer."""
    described = replace(BERT, architectures=("BertForTokenClassification",))
    found = into("TensorFlow", described)

    assert [one.row.library for one in found.conversions] == ["transformers", "keras-hub"]
    assert found.conversions[0].loader == "TFBertForTokenClassification"
    assert found.conversions[1].part is Part.BACKBONE


@pytest.mark.parametrize(
    ("described", "files", "obstacle"),
    [
        (None, ("config.json", "model.safetensors"), Obstacle.NOT_DESCRIBED),
        (None, ("model.safetensors",), Obstacle.NO_SUCH_FILE),
        (Configuration(), ("config.json", "model.safetensors"), Obstacle.NO_TYPE),
        (replace(QWEN, architectures=()), ("config.json", "model.safetensors"), Obstacle.NO_TYPE),
        (replace(QWEN, model_type="no_such"), ("model.safetensors",), Obstacle.NOT_LISTED),
        (replace(QWEN, quantisation="awq"), ("model.safetensors",), Obstacle.QUANTISED_UNTRIED),
        (replace(QWEN, quantisation=""), ("model.safetensors",), Obstacle.QUANTISED_UNTRIED),
        (replace(QWEN, dtypes=("BF16", "F8_E4M3")), ("model.safetensors",), Obstacle.ODD_NUMBERS),
        (replace(QWEN, adapter=True), ("model.safetensors",), Obstacle.ADAPTER),
        (QWEN, ("model.safetensors", "adapter_config.json"), Obstacle.ADAPTER),
        (QWEN, ("adapter_model.bin",), Obstacle.ADAPTER),
        (QWEN, ("config.json", "pytorch_lora_weights.bin"), Obstacle.ADAPTER),
        (QWEN, ("pytorch_model.bin",), Obstacle.NO_SUCH_FILE),
        (QWEN, ("weights/model.safetensors",), Obstacle.NO_SUCH_FILE),
        (replace(QWEN, stems=("transformer.wte",)), ("model.safetensors",), Obstacle.TENSOR_MISSING),
    ],
)
def test_what_stands_in_the_way_is_named(
    described: Configuration | None, files: tuple[str, ...], obstacle: Obstacle
) -> None:
    """Nothing is promised for what no library loads, and the reason is a fact and no sentence."""
    found = into("TensorFlow", described, files)

    assert (found.best, found.obstacle) == (None, obstacle)


def test_mxfp4_is_how_gpt_oss_was_published() -> None:
    """Its quantised files load; quantised another way was not tried, and not at all was refused."""
    described = Configuration("gpt_oss", ("GptOssForCausalLM",), "mxfp4", dtypes=("BF16", "U8"))

    assert into("TensorFlow", described).best
    assert into("TensorFlow", replace(described, quantisation="bitsandbytes")).obstacle is Obstacle.QUANTISED_UNTRIED
    assert (
        into("TensorFlow", replace(described, quantisation=None, dtypes=("BF16",))).obstacle is Obstacle.NOT_QUANTISED
    )


@pytest.mark.parametrize(
    ("framework", "model_type", "architecture", "method", "obstacle"),
    [
        ("MLX", "llama", "LlamaForCausalLM", "awq", None),
        ("MLX", "llama", "LlamaForCausalLM", "gptq", Obstacle.QUANTISED),
        ("TensorFlow", "llama", "LlamaForCausalLM", "awq", Obstacle.QUANTISED),
        ("JAX", "llama", "LlamaForCausalLM", "awq", Obstacle.QUANTISED),
        ("MLX", "deepseek_v3", "DeepseekV3ForCausalLM", "fp8", Obstacle.QUANTISED_UNTRIED),
        ("MLX", "bitnet", "BitNetForCausalLM", "bitnet", Obstacle.QUANTISED_UNTRIED),
        ("TensorFlow", "bert", "BertModel", "gptq", Obstacle.QUANTISED_UNTRIED),
        ("MLX", "no_such", "NoSuchForCausalLM", "gptq", Obstacle.NOT_LISTED),
    ],
)
def test_quantised_weights_are_as_they_were_tried(
    framework: str, model_type: str, architecture: str, method: str, obstacle: Obstacle | None
) -> None:
    """Equal is proven, refused or wrong does not convert, and what was not tried with this type is not known."""
    found = into(framework, Configuration(model_type, (architecture,), method, dtypes=("F16", "I32")))

    assert found.obstacle is obstacle
    assert [one.sureness for one in found.conversions] == ([] if obstacle else [Sureness.PROVEN])


def test_eight_bits_that_were_never_tried_are_not_known() -> None:
    """mlx-lm refused them of Llama; of another type nothing is known."""
    eight = Configuration("qwen3", ("Qwen3ForCausalLM",), eight_bits=True, quantisation="bitsandbytes")

    assert into("MLX", eight).obstacle is Obstacle.QUANTISED_UNTRIED


def test_code_of_its_own_is_not_checked() -> None:
    """A library would load the stock architecture in its place without a word."""
    best = into("TensorFlow", replace(QWEN, own_code=True)).best

    assert best
    assert best.sureness is Sureness.NOT_CHECKED


def test_the_hubs_tag_of_own_code_is_not_checked_either() -> None:
    """`custom_code` is what the Hub makes of `auto_map`; by tags such a repository never converts."""
    model = Model(
        "o/m", tags=("transformers", "safetensors", "custom_code"), files=("config.json", "model.safetensors")
    )
    found = reach(Repository(model, model.id, DAY, ORIGIN, configuration=QWEN), attribute(model), "TensorFlow")

    assert found.best
    assert found.best.sureness is Sureness.NOT_CHECKED


@pytest.mark.parametrize(
    ("library", "tags"), [("PEFT", ()), (None, ("peft", "safetensors")), ("Adapter_Transformers", ())]
)
def test_an_adapter_is_known_by_its_library_however_it_is_told(library: str | None, tags: tuple[str, ...]) -> None:
    """By an author's spelling, or by the tag that stands first where no library is named."""
    model = Model("o/m", library=library, tags=tags, files=("config.json", "model.safetensors"))
    found = reach(Repository(model, model.id, DAY, ORIGIN, configuration=QWEN), attribute(model), "TensorFlow")

    assert found.obstacle is Obstacle.ADAPTER


def test_sharded_weights_load_but_not_into_flax() -> None:
    """Flax's classes take one file only."""
    shards = (INDEX, "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
    described = Configuration("roberta", ("RobertaForTokenClassification",), dtypes=("F32",))

    assert "transformers" in {one.row.library for one in into("TensorFlow", described, shards).conversions}
    assert "transformers" not in {one.row.library for one in into("JAX", described, shards).conversions}


@pytest.mark.parametrize("numbers", [(0, 1), (2, 3), (1, 1)], ids=["from nought", "beyond the last", "one twice"])
def test_shards_are_whole_if_every_number_is_there(numbers: tuple[int, int]) -> None:
    """Two of two with a wrong number are not the two."""
    shards = tuple(f"model-{number:05}-of-00002.safetensors" for number in numbers)

    assert into("TensorFlow", files=("config.json", INDEX, *shards)).obstacle is Obstacle.NO_SUCH_FILE


def test_a_bert_without_its_pooler_is_refused_by_kerashub() -> None:
    """Files saved for fill-mask lack the tensor it asks for; the older library loads them."""
    described = Configuration("bert", ("BertForTokenClassification",), stems=("bert.embeddings", "classifier.bias"))

    assert [one.row.library for one in into("TensorFlow", described).conversions] == ["transformers"]


def test_a_header_that_was_not_read_decides_nothing() -> None:
    """What is not known is no reason to refuse."""
    assert into("TensorFlow", replace(QWEN, stems=None)).best


def test_timm_is_known_by_the_name() -> None:
    """Its repositories name no model type; the architecture stands before the first dot of the name."""
    found = into("TensorFlow", Configuration(), library="timm", name="timm/resnet50.a1_in1k")

    assert found.best
    assert found.best.row.model_type == "timm:resnet*"


def test_the_file_that_decides_is_named() -> None:
    """The index of sharded weights, else the one file; nothing where no library lists the type, or all is read."""
    model = Model("org/m", files=("model-00001-of-00001.safetensors", INDEX))
    sharded = Repository(model, model.id, DAY, ORIGIN, configuration=replace(QWEN, stems=None))
    whole = replace(sharded, model=replace(model, files=("model.safetensors",)))

    assert names_wanted(sharded) == "model.safetensors.index.json"
    assert names_wanted(whole) == "model.safetensors"
    assert names_wanted(replace(whole, configuration=QWEN)) is None
    assert names_wanted(replace(whole, configuration=Configuration("t5gemma", ("T5GemmaModel",)))) == ONE_FILE
    assert names_wanted(replace(whole, configuration=Configuration("no_such", ("NoSuchModel",)))) is None
