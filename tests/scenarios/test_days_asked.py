"""`top30 on DAY` in Slack: what was stored then answers, and what was not is refused in words."""

import datetime as dt

from playground.server import Playground


def test_a_day_of_which_nothing_is_stored_is_refused_in_words(playground: Playground) -> None:
    """Today's list is not shown in its place."""
    playground.command("/frameworks top30 on 2024-09-19")
    playground.settled()

    assert "No list of 19 Sep 2024 or earlier is stored" in str(playground.ephemerals())
    assert playground.bot_messages() == []


def test_what_is_stored_is_answered_and_named_with_its_day(playground: Playground) -> None:
    """The receipt under the answer asks the same again."""
    playground.command("/frameworks top30")
    day = dt.datetime.fromtimestamp(playground.now(), dt.UTC).date().isoformat()
    playground.settled()

    playground.mention(f"what did the top 30 look like on {day}?")
    playground.settled()

    assert f"`/frameworks top30 attributed on {day}`" in str(playground.bot_messages()[-1].blocks)
