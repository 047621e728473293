"""Block Kit as Slack judges it: `problems(blocks)` names every rule that a list of blocks breaks. Pure."""

from bot.playground.blocks.check import problems, view_problems
from bot.playground.blocks.kinds import MESSAGE
from bot.playground.blocks.limits import NEWEST, STRICT, Profile
from bot.playground.blocks.rules import Problem

__all__ = ["MESSAGE", "NEWEST", "STRICT", "Problem", "Profile", "problems", "view_problems"]
