"""
What help is about: groups of questions, each with one that works as it stands.

The examples of a group are those of EXAMPLES whose first word is one of the group's: no question is listed twice.
"""

from dataclasses import dataclass

from analytics.grammar.strict import EXAMPLES

OF_A_DAY = (("top30 on 2026-11-20", "what was stored then; “on” and a day go behind most questions"),)
"""What works as soon as something is stored."""


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """One group: what comes after `help`, its title, what it answers, first words of its questions, one to try."""

    name: str
    title: str
    answers: str
    starts: tuple[str, ...]
    first: str

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """The group's questions that work as they stand, each with what it answers."""
        return tuple(pair for pair in (*EXAMPLES, *OF_A_DAY) if pair[0].startswith(self.starts))


TOPICS: tuple[HelpTopic, ...] = (
    HelpTopic("many", "How many", "who has more models", ("top", "totals", "official", "share"), "top30"),
    HelpTopic(
        "models",
        "One model",
        "its frameworks and formats",
        ("model", "compare", "formats", "load"),
        "model openai/whisper-large-v3",
    ),
    HelpTopic("time", "Over time", "what changed, what is new", ("trend", "papers", "changes", "new"), "changes"),
    HelpTopic("why", "Why", "how it is counted, and why", ("why",), "why method"),
)
"""The groups of questions, in the order in which they are shown."""


def find_topic(name: str) -> HelpTopic | None:
    """Find a group by its word after `help`; None where there is none of this name."""
    return next((topic for topic in TOPICS if topic.name == name), None)
