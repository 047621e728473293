"""What a source says of its refusal: its own words reach people short, and as nothing but words."""

import gc
import json

import httpx2
import pytest

from analytics.sources.http_answers import Refusal, pause_collector, refuse


def why(said: str, *, header: bool = False) -> str:
    """Let a source refuse with these words, and give what is told of it."""
    response = httpx2.Response(403, headers={"x-error-message": said.encode()} if header else {})
    with pytest.raises(Refusal) as refused:
        refuse(response, "http://hub", json.dumps({"error": said}).encode(), lambda _: 1.0, ranged=False)
    return refused.value.why


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("bell\a and\u202ereversed\u2066", "bell and reversed"),
        ("<b>bold</b>\nline\ttab", "b bold /b line tab"),
        ("nul\x00 \x9b31m", "nul 31m"),
    ],
)
def test_no_escape_and_no_markup_reaches_people(said: str, told: str) -> None:
    """A terminal would obey it, a reader would read it backwards."""
    assert why(said) == f"it answered 403: {told}"


def test_a_header_is_cleaned_as_the_body_is() -> None:
    """The Hub says it in a header."""
    assert why("\x9b31mred<i>", header=True) == "it answered 403: 31mred i"


@pytest.mark.parametrize("header", [True, False])
def test_two_hundred_letters_of_others_are_passed_on(*, header: bool) -> None:
    """More is no reason any more, and an answer in a channel has an end."""
    assert why("x" * 20_000, header=header) == f"it answered 403: {'x' * 200}"


def test_a_collector_that_was_off_stays_off() -> None:
    """Whoever switched it off had a reason."""
    gc.disable()
    try:
        with pause_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
    with pause_collector():
        assert not gc.isenabled()
    assert gc.isenabled()
