"""The templates, filled by Jinja: every value is escaped, and one that was forgotten is an error."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = files(__package__) / "templates"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(str(FOLDER)),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fill(name: str, **values: Any) -> str:
    """Fill a template."""
    return ENVIRONMENT.get_template(name).render(values)


@cache
def read_file(name: str) -> str:
    """Give a file that stands beside the templates and is sent as it is."""
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def looks() -> str:
    """Name the looks: another name as soon as a template or the style sheet changes."""
    texts = sorted((file.name, file.read_text(encoding="utf-8")) for file in FOLDER.iterdir() if file.is_file())
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]
