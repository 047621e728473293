"""Settings that are Slack's, typed in a terminal: understood, and said to be set there."""

from pathlib import Path

import pytest

from tests.analytics.at_the_terminal import settings, type_words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("previews on", "Understood as “previews on”. Link previews stand in Slack: say it there."),
        ("digest on", "The digest is kept in Slack: say it there."),
        ("previews on off", "nothing was changed"),
    ],
)
def test_what_is_set_in_slack_is_said_to_be(tmp_path: Path, words: str, told: str) -> None:
    """With the status of words that are not answered."""
    said = type_words(settings("http://127.0.0.1:9", tmp_path), words.split())

    assert said.returncode == 2
    assert told in " ".join(said.stderr.split())
