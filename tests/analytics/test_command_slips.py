"""A mistyped word or option is answered with the one that was meant; each word has its own help."""

import pytest

from analytics.command_slips import BESIDE_QUESTIONS
from analytics.grammar.strict import WORDS
from analytics.invocation import own_version
from tests.analytics.at_the_terminal import type_words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("top30 --cvs x.csv", "“--cvs” is probably --csv."),
        ("top30 --jsn", "“--jsn” is probably --json."),
        ("top30 --chrat x.png", "“--chrat” is probably --chart."),
        ("top5 --versoin", "“--versoin” is probably --version."),
        ("status --jsno", "“--jsno” is probably --json."),
        ("colect census", "“colect” is probably collect."),
        ("collect censsu", "Did you mean: "),
        ("completion bsh", "Did you mean bash?"),
        ("completion bash extra", "“completion” takes the name of a shell: bash, zsh, fish."),
        ("--bogus", "“--bogus” is no option. A question takes --json, "),
        ("top30 --bogus", "“--bogus” is no option."),
        ("mcp --http", "or nothing; --http without a port, such as 8000, came."),
        ("top30 --chart c.jpg", "charts are written as PNG"),
        ("top30 --chart -", "'-' names no file."),
        ("top30 --chart=", "'' names no file."),
        ("top30 --csv -", "“as csv” behind the question prints the table"),
        ("top30 --json --jsno by likes", "“--jsno” is probably --json."),
        ("help weather", "There is no help on “weather” here."),
    ],
)
def test_a_slip_is_told_with_what_was_meant(typed: str, meant: str) -> None:
    """Whether it is an option, a word beside questions or what stands after one."""
    done = type_words({"COLUMNS": "200"}, typed.split())

    assert done.returncode == 2
    assert meant in done.stderr


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("collect", "census"),
        ("status", "--json"),
        ("understand", "as JSON"),
        ("completion", "zsh"),
        ("mcp", "--http PORT"),
    ],
)
def test_each_word_has_its_own_help(word: str, told: str) -> None:
    """And not that of questions."""
    done = type_words({"COLUMNS": "200"}, [word, "--help"])

    assert done.returncode == 0
    assert told in done.stdout
    assert "--chart" not in done.stdout


@pytest.mark.parametrize("asked", ["--help", "help"])
def test_help_names_every_question_and_command(asked: str) -> None:
    """Whoever asks what there is finds all of it, be it a question or not."""
    done = type_words({"COLUMNS": "200"}, [asked])

    assert done.returncode == 0
    missing = {word for word in (*WORDS, *BESIDE_QUESTIONS) if word not in done.stdout.replace(",", " ").split()}
    assert missing == set()


def test_a_strange_option_hides_no_other_answer() -> None:
    """What is no option is said first and alone: that questions are counted here is no answer to it."""
    done = type_words({"COLUMNS": "200"}, ["--bogus"])

    assert done.stderr.startswith("“--bogus” is no option.")
    assert "outside of it" not in done.stderr


def test_the_version_is_told() -> None:
    """By the terminal and by the bot, each by its name."""
    assert type_words({}, ["--version"]).stdout == f"frameworks {own_version()}\n"


@pytest.mark.parametrize("typed", ["understand --json top 50 by likes", "--json understand top 50 by likes"])
def test_options_stand_anywhere_among_the_words(typed: str) -> None:
    """Words behind an option belong to the question like those before it."""
    done = type_words({"COLUMNS": "200"}, typed.split())

    assert (done.returncode, done.stderr) == (0, "")
    assert '"top50 by likes"' in done.stdout


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("help digest", "/frameworks digest on mon 09:00 Europe/Berlin"),
        ("digest help", "/frameworks digest on mon 09:00 Europe/Berlin"),
        ("how does the digest work", "/frameworks digest on mon 09:00 Europe/Berlin"),
        ("help alerts", "/frameworks alert off 1"),
        ("alert help", "/frameworks alert off 1"),
        ("help channel", "Words that work:"),
    ],
)
def test_help_on_what_stands_in_slack_is_help_here(typed: str, told: str) -> None:
    """As `understand` reads it and Slack tells it: with the words that can be said there."""
    done = type_words({"COLUMNS": "200"}, typed.split())
    understood = type_words({"COLUMNS": "200"}, ["understand", *typed.split()])

    assert (done.returncode, understood.returncode) == (0, 0)
    assert told in done.stdout
