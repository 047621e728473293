"""Block Kit as Slack judges it: `problems(blocks)` names every rule that a list of blocks breaks. Pure."""

from playground.blocks.check import problems, view_problems
from playground.blocks.kinds import MESSAGE
from playground.blocks.limits import NEWEST, STRICT, Profile
from playground.blocks.rules import Problem

__all__ = ["MESSAGE", "NEWEST", "STRICT", "Problem", "Profile", "problems", "view_problems"]
