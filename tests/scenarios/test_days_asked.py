"""`top30 on DAY` in Slack: what was stored then answers, and what was not is refused in words."""

from collections.abc import Callable

from analytics.analyst import utc_now
from playground.server import Playground
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model


def test_a_day_of_which_nothing_is_stored_is_refused_in_words(playground: Playground) -> None:
    """Today's list is not shown in its place."""
    playground.command("/frameworks top30 on 2024-09-19")
    playground.settled()

    assert "No list of 19 Sep 2024 or earlier is stored" in str(playground.ephemerals())
    assert playground.bot_messages() == []


def test_days_of_which_nothing_is_known_are_not_offered(playground: Playground) -> None:
    """A month is asked back without them."""
    playground.command("/frameworks top30 in february 2026")
    playground.settled()

    assert "A list is of one day" in str(playground.ephemerals())
    assert "2026-02-01" not in str(playground.ephemerals())


def test_what_is_stored_is_answered_and_named_with_its_day(start: Callable[..., Playground]) -> None:
    """The receipt under the answer asks the same again."""
    with LoopbackHub([model(f"lab/m{n}", downloads=99 - n, tags=["pytorch"]) for n in range(40)]) as hub:
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks top30")
        playground.wait_for_message("PyTorch is in")
        playground.settled()
        day = f"{utc_now():%Y-%m-%d}"

        playground.mention(f"what did the top 30 look like on {day}?")
        playground.settled()

        assert f"`/frameworks top30 attributed on {day}`" in str(playground.bot_messages()[-1].blocks)
