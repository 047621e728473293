"""
Forty repositories of real shapes, asked for through the door: what is said of each is true, and no line must fail.

Each is served by a Hub on this machine and asked as `load X in F`; `said` must stand in what is answered, and lines to
run come only where something is known to load it.
"""

# ruff: noqa: E501 - a case is one line, so that forty of them can be read
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import LoadModel, OneModel
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import Item, model

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ONE = ("config.json", "model.safetensors")
SHARDS = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
INDEX = "model.safetensors.index.json"
NOTHING = ""
REFUSED, WRONG, TRIED = "refused this class when we tried it", "gave other numbers without an error", "tried by us"
UNSEEN = "we have not seen this form of it load"
NO_CLASS = "transformers 4.57.6 has no class"


@dataclass(frozen=True, slots=True)
class MadeUpRepository:
    """A repository: its type and class, files, and what else the Hub tells of it."""

    kind: Any = None
    architecture: str = ""
    files: Sequence[str] = ONE
    library: str = "transformers"
    dtypes: Sequence[str] = ("F32",)
    config: tuple[tuple[str, Any], ...] = ()
    name: str = "org/m"
    tags: Sequence[str] = ()

    def as_item(self) -> Item:
        """Spell it as the Hub does."""
        config = {"model_type": self.kind, "architectures": [self.architecture]} if self.kind else {}
        tags = [
            self.library,
            *(["safetensors"] if any(".safetensors" in file for file in self.files) else []),
            *self.tags,
        ]
        numbers = {"parameters": dict.fromkeys(self.dtypes, 1_000), "total": 1_000}
        return model(
            self.name,
            library_name=self.library,
            tags=tags,
            siblings=list(self.files),
            config=config | dict(self.config),
            safetensors=numbers,
            sha="0" * 40,
        )


def ask(hub: LoopbackHub, analyst: Analyst, shape: MadeUpRepository, framework: str) -> Answer:
    """Ask how it is loaded."""
    hub.models.append(shape.as_item())
    answer = analyst.answer(LoadModel(shape.name, framework))
    assert isinstance(answer, Answer)
    return answer


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LoopbackHub, Analyst]]:
    """Serve what is appended; each name is asked once."""
    with LoopbackHub([]) as hub:
        analyst = Analyst(Path(tmp_path_factory.mktemp("home")), hub.endpoint, clock=lambda: DAY)
        yield hub, analyst
        analyst.close()


def llama(architecture: str = "LlamaForCausalLM", **changed: Any) -> MadeUpRepository:
    """Make a Llama."""
    return MadeUpRepository("llama", architecture, **changed)


def bert(architecture: str, **changed: Any) -> MadeUpRepository:
    """Make a BERT."""
    return MadeUpRepository("bert", architecture, **changed)


def timm(name: str) -> MadeUpRepository:
    """Make one of timm's."""
    return MadeUpRepository(library="timm", name=f"timm/{name}", files=ONE)


QUANTISED = "quantised weights do not convert"
EIGHT_BITS = "it loads eight-bit weights without an error and gives other numbers"
BASE = ("base_model:org/base", "base_model:quantized:org/base")
BASE_OF_ADAPTER = ("base_model:org/base", "base_model:adapter:org/base")
ASK = "Its base model org/base may: ask for that."
CASES: tuple[tuple[str, MadeUpRepository, str, str, bool], ...] = (
    ("llama", llama(), "TensorFlow", TRIED, True),
    ("llama's ropes", llama(), "TensorFlow", "rope llama3 in files written by transformers 5.24.0", True),
    ("llama in MLX", llama(), "MLX", TRIED, True),
    ("llama, its header not read", llama(), "TensorFlow", "The names of its tensors were not read either", True),
    ("a classifier on llama", llama("LlamaForSequenceClassification"), "MLX", REFUSED, False),
    ("the same in KerasHub", llama("LlamaForSequenceClassification"), "TensorFlow", REFUSED, False),
    ("a bare llama", llama("LlamaModel"), "TensorFlow", REFUSED, False),
    ("a bare llama in MLX", llama("LlamaModel"), "MLX", REFUSED, False),
    ("8 bit", llama(config=(("quantization_config", {"quant_method": "bitsandbytes", "load_in_8bit": True}),)), "TensorFlow", EIGHT_BITS, False),
    ("8 bit of compressed-tensors", llama(config=(("quantization_config", {"quant_method": "compressed-tensors", "format": "int-quantized"}),)), "JAX", EIGHT_BITS, False),
    ("8 bit in MLX", llama(config=(("quantization_config", {"quant_method": "bitsandbytes", "load_in_8bit": True}),)), "MLX", QUANTISED, False),
    ("4 bit", llama(config=(("quantization_config", {"quant_method": "bitsandbytes", "load_in_8bit": False, "load_in_4bit": True}),)), "TensorFlow", QUANTISED, False),
    ("AWQ", llama(config=(("quantization_config", {"quant_method": "awq"}),)), "MLX", "tried by us for this type (AWQ)", True),
    ("a quantisation that is a list", llama(config=(("quantization_config", [1]),)), "MLX", "not known", False),
    ("F8", llama(dtypes=("BF16", "F8_E4M3")), "TensorFlow", "Among its numbers are F8_E4M3", False),
    ("I8", llama(dtypes=("F16", "I8")), "TensorFlow", EIGHT_BITS, False),
    ("U8", llama(dtypes=("F16", "U8")), "MLX", "Among its numbers are U8", False),
    ("code of its own", llama(config=(("auto_map", {"AutoModel": "m.M"}),)), "TensorFlow", "not checked", False),
    ("LoRA", llama(files=("adapter_config.json", "adapter_model.safetensors"), library="peft"), "TensorFlow", "an adapter", False),
    ("LoRA not described", MadeUpRepository(files=("adapter_model.safetensors", "adapter_config.json"), library="peft", tags=BASE_OF_ADAPTER), "TensorFlow", f"It is an adapter, which nothing loads into TensorFlow alone. {ASK}", False),
    ("LoRA of diffusers", MadeUpRepository(files=("pytorch_lora_weights.safetensors",), library="diffusers", tags=BASE_OF_ADAPTER), "JAX", f"It is an adapter, which nothing loads into JAX alone. {ASK}", False),
    ("no config.json at all", MadeUpRepository(files=("model.safetensors",)), "TensorFlow", "config.json is looked for", False),
    ("a merged adapter's files beside", llama(files=(*ONE, "adapter_config.json")), "TensorFlow", "an adapter", False),
    ("shards with an index", llama(files=("config.json", INDEX, *SHARDS)), "TensorFlow", TRIED, True),
    ("shards without one", llama(files=("config.json", *SHARDS)), "TensorFlow", "lie as these do", False),
    ("shards without one in MLX", llama(files=("config.json", *SHARDS)), "MLX", TRIED, True),
    ("a shard missing", llama(files=("config.json", INDEX, SHARDS[0])), "TensorFlow", "lie as these do", False),
    ("a folder", llama(files=("config.json", "sub/model.safetensors")), "TensorFlow", "lie as these do", False),
    ("GGUF beside, no config", llama(files=("m.Q4.gguf", "model.safetensors")), "TensorFlow", "config.json is looked for", False),
    ("qwen3_moe", MadeUpRepository("qwen3_moe", "Qwen3MoeForCausalLM"), "TensorFlow", "refused when written by transformers 5", True),
    ("bart", MadeUpRepository("bart", "BartForConditionalGeneration"), "JAX", "refused when written by transformers 5", True),
    ("qwen2 in MLX", MadeUpRepository("qwen2", "Qwen2ForCausalLM"), "MLX", "files written by transformers 5.24.0", True),
    ("a head", bert("BertForTokenClassification"), "TensorFlow", "head included", True),
    ("no head", bert("BertModel"), "TensorFlow", "whole model; the last version", True),
    ("eps", MadeUpRepository("xlm-roberta", "XLMRobertaModel"), "JAX", NOTHING, True),
    ("a class of nobody", bert("BertForMyTask"), "TensorFlow", UNSEEN, True),
    ("named by TensorFlow", bert("TFBertModel"), "TensorFlow", TRIED, True),
    ("sentences", bert("BertModel", library="sentence-transformers", files=(*ONE, "modules.json")), "TensorFlow", "its pooling, and what comes after, is not part of it", True),
    ("albert", MadeUpRepository("albert", "AlbertForMaskedLM"), "TensorFlow", WRONG, False),
    ("esm", MadeUpRepository("esm", "EsmModel"), "TensorFlow", "Do not load it through KerasHub 0.32", True),
    ("esm of another class", MadeUpRepository("esm", "EsmForProteinFolding"), "TensorFlow", WRONG, False),
    ("resnet", timm("resnet50.a1_in1k"), "TensorFlow", TRIED, True),
    ("densenet", timm("densenet121.ra_in1k"), "TensorFlow", WRONG, False),
    ("a longer densenet", timm("densenet169.tv_in1k"), "TensorFlow", WRONG, False),
    ("vgg with norms", timm("vgg11_bn.tv_in1k"), "TensorFlow", "KerasHub 0.32 refused this class", False),
    ("t5 in JAX", MadeUpRepository("t5", "T5ForConditionalGeneration"), "JAX", "transformers 4.57.6 refused this class", False),
    ("a type that is a list", MadeUpRepository(["bert"], "BertModel"), "TensorFlow", "names no model type", False),
    ("a type of 10,000 letters", MadeUpRepository("b" * 10_000, "BertModel"), "TensorFlow", "names no model type", False),
    ("a pipeline", MadeUpRepository(library="diffusers", files=("model_index.json", "unet/diffusion_pytorch_model.safetensors")), "JAX", "names no model type", False),
    ("GGUF of a known base", MadeUpRepository(files=("m.gguf",), tags=("gguf", *BASE)), "TensorFlow", f"Its files (GGUF) do not convert into TensorFlow on load. {ASK}", False),
    ("ONNX of a known base", MadeUpRepository(files=("onnx/model.onnx",), library="transformers.js", tags=("onnx", *BASE)), "JAX", f"Its files (ONNX) do not convert into JAX on load. {ASK}", False),
    ("MLX of a known base", MadeUpRepository("qwen3", "Qwen3ForCausalLM", library="mlx", tags=("mlx", *BASE)), "TensorFlow", f"Its files (MLX) do not convert into TensorFlow on load. {ASK}", False),
    ("GGUF of nobody", MadeUpRepository(files=("m.gguf",), tags=("gguf",)), "MLX", "Its files (GGUF) do not convert into MLX on load.", False),
    ("a second library's dangers", bert("BertForSequenceClassification"), "TensorFlow", "without an error, through KerasHub 0.32: its class for classifiers", True),
    ("old files beside PyTorch's", bert("BertModel", files=(*ONE, "tf_model.h5")), "TensorFlow", "layer_norm_eps 1e-3, layer_norm_eps 1e-5", True),
    ("ESM with old files", MadeUpRepository("esm", "EsmModel", (*ONE, "tf_model.h5")), "TensorFlow", "Do not load its PyTorch files through KerasHub 0.32", True),
    ("old TensorFlow files", bert("BertModel", files=("config.json", "tf_model.h5"), tags=("tf",)), "TensorFlow", "transformers 4.57.6 is the last version that loads them", True),
    ("T5 that judges texts", MadeUpRepository("t5", "T5ForSequenceClassification"), "TensorFlow", f"{NO_CLASS} TFT5ForSequenceClassification", False),
    ("mBART that writes", MadeUpRepository("mbart", "MBartForCausalLM"), "TensorFlow", f"{NO_CLASS} TFMBartForCausalLM", False),
    ("OPT that judges texts", MadeUpRepository("opt", "OPTForSequenceClassification"), "TensorFlow", f"{NO_CLASS} TFOPTForSequenceClassification", False),
    ("CLIP that judges pictures", MadeUpRepository("clip", "CLIPForImageClassification"), "TensorFlow", f"{NO_CLASS} TFCLIPForImageClassification", False),
    ("HuBERT that judges sounds", MadeUpRepository("hubert", "HubertForSequenceClassification"), "TensorFlow", f"{NO_CLASS} TFHubertForSequenceClassification", False),
    ("Whisper that writes", MadeUpRepository("whisper", "WhisperForCausalLM"), "TensorFlow", f"{NO_CLASS} TFWhisperForCausalLM", False),
    ("BLOOM that judges texts", MadeUpRepository("bloom", "BloomForSequenceClassification"), "JAX", f"{NO_CLASS} FlaxBloomForSequenceClassification", False),
    ("BLIP that compares", MadeUpRepository("blip", "BlipForImageTextRetrieval"), "TensorFlow", "import TFBlipForImageTextRetrieval as", True),
    ("the eye of BLIP", MadeUpRepository("blip", "BlipVisionModel"), "TensorFlow", "import TFBlipVisionModel as", True),
    ("the eye of CLIP", MadeUpRepository("clip", "CLIPVisionModel"), "TensorFlow", "import TFCLIPVisionModel as", True),
    ("the ear of CLIP", MadeUpRepository("clip", "CLIPTextModel"), "TensorFlow", "import TFCLIPTextModel as", True),
    ("the eye of CLIP in JAX", MadeUpRepository("clip", "CLIPVisionModel"), "JAX", "import FlaxCLIPVisionModel as", True),
    ("the ear of CLIP in JAX", MadeUpRepository("clip", "CLIPTextModel"), "JAX", "import FlaxCLIPTextModel as", True),
    ("the eye of SAM", MadeUpRepository("sam", "SamVisionModel"), "TensorFlow", "import TFSamVisionModel as", True),
    ("CamemBERT called RoBERTa", MadeUpRepository("camembert", "RobertaForMaskedLM"), "TensorFlow", "import TFRobertaForMaskedLM as", True),
    ("mBART called BART", MadeUpRepository("mbart", "BartForConditionalGeneration"), "TensorFlow", "import TFBartForConditionalGeneration as", True),
    ("old files of a class that is not there", MadeUpRepository("t5", "T5ForSequenceClassification", ("config.json", "tf_model.h5")), "TensorFlow", "the last version", False),
    ("old files of no class", MadeUpRepository("llama", "LlamaForCausalLM", ("config.json", "tf_model.h5")), "TensorFlow", "the last version", False),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_what_is_said_of_a_repository_is_true(
    doors: tuple[LoopbackHub, Analyst], case: tuple[str, MadeUpRepository, str, str, bool]
) -> None:
    """A promise with its lines, or the reason why there is none; never a line that must fail."""
    hub, analyst = doors
    what, shape, framework, said, has_lines = case
    hub.models.clear()
    shape = (
        shape if shape.library == "timm" else MadeUpRepository(**{**_fields(shape), "name": f"org/{CASES.index(case)}"})
    )

    answer = ask(hub, analyst, shape, framework)

    told = " ".join((answer.headline, *answer.further, *answer.commands))
    assert said in told, what
    assert bool(answer.commands) is has_lines, told
    assert "TFTF" not in told


@pytest.mark.parametrize(
    ("shape", "framework"),
    [
        (MadeUpRepository("gpt2", "GPT2ForTokenClassification", name="org/gpt2"), "TensorFlow"),
        (MadeUpRepository("llama", "LlamaForTokenClassification", name="org/llama"), "JAX"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_no_second_library_is_named_that_has_no_such_class(
    doors: tuple[LoopbackHub, Analyst], shape: MadeUpRepository, framework: str
) -> None:
    """“Also through transformers 4.57.6, head included” was said of classes that it does not have."""
    hub, analyst = doors
    hub.models.clear()

    told = " ".join(ask(hub, analyst, shape, framework).further)

    assert "KerasHub 0.32" in told
    assert "transformers 4.57.6" not in told


def _fields(shape: MadeUpRepository) -> dict[str, Any]:
    return {name: getattr(shape, name) for name in MadeUpRepository.__slots__}


def test_of_files_that_are_not_told_it_is_not_said_that_there_are_none(doors: tuple[LoopbackHub, Analyst]) -> None:
    """“There are no TensorFlow files” stood above “the Hub does not list the files”."""
    hub, analyst = doors
    hub.models[:] = [llama(name="org/untold").as_item() | {"siblings": None}]

    answer = analyst.answer(LoadModel("org/untold", "TensorFlow"))

    assert answer.further[0].startswith(
        "Nothing shows TensorFlow files in org/untold, whose files the Hub does not list."
    )


def test_of_files_that_nothing_converts_only_who_asks_for_a_framework_is_told(
    doors: tuple[LoopbackHub, Analyst],
) -> None:
    """Of a GGUF copy asked for by its name alone, that it does not convert into TensorFlow answers nothing."""
    hub, analyst = doors
    hub.models[:] = [MadeUpRepository(files=("m.gguf",), tags=("gguf",), name="org/copy").as_item()]

    told = {framework: analyst.answer(OneModel("org/copy", framework)).further for framework in (None, "TensorFlow")}

    assert "do not convert" not in " ".join(told[None])
    assert "do not convert" in " ".join(told["TensorFlow"])
