"""Several pieces of work side by side, in threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

AT_ONCE = 4
"""Channels posted to at once."""


def side_by_side(works: Sequence[Callable[[], None]], at_once: int = AT_ONCE) -> None:
    """Do all of them and wait; none of them may raise."""
    if at_once == 1 or len(works) <= 1:
        for work in works:
            work()
        return
    with ThreadPoolExecutor(at_once, thread_name_prefix="digest") as pool:
        list(pool.map(lambda work: work(), works))
