"""Claims against answers whose numbers are known: which hold, by which definition, and of how many."""

import datetime as dt
from dataclasses import replace

import pytest

from analytics import sample
from analytics.claims import ClaimFinding, conclude, judge, judge_article, read_claim
from analytics.domain.answer import Answer
from analytics.domain.counts import Bracket, Counts
from analytics.domain.requests import Definition, Top, Totals

COUNTS = Counts(pytorch_only=600, tensorflow_only=10, both=90, neither=300)
PROVEN = {"PyTorch": Bracket(650, 690, 900, 1_000), "TensorFlow": Bracket(100, 100, 100, 1_000)}


def counted(definition: Definition = Definition.DECLARED, *, of_sample: bool = False, top: int = 0) -> Answer:
    """Make an answer about a thousand models."""
    return Answer(
        request=Top(top, definition=definition) if top else Totals(definition),
        headline="",
        title="",
        scope="all models",
        as_of=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
        definition=definition,
        reproduce=f"totals {definition} --as-of 2026-11-23",
        counts=COUNTS,
        frameworks={"PyTorch": COUNTS.pytorch, "TensorFlow": COUNTS.tensorflow, "JAX": 50},
        brackets={} if definition is Definition.DECLARED else PROVEN,
        sample=of_sample,
        method="2026-11.3",
    )


def judge_all(typed: str, answer: Answer) -> list[ClaimFinding]:
    """Hold a claim against an answer."""
    return list(judge(read_claim(typed), answer))


@pytest.mark.parametrize(
    ("typed", "verdicts"),
    [
        ("60 % of models are PyTorch only", ["true", "false"]),  # of 1,000, and of the 700 that are tagged
        ("86 % of models are PyTorch only", ["false", "true"]),
        ("85 % of models are PyTorch only", ["false", "false"]),
        ("86 % of tagged models are PyTorch only", ["true"]),
        ("at least 690 models are in PyTorch", ["true"]),
        ("more than 690 models are in PyTorch", ["false"]),
        ("30 % of models are in neither", ["true"]),
        ("90 % of TensorFlow models are also in PyTorch", ["true"]),
        ("PyTorch has more models than TensorFlow", ["true"]),
        ("TensorFlow has more models than PyTorch", ["false"]),
        ("PyTorch has six times as many models as TensorFlow", ["true"]),
        ("PyTorch has 7 times as many models as TensorFlow", ["false"]),
        ("PyTorch has 6.5 times as many models as TensorFlow", ["true"]),
        ("5 % of models are in JAX", ["true"]),
        ("5 % of models are in MLX", ["cannot tell"]),
    ],
)
def test_a_claim_by_the_tags(typed: str, verdicts: list[str]) -> None:
    """It is held against all models and, where that is another share, against those tagged for either."""
    assert [finding.verdict.value for finding in judge_all(typed, counted())] == verdicts


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("69 % of models are in PyTorch", "true"),
        ("at least 65 % of models are in PyTorch", "true"),
        ("at least 68 % of models are in PyTorch", "cannot tell"),
        ("at least 80 % of models are in PyTorch", "cannot tell"),
        ("at least 91 % of models are in PyTorch", "false"),
        ("10 % of models are in TensorFlow", "true"),
    ],
)
def test_what_is_not_proven_decides_nothing(typed: str, verdict: str) -> None:
    """Of 1,000 models 650 are proven and 900 may be PyTorch's: a bound between them stays open."""
    [found] = judge_all(typed, counted(Definition.ATTRIBUTED))

    assert found.verdict.value == verdict
    assert ("650 proven, at most 900" in found.said) == ("PyTorch" in typed)


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("more than 500 models are PyTorch only", "true"),
        ("more than 200,000 models are PyTorch only", "cannot tell"),
        ("no models are TensorFlow only", "false"),
        ("60 % of models are PyTorch only", "cannot tell"),
        ("more than half of all models are in PyTorch", "cannot tell"),
        ("PyTorch has more models than TensorFlow", "cannot tell"),
    ],
)
def test_a_sample_proves_no_number_of_the_whole_hub(typed: str, verdict: str) -> None:
    """There are at least as many models as it holds; nothing more is known of their number, and of shares nothing."""
    found = judge_all(typed, counted(of_sample=True))[0]

    assert (found.verdict.value, found.sample) == (verdict, True)


def test_a_list_that_ends_too_early_decides_nothing() -> None:
    """A hundred are stored and more were claimed about: what is told of them is no verdict."""
    answer = replace(counted(top=300), sample=True, counts=Counts(60, 1, 9, 30))

    found = judge_all("60 % of the top 300 models are PyTorch only", answer)[0]

    assert found.verdict.value == "cannot tell"
    assert found.said.startswith("Only the first 100 are stored")


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("85 % of models are PyTorch only", "true"),
        ("8 % of models are TensorFlow only", "true"),
        ("16 % of models are in TensorFlow", "true"),
        ("90 % of models are in TensorFlow", "false"),
        ("PyTorch has more models than TensorFlow", "true"),
        ("all of the top 30 models are in PyTorch", "true"),
        ("92 % of models are in PyTorch", None),  # what the article did not print is not made up
        ("PyTorch has 10 times as many models as TensorFlow", None),
        ("85 % of text-generation models are PyTorch only", None),
        ("all of the top 10 models are in PyTorch", None),
        ("10 models are PyTorch only", None),
    ],
)
def test_the_article_says_what_it_printed(typed: str, verdict: str | None) -> None:
    """Its nine figures are held against a claim, and no other."""
    found = judge_article(read_claim(typed), sample.article_totals(), sample.article_top30())

    assert (found and found.verdict.value) == verdict


def test_the_verdict_over_all_readings_says_which_is_which() -> None:
    """True in 2022 by the tags, false today: each reading with its day, numbers, n and receipt."""
    claim = read_claim("85 % of models are PyTorch-only")
    article = judge_article(claim, sample.article_totals(), sample.article_top30())
    assert article is not None
    today = [finding for definition in Definition for finding in judge(claim, counted(definition))]
    verdict, said = conclude([article, *today])

    assert verdict.value == "mixed"
    assert said.startswith("True in March 2022 by the tags among tagged models; false on 23 Nov 2026 by files")
    assert {(one.n, one.receipt[:17]) for one in today} == {(1_000, "frameworks totals"), (700, "frameworks totals")}


def test_a_top_list_is_counted_as_it_is() -> None:
    """Of a list the claim is about its models, tagged or not."""
    [found] = judge_all("600 of the top 1000 models are PyTorch only", counted(top=1_000))

    assert (found.verdict.value, found.n, found.said[:14]) == ("true", 1_000, "600 of 1,000 m")
