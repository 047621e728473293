"""
Which model of the same family and owner a few words mean: `the 7b one` after google/gemma-2b, `small`, `v2`, `cased`.

What stands in the name in the place of the words is put in another's; a known model that the words fit is taken before
one that only may exist.
"""

import re
from collections import Counter
from collections.abc import Sequence

from analytics.names.known_models import atoms_of, downloads_of, list_family

KINDS = tuple(
    re.compile(rf"(?<![^\W_])(?:{kind})(?![^\W_])", re.IGNORECASE)
    for kind in (
        r"[aex]?\d+(?:\.\d+)?[bmk]",
        r"tiny|nano|micro|mini|small|base|medium|large|huge|giant|xs|xl|xxl|x{0,2}-large",
        r"v\d+(?:\.\d+)*",
        r"cased|uncased",
    )
)
"""What names have in one place: parameters, a size, a version, letters."""


def find_sibling(model: str, words: Sequence[str]) -> str | None:
    """Give the id of the sibling that words mean; None where they fit none of the family."""
    wanted = atoms_of(" ".join(words))
    if _bears(atoms_of(model.partition("/")[2]), wanted):
        return None  # it is the one that is spoken of
    put = _put_in_place(model, " ".join(words))
    if put and downloads_of(put):
        return put
    return (_find_known(model, wanted) if wanted else None) or put


def _put_in_place(model: str, said: str) -> str | None:
    """Put what is said in the place of what stands in the name of its kind: once, and spelled as it is there."""
    owner, _, name = model.partition("/")
    for kind in KINDS:
        places = list(kind.finditer(name)) if kind.fullmatch(said) else []
        if len(places) == 1 and places[0].group().casefold() != said.casefold():
            is_upper = places[0].group().isupper()
            new = said.upper() if is_upper else said.casefold()
            return f"{owner}/{name[: places[0].start()]}{new}{name[places[0].end() :]}"
    return None


def _find_known(model: str, wanted: Sequence[str]) -> str | None:
    """Find the known one of the family that bears what is said and nothing else that is new, the nearest first."""
    own = Counter(atoms_of(model.partition("/")[2]))
    fitting = []
    for one in list_family(model):
        atoms = atoms_of(one.name)
        is_new = Counter(atoms) - own - Counter(wanted) or _stem(one.id) != _stem(model)
        if one.id != model and _bears(atoms, wanted) and not is_new:
            far = (own - Counter(atoms)).total() + (Counter(atoms) - own).total()
            fitting.append((far, -one.downloads, one.id))
    return min(fitting)[-1] if fitting else None


def _stem(model: str) -> str:
    """Give what a family's names begin with: `Qwen2.5` is no `Qwen2`."""
    return model.partition("/")[2].partition("-")[0].casefold()


def _bears(atoms: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether some atoms stand in a name, one behind the other."""
    size = len(wanted)
    return any(tuple(atoms[at : at + size]) == tuple(wanted) for at in range(len(atoms) - size + 1))
