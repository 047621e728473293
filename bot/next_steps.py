"""
What can be done next with an answer: at most four buttons that fit it. Pure.

A button carries all that it needs in its value, so it works after a restart, and on whatever process.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from analytics.attribution.verdicts import TENSORFLOW
from analytics.domain.answer import Answer
from analytics.domain.requests import (
    YEAR_OF_ARTICLE,
    Changes,
    Compare,
    Definition,
    Formats,
    LoadModel,
    New,
    Official,
    OneModel,
    Papers,
    Request,
    Share,
    Top,
    Totals,
    Trend,
    Why,
    under_the_other_definition,
)
from analytics.domain.wording import iso
from bot.blocks import Block, button
from bot.messages import ASK, CSV, HOW, MANAGE, SHARE

MOST = 4
"""Buttons under an answer: more are a menu, and are not read."""


def next_steps(answer: Answer, *, share: bool = False) -> list[Block]:
    """Offer to post what was shown privately, what asks on from here, its rows as a file, and how it was counted."""
    first = [button("Post in Channel", SHARE, answer.asked, style="primary")] if share else []
    last = [*([as_file(answer)] if answer.table else []), how_counted(answer)]
    onward = list(_go_on(answer))[: MOST - len(first) - len(last)]
    return [{"type": "actions", "elements": [*first, *onward, *last]}]


def lead_on(request: Request) -> Block:
    """Give what leads on from a question, where no answer to it stands beside."""
    steps = [button(label, ASK, one.words) for label, one in _questions(request)]
    return {"type": "actions", "elements": [*steps[: MOST - 1], button("Help", ASK, "help")]}


def how_counted(answer: Answer) -> Block:
    """Give the button that asks how this very answer was counted, also after a restart."""
    return button("How This Was Counted", HOW, _name_reading(answer))


def as_file(answer: Answer) -> Block:
    """Give the button that asks for the rows of this very answer."""
    return button("CSV", CSV, _name_reading(answer))


def read_button(value: str) -> tuple[dt.datetime | None, str]:
    """Read what the button carries: the moment of the reading it stands under, and the question."""
    moment, _, words = value.partition(" ")
    try:
        return dt.datetime.fromisoformat(moment), words
    except ValueError:
        return None, value


def _name_reading(answer: Answer) -> str:
    return f"{iso(answer.as_of)} {answer.question}"


def _go_on(answer: Answer) -> Iterator[Block]:
    """Give what leads on from an answer, what is asked most first."""
    yield from (button(label, ASK, request.words) for label, request in _questions(answer.request))
    if isinstance(answer.request, Changes | Top) and not answer.private:
        yield button("Make It Weekly", MANAGE, answer.question)


def _questions(request: Request) -> Iterator[tuple[str, Request]]:  # noqa: C901 - a door for each kind of question
    """Give the questions that follow from one, each with its label."""
    match request:
        case Totals(since=None, task=None, reach=False):
            yield from (("Top 30", Top()), ("Then and Now", THEN_AND_NOW))
        case Totals(task=task):
            yield "Top 30", Top(task=task)
        case Trend(definition=definition, downloads=downloads):
            yield "New Models" if downloads else "Downloads by Month", replace(request, downloads=not downloads)
            yield "Totals", Totals(definition)
        case OneModel(id=id_, framework=None):
            yield from (("In TensorFlow?", OneModel(id_, TENSORFLOW)), ("All Formats", Formats(id_)))
        case OneModel(id=id_, framework=str(wanted)):
            yield from (("How to Load It", LoadModel(id_, wanted)), ("All Frameworks", OneModel(id_)))
        case Compare(first=first, second=second):
            yield from ((_name_model(one), OneModel(one)) for one in (first, second))
        case Formats(id=id_) | LoadModel(id=str(id_)):
            yield "This Model", OneModel(id_)
        case Papers() | Official():
            yield from (("Top 30", Top()), ("Totals", Totals()))
        case New(framework=framework, task=task, author=author):
            yield "The Most Downloaded", Top(framework=framework, task=task, author=author)
        case Changes() | Share() | Why() | LoadModel():
            yield "Top 30", Top()
    if other := under_the_other_definition(request):
        yield _name_definition(other), other


THEN_AND_NOW = Totals(Definition.DECLARED, since=YEAR_OF_ARTICLE)
"""The article counted by the tags, so that year and today stand side by side under that definition alone."""


def _name_definition(request: Request) -> str:
    declared = getattr(request, "definition", None) is Definition.DECLARED
    return "Count by Tags Alone" if declared else "Count by Evidence"


def _name_model(name: str) -> str:
    return name.rpartition("/")[2]


PLACES = 50
"""So many of the models in an answer can be chosen by their place."""


def list_places(answer: Answer) -> list[str]:
    """Give what `the second one` asks under an answer: its models, in the order in which they stand there."""
    if isinstance(request := answer.request, Compare):  # its table has one model to a column
        return [OneModel(name).words for name in (request.first, request.second)]
    models = answer.table.list_models() if answer.table else []
    return [OneModel(name).words for name in models[:PLACES]]
