"""Sentences about papers' code, and about official collections."""

import itertools

from analytics.domain.requests import Official, Papers
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Interpretation, ask, short_words
from analytics.grammar.pieces import Sentence
from analytics.grammar.read_lists import TWO, is_of_the_whole_hub, measure_of, year_of

HOMES = {"pytorch": ("facebook", "pytorch"), "tensorflow": ("google", "tensorflow")}
"""Who makes a framework, and is named beside its own collections: `google's official tensorflow models`."""


def read_papers(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of papers' code."""
    own, source = sentence.has("papers_own"), sentence.only("papers_source") or _name_hub(sentence)
    named_by = source == "hub" and sentence.has("models")  # `models that name a paper`
    if not (sentence.has("papers", "papers_unit") or own or named_by):
        return None
    quarters, years = sentence.values("quarter"), sentence.values("year") or _last_year(sentence)
    unit = sentence.only("papers_unit") or "pair"
    official = own or sentence.has("official")
    one = len(quarters) == 1 and not sentence.has("short_quarter")  # `2020 Q3 and Q4` are two
    request = Papers(quarters[0] if one else None, official, unit, source)
    if quarters and years:  # `2021Q4 and 2022`
        quarters += years
        request = Papers(None, official, unit, source)
    others = [Papers(quarter).words for quarter in quarters] if len(quarters) > 1 else []
    note = "One quarter or year can be asked at a time; this shows them all." if others else ""
    if years and not quarters:
        others = [short_words(Papers(year, official, unit, source)) for year in years]
        note = f"What there is of {' and '.join(years)} stands among all; one alone is asked as “papers {years[0]}”."
    told = (*takes("papers"), "papers_source", *year_of(sentence), *measure_of(sentence, "downloads"))
    told += ("day", "span") if _last_year(sentence) else ()
    told += ("period",) if sentence.has("which") else ()  # `in which quarter`: they are all shown
    # `have papers moved from tensorflow to pytorch`
    told += ("changes",) if len(sentence.values("framework")) > 1 and sentence.has("from") else ()
    told += ("period",) if quarters and sentence.values("period") == ["year"] else ()  # `квартал 2021 года`
    apart = (official or unit != "pair") and not request.is_of_archive  # which the archive alone tells
    apart = apart or (named_by and sentence.has("new", "trend"))  # they are told over all quarters, new or not
    of_no_year = sentence.has("short_quarter") and not quarters  # `papers q4`
    return ask(
        request, told, others, note, certain=not (of_no_year or apart or len(sentence.values("papers_source")) > 1)
    )


def _last_year(sentence: Sentence) -> list[str]:
    """Give the year before this one where it is named so, with nothing that makes a stretch of days of it."""
    days = [piece for piece in sentence.pieces if piece.may_be("day")]
    named = len(days) == 1 and days[0].text.casefold() in ("last year", "previous year", "letztes jahr")
    return [days[0].concepts["day"][:4]] if named and not sentence.has("since", "from", "until") else []


def _name_hub(sentence: Sentence) -> str:
    """Give the source that is meant by a bare word right behind, `papers hub`, or by models that have papers."""
    pairs = [*itertools.pairwise(piece for piece in sentence.pieces if piece.text.casefold() not in ("a", "an"))]
    behind = any(one.may_be("papers") and two.text.casefold() == "hub" for one, two in pairs)
    having = any(one.text.casefold() in HAVING and two.text.casefold() in PAPERS for one, two in pairs)
    return "hub" if behind or (having and sentence.has("models")) else ""


HAVING = ("have", "has", "that have", "with")
PAPERS = ("paper", "papers", "arxiv", "arxiv paper", "arxiv papers")
"""What models of the Hub have; the archive's `papers with code` are had by none."""


def read_official(sentence: Sentence) -> Interpretation | None:
    """Read what is asked of the official collections."""
    if not sentence.has("official"):
        return None
    named = {value for value in sentence.values("official") if value}
    camps = named & {"pytorch", "tensorflow"} if len(named) == 1 else set()
    frameworks = set(sentence.values("framework"))
    camps |= {name.casefold() for name in frameworks if name in TWO and len(frameworks) == 1 and not named}
    request = Official(camps.pop() if len(camps) == 1 else None)
    others = frameworks - {*TWO, "Keras"}
    if request.camp:
        others |= {name for name in frameworks & set(TWO) if name.casefold() != request.camp}
    certain = not others and not is_of_the_whole_hub(sentence) and not sentence.has("model")
    owner = HOMES.get(request.camp or "", ())
    told = ("account",) if set(sentence.values("account")) <= {*owner} else ()
    return ask(
        request, (*takes("official"), *told), certain=certain
    )  # `the larger model zoo on the Hub` may be all of the Hub
