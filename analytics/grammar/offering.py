"""What is offered, and said, where a sentence was not understood whole."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import fields
from itertools import pairwise

from analytics.domain.repository_ids import is_repository_id
from analytics.domain.requests import (
    MOST_MODELS,
    Aspect,
    Changes,
    Definition,
    Formats,
    OneModel,
    Share,
    Top,
    Totals,
    Trend,
    Why,
)
from analytics.grammar import lexicon
from analytics.grammar.framework_versions import names_other_version
from analytics.grammar.interpretation import Intent, Interpretation
from analytics.grammar.pieces import PLACES, Sentence
from analytics.grammar.read_lists import TWO
from analytics.grammar.read_settings import CHANGING
from analytics.grammar.strict import WITHIN, Unclear, begins_question, nearest_question, parse

FEW = 3
"""Words of a question that may be mistyped at its beginning, rather than of something else."""


def refuse(reading: Interpretation) -> Unclear | None:
    """Say why a reading is no question after all: what its own canonical words would be refused for."""
    told = parse(reading.request.words) if reading.request else None
    return told if isinstance(told, Unclear) else None


def by_strict_words(strict: Unclear | None, sentence: Sentence) -> list[str]:
    """Give what the strict grammar would offer; not a model called like a word of ours, or like `the second one`."""
    pointing = {word for piece in sentence.pieces if piece.may_be("follow") for word in piece.text.casefold().split()}
    offered = strict.suggestions if strict else ()
    return [words for words in offered if not (_is_of_our_word(words, pointing) or names_other_version(words))]


def _is_of_our_word(words: str, pointing: Collection[str]) -> bool:
    request = parse(words)
    called = request.id.casefold() if isinstance(request, OneModel | Formats) else ""
    return called in lexicon.phrases() or called in pointing


def is_meant_for_us(typed: str) -> bool:
    """Tell whether a few words begin like a question, or almost, `tpo30`, or are one that stands behind it: `reach`."""
    first, *others = typed.casefold().split()
    if len(others) >= FEW:
        return False
    is_slip = first not in lexicon.words() and bool(nearest_question(first))
    return is_slip or begins_question(first) or (not others and first in WITHIN)


def may_be_offered(reading: Interpretation, sentence: Sentence) -> bool:
    """Tell whether a reading is near enough: it accounts for as much as it leaves."""
    left = len(sentence.left(reading.takes))
    said = sum(not piece.asks_nothing for piece in sentence.pieces)
    return left * 2 <= said and reading.kind is not Intent.THANKS and refuse(reading) is None


def changes_unsaid(reading: Interpretation, sentence: Sentence) -> bool:
    """
    Tell whether a setting would be changed by words that are no plain command.

    In a question courtesy and talk change nothing of what is asked. Of a setting they do: `he said digest off`,
    `maybe stop the digest`, `leave the digest off`, and a word that was mended. So only who bids may stand beside it.
    """
    if reading.kind is not Intent.DIGEST or reading.words.split()[1] not in CHANGING:
        return False
    talks = any(piece.asks_nothing and not piece.may_be(*BIDDING, *reading.takes) for piece in sentence.pieces)
    only_asks = sentence.asks and "asks" not in sentence.values("bidding")
    return sentence.is_mended or talks or only_asks or _greets_late(sentence)


def _greets_late(sentence: Sentence) -> bool:
    """Tell whether a greeting behind a day is a time of it, with no hour named: `digest monday mornings`."""
    pairs = pairwise(sentence.pieces)
    late = any(one.may_be("weekday", "weekly", "digest_on") and two.may_be("greet") for one, two in pairs)
    return late and not sentence.has("clock")


BIDDING = ("bidding", "greet", "thanks")
"""What may stand beside a setting: the words of who bids, and courtesy."""


def chooses_denied(words: str, sentence: Sentence) -> bool:
    """Tell whether a question is of the very framework or format that was said not to be wanted."""
    request = parse(words)
    chosen = [getattr(request, field.name) for field in fields(request)]
    return not isinstance(request, Unclear) and any(name in chosen for name in sentence.places_denied)


def offer_alone(sentence: Sentence) -> list[str]:
    """Offer what can be asked of a framework, task or account that stands alone."""
    frameworks, tasks, accounts = (sentence.values(name) for name in ("framework", "task", "account"))
    if names_time_alone(sentence):
        return [*(Changes(day).words for day in sentence.values("day")[:1]), Trend().words]
    if sentence.has("bottom") and not sentence.has("why"):
        return [Top().words, Totals(aspect=Aspect.DEAD).words]
    if asks_what_people_use(sentence):
        return [Share().words, Totals().words]
    if aspects := [Totals(aspect=aspect).words for name, aspect in ASPECTS.items() if sentence.has(name)]:
        return aspects
    if denied := set(sentence.places_denied):
        others = [name for name in TWO if len(denied & set(TWO)) == 1 and name not in denied]
        return [Top(framework=name, only=True).short_words for name in others] + [Totals().words]
    only = (True, False) if sentence.has("only") else (False,)
    offers = [Top(framework=name, author=whose).short_words for name in frameworks[:1] for whose in accounts[:1]]
    offers += [Top(framework=name, only=alone).short_words for name in frameworks[:1] for alone in only]
    offers += [Top(task=name).short_words for name in tasks[:1]] + [
        Top(author=name).short_words for name in accounts[:1]
    ]
    offers += [Totals().words] if frameworks else []
    return offers


def asks_what_people_use(sentence: Sentence) -> bool:
    """Tell whether it is asked what people use, and nothing else is named: `what do most people use`."""
    said = [piece for piece in sentence.pieces if piece.may_be("people") or not piece.asks_nothing]
    people, use = (any(piece.may_be(name) for piece in said) for name in ("people", "use"))
    known = all(piece.may_be("people", "use", "most", "which", "nobody") for piece in said)
    return people and use and known and not sentence.unknown


def offer_reach(sentence: Sentence) -> list[str]:
    """Offer how each framework is reached, of the first or of all, where that is spoken of: `converted on load`."""
    number = int(next(iter(sentence.values("number")), "30"))
    first = [Top(number, reach=True).short_words] if 1 <= number <= MOST_MODELS else []
    return [*first, Totals(reach=True).words] if sentence.has("reach") else []


def names_time_alone(sentence: Sentence) -> bool:
    """Tell whether days or years are all that is said: `the last two years` is of no other subject than ours."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    return (
        bool(said) and all(piece.may_be("day", "year", "quarter", "since") for piece in said) and not sentence.unknown
    )


def explains(near: Sequence[Interpretation], sentence: Sentence) -> bool:
    """Tell whether the nearest reading understood all and says itself why it does not answer."""
    return bool(near and not near[0].certain and near[0].note and not sentence.left(near[0].takes))


def say_problem(sentence: Sentence, near: Sequence[Interpretation], strict: Unclear | None) -> str:
    """Say in a sentence what is missing or was not understood."""
    if explained := _explain(near, sentence):
        return explained
    if sentence.has("pronoun", "follow") and not sentence.has("model"):
        return "Which model is meant? Name it, with its account if you can."
    unknown = [word for word in sentence.unknown if is_repository_id(word) or word] or sentence.values("off_word")
    if strict and strict.field:
        return strict.problem
    counting = [piece.text for piece in sentence.pieces if piece.may_be("howmany")]
    left = (
        unknown
        or (sentence.left(near[0].takes) if near else [])
        or [p.text for p in sentence.pieces if p.may_be("off")]
    )
    if left:
        left = [text for text in left if text not in counting] or left  # `how many parameters`: that it counts is clear
        return f"I do not understand {_quote(left)} here, so I answer nothing rather than something else."
    return strict.problem if strict and _blames_rightly(strict) else NO_QUESTION


def _explain(near: Sequence[Interpretation], sentence: Sentence) -> str:
    """Say why what is known well enough is no question; empty where that is not known."""
    if denied := [piece.text for piece in sentence.denied if piece.may_be(*PLACES)]:
        return f"I know no question that leaves out {_quote(denied)}, so I answer nothing rather than the opposite."
    if found := next((told for is_so, told in UNCOUNTED if is_so(sentence)), ""):
        return found
    if explains(near, sentence):
        return near[0].note
    return NOT_BY_PROOF if _wants_proven_alone(sentence) else ""


def _quote(words: Sequence[str]) -> str:
    return ", ".join(f"“{word[:40]}”" for word in words[:3])


def _blames_rightly(strict: Unclear) -> bool:
    """Tell whether what is wrong is the question's first word, or what follows it; else it is no question at all."""
    return begins_question(strict.typed) or strict.typed.split()[0].casefold() not in lexicon.words()


def offer_beside_proof(sentence: Sentence) -> list[str]:
    """Offer what can be chosen of a list for whoever wants what is proven alone."""
    return [Top(definition=Definition.DECLARED).words, Top(originals=True).short_words, Why("method").words] * (
        _wants_proven_alone(sentence)
    )


def offer_beside_size(sentence: Sentence) -> list[str]:
    """Offer the list for whoever wants those of a size alone."""
    number = int(next(iter(sentence.values("number")), "30"))
    return [Top(number if 1 <= number <= MOST_MODELS else 30).short_words] * names_size(sentence)


def _wants_proven_alone(sentence: Sentence) -> bool:
    return sentence.has("proof") and not sentence.has("howmany", "share", "why")


SIZE = re.compile(r"\d{1,4}(?:\.\d{1,2})?[bm]", re.IGNORECASE)
"""A number of parameters as people write it: `7b`, `1.5B`, `350m`."""


def names_size(sentence: Sentence) -> bool:
    """Tell whether models are to be of a size: `models under 1b parameters`."""
    return sentence.has("models", "top") and any(SIZE.fullmatch(word) for word in sentence.unknown)


def _claims_percent(sentence: Sentence) -> bool:
    """Tell whether a share is stated, and not asked for: `85 % of models are PyTorch-only`."""
    return any(
        (one.may_be("number") or one.text.isdigit()) and two.may_be("percent", "share")
        for one, two in pairwise(sentence.pieces)
    )


NO_CLAIMS = (
    "Claims are not checked here, but for assistants (by `frameworks mcp`). What this one can be held against is "
    "in these answers."
)
NOT_BY_SIZE = "Models are not chosen by their number of parameters; a list goes by downloads, likes or trending."
ASPECTS = {"licences": Aspect.LICENCE, "library": Aspect.LIBRARY}
"""What all models can be told by, which is often typed alone."""

NOT_BY_PEOPLE = "Who uses what is counted by nobody; which frameworks models come in, and downloads, are."
NO_BOTTOM = (
    "A list goes from the first model on. The last place is shared by all that nobody downloads: "
    "how many those are is `totals dead`."
)
NOT_BY_PROOF = (
    "A list cannot be cut down to what is proven: each count says how much of it is proven and how much may be. "
    "What can be chosen is a framework, “originals”, a task, an author, or “declared”: by the Hub's tags alone."
)

UNCOUNTED: tuple[tuple[Callable[[Sentence], bool], str], ...] = (
    (lambda sentence: sentence.has("bottom") and not sentence.has("why"), NO_BOTTOM),
    (names_size, NOT_BY_SIZE),
    (asks_what_people_use, NOT_BY_PEOPLE),
    (_claims_percent, NO_CLAIMS),
)
"""What is no question here, and why."""

NO_QUESTION = "I know these words, and no question that they make."
"""Where no word can be blamed: each is known, and what is asked by them is not."""
