"""A mistyped word or option is answered with the one that was meant; each word has its own help."""

import pytest

from tests.analytics.at_the_terminal import type_words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("top30 --cvs x.csv", "“--cvs” is probably --csv."),
        ("top30 --jsn", "“--jsn” is probably --json."),
        ("top30 --chrat x.png", "“--chrat” is probably --chart."),
        ("colect census", "“colect” is probably collect."),
        ("collect censsu", "Did you mean: "),
        ("completion bsh", "Did you mean bash?"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(typed: str, meant: str) -> None:
    """Whether it is an option, a word beside questions or what stands after one."""
    done = type_words({"COLUMNS": "200"}, typed.split())

    assert done.returncode == 2
    assert meant in done.stderr


@pytest.mark.parametrize(
    ("word", "told"), [("collect", "census"), ("status", "--json"), ("understand", "as JSON"), ("completion", "zsh")]
)
def test_each_word_has_its_own_help(word: str, told: str) -> None:
    """And not that of questions."""
    done = type_words({"COLUMNS": "200"}, [word, "--help"])

    assert done.returncode == 0
    assert told in done.stdout
    assert "--chart" not in done.stdout
