"""What is done to written files: other forms in which the same weights are found, and what configurations lack.

Each takes the folder of the checkpoint and returns the values that the changed files mean, where they differ from
what was saved.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file

Meant = dict[str, Any]

FP4 = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6], dtype="float32")
"""The sixteen numbers of four bits (OCP Microscaling, E2M1)."""


def _edit(checkpoint: Path, change: Callable[[dict[str, Any]], object], file: str = "config.json") -> Meant:
    """Change the configuration."""
    path = checkpoint / file
    config = json.loads(path.read_text(encoding="utf-8"))
    change(config)
    path.write_text(json.dumps(config), encoding="utf-8")
    return {}


def drop_rope_theta(checkpoint: Path) -> Meant:
    """Leave out the base of the rope, as configurations of Llama 1 did."""
    return _edit(checkpoint, lambda config: config.pop("rope_theta"))


def drop_key_value_heads(checkpoint: Path) -> Meant:
    """Leave out the number of key and value heads, as configurations of Llama 1 did."""
    return _edit(checkpoint, lambda config: config.pop("num_key_value_heads"))


def drop_model_type(checkpoint: Path) -> Meant:
    """Leave out the type."""
    return _edit(checkpoint, lambda config: config.pop("model_type"))


def say_type(checkpoint: Path, model_type: str) -> None:
    """Name the type that is meant: gpt-sw3 is saved as the gpt2 that its class is of."""
    _edit(checkpoint, lambda config: config.update(model_type=model_type))


def say_whether_tied(checkpoint: Path) -> Meant:
    """Say whether the head is the embedding: released files do, and transformers leaves out what is so by default."""
    tied = not any("lm_head" in name for name in load_file(checkpoint / "model.safetensors"))

    def say(config: dict[str, Any]) -> None:
        for part in (config, config.get("text_config", config)):
            part["tie_word_embeddings"] = tied

    return _edit(checkpoint, say)


def name_as_released(checkpoint: Path) -> Meant:
    """Name GPT-2's tensors as the released files do, which hold no `transformer.` before them."""
    tensors = load_file(checkpoint / "model.safetensors")
    bare = {name.removeprefix("transformer."): tensor for name, tensor in tensors.items()}
    save_file(bare, checkpoint / "model.safetensors", {"format": "pt"})
    return {}


def old_rope_key(checkpoint: Path) -> Meant:
    """Name the rope by `type`, as before transformers 4.43."""
    rope = {"type": "linear", "factor": 4.0}
    return _edit(checkpoint, lambda config: config.update(rope_scaling=rope))


def auto_map(checkpoint: Path) -> Meant:
    """Say that the repository brings code of its own; the weights are those of the stock architecture here."""
    return _edit(
        checkpoint, lambda config: config.update(auto_map={"AutoModelForCausalLM": "modeling_own.OwnForCausalLM"})
    )


def adapter_only(checkpoint: Path) -> Meant:
    """Leave an adapter's files alone."""
    (checkpoint / "model.safetensors").rename(checkpoint / "adapter_model.safetensors")
    (checkpoint / "config.json").rename(checkpoint / "adapter_config.json")
    return {}


def pickle_only(checkpoint: Path) -> Meant:
    """Hold the same tensors in a pickle."""
    torch.save(load_file(checkpoint / "model.safetensors"), checkpoint / "pytorch_model.bin")
    (checkpoint / "model.safetensors").unlink()
    return {}


def add_pooler(checkpoint: Path) -> Meant:
    """Add the pooler that BertForMaskedLM held in older files."""
    tensors = load_file(checkpoint / "model.safetensors")
    size = tensors["bert.embeddings.word_embeddings.weight"].shape[1]
    more = {"bert.pooler.dense.weight": torch.randn(size, size), "bert.pooler.dense.bias": torch.randn(size)}
    save_file({**tensors, **more}, checkpoint / "model.safetensors", {"format": "pt"})
    return {}


def int8_bitsandbytes(checkpoint: Path) -> Meant:
    """Hold eight bits under the same name, with the row's greatest value beside it (SCB)."""
    method = {"quant_method": "bitsandbytes", "load_in_8bit": True, "load_in_4bit": False}
    return _int8(checkpoint, "SCB", 1.0, method)


def int8_compressed_tensors(checkpoint: Path) -> Meant:
    """Hold eight bits under the same name, with the row's scale beside it."""
    method = {"quant_method": "compressed-tensors", "format": "int-quantized"}
    return _int8(checkpoint, "weight_scale", 127.0, method)


def _int8(checkpoint: Path, beside: str, per: float, method: dict[str, Any]) -> Meant:
    """Round every projection to eight bits a row."""
    meant: Meant = {}

    def turn(name: str, weight: Any) -> dict[str, Any]:
        greatest = weight.abs().amax(dim=1, keepdim=True)
        rounded = (weight / greatest * 127).round().to(torch.int8)
        meant[name] = (rounded.float() * greatest / 127).numpy()
        scale = greatest / per if per != 1 else greatest.squeeze(1)
        return {name: rounded, name.removesuffix("weight") + beside: scale}

    _turn_projections(checkpoint, turn, method)
    return meant


def fp8_blocks(checkpoint: Path) -> Meant:
    """Hold eight bits of floating point, one scale for a block."""
    meant: Meant = {}

    def turn(name: str, weight: Any) -> dict[str, Any]:
        scale = weight.abs().max() / 448
        rounded = (weight / scale).to(torch.float8_e4m3fn)
        meant[name] = (rounded.float() * scale).numpy()
        return {name: rounded, f"{name}_scale_inv": scale.reshape(1, 1)}

    _turn_projections(checkpoint, turn, {"quant_method": "fp8", "weight_block_size": [128, 128]})
    return meant


def gptq(checkpoint: Path) -> Meant:
    """Hold four bits as GPTQ writes them: packed down the inputs, and zeros one too low."""
    return _four_bits(checkpoint, "gptq", lambda whole: _pack(whole.T).T, lambda zeros: _pack(zeros - 1))


def awq(checkpoint: Path) -> Meant:
    """Hold four bits as AWQ writes them: packed along the outputs, in an order of its own."""

    def pack(whole: Any) -> Any:
        return _pack(whole.reshape(len(whole), -1, 8)[..., [0, 2, 4, 6, 1, 3, 5, 7]].reshape(whole.shape))

    return _four_bits(checkpoint, "awq", pack, pack)


GROUP = 32
"""Inputs that share a scale and a zero, of each output."""


def _four_bits(checkpoint: Path, method: str, pack: Callable[[Any], Any], pack_zeros: Callable[[Any], Any]) -> Meant:
    """Round every projection to four bits, each group of inputs by a scale and a zero of its own."""
    meant: Meant = {}

    def turn(name: str, weight: Any) -> dict[str, Any]:
        groups = weight.numpy().T.reshape(-1, GROUP, len(weight))
        low, high = groups.min(axis=1, keepdims=True), groups.max(axis=1, keepdims=True)
        scales = ((high - low) / 15).astype("float16").astype("float32")
        zeros = np.clip(np.round(-low / scales), 1, 15)
        whole = np.clip(np.round(groups / scales) + zeros, 0, 15)
        meant[name] = np.ascontiguousarray(((whole - zeros) * scales).reshape(-1, len(weight)).T)
        stem = name.removesuffix("weight")
        order = {"gptq": {f"{stem}g_idx": torch.arange(weight.shape[1], dtype=torch.int32) // GROUP}}
        return {
            **order.get(method, {}),
            f"{stem}qweight": torch.from_numpy(pack(whole.reshape(-1, len(weight)))),
            f"{stem}qzeros": torch.from_numpy(pack_zeros(zeros[:, 0])),
            f"{stem}scales": torch.from_numpy(scales[:, 0]).half(),
        }

    _turn_projections(checkpoint, turn, {"quant_method": method, "bits": 4, "group_size": GROUP, "zero_point": True})
    return meant


def _pack(whole: Any) -> Any:
    """Put eight neighbours of the last dimension into 32 bits, the first lowest."""
    eight = whole.reshape(len(whole), -1, 8).astype("uint32") << np.arange(0, 32, 4, dtype="uint32")
    return np.ascontiguousarray(eight.sum(axis=-1, dtype="uint32").view("int32"))


def int4_bitsandbytes(checkpoint: Path) -> Meant:
    """Hold two values a byte in one column under the same name, as bitsandbytes' NF4 does."""

    def turn(name: str, weight: Any) -> dict[str, Any]:
        half = weight.numel() // 2
        packed = torch.randint(0, 255, (half, 1), dtype=torch.uint8)
        return {name: packed, f"{name}.absmax": torch.rand(half // 32), f"{name}.quant_map": torch.rand(16)}

    method = {"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4"}
    _turn_projections(checkpoint, turn, method)
    return {}


def _turn_projections(checkpoint: Path, turn: Callable[[str, Any], dict[str, Any]], method: dict[str, Any]) -> None:
    """Replace the matrices of the layers, and say so in the configuration."""
    old = load_file(checkpoint / "model.safetensors")
    new: dict[str, Any] = {}
    for name, tensor in old.items():
        new.update(turn(name, tensor) if name.endswith("_proj.weight") else {name: tensor})
    save_file(
        {name: tensor.contiguous() for name, tensor in new.items()}, checkpoint / "model.safetensors", {"format": "pt"}
    )
    _edit(checkpoint, lambda config: config.update(quantization_config=method))


def mxfp4(checkpoint: Path) -> Meant:
    """Hold the experts as gpt-oss was released: blocks of 32 values of four bits, a power of two for each."""
    old = load_file(checkpoint / "model.safetensors")
    new, meant = {}, {}
    for name, tensor in old.items():
        if name.endswith(("gate_up_proj", "down_proj")):
            blocks, scales, meant[name] = _pack_fp4(tensor)
            new |= {f"{name}_blocks": blocks, f"{name}_scales": scales}
        else:
            new[name] = tensor
    save_file(new, checkpoint / "model.safetensors", {"format": "pt"})
    _edit(checkpoint, lambda config: config.update(quantization_config={"quant_method": "mxfp4"}))
    return meant


def _pack_fp4(tensor: Any) -> tuple[Any, Any, Any]:
    """Draw four bits for each value of (experts, inputs, outputs) and say what they mean."""
    experts, inputs, outputs = tensor.shape
    chance = np.random.default_rng(experts * inputs + outputs)
    packed = chance.integers(0, 256, (experts, outputs, inputs // 32, 16), dtype=np.uint8)
    scales = chance.integers(122, 125, (experts, outputs, inputs // 32), dtype=np.uint8)
    values = np.stack([FP4[packed & 15], FP4[packed >> 4]], axis=-1).reshape(experts, outputs, inputs // 32, 32)
    meant = values * np.exp2(scales.astype("float32") - 127)[..., None]
    return (
        torch.from_numpy(packed),
        torch.from_numpy(scales),
        meant.reshape(experts, outputs, inputs).transpose(0, 2, 1),
    )
