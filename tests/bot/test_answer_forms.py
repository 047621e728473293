"""What the bot says keeps Slack's limits, escapes what others wrote and never says less than the conclusion."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from analytics.domain.answer import Answer, Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Definition, Top
from analytics.domain.table import MODEL, RANK, SPLIT, Column, ColumnRole, Table
from analytics.questions.top import top
from analytics.ranking.classified import TopCircumstances
from bot import answer_forms, messages, next_steps
from bot.blocks import escape, native_chart, short_number
from bot.uploads import StillProcessing, why_not_uploaded
from playground.block_kit import problems

AS_OF = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
HUB = Origin("Hugging Face Hub", "model listing", "https://huggingface.co/api/models?sort=downloads", "2026-11-02")
NASTY = "<!channel>&`*_"


def answer(n: int = 30, name: str = "org/model", **circumstances: bool) -> Answer:
    """Make an answer about `n` models whose names all begin alike."""
    models = tuple(
        Model(f"{name}-{i}", 10**8 - i, i, tags=("pytorch",), files=("pytorch_model.bin",), task="fill-mask")
        for i in range(n)
    )
    top_list = TopList(Ranking(), AS_OF, models, n, complete=False, origin=HUB)
    return top(Top(n=n), top_list, TopCircumstances(**circumstances))


Form = Callable[[Answer], messages.Message]
FORMS: dict[str, Form] = {
    "with picture": lambda a: answer_forms.with_picture(a, "F1", "U1"),
    "native": lambda a: answer_forms.native(a, "U1", "no picture", share=True),
    "text with picture": lambda a: answer_forms.text_with_picture(a, "F1", "U1"),
    "text": lambda a: answer_forms.text_only(a, "U1", "nothing else"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("n", [1, 30, 101, 1000])
def test_every_form_of_an_answer_keeps_slacks_limits(form: Form, n: int) -> None:
    """From one model to a thousand, with the longest names the Hub allows, Slack's strict rules find nothing."""
    message = form(answer(n, "a" * 96 + "/" + "b" * 80))

    assert problems(list(message.blocks)) == []
    assert len(message.text) <= 4000


def test_slacks_own_chart_has_four_colours_and_a_name_for_each() -> None:
    """Slack colours by series: four bars of one series would be four bars alike."""
    (block,) = native_chart(answer())

    series = {one["name"]: [point["value"] for point in one["data"]] for one in block["chart"]["series"]}
    assert series == {"PyTorch only": [30], "TensorFlow only": [0], "both": [0], "neither": [0]}
    assert block["chart"]["axis_config"]["categories"] == ["30 models"]


@pytest.mark.parametrize("title", ["PyTorch " * 12, "of the models, " * 5, "a " * 25 + "longest-name" * 3, "x" * 80])
def test_no_title_of_slacks_own_chart_is_cut_inside_a_word(title: str) -> None:
    """Fifty letters at most: after a whole word, not after a comma, and inside one only where that is all there is."""
    (block,) = native_chart(replace(answer(), title=title))

    shown = block["title"].removesuffix("…")
    assert len(block["title"]) <= 50
    assert block["title"].endswith("…")
    assert not shown.endswith((" ", ","))
    assert " " not in title or title[len(shown)] in " ,"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_states_the_conclusion_in_its_text(form: Form) -> None:
    """The top-level text is the notification and all that a screen reader reads."""
    assert "PyTorch is in 30 of the top 30 models, TensorFlow in 0" in form(answer()).text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_others_wrote_rings_no_bells(form: Form) -> None:
    """A model name that looks like a mention of everybody is shown, not obeyed."""
    message = form(answer(3, NASTY))

    assert "<!channel>" not in mrkdwn_of(message)


def mrkdwn_of(message: messages.Message) -> str:
    """Join all text of a message that Slack would interpret."""
    parts = [message.text]
    for block in message.blocks:
        parts += [e["text"] for e in (block.get("text"), *block.get("elements", ())) if e and e.get("type") == "mrkdwn"]
    return "\n".join(parts)


def test_a_long_table_says_that_it_is_cut() -> None:
    """Slack shows at most a hundred rows; the caption says of how many."""
    table = next(b for b in answer_forms.with_picture(answer(1000), "F1", None).blocks if b["type"] == "data_table")

    assert table["caption"].endswith("of 1,000)")
    assert len(table["rows"]) <= 101


def test_thirty_models_are_all_in_the_table() -> None:
    """The thirty rows fit with their names, downloads as sortable numbers."""
    table = next(b for b in answer_forms.with_picture(answer(30), "F1", None).blocks if b["type"] == "data_table")

    assert len(table["rows"]) == 31
    assert [cell["type"] for cell in table["rows"][1]].count("raw_number") == 3


def test_the_footnotes_carry_date_source_rule_and_asker() -> None:
    """A number can be traced from the message alone."""
    footnotes = mrkdwn_of(answer_forms.with_picture(answer(), "F1", "U7"))

    assert f"<!date^{int(AS_OF.timestamp())}^" in footnotes
    assert f"<{HUB.address}|Hugging Face Hub>" in footnotes
    assert "attributed: by files, library and tags" in footnotes
    assert "<@U7> asked `/frameworks top30 attributed`" in footnotes


def test_the_channel_reads_the_finding_and_the_doubt_that_matters() -> None:
    """Everything else is behind the button: who reads a channel reads three lines."""
    message = answer_forms.with_picture(replace(answer(), warning="Only the tags were read."), "F1", None)

    finding = message.blocks[0]["text"]["text"]
    assert finding.splitlines() == [
        "*PyTorch is in 30 of the top 30 models, TensorFlow in 0*",
        "Only the tags were read.",
    ]
    assert [len(block["elements"]) for block in message.blocks if block["type"] == "context"] == [1]


def test_how_it_was_counted_is_told_with_every_sentence_and_source() -> None:
    """What is not said in the channel is said to who asks, within Slack's limits."""
    told = replace(
        answer(), further=("JAX in 2.",), warning="Only the tags were read.", doubts=("One is assumed.",), noise="±2"
    )

    said = answer_forms.explain_counting(told, AS_OF)

    text = mrkdwn_of(said)
    assert all(part in text for part in ("JAX in 2.", "Only the tags were read.", "One is assumed.", "±2", HUB.title))
    assert problems(list(said.blocks)) == []
    assert "no longer stored" not in text


def test_an_explanation_of_another_reading_says_so() -> None:
    """The list below a message may have been replaced since; its numbers are not passed off as the old ones."""
    said = answer_forms.explain_counting(answer(), AS_OF - dt.timedelta(days=1))

    assert "The reading of 1 Nov 2026, 09:00 UTC is no longer stored; this is the one of 2 Nov 2026" in mrkdwn_of(said)


def test_the_button_carries_the_moment_and_the_question() -> None:
    """So it works after a restart, and asks about what was shown and not about what is true by now."""
    button = next_steps.how_counted(answer())

    assert next_steps.read_button(button["value"]) == (AS_OF, "top30 attributed")
    assert next_steps.read_button("top30") == (None, "top30")


def test_the_counts_are_said_once() -> None:
    """Where the picture shows them the text does not repeat them; the text alone says them."""
    counts = "Of 30 models: PyTorch only 30, TensorFlow only 0"

    assert counts not in answer_forms.with_picture(answer(), "F1", None).blocks[0]["text"]["text"]
    assert counts in answer_forms.text_only(answer(), None).text


@pytest.mark.parametrize(("circumstances", "word"), [({"sample": True}, "SAMPLE"), ({"stale": True}, "STALE")])
def test_old_numbers_are_labelled_in_text_and_blocks(circumstances: dict[str, bool], word: str) -> None:
    """Nobody can read a sample or stale answer as a live one."""
    message = answer_forms.with_picture(answer(**circumstances), "F1", None)

    assert word in message.text
    assert word in message.blocks[0]["text"]["text"]


def test_the_other_definition_is_asked_of_the_same_models() -> None:
    """An author who is called like a definition stays the author."""
    declared = replace(answer(), request=Top(author="declared", definition=Definition.DECLARED))

    asked = [button["value"] for button in answer_forms.native(declared, None).blocks[-1]["elements"]]

    assert asked[0] == "top30 author declared attributed"


def test_the_plain_form_says_what_became_of_a_model() -> None:
    """Of a change the change, and a dash for a rank that is not known."""
    table = Table((RANK, MODEL, Column("change", role=ColumnRole.CHANGE), SPLIT), ((None, "a/b", "left", "both"),), "")

    assert "–. `a/b` left" in answer_forms.text_only(replace(answer(), table=table), None).text


@pytest.mark.parametrize(
    ("failure", "said"),
    [(StillProcessing(), "is still processing"), (TimeoutError("no word of processing"), "did not answer in time")],
)
def test_why_a_picture_is_missing_is_told_by_what_happened(failure: Exception, said: str) -> None:
    """Not by the words of the error."""
    assert said in why_not_uploaded(failure)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (9999, "9,999"), (12_600, "12.6K"), (257_827_147, "257.8M"), (2_885_554_744, "2.9B")],
)
def test_numbers_are_short_from_ten_thousand(value: int, shown: str) -> None:
    """Small numbers are exact, large ones readable."""
    assert short_number(value) == shown


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_lines_to_run_are_shown_as_they_are(form: Form) -> None:
    """They can be copied as they stand, within Slack's rules, in every form an answer takes."""
    line = """python -c 'import keras_hub as k; print(k.models.X.from_preset("hf://o/m") < 3)'"""
    message = form(replace(answer(3), commands=("pip install keras-hub", line)))

    written = [part["text"] for block in message.blocks for part in _pieces(block)]
    assert (f"pip install keras-hub\n{line}" in written) or (f"```{escape(line)}```" in message.text)
    assert problems(list(message.blocks)) == []


def _pieces(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Give what is written in a block of rich text."""
    return [piece for part in block["elements"] for piece in part["elements"]] if block["type"] == "rich_text" else []
