"""
Typed words -> a request, or what was not understood with the nearest words that are.

`understand` reads whatever people type and is what Slack and the terminal use; `parse` reads canonical words alone.
Pure: no clock, no network.
"""

from analytics.grammar.asked_day import AskedDay
from analytics.grammar.cleaning import LONGEST, LONGEST_TYPED, clean, nearest
from analytics.grammar.follow_ups import FollowUp, follow_up, pick_offered
from analytics.grammar.help_topics import TOPICS, HelpTopic, find_topic
from analytics.grammar.interpretation import Intent
from analytics.grammar.mentioned_models import find_models, find_other_links, read_link
from analytics.grammar.pasted_errors import looks_pasted
from analytics.grammar.strict import EXAMPLES, QUESTIONS, Unclear, parse, too_long
from analytics.grammar.understanding import understand
from analytics.grammar.understood import Understood

__all__ = [
    "EXAMPLES",
    "LONGEST",
    "LONGEST_TYPED",
    "QUESTIONS",
    "TOPICS",
    "AskedDay",
    "FollowUp",
    "HelpTopic",
    "Intent",
    "Unclear",
    "Understood",
    "clean",
    "find_models",
    "find_other_links",
    "find_topic",
    "follow_up",
    "looks_pasted",
    "nearest",
    "parse",
    "pick_offered",
    "read_link",
    "too_long",
    "understand",
]
