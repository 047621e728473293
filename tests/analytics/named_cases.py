"""
Every case that the rule of files and the rule of what converts were written for: repositories, and what was asked.

The one place of these cases. `case_sheet.py` asks them and writes docs/cases.md; it uses nothing that the program did
not have before that work began, so that the same questions can be put to it as it was then.
"""

# ruff: noqa: E501 - a case is one line, so that all of them can be read
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.loopback.hub_items import Item, model

NAME, SHA = "lab/m", "86b5e0934494bd15c9632b12f734a8a67f723594"
ONE, INDEX = "model.safetensors", "model.safetensors.index.json"
NAMES, KEYS, KERAS, HOW, LOADS, ASKED, BAD = (
    "Names of files",
    "Libraries and the Hub's word",
    "Keras 3 and its tags",
    "What is known, and what is not",
    "What converts on load",
    "Asked by framework and by format",
    "Bad input",
)
Contents = Mapping[tuple[str, str], bytes]


@dataclass(frozen=True, eq=False, slots=True)
class NamedCase:
    """
    A question and the repositories it is asked of, as the Hub would give them.

    `asked`: words, one question after another in one folder; what is told is of the last. `body`: what the Hub says of
    the one repository, where that is no JSON of ours. `beneath`: which of the sentences beneath the headline is told
    too. `wheel`: in place of a question, a wheel of KerasHub that is collected: "empty" or "half".
    """

    section: str
    what: str
    items: Sequence[Item]
    asked: Sequence[str] = (f"model {NAME}",)
    contents: Contents = field(default_factory=dict)
    body: bytes | None = None
    beneath: int | None = None
    wheel: str = ""

    @property
    def key(self) -> str:
        """Name it among all."""
        return f"{self.section}: {self.what}"


def repository(files: Sequence[str] | None = (ONE,), name: str = NAME, **told: Any) -> Item:
    """Make a repository; of files not told (None) the Hub's answer has no `siblings`."""
    listed = {} if files is None else {"siblings": list(files)}
    return model(name, **{"sha": SHA, "createdAt": "2025-06-01T00:00:00.000Z", "tags": []} | told | listed)


def header(stated: str | None = "pt", *tensors: str) -> Contents:
    """Make the safetensors file of the repository, with these tensors in its header."""
    named = {
        name: {"dtype": "F32", "shape": [1], "data_offsets": [4 * place, 4 * place + 4]}
        for place, name in enumerate(tensors or ("a.weight",))
    }
    told = json.dumps(({"__metadata__": {"format": stated}} if stated else {}) | named).encode()
    return {(NAME, ONE): len(told).to_bytes(8, "little") + told + bytes(4 * len(named))}


def holding(*names: str) -> list[NamedCase]:
    """Make cases of repositories that hold one file each."""
    return [NamedCase(NAMES, f"`{name}`", [repository([name])]) for name in names]


def beside(name: str, *others: str, **told: Any) -> NamedCase:
    """Make a case of a file with others beside it."""
    return NamedCase(
        NAMES, f"`{name}` beside {', '.join(f'`{o}`' for o in others)}", [repository([name, *others], **told)]
    )


CKPT = "model.ckpt"
OF_FILES = (
    *holding("model.pt2", "__0_0.distcp", "tensor00000_000", "model.llamafile"),
    beside("model.pt2", "tf_model.h5"),
    beside("model.bin", "vocabulary.json"),
    *holding("model.ptl", "model.th", "model.torchscript", "model.jit", "model.pth.tar", "model.mar"),
    *holding("pytorch_lora_weights.bin", "pytorch_adapter.bin", "learned_embeds.bin", "gptq_model-4bit-128g.bin", "mm_projector.bin"),
    *holding("frozen_inference_graph.pb", "streaming_params_1", "target.a/.zarray", "model.eqx", "model.easy", "model.mlxfn", "model.msgpack"),
    beside("checkpoint", "_METADATA"),
    *holding("ggml-model-q4_0.bin", "llama-7b.q4_0.bin", "params_shard_0.bin", "model.rkllm", "model.sentis", "model.mxq", "model.mnn"),
    *holding("model.ncnn.param", "model.dlc", "model.hef", "model.axmodel", "model.bmodel"),
    beside("model.xml", "model.bin"),
    *holding("PYTORCH_MODEL.BIN", "MODEL.PT2", "TF_MODEL.H5", "MODEL.PTL", "MODEL.ONNX"),
    *holding("pytorch_model.bin", "model.pt", "tf_model.h5", "saved_model.pb", "flax_model.msgpack", "model.keras", ONE, "optimizer.pt"),
    *holding(CKPT, "epoch=3-step=100.ckpt"),
    *(beside(CKPT, other) for other in (f"{CKPT}.meta", f"{CKPT}.index", "checkpoint")),
    *(NamedCase(NAMES, f"`{CKPT}`, library `{key}`", [repository([CKPT], library_name=key)]) for key in ("mindspore", "pytorch-lightning", "tensorflow")),
)  # fmt: skip

QWEN_TAGS = ["safetensors", "qwen2", "text-generation"]
BY_AUTHOR = tuple(
    NamedCase(KEYS, f"a Qwen fine-tune, library `{key}`", [repository(library_name=key, tags=[key, *QWEN_TAGS])])
    for key in ("grok", "jax", "flax", "tensorflow", "keras")
)
OF_KEYS = (
    *BY_AUTHOR,
    NamedCase(KEYS, "the same, `grok`, its header read: Flax's", [repository(library_name="grok", tags=["grok", *QWEN_TAGS])], contents=header("flax")),
    *(
        NamedCase(KEYS, f"safetensors, library `{key}`", [repository(library_name=key, tags=[key, "safetensors"])])
        for key in ("nanochat", "pyaging", "segmentation-models-pytorch", "fairseq2", "openpi")
    ),
    *(NamedCase(KEYS, f"`model.pkl`, library `{key}`", [repository(["model.pkl"], library_name=key, tags=[key])]) for key in ("scikit-learn", "sklearn")),
    NamedCase(KEYS, "tags `transformers, nemo, pytorch`, files not told", [repository(None, library_name="transformers", tags=["transformers", "nemo", "pytorch"])], [f"model {NAME} in pytorch"]),
    NamedCase(KERAS, "`model.keras`, author's tags `pytorch, jax, tf`", [repository(["model.keras"], library_name="keras", tags=["keras", "pytorch", "jax", "tf"])], [f"model {NAME} in tensorflow"]),
    NamedCase(KERAS, "`model.keras`, no such tags", [repository(["model.keras"], library_name="keras", tags=["keras"])], [f"model {NAME} in tensorflow"]),
    NamedCase(KERAS, "a KerasHub preset, author's tags `pytorch, jax, tf`", [repository(["model.weights.h5", "metadata.json"], library_name="keras-hub", tags=["keras-hub", "pytorch", "jax", "tf"])], [f"model {NAME} in tensorflow"]),
)  # fmt: skip

TWO = (repository(tags=["safetensors"], downloads=9), repository(["pytorch_model.bin"], "lab/other", downloads=1))
OF_KNOWLEDGE = (
    NamedCase(HOW, "files not told, no tags", [repository(None)]),
    NamedCase(HOW, "files not told, tag `pytorch`", [repository(None, tags=["pytorch"])]),
    NamedCase(HOW, "`README.md` alone", [repository(["README.md"])]),
    NamedCase(HOW, "`README.md` beside `model.xyz`", [repository(["README.md", "model.xyz"])]),
    NamedCase(HOW, "`model.gguf` beside `model.xyz`", [repository(["model.gguf", "model.xyz"], tags=["gguf"])]),
    NamedCase(HOW, "`gguf` as an author's tag, files not told", [repository(None, tags=["en", "gguf"])]),
    NamedCase(HOW, "an MLX model, its header not read: `top2`", TWO, ["top2"], header("mlx")),
    NamedCase(HOW, "the same after `model lab/m` read it", TWO, [f"model {NAME}", "top2"], header("mlx")),
)


def known(kind: str, architecture: str, files: Sequence[str] = ("config.json", ONE), **told: Any) -> Item:
    """Make one of transformers' repositories."""
    config = {"model_type": kind, "architectures": [architecture]} | told.pop("config", {})
    usual = {"library_name": "transformers", "tags": ["transformers", "safetensors", kind], "downloads": 5}
    dtypes = {"parameters": {told.pop("dtype", "BF16"): 1_000}, "total": 1_000}
    return repository(files, **usual | {"config": config, "safetensors": dtypes} | told)


def loads(what: str, item: Item, framework: str = "tensorflow", contents: Contents | None = None) -> NamedCase:
    """Ask whether one repository can be had in a framework."""
    return NamedCase(LOADS, what, [item], [f"model {item['id']} in {framework}"], contents or {}, beneath=0)


def quantised(**config: Any) -> Item:
    """Make a Llama of these quantised weights."""
    return known("llama", "LlamaForCausalLM", config={"quantization_config": config})


def timm(name: str) -> Item:
    """Make one of timm's."""
    return repository(
        ["config.json", ONE], name=f"timm/{name}", library_name="timm", config={}, tags=["timm", "safetensors"]
    )


QWEN = known("qwen3", "Qwen3ForCausalLM", name="Qwen/Qwen3-0.6B", pipeline_tag="text-generation", downloads=9)
LLAMA = known("llama", "LlamaForCausalLM")
BASE = {"tags": ["gguf", "base_model:lab/base", "base_model:quantized:lab/base"]}
OF_LOADING = (
    *(loads(f"`Qwen/Qwen3-0.6B` in {name}", QWEN, name.lower()) for name in ("TensorFlow", "JAX", "MLX")),
    loads("BERT with a head", known("bert", "BertForTokenClassification")),
    NamedCase(LOADS, "Llama, by `load`: what gives other numbers", [LLAMA], [f"load {NAME} in tensorflow"], header("pt", "model.embed_tokens.weight", "lm_head.weight"), beneath=2),
    loads("ESM-2: loads and gives other numbers", known("esm", "EsmForProteinFolding")),
    loads("timm's densenet121: the same", timm("densenet121.ra_in1k")),
    loads("old TensorFlow files", known("bert", "BertModel", ("config.json", "tf_model.h5"), tags=["transformers", "tf", "bert"])),
    loads("old Flax files", known("bert", "BertModel", ("config.json", "flax_model.msgpack"), tags=["transformers", "jax", "bert"]), "jax"),
    loads("eight bits of bitsandbytes", quantised(quant_method="bitsandbytes", load_in_8bit=True)),
    loads("numbers of I8", known("llama", "LlamaForCausalLM", dtype="I8")),
    loads("four bits of bitsandbytes", quantised(quant_method="bitsandbytes", load_in_4bit=True)),
    *(loads(method.upper(), quantised(quant_method=method)) for method in ("awq", "gptq", "fp8")),
    loads("custom code (`auto_map`)", known("llama", "LlamaForCausalLM", config={"auto_map": {"AutoModel": "m.M"}})),
    loads("an adapter", known("llama", "LlamaForCausalLM", ("adapter_config.json", "adapter_model.safetensors"), library_name="peft", tags=["peft", "safetensors"])),
    loads("a tensor missing that the library asks for", LLAMA, contents=header("pt")),
    loads("shards without an index", known("llama", "LlamaForCausalLM", ("config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"))),
    loads("a copy in GGUF, its base named", repository(["m.gguf"], **BASE)),
    loads("a type that nobody lists", known("unheard", "UnheardForCausalLM")),
    NamedCase(LOADS, "`top2 reach` of Qwen 3 and BERT", [QWEN, known("bert", "BertModel", (ONE, "tf_model.h5"), tags=["transformers", "tf", "safetensors", "bert"])], ["top2 reach"]),
)  # fmt: skip

SOME = (
    repository(["tf_model.h5"], "lab/tf", tags=["tf"], downloads=3),
    repository([ONE, "flax_model.msgpack", "tf_model.h5"], "lab/all", tags=["tf", "jax", "safetensors"], downloads=2, pipeline_tag="text-generation"),
    QWEN,
)  # fmt: skip
ONNX = repository(["onnx/model.onnx"], "lab/qwen-onnx", tags=["onnx", "base_model:Qwen/Qwen3-0.6B", "base_model:quantized:Qwen/Qwen3-0.6B"])  # fmt: skip
OF_FORMATS = {
    "onnx": "model.onnx",
    "gguf": "model.gguf",
    "mlx": "weights.npz",
    "openvino": "openvino_model.xml",
    "coreml": "a.mlpackage/b",
    "tflite": "model.tflite",
}
OF_QUESTIONS = (
    *(
        NamedCase(ASKED, f"`{words}`", SOME, [words])
        for words in ("top30 in tensorflow", "top10 in jax task text-generation", "top30 tensorflow only", "top30 in tensorflow loadable")
    ),
    *(
        NamedCase(ASKED, f"`{name}` in {kind}", [repository([name], tags=[kind])], [f"model {NAME} in {kind}"])
        for kind, name in OF_FORMATS.items()
    ),
    NamedCase(ASKED, "`Qwen/Qwen3-0.6B` in onnx, which another holds", [QWEN, ONNX], ["model Qwen/Qwen3-0.6B in onnx"], beneath=1),
    NamedCase(ASKED, "`compare` of two", SOME, ["compare lab/tf lab/all"]),
)  # fmt: skip


def damaged(what: str, content: bytes) -> NamedCase:
    """Ask for a Llama whose weights begin with this."""
    return NamedCase(
        BAD, f"header: {what}", [LLAMA], [f"model {NAME} in tensorflow"], {(NAME, ONE): content}, beneath=0
    )


def sized(length: int, content: bytes = b"{}") -> bytes:
    """Begin a file of safetensors with the length that it claims its header to have."""
    return length.to_bytes(8, "little") + content


def configured(what: str, config: Any) -> NamedCase:
    """Ask for a repository of this configuration."""
    item = LLAMA | {"config": config}
    return NamedCase(BAD, f"configuration: {what}", [item], [f"model {NAME} in tensorflow"], beneath=0)


def broken(what: str, body: bytes) -> NamedCase:
    """Ask for a repository of which the Hub says this."""
    return NamedCase(BAD, f"configuration: {what}", [LLAMA], [f"model {NAME} in tensorflow"], body=body)


OF_BAD_INPUT = (
    damaged("empty", b""),
    damaged("seven bytes", b"\xff" * 7),
    damaged("2^64 bytes long by its own word", sized(2**64 - 1)),
    replace(damaged("30 MB, by `load`", sized(30 * 2**20, b'{"x": "' + b"a" * (30 * 2**20 - 9) + b'"}')), asked=[f"load {NAME} in tensorflow"], beneath=2),
    damaged("a million brackets deep", sized(10**6, b"[" * 10**6)),
    damaged("cut off", sized(50, b'{"a": ')),
    damaged("no object", sized(2, b"[]")),
    damaged("a number that is none", sized(9, b'{"a": NaN')),
    broken("50 MB", b'{"id": "lab/m", "config": {"x": "' + b"a" * (50 * 2**20) + b'"}}'),
    broken("no JSON", b"<html>"),
    broken("200,000 deep", b'{"id": "lab/m", "config": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
    *(
        configured(f"`model_type` {what}", {"model_type": value, "architectures": ["LlamaForCausalLM"]})
        for what, value in {"a list": ["llama"], "a number": 7, "of 10,000 characters": "l" * 10_000}.items()
    ),
    configured("a list", []),
    NamedCase(BAD, "100,000 files", [repository([*(f"data/{n}.json" for n in range(100_000)), "tf_model.h5"])]),
    NamedCase(BAD, "a wheel of KerasHub without the file its types stand in", [], wheel="empty"),
    NamedCase(BAD, "a wheel with a list half as long as the last", [], wheel="half"),
)  # fmt: skip

CASES = (*OF_FILES, *OF_KEYS, *OF_KNOWLEDGE, *OF_LOADING, *OF_QUESTIONS, *OF_BAD_INPUT)
