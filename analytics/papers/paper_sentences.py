"""What is said of the three panels: findings, both denominators, intervals, and every way in which they differ."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from analytics.domain import wording
from analytics.domain.requests import Papers
from analytics.domain.wording import count, day, verb
from analytics.papers.paper_panels import ARTICLE, FIRST, unit, units
from analytics.papers.paper_tables import FRAMEWORKS, Collected, list_quarters, share, value

FEW = 100
"""Below this a 95 % interval can reach further than ten points to either side, so it is told."""
Z = 1.959964
"""Of the normal distribution, for 95 %."""

PAIR = ("PyTorch", "TensorFlow")
Tables = Mapping[str, pd.DataFrame]


def percent(part: int | None, whole: int | None, digits: int = 1) -> str:
    """Write a share; what is not known is said."""
    return "unknown" if part is None or not whole else wording.share(part, whole, digits)


def title(letter: str | None, quarter: str | None, tables: Tables) -> str:
    """Say the finding in at most ten words."""
    if letter is None or quarter is None:
        return f"No paper counted in {quarter}" if quarter else "Papers' code: nothing could be counted yet"
    table = tables[letter]
    if letter == "B":
        said = [value(table, quarter, name) for name in PAIR]
        pytorch = "unknown papers" if said[0] is None else count(said[0], "paper")
        tensorflow = "unknown" if said[1] is None else f"{said[1]:,}"
        return f"{quarter}: {pytorch} associated with PyTorch, {tensorflow} with TensorFlow"
    n = value(table, quarter, "n")
    pytorch, tensorflow = (percent(value(table, quarter, name), n, digits=0) for name in PAIR)
    what = "papers' code" if letter == "A" else "Hub papers"
    return f"{quarter}: PyTorch {pytorch}, TensorFlow {tensorflow} of {what}"


def headline(letter: str | None, quarter: str | None, request: Papers, tables: Tables) -> str:
    """Say the finding with its source and denominator."""
    if letter is None or quarter is None:
        return f"No paper is counted in {quarter}" if quarter else "No paper with a date has been counted yet"
    n = value(tables[letter], quarter, "n") or 0
    said = [f"{name} {percent(value(tables[letter], quarter, name), n)}" for name in PAIR]
    what = {
        "A": f"{count(n, unit(request), units(request))} in the archive of Papers with Code",
        "B": f"{count(n, 'paper')} in its successor's catalogue",
        "C": f"{count(n, 'arXiv paper')} that models on the Hub cite",
    }[letter]
    return f"Of {what} in {quarter}: {', '.join(said)}"


def _spans(tables: Tables) -> dict[str, list[str]]:
    return {name: list_quarters(table) for name, table in tables.items() if list_quarters(table)}


# ------------------------------------------------------------------------------------------------------------- detail


def detail(request: Papers, quarter: str | None, known: Collected, tables: Tables) -> Iterator[str]:
    """Give each panel's counts for the quarter asked for, else for its last, and the article's reading."""
    for letter, found in _spans(tables).items():
        at = quarter or found[-1]
        if at not in found:
            yield f"{letter} counts no paper in {at}: it goes from {found[0]} to {found[-1]}."
        elif letter == "B":
            yield _live(tables[letter], at)
            yield from _interval(letter, tables[letter], at)
        else:
            what = (unit(request), units(request)) if letter == "A" else ("arXiv paper", "arXiv papers")
            yield _both_denominators(letter, tables[letter], at, what)
            yield from _interval(letter, tables[letter], at)
    if known.article and quarter in (None, ARTICLE):
        yield _article(known, tables["A"], (unit(request), units(request)))


def _both_denominators(letter: str, table: pd.DataFrame, quarter: str, what: tuple[str, str]) -> str:
    n, named = (value(table, quarter, name) or 0 for name in ("n", "named"))
    counted = [(name, value(table, quarter, name)) for name in FRAMEWORKS]
    shares = [
        f"{name} {part:,} ({percent(part, n)} of all, {percent(part, named)} of named)"
        for name, part in counted
        if part is not None
    ]
    rest = {"other": "another framework", "none": "none named" if letter == "A" else "neither"}
    others = [f"{words} {part:,}" for name, words in rest.items() if (part := value(table, quarter, name)) is not None]
    whole = f"n = {count(n, *what)}, {named:,} with a named framework"
    return f"{letter}, {quarter}: {whole}; {', '.join([*shares, *others])}."


def _live(table: pd.DataFrame, quarter: str) -> str:
    n = value(table, quarter, "n") or 0
    counted = {name: value(table, quarter, name) for name in FRAMEWORKS}
    shares = [f"{name} {part:,} ({percent(part, n)})" for name, part in counted.items() if part is not None]
    papers = f"n = {count(n, 'paper')} in the catalogue"
    return f"B, {quarter}: {papers}, of them associated with {', '.join(shares) or 'none'}."


def _interval(letter: str, table: pd.DataFrame, quarter: str) -> Iterator[str]:
    """Warn of shares of few: of all, and of those with a named framework where only they are few."""
    for denominator, words in (("n", "all"), ("named", "named")):
        n = value(table, quarter, denominator) or 0
        if 0 < n < FEW:
            known = {name: value(table, quarter, name) for name in PAIR}
            edges = {name: wilson(min(part, n), n) for name, part in known.items() if part is not None}
            said = ", ".join(
                f"{name} {wording.in_percent(100 * low, 100 * high)}" for name, (low, high) in edges.items()
            )
            yield f"Few: n = {n:,} in {letter}, so the shares of {words} are uncertain: {said} (95 %, Wilson)."
            return


def wilson(part: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927); `n` at least 1."""
    proportion, z2 = part / n, Z * Z
    middle = (proportion + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * math.sqrt(proportion * (1 - proportion) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def _article(known: Collected, archive: pd.DataFrame, what: tuple[str, str]) -> str:
    read = " and ".join(f"{wording.in_percent(known.article[name])} {name}" for name in PAIR)
    whole = f"For {ARTICLE} the article of 2022 read {read} of about {known.article['all']:,.0f} repositories"
    definition = "by the creation date of repositories, which no archive holds"
    n = value(archive, ARTICLE, "n")
    if not n:
        return f"{whole}, {definition}: another definition than any of the panels."
    own = wording.listing(percent(value(archive, ARTICLE, name), n) for name in PAIR)
    return f"{whole}, {definition}; the archive, by paper date, gives {own} of {count(n, *what)}: another definition."


# ------------------------------------------------------------------------------------------------------------ caveats


def caveats(request: Papers, known: Collected, tables: Tables) -> Iterator[str]:
    """Say how the panels differ, what was dropped and what could not be had."""
    yield from known.notes
    if known.archive.body:
        yield from _of_archive(known.archive.body)
        if request.per == "paper":
            yield "A paper with code in two frameworks counts for each, so shares can add up to more than 100 %."
        if request.official:
            yield "Official code is told apart in A only."
    if known.live.body:
        yield from _of_live(known.live.body, tables["B"])
    if known.hub.body:
        yield (
            "C counts arXiv papers cited by original models made within a year of them, one vote a paper, by the "
            "attribution rule. Cited is not introduced, and only papers with weights on the Hub are seen: that favours "
            "PyTorch by construction. The Hub tells creations from March 2022 on, so C begins in 2021Q1."
        )
    yield from _levels(tables)
    yield from _dates(known)


def _of_archive(body: Mapping[str, int]) -> Iterator[str]:
    yield (
        "A goes by paper date: no reproduction of the old site's chart, which went by the creation date of "
        "repositories, a date no archive holds. A repository of two papers counts for each."
    )
    yield (
        "The archive ends in July 2025: 2025Q3 is incomplete and left out, 2025Q2 may lack links that came late. "
        f"Dropped: {body['undated']:,} without a date, {body.get('left_out', 0):,} in 2025Q3, {body['future']:,} dated "
        "later still."
    )


def _of_live(body: Mapping[str, Sequence[str]], table: pd.DataFrame) -> Iterator[str]:
    whole = int(table["n"].sum())
    tagged = int(table[list(FRAMEWORKS)].sum().sum())
    at_most = percent(min(tagged, whole), whole)
    papers = f"its {count(whole, 'paper')} {verb(whole)}"
    coverage = f"at most {at_most} of {papers} associated with any of the three"
    yield f"B is an association in a catalogue, not the archive's definition; {coverage}."
    if body["missing"]:
        yield f"The catalogue of B knows no {' and no '.join(body['missing'])}: missing, not zero."
    others = [name for name in body.get("names", ()) if name not in FRAMEWORKS]
    if others:
        more = f" and {len(others) - NAMED:,} more" if len(others) > NAMED else ""
        new = f"; new since the reading before: {', '.join(body['new'])}" if body.get("new") else ""
        yield f"It also lists {', '.join(others[:NAMED])}{more}, not counted here{new}."


NAMED = 5
"""Of the other names in the catalogue so many are told."""


def _levels(tables: Tables) -> Iterator[str]:
    """Compare panels two by two over the quarters both have: their levels differ, and nothing is moved."""
    spans = {letter: {quarter for quarter in found if quarter >= FIRST} for letter, found in _spans(tables).items()}
    said = [
        f"{one} and {other} ({min(common)} to {max(common)}): {_means(tables, (one, other), sorted(common))}"
        for one, other in itertools.combinations(spans, 2)
        if (common := spans[one] & spans[other])
    ]
    if said:
        pairs = "; ".join(said)
        yield f"Where panels overlap their levels differ; mean shares: {pairs}. Nothing is rescaled, joined or added."


def _means(tables: Tables, letters: Sequence[str], common: Sequence[str]) -> str:
    return ", ".join(
        f"{name} {' against '.join(_mean(tables[letter], name, common) for letter in letters)}" for name in PAIR
    )


def _mean(table: pd.DataFrame, name: str, common: Sequence[str]) -> str:
    known = share(table, name).loc[list(common)].dropna()
    return wording.share(float(known.mean()), 1, digits=1) if len(known) else "unknown"


def _dates(known: Collected) -> Iterator[str]:
    dates = [
        f"{letter} {day(read.as_of)}" + (f" ({read.trouble} since)" if read.trouble else "")
        for letter, read in known.reads.items()
        if read.as_of
    ]
    yield f"Read on: {', '.join(dates)}."
