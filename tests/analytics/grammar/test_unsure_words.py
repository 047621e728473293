"""Words that may mean two things, or that would be dropped, are handed back with what each would be."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("top10 hier", {"top10", "top10 on 2026-11-25"}),
        ("top10 jax or keras", {"top10 in jax", "top10 in keras"}),
        ("jax 3 models", {"top3 in jax", "top30 in jax"}),
        ("load bert in tf 1", {"load google-bert/bert-base-uncased in tensorflow"}),
        ("load bert in tf1", {"load google-bert/bert-base-uncased in tensorflow"}),
        ("model bert in tensorflow 1.x", {"model google-bert/bert-base-uncased in tensorflow"}),
        ("what do most people use", {"share", "totals attributed"}),
        ("each lundi", {"digest on mon"}),
        ("we are migrating to jax, what is there for us?", {"trend attributed", "top30 in jax"}),
        ("licences", {"totals by licence attributed"}),
        ("every monday at 9", {"digest on mon 09:00"}),
        ("pause the digest until january", {"digest pause"}),
        ("pause the digest for two weeks", {"digest pause"}),
    ],
)
def test_what_may_mean_two_things_is_offered(text: str, offered: set[str]) -> None:
    """Nothing is answered with confidence, and nothing is set."""
    told = understand(text, TODAY)

    assert (told.words, offered - set(told.also)) == (None, set())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("zeig mir hier die top10", "top10"),
        ("3 jax models", "top3 in jax"),
        ("load bert in tf2", "load google-bert/bert-base-uncased in tensorflow"),
        ("pause the digest until further notice", "digest pause"),
        ("filter by library, keras only", "top30 in keras"),
        ("keras only", "top30 in keras only"),
        ("ten models people like most", "top10 by likes"),
        ("most popular models in tensorflow but not in pytorch", "top30 in tensorflow only"),
        ("is everybody migrating to jax", "trend attributed"),
    ],
)
def test_what_is_near_those_and_plain_is_read(text: str, words: str) -> None:
    """A doubt is of the words that are unsure, and of no others."""
    assert understand(text, TODAY).words == words


def test_no_other_version_is_offered_where_one_is_handed_back() -> None:
    """`tensorflow 1.x` would be handed back itself."""
    assert not [words for words in understand("load bert in tensorflow 1.15", TODAY).also if "tensorflow 1" in words]
