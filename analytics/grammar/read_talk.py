"""Sentences that ask about the program or a fact: why, help, status, thanks."""

from analytics.domain.requests import Why
from analytics.grammar.pieces import Sentence
from analytics.grammar.reading import Kind, Reading, ask, say

LINKS = ("to", "by", "and", "from", "which", "available", "how", "bot", "use", "relative", "models", "channel")
GONE_IN_5 = ("TensorFlow", "JAX")


def read_why(sentence: Sentence) -> Reading | None:
    """Read which fact is to be explained."""
    topic = _topic(sentence)
    if topic is None:
        return None
    takes = [*LINKS, "why", "gone", "framework", "transformers", "transformers5", "tfclass", "neg", "load", "more", "most"]
    takes += ["topic", "compare", "top", "share", "pronoun", "only", "papers_code"]
    takes += {
        "transformers5": ["file", "new", "changes"],
        "safetensors": ["safetensors", "formats", "frameworks", "method"],
        "downloads": ["measure", "window", "day", "number", "howmany", "changes", "trend", "since", "span"],
        "papers": ["papers", "papers_code"],
        "tfhub": ["official", "trend"],
        "keras3": ["framework_version", "frameworks", "number", "window"],
        "formats": ["format", "formats", "howmany", "frameworks", "definition", "method"],
        "method": ["method", "definition", "bot", "frameworks", "howmany", "window"],
        "pytorch": ["trend"],
    }[topic]
    return ask(Why(topic), takes)


def _topic(sentence: Sentence) -> str | None:
    """Choose the topic by what is named beside a why, or beside what is told to be gone."""
    asks, gone = sentence.has("why"), sentence.has("gone")
    if topic := sentence.only("topic"):
        return topic
    if sentence.has("papers") and (gone or asks):
        return "papers"
    if "tensorflow" in sentence.values("official") and (gone or asks):
        return "tfhub"
    left = gone or sentence.has("neg")
    if sentence.has("tfclass", "transformers5") or (sentence.has("transformers") and left):
        return "transformers5" if not sentence.has("model") else None
    if sentence.has("transformers", "hub") and gone and set(sentence.values("framework")) & set(GONE_IN_5):
        return "transformers5" if not sentence.has("model", "official") else None
    if sentence.has("transformers") and sentence.has("framework") and sentence.has("available", "use"):
        return "transformers5" if not sentence.has("model") else None
    if gone and asks and set(sentence.values("framework")) & set(GONE_IN_5):
        return "transformers5"
    return _topic_of_counting(sentence, asks=asks)


def _topic_of_counting(sentence: Sentence, *, asks: bool) -> str | None:
    """Choose among the topics of how it is counted."""
    if sentence.has("safetensors") and not sentence.has("model", "load", "arrow") and (
        asks or sentence.has("framework", "which", "frameworks")
    ):
        return "safetensors"
    if {*sentence.values("measure"), "alltime"} == {"downloads", "alltime"} and (
        asks or sentence.has("window") or (sentence.has("span") and sentence.has("and"))
    ) and not sentence.has("share"):
        return "downloads"
    if sentence.has("framework_version") and not sentence.has("model"):
        return "keras3"
    if sentence.has("format") and (sentence.has("method") or asks or sentence.has("frameworks")):
        return "formats" if not sentence.has("model") else None
    if sentence.has("method") or set(sentence.values("definition")) == {"declared", "attributed"}:
        return "method" if not sentence.has("model") else None
    if asks and "PyTorch" in sentence.values("framework") and sentence.has("more", "most", "top"):
        return "pytorch"
    return None


def read_help(sentence: Sentence) -> Reading | None:
    """Read a call for help, and what about."""
    if sentence.has("channel_trouble"):
        takes = (*LINKS, "channel_trouble", "help", "why", "neg", "digest_list", "top", "only", "pronoun", "channel")
        return say("help channel", Kind.HELP, takes)
    if not sentence.has("help") and not _only_greets(sentence):
        return None
    topic = next((name for name in HELP_TOPICS if sentence.has(*HELP_TOPICS[name])), "")
    takes = (*LINKS, "help", "pronoun", *HELP_TOPICS.get(topic, ()))
    return say(f"help {topic}".strip(), Kind.HELP, takes)


HELP_TOPICS = {
    "digest": ("digest", "weekly"),
    "models": ("models", "formats"),
    "time": ("trend", "changes"),
    "channel": ("channel",),
}
"""What `help` may be asked about, and by which concepts it is known."""


def _only_greets(sentence: Sentence) -> bool:
    return sentence.has("greet") and all(piece.may_be("greet", "bot") or piece.asks_nothing for piece in sentence.pieces)


def read_status(sentence: Sentence) -> Reading | None:
    """Read how things stand with the program and its data."""
    if not sentence.has("status"):
        return None
    takes = (*LINKS, "status", "how", "howmany", "new", "trend", "frameworks", "why", "measure", "top", "models", "papers", "digest_list")
    return say("status", Kind.STATUS, takes)


def read_thanks(sentence: Sentence) -> Reading | None:
    """Read thanks, which ask for nothing."""
    if not sentence.has("thanks"):
        return None
    return say("thanks", Kind.THANKS, ("to", "and", "bot", "pronoun", "available", "top"))
