"""`top30 on 2024-09-20` asks for what was known then, in Slack as `--as-of` does in a terminal."""

import datetime as dt

import pytest

from analytics import grammar
from analytics.grammar import AskedDay, Intent
from analytics.grammar.follow_ups import follow_up

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("top30 on 2024-09-20", "top30 on 2024-09-20"),
        ("top 30 on september 20 2024", "top30 on 2024-09-20"),
        ("what did the top 30 look like on Nov 20?", "top30 on 2026-11-20"),
        ("totals as of 20 september 2024", "totals attributed on 2024-09-20"),
        ("top 30 am 20. September 2024", "top30 on 2024-09-20"),
        ("yesterday's top 30", "top30 on 2026-11-25"),
        ("top 30 two weeks ago", "top30 on 2026-11-12"),
        ("top30 declared on 2024-09-20 as csv", "top30 declared on 2024-09-20 as csv"),
        ("is gpt2 in tensorflow on 2026-11-20", "model openai-community/gpt2 in tensorflow on 2026-11-20"),
    ],
)
def test_a_day_goes_behind_a_question(typed: str, words: str) -> None:
    """In canonical words and in sentences; what was understood can be typed again."""
    understood = grammar.understand(typed, TODAY)

    assert understood.words == words
    assert understood.as_of is not None
    assert grammar.understand(words, TODAY).as_of == understood.as_of


@pytest.mark.parametrize(
    "typed",
    [
        "top 30 last week",
        "top 30 in november",
        "why method on 2024-09-20",
        "top30 on 2024-13-40",
        "digest on 2026-11-30",
    ],
)
def test_what_is_no_day_of_a_question_is_not_taken_for_one(typed: str) -> None:
    """A stretch, a month, a fact and a digest have none."""
    assert grammar.understand(typed, TODAY).words is None


def test_a_number_beside_a_month_stays_a_number() -> None:
    """`top 30 november 20` is of thirty models."""
    assert grammar.understand("top 30 november 20", TODAY).words == "top30 on 2026-11-20"


def test_a_day_to_come_is_refused_in_words() -> None:
    """Nothing is known of it, and the question of today is offered."""
    understood = grammar.understand("top30 on 2030-01-01", TODAY)

    assert (understood.kind, understood.also) == (Intent.UNCLEAR, ("top30",))
    assert "still to come" in understood.problem


def test_the_whole_day_counts() -> None:
    """What was stored in its last minute was known on it; a receipt's own moment is taken as it stands."""
    assert grammar.understand("top30 on 2024-09-20", TODAY).as_of == dt.datetime(2024, 9, 20, 23, 59, 59, tzinfo=dt.UTC)
    assert AskedDay.of(dt.datetime(2024, 9, 20, 23, 59, 59, tzinfo=dt.UTC)).words == " on 2024-09-20"
    assert grammar.understand("top30 --as-of 2026-11-24T10:00:00+00:00", TODAY).words is not None


def test_after_an_answer_the_same_is_asked_of_a_day() -> None:
    """`and on 2024-09-20?` is about the day; what changed since is asked with `since`."""
    request = grammar.parse("top30")
    assert not isinstance(request, grammar.Unclear)
    follow = follow_up(request, "and on 2024-09-20?", TODAY)

    assert follow is not None
    assert (follow.request, follow.as_of) == (request, dt.datetime(2024, 9, 20, 23, 59, 59, tzinfo=dt.UTC))


@pytest.mark.parametrize("name", ["tensorflow", "onnx", "jax"])
def test_a_framework_only_is_a_question(name: str) -> None:
    """`tensorflow only` asks for the models in no other; `only tensorflow` may narrow, so both are offered."""
    assert grammar.understand(f"{name} only", TODAY).words == f"top30 in {name} only"
    assert grammar.understand(f"only {name}", TODAY).words is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("top30 as of 20.11.2026", "top30 on 2026-11-20"),
        ("totals as of 11/20/2026", "totals attributed on 2026-11-20"),
        ("2026年11月20日的前30", "top30 on 2026-11-20"),
        ("changes since 2026/11/20", "changes since 2026-11-20"),
        ("new models since 20.11.2026", "new since 2026-11-20"),
        ("papers q4 of 2021", "papers 2021Q4 per pair"),
        ("2021年第四季度的论文", "papers 2021Q4 per pair"),
        ("paper im 4. Quartal 2021", "papers 2021Q4 per pair"),
    ],
)
def test_a_date_in_figures_and_a_quarter_are_read_as_people_write_them(text: str, words: str) -> None:
    """With points, strokes and Chinese words."""
    assert grammar.understand(text, TODAY).words == words


@pytest.mark.parametrize(
    "text", ["changes since 11/12/2026", "top30 as of 31.02.2026", "papers q4", "changes since 31.2."]
)
def test_a_date_that_may_be_another_is_handed_back(text: str) -> None:
    """Two readings, no day of the calendar, a quarter of no year."""
    assert grammar.understand(text, TODAY).words is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("new models in pytorch since 30 February", "30"),
        ("new since November 31st", "“November”"),
        ("changes since 31 april", "31 april"),
        ("new models since 29 february", "29"),
        ("new models since 29 february 2025", "29"),
    ],
)
def test_a_day_that_no_month_has_is_no_other_day(text: str, named: str) -> None:
    """It is named and handed back, where the first of that month was answered."""
    told = grammar.understand(text, TODAY)

    assert told.words is None
    assert named in told.problem


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("changes since 2027-01-15", "changes"),
        ("new models in tensorflow since 2027-01-01", "new in tensorflow"),
    ],
)
def test_nothing_is_told_since_a_day_to_come(typed: str, offered: str) -> None:
    """The nearest list would be of another day; the question without it is offered."""
    told = grammar.understand(typed, TODAY)

    assert told.words is None
    assert told.also == (offered,)
    assert "still to come" in told.problem


@pytest.mark.parametrize("typed", ["trend since last monday", "trend since 1 november"])
def test_a_trend_since_a_day_is_offered_beside_what_moved_since(typed: str) -> None:
    """Quarters tell no days."""
    told = grammar.understand(typed, TODAY)

    assert told.words is None
    assert told.also[0] == "trend attributed"
    assert told.also[1].startswith("changes since 2026-11-")
    assert "by quarter" in told.problem


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("the last two years", "trend attributed"),
        ("last monday", "changes since 2026-11-23"),
        ("bottom 30", "totals dead attributed"),
        ("unless it's slow show totals", "top30"),
    ],
)
def test_what_is_of_ours_is_not_called_out_of_scope(typed: str, offered: str) -> None:
    """It is handed back with what can be asked near it."""
    told = grammar.understand(typed, TODAY)

    assert told.kind is Intent.UNCLEAR
    assert offered in told.also


@pytest.mark.parametrize(
    "typed", ["what will change in 2 years", "top 30 in two weeks", "what will the top 10 be in 2 weeks"]
)
def test_how_it_will_be_is_not_how_it_was(typed: str) -> None:
    """Neither answered by the past, nor offered as a past day."""
    told = grammar.understand(typed, TODAY)

    assert told.words is None
    assert not [also for also in told.also if " on 20" in also]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("send us the chart every monday at 9", ("digest on mon 09:00", "top30")),
        ("send us the top models every friday at 9", ("digest on fri 09:00", "top30")),
        ("top30 every monday", ("digest on mon", "top30")),
        ("top 10 each friday", ("digest on fri", "top10")),
        ("totals every monday", ("digest on mon", "totals attributed")),
        ("top30 on mondays", ("digest on mon", "top30")),
        ("top30 jeden montag", ("digest on mon", "top30")),
        ("новые модели каждый понедельник", ("digest on mon", "new")),
        ("new models every friday", ("digest on fri", "new")),
        ("post the top 30 every tuesday at 14:00 Berlin", ("digest on tue 14:00 Europe/Berlin",)),
        ("is gpt2 in tensorflow every monday", ("model openai-community/gpt2 in tensorflow",)),
    ],
)
def test_what_is_wanted_every_week_is_no_past_day(typed: str, offered: tuple[str, ...]) -> None:
    """The digest is offered, which comes every week, and the question once."""
    told = grammar.understand(typed, TODAY)

    assert told.words is None
    assert told.also == offered


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("tensorflow models uploaded in march", "new in tensorflow since 2026-03-01"),
        ("models created in march 2026", "new since 2026-03-01"),
        ("modelos subidos en marzo", "new since 2026-03-01"),
        ("neue Modelle im März", "new since 2026-03-01"),
        ("new in october", "new since 2026-10-01"),
        ("uploaded in the first week of november", "new since 2026-11-01"),
        ("models uploaded on monday", "new since 2026-11-23"),
        ("models created on 2026-11-20", "new since 2026-11-20"),
        ("what changed on monday", "changes since 2026-11-23"),
    ],
)
def test_what_came_in_a_month_or_on_a_day_is_not_all_since(text: str, offered: str) -> None:
    """All since then is more than was asked: it is offered, and said to go up to today."""
    told = grammar.understand(text, TODAY)

    assert told.words is None
    assert offered in told.also
    assert "up to today" in told.problem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("new models since march", "new since 2026-03-01"),
        ("new models from march", "new since 2026-03-01"),
        ("what changed in november", "changes since 2026-11-01"),
        ("models uploaded yesterday", "new since 2026-11-25"),
        ("models created in the last 3 months", "new since 2026-08-28"),
    ],
)
def test_what_goes_up_to_today_is_answered(text: str, words: str) -> None:
    """Since a month, in the month that it is, in a stretch that ends today."""
    assert grammar.understand(text, TODAY).words == words


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("how many models were uploaded yesterday", "new since 2026-11-25"),
        ("how many models were uploaded on friday", "new since 2026-11-20"),
        ("how many models were published on friday in pytorch", "new in pytorch since 2026-11-20"),
        ("how many models were uploaded today", "new since 2026-11-26"),
    ],
)
def test_how_many_came_on_a_day_is_not_how_many_there_were(text: str, offered: str) -> None:
    """All models as of the day are another number; how many there were on it is still answered."""
    told = grammar.understand(text, TODAY)

    assert told.words is None
    assert offered in told.also
    assert (
        grammar.understand("how many models were on the hub yesterday", TODAY).words
        == "totals attributed on 2026-11-25"
    )
