"""TorchAudio: bundles in `torchaudio/pipelines`; a few more under `prototype/` of older releases are not counted."""

from analytics.catalogues import Count, NotCounted, Texts
from analytics.catalogues.bundles import bundles


def wants(path: str) -> bool:
    """Say which files are read."""
    return path.startswith("torchaudio/pipelines/") and path.endswith(".py")


def count(texts: Texts) -> Count:
    """Count bundles."""
    found = len(list(bundles(texts)))
    if not found:
        raise NotCounted("no bundles stand where TorchAudio keeps them")
    return Count(found)
