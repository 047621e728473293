"""Builds checkpoints and says what PyTorch computes from them; runs beside one version of transformers."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tests.reach import touches
from tests.reach.bounded_jobs import Job, serve
from tests.reach.inputs import inputs_for
from tests.reach.outputs import HIDDEN, LOGITS, choose
from tests.reach.randomise import randomise, settle
from tests.reach.shrinking import shrink

torch.set_num_threads(2)

OPERATORS = ("nms", "qnms")
_declared: list[Any] = []
"""Kept, for a library that is forgotten takes its operators back."""


def let_torchvision_import() -> None:
    """Declare operators that torchvision's build for CUDA misses beside a torch for CPUs; none is called here."""
    try:
        importlib.import_module("torchvision")
    except RuntimeError:
        _declared.append(torch.library.Library("torchvision", "DEF"))
        for name in OPERATORS:
            _declared[0].define(f"{name}(Tensor boxes, Tensor scores, float threshold) -> Tensor")
    except ModuleNotFoundError:
        return


def write(job: Job) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the checkpoint into a folder; give its inputs and its reference."""
    checkpoint = Path(job["folder"]) / "checkpoint"
    checkpoint.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(20261126)
    maker = _of_timm if job["model_type"].startswith("timm:") else _of_transformers
    return maker(job, checkpoint)


def keep(made: tuple[dict[str, Any], dict[str, Any]], job: Job) -> dict[str, Any]:
    """Keep what is compared; the reference last, for its file says that all is there."""
    given, outputs = made
    np.savez(Path(job["folder"]) / "inputs.npz", **given)
    np.savez(Path(job["folder"]) / "reference.npz", **outputs)
    return {"outputs": sorted(outputs)}


def _of_transformers(job: Job, checkpoint: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    import transformers

    config = _configure(job)
    model = getattr(transformers, job["architecture"])(config).eval()
    randomise(model, job["zero"])
    given = inputs_for(job, config)
    if job["shrunk"] and job["inputs"] == "picture":
        settle(model, torch.randn(2, *given["pixel_values"].shape[1:]))
    model.to(getattr(torch, job["dtype"])).save_pretrained(checkpoint, max_shard_size=job["shard"])
    touches.say_type(checkpoint, job["model_type"])
    if job["dtype"] != "float32":
        model = _widen(model, config)
    if job["touch"]:
        _touch(job["touch"], checkpoint, model)
    with torch.no_grad():
        tensors = {name: torch.from_numpy(value) for name, value in given.items()}
        return given, _outputs(model, tensors, below=not job["shrunk"])


def _configure(job: Job) -> Any:
    """Take the settings as they are, or shrink what they leave open."""
    import transformers

    if not job["shrunk"]:
        return transformers.AutoConfig.for_model(job["model_type"], **job["settings"])
    kind = transformers.CONFIG_MAPPING[job["model_type"]]
    return kind(**shrink(kind, job["settings"]))


def _widen(model: Any, config: Any) -> Any:
    """Compute with the rounded weights; what is no weight (a rope's frequencies) is not rounded by any loader."""
    wide = type(model)(config).eval()
    wide.load_state_dict(model.float().state_dict())
    return wide


def _touch(name: str, checkpoint: Path, model: Any) -> None:
    """Change the files as told; the reference computes with what the changed files mean."""
    meant = getattr(touches, name)(checkpoint)
    state = model.state_dict()
    with torch.no_grad():
        for key, value in meant.items():
            state[key].copy_(torch.from_numpy(value))


def _outputs(model: Any, tensors: dict[str, Any], *, below: bool) -> dict[str, Any]:
    """Give what the head says, if there is one, and the last hidden states, of a model below its head if asked for."""
    output = model(**tensors)
    under = model.base_model(**tensors) if below and "last_hidden_state" not in output else output
    found = {"logits": choose(output, LOGITS), "hidden": choose(under, HIDDEN)}
    return {name: value.float().numpy() for name, value in found.items() if value is not None}


def _of_timm(job: Job, checkpoint: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    import timm
    from timm.models import save_for_hf

    model = timm.create_model(job["architecture"], num_classes=5).eval()
    randomise(model, "")
    size = model.pretrained_cfg["input_size"][1]
    settle(model, torch.randn(2, 3, size, size))
    save_for_hf(model, str(checkpoint), safe_serialization=True)
    picture = np.random.default_rng(1).standard_normal((1, 3, size, size)).astype("float32")
    with torch.no_grad():
        features = model.forward_features(torch.from_numpy(picture))
        return {"pixel_values": picture}, {
            "hidden": features.numpy(),
            "logits": model.forward_head(features).numpy(),
        }


if __name__ == "__main__":
    let_torchvision_import()
    serve(write, keep)
