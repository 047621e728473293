"""
The picture of an answer, drawn when it is needed: its name, and how to draw it.

Where matplotlib cannot even be loaded (nothing can be written, memory is short) there is a picture that cannot be
drawn, so that the answer is shown in Slack's own blocks and says so.
"""

import logging
import time
from collections.abc import Callable

from analytics.domain.answer import Answer
from bot.observer import UNOBSERVED, Observer

log = logging.getLogger(__name__)

UNDRAWN = "undrawn"
"""The name of a picture that nobody can draw; none is kept under it."""


def picture_of(answer: Answer, observer: Observer = UNOBSERVED) -> tuple[Callable[[], bytes], str]:
    """Give what draws the picture of an answer, and the name it is kept under."""
    try:
        from analytics import charts
    except (OSError, ImportError, MemoryError) as trouble:
        log.warning("no picture can be drawn: %s", trouble)
        return _refuse_to_draw, UNDRAWN

    def draw() -> bytes:
        began = time.monotonic()
        drawn = charts.draw(answer)
        observer.note_drawing(time.monotonic() - began)
        return drawn

    return draw, charts.fingerprint(answer)


def _refuse_to_draw() -> bytes:
    raise RuntimeError("what draws could not be loaded")
