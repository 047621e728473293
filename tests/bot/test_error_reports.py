"""What is reported to Sentry of an error, as a stand-in gets it from the real SDK."""

import logging
import sys
from pathlib import Path
from typing import Any

from bot.concern import concerning
from bot.error_reports import ErrorReports
from bot.place import Place
from tests.loopback.telemetry_sink import SunkBodies, collector

TYPED = "zebra-typed-by-ann"


def fail(logger: str, said: str, *filled: object) -> None:
    """Log an error that holds a typed word in each place where one can stand."""
    try:
        try:
            int(TYPED)
        except ValueError as odd:
            _ = {"": odd}[TYPED]
    except KeyError:
        logging.getLogger(logger).exception(said, *filled)


def reported(*errors: tuple[Any, ...]) -> tuple[SunkBodies, list[dict[str, Any]]]:
    """Report errors of a work to Sentry; give what came."""
    with collector() as collected:
        reports = ErrorReports(collected.dsn)
        logging.getLogger().addHandler(reports)
        with concerning(Place("C1", "U-ann", work="abcdef01")):
            for error in errors:
                fail(*error)
        reports.flush()
        logging.getLogger().removeHandler(reports)
        return collected, collected.events()


def test_an_error_is_reported_with_its_lines_and_its_reference() -> None:
    """And the id of its work; what it came of comes first, as Sentry reads it."""
    _, (event,) = reported(("bot.turns", "reference %s", "0123abcd"))

    assert event["message"] == "reference %s"
    assert event["tags"] == {"work": "abcdef01", "reference": "0123abcd"}
    assert [error["type"] for error in event["exception"]["values"]] == ["ValueError", "KeyError"]
    assert event["exception"]["values"][1]["stacktrace"]["frames"][-1]["function"] == "fail"


def test_no_word_of_anybody_is_reported() -> None:
    """Neither what was filled in, nor an error's text, nor a variable, nor what a library says, nor this machine."""
    collected, events = reported(
        ("bot.turns", "of %s", TYPED), ("bot.slack_sdk", f"said {TYPED}"), ("bot.bolt", TYPED), ("apscheduler", TYPED)
    )
    everything = collected.everything()

    assert [event["logger"] for event in events] == ["bot.turns", "bot.slack_sdk", "bot.bolt", "apscheduler"]
    assert [word for word in (TYPED, "U-ann", "C1", str(Path.home()), sys.prefix) if word in everything] == []
