"""Loads a checkpoint through mlx-lm."""

from pathlib import Path
from typing import Any

import numpy as np

from tests.reach.limits import Job, serve


def load(job: Job) -> Any:
    """Make the model."""
    from mlx_lm.utils import load_model

    return load_model(Path(job["folder"]) / "checkpoint")[0]


def run(model: Any, job: Job) -> dict[str, Any]:
    """Show it the inputs, keep what comes out."""
    import mlx.core as mx

    output = model(mx.array(np.load(Path(job["folder"]) / "inputs.npz")["input_ids"]))
    np.save(job["output"], np.array(output.astype(mx.float32)))
    return {"loader": type(model).__module__}


if __name__ == "__main__":
    serve(load, run)
