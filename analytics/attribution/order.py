"""
The order of evidence, as data: five layers of clauses over named signals.

A clause gives a framework a status when all its signals hold (`!` negates). Within a layer the first clause that fits
decides for its framework; a later layer adds only what earlier ones left open, and its clauses may ask what those found
(`found`, `settled`). `reading` evaluates it for one model, `sql` writes it as queries; both read this and nothing else.

Signals:  `file:X`, `hub:X` (tag the Hub set), `said:X` (tag anybody set), `header:X`, `library:X` (the one framework of
          the library), `files` (they were read), `safetensors`, `mlx`, `header`, `weights`, `conversion`,
          `library named`, `library foreign` (of others than PyTorch), `library says` (it proves something by itself),
          `before Keras 3`, `since Keras 3`, `base:X` (the base model counts in X).
"""

from dataclasses import dataclass
from functools import cache

from analytics.attribution.verdicts import FRAMEWORKS, JAX, KERAS, MLX, OTHER, PADDLE, PYTORCH, TENSORFLOW, Status, Tier


@dataclass(frozen=True, slots=True)
class Clause:
    """If all signals of `when` hold, `framework` has `status`; `words` is the evidence, with names to fill in."""

    framework: str
    status: Status
    tier: Tier
    when: str
    words: str
    counts: bool = True


@cache
def asked(when: str) -> tuple[tuple[str, bool], ...]:
    """Read a condition: the signals it asks for, each with the value it must have."""
    return tuple((part.removeprefix("!"), not part.startswith("!")) for part in when.split(" & "))


def _each(
    frameworks: tuple[str, ...], status: Status, tier: Tier, when: str, words: str, *, counts: bool = True
) -> list[Clause]:
    """Say the same of several frameworks; `@` stands for the framework."""
    return [Clause(name, status, tier, when.replace("@", name), words, counts) for name in frameworks]


_NEURAL = (PYTORCH, TENSORFLOW, JAX, KERAS, MLX, PADDLE)
_DECLARABLE = (PYTORCH, TENSORFLOW, JAX, PADDLE)

HEADER_SAYS = "safetensors header says {header}"
NOT_FOUND = "tag {said}, but no such file found"

OWN_EVIDENCE = (
    *_each(_NEURAL, Status.YES, Tier.FILES, "file:@", "{file}"),
    Clause(PYTORCH, Status.YES, Tier.FILES, "file:ckpt & !library foreign", "{ckpt}"),
    *_each(_DECLARABLE, Status.YES, Tier.TAGS_FOR_FILES, "!files & hub:@", "tag {hub}"),
    # Old MLX tools wrote `pt` into the header; the tag mlx knows better.
    Clause(PYTORCH, Status.YES, Tier.HEADER, "safetensors & header:PyTorch & !mlx", HEADER_SAYS),
    *_each((TENSORFLOW, JAX, MLX), Status.YES, Tier.HEADER, "safetensors & header:@", HEADER_SAYS),
    Clause(
        MLX, Status.YES, Tier.LIBRARY, "safetensors & mlx & !header:TensorFlow & !header:JAX", "safetensors tagged mlx"
    ),
    *_each(
        FRAMEWORKS,
        Status.YES,
        Tier.LIBRARY,
        "safetensors & library:@ & !header & !mlx",
        "safetensors, library {library} is {framework}",
    ),
)

UNEXPLAINED_SAFETENSORS = (
    Clause(
        PYTORCH,
        Status.ASSUMED,
        Tier.ASSUMED,
        "safetensors & !header & !mlx & !settled & !library foreign",
        "assumed: safetensors, {unnamed}",
    ),
)

LIBRARY_ALONE = (
    # MLX's older .npz weights; the library may be another's (diffusionkit).
    Clause(MLX, Status.YES, Tier.LIBRARY, "!found & files & weights & !conversion & mlx", "weights tagged mlx"),
    Clause(MLX, Status.ASSUMED, Tier.ASSUMED, "!found & !files & !conversion & mlx", "assumed: tagged mlx"),
    *_each(
        FRAMEWORKS,
        Status.YES,
        Tier.LIBRARY,
        "!found & files & weights & !mlx & library:@ & library says",
        "library {library} is {framework}",
    ),
    *_each(
        FRAMEWORKS,
        Status.ASSUMED,
        Tier.ASSUMED,
        "!found & !files & !conversion & !mlx & library:@ & library says",
        "assumed: library {library} is {framework}",
    ),
    Clause(OTHER, Status.YES, Tier.FILES, "!found & file:Other", "{file}"),
    Clause(OTHER, Status.YES, Tier.TAGS_FOR_FILES, "!found & !files & hub:Other", "tag {hub}"),
    Clause(
        TENSORFLOW,
        Status.ASSUMED,
        Tier.ASSUMED,
        "!found & file:h5 & !library named & before Keras 3",
        "assumed: {h5} is Keras's, the repository older than Keras 3",
    ),
    Clause(
        KERAS,
        Status.ASSUMED,
        Tier.ASSUMED,
        "!found & file:h5 & !library named & since Keras 3",
        "assumed: {h5} is Keras's",
    ),
)

TAGS_ALONE = (
    *_each(
        _DECLARABLE,
        Status.DECLARED,
        Tier.DECLARED,
        "!found & files & weights & !conversion & said:@",
        NOT_FOUND,
    ),
    *_each(
        _DECLARABLE,
        Status.DECLARED,
        Tier.DECLARED,
        "!found & !files & !conversion & said:@",
        "the author's tag {said}, files not read",
    ),
    *_each(
        _DECLARABLE,
        Status.DECLARED,
        Tier.DECLARED,
        "files & said:@",
        NOT_FOUND,
        counts=False,
    ),
    *_each(
        _DECLARABLE,
        Status.DECLARED,
        Tier.DECLARED,
        "!files & said:@",
        "the author's tag {said}, not set from a file",
        counts=False,
    ),
)

INHERITED = tuple(
    _each(
        FRAMEWORKS,
        Status.INHERITED,
        Tier.INHERITED,
        "!found & conversion & base:@",
        "{framework} inherited from {base}",
        counts=False,
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
