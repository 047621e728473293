"""Which framework a model is in follows from evidence, strongest first; exports never make a framework."""

import subprocess
import sys

import pytest

from analytics.attribution import Derivative, Remark, Status, Tier, attribute, attribute_all, library_frameworks
from analytics.domain.counts import Split
from analytics.domain.observations import Model
from analytics.domain.requests import Definition
from tests.analytics.attribution.twin import remark_of

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
            Split.PYTORCH_ONLY,
            ("PyTorch",),
            id="Keras writes no safetensors",
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


@pytest.mark.parametrize(
    ("facts", "evidence"),
    [
        ({"files": ("model.safetensors",), "header": "pt"}, "safetensors header says pt"),
        ({"files": ("model.safetensors",), "library": "timm"}, "safetensors, library timm is PyTorch"),
        ({"tags": ("timm", "safetensors")}, "safetensors, library timm is PyTorch"),
        ({"tags": ("x",), "library": "pyannote-audio"}, "assumed: library pyannote-audio is PyTorch"),
        (
            {"files": ("m.gguf",), "tags": ("gguf", "base_model:quantized:Qwen/Qwen3-8B")},
            "conversion only: GGUF of Qwen/Qwen3-8B",
        ),
        ({"files": ("pytorch_model.bin",), "tags": ("x", "tf")}, "pytorch_model.bin; tag tf, but no such file found"),
        (
            {"tags": ("gguf", "llama", "pytorch")},
            "conversion only: GGUF; the author's tag pytorch, not set from a file",
        ),
    ],
)
def test_says_on_what_evidence(facts: dict[str, object], evidence: str) -> None:
    """Every verdict carries its evidence in words, and what contradicts it."""
    assert attribute(model(**facts)).evidence == evidence


@pytest.mark.parametrize(
    ("facts", "tier"),
    [
        ({"files": ("a.pt", "model.safetensors"), "library": "keras-hub"}, Tier.FILES),
        ({"tags": ("pytorch", "tf")}, Tier.TAGS_FOR_FILES),
        ({"files": ("tf_model.h5", "model.safetensors"), "library": "transformers"}, Tier.LIBRARY),
        ({"files": ("tf_model.h5", "model.safetensors")}, Tier.ASSUMED),
        ({"files": ("model.h5",), "created_at": "2022-03-02"}, Tier.ASSUMED),
        ({"tags": ("facebook", "meta", "pytorch")}, Tier.DECLARED),
        ({"files": ("tokenizer.model",)}, Tier.NO_WEIGHTS),
        ({"tags": ("transformers", "llava")}, Tier.UNKNOWN),
    ],
)
def test_names_the_weakest_evidence_the_split_rests_on(facts: dict[str, object], tier: Tier) -> None:
    """A verdict half proven and half assumed is an assumed one."""
    assert attribute(model(**facts)).tier is tier


def test_a_conversion_inherits_and_still_counts_as_neither() -> None:
    """What the base model is made with is reported; loading the conversion needs something else."""
    base = Model("org/base", files=("pytorch_model.bin",))
    gguf = Model("org/gguf", files=("m.gguf",), tags=("gguf", "base_model:quantized:org/base"))

    verdict = attribute_all([base, gguf])[1]

    assert verdict.status("PyTorch") is Status.INHERITED
    assert verdict.split is Split.NEITHER
    assert (verdict.tier, remark_of(verdict)) == (Tier.INHERITED, Remark.CONVERSION)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"tags": ("base_model:org/b", "base_model:adapter:org/b")}, Derivative.ADAPTER),
        ({"tags": ("base_model:org/b",)}, Derivative.FINETUNE),
        ({"tags": ("base_model:org/b",), "library": "peft"}, Derivative.ADAPTER),
        ({"tags": ("mlc-llm", "base_model:finetune:org/b")}, Derivative.QUANTISED),
        ({"tags": ("transformers", "safetensors", "awq")}, Derivative.QUANTISED),
        ({"tags": ("transformers", "safetensors", "8-bit")}, Derivative.ORIGINAL),
        ({"files": ("m.gguf",)}, Derivative.QUANTISED),
        ({"files": ("m.gguf", "model.safetensors")}, Derivative.ORIGINAL),
    ],
)
def test_knows_what_a_model_was_made_from(facts: dict[str, object], kind: Derivative) -> None:
    """Relations first, then libraries and tools; a native 8-bit model is an original."""
    assert attribute(model(**facts)).derivative is kind


def test_a_name_only_raises_a_suspicion() -> None:
    """Suffixes are no evidence: suspected and decided are kept apart."""
    verdict = attribute(Model("org/name-AWQ", tags=("x", "safetensors")))

    assert (verdict.derivative, verdict.suspected) == (Derivative.ORIGINAL, Derivative.QUANTISED)


def test_loads_nothing_heavy() -> None:
    """A terminal answers at once: neither pandas nor DuckDB comes with the rule."""
    program = "import sys, analytics.attribution; sys.exit(bool({'pandas', 'duckdb'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


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
