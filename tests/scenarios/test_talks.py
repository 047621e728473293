"""Ten talks of five turns go as docs/talks.md tells."""

from tests.scenarios.talks import PAGE, TALKS, hold_all, write_page


def test_ten_talks_of_five_turns_go_as_they_are_told() -> None:
    """Asked, understood, answered; if a change is meant: .venv/bin/python -m tests.scenarios.talks."""
    assert write_page(hold_all()) == PAGE.read_text(encoding="utf-8")
    assert (len(TALKS), {len(talk) for talk in TALKS}) == (10, {5})
