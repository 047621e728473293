"""
The order of evidence, as data: five layers of clauses over named signals.

A clause gives a framework a status when all its signals hold (`!` negates). Within a layer the first clause that fits
decides for its framework; a later layer adds only what earlier ones left open, and its clauses may ask what those found
(`found`, `settled`). `attribute` evaluates it for one model, `sql` writes it as queries; both read nothing else.

Signals:  `file:X`, `hub:X` (tag the Hub set), `said:X` (tag anybody set), `header:X`, `library:X` (the one framework of
          the library), `files` (they were read), `safetensors`, `mlx`, `header`, `weights`, `conversion`,
          `library named`, `library foreign` (of others than PyTorch), `library says` (it proves something by itself),
          `before Keras 3`, `since Keras 3`, `base:X` (the base model counts in X).
"""

from dataclasses import dataclass, replace
from functools import cache

from analytics.attribution.evidence import ProofCase, ProofKind
from analytics.attribution.verdicts import FRAMEWORKS, JAX, KERAS, MLX, OTHER, PADDLE, PYTORCH, TENSORFLOW, Status, Tier


@dataclass(frozen=True, slots=True)
class Clause:
    """
    If all signals of `when` hold, `framework` has `status`.

    The proof is of `kind` and `case`, and its value is what shows the signal `by`.
    """

    framework: str
    status: Status
    tier: Tier
    when: str
    kind: ProofKind
    by: str
    case: ProofCase = ProofCase.PLAIN
    counts: bool = True


@cache
def parse_condition(when: str) -> tuple[tuple[str, bool], ...]:
    """Read a condition: the signals it asks for, each with the value it must have."""
    return tuple((part.removeprefix("!"), not part.startswith("!")) for part in when.split(" & "))


def _each(frameworks: tuple[str, ...], clause: Clause) -> list[Clause]:
    """Say the same of several frameworks; `@` stands for the framework."""
    return [
        replace(clause, framework=name, when=clause.when.replace("@", name), by=clause.by.replace("@", name))
        for name in frameworks
    ]


_NEURAL = (PYTORCH, TENSORFLOW, JAX, KERAS, MLX, PADDLE)
_DECLARABLE = (PYTORCH, TENSORFLOW, JAX, PADDLE)
_FILE, _TAG, _HEADER, _LIBRARY, _BASE = ProofKind

OWN_EVIDENCE = (
    *_each(_NEURAL, Clause("@", Status.YES, Tier.FILES, "file:@", _FILE, "file:@")),
    Clause(PYTORCH, Status.YES, Tier.FILES, "file:ckpt & !library foreign", _FILE, "file:ckpt"),
    *_each(_DECLARABLE, Clause("@", Status.YES, Tier.TAGS_FOR_FILES, "!files & hub:@", _TAG, "hub:@")),
    # Old MLX tools wrote `pt` into the header; the tag mlx knows better.
    Clause(PYTORCH, Status.YES, Tier.HEADER, "safetensors & header:PyTorch & !mlx", _HEADER, "header"),
    *_each((TENSORFLOW, JAX, MLX), Clause("@", Status.YES, Tier.HEADER, "safetensors & header:@", _HEADER, "header")),
    Clause(
        MLX,
        Status.YES,
        Tier.LIBRARY,
        "safetensors & mlx & !header:TensorFlow & !header:JAX",
        _TAG,
        "mlx",
        ProofCase.ON_SAFETENSORS,
    ),
    *_each(
        FRAMEWORKS,
        Clause(
            "@",
            Status.YES,
            Tier.LIBRARY,
            "safetensors & library:@ & !header & !mlx",
            _LIBRARY,
            "library",
            ProofCase.ON_SAFETENSORS,
        ),
    ),
)

UNEXPLAINED_SAFETENSORS = (
    Clause(
        PYTORCH,
        Status.ASSUMED,
        Tier.ASSUMED,
        "safetensors & !header & !mlx & !settled & !library foreign",
        _LIBRARY,
        "library",
        ProofCase.UNEXPLAINED,
    ),
)

LIBRARY_ALONE = (
    # MLX's older .npz weights; the library may be another's (diffusionkit).
    Clause(
        MLX,
        Status.YES,
        Tier.LIBRARY,
        "!found & files & weights & !conversion & mlx",
        _TAG,
        "mlx",
        ProofCase.ON_WEIGHTS,
    ),
    Clause(MLX, Status.ASSUMED, Tier.ASSUMED, "!found & !files & !conversion & mlx", _TAG, "mlx", ProofCase.ASSUMED),
    *_each(
        FRAMEWORKS,
        Clause(
            "@",
            Status.YES,
            Tier.LIBRARY,
            "!found & files & weights & !mlx & library:@ & library says",
            _LIBRARY,
            "library",
        ),
    ),
    *_each(
        FRAMEWORKS,
        Clause(
            "@",
            Status.ASSUMED,
            Tier.ASSUMED,
            "!found & !files & !conversion & !mlx & library:@ & library says",
            _LIBRARY,
            "library",
            ProofCase.ASSUMED,
        ),
    ),
    Clause(OTHER, Status.YES, Tier.FILES, "!found & file:Other", _FILE, "file:Other"),
    Clause(OTHER, Status.YES, Tier.TAGS_FOR_FILES, "!found & !files & hub:Other", _TAG, "hub:Other"),
    Clause(
        TENSORFLOW,
        Status.ASSUMED,
        Tier.ASSUMED,
        "!found & file:h5 & !library named & before Keras 3",
        _FILE,
        "file:h5",
        ProofCase.BEFORE_KERAS_3,
    ),
    Clause(
        KERAS,
        Status.ASSUMED,
        Tier.ASSUMED,
        "!found & file:h5 & !library named & since Keras 3",
        _FILE,
        "file:h5",
        ProofCase.ASSUMED,
    ),
)


def _write_clauses(when: str, case: ProofCase, *, counts: bool) -> list[Clause]:
    """Report a tag that anybody may have set, under these signals."""
    clause = Clause("@", Status.DECLARED, Tier.DECLARED, f"{when} & said:@", _TAG, "said:@", case, counts)
    return _each(_DECLARABLE, clause)


TAGS_ALONE = (
    *_write_clauses("!found & files & weights & !conversion", ProofCase.NO_SUCH_FILE, counts=True),
    *_write_clauses("!found & !files & !conversion", ProofCase.FILES_NOT_READ, counts=True),
    *_write_clauses("files", ProofCase.NO_SUCH_FILE, counts=False),
    *_write_clauses("!files", ProofCase.NOT_FROM_A_FILE, counts=False),
)

INHERITED = tuple(
    _each(
        FRAMEWORKS,
        Clause("@", Status.INHERITED, Tier.INHERITED, "!found & conversion & base:@", _BASE, "base:@", counts=False),
    )
)

LAYERS = (OWN_EVIDENCE, UNEXPLAINED_SAFETENSORS, LIBRARY_ALONE, TAGS_ALONE, INHERITED)
CLAUSES = tuple(clause for layer in LAYERS for clause in layer)

SETTLING = (PYTORCH, KERAS, MLX, PADDLE)
"""
What explains safetensors lying beside it.

TensorFlow's and JAX's own files do not: transformers repositories that hold tf_model.h5 and model.safetensors have the
latter from PyTorch.
"""

STRENGTH = tuple(Tier)
