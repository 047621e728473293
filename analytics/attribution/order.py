"""
The order of evidence, as data: six layers of clauses over named signals.

A clause gives a framework a status when all its signals hold (`!` negates). Within a layer the first clause that fits
decides for its framework; a later layer adds only what earlier ones left open, and its clauses may ask what those found
(`found`, `settled`). `attribute` evaluates it for one model, `sql` writes it as queries; both read nothing else.

Signals:  `file:X`, `hub:X` (tag the Hub set), `said:X` (tag anybody set), `header:X`, `library:X` (the one framework of
          the library), `files` (they were read), `safetensors`, `mlx`, `header`, `weights` (others than exports),
          `strange` (a name nobody knows), `converted` (there are exports and, as is known, nothing else),
          `library foreign` (of others than PyTorch), `library says` (it proves something by itself), `library wrote`
          (its framework writes files like those at hand), `library writes safetensors`, `before Keras 3`,
          `since Keras 3`, `base:X` (the base model counts in X).
"""

from dataclasses import dataclass, replace
from functools import cache

from analytics.attribution.evidence import ProofCase, ProofKind
from analytics.attribution.file_names import SAFETENSORS_BY
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
    Clause(PYTORCH, Status.YES, Tier.FILES, "file:ckpt & library:PyTorch & library says", _FILE, "file:ckpt"),
    # Authors of Keras 3 tag `pytorch`, `tf`, `jax` for what it runs on; `tf` alone the Hub sets (Danswer/intent-model).
    *(
        clause
        for whose in ("!library:Keras", "!hub:PyTorch & !hub:JAX")
        for clause in _each(
            _DECLARABLE, Clause("@", Status.YES, Tier.TAGS_FOR_FILES, f"!files & hub:@ & {whose}", _TAG, "hub:@")
        )
    ),
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
            "safetensors & library:@ & library writes safetensors & !header & !mlx",
            _LIBRARY,
            "library",
            ProofCase.ON_SAFETENSORS,
        ),
    ),
)

UNEXPLAINED = (
    *(
        Clause(
            PYTORCH,
            Status.ASSUMED,
            Tier.ASSUMED,
            f"safetensors & !header & !mlx & !settled & {whose}",
            _LIBRARY,
            "library",
            ProofCase.UNEXPLAINED,
        )
        for whose in ("!library foreign", "!library writes safetensors")
    ),
    *(
        Clause(
            PYTORCH,
            Status.ASSUMED,
            Tier.ASSUMED,
            f"!found & file:ckpt & {whose} & {said}",
            _FILE,
            "file:ckpt",
            ProofCase.ASSUMED,
        )
        for whose in ("!library foreign", "!library wrote")
        # Others write it too: where the author names one of them and not PyTorch, that word is the better evidence.
        for said in ("said:PyTorch", "!said:TensorFlow & !said:JAX & !said:PaddlePaddle")
    ),
)


def _assume_of_library(when: str) -> list[Clause]:
    """Take a model for its library's, under these signals."""
    when = f"{when} & !mlx & library:@ & library says"
    return _each(FRAMEWORKS, Clause("@", Status.ASSUMED, Tier.ASSUMED, when, _LIBRARY, "library", ProofCase.ASSUMED))


def _assume_of_file(framework: str, when: str, by: str, case: ProofCase = ProofCase.ASSUMED) -> Clause:
    """Take a file for a framework's, under these signals, where nothing else was found and the library wrote none."""
    return Clause(framework, Status.ASSUMED, Tier.ASSUMED, f"!found & !library wrote & {when}", _FILE, by, case)


LIBRARY_ALONE = (
    # MLX's older .npz weights; the library may be another's (diffusionkit).
    Clause(
        MLX,
        Status.YES,
        Tier.LIBRARY,
        "!found & files & weights & !converted & mlx",
        _TAG,
        "mlx",
        ProofCase.ON_WEIGHTS,
    ),
    Clause(MLX, Status.ASSUMED, Tier.ASSUMED, "!found & !files & !converted & mlx", _TAG, "mlx", ProofCase.ASSUMED),
    *_each(
        FRAMEWORKS,
        Clause(
            "@",
            Status.YES,
            Tier.LIBRARY,
            "!found & files & weights & !mlx & library:@ & library says & library wrote",
            _LIBRARY,
            "library",
        ),
    ),
    # Files not told, or of names that nobody knows.
    *_assume_of_library("!found & !files & !converted"),
    *_assume_of_library("!found & files & strange & !weights & !converted"),
    Clause(OTHER, Status.YES, Tier.FILES, "!found & file:Other", _FILE, "file:Other"),
    Clause(OTHER, Status.YES, Tier.TAGS_FOR_FILES, "!found & !files & hub:Other", _TAG, "hub:Other"),
    _assume_of_file(TENSORFLOW, "file:h5 & before Keras 3", "file:h5", ProofCase.BEFORE_KERAS_3),
    _assume_of_file(KERAS, "file:h5 & since Keras 3", "file:h5"),
    _assume_of_file(JAX, "file:msgpack", "file:msgpack"),
)


def _write_clauses(when: str, case: ProofCase, *, counts: bool) -> list[Clause]:
    """Report a tag that anybody may have set, under these signals."""
    clause = Clause("@", Status.DECLARED, Tier.DECLARED, f"{when} & said:@", _TAG, "said:@", case, counts)
    return _each(_DECLARABLE, clause)


TAGS_ALONE = (
    *_write_clauses("!found & files & weights & !converted", ProofCase.NO_SUCH_FILE, counts=True),
    *_write_clauses("!found & !files & !converted", ProofCase.FILES_NOT_READ, counts=True),
)

INHERITED = tuple(
    _each(
        FRAMEWORKS,
        Clause("@", Status.INHERITED, Tier.INHERITED, "!found & converted & base:@", _BASE, "base:@", counts=False),
    )
)

TAGS_BESIDE = (
    *_write_clauses("files", ProofCase.NO_SUCH_FILE, counts=False),
    *_write_clauses("!files", ProofCase.NOT_FROM_A_FILE, counts=False),
)
"""The last of all, so that a tag that does not count hides nothing."""

LAYERS = (OWN_EVIDENCE, UNEXPLAINED, LIBRARY_ALONE, TAGS_ALONE, INHERITED, TAGS_BESIDE)
CLAUSES = tuple(clause for layer in LAYERS for clause in layer)

SETTLING = tuple(name for name in SAFETENSORS_BY if name != OTHER)
"""
What explains safetensors lying beside it: frameworks that write them.

TensorFlow's, JAX's and Keras's own files do not: transformers repositories that hold tf_model.h5 and model.safetensors
have the latter from PyTorch.
"""

HOLDING = ("weights", "strange", "doubtful")
"""Where none of these is shown, a list of files is one of a repository without weights."""

STRENGTH = tuple(Tier)
