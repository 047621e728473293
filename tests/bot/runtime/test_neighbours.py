"""Who else uses the app token: allowed for what is dead and still counted, looked at again, believed for a while."""

import logging

import pytest

from bot.runtime.neighbours import Neighbours

COUNTED = 120.0


class SetClock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


@pytest.fixture
def watch() -> SetClock:
    """Give a clock."""
    return SetClock()


@pytest.fixture
def neighbours(watch: SetClock) -> Neighbours:
    """Give what should be alone."""
    return Neighbours(COUNTED, alone=True, clock=watch)


@pytest.mark.parametrize("lost", [1, 2, 5])
def test_lines_of_ours_that_are_dead_and_counted_are_nobody_else(
    neighbours: Neighbours, caplog: pytest.LogCaptureFixture, lost: int
) -> None:
    """However many were lost in a row while Slack had not noticed."""
    for before in range(1, lost + 1):
        neighbours.lose()
        neighbours.hear(1 + before, 1)

        assert neighbours.warn() == ""
    assert caplog.text == ""


def test_what_is_beyond_them_is_somebody_else(neighbours: Neighbours) -> None:
    """Two lost, and three too many."""
    neighbours.lose()
    neighbours.lose()

    neighbours.hear(4, 1)

    assert neighbours.warn().startswith("1 other connection uses the same SLACK_APP_TOKEN")


def test_whom_the_dead_hid_is_found_by_the_next_look(neighbours: Neighbours, watch: SetClock) -> None:
    """Once nothing dead can be counted any more it is looked again, once."""
    neighbours.lose()
    neighbours.hear(2, 1)
    watch.now = COUNTED - 1
    assert not neighbours.take_look()
    watch.now = COUNTED
    assert (neighbours.take_look(), neighbours.take_look()) == (True, False)

    neighbours.hear(3, 2)

    assert neighbours.warn()


def test_a_warning_ends_with_the_next_look(
    neighbours: Neighbours, watch: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    """A process that was killed is counted at the start of the next, and two minutes later no more."""
    caplog.set_level(logging.INFO)
    neighbours.hear(2, 1)
    assert neighbours.warn()
    watch.now = COUNTED
    assert neighbours.take_look()

    neighbours.hear(2, 2)

    assert neighbours.warn() == ""
    assert "no other connection uses the same SLACK_APP_TOKEN any more" in caplog.text
    watch.now = 10 * COUNTED
    assert not neighbours.take_look()


def test_a_warning_that_cannot_be_looked_at_again_fades(neighbours: Neighbours, watch: SetClock) -> None:
    """No hello came when it was time: nobody knows any more."""
    neighbours.hear(2, 1)
    watch.now = 2 * COUNTED

    assert neighbours.warn() == ""


def test_others_who_stay_are_looked_at_more_and_more_rarely(
    neighbours: Neighbours, watch: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Said loudly once, and known all the time; after half an hour at the latest it is looked again."""
    looks = []
    for _ in range(8):
        neighbours.hear(2, 1)
        began = watch.now
        while not neighbours.take_look():
            watch.now += 10
        looks.append(watch.now - began)
        assert neighbours.warn()

    assert looks == [120, 240, 480, 960, 1800, 1800, 1800, 1800]
    assert len([record for record in caplog.records if record.levelno == logging.WARNING]) == 1


def test_who_need_not_be_alone_does_not_look(watch: SetClock, caplog: pytest.LogCaptureFixture) -> None:
    """With one database for all, others are no mistake: no warning, no second look."""
    neighbours = Neighbours(COUNTED, alone=False, clock=watch)
    neighbours.hear(2, 1)
    watch.now = 10 * COUNTED

    assert (neighbours.warn(), neighbours.take_look()) == ("", False)
    assert not [record for record in caplog.records if record.levelno == logging.WARNING]
