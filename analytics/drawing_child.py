"""
A child that draws: while an answer is sought, it imports what a picture needs, which takes as long as the seeking.

It is forked before the answer is known, so it holds what its parent had imported by then and nothing else. Whatever
goes wrong with it, the picture is drawn where the answer is: then it comes later, and the error is told there.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from analytics.domain.answer import Answer

Finish = Callable[[], bytes]
"""Gives the picture that was begun, a PNG; nothing where the answer has none."""

Begin = Callable[[Answer], Finish]
"""Begins to draw an answer."""

Prepare = Callable[[], Begin]
"""Gets ready to draw, before there is an answer."""


def prepare_here() -> Begin:
    """Draw in this process, when the picture is wanted."""
    return lambda answer: lambda: _draw_here(answer)


def prepare_beside() -> Begin:
    """
    Fork a child that gets ready to draw, where there is a second processor for it; else draw in this process.

    On Linux alone: what Apple's libraries hold does not outlive a fork, and Windows knows none.
    """
    if sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1:
        try:
            ours, its = _open_pipes()
            child = os.fork()
        except OSError:  # no more processes, or no more files
            return prepare_here()
        if child == 0:
            _close(ours)
            _be_the_child(*its)
        _close(its)
        return lambda answer: _begin(answer, child, *ours)
    return prepare_here()


def _open_pipes() -> tuple[tuple[int, int], tuple[int, int]]:
    """Open the two pipes between parent and child: of each the end to read answers or pictures, and that to write."""
    answers, pictures = os.pipe(), os.pipe()
    return (pictures[0], answers[1]), (answers[0], pictures[1])


def _close(ends: tuple[int, int]) -> None:
    for end in ends:
        os.close(end)


def _begin(answer: Answer, child: int, pictures: int, answers: int) -> Finish:
    """Hand the answer to the child."""
    try:
        with os.fdopen(answers, "wb") as stream:
            pickle.dump(answer, stream)
    except OSError:  # it is gone
        return lambda: _draw_here(answer)
    return lambda: _read_all(pictures, child) or _draw_here(answer)


def _read_all(pictures: int, child: int) -> bytes:
    """Wait for the picture, and for the end of the child; nothing comes of one that could not draw."""
    with os.fdopen(pictures, "rb") as stream:
        picture = stream.read()
    os.waitpid(child, 0)
    return picture


def _draw_here(answer: Answer) -> bytes:
    from analytics.charts import NothingToDraw, draw

    try:
        return draw(answer)
    except NothingToDraw:
        return b""


def _be_the_child(answers: int, pictures: int) -> NoReturn:
    """Import, wait for the answer, draw it and end. Without a word: what it cannot do its parent does, and tells."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _let_go_of_streams()
        from analytics.charts import draw_alone

        with os.fdopen(answers, "rb") as asked:
            picture = draw_alone(pickle.load(asked))  # noqa: S301 - from the parent, by a pipe that nobody else holds
        with os.fdopen(pictures, "wb") as drawn:
            drawn.write(picture)
    finally:
        os._exit(0)


def _let_go_of_streams() -> None:
    """Let whoever reads what the parent prints not wait for this process, too."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
