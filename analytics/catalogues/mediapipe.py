"""
MediaPipe: the models linked on `docs/solutions/models.md`, its catalogue until it moved to web pages in April 2023.

The pages of today have no list that can be read by machine, and the wheels carry no models: this is the last count
that can be proved. One model may be linked in several formats; distinct links are counted, formats stand beside.
"""

import re

from analytics.catalogues import Count, NotCounted, Texts

PAGE = "docs/solutions/models.md"
LINK = re.compile(r"\((https?://[^)\s]+)\)")
FORMATS = {"Edge TPU": "_edgetpu.tflite", "TFLite": ".tflite", "TensorFlow Hub": "tfhub.dev/"}


def wants(path: str) -> bool:
    """Say which file is read."""
    return path == PAGE


def count(texts: Texts) -> Count:
    """Count distinct links to models."""
    formats = [kind for link in sorted(set(LINK.findall(texts.get(PAGE, "")))) if (kind := _format(link))]
    if not formats:
        raise NotCounted("no links to models stand on the page of MediaPipe")
    return Count(len(formats), {kind: formats.count(kind) for kind in FORMATS})


def _format(link: str) -> str | None:
    return next((kind for kind, mark in FORMATS.items() if mark in link), None)
