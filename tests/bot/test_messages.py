"""What the bot says around its answers: harmless, and with a button that asks the right question."""

import datetime as dt
from collections.abc import Callable

import pytest

from analytics.domain.requests import Compare, Top
from analytics.errors import NoSuchModel, NoSuchTask
from analytics.grammar import TOPICS, Unclear, understand
from bot import help_card, messages
from playground.block_kit import problems


def test_what_people_typed_comes_back_harmless() -> None:
    """An unknown word is quoted as code that it cannot break out of."""
    said = messages.unclear(Unclear("`<!channel>` & co", "I know no question “<!channel>”.", ("top30",)))

    assert "`ʼ&lt;!channel&gt;ʼ &amp; co`" in said.blocks[0]["text"]["text"]
    assert problems(list(said.blocks)) == []


def test_a_wrong_task_offers_the_corrected_question() -> None:
    """The button asks the whole question again with the nearest name."""
    question = Top(task="text-genration")

    said = messages.no_such(NoSuchTask("text-genration", ("text-generation",)), question)

    assert said.blocks[-1]["elements"][0]["value"] == "top30 task text-generation attributed"


def test_only_the_wrong_name_is_replaced() -> None:
    """A name that another one begins with is another name."""
    request = Compare("lab/bert", "lab/bert-base")

    said = messages.no_such(NoSuchModel("lab/bert", ("lab/roberta",), "It is gone."), request)

    assert [button["value"] for button in said.blocks[-1]["elements"]] == ["compare lab/roberta lab/bert-base"]


def test_help_shows_examples_that_work() -> None:
    """Each example of the help card, pasted, is a question."""
    card = help_card.card(lambda _: True)
    values = [button["value"] for button in card.blocks[-1]["elements"] if button["action_id"].startswith(messages.ASK)]

    assert problems(list(card.blocks)) == []
    assert len(card.blocks[0]["text"]["text"].splitlines()) == 7
    assert [understand(value, dt.date(2026, 11, 26)).words for value in values] == [
        "top30",
        "model openai/whisper-large-v3",
        "changes",
        "why method",
        "status",
    ]


@pytest.mark.parametrize("can_answer", [lambda _: True, lambda words: words.startswith("model")])
def test_each_line_of_help_has_a_button(can_answer: Callable[[str], bool]) -> None:
    """Whatever can be answered now: also the digest's, which opens its form."""
    card = help_card.card(can_answer)
    lines = card.blocks[0]["text"]["text"].splitlines()[1:]
    buttons = card.blocks[-1]["elements"]

    assert len(buttons) == len(lines)
    assert [button["text"]["text"] for button in buttons][:-1] == [line.split("*")[1] for line in lines][:-1]
    assert f"{messages.MANAGE}:help" in [button["action_id"] for button in buttons]


def test_what_cannot_be_answered_yet_is_not_offered() -> None:
    """Neither as a button nor behind a line: `changes` without a history is left out for what can be asked."""
    card = help_card.card(lambda words: not words.startswith("changes"))
    behind = help_card.about(TOPICS[2], lambda words: words == "trend")

    assert "changes" not in [button["value"] for button in card.blocks[-1]["elements"]]
    assert [button["value"] for button in behind.blocks[-1]["elements"]] == ["trend"]


def test_readings_that_are_close_are_buttons() -> None:
    """What was not understood comes back with the nearest questions; what is out of scope in one line."""
    near = help_card.not_understood(understand("top 10 legal models in tensorflow", dt.date(2026, 11, 26)))
    declined = help_card.not_understood(understand("what is the weather in berlin", dt.date(2026, 11, 26)))

    assert "legal" in near.text
    assert near.blocks[-1]["elements"][0]["value"] == "top10 in tensorflow"
    assert problems([*near.blocks, *declined.blocks]) == []
    assert len(declined.blocks) == 1
