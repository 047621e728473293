"""A mistyped account or framework behind `from` is mended, with what was typed beside it; a name near nothing stays."""

import datetime as dt

import pytest

from analytics.grammar import understand

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "meant", "typed"),
    [
        ("top 10 from tensorfow", "top10 in tensorflow", "top10 author tensorfow"),
        ("top30 from pytroch", "top30 in pytorch", "top30 author pytroch"),
        ("top30 from googel please", "top30 author google", "top30 author googel"),
        ("top 5 models from mircosoft", "top5 author microsoft", "top5 author mircosoft"),
        ("top30 from hugginngface", "top30", "top30 author hugginngface"),
        ("top30 from open-ai", "top30 author openai", "top30 author open-ai"),
    ],
)
def test_a_slip_behind_from_is_mended_and_the_account_offered(text: str, meant: str, typed: str) -> None:
    """Both readings are told, and that a slip was mended."""
    told = understand(text, TODAY)

    assert (told.words, told.differs) == (meant, True)
    assert typed in told.also
    assert "was taken for" in told.note


@pytest.mark.parametrize(("text", "near"), [("top10 author gogole", "google"), ("new author microsft", "microsoft")])
def test_behind_author_the_name_is_kept_and_the_near_one_offered(text: str, near: str) -> None:
    """It can mean nothing but an account, and whoever has an odd one can ask for it."""
    told = understand(text, TODAY)

    assert told.words == text
    assert told.also[0].endswith(f"author {near}")


@pytest.mark.parametrize("text", ["top10 from xyzcorp", "top10 from acme", "top10 author sometinyco"])
def test_an_account_near_nothing_known_stays_one(text: str) -> None:
    """Most accounts of the Hub are known to nobody here."""
    told = understand(text, TODAY)

    assert told.words == text.replace("from", "author")
    assert (told.also, told.note) == ((), "")


def test_a_known_account_is_written_as_the_hub_writes_it() -> None:
    """Its capitals are no slip."""
    told = understand("TOP10 AUTHOR GOOGLE", TODAY)

    assert (told.words, told.also, told.note) == ("top10 author google", (), "")
