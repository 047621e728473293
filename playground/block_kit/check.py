"""The judgement over a whole message or view."""

import json
from collections.abc import Callable
from typing import Any

from playground.block_kit import limits
from playground.block_kit.kinds import MESSAGE, block
from playground.block_kit.limits import STRICT, Profile
from playground.block_kit.rules import Looking, Problem, Rule, anything, boolean, by_type, items, plain, record, string

FileProblem = Callable[[dict[str, Any]], str | None]


def no_file_problem(slack_file: dict[str, Any]) -> str | None:
    """Take every file as good: who asks has no files to look into."""
    del slack_file
    return None


def problems(
    blocks: Any,
    surface: str = MESSAGE,
    profile: Profile = STRICT,
    file_problem: FileProblem = no_file_problem,
    at: str = "/blocks",
) -> list[Problem]:
    """
    Name every rule the blocks break, as (JSON pointer, message); an empty list means Slack takes them.

    `file_problem` says what is wrong with a `slack_file`, for whoever knows the files.
    """
    looking = Looking(profile, surface, file_problem)
    items(block, limits.BLOCKS[surface], least=0)(blocks, at, looking)
    return looking.found


_ALL: dict[str, Rule] = {
    "blocks": anything,
    "private_metadata": string(limits.PRIVATE_METADATA, 0),
    "callback_id": string(limits.IDENTIFIER, 0),
    "external_id": string(limits.IDENTIFIER, 0),
}
VIEW = by_type(
    {
        "home": record({"blocks": anything}, _ALL),
        "modal": record(
            {"title": plain(limits.VIEW_TITLE), "blocks": anything},
            {
                **_ALL,
                "submit": plain(limits.VIEW_TITLE),
                "close": plain(limits.VIEW_TITLE),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        ),
    },
    "view",
)


def view_problems(view: Any, profile: Profile = STRICT, file_problem: FileProblem = no_file_problem) -> list[Problem]:
    """Name every rule a view breaks, its blocks included."""
    surface = view.get("type") if isinstance(view, dict) else None
    looking = Looking(profile, str(surface), file_problem)
    VIEW(view, "/view", looking)
    if surface in limits.BLOCKS and "blocks" in view:
        looking.found += problems(view["blocks"], str(surface), profile, file_problem, at="/view/blocks")
    return looking.found


def is_too_large(view: Any) -> bool:
    """Whether a view is beyond 250 kB as JSON."""
    return len(json.dumps(view).encode()) > limits.VIEW_BYTES
