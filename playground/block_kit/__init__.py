"""Block Kit as Slack judges it: `problems(blocks)` names every rule that a list of blocks breaks. Pure."""

from playground.block_kit.check import problems, view_problems
from playground.block_kit.kinds import MESSAGE
from playground.block_kit.limits import NEWEST, STRICT, Profile
from playground.block_kit.rules import Problem

__all__ = ["MESSAGE", "NEWEST", "STRICT", "Problem", "Profile", "problems", "view_problems"]
