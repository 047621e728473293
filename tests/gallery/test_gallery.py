"""One voice: every message is made by a named function, hangs in the gallery, is pinned, and can be heard."""

import re
from collections import Counter

import pytest

from playground.block_kit import problems
from tests.gallery.collection import hang_everything
from tests.gallery.constructors import OTHER_SURFACES, ROOT, find_constructors, find_unnamed
from tests.gallery.hung import Hung
from tests.gallery.pins import group, read_pins, write

TEXT = 4_000
"""Characters of a message's text that Slack's pages ask apps to keep to."""

RENEW = "look at what changed; if it is meant: .venv/bin/python -m tests.gallery docs/gallery"


@pytest.fixture(scope="module")
def everything() -> list[Hung]:
    """Hang it all once."""
    return list(hang_everything())


def test_every_message_hangs_in_the_gallery(everything: list[Hung]) -> None:
    """A new function that makes a message is missed here until a sample of it hangs."""
    assert {one.maker for one in everything} == find_constructors() | OTHER_SURFACES
    assert len(find_constructors()) > 50


def test_no_message_is_without_a_name() -> None:
    """Words become a message in functions that can be found, not in the middle of a class that posts."""
    assert find_unnamed() == []


def test_every_name_is_given_once(everything: list[Hung]) -> None:
    """Two cases of one name would be pinned over each other."""
    assert [name for name, times in Counter((one.group, one.name) for one in everything).items() if times > 1] == []


def test_what_is_shown_is_what_is_pinned(everything: list[Hung]) -> None:
    """No word and no block changes unseen."""
    pinned, sheets = read_pins(), group(everything)

    assert sorted(pinned) == sorted(sheets), RENEW
    assert [name for name, hung in sheets.items() if write(hung) != pinned[name]] == [], RENEW


def test_every_module_has_its_sheets(everything: list[Hung]) -> None:
    """At both widths, together light enough to be kept beside the code."""
    sheets = list((ROOT / "docs/gallery").glob("*.png"))
    found = {re.sub(r"-\d+-(?=\d+$)", " ", path.stem) for path in sheets}

    assert found == {f"{name} {width}" for name in group(everything) for width in (360, 700)}
    assert sum(path.stat().st_size for path in sheets) < 3_000_000


def test_slack_takes_every_block(everything: list[Hung]) -> None:
    """The stand-in, which knows Slack's limits, finds nothing in any."""
    faults = {one.name: problems(list(one.message.blocks)) for one in everything if one.message.blocks}

    assert {name: found for name, found in faults.items() if found} == {}


def heard(text: str) -> str:
    """Give what is read out of a message's text: entities by their words, no marks."""
    spoken = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text)
    return re.sub(r"[*_`~•\s]+", " ", re.sub(r"<[@#!][^>]*>", "", spoken)).strip()


def test_every_text_says_something_to_those_who_hear_it(everything: list[Hung]) -> None:
    """It has words of its own, not marks or names alone, and is short enough to be sent."""
    texts = {one.name: one.message.text for one in everything if one.maker not in OTHER_SURFACES}
    spoken = {name: heard(text) for name, text in texts.items()}

    assert {name: said for name, said in spoken.items() if len(re.findall(r"[A-Za-z]{2,}", said)) < 3} == {}
    assert {name for name, text in texts.items() if len(text) > TEXT} == set()


def test_what_is_no_reading_of_today_is_said_to_those_who_hear_it_too(everything: list[Hung]) -> None:
    """Wherever a block says that an answer is a sample, so does the text."""
    silent = {
        one.name for one in everything if "SAMPLE" in str(one.message.blocks[:1]) and "SAMPLE" not in one.message.text
    }

    assert silent == set()
