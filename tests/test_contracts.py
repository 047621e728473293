"""What the import contracts cannot see: a forgotten package, private parts of others, other ways to HTTP."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOTS = CONFIG["tool"]["importlinter"]["root_packages"]
NOT_THE_PRODUCT = {"tests", "benchmarks"}
READ_SETTINGS_ALONE = ("urllib.request.getproxies", "urllib.request.proxy_bypass")
OTHER_WAYS_TO_HTTP = ("urllib.request", "http.client.HTTPConnection", "requests", "urllib3", "socket.create_connection")


def imports(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every imported name in full, with the file it is imported by."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((str(path.relative_to(ROOT)), name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((str(path.relative_to(ROOT)), f"{node.module}.{name.name}") for name in node.names)


def test_every_top_level_package_is_under_the_contracts() -> None:
    """One that nobody told them of could import what it likes."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_THE_PRODUCT

    assert packages == set(ROOTS)


def test_nothing_private_of_another_package_is_used() -> None:
    """A name with an underscore may be gone in the next release, huggingface_hub's first of all."""
    private = [
        (file, name)
        for root in ROOTS
        for file, name in imports(ROOT / root)
        if not name.startswith("_typeshed.")  # the type checker's own
        and any(part.startswith("_") and not part.endswith("__") for part in name.split("."))
    ]

    assert private == []


def test_there_is_one_way_to_http() -> None:
    """Bounded, with a deadline and our errors (`sources/http.py`); Slack is spoken to by its SDK."""
    asking = ((file, name) for file, name in imports(ROOT / "analytics") if name not in READ_SETTINGS_ALONE)
    found = [(file, name) for file, name in asking if name.startswith(OTHER_WAYS_TO_HTTP)]

    assert found == []


def test_a_migration_uses_nothing_of_ours() -> None:
    """A step does for ever what it did on its day; code of ours goes on."""
    found = [
        (file, name)
        for file, name in imports(ROOT / "analytics" / "storage" / "migrations" / "versions")
        if name.split(".")[0] in ROOTS
    ]

    assert found == []
