"""Fills a PyTorch model with chance: a tensor that a loader forgets shows in the output."""

from typing import Any

import torch

EMBEDDING = 0.02
"""As spread as those of real models: small enough that a wrong epsilon of the first normalisation shows."""

LEARNT = ("running_mean", "running_var", "layer_scalar", "correction_bias", "expert_bias")
"""How tensors end that are learnt though nothing asks for their gradient."""


def randomise(model: Any, zero: str) -> None:
    """Give every tensor a random value; what is fixed by a formula (without a gradient) stays."""
    torch.manual_seed(20261126)
    embeddings = {id(module.weight) for module in model.modules() if isinstance(module, torch.nn.Embedding)}
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            if zero and zero in name:
                tensor.zero_()
            elif tensor.requires_grad or name.endswith(LEARNT):
                tensor.copy_(_random(tensor, embedding=id(tensor) in embeddings))
        for name, buffer in model.named_buffers():
            if name.endswith(LEARNT):
                buffer.copy_(torch.rand_like(buffer) + 0.5)


def settle(model: Any, pictures: Any) -> None:
    """Let normalisations learn what flows through them: else a deep network ends in nothing, equal to any other's."""
    norms = [module for module in model.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    for module in norms:
        module.momentum = 1.0
    if not norms:
        return
    with torch.no_grad():
        model.train()(pictures)
    model.eval()


def _random(tensor: Any, *, embedding: bool) -> Any:
    """Spread weights so that sizes stay about the same from layer to layer, and vectors around what they were."""
    if embedding:
        return torch.randn_like(tensor) * EMBEDDING
    if tensor.ndim >= 2:
        return torch.randn_like(tensor) / _inputs_of(tensor) ** 0.5
    centre = 1.0 if torch.isfinite(tensor).all() and tensor.mean() > 1 / 2 else 0.0
    return centre + torch.randn_like(tensor) * 0.2


def _inputs_of(tensor: Any) -> int:
    """Count what flows into one output; the first of three dimensions counts experts."""
    return max(1, int(tensor.shape[-1] if tensor.ndim == 3 else tensor[0].numel()))
