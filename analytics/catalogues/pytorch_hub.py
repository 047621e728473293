"""
PyTorch Hub: pages, the `*.md` in the root of pytorch/hub whose front matter has the line `layout: hub_detail`.

A page may offer several models: `parts` has the distinct literal pairs `torch.hub.load('repo', 'name'` of each page.
"""

import re

from analytics.catalogues import Count, NotCounted, Texts

LAYOUT = "layout: hub_detail"
QUOTED = r"['\"]([^'\"]+)['\"]"
LOAD = re.compile(rf"torch\.hub\.load\(\s*(?:github\s*=\s*)?{QUOTED}\s*,\s*(?:model\s*=\s*)?{QUOTED}")


def wants(path: str) -> bool:
    """Say which files are read; `docs/template.md` has the line too and is no page."""
    return "/" not in path and path.endswith(".md")


def count(texts: Texts) -> Count:
    """Count pages; some end their lines with CRLF."""
    pages = [text for text in texts.values() if LAYOUT in (line.strip() for line in _front(text))]
    if not pages:
        raise NotCounted("no pages stand where PyTorch Hub keeps them")
    return Count(len(pages), {"load calls": sum(len(set(LOAD.findall(page))) for page in pages)})


def _front(text: str) -> list[str]:
    """Give the lines between the first `---` and the next."""
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or lines[0].strip() != "---":
        return []
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), len(lines))
    return lines[1:end]
