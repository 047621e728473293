"""However many pages are read, the Hub is asked within bounds."""

import threading

import pytest

from analytics.pages.page_lookups import Busy, Gate


def test_no_more_are_inside_than_may_be() -> None:
    """The next is told to come again, and comes in when one has left."""
    gate = Gate(at_once=1, a_minute=10)
    with gate.enter(), pytest.raises(Busy), gate.enter():
        pass

    with gate.enter():
        pass


def test_no_more_begin_in_a_minute_than_may() -> None:
    """And it is said when there is room again."""
    now = [0.0]
    gate = Gate(at_once=5, a_minute=2, steady=lambda: now[0])
    for now[0] in (0.0, 10.0):
        with gate.enter():
            pass

    now[0] = 20.0
    with pytest.raises(Busy) as busy, gate.enter():
        pass
    assert 40 <= busy.value.seconds <= 41
    now[0] = 60.5
    with gate.enter():
        pass


def test_one_who_fails_leaves_as_well() -> None:
    """An error inside keeps nobody out."""
    gate = Gate(at_once=1, a_minute=10)
    with pytest.raises(ValueError, match="inside"), gate.enter():
        raise ValueError("inside")

    inside = threading.Event()
    with gate.enter():
        inside.set()
    assert inside.is_set()
