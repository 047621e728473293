"""
A process that answers once and ends hardly looks for cyclic garbage, nor does a census while it is counted.

What an answer imports is two hundred thousand containers, and all of it stays. Python looks through it again and again
while it comes, and once more at the end: a quarter of all that an answer took (docs/performance.md).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 200_000
"""New containers from one search to the next, some 30 MB: an answer with its picture makes about as many."""
USUAL = gc.get_threshold()


@contextmanager
def search_seldom() -> Iterator[None]:
    """For a process that ends with this: look seldom, and let the end of the process pass over all there is."""
    gc.set_threshold(SELDOM)
    try:
        yield
    finally:
        gc.freeze()


@contextmanager
def search_seldom_meanwhile() -> Iterator[None]:
    """For work that makes many containers and no cycles: look seldom until it is done, then as often as before."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def search_as_usual() -> None:
    """For a process that turns out to stay: look as often as Python does."""
    gc.set_threshold(*USUAL)
