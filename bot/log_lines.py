"""
The lines of the log, in words or as JSON, each with the id of the work it belongs to.

A question has one id from the command to the post, a digest from its slot to its thread; what belongs to neither has
none.
"""

import json
import logging
from enum import StrEnum

from bot.concern import name_work


class LogFormat(StrEnum):
    """How a line is written."""

    WORDS = "words"
    JSON = "json"


class WordLines(logging.Formatter):
    """Writes a line for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(work)s%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Put the id, if there is one, before what is said."""
        work = name_work()
        record.work = f"[{work}] " if work else ""
        return super().format(record)


class JsonLines(logging.Formatter):
    """Writes a line for programs: one object, whatever stands in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time (UTC, in Unix seconds), level, logger, id and words; a traceback under `error`."""
        line = {
            "time": record.created,
            "level": record.levelname,
            "logger": record.name,
            "work": name_work(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line)


def write_log(level: str, form: LogFormat) -> None:
    """Have everything logged from now on, to the error stream, in this form."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form is LogFormat.JSON else WordLines())
    logging.basicConfig(level=level, handlers=[handler])
    if level == "INFO":  # who wants to see connections and jobs come and go asks for DEBUG
        for name in ("alembic", "apscheduler", "bot.bolt", "bot.slack_sdk", "httpx2"):
            logging.getLogger(name).setLevel(logging.WARNING)
