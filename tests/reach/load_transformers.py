"""Loads a checkpoint through the classes for TensorFlow or JAX that transformers 4 had."""

from pathlib import Path
from typing import Any

import numpy as np

from tests.reach.bounded_jobs import Job, serve
from tests.reach.outputs import HIDDEN, LOGITS, choose


def load(job: Job) -> Any:
    """Make the model."""
    import transformers

    kind = getattr(transformers, job["loader"])
    return kind.from_pretrained(Path(job["folder"]) / "checkpoint", from_pt=True)


def run(model: Any, job: Job) -> dict[str, Any]:
    """Show it the inputs, keep what comes out."""
    output = _call(model, dict(np.load(Path(job["folder"]) / "inputs.npz")), job["framework"])
    found = choose(output, LOGITS if job["compared"] == "logits" else HIDDEN)
    np.save(job["output"], np.asarray(found, dtype="float32"))
    return {"loader": job["loader"]}


def _call(model: Any, given: dict[str, Any], framework: str) -> Any:
    """Show it the inputs, in the types of its framework."""
    if framework == "JAX":
        return model(
            **{name: value.astype("int32") if value.dtype == "int64" else value for name, value in given.items()}
        )
    import tensorflow as tf

    return model({name: tf.constant(value) for name, value in given.items()}, training=False)


if __name__ == "__main__":
    serve(load, run)
