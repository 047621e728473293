"""
Typed words -> a request, or what was not understood with the nearest words that are.

`understand` reads whatever people type and is what Slack and the terminal use; `parse` reads canonical words alone.
What is asked after an answer is read by `follow_ups.py`.
Pure: no clock, no network.
"""

from analytics.grammar.asked_day import AskedDay
from analytics.grammar.cleaning import LONGEST, LONGEST_TYPED, clean, nearest
from analytics.grammar.for_asker import is_for_asker
from analytics.grammar.help_topics import TOPICS, HelpTopic, find_topic
from analytics.grammar.interpretation import Intent
from analytics.grammar.mentioned_models import find_models, find_other_links, read_link
from analytics.grammar.pasted_errors import looks_pasted
from analytics.grammar.read_leaving import LEAVE_ME
from analytics.grammar.strict import EXAMPLES, QUESTIONS, Unclear, parse, too_long
from analytics.grammar.understanding import understand
from analytics.grammar.understood import Understood

__all__ = [
    "EXAMPLES",
    "LEAVE_ME",
    "LONGEST",
    "LONGEST_TYPED",
    "QUESTIONS",
    "TOPICS",
    "AskedDay",
    "HelpTopic",
    "Intent",
    "Unclear",
    "Understood",
    "clean",
    "find_models",
    "find_other_links",
    "find_topic",
    "is_for_asker",
    "looks_pasted",
    "nearest",
    "parse",
    "read_link",
    "too_long",
    "understand",
]
