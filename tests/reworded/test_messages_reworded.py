"""
Messages and charts of reworded answers: nothing changes but the words.

Readers of an answer choose by its fields: the request, the date, the counts, kinds and roles of columns, typed proofs.
Each test here asks twice, once in our words and once in another author's, who also sets lists and columns in another
order (`rewording`), and compares what is done with the answers.
"""

from collections.abc import Callable

import pytest
from matplotlib.text import Text

from analytics.charts import draw
from analytics.domain.answer import Answer
from bot import answer_forms, messages
from tests.analytics.charts.drawings import figure
from tests.reworded.rewording import in_other_words, reworded
from tests.reworded.shapes import marks, sentences, shape, told
from tests.reworded.stock import QUESTIONS, SEEDS

every_question = pytest.mark.parametrize("words", QUESTIONS)
other_words = pytest.mark.parametrize("seed", SEEDS)

FORMS: dict[str, Callable[[Answer], messages.Message]] = {
    "with picture": lambda answer: answer_forms.with_picture(answer, "F1", "U1"),
    "native": lambda answer: answer_forms.native(answer, "U1", "no picture", share=True),
    "text with picture": lambda answer: answer_forms.text_with_picture(answer, "F1", "U1"),
    "text": lambda answer: answer_forms.text_only(answer, "U1"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@every_question
@other_words
def test_a_message_holds_the_same_parts(
    answers: dict[str, Answer], form: Callable[[Answer], messages.Message], words: str, seed: int
) -> None:
    """Blocks, which sentences stand in which, buttons and what they ask, rows and numbers."""
    plain, other = answers[words], reworded(answers[words], in_other_words(seed))

    assert shape(form(other), other) == shape(form(plain), plain)


@every_question
def test_the_channel_reads_the_same_sentences_of_every_answer(answers: dict[str, Answer], words: str) -> None:
    """The finding and the one doubt that matters, nothing else, whatever its words."""
    answer = answers[words]
    shown = {f"0 {name}" for name in sentences(answer) if name in ("headline", "warning", "freshness")}

    assert told(answer_forms.with_picture(answer, "F1", None).blocks[0]["text"]["text"], answer) == shown


@every_question
def test_what_stands_in_the_channel_is_read_in_a_breath(answers: dict[str, Answer], words: str) -> None:
    """Above the picture no more than 25 words, and one doubt at most."""
    finding = answer_forms.with_picture(answers[words], "F1", None).blocks[0]["text"]["text"].splitlines()

    assert len(answers[words].headline.split()) <= 25
    assert len(finding) <= 2


@every_question
def test_nothing_that_is_known_of_an_answer_is_left_out_of_how_it_was_counted(
    answers: dict[str, Answer], words: str
) -> None:
    """Every sentence of it stands in the explanation, whatever its words."""
    answer = answers[words]

    said = answer_forms.explain_counting(answer, answer.as_of)

    parts = [block.get("text") or part for block in said.blocks for part in block.get("elements", [None])]
    text = "\n".join(part["text"] for part in parts if part)
    assert told(text, answer) == {f"0 {name}" for name in sentences(answer)} - {"0 freshness"}


@other_words
def test_ranked_models_are_named_by_role(answers: dict[str, Answer], seed: int) -> None:
    """In a plain line: rank, model and the split or what became of it, wherever their columns stand."""
    for words, telling in (("top30", "split"), ("changes", "change")):
        other = reworded(answers[words], in_other_words(seed))
        assert other.table
        first = dict(zip(other.table.names, other.table.rows[0], strict=True))

        assert f"{first['rank']}. `{first['model']}` {first[telling]}\n" in answer_forms.text_only(other, None).text


@every_question
def test_a_chart_has_the_same_marks_and_its_date(answers: dict[str, Answer], words: str) -> None:
    """The day of the reading is drawn, whatever the line around it says."""
    plain, other = answers[words], reworded(answers[words], in_other_words(7))

    assert marks(other) == marks(plain)
    texts = [text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in figure(other).findobj(Text)]
    assert any(text.endswith(f"· {plain.day}") for text in texts)
    assert draw(other) != draw(plain)
