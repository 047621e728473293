"""What is held against a census before it is believed: the counted cube against a plain count of the same file."""

from dataclasses import replace

import pytest

from analytics.census.checks import Plain, disagreements, problems

PLAIN = Plain(total=100, distinct=100, untagged=1, oldest="2022-03-02T23:29:04Z", pytorch=60, tensorflow=10, both=6)
DECLARED = {"pytorch_only": 54, "tensorflow_only": 4, "both": 6, "neither": 36}


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
    ("plain", "before", "site", "said"),
    [
        (replace(PLAIN, oldest="1970-01-01T00:00:00Z"), None, None, "A model was created on 1970-01-01"),
        (PLAIN, 103, None, "3% fewer than the last one (103)"),
        (PLAIN, None, 111, "the site itself counts 111"),
    ],
)
def test_each_check_says_what_happened_upstream(plain: Plain, before: int | None, site: int | None, said: str) -> None:
    """One sentence for one thing wrong."""
    (sentence,) = problems(plain, before, site)

    assert said in sentence


def test_what_is_within_bounds_passes() -> None:
    """Two percent fewer, five percent off the site's own total."""
    assert list(problems(PLAIN, 102, 105)) == []
