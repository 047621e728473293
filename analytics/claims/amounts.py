"""How much is claimed, in figures or in words: `at least 85 %`, `29 of`, `half`, `most`, `twice as many`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analytics.claims.claim import Bound, NotCheckable, Quantity, Relation

BOUNDS: Mapping[Bound, str] = {
    Bound.AT_LEAST: r"at least|no fewer than|not less than|a minimum of|≥|>=",
    Bound.AT_MOST: r"at most|no more than|not more than|up to|a maximum of|≤|<=",
    Bound.MORE_THAN: r"more than|over|above|upwards of|>",
    Bound.LESS_THAN: r"less than|fewer than|under|below|<",
    Bound.ABOUT: r"about|around|roughly|approximately|circa|some|nearly|almost|~|≈",
    Bound.EXACT: r"exactly|precisely",
}
"""The words that say how exactly a number is meant."""

HOW = "|".join(words for words in BOUNDS.values())
FIGURE = re.compile(
    rf"(?P<bound>(?<![\w])(?:{HOW}))? ?(?<![\w.])(?P<figure>\d{{1,9}}(?:[.,]\d{{1,2}})?)"
    r"(?: ?(?P<unit>%|percent|per cent|pct|times|x|million|m\b))?(?: or (?P<after>more|fewer|less))?"
    r"(?: ?out)?(?: of(?= the\b| all\b| \s*models\b)?)?(?![\w])"
)
NAMED: Mapping[str, tuple[float, bool, Bound]] = {
    r"(?:a |the |one )?half": (50, True, Bound.EXACT),
    r"(?:a |one )third": (33.3, True, Bound.EXACT),
    r"two[ -]thirds": (66.7, True, Bound.EXACT),
    r"(?:a |one )quarter": (25, True, Bound.EXACT),
    r"three[ -]quarters": (75, True, Bound.EXACT),
    r"(?:the (?:vast )?|a (?:vast )?)?majority|most": (50, True, Bound.MORE_THAN),
    r"(?:a |the )?minority": (50, True, Bound.LESS_THAN),
    r"none|no|not one|zero": (0, False, Bound.EXACT),
    r"all|every(?: one)?|each": (100, True, Bound.AT_LEAST),
}
"""Words that are amounts, those that say more first; `all` is taken last, for it is mere talk beside a number."""

FROM_TWO = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TIMES: Mapping[str, float] = {"twice": 2, "double": 2} | {f"{word} times": n for n, word in enumerate(FROM_TWO, 2)}
AROUND = 0.06
"""What `about` allows: so large a part of the number, and at least two points."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What stands in a sentence: the quantity, None where there is none, and the words that say it."""

    quantity: Quantity | None
    span: str

    def of(self, relation: Relation, text: str) -> tuple[Quantity, str]:
        """Give what is claimed under a relation, and the sentence without its words. Raises NotCheckable."""
        if relation is Relation.MORE:
            return self._as_times(text)
        if self.quantity is None:
            raise NotCheckable("No share and no number of models is claimed.")
        return self.quantity, text.replace(self.span, " ", 1)

    def _as_times(self, text: str) -> tuple[Quantity, str]:
        """Give how many times as many are claimed; simply more is more than once."""
        for words, times in TIMES.items():
            if words in text:
                return Quantity(times, is_share=False, bound=Bound.AT_LEAST), _without_comparison(
                    text.replace(words, " ")
                )
        if self.quantity is None or (self.quantity.is_share and "all" in self.span):
            return Quantity(1, is_share=False, bound=Bound.MORE_THAN), _without_comparison(text)
        if self.quantity.is_share or not re.search(r"times|x\b", self.span):
            raise NotCheckable("By how many times is meant? Write “ten times as many as”.")
        bound = Bound.AT_LEAST if self.quantity.bound is Bound.EXACT else self.quantity.bound
        return replace(self.quantity, bound=bound), _without_comparison(text.replace(self.span, " ", 1))


def _without_comparison(text: str) -> str:
    return re.sub(r"\b(?:more|fewer|less|than|as many|outnumbers?|ahead)\b", " ", text)


def read_amount(text: str) -> Amount:
    """Find the one amount that is claimed. Raises NotCheckable for two of them."""
    figures = list(FIGURE.finditer(text))
    match figures:
        case []:
            return _read_words(text)
        case [figure]:
            return Amount(_read_figure(figure), figure[0])
        case [part, whole] if not part["unit"] and text[part.end() : whole.start()].strip() == "":
            return _out_of(part, whole, text)
        case _:
            raise NotCheckable("Two numbers are claimed: make one claim at a time.")


def _out_of(part: re.Match[str], whole: re.Match[str], text: str) -> Amount:
    """Read `9 out of 10` as a share."""
    if not _number(whole["figure"]):
        raise NotCheckable("Nothing is a share of none.")
    percent = 100 * _number(part["figure"]) / _number(whole["figure"])
    return Amount(Quantity(percent, is_share=True, bound=_bound(part)), text[part.start() : whole.end()])


def _read_figure(found: re.Match[str]) -> Quantity:
    value, unit, bound = _number(found["figure"]), found["unit"] or "", _bound(found)
    is_share = unit in ("%", "percent", "per cent", "pct")
    value *= 1_000_000 if unit in ("million", "m") else 1
    if is_share and value > 100:  # noqa: PLR2004 - percent
        raise NotCheckable("More than all of the models is claimed.")
    digits = len(re.sub(r"^\d+[.,]?", "", found["figure"]))
    exact = 0.5 * 10**-digits if is_share else 0.0
    return Quantity(value, is_share, bound, max(2.0, AROUND * value) if bound is Bound.ABOUT else exact)


def _bound(found: re.Match[str]) -> Bound:
    if found["after"]:
        return Bound.AT_LEAST if found["after"] == "more" else Bound.AT_MOST
    said = (found["bound"] or "").strip()
    return next((bound for bound, words in BOUNDS.items() if said and re.fullmatch(words, said)), Bound.EXACT)


def _number(figure: str) -> float:
    return float(figure.replace(",", "."))


def _read_words(text: str) -> Amount:
    """Read an amount in words, with or without how exactly it is meant."""
    for words, (value, is_share, bound) in NAMED.items():
        if found := re.search(rf"(?<![\w-])(?P<bound>{HOW})? ?(?<![\w-])(?:{words})(?: of)?(?![\w-])", text):
            said = (found["bound"] or "").strip()
            named = next((one for one, of in BOUNDS.items() if said and re.fullmatch(of, said)), bound)
            slack = max(2.0, AROUND * value) if named is Bound.ABOUT else 0.5 if is_share else 0.0
            return Amount(Quantity(value, is_share, named, slack), found[0])
    return Amount(None, "")
