"""Names and keys that were read wrongly once, each as a kind; every model goes through what the product reads."""

import pytest

from analytics.attribution import Certainty, Status, Tier, attribute
from analytics.domain.observations import Model
from tests.analytics.attribution.accuracy import as_read

BORN = "2025-06-01T00:00:00.000Z"


def read(*files: str, **facts: object) -> Model:
    """Read a model with these files, and what else is known of it, out of the Hub's answer."""
    return as_read(Model("org/name", files=files, created_at=BORN, **facts))  # type: ignore[arg-type] - of the test


@pytest.mark.parametrize(
    ("name", "framework"),
    [
        *[(name, "PyTorch") for name in ("m.ptl", "m.th", "m.torchscript", "m.jit", "m.mar", "m.pt2", "a/b.pth.tar")],
        *[(name, "PyTorch") for name in ("pytorch_lora_weights.bin", "pytorch_adapter.bin", "learned_embeds.bin")],
        *[(name, "PyTorch") for name in ("MODEL.PT", "Pytorch_Model.BIN", "__0_0.distcp", "epoch=3-step=9.ckpt")],
        ("gptq_model-4bit-128g.bin", "PyTorch"),
        *[(name, "TensorFlow") for name in ("frozen_inference_graph.pb", "model.ckpt-1000.meta", "SAVED_MODEL.PB")],
        *[(name, "JAX") for name in ("streaming_params_1234", "tensor00000_000", "0/_CHECKPOINT_METADATA", "m.eqx")],
        *[(name, "Keras") for name in ("model.keras", "M.KERAS")],
    ],
)
def test_a_weight_file_shows_its_framework_in_any_case_of_letters(name: str, framework: str) -> None:
    """One file alone, in any folder."""
    verdict = attribute(read(name))

    assert (verdict.frameworks, verdict.status(framework)) == ((framework,), Status.YES)


@pytest.mark.parametrize(
    ("files", "exports"),
    [
        (("model.llamafile",), ("GGUF",)),
        (("llama-7b.Q4_0.bin",), ("GGML",)),
        (("model.bin", "vocabulary.json", "config.json"), ("CTranslate2",)),
        (("model.onnx", "model.onnx_data"), ("ONNX",)),
        (("net.xml", "net.bin"), ("OpenVINO",)),
        (("MODEL.GGUF",), ("GGUF",)),
        (("model.gguf", "imatrix.dat"), ("GGUF",)),
        (("model.gguf", "model.imatrix", "Modelfile", "README_zh", "SHA256SUMS"), ("GGUF",)),
        (("model.onnx", "onnx__MatMul_123", ".cache/huggingface/download/model.onnx.metadata"), ("ONNX",)),
        (("model.pte", "model.ptd", "tokenizer.bin"), ("ExecuTorch",)),
    ],
)
def test_an_export_is_one_with_all_its_files(files: tuple[str, ...], exports: tuple[str, ...]) -> None:
    """The data file of an export is no other weight."""
    verdict = attribute(read(*files))

    assert (verdict.conversions, verdict.tier) == (exports, Tier.CONVERSION)


@pytest.mark.parametrize("vocabulary", ["assets/tokenizer/vocabulary.json", "vocabulary.txt", "a/vocabulary.json"])
def test_a_vocabulary_alone_is_no_export(vocabulary: str) -> None:
    """KerasHub's presets have one too, and whoever counts words; CTranslate2's lies beside a model.bin."""
    preset = attribute(read("model.weights.h5", "metadata.json", vocabulary))

    assert (preset.frameworks, preset.conversions) == (("Keras",), ())
    assert attribute(read("model.safetensors", "b/model.bin", vocabulary)).conversions == ()
    assert attribute(read("README.md", vocabulary)).tier is Tier.NO_WEIGHTS


@pytest.mark.parametrize("other", ["weights.bin", "model.xyz", "params.npz"])
def test_conversion_only_is_said_where_nothing_else_can_be(other: str) -> None:
    """Beside weights of an unknown kind it is not known."""
    verdict = attribute(read("model.onnx", other))

    assert (verdict.tier, verdict.conversions) == (Tier.UNKNOWN, ("ONNX",))


def test_an_author_s_tag_alone_does_not_make_a_conversion() -> None:
    """Files not told, and the Hub's own run of tags names no export."""
    assert attribute(Model("o/n", tags=("en", "chat", "onnx"))).remark == "unknown: files not known, converted to ONNX"
    assert attribute(Model("o/n", tags=("onnx", "en"))).tier is Tier.CONVERSION


@pytest.mark.parametrize(
    ("files", "tier"),
    [
        (
            ("README.md", "LICENSE", "config.json", "tokenizer.model", "logs/events.out.tfevents.1.host"),
            Tier.NO_WEIGHTS,
        ),
        (("optimizer_1.bin", "lr_scheduler.pt", "sampler.bin", "rng-state.pth", "report.docx"), Tier.NO_WEIGHTS),
        (("README.md", "model.xyz"), Tier.UNKNOWN),
        (("README.md", "vintage.ts"), Tier.UNKNOWN),
        (("2b/_METADATA", "2b/checkpoint", "tokenizer.model"), Tier.FILES),
        (("README.md", "xgb_model.json"), Tier.UNKNOWN),
    ],
)
def test_no_weights_is_said_where_every_file_is_known_to_hold_none(files: tuple[str, ...], tier: Tier) -> None:
    """One file that nobody knows may be anything."""
    assert attribute(read(*files)).tier is tier


@pytest.mark.parametrize(
    ("facts", "frameworks", "status"),
    [
        ({"library": "grok"}, ("PyTorch",), Status.ASSUMED),
        ({"library": "grok", "header": "flax"}, ("JAX",), Status.YES),
        ({"library": "tensorflowtts"}, ("PyTorch",), Status.ASSUMED),
        ({"library": "keras", "header": "pt"}, ("PyTorch",), Status.YES),
        ({"library": "mflux"}, ("MLX",), Status.YES),
        ({"library": "mlx-embeddings"}, ("MLX",), Status.YES),
        ({"library": "mindformers"}, ("Other",), Status.YES),
        ({"library": "paddlenlp"}, ("PaddlePaddle",), Status.YES),
    ],
)
def test_a_library_decides_for_files_that_its_framework_writes(
    facts: dict[str, object], frameworks: tuple[str, ...], status: Status
) -> None:
    """JAX, TensorFlow and Keras never wrote safetensors: an author's word for them needs the header's."""
    verdict = attribute(read("model.safetensors", tags=("qwen2",), **facts))

    assert (verdict.frameworks, verdict.status(frameworks[0])) == (frameworks, status)


@pytest.mark.parametrize(
    ("files", "library", "framework", "status"),
    [
        (("inception_v3.ckpt",), None, "PyTorch", Status.ASSUMED),
        (("inception_v3.ckpt", "checkpoint"), None, "TensorFlow", Status.YES),
        (("a/model.ckpt", "a/model.ckpt.meta"), None, "TensorFlow", Status.YES),
        (("model.ckpt",), "pytorch-lightning", "PyTorch", Status.YES),
        (("model.ckpt",), "diffusers", "PyTorch", Status.YES),
        (("model.ckpt",), "mindspore", "Other", Status.YES),
        (("model.ckpt",), "grok", "PyTorch", Status.ASSUMED),
    ],
)
def test_neighbours_and_the_library_decide_on_a_ckpt(
    files: tuple[str, ...], library: str | None, framework: str, status: Status
) -> None:
    """TensorFlow 1, MindSpore and Lightning all write it; alone it is PyTorch's as an assumption."""
    verdict = attribute(read(*files, library=library))

    assert (verdict.frameworks, verdict.status(framework)) == ((framework,), status)


@pytest.mark.parametrize(
    ("tags", "framework"), [(("en", "tensorflow"), "TensorFlow"), (("en", "tensorflow", "pytorch"), "PyTorch")]
)
def test_what_the_author_says_of_a_ckpt_goes_before_what_is_assumed(tags: tuple[str, ...], framework: str) -> None:
    """TF-Slim's inception_v3.ckpt has no neighbours, but an author who tags it."""
    assert attribute(read("inception_v3.ckpt", tags=tags)).frameworks == (framework,)


@pytest.mark.parametrize(
    "library",
    [
        "nanochat",
        "pyaging",
        "segmentation-models-pytorch",
        "fairseq2",
        "Segmentation_Models_PyTorch",
        "pyannote.audio",
        "omnivoice",
    ],
)
def test_libraries_met_are_known_however_they_are_spelt(library: str) -> None:
    """Authors write capitals, underscores and spaces."""
    assert attribute(read("weights.bin", library=library)).frameworks == ("PyTorch",)


def test_scikit_learn_is_sklearn() -> None:
    """The Hub's key and the project's name."""
    verdicts = [
        attribute(read("model.pkl", library=library)) for library in ("sklearn", "scikit-learn", "Scikit_Learn")
    ]

    assert [verdict.frameworks for verdict in verdicts] == [("Other",)] * 3


def test_a_library_nobody_knows_hides_none_that_is_known() -> None:
    """What does not count never hides what does."""
    verdict = attribute(read("model.safetensors", library="my-own", tags=("my-own", "safetensors", "timm")))

    assert verdict.status("PyTorch") is Status.YES
    assert verdict.evidence == "safetensors, library timm is PyTorch"


def test_an_author_s_tag_does_not_hide_what_is_inherited() -> None:
    """Meta's tag on a GGUF copy, and a base model that is known."""
    base = attribute(Model("o/base", files=("model.pt",)))
    copy = Model("o/copy", tags=("gguf", "llama", "pytorch", "base_model:quantized:o/base"))

    assert attribute(copy, base=base).status("PyTorch") is Status.INHERITED


def test_nemo_in_the_hub_s_run_of_tags_does_not_end_it() -> None:
    """nvidia/Mistral-NeMo-Minitron-8B-Base: transformers, nemo, safetensors, mistral."""
    verdict = attribute(Model("o/n", tags=("transformers", "nemo", "safetensors", "mistral")))

    assert verdict.status("PyTorch") is Status.YES


@pytest.mark.parametrize(
    ("model", "certainty"),
    [
        (read("model.pt"), Certainty.PROVEN),
        (read("model.safetensors"), Certainty.ASSUMED),
        (read("model.xyz"), Certainty.UNKNOWN),
        (read("model.keras"), Certainty.NO),
        (read("model.gguf"), Certainty.NO),
        (Model("o/n", tags=("gguf", "llama", "pytorch")), Certainty.NO),
    ],
)
def test_every_verdict_says_how_sure_it_is(model: Model, certainty: Certainty) -> None:
    """Proven, assumed, unknown or no: what a count with bounds adds up."""
    assert attribute(model).certainty("PyTorch") is certainty
