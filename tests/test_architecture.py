"""The map is true: every file and room that it names is there, and it names every room."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("docs/architecture.md", "docs/how_to_add.md")
NAMED = re.compile(r"`([\w./-]+(?:\.(?:py|csv|css|json|md|toml)|/))`")


def list_paths(folder: Path) -> Iterator[str]:
    """Give all that is in the project, but for what is hidden, as an environment is, with a hundred times as many."""
    for path in folder.iterdir():
        if not path.name.startswith("."):
            yield path.relative_to(ROOT).as_posix()
            if path.is_dir() and not path.is_symlink():
                yield from list_paths(path)


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    """By its path, or by its last name where the row says the room."""
    named, paths = NAMED.findall((ROOT / page).read_text(encoding="utf-8")), list(list_paths(ROOT))

    assert len(named) > 50
    assert [name for name in named if not any(f"/{path}".endswith(f"/{name.rstrip('/')}") for path in paths)] == []


@pytest.mark.parametrize("package", ["analytics", "bot"])
def test_every_room_and_every_loose_module_is_on_the_map(package: str) -> None:
    """Whoever looks for one finds its row."""
    text = (ROOT / PAGES[0]).read_text(encoding="utf-8")
    loose = [path.name for path in (ROOT / package).glob("*.py") if path.stem not in ("__init__", "errors")]
    rooms = [f"{path.parent.name}/" for path in (ROOT / package).glob("*/__init__.py")]

    assert [name for name in (*loose, *rooms) if name not in text] == []
