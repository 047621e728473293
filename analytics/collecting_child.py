"""
The child that collects: a process of its own, so that what collecting takes of memory is given back when it ends.

    python -m analytics.collecting_child census

`bot/collecting_apart.py` starts it. Its settings come by the environment alone, no file is read for them. What it says
are lines of JSON on its standard output, each an object of one key: `progress` [line, share], `log` [name, level,
message with any traceback], and last of all `done` [sentences], `busy` or `failed`, a sentence. It ends with its
standard input: whoever started it is gone then.
"""

import json
import logging
import os
import sys
import threading
from contextlib import closing
from typing import Any, TextIO

from pydantic_settings import SettingsConfigDict

from analytics.analyst import Analyst, analyst_of
from analytics.child_process import end_with_who_started_this, take_output
from analytics.errors import SourceError, explain_file, explain_mistake
from analytics.settings import AnalyticsSettings

log = logging.getLogger("analytics.collecting_child")  # which is run as __main__


class GivenSettings(AnalyticsSettings):
    """The settings as whoever started this gave them: of the environment, whatever a file in the folder says."""

    model_config = SettingsConfigDict(env_file=None)


class Words:
    """What the child says, a line a word; safe to use from several threads."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def say(self, kind: str, what: object) -> None:
        """Say one word; where nobody hears it any more, end at once: that is no failure of what is collected."""
        try:
            with self._lock:
                self._stream.write(json.dumps({kind: what}) + "\n")
                self._stream.flush()
        except OSError:
            os._exit(1)

    def tell_progress(self, line: str, share: float | None = None, /) -> None:
        """Say how far it is."""
        self.say("progress", [line, share])


class HandedOn(logging.Handler):
    """Lets whoever started this process write the log, in the form that is set there."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def emit(self, record: logging.LogRecord) -> None:
        """Say one line of the log."""
        self._words.say("log", [record.name, record.levelno, self.format(record)])


def main(what: str) -> None:
    """Collect it once."""
    words = Words(os.fdopen(take_output(), "w", encoding="ascii"))
    end_with_who_started_this()
    settings = GivenSettings()
    logging.basicConfig(level=settings.log_level.upper(), handlers=[HandedOn(words)], force=True)
    with closing(analyst_of(settings)) as analyst:
        last = _collect(analyst, what, words)
    words.say(*last)


def _collect(analyst: Analyst, what: str, words: Words) -> tuple[str, Any]:
    """Collect it, and give the last word."""
    try:
        return "done", analyst.collect(what, progress=words.tell_progress)
    except BlockingIOError as busy:
        return "busy", busy.strerror
    except (SourceError, OSError) as trouble:
        log.debug("what is collected came to nothing", exc_info=True)
        return "failed", explain_file(trouble) if isinstance(trouble, OSError) else str(trouble)
    except Exception as mistake:  # the last word is said whatever happened
        log.exception("a mistake in collecting")
        return "failed", explain_mistake(mistake)


if __name__ == "__main__":
    main(sys.argv[1])
