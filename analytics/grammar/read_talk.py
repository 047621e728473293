"""Sentences that ask about the program or a fact: why, help, status, thanks."""

from collections.abc import Callable

from analytics.domain.requests import Totals, Trend, Why
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Intent, Interpretation, ask, say
from analytics.grammar.pieces import Sentence, is_loose, is_parted, names_kinship, tells_course

GONE_IN_5 = ("TensorFlow", "JAX")


def read_why(sentence: Sentence) -> Interpretation | None:
    """Read which fact is to be explained."""
    topic = _topic(sentence)
    if topic is None:
        return None
    counted = [Totals().words] if topic == "keras3" and sentence.has("howmany") else []
    told = takes("why", f"why_{topic}")
    if topic == "pytorch" and sentence.has("bottom"):
        return ask(Why(topic), (*told, "bottom"), [Trend().words], WHY_FEW, certain=False)
    return ask(Why(topic), told, counted)


WHY_FEW = "Why few choose a framework is not counted; why PyTorch leads, and the course of both, can be asked."


def _topic(sentence: Sentence) -> str | None:
    """Choose the topic by what is named beside a why, or beside what is told to be gone."""
    if topic := sentence.only("topic"):
        return topic
    ended = sentence.has("gone", "why") or (sentence.has("dead") and not sentence.has("unused"))
    if ended and sentence.has("papers") and not sentence.has("framework", "frameworks"):
        return "papers"
    if sentence.has("gone", "why", "down", "status") and "tensorflow" in sentence.values("official"):
        return "tfhub"
    if sentence.has("model"):
        return None
    return "transformers5" if _is_of_transformers(sentence) else _topic_of_counting(sentence)


def _is_of_transformers(sentence: Sentence) -> bool:
    """Tell whether the classes are asked for that the library transformers has lost."""
    lost = bool(set(sentence.values("framework")) & set(GONE_IN_5)) and not sentence.has("official")
    left, has = sentence.has("gone", "neg"), sentence.has
    if has("tfclass", "transformers5") or (has("transformers") and left):
        return True
    if has("hub") and has("gone") and lost:
        return True
    return lost and ((has("transformers") and has("available", "use", "why")) or (has("gone") and has("why")))


def _topic_of_counting(sentence: Sentence) -> str | None:
    """Choose among the topics of how it is counted."""
    return next((topic for topic, is_meant in COUNTING if is_meant(sentence)), None)


def _is_of_safetensors(sentence: Sentence) -> bool:
    asks = sentence.has("why", "framework", "which", "frameworks", "judged")
    asks = asks and not sentence.has("load", "arrow", "format")
    if sentence.has("models") and sentence.has("available") and not sentence.has("why", "which", "neg", "method"):
        return False  # `models that ship both safetensors and tf weights`
    return sentence.has("safetensors") and asks


def _is_of_downloads(sentence: Sentence) -> bool:
    asks = (
        sentence.has("why")
        or (sentence.has("window") and not sentence.has("most", "top") and not _counts_some(sentence))
        or (sentence.has("span") and sentence.has("and"))
        or (sentence.has("tally", "method") and not sentence.has("howmany", "most", "top", "models"))
    )
    measures = set(sentence.values("measure"))
    if is_parted(sentence) or (tells_course(sentence) and not sentence.has("why")):
        return False  # `total downloads per framework`, `trend of downloads per month`
    if sentence.has("framework") and _asks_of_popularity(sentence):
        return False
    asks = asks or (sentence.has("compare") and measures == {"downloads", "alltime"})
    asks = asks or _asks_of_month(sentence)
    if sentence.has("why") and sentence.has("month_span") and measures <= {"downloads", "alltime"}:
        return not sentence.has("framework", "top", "models")  # `why 30 days and not all time`
    return "downloads" in measures and measures <= {"downloads", "alltime"} and asks and not sentence.has("share")


def _counts_some(sentence: Sentence) -> bool:
    """Tell whether the downloads of some models are asked for: `how many downloads do tf models get in total`."""
    return sentence.has("howmany") and sentence.has("framework", "format", "task", "account")


def _asks_of_month(sentence: Sentence) -> bool:
    """Tell whether it is asked if downloads are of a month: `are these monthly downloads?`."""
    told = any(piece.text.casefold() == "monthly downloads" for piece in sentence.pieces)
    return told and not sentence.has("top", "models", "framework", "format", "task", "account")


def _is_of_formats(sentence: Sentence) -> bool:
    """Tell whether formats are to be explained, or set side by side with nothing to be counted of them."""
    kinds = len(sentence.values("format")) + sentence.has("safetensors") + len(sentence.values("file"))
    counts = sentence.has("more", "howmany", "share", "measure", "load", "models", "top")
    counts = counts or (sentence.has("framework") and not sentence.has("pronoun"))
    if kinds > 1 and sentence.has("compare") and not counts:
        return True
    of_which = sentence.has("pronoun") and len(sentence.values("framework")) > 1 and not counts  # `is that tf or pt`
    asks = sentence.has("method", "why", "frameworks", "judged") or of_which or sentence.asks_whether_it_counts
    named = sentence.has("format") or (
        sentence.has("file") and of_which and not sentence.has("how")
    )  # `msgpack - is that jax or tensorflow`
    return named and (asks or _asks_what_it_is(sentence))


def _asks_what_it_is(sentence: Sentence) -> bool:
    """Tell whether it is asked what a format is, and nothing else: `what's gguf`."""
    first, *others = sentence.pieces
    begins = first.text.casefold() in WHAT_IS
    return begins and all(piece.may_be("format") or piece.asks_nothing for piece in others)


WHAT_IS = ("what's", "whats", "what is", "what are", "was ist", "qué es", "что такое", "什么是")


def _is_of_method(sentence: Sentence) -> bool:
    asks = sentence.has("why") or (sentence.has("window", "pronoun") and sentence.has("which"))
    named = sentence.has("definition") and asks and not sentence.has("models", "top", "howmany", "framework")
    differs = sentence.has("why") and sentence.has("models") and sentence.has("more", "differ")  # `fewer than the hub`
    differs = differs and not sentence.has("framework", "frameworks", "new", "changes", "model")
    leaves_out = sentence.has("why") and sentence.has("copies", "quantized") and sentence.has("neg", "howmany", "tally")
    return (
        named
        or differs
        or leaves_out
        or _asks_how_it_is_told(sentence)
        or sentence.has("method")
        or set(sentence.values("definition")) == {"declared", "attributed"}
    )


def _asks_how_it_is_told(sentence: Sentence) -> bool:
    """Tell whether it is asked how this program knows: `how does the bot find out which framework a model uses`."""
    of_us = sentence.has("bot") or any("you" in piece.text.casefold().split() for piece in sentence.pieces)
    return of_us and all(map(sentence.has, ("how", "judge", "models"))) and sentence.has("frameworks", "framework")


def _asks_of_popularity(sentence: Sentence) -> bool:
    """Tell whether it is only said that something is popular, and not by how many downloads."""
    return sentence.has("measure") and all(is_loose(piece) for piece in sentence.pieces if piece.may_be("measure"))


def _is_of_pytorch(sentence: Sentence) -> bool:
    if sentence.has("why") and sentence.has("bottom") and sentence.has("framework"):
        return True
    leads = sentence.has("more", "most", "top") or _asks_of_popularity(sentence)
    leads = leads or (
        sentence.has("people") and sentence.has("use") and sentence.values("framework") == ["PyTorch"]
    )  # `why does everyone use pytorch`
    return sentence.has("why") and bool({"PyTorch", "TensorFlow"} & set(sentence.values("framework"))) and leads


def _asks_why_keras(sentence: Sentence) -> bool:
    """Tell whether it is asked why Keras is counted as it is, and nothing else is named."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    alone = sentence.has("why") and sentence.values("framework") == ["Keras"]
    return alone and sentence.has("tally") and all(piece.may_be("why", "framework", "tally") for piece in said)


def _asks_what_keras_is(sentence: Sentence) -> bool:
    """Tell whether it is asked if Keras is another framework, or a part of it: `does keras belong to tensorflow`."""
    named = sentence.values("framework")
    if len(named) != len(("Keras", "another")) or "Keras" not in named:
        return False
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    is_it = [piece.text.casefold() in ("is", "ist") for piece in sentence.pieces] == [True, False, False]
    related = is_it or names_kinship(sentence)
    return related and all(piece.may_be("framework", "share", "pronoun", *takes("links")) for piece in said)


def _is_of_keras(sentence: Sentence) -> bool:
    return sentence.has("framework_version") or _asks_why_keras(sentence) or _asks_what_keras_is(sentence)


COUNTING: tuple[tuple[str, Callable[[Sentence], bool]], ...] = (
    ("safetensors", _is_of_safetensors),
    ("downloads", _is_of_downloads),
    ("keras3", _is_of_keras),
    ("formats", _is_of_formats),
    ("method", _is_of_method),
    ("pytorch", _is_of_pytorch),
)
"""Topics of how it is counted, each with how it is known; the first that is."""


def read_help(sentence: Sentence) -> Interpretation | None:
    """Read a call for help, and what about."""
    if sentence.has("channel_trouble"):
        return say("help channel", Intent.HELP, takes("help", "help_channel"))
    if not sentence.has("help") and not _only_greets(sentence):
        return None
    topic = next((name for name in HELP_TOPICS if sentence.has(*HELP_TOPICS[name])), "")
    return say(f"help {topic}".strip(), Intent.HELP, (*takes("help"), *HELP_TOPICS.get(topic, ())))


HELP_TOPICS = {
    "digest": ("digest", "weekly"),
    "models": ("models", "formats"),
    "many": ("howmany",),
    "time": ("trend", "changes", "digest_time"),
    "why": ("why", "method"),
    "channel": ("channel",),
}
"""What `help` may be asked about, and by which concepts it is known."""


def _only_greets(sentence: Sentence) -> bool:
    return sentence.has("greet") and all(
        piece.may_be("greet", "bot") or piece.asks_nothing for piece in sentence.pieces
    )


def read_status(sentence: Sentence) -> Interpretation | None:
    """Read how things stand with the program and its data."""
    if not sentence.has("status"):
        return None
    return say("status", Intent.STATUS, takes("status"))


def read_thanks(sentence: Sentence) -> Interpretation | None:
    """Read thanks, which ask for nothing."""
    ranks = any(piece.may_be("top") and piece.text.casefold() not in PRAISE for piece in sentence.pieces)
    if not sentence.has("thanks") or ranks:
        return None
    return say("thanks", Intent.THANKS, takes("thanks"))


PRAISE = ("top", "best", "the best", "beste", "super")
"""Words of a ranking that praise: `thanks, you are the best`; in `whats number 1, thanks` they ask."""
