"""
What the Hub allows as the id of a repository: the one rule, for what people type and for what strangers wrote.

As huggingface_hub's `validate_repo_id` has it (2.4.0): letters, digits, `-`, `_` and `.`, at most 96 characters on
either side of one slash. An id becomes part of an address, so nothing else is ever asked for.
"""

import re

PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?")
"""The account, or the name after it."""

WHOLE = f"{PART.pattern}(/{PART.pattern})?"
NEVER = r".*(\.\.|--).*|.*\.git|[^/]{97,}.*|.*/[^/]{97,}"
"""The same rule for a database, which reads millions: the whole of an id, and what is never one all the same."""

LONGEST_PART = 96
LONGEST_ID = 160
"""Characters of account, slash and name: accounts have some forty. Stored under it, with a framework, it fits 200."""


def is_repository_id(name: str) -> bool:
    """Tell whether a text can be the id of a repository."""
    return what_is_wrong(name) is None


def what_is_wrong(name: str) -> str | None:
    """Say what keeps a text from being an id; None if nothing does. Lengths come first: the rest takes their time."""
    parts = name.split("/", 2)
    if len(parts) > 2:  # noqa: PLR2004 - account and model
        return "it has more than one slash"
    if max(map(len, parts)) > LONGEST_PART or len(name) > LONGEST_ID:
        return f"it is longer than {LONGEST_PART} characters"
    if ".." in name or "--" in name:
        return "two dots or dashes in a row are in no name"
    if not all(map(PART.fullmatch, parts)):
        return "a name is made of letters, digits, “-”, “_” and “.”, with one slash after the account"
    if name.endswith(".git"):
        return "no name ends in .git"
    return None
