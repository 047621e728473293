"""
TensorFlow Hub: modules, pages under `assets/docs` whose first line is `# Module <publisher>/<name>/<version>`.

A module has several versions, distinct names are counted and versions stand beside. Other first words are formats of a
model (Lite, Tfjs, Coral), names whose assets are elsewhere (Placeholder), collections and publishers.
"""

import html
import re

from analytics.catalogues import Count, NotCounted, Texts

MODULE = re.compile(r"#\s*module\s+([\w.-]+(?:/[\w.-]+)+)/(\d+)\s*", re.IGNORECASE)


def wants(path: str) -> bool:
    """Say which files are read."""
    return path.startswith("assets/docs/") and path.endswith(".md")


def count(texts: Texts) -> Count:
    """Count modules; pages of assets that have since been deleted are still among them."""
    found = [match for match in map(MODULE.fullmatch, map(_first, texts.values())) if match]
    if not found:
        raise NotCounted("no modules stand where TensorFlow Hub keeps them")
    versions = {(match[1].casefold(), match[2]) for match in found}
    return Count(len({name for name, _ in versions}), {"versions": len(versions)})


def _first(text: str) -> str:
    """Give the first line with words; some names are written with invisible joiners (`&zwnj;`) for the web."""
    line = next(filter(None, map(str.strip, text.lstrip("\ufeff").splitlines())), "")
    return html.unescape(line).replace("\u200c", "")
