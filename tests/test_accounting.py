"""What tests take is booked where it is taken."""

from tests.accounting import Odometer


def test_what_follows_a_browser_that_ended_is_counted_too() -> None:
    """Forty seconds end in the background with it; the next program's five are five, and not hidden behind them."""
    odometer = Odometer()

    assert [odometer.read(seconds) for seconds in (1, 41, 3, 8)] == [1, 41, 41, 46]
