"""Which framework a model is in follows from evidence, strongest first; exports never make a framework."""

import pytest

from analytics.answer import Definition, Split
from analytics.attribution import Status, attribute, library_frameworks
from analytics.observations import Model

BERT_FILES = ("config.json", "flax_model.msgpack", "model.onnx", "pytorch_model.bin", "rust_model.ot", "tf_model.h5")


def model(**facts: object) -> Model:
    """Make a model of which only these facts are known."""
    return Model("org/name", **facts)  # type: ignore[arg-type] - keywords are checked by the dataclass at run time


@pytest.mark.parametrize(
    ("facts", "split", "frameworks"),
    [
        pytest.param(
            {"files": BERT_FILES}, Split.BOTH, ("PyTorch", "TensorFlow", "JAX"), id="files of three frameworks"
        ),
        pytest.param({"files": ("sub/adapter_model.bin",)}, Split.PYTORCH_ONLY, ("PyTorch",), id="adapter"),
        pytest.param({"files": ("saved_model.pb",)}, Split.TENSORFLOW_ONLY, ("TensorFlow",), id="saved model"),
        pytest.param(
            {"files": ("model.ckpt.index", "model.ckpt")},
            Split.TENSORFLOW_ONLY,
            ("TensorFlow",),
            id="TensorFlow's .ckpt",
        ),
        pytest.param({"files": ("epoch=3.ckpt",)}, Split.PYTORCH_ONLY, ("PyTorch",), id="Lightning's .ckpt"),
        pytest.param({"files": ("model.keras",)}, Split.NEITHER, ("Keras",), id="Keras 3 is its own class"),
        pytest.param(
            {"files": ("model.weights.h5", "metadata.json")}, Split.NEITHER, ("Keras",), id="Keras preset with metadata"
        ),
        pytest.param({"files": ("model.weights.h5",)}, Split.NEITHER, (), id="an .h5 without its metadata is unknown"),
        pytest.param(
            {"files": ("optimizer.pt", "training_args.bin")}, Split.NEITHER, (), id="leftovers of a training run"
        ),
        pytest.param({"files": ("model.gguf",), "library": "transformers"}, Split.NEITHER, (), id="GGUF is an export"),
        pytest.param({"files": ("model.pdparams",)}, Split.NEITHER, ("PaddlePaddle",), id="PaddlePaddle"),
        pytest.param(
            {"files": ("model.safetensors",), "library": "timm"},
            Split.PYTORCH_ONLY,
            ("PyTorch",),
            id="timm's safetensors",
        ),
        pytest.param(
            {"files": ("model.safetensors",), "library": "transformers", "tags": ("mlx",)},
            Split.NEITHER,
            ("MLX",),
            id="the tag mlx beats the library",
        ),
        pytest.param(
            {"files": ("model.safetensors",), "library": "keras-hub"},
            Split.NEITHER,
            ("Keras",),
            id="KerasHub's safetensors",
        ),
        pytest.param(
            {"files": ("m.nemo",), "library": "nemo"}, Split.PYTORCH_ONLY, ("PyTorch",), id="library alone, .nemo"
        ),
        pytest.param(
            {"files": ("weights.bin",), "tags": ("x", "y", "tf")},
            Split.TENSORFLOW_ONLY,
            ("TensorFlow",),
            id="a tag beside weights of an unknown kind",
        ),
        pytest.param(
            {"files": ("README.md",), "tags": ("tf",)}, Split.NEITHER, (), id="a tag in a repository without weights"
        ),
        pytest.param(
            {"files": ("pytorch_model.bin",), "tags": ("pytorch", "tf")},
            Split.PYTORCH_ONLY,
            ("PyTorch",),
            id="a tag that files contradict",
        ),
        pytest.param(
            {"tags": ("pytorch", "tf", "onnx")}, Split.BOTH, ("PyTorch", "TensorFlow"), id="tags, files not read"
        ),
        pytest.param({"tags": ("gguf",), "library": "transformers"}, Split.NEITHER, (), id="GGUF by its tag"),
        pytest.param(
            {"tags": ("keras",), "created_at": "2023-01-01T00:00:00Z"},
            Split.TENSORFLOW_ONLY,
            ("TensorFlow",),
            id="the tag keras before July 2024",
        ),
        pytest.param(
            {"tags": ("keras",), "created_at": "2025-01-01T00:00:00Z"},
            Split.NEITHER,
            ("Keras",),
            id="the tag keras since",
        ),
        pytest.param({}, Split.NEITHER, (), id="nothing known"),
    ],
)
def test_attributes_by_evidence(facts: dict[str, object], split: Split, frameworks: tuple[str, ...]) -> None:
    """Each kind of evidence gives the frameworks it supports and no others."""
    verdict = attribute(model(**facts))

    assert (verdict.split, verdict.frameworks) == (split, frameworks)


def test_says_what_it_assumes() -> None:
    """Safetensors that nothing explains count as PyTorch, visibly assumed."""
    verdict = attribute(model(files=("model.safetensors",), library="never-heard-of"))

    assert verdict.assumed
    assert verdict.evidence == "assumed: safetensors, library never-heard-of not known"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"files": ("README.md",)}, "no weights"),
        ({"files": ("a.onnx", "b.gguf")}, "conversion only: ONNX, GGUF"),
        ({"files": ("weights.bin",)}, "unknown"),
        ({}, "unknown: tags not known"),
    ],
)
def test_says_why_nothing_was_found(facts: dict[str, object], words: str) -> None:
    """No weights, an export and the unknown are different things and are told apart."""
    assert attribute(model(**facts)).remark == words


def test_a_proof_is_the_file_itself() -> None:
    """The evidence names the file that decided."""
    findings = attribute(model(files=BERT_FILES)).findings

    assert [(f.framework, f.status, f.evidence) for f in findings[:2]] == [
        ("PyTorch", Status.YES, "pytorch_model.bin"),
        ("TensorFlow", Status.YES, "tf_model.h5"),
    ]


def test_declared_reads_the_tags_and_nothing_else() -> None:
    """The article's rule: files, library and formats do not matter."""
    declared = attribute(model(files=BERT_FILES, tags=("pytorch", "safetensors"), library="keras"), Definition.DECLARED)

    assert declared.frameworks == ("PyTorch",)


def test_the_library_table_has_no_stray_values() -> None:
    """The table holds the library keys of November 2026, and the text None is a word, not a missing value."""
    table = library_frameworks()

    assert len(table) > 270
    assert table["transformers"] == ("PyTorch",)
    assert table["onnx"] == ()
    assert table["tensorboard"] == ()
