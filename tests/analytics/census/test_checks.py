"""What is held against a census before it is believed: the counted cube against a plain count of the same file."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics.census.checks import Against, Plain, disagreements, problems, surprises

PLAIN = Plain(
    *(100, 100, "2022-03-02T23:29:04Z", "2026-11-22T10:00:00Z", 60, 10, 6),
    empty={"tags": 1, "created_at": 0, "downloads": 0, "library_name": 40, "task": 50},
)
DECLARED = {"pytorch_only": 54, "tensorflow_only": 4, "both": 6, "neither": 36}
AGAINST = Against(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC), 105, 102, {"library_name": 0.2, "task": 0.3})


def test_a_cube_that_agrees_with_its_file_is_believed() -> None:
    """Total, each tag and both."""
    assert list(disagreements(PLAIN, DECLARED)) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"both": 20}, "20 models with both tags, the file holds 6"),
        ({"neither": 30}, "94 models, the file holds 100"),
        ({"tensorflow_only": 3, "neither": 37}, "9 models tagged tf, the file holds 10"),
    ],
)
def test_a_cube_that_counts_something_else_is_refused(wrong: dict[str, int], said: str) -> None:
    """Two ways of counting the same file must not differ; more models with both tags than with one are among it."""
    assert any(said in sentence for sentence in disagreements(PLAIN, DECLARED | wrong))


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        (
            replace(PLAIN, oldest="1970-01-01T00:00:00Z"),
            "was created on 1 Jan 1970, before the Hub's own floor of 2 Mar 2022",
        ),
        (replace(PLAIN, total=0), "It holds no models"),
        (replace(PLAIN, distinct=98), "2 ids come twice"),
        (replace(PLAIN, empty={"created_at": 26}), "26 % of the models have no created_at: the column was emptied"),
        (replace(PLAIN, empty={"downloads": 100}), "100 % of the models have no downloads"),
        (replace(PLAIN, empty={"task": 56}), "56 % of the models have no task, 30 % of the last census"),
        (replace(PLAIN, total=111, distinct=111), "It holds 111 models, the site itself counts 105"),
        (
            replace(PLAIN, total=99, distinct=99),
            "It holds 99 models, the site itself counts 105: it is old or",
        ),
    ],
)
def test_each_check_says_what_happened_upstream(plain: Plain, said: str) -> None:
    """One sentence for one thing wrong."""
    (sentence,) = problems(plain, AGAINST)

    assert said in sentence


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        (replace(PLAIN, total=99), "3 % fewer than the last one (102): part of it is missing upstream"),
        (replace(PLAIN, newest="2026-11-19T00:00:00Z"), "Its newest model is of 19 Nov 2026, though it is dated "),
    ],
)
def test_what_can_be_so_is_told_apart(plain: Plain, said: str) -> None:
    """A mass deletion, a Hub that stands still: a person may accept these, and nothing else."""
    (sentence,) = surprises(plain, AGAINST)

    assert said in sentence


def test_what_is_within_bounds_passes() -> None:
    """Two percent fewer, five percent off the site's own total, one in a hundred twice, three days old."""
    plain = replace(PLAIN, distinct=99, newest="2026-11-20T00:00:00Z")

    assert [*problems(plain, AGAINST), *surprises(plain, AGAINST)] == []
