"""One voice: every message, form and preview has a named maker, hangs in the gallery, is pinned; messages are heard."""

import re
from collections import Counter

import pytest

from playground.block_kit import problems, view_problems
from playground.entities import ITEM, entity_problem
from tests.gallery.constructors import ROOT, find_constructors, find_hidden, find_surfaces, find_unnamed
from tests.gallery.hanging import hang_beside, hang_messages
from tests.gallery.hung import Exhibit, Hung, HungSurface, Surface
from tests.gallery.pins import group, read_pins, write

TEXT = 4_000
"""Characters of a message's text that Slack's pages ask apps to keep to."""

RENEW = "look at what changed; if it is meant: .venv/bin/python -m tests.gallery docs/gallery"


@pytest.fixture(scope="module")
def messages() -> list[Hung]:
    """Hang the messages once."""
    return list(hang_messages())


@pytest.fixture(scope="module")
def surfaces() -> list[HungSurface]:
    """Hang what people see beside them once."""
    return list(hang_beside())


@pytest.fixture(scope="module")
def everything(messages: list[Hung], surfaces: list[HungSurface]) -> list[Exhibit]:
    """Give both."""
    return [*messages, *surfaces]


def test_every_message_hangs_in_the_gallery(messages: list[Hung]) -> None:
    """A new function that makes a message is missed here until a sample of it hangs."""
    assert {one.maker for one in messages} == find_constructors()
    assert len(find_constructors()) > 50


def test_every_form_and_preview_hangs_in_the_gallery(surfaces: list[HungSurface]) -> None:
    """So is a new view, preview or step."""
    assert {one.maker for one in surfaces} == find_surfaces()
    assert {one.surface for one in surfaces} == set(Surface)


def test_no_form_is_written_in_the_middle_of_a_class() -> None:
    """Views and previews are made in functions that can be found."""
    assert find_hidden() == []


def test_no_message_is_without_a_name() -> None:
    """Words become a message in functions that can be found, not in the middle of a class that posts."""
    assert find_unnamed() == []


def test_every_name_is_given_once(everything: list[Exhibit]) -> None:
    """Two cases of one name would be pinned over each other."""
    assert [name for name, times in Counter((one.group, one.name) for one in everything).items() if times > 1] == []


def test_what_is_shown_is_what_is_pinned(everything: list[Exhibit]) -> None:
    """No word and no block changes unseen."""
    pinned, sheets = read_pins(), group(everything)

    assert sorted(pinned) == sorted(sheets), RENEW
    assert [name for name, hung in sheets.items() if write(hung) != pinned[name]] == [], RENEW


def test_every_module_has_its_sheets(everything: list[Exhibit]) -> None:
    """At both widths, together light enough to be kept beside the code."""
    sheets = list((ROOT / "docs/gallery").glob("*.png"))
    found = {re.sub(r"-\d+-(?=\d+$)", " ", path.stem) for path in sheets}

    assert found == {f"{name} {width}" for name in group(everything) for width in (360, 700)}
    assert sum(path.stat().st_size for path in sheets) < 5_000_000


def test_slack_takes_every_block(messages: list[Hung]) -> None:
    """The stand-in, which knows Slack's limits, finds nothing in any."""
    faults = {one.name: problems(list(one.message.blocks)) for one in messages if one.message.blocks}

    assert {name: found for name, found in faults.items() if found} == {}


def find_faults(one: HungSurface) -> object:
    """Let the stand-in judge it as it judges what an app sends."""
    if one.surface in (Surface.FORM, Surface.HOME):
        return view_problems(one.given)
    if "entity_payload" in one.given:
        posted = one.surface is Surface.PREVIEW
        return entity_problem(one.given, frozenset({ITEM}), posted=posted)
    return problems(one.given["blocks"]) if "blocks" in one.given else None


def test_slack_takes_every_form_and_preview(surfaces: list[HungSurface]) -> None:
    """And remarks stand beside fields that the form has."""
    faults = [(one.maker, one.case, found) for one in surfaces if (found := find_faults(one))]
    fields = [{block.get("block_id") for block in one.given.get("blocks", ())} for one in surfaces]
    remarks = [{*one.around.get("errors", ())} for one in surfaces]

    assert faults == []
    assert [wrong - known for wrong, known in zip(remarks, fields, strict=True) if wrong - known] == []
    assert sum(map(bool, remarks)) > 1


def test_the_pages_form_of_the_step_asks_what_the_manifest_names(surfaces: list[HungSurface]) -> None:
    """Slack draws its form from the manifest; the page's own has the same title and the same labels."""
    page = (ROOT / "playground/page/index.html").read_text(encoding="utf-8")
    (step,) = (one.given for one in surfaces if one.surface is Surface.STEP)
    labels = [asked["title"] for asked in step["input_parameters"].values()]

    assert f">Step: {step['title']}<" in page
    assert [label for label in labels if not re.search(rf">\s*{label}</label>", page)] == []


def heard(text: str) -> str:
    """Give what is read out of a message's text: entities by their words, no marks."""
    spoken = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text)
    return re.sub(r"[*_`~•\s]+", " ", re.sub(r"<[@#!][^>]*>", "", spoken)).strip()


def test_every_text_says_something_to_those_who_hear_it(messages: list[Hung]) -> None:
    """It has words of its own, not marks or names alone, and is short enough to be sent."""
    texts = {one.name: one.message.text for one in messages}
    spoken = {name: heard(text) for name, text in texts.items()}

    assert {name: said for name, said in spoken.items() if len(re.findall(r"[A-Za-z]{2,}", said)) < 3} == {}
    assert {name for name, text in texts.items() if len(text) > TEXT} == set()


def test_what_is_no_reading_of_today_is_said_to_those_who_hear_it_too(messages: list[Hung]) -> None:
    """Wherever a block says that an answer is a sample, so does the text."""
    silent = {
        one.name for one in messages if "SAMPLE" in str(one.message.blocks[:1]) and "SAMPLE" not in one.message.text
    }

    assert silent == set()
