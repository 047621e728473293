"""A line of the log, in words and as JSON, with the id of the work it belongs to."""

import json
import logging
import sys

from bot.concern import concerning
from bot.log_lines import JsonLines, WordLines
from bot.place import Place


def record(message: str, *, failed: bool = False) -> logging.LogRecord:
    """Make what a logger hands over."""
    try:
        raise ValueError("broken\nin two")  # noqa: TRY301 - a traceback is wanted
    except ValueError:
        error = sys.exc_info() if failed else None
    return logging.LogRecord("bot.asking", logging.INFO, __file__, 1, message, (), error)


def test_lines_of_one_question_have_one_id_and_others_none() -> None:
    """Whatever becomes of its place on the way: the thread under a post is still the same question."""
    place = Place("C1", "U1")
    with concerning(place):
        first = json.loads(JsonLines().format(record("heard")))
    with concerning(place.within("1.2")):
        words = WordLines().format(record("posted"))

    assert len(first["work"]) == 16
    assert words.endswith(f"INFO bot.asking: [{first['work']}] posted")
    assert WordLines().format(record("tick")).endswith("INFO bot.asking: tick")
    assert Place("C1", "U1").work != place.work


def test_a_json_line_is_one_line_with_its_error() -> None:
    """Line ends within words or a traceback do not break it."""
    text = JsonLines().format(record("two\nlines", failed=True))

    assert "\n" not in text
    line = json.loads(text)
    assert (line["level"], line["logger"], line["message"]) == ("INFO", "bot.asking", "two\nlines")
    assert "ValueError: broken" in line["error"]
