"""Which zone words mean, where the clocks of several agree, and what is too unlike any name."""

import pytest

from analytics.digest_words import zones


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("berlni", "Europe/Berlin"),
        ("new yrok", "America/New_York"),
        ("monthly", ""),  # two thirds of Montreal
        ("quarter", ""),
        ("lunch", ""),
    ],
)
def test_what_is_seven_tenths_like_a_name_is_meant(typed: str, meant: str) -> None:
    """Below that it is another word, and the guess would be a joke."""
    assert zones.nearest(typed) == meant


@pytest.mark.parametrize(("zone", "other"), [("Europe/Berlin", "lagos"), ("Africa/Lagos", "berlin")])
def test_clocks_that_agree_in_winter_alone_are_two(zone: str, other: str) -> None:
    """Lagos is Berlin in January, and an hour behind in July."""
    assert not zones.keeps(zone, other)


def test_clocks_that_agree_all_year_are_one() -> None:
    """Whatever they are called."""
    assert zones.keeps("Europe/Berlin", "paris")


@pytest.mark.parametrize(
    ("country", "named"),
    [
        ("germany", ("Europe/Berlin",)),  # and Europe/Busingen
        ("new zealand", ("Pacific/Auckland", "Pacific/Chatham")),
        ("china", ("Asia/Shanghai", "Asia/Urumqi")),
    ],
)
def test_of_equal_clocks_the_first_is_named(country: str, named: tuple[str, ...]) -> None:
    """Zones stand by the number of people who live there."""
    assert zones.find_zones(country) == named
    assert zones.find_zones("mexico")[4] == "America/Mexico_City"
