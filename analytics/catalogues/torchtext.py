"""
TorchText: bundles, `NAME = RobertaBundle(...)` or `T5Bundle(...)` (`RobertaModelBundle` in 0.12).

Every size of T5 comes as three bundles (encoder, whole, generation) of the same weights: three files, one model.
"""

from analytics.catalogues import Count, NotCounted, Texts
from analytics.catalogues.bundles import bundles

FAMILIES = ("Roberta", "T5")


def wants(path: str) -> bool:
    """Say which files are read; in 0.14 those of T5 stand under `prototype/`."""
    return path.startswith("torchtext/") and path.endswith(".py")


def count(texts: Texts) -> Count:
    """Count bundles; releases before 0.12 have none, which is a true zero where `models/` does not exist either."""
    found = [(path, family) for path, _, family in bundles(texts) if family.startswith(FAMILIES)]
    if not texts or (not found and any("/models/" in path for path in texts)):
        raise NotCounted("no bundles stand where TorchText keeps them")
    parts = {f"{family} bundles": sum(one.startswith(family) for _, one in found) for family in FAMILIES}
    return Count(len(found), parts | {"in prototype": sum("/prototype/" in path for path, _ in found)})
