"""A form that was open while the bot was replaced: by a version that asks less, or other things."""

from typing import Any

import pytest

from playground.server import Playground

CHANGES = {
    "a rhythm that is not offered": {"rhythm": {"selected_option": {"value": "fortnightly"}}},
    "a day that is none": {"day": {"selected_option": {"value": "someday"}}},
    "a day not chosen": {"day": {"selected_option": None}},
    "a section of a newer version": {"sections": {"selected_options": [{"value": "horoscope"}]}},
    "a field of another kind": {"time": None},
    "no fields at all": None,
}


def submitted_otherwise(playground: Playground, filled: dict[str, Any] | None) -> None:
    """Submit the form that is open as another version's would be."""
    payload = playground.site.modals.submission(playground.workspace, playground.user("ann"), {"zone": "UTC"})
    state = payload["view"]["state"]["values"]
    changed = {} if filled is None else state | {block: {"value": value} for block, value in filled.items()}
    view = payload["view"] | {"state": {"values": changed}}
    assert playground.deliver(payload | {"view": view}, "interactive").wait().acked


@pytest.mark.parametrize("how", CHANGES)
def test_a_form_of_another_version_changes_nothing_and_says_so(playground: Playground, how: str) -> None:
    """The channel's digest stays as it was, which a word that is not understood made unreadable."""
    playground.command("/frameworks digest on mon 09:00 UTC").wait()
    playground.settled()
    playground.command("/frameworks digest on")
    playground.wait_for(playground.modal)
    submitted_otherwise(playground, CHANGES[how])

    assert playground.wait_for_message("another version of me", channel="dm")
    playground.command("/frameworks digest list")
    assert playground.wait_for_ephemeral("every Monday at 09:00")


@pytest.mark.parametrize("filled", [{"kind": {"selected_option": {"value": "weather"}}}, None])
def test_a_form_of_an_alert_of_another_version_says_so_too(
    playground: Playground, filled: dict[str, Any] | None
) -> None:
    """It closes, and the one who sent it is told."""
    playground.command("/frameworks alert")
    playground.wait_for(playground.modal)
    submitted_otherwise(playground, filled)

    assert playground.wait_for_message("another version of me", channel="dm")
