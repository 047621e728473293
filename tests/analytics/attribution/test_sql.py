"""The rule in SQL says of every row what the rule in Python says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.attribution import attribute, rule
from analytics.attribution.file_names import UNREADABLE
from analytics.attribution.library_table import libraries
from analytics.domain.observations import Model
from tests.analytics.attribution.accuracy import labelled, sample_2026, top_2024, verdicts_2024
from tests.analytics.attribution.twin import in_python, in_sql

FOLDERS = ("", "", "sub/", "checkpoint-120/", "variables/", "m.mlpackage/Data/", "optimizer_0/", "a b/c.d/")
FILES = """
    pytorch_model.bin pytorch_model-00001-of-00002.bin adapter_model.bin model.pt model.pth model.pt2 m.nemo
    model.ckpt model.ckpt.index model.ckpt-9.meta tf_model.h5 saved_model.pb variables.index
    m.data-00000-of-00001 flax_model.msgpack diffusion_flax_model.msgpack _CHECKPOINT_METADATA manifest.ocdbt
    model.keras model.weights.h5 metadata.json my_model.h5 weights.hdf5 x.mlxfn m.pdparams m.joblib m.skops m.ubj.zip
    model.safetensors a.onnx a.gguf ggml-base.bin a.mlmodel weight.bin openvino_model.xml openvino_model.bin a.tflite
    a.pte rust_model.ot group1-shard1of2.bin model.bin vocabulary.txt vocabulary.json mlc-chat-config.json a.engine
    a.rkllm a.mxq optimizer.pt policy.optimizer.pth rng_state_0.pth training_args.bin zero_optim_states.pt
    tokenizer.model spiece.model data.csv.gz code.zip weights.pb weights.bin model.pkl m.zip config.json README.md
    __0_0.distcp tensor00000_000 MODEL.PT model.pt.txt model.safetensors.index.json .safetensors é.pt
    checkpoint model.ckpt.meta epoch=3-step=9.ckpt model.ckpt-9 frozen_graph.pb params.msgpack weights.bin weights.xml
    streaming_params_9 model.xyz LICENSE model.json Tokenizer.Model a.onnx_data a.gguf.part1of2 m.pth.tar
    İ.pt \u212a.KERAS
"""
NAMES = st.builds(
    str.__add__, st.sampled_from(FOLDERS), st.sampled_from([*FILES.split(), "odd\nname.pt", "it's.onnx", UNREADABLE])
)

TAGS = st.sampled_from(
    [tag for tag, _ in (*rule.HUB_TAGS, *rule.DECLARED_TAGS, *rule.CONVERSION_TAGS, *rule.DERIVATIVE_TAGS)]
    + [
        "safetensors",
        "mlx",
        "keras",
        "tensorboard",
        "transformers",
        "diffusers",
        "PyTorch",
        "TensorFlow",
        "llama",
        "en",
    ]
    + [f"base_model:{relation}:org/base" for relation, _ in rule.RELATIONS]
    + ["base_model:org/base", "base_model:", "base_model:merge:", "base_model:adapter", "it's", "", "stable-diffusion"]
)
KEYS = [library.key for library in libraries().values()]

SPELT = (
    *(str.upper, str.title, str.swapcase, lambda key: key.replace("-", "_"), lambda key: key.replace("-", " ")),
    *(lambda key: key.replace("-", "."), lambda key: f" {key}", lambda key: f"{key}.", lambda key: key + "\u200b"),
    *(lambda key: key.replace("k", "\u212a"), lambda key: key.replace("i", "\u0130"), lambda key: key * 2),
)
"""Ways to write a name otherwise: some are the same to the rule, some are not."""


def in_other_letters(names: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Write some of these names otherwise."""
    return names | st.builds(lambda name, spell: str(spell(name)), names, st.sampled_from(SPELT))


LIBRARIES = in_other_letters(st.sampled_from(["", "never heard of", "it's", "Scikit_Learn", "TIMM", *KEYS]))
DAYS = st.sampled_from(["2022-03-02T23:29:04.000Z", "2023-11-27", "2023-11-28", "2024-07-02", "2024-07-03T00:00:00Z"])
IDS = st.sampled_from(
    ["gpt2", "org/name", "org/name-GGUF", "org/llama-3-8B-bnb-4bit", "a/b-lora-x", "o/Merged", "x/y-AWQ"]
)


@st.composite
def repositories(draw: st.DrawFn) -> Model:
    """Draw a repository that no person would think of."""
    return Model(
        draw(IDS),
        library=draw(st.none() | LIBRARIES),
        created_at=draw(st.none() | DAYS),
        tags=draw(st.none() | st.lists(in_other_letters(TAGS) | LIBRARIES, max_size=9).map(tuple)),
        files=draw(st.none() | st.lists(NAMES, max_size=6).map(tuple)),
        header=draw(st.none() | st.sampled_from(["", "np", *rule.HEADERS])),
    )


@settings(max_examples=15, deadline=None)
@given(st.lists(repositories(), min_size=40, max_size=60))
def test_agrees_on_whatever_repositories_there_may_be(models: list[Model]) -> None:
    """Every output of every row is the same in both."""
    expected = [in_python(attribute(model)) for model in models]

    for model, ours, theirs in zip(models, expected, in_sql(models), strict=True):
        assert theirs == ours, model


def test_agrees_on_the_list_of_september_2024() -> None:
    """The 9,715 most downloaded models, conversions inheriting from base models among them."""
    models = top_2024()

    assert in_sql(models, inheriting=True) == [in_python(verdict) for verdict in verdicts_2024()]


def test_agrees_on_the_sample_and_on_the_labelled_models() -> None:
    """Libraries, file lists, headers and unknown tags of real repositories."""
    models = [*sample_2026(), *(one.model for one in labelled())]

    assert in_sql(models) == [in_python(attribute(model)) for model in models]


def test_a_model_that_names_itself_names_no_base() -> None:
    """In any case; what is no id is none either, and nothing is inherited of it."""
    tags = (
        "gguf",
        "base_model:Org/M",
        "base_model:",
        "base_model:a/b/c",
        "base_model:../x",
        "base_model:x" + "y" * 200,
    )
    models = [Model("org/m", tags=tags)]

    assert in_sql(models, inheriting=True) == [in_python(attribute(one)) for one in models]
    assert attribute(models[0]).bases == ()


def test_a_tag_that_a_pattern_would_take_for_a_library_is_none() -> None:
    """The dot of `transcribe.cpp` is a dot: behind `transcribexcpp` the library that follows counts."""
    models = [Model("org/m", tags=(tag, "transformers", "safetensors")) for tag in ("transcribe.cpp", "transcribexcpp")]

    assert in_sql(models) == [in_python(attribute(model)) for model in models]
    assert in_sql(models)[0] != in_sql(models)[1]


def test_a_query_without_bases_inherits_nothing() -> None:
    """A single pass streams: what depends on other rows is left to the second."""
    models = [Model("org/base", tags=("pytorch", "x")), Model("org/m", tags=("gguf", "base_model:quantized:org/base"))]

    assert [row[3] for row in in_sql(models)] == ["tags-for-files", "conversion"]
    assert [row[3] for row in in_sql(models, inheriting=True)] == ["tags-for-files", "inherited"]
