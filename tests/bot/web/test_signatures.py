"""Slack's signature, over the raw bytes."""

import pytest

from bot.web.signatures import SIGNATURE, TIMESTAMP, is_slacks, sign

SECRET, NOW = "8f742231b10e8888abcd99yyyzzz85a5", 1531420618.0
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
SLACKS_OWN = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
"""The example of docs.slack.dev/authentication/verifying-requests-from-slack."""


def headers(**other: str) -> dict[str, str]:
    """Give the headers of Slack's example, some of them others."""
    return {TIMESTAMP: "1531420618", SIGNATURE: SLACKS_OWN} | {
        {"timestamp": TIMESTAMP, "signature": SIGNATURE}[name]: value for name, value in other.items()
    }


def test_the_example_of_slacks_page_is_slacks() -> None:
    """Secret, time and body as they stand there give the signature that stands there."""
    assert sign(SECRET, "1531420618", BODY) == SLACKS_OWN
    assert is_slacks(SECRET, headers(), BODY, NOW)


@pytest.mark.parametrize(
    "other",
    [
        {"signature": SLACKS_OWN[:-1] + "4"},
        {"signature": ""},
        {"signature": "v0=ä"},
        {"timestamp": ""},
        {"timestamp": "abc"},
        {"timestamp": "-1531420618"},
        {"timestamp": "1531420619"},
        {"timestamp": "9" * 5000},
        {"timestamp": "١٥٣١٤٢٠٦١٨"},
    ],
)
def test_what_is_forged_or_odd_is_not_slacks(other: dict[str, str]) -> None:
    """And nothing of it raises."""
    assert not is_slacks(SECRET, headers(**other), BODY, NOW)


@pytest.mark.parametrize(("later", "fresh"), [(299, True), (-299, True), (301, False), (-301, False)])
def test_five_minutes_are_fresh(later: float, fresh: bool) -> None:  # noqa: FBT001 - the table's column
    """Older, or further ahead, may be played again."""
    assert is_slacks(SECRET, headers(), BODY, NOW + later) is fresh


def test_an_empty_secret_lets_nobody_in() -> None:
    """Whoever knows that nothing is set could sign."""
    assert not is_slacks("", headers(signature=sign("", "1531420618", BODY)), BODY, NOW)
