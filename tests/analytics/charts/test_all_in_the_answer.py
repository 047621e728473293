"""Everything in the picture is in the answer: each number drawn, read from the drawn objects, is in series or table."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest

from analytics import grammar
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bands, Bars, Panels
from analytics.domain.counts import Counts, Split
from analytics.domain.requests import Request
from analytics.errors import NothingStored
from tests.analytics.answering.test_receipts import QUESTIONS, stock
from tests.analytics.charts.drawings import figure
from tests.analytics.charts.reading_back import list_numbers, list_told, list_words, read_bars, read_lines, read_stacks
from tests.reworded.stock import DAY

ASKED = tuple(
    dict.fromkeys(
        [words for of_kind in QUESTIONS.values() for words in of_kind]
        + [words for words, _ in grammar.EXAMPLES]
        + ["top100 by likes", "top500", "top10 in tensorflow", "totals reach", "totals reach task fill-mask"]
        + ["totals all task fill-mask", "totals declared task fill-mask", "official tensorflow", "papers per paper"]
    )
)
"""Every question of the receipts' tests, which know of every kind, those on the help card, and long lists."""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """Give an analyst with lists, censuses, papers and collections in its folder, and no network."""
    analyst = Analyst(tmp_path_factory.mktemp("stored"), "http://127.0.0.1:9", clock=lambda: DAY, seconds=0.2)
    stock(analyst)
    yield analyst
    analyst.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """Give an analyst with nothing, whom the embedded sample helps."""
    analyst = Analyst(tmp_path_factory.mktemp("empty"), "http://127.0.0.1:9", clock=lambda: DAY, seconds=0.2)
    yield analyst
    analyst.close()


def ask(analyst: Analyst, words: str) -> Answer | None:
    """Ask; None where there is no picture."""
    request = grammar.parse(words)
    assert isinstance(request, get_args(Request))
    try:
        answer = analyst.answer(request)
    except NothingStored:
        return None
    return answer if answer.chart else None


def complain(answer: Answer) -> list[str]:
    """Name each number that is drawn and not told."""
    drawn = figure(answer)
    missing = list_numbers(list_words(drawn, answer)) - list_told(answer)
    found = [f"“{number}” is written" for number in sorted(missing)]
    if isinstance(answer.chart, Panels):
        stacked = any(panel.stacked for panel in answer.chart.panels)
        found += list(_complain_of_stacks(answer) if stacked else _complain_of_lines(answer))
    if isinstance(answer.chart, Bars | Bands):
        found += list(_complain_of_bars(answer))
    return found


def _complain_of_lines(answer: Answer) -> Iterator[str]:
    """Read each point by the scale it is drawn on, and look for it in the series."""
    told = [value for one in answer.series for _, value in one.points]
    for name, value, exactly in read_lines(figure(answer)):
        if not any(abs(value - other) <= exactly for other in told):
            yield f"a point of {name} at {value:.3f}"


def _complain_of_stacks(answer: Answer) -> Iterator[str]:
    """Read the height of each piece, and look for it in the series of its quarter, alone or without its unsure end."""
    told = series_of(answer)
    for period, part in read_stacks(figure(answer)):
        shares = [points[period] for name, points in told.items() if name.endswith(", share") and period in points]
        if not any(abs(part - one) <= EXACTLY for one in _pieces(shares)):
            yield f"a piece of {period} of {part:.3f}"


def _pieces(shares: list[float]) -> list[float]:
    return [*shares, *(one - other for one in shares for other in shares)]


def _complain_of_bars(answer: Answer) -> Iterator[str]:
    told = series_of(answer)
    labels = list(dict.fromkeys(label for name in told for label in told[name]))
    for key, widths in read_bars(figure(answer)).items():
        if not any(_agrees(widths, list(_parts(told, label))) for label in labels):
            yield f"the bar {key}: {[round(width, 3) for width in widths]}"


def _parts(told: dict[str, dict[str, float]], label: str) -> Iterator[float]:
    """Give the parts of a bar as the series of the answer have them, proven and not apart."""
    for split in Split:
        unsure = told.get("unknown" if split is Split.NEITHER else f"{split.label}, assumed", {}).get(label, 0)
        whole = told.get(split.label, {}).get(label, told.get(f"{split.label}, share", {}).get(label, 0))
        yield from (whole - unsure, unsure)


def _agrees(widths: list[float], parts: list[float]) -> bool:
    """Tell whether two bars have the same parts; one too narrow to be seen may be missing."""
    whole = sum(parts)
    told = sorted((part / whole for part in parts if part), reverse=True) if whole else []
    drawn = sorted(widths, reverse=True)
    padded = [*drawn, *[0.0] * (len(told) - len(drawn))]
    return len(drawn) <= len(told) and all(abs(a - b) < 0.01 for a, b in zip(padded, told, strict=True))


@pytest.mark.parametrize("words", ASKED)
@pytest.mark.parametrize("of", ["stored", "sample"])
def test_every_number_drawn_is_told(request: pytest.FixtureRequest, of: str, words: str) -> None:
    """Of stored data and of the sample."""
    answer = ask(request.getfixturevalue(of), words)

    if answer is None:
        return  # refused in words, or answered without a picture
    assert complain(answer) == []


def test_a_number_that_is_drawn_alone_is_found(stored: Analyst) -> None:
    """The test above would see it: a line left out of the answer, another number on a bar, another bar."""
    developed, whole = ask(stored, "trend all"), ask(stored, "totals")
    assert developed
    assert whole
    assert isinstance(whole.chart, Bars)
    another = Bars((replace(whole.chart.bars[0], counts=Counts(5000, 5000, 77, 1)),))

    complaints = complain(replace(developed, lines=developed.lines[:3]))

    assert any(each.startswith("a piece of 2026Q3") for each in complaints)
    drawn = figure(replace(whole, chart=another, counts=None))
    assert list_numbers(list_words(drawn, whole)) - list_told(whole) >= {"5,000", "77"}
    assert not any(_agrees(widths, list(_parts(series_of(whole), "models"))) for widths in read_bars(drawn).values())


EXACTLY = 0.02
"""Of the height of a plot: what slits and edges take of a piece."""


def series_of(answer: Answer) -> dict[str, dict[str, float]]:
    """Give the series of an answer by name and label."""
    return {one.name: dict(one.points) for one in answer.series}
