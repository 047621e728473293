"""The ids under which work is done."""

from bot.concern import begin_work, handling


def id_of(number: int) -> str:
    """Give the id of what one event asks for."""
    with handling(f"C012345678 {1_790_000_000 + number}.000100"):
        return begin_work()


def test_no_two_events_share_an_id() -> None:
    """The second would be taken for the first that comes again, and be dropped in silence."""
    assert len({id_of(number) for number in range(300_000)}) == 300_000


def test_an_event_that_comes_again_has_the_same_id() -> None:
    """In whatever process."""
    assert id_of(1) == id_of(1) != id_of(2)
