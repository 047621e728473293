"""What loads a model follows from the kind and value of its proof, whatever the words for it."""

import pytest

from analytics.attribution import Finding, Proof, ProofCase, ProofKind, Status
from analytics.attribution.file_names import FORMATS
from analytics.reach.loaders import OLD_TRANSFORMERS, RUNTIMES, find_loader


class Reworded(Finding):
    """A finding whose proof is said in other words, which name another file."""

    @property
    def evidence(self) -> str:
        """Say something else."""
        return "saved_model.pb, tag jax, tf-keras and .nemo"


@pytest.mark.parametrize(
    ("framework", "proof", "loads"),
    [
        ("PyTorch", Proof(ProofKind.FILE, "m.nemo"), "PyTorch, with NeMo"),
        ("PyTorch", Proof(ProofKind.FILE, "pytorch_model.bin"), "PyTorch, with lib"),
        ("TensorFlow", Proof(ProofKind.FILE, "sub/tf_model.h5"), f"TensorFlow, with {OLD_TRANSFORMERS}"),
        ("TensorFlow", Proof(ProofKind.TAG, "tf"), f"TensorFlow, with {OLD_TRANSFORMERS}"),
        ("TensorFlow", Proof(ProofKind.HEADER, "tf"), f"TensorFlow, with {OLD_TRANSFORMERS}"),
        ("TensorFlow", Proof(ProofKind.FILE, "variables/variables.index"), "TensorFlow (SavedModel)"),
        ("TensorFlow", Proof(ProofKind.FILE, "bert.ckpt.index"), "TensorFlow (checkpoint)"),
        ("TensorFlow", Proof(ProofKind.FILE, "my_model.h5", ProofCase.BEFORE_KERAS_3), "TensorFlow, with tf-keras"),
        ("TensorFlow", Proof(ProofKind.LIBRARY, "tf-keras", ProofCase.ASSUMED), "TensorFlow, with tf-keras"),
        ("TensorFlow", Proof(ProofKind.LIBRARY, "keras"), "TensorFlow, with lib"),
        ("JAX", Proof(ProofKind.TAG, "jax"), f"JAX, with Flax and {OLD_TRANSFORMERS}"),
        ("JAX", Proof(ProofKind.FILE, "_CHECKPOINT_METADATA"), "JAX, with Orbax"),
        ("MLX", Proof(ProofKind.TAG, "mlx", ProofCase.ON_SAFETENSORS), "MLX, on Apple silicon"),
    ],
)
@pytest.mark.parametrize("kind", [Finding, Reworded])
def test_the_loader_follows_from_the_proof(kind: type[Finding], framework: str, proof: Proof, loads: str) -> None:
    """A file, tag, header or library decides, and no rewording of the evidence changes the promise."""
    assert find_loader(kind(framework, Status.YES, proof), "lib").words == loads


@pytest.mark.parametrize(
    ("library", "loads"),
    [
        ("keras-hub", "PyTorch, with KerasHub"),
        ("keras_hub", "PyTorch, with KerasHub"),
        ("timm", "PyTorch, with timm"),
        ("pytorch", "PyTorch"),
        ("PyTorch", "PyTorch"),
        (None, "PyTorch"),
    ],
)
def test_a_library_is_called_there_as_answers_call_it(library: str | None, loads: str) -> None:
    """By the name that conversions are told with, not by its key on the Hub; a framework is not with itself."""
    proof = Proof(ProofKind.FILE, "pytorch_model.bin")
    assert find_loader(Finding("PyTorch", Status.YES, proof), library).words == loads


def test_every_export_has_a_word_for_what_runs_it() -> None:
    """A format the rule knows and the answers do not would end in an error."""
    assert set(RUNTIMES) == set(FORMATS)
