"""
Types read of newer wheels beside the shipped table: a newer release takes its library's rows, and is only *listed*.

The body of a stored reading is `{library: {"version", "released", "read", "types": {framework: [...]}, "trouble"}}`.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol

from packaging.version import Version

from analytics.reach.conversion_tables import Listed, Listings, Part, read_shipped_listings

NEW: Mapping[tuple[str, str], tuple[str, Part]] = {
    ("keras-hub", "TensorFlow"): ("Backbone", Part.BACKBONE),
    ("keras-hub", "JAX"): ("Backbone", Part.BACKBONE),
    ("transformers", "TensorFlow"): ("TF{architecture}", Part.WHOLE),
    ("transformers", "JAX"): ("Flax{architecture}", Part.WHOLE),
    ("mlx-lm", "MLX"): ("mlx_lm.load", Part.WHOLE),
}
"""What loads a type that nobody has looked at yet: the library's most general class."""


class TypeReading(Protocol):
    """A stored reading of types."""

    @property
    def body(self) -> Any:
        """What was read, by library."""
        ...


def merge_listings(reading: TypeReading | None) -> Listings:
    """Put a reading beside the shipped table; the same object for the same reading, as rules remember by it."""
    return _merge(json.dumps(reading.body, sort_keys=True)) if reading else read_shipped_listings()


@lru_cache(maxsize=4)
def _merge(body: str) -> Listings:
    rows = read_shipped_listings().rows
    for library, read in json.loads(body).items():
        own = [row for row in rows if row.library == library]
        if own and Version(read["version"]) > Version(own[0].version):
            rows = (*(row for row in rows if row.library != library), *_renew(own, library, read))
    return Listings(rows)


def _renew(own: list[Listed], library: str, read: Mapping[str, Any]) -> Iterable[Listed]:
    """Make the rows of a newer release: of types known before with what is known of them, of new ones without."""
    known = {(row.framework, row.model_type): row for row in own}
    released = dt.date.fromisoformat(read["released"] or read["read"])
    for framework, names in read["types"].items():
        for name in names:
            loader, part = NEW[library, framework]
            fresh = Listed(library, read["version"], released, framework, name, loader, part, ())
            row = known.get((framework, name), fresh)
            yield replace(row, version=read["version"], released=released, loaded=own[0].version)
