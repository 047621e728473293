"""What can be said of a model: the words of a verdict, without the rule that reaches it."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.attribution.evidence import Proof, in_words
from analytics.domain.counts import Split

PYTORCH, TENSORFLOW, JAX, KERAS, MLX = "PyTorch", "TensorFlow", "JAX", "Keras", "MLX"
PADDLE, OTHER = "PaddlePaddle", "Other"
FRAMEWORKS = (PYTORCH, TENSORFLOW, JAX, KERAS, MLX, PADDLE, OTHER)
"""The classes, in the order they are reported. Keras means Keras 3 (any backend)."""


def say_framework(framework: str) -> str:
    """Name a framework in a sentence: what has no name here (scikit-learn's, spaCy's) is another."""
    return "another framework" if framework == OTHER else framework


class Status(StrEnum):
    """How sure it is that a model can be had in a framework."""

    YES = "yes"
    ASSUMED = "assumed"
    DECLARED = "declared"
    INHERITED = "inherited"
    NO = "no"


class Certainty(StrEnum):
    """How sure the answer on one framework is: what a count with a lower and an upper bound adds up."""

    PROVEN = "proven"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"
    NO = "no"


class Tier(StrEnum):
    """The kinds of evidence, strongest first; after them the ways of finding nothing."""

    FILES = "files"
    TAGS_FOR_FILES = "tags-for-files"
    HEADER = "header"
    LIBRARY = "library"
    ASSUMED = "assumed"
    DECLARED = "declared"
    INHERITED = "inherited"
    CONVERSION = "conversion"
    NO_WEIGHTS = "no-weights"
    UNKNOWN = "unknown"


class Remark(StrEnum):
    """Why a model is in no framework: it was converted, it has no weights, or nothing shows."""

    NONE = ""
    CONVERSION = "conversion"
    NO_WEIGHTS = "no-weights"
    UNKNOWN = "unknown"


class Derivative(StrEnum):
    """What a model was made from: nothing known, or another model and how."""

    ORIGINAL = "original"
    FINETUNE = "finetune"
    ADAPTER = "adapter"
    QUANTISED = "quantised"
    MERGE = "merge"


OWN = (Derivative.ORIGINAL.value, Derivative.FINETUNE.value)
"""Derivatives that are models of their own."""


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One framework a model can be had in, and the proof.

    `counts` is False where something is reported that does not make the model one of that framework: what a
    conversion inherits, and a tag that nothing bears out beside evidence that decided.
    """

    framework: str
    status: Status
    proof: Proof
    tier: Tier = Tier.FILES
    counts: bool = True

    @property
    def evidence(self) -> str:
        """The proof in words, for people; what decides anything reads `proof`."""
        return in_words(self.proof, say_framework(self.framework))


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What the evidence supports for one model.

    `findings`:   at most one entry a framework, in the order of FRAMEWORKS; those that count come into the split.
    `remark`:     why nothing counts, in words ("conversion only: GGUF of Qwen/Qwen3-8B", "no weights", "unknown").
    `tier`:       the weakest evidence the split rests on, so that no share of proven models is flattered.
    `suspected`:  a derivative class that only the name suggests (`-GGUF`); reported apart, never decided by.
    """

    findings: tuple[Finding, ...]
    conversions: tuple[str, ...] = ()
    remark: str = ""
    tier: Tier = Tier.UNKNOWN
    derivative: Derivative = Derivative.ORIGINAL
    suspected: Derivative | None = None
    bases: tuple[str, ...] = ()

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The frameworks the model counts in, most prominent first."""
        return tuple(finding.framework for finding in self.findings if finding.counts)

    @property
    def split(self) -> Split:
        """The place among {PyTorch, TensorFlow}."""
        return SPLITS[PYTORCH in self.frameworks, TENSORFLOW in self.frameworks]

    @property
    def assumed(self) -> bool:
        """Whether the place in the split rests on less than proof: an assumption, or an author's word alone."""
        return any(self.certainty(name) is Certainty.ASSUMED for name in (PYTORCH, TENSORFLOW))

    @property
    def evidence(self) -> str:
        """All evidence in one line, what was found first and what was not borne out after it."""
        ordered = sorted(self.findings, key=lambda finding: not finding.counts)
        return "; ".join([*filter(None, [self.remark]), *(finding.evidence for finding in ordered)])

    def status(self, framework: str) -> Status:
        """Say how sure it is that the model can be had in `framework`."""
        return next((f.status for f in self.findings if f.framework == framework), Status.NO)

    def certainty(self, framework: str) -> Certainty:
        """
        Say how sure it is that the model counts in `framework`, or does not.

        Unknown: nothing at hand decides for any framework, so it may be this one. What does not count says nothing.
        """
        if any(f.framework == framework and f.counts and f.status is Status.YES for f in self.findings):
            return Certainty.PROVEN
        if framework in self.frameworks:
            return Certainty.ASSUMED
        return Certainty.UNKNOWN if self.tier is Tier.UNKNOWN else Certainty.NO


SPLITS = {
    (True, False): Split.PYTORCH_ONLY,
    (False, True): Split.TENSORFLOW_ONLY,
    (True, True): Split.BOTH,
    (False, False): Split.NEITHER,
}

REMARKS = {
    Tier.INHERITED: Remark.CONVERSION,
    Tier.CONVERSION: Remark.CONVERSION,
    Tier.NO_WEIGHTS: Remark.NO_WEIGHTS,
    Tier.UNKNOWN: Remark.UNKNOWN,
}
