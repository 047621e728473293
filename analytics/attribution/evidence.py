"""
What shows that a model can be had in a framework: a typed proof, and the one place where it is put into words.

Whoever decides by a proof (what loads the weights today) reads its kind, value and case, never its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ProofKind(StrEnum):
    """What the proof is; its value is the file's path, the tag, the header's format, the library or the base model."""

    FILE = "file"
    TAG = "tag"
    HEADER = "header"
    LIBRARY = "library"
    BASE = "base"


class ProofCase(StrEnum):
    """Under what circumstances it was found, where that changes what it proves."""

    PLAIN = "plain"
    ASSUMED = "assumed"
    ON_SAFETENSORS = "on safetensors"
    ON_WEIGHTS = "on weights"
    BEFORE_KERAS_3 = "before Keras 3"
    NO_SUCH_FILE = "no such file"
    FILES_NOT_READ = "files not read"
    NOT_FROM_A_FILE = "not from a file"
    UNEXPLAINED = "unexplained"
    """Safetensors that nothing explains: no library is named. Of one that is, the next three."""
    SEVERAL = "several"
    NOT_KNOWN = "not known"
    NEVER_WROTE = "never wrote"


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was found; `value` is empty where there is only its absence (no library is named)."""

    kind: ProofKind
    value: str
    case: ProofCase = ProofCase.PLAIN

    @property
    def is_of_safetensors(self) -> bool:
        """Whether it says who wrote safetensors, so that they themselves are the framework's files."""
        return self.kind is ProofKind.HEADER or self.case in OF_SAFETENSORS


OF_SAFETENSORS = (
    ProofCase.ON_SAFETENSORS,
    ProofCase.UNEXPLAINED,
    ProofCase.SEVERAL,
    ProofCase.NOT_KNOWN,
    ProofCase.NEVER_WROTE,
)
"""The circumstances of safetensors."""


WORDS: Mapping[tuple[ProofKind, ProofCase], str] = {
    (ProofKind.FILE, ProofCase.PLAIN): "{value}",
    (ProofKind.FILE, ProofCase.ASSUMED): "assumed: {value} is {framework}'s",
    (ProofKind.FILE, ProofCase.BEFORE_KERAS_3): "assumed: {value} is Keras's, the repository older than Keras 3",
    (ProofKind.TAG, ProofCase.PLAIN): "tag {value}",
    (ProofKind.TAG, ProofCase.ON_SAFETENSORS): "safetensors tagged {value}",
    (ProofKind.TAG, ProofCase.ON_WEIGHTS): "weights tagged {value}",
    (ProofKind.TAG, ProofCase.ASSUMED): "assumed: tagged {value}",
    (ProofKind.TAG, ProofCase.NO_SUCH_FILE): "tag {value}, but no such file found",
    (ProofKind.TAG, ProofCase.FILES_NOT_READ): "the author's tag {value}, files not read",
    (ProofKind.TAG, ProofCase.NOT_FROM_A_FILE): "the author's tag {value}, not set from a file",
    (ProofKind.HEADER, ProofCase.PLAIN): "safetensors header says {value}",
    (ProofKind.LIBRARY, ProofCase.PLAIN): "library {value} is {framework}",
    (ProofKind.LIBRARY, ProofCase.ASSUMED): "assumed: library {value} is {framework}",
    (ProofKind.LIBRARY, ProofCase.ON_SAFETENSORS): "safetensors, library {value} is {framework}",
    (ProofKind.LIBRARY, ProofCase.UNEXPLAINED): "assumed: safetensors, no library named",
    (ProofKind.LIBRARY, ProofCase.SEVERAL): "assumed: safetensors, library {value} may be several",
    (ProofKind.LIBRARY, ProofCase.NOT_KNOWN): "assumed: safetensors, library {value} not known",
    (ProofKind.LIBRARY, ProofCase.NEVER_WROTE): "assumed: safetensors, which library {value} does not write",
    (ProofKind.BASE, ProofCase.PLAIN): "{framework} inherited from {value}",
}
"""How each proof is said; the clauses of `order` use no other pairs."""


def in_words(proof: Proof, framework: str) -> str:
    """Say what shows that a model is in a framework."""
    return WORDS[proof.kind, proof.case].format(value=proof.value, framework=framework)
