"""A few words after an answer are the question they make of it, or none."""

import datetime as dt

import pytest

from analytics import grammar
from analytics.grammar.about_answer import OnAnswer
from analytics.grammar.follow_ups import FollowUp, follow_up
from analytics.grammar.list_places import ask_of_offered, pick_offered

TODAY = dt.date(2026, 11, 27)


def after(earlier: str, text: str) -> FollowUp | None:
    """Read words typed after the answer to a question in canonical words."""
    request = grammar.parse(earlier)
    assert not isinstance(request, grammar.Unclear)
    return follow_up(request, text, TODAY)


@pytest.mark.parametrize(
    ("earlier", "text", "asked"),
    [
        ("model openai/whisper-large-v3", "and in tf?", "model openai/whisper-large-v3 in tensorflow"),
        ("model google/gemma-2b", "is it in tf?", "model google/gemma-2b in tensorflow"),
        ("model google/flan-t5-large in tensorflow", "what about jax", "model google/flan-t5-large in jax"),
        ("model openai/whisper-large-v3", "what about bert-base-uncased?", "model google-bert/bert-base-uncased"),
        ("model google/gemma-2b", "how do I load it in tf", "load google/gemma-2b in tensorflow"),
        ("model google/gemma-2b", "compare it with gpt2", "compare google/gemma-2b openai-community/gpt2"),
        ("model google/gemma-2b", "which formats?", "formats google/gemma-2b"),
        ("top10 in jax", "no, I meant tensorflow", "top10 in tensorflow attributed"),
        ("top30 by likes", "top 50 instead", "top50 by likes attributed"),
        ("top30 by likes", "top 50", "top50 by likes attributed"),
        ("top30 by likes task translation", "and by downloads please", "top30 task translation attributed"),
        ("top30 by likes", "only text-generation", "top30 by likes task text-generation attributed"),
        ("top30 by likes", "same for google", "top30 by likes author google attributed"),
        ("top30", "declared", "top30 declared"),
        ("top30 declared", "by evidence", "top30 attributed"),
        ("top30", "and last week?", "changes"),
        ("changes", "since the first of november", "changes since 2026-11-01"),
        ("top50 by likes", "only the first 10", "top10 by likes attributed"),
        ("top50 task translation", "tensorflow only", "top50 in tensorflow only task translation attributed"),
        ("model google/flan-t5-base", "and onnx?", "model google/flan-t5-base in onnx"),
        ("totals", "only for image classification", "totals attributed task image-classification"),
        ("top30 in jax", "just google's", "top30 in jax author google attributed"),
        ("papers", "for 2020 q1", "papers 2020Q1 per pair"),
        ("share", "and gguf", "share in gguf"),
        ("top30", "und in jax?", "top30 in jax attributed"),
        ("totals", "only translation", "totals attributed task translation"),
        ("totals", "since 2022", "totals declared since 2022"),
        ("papers", "and 2021Q4?", "papers 2021Q4 per pair"),
        ("official", "and pytorch?", "official pytorch"),
        ("changes", "and since 2026-08-07?", "changes since 2026-08-07"),
        ("load google/gemma-2b in tensorflow", "and in jax?", "load google/gemma-2b in jax"),
        ("totals", "and papers?", "papers per pair"),
        ("totals", "and over time?", "trend attributed"),
        ("totals", "and downloads?", "share"),
        ("papers", "only official ones", "papers official per pair"),
        ("top30", "without copies", "top30 originals attributed"),
        ("top30", "more", "top50 attributed"),
        ("top1000", "a shorter list", "top300 attributed"),
        ("totals", "as a picture", "totals attributed"),
        ("changes", "and in TensorFlow?", "top30 in tensorflow attributed"),
        ("changes", "only text-generation", "top30 task text-generation attributed"),
        ("papers 2021Q4", "last year?", "papers per pair"),
        ("model google/gemma-2b", "and the 7b one?", "model google/gemma-7b"),
        ("model google/gemma-2b in jax", "what about the 7b version", "model google/gemma-7b in jax"),
        ("formats openai/whisper-large-v3", "and v2?", "formats openai/whisper-large-v2"),
        ("model Qwen/Qwen2.5-0.5B", "and the 7b one?", "model Qwen/Qwen2.5-7B"),
        ("model openai/whisper-large-v3", "and the turbo?", "model openai/whisper-large-v3-turbo"),
        ("model google/gemma-2b", "how to use it in keras", "load google/gemma-2b in keras"),
    ],
)
def test_what_is_named_takes_its_place_in_the_question_before(earlier: str, text: str, asked: str) -> None:
    """Everything else of the question stays."""
    follow = after(earlier, text)

    assert follow is not None
    assert (follow.request.words, follow.how, follow.as_csv) == (asked, False, False)


@pytest.mark.parametrize(
    "text", ["why?", "how was this counted?", "how is this counted", "and why?", "what is the method"]
)
def test_why_asks_how_the_answer_was_counted(text: str) -> None:
    """Of the same question."""
    assert after("top30", text) == FollowUp(grammar.parse("top30"), how=True)


@pytest.mark.parametrize(
    ("earlier", "text", "on"),
    [
        ("top30", "in percent?", OnAnswer.PERCENT),
        ("totals", "what percentage is that", OnAnswer.PERCENT),
        ("totals", "refresh", OnAnswer.AGAIN),
        ("top30", "ok can you post it here every week", OnAnswer.WEEKLY),
        ("model google/gemma-2b", "how many downloads?", OnAnswer.FACTS),
        ("model google/gemma-2b", "who made it", OnAnswer.FACTS),
        ("trend", "ok cool", OnAnswer.NOD),
    ],
)
def test_what_is_about_the_answer_that_stands_there_is_no_other_question(earlier: str, text: str, on: OnAnswer) -> None:
    """It is wanted of that very answer."""
    assert after(earlier, text) == FollowUp(grammar.parse(earlier), on=on)


@pytest.mark.parametrize(
    ("earlier", "text", "on"),
    [
        ("top30 author google", "what percentage are pytorch only", OnAnswer.PERCENT),
        ("totals task translation", "how many are tensorflow?", None),
        ("top30", "and what share is neither?", OnAnswer.PERCENT),
    ],
)
def test_how_many_without_a_subject_is_of_what_was_told(earlier: str, text: str, on: OnAnswer | None) -> None:
    """Not of all models of the Hub."""
    assert after(earlier, text) == FollowUp(grammar.parse(earlier), on=on)


LISTED = ("model openai-community/gpt2", "model google-bert/bert-base-uncased", "model google/gemma-2b")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("is the second one in tensorflow?", "model google-bert/bert-base-uncased in tensorflow"),
        ("how do I load the third one in jax", "load google/gemma-2b in jax"),
        ("#3 in keras?", "model google/gemma-2b in keras"),
        ("compare the first one with openai/whisper-small", "compare openai-community/gpt2 openai/whisper-small"),
        ("formats of number 2", "formats google-bert/bert-base-uncased"),
        ("the fifth one in tf?", None),
        ("top 3", None),
        ("what is the licence of the second one", None),
    ],
)
def test_one_of_a_list_is_what_a_sentence_asks_about(text: str, asked: str | None) -> None:
    """By its place, as if its id stood there; where there is no such place nothing is asked, and never of the list."""
    assert ask_of_offered(LISTED, text, TODAY) == asked
    assert after("top30", "is the second one in tensorflow?") is None


def test_last_year_is_asked_of_what_was_known_then() -> None:
    """Of what has no days of its own."""
    told = after("totals", "last year?")

    assert told is not None
    assert (told.request, str(told.as_of)) == (grammar.parse("totals"), "2025-11-27 23:59:59+00:00")


@pytest.mark.parametrize(
    ("model", "text"),
    [
        ("google/gemma-2b", "and the blue one?"),
        ("google/gemma-2b", "and the weather?"),
        ("lab/odd", "and the 7b one?"),
        ("google/gemma-2b", "and the 2b one?"),
    ],
)
def test_no_sibling_is_made_up(model: str, text: str) -> None:
    """Where the words fit no name of the family, and stand in the place of nothing in this one."""
    assert after(f"model {model}", text) is None


@pytest.mark.parametrize("text", ["as csv", "csv please", "CSV"])
def test_csv_asks_for_the_rows_of_the_answer_that_stands_there(text: str) -> None:
    """And for no new answer."""
    assert after("top30", text) == FollowUp(grammar.parse("top30"), as_csv=True, rows_alone=True)


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        ("top30 by likes", "top30"),
        ("top30 by likes", "totals"),
        ("top10 task text-generation", "share in jax"),
        ("top30", "totals in jax"),
        ("trend", "share"),
        ("papers", "shares"),
        ("top30 by likes", "model openai-community/gpt2"),
        ("top30", "papers 2021Q4"),
        ("top30", "thanks!"),
        ("top30", "hello"),
        ("top30", "and without google"),
        ("top30", "and in tf and jax?"),
        ("top30", "and blorptastic?"),
        ("top30", "top 2000"),
        ("model google/gemma-2b", "declared"),
        ("model google/gemma-2b", "and 2021Q4?"),
        ("compare openai-community/gpt2 google/gemma-2b", "and in tf?"),
        ("papers", "and in jax?"),
        ("top30", ""),
        ("top30", "digest on"),
        ("top30", "x" * 40_000),
    ],
)
def test_a_question_of_its_own_or_one_that_fits_nowhere_goes_on_from_nothing(earlier: str, text: str) -> None:
    """It is read as if nothing had been asked before: no word is dropped."""
    assert after(earlier, text) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [("the second one", 1), ("2", 1), ("first one please", 0), ("the last one", -1), ("#3", 2), ("No. 1", 0)],
)
def test_one_of_what_was_offered_is_picked_by_its_place(text: str, at: int) -> None:
    """As people count."""
    offered = ("model a/a", "model b/b", "model c/c")

    assert pick_offered(offered, text) == offered[at]


@pytest.mark.parametrize("text", ["the fourth one", "both", "the second model of google", ""])
def test_what_names_no_place_picks_nothing(text: str) -> None:
    """And what there was no such place for."""
    assert pick_offered(("model a/a", "model b/b"), text) is None
    assert pick_offered(("model a/a", "model b/b"), "the third one") is None


@pytest.mark.parametrize(("text", "at"), [("the second one", 1), ("model 3", 2), ("#4", 3), ("fifth", 4), ("#10", 9)])
def test_a_place_in_a_list_that_was_answered_is_its_model(text: str, at: int) -> None:
    """As it stands there."""
    listed = [f"model a/m{number}" for number in range(10)]

    assert pick_offered(listed, text, answered=True) == listed[at]


@pytest.mark.parametrize("text", ["10", "the last one", "#11", "the 12th"])
def test_another_length_of_a_list_and_its_end_are_none_of_its_first(text: str) -> None:
    """`10` after a top 30 is the top 10."""
    assert pick_offered([f"model a/m{number}" for number in range(10)], text, answered=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "is the second one in tf?",
        "ist das zweite in tensorflow?",
        "¿está el segundo en tensorflow?",
        "второй есть в tensorflow?",
        "第二个有tensorflow吗",
    ],
)
def test_a_place_in_a_list_is_read_in_five_languages(text: str) -> None:
    """As its words for the question are."""
    listed = [f"model a/m{number}" for number in range(3)]

    assert ask_of_offered(listed, text, TODAY) == "model a/m1 in tensorflow"


@pytest.mark.parametrize(
    "text", ["I have 3 of these", "google only has 3 of these", "only 5 of them work", "and at 9?", "und um 9?"]
)
def test_a_number_that_is_told_makes_no_list_longer_or_shorter(text: str) -> None:
    """How many somebody has, and a time of day."""
    assert after("top30", text) is None


@pytest.mark.parametrize("earlier", ["top30", "totals", "trend", "model openai/whisper-large-v3"])
@pytest.mark.parametrize(
    "text", ["and in 2 years?", "in two weeks?", "en 2 años?", "через 2 года?", "2 years from now", "and on mondays?"]
)
def test_what_is_to_come_is_not_what_was(earlier: str, text: str) -> None:
    """Nothing is known of it; `in the last 2 years` is over."""
    assert after(earlier, text) is None
    assert after("top30", "in the last 2 years") is not None
