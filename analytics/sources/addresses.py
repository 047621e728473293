"""
The one place where addresses are made of what others wrote: ids, revisions, names of files.

A stranger chooses such a name, and the request that asks for it may carry our token. So every part of a path is
quoted, and a part that would lead elsewhere (empty, `.`, `..`) or that no name has makes no address at all.
"""

from urllib.parse import quote

from analytics.errors import Changed

LONGEST_PATH = 1000
"""Characters of one id, revision or path of a file; the longest that were seen have some 200."""


def make_address(root: str, *paths: str) -> str:
    """
    Give the address of what lies under `root`, one path after the other; slashes within a path stay slashes.

    Raises:  Changed, if a path cannot be part of an address.
    """
    return "/".join([root.rstrip("/"), *(_quote(root, path) for path in paths)])


def _quote(root: str, path: str) -> str:
    parts = path.split("/") if len(path) <= LONGEST_PATH else [""]
    if not path.isprintable() or {"", ".", ".."} & set(parts):
        raise Changed(root, f"it names something that cannot be asked for (“{_short(path)}”)")
    return "/".join(quote(part, safe="") for part in parts)


def _short(path: str) -> str:
    """Shorten a foreign name for an error, without what no terminal should see."""
    return "".join(char if char.isprintable() else "?" for char in path[:60]) + ("…" if len(path) > 60 else "")  # noqa: PLR2004 - the same number
