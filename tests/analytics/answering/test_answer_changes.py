"""Which two lists are compared, and which past spans say how much change is usual."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Changes, last_instant
from analytics.errors import NothingStored, NotYetCome
from analytics.grammar import parse

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ORIGIN = Origin("Hub", "listing", "https://example.org", "2026-11-23")


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Ask on one day, of a Hub that is not there."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY)
    yield analyst
    analyst.close()


def store(analyst: Analyst, *days_ago: float) -> None:
    """Store a list so many days ago each, in each of which another model leads."""
    for days in days_ago:
        names = [f"star/{days:g}", *(f"lab/m{number}" for number in range(40))]
        models = tuple(Model(name, 1, tags=("pytorch",)) for name in names)
        moment = DAY - dt.timedelta(days=days)
        analyst.context.top_lists.add(TopList(Ranking(), moment, models, 40, complete=True, origin=ORIGIN), "m")


def noise(analyst: Analyst, *days_ago: float) -> str:
    """Store lists, and give what the answer says of noise."""
    store(analyst, *days_ago)
    return " ".join(analyst.answer(Changes()).caveats)


def test_fifty_two_weeks_say_what_is_usual(analyst: Analyst) -> None:
    """Older ones are left out: what was usual longer ago says nothing of now."""
    assert "of the 52 weeks before" in noise(analyst, *range(0, 7 * 60, 7))


def test_a_gap_is_no_quiet_week(analyst: Analyst) -> None:
    """Eight weeks without a list are no week of no change, and what comes before them counts."""
    assert "(2 before it, 8 needed)" in noise(analyst, 0, 7, 14, 70, 77)


def test_lists_of_every_day_count_by_the_week(analyst: Analyst) -> None:
    """Sixty-four daily lists are one compared week and eight before it."""
    assert "of the 8 weeks before" in noise(analyst, *range(64))


@pytest.mark.parametrize(("days", "weeks"), [((0, 7, 13.4, 21), 0), ((0, 7, 13.6, 20), 1), ((0, 7, 13.6, 20.2), 2)])
def test_a_span_of_another_length_does_not_count(analyst: Analyst, days: tuple[float, ...], weeks: int) -> None:
    """Like with like, to half a day."""
    assert f"({weeks} before it, 8 needed)" in noise(analyst, *days)


def test_four_weeks_are_measured_by_spans_of_four_weeks(analyst: Analyst) -> None:
    """And a day by days: nine and eight of them lie before."""
    store(analyst, *range(28 * 10 + 1))

    assert "of the 9 spans of 28 days before" in analyst.answer(Changes("2026-10-26")).noise
    assert "of the 52 spans of 1 day before" in analyst.answer(Changes("2026-11-22")).noise


@pytest.mark.parametrize(
    ("days", "compared"),
    [
        ((0, 6.6, 8), "16 Nov 2026"),
        ((0, 6.4, 7.2), "16 Nov 2026"),
        ((0, 6.9, 7.2), "16 Nov 2026"),
        ((0, 5, 10), "18 Nov 2026"),
    ],
)
def test_a_week_ago_is_the_list_nearest_to_it(analyst: Analyst, days: tuple[float, ...], compared: str) -> None:
    """Not the last one older than a week, of which daily lists would make eight days."""
    store(analyst, *days)

    answer = analyst.answer(Changes())

    assert f"since {compared}" in answer.headline
    is_far = abs(answer.as_of - dt.timedelta(days=7) - last_instant(answer.request.since)) > dt.timedelta(hours=12)
    assert any("No list of a week before" in caveat for caveat in answer.caveats) is is_far


def test_again_compares_the_same_two_lists(analyst: Analyst) -> None:
    """Both moments are in it, so later lists of the same days change nothing."""
    store(analyst, 0, 7)
    first = analyst.answer(Changes())
    store(analyst, 0.01, 6.99, 7.01)
    words, _, moment = first.reproduce.partition(" --as-of ")

    again = analyst.answer(parse(words), as_of=dt.datetime.fromisoformat(moment))

    assert words == "changes since 2026-11-16T09:00:00Z until 2026-11-23T09:00:00Z"
    assert again == first


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("since 2026-11-09", "since 9 Nov 2026, "),
        ("since 2026-11-03", "since 2 Nov 2026 (the nearest stored), "),
        ("since 2026-10-01", "since 2 Nov 2026 (the nearest stored), "),
        ("since 2026-11-02 until 2026-11-16", "from 2 to 16 Nov 2026, "),
        ("since 2026-11-02 until 2026-11-20", "from 2 to 16 Nov 2026 (the nearest stored), "),
    ],
)
def test_another_day_than_was_asked_for_is_told_in_the_finding(analyst: Analyst, words: str, told: str) -> None:
    """Weekly lists hold every seventh day: the finding names the days that it is of, and that they are others."""
    store(analyst, 0, 7, 14, 21)

    assert told in analyst.answer(parse(f"changes {words}")).headline


def test_a_day_to_come_is_not_taken_for_the_nearest(analyst: Analyst) -> None:
    """Nothing can have changed since then; today has come. Up to a day to come it is the newest list, and said so."""
    store(analyst, 0, 7)

    with pytest.raises(NotYetCome) as refused:
        analyst.answer(parse("changes since 2027-01-01"))
    assert refused.value.told == "1 Jan 2027 has not come yet, so nothing can have changed since then."
    assert analyst.answer(parse("changes since 2026-11-23")).stated

    until = analyst.answer(parse("changes since 2026-11-16 until 2027-01-01"))
    assert "1 Jan 2027 has not come yet; the newest list was taken." in until.caveats


@pytest.mark.parametrize(("days_ago", "by_hand"), [((), ""), ((0,), ""), ((1,), "top")])
def test_who_cannot_be_helped_by_a_list_of_now_is_not_told_to_collect_one(
    analyst: Analyst, days_ago: tuple[int, ...], by_hand: str
) -> None:
    """With no list yet, or today's alone, another of today compares nothing; with one of before it does."""
    store(analyst, *days_ago)

    with pytest.raises(NothingStored) as refused:
        analyst.answer(parse("changes since 2026-11-20"))
    assert refused.value.by_hand == by_hand
    assert "The bot stores one a day while it runs." in refused.value.told


def test_a_past_change_is_asked_for_by_both_its_days(analyst: Analyst) -> None:
    """Or by its last day alone, and then against the week before that."""
    store(analyst, 0, 7, 14, 21)

    by_both, by_one = (analyst.answer(parse(f"changes {words}until 2026-11-16")) for words in ("since 2026-11-03 ", ""))

    assert by_both.request == Changes("2026-11-02T09:00:00Z", "2026-11-16T09:00:00Z")
    assert by_one.request == Changes("2026-11-09T09:00:00Z", "2026-11-16T09:00:00Z")
