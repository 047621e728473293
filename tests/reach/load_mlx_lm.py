"""Loads a checkpoint through mlx-lm."""

from pathlib import Path
from typing import Any

import numpy as np

from tests.reach.bounded_jobs import Job, serve


def load(job: Job) -> Any:
    """Make the model."""
    import mlx.core as mx
    from mlx_lm.utils import load_model

    model = load_model(Path(job["folder"]) / "checkpoint")[0]
    # It computes as finely as the file is; the reference is computed from the same weights in 32 bits.
    model.set_dtype(mx.float32)
    return model


def run(model: Any, job: Job) -> dict[str, Any]:
    """Show it the inputs, keep what comes out."""
    import mlx.core as mx

    output = model(mx.array(np.load(Path(job["folder"]) / "inputs.npz")["input_ids"]))
    np.save(job["output"], np.array(output.astype(mx.float32)))
    return {"loader": type(model).__module__}


if __name__ == "__main__":
    serve(load, run)
