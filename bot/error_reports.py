"""
Errors of the log to Sentry, where its address (DSN) is set: by its own SDK, but only what we write into a report.

A report says which error, at which lines of which modules, the id of the work and the reference that the asker was
given. Values, texts of errors, names of people and machines and typed words are not in it: they are left out here,
by what is put in, not by what is taken out.
"""

import logging
import re
from types import TracebackType
from typing import Any

from sentry_sdk import Client

from bot.concern import name_work

OURS = ("analytics", "bot", "playground")
FOREIGN_WORDS = ("bot.bolt", "bot.slack_sdk")
"""Loggers of ours through which libraries speak: their lines may hold what came back from outside."""

SILENT = ("opentelemetry", "sentry_sdk", "urllib3")
"""What sends reports: its own errors would be reported for ever."""

REFERENCE = re.compile(r"[0-9a-f]{8}")


class ErrorReports(logging.Handler):
    """Sends each error of the log; a Sentry that is away keeps nobody waiting (the SDK sends in a thread)."""

    def __init__(self, address: str) -> None:
        super().__init__(logging.ERROR)
        self._client = Client(
            address,
            default_integrations=False,
            auto_session_tracking=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
            release="frameworks-bot",
            server_name="frameworks-bot",
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Report an error."""
        if record.name.partition(".")[0] not in SILENT:
            self._client.capture_event(describe(record))

    def flush(self) -> None:
        """Send what has not been sent yet."""
        self._client.flush(timeout=2.0)


def describe(record: logging.LogRecord) -> Any:
    """Write a report: the sentence without what was filled in, and of errors their kinds and lines."""
    filled = record.args if isinstance(record.args, tuple) else ()
    references = [each for each in filled if isinstance(each, str) and REFERENCE.fullmatch(each)]
    is_ours = record.name.partition(".")[0] in OURS and record.name not in FOREIGN_WORDS
    return {
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": str(record.msg) if is_ours else "an error of a library",
        "tags": {"work": name_work(), "reference": references[0] if references else ""},
        "exception": {"values": _describe_errors(record.exc_info[1] if record.exc_info else None)},
    }


def _describe_errors(error: BaseException | None) -> list[dict[str, Any]]:
    """Describe an error and what it came of, the first cause first, as Sentry wants them."""
    told: list[dict[str, Any]] = []
    while error is not None and len(told) < 10:  # noqa: PLR2004 - a circle of causes ends
        told.append({"type": type(error).__name__, "stacktrace": {"frames": _list_frames(error.__traceback__)}})
        error = error.__cause__ or error.__context__
    return told[::-1]


def _list_frames(traced: TracebackType | None) -> list[dict[str, Any]]:
    frames = []
    while traced is not None:
        code, module = traced.tb_frame.f_code, str(traced.tb_frame.f_globals.get("__name__"))
        frames.append({"module": module, "function": code.co_name, "lineno": traced.tb_lineno})
        traced = traced.tb_next
    return frames
