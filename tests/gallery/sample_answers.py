"""Answers to hang: the questions of the help, asked of what is embedded, so that they are the same everywhere."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from analytics.analyst import Analyst
from analytics.charts import fingerprint
from analytics.domain.answer import Answer
from bot import answer_forms
from tests.analytics.charts.gallery import NOWHERE, OFFERED, ask_or_none
from tests.gallery.hung import Hung, hang
from tests.reworded.stock import DAY

ROWS = 3
"""Rows of a table that are hung: what a table looks like is seen of few."""


@cache
def ask_all() -> dict[str, Answer]:
    """Answer every question of the help that what is embedded can answer, by its words."""
    with tempfile.TemporaryDirectory() as folder:
        analyst = Analyst(Path(folder), NOWHERE, seconds=5, clock=lambda: DAY)
        told = ((words, ask_or_none(analyst, words)) for words in (*OFFERED, "model google-bert/bert-base-uncased"))
        found = {words: _shorten(answer) for words, answer in told if answer}
        analyst.close()
    return found


def ask(words: str) -> Answer:
    """Answer one question."""
    return ask_all()[words]


def _shorten(answer: Answer) -> Answer:
    if not answer.table:
        return answer
    return replace(answer, table=replace(answer.table, rows=answer.table.rows[:ROWS]))


def _one_of_each_kind() -> dict[str, Answer]:
    """Give the first answer of every kind of question there is."""
    first: dict[type, tuple[str, Answer]] = {}
    for words, answer in ask_all().items():
        first.setdefault(type(answer.request), (words, answer))
    return dict(first.values())


def name_picture(answer: Answer) -> str:
    """Give the id of the file that holds an answer's picture, as Slack would."""
    return "F" + re.sub(r"[^A-Z0-9]", "", answer.question.upper())


def hang_answers() -> Iterator[Hung]:
    """Hang each answer as most people read it: with its picture, else in Slack's own blocks; the others of one."""
    for words, answer in _one_of_each_kind().items():
        if answer.chart and fingerprint(answer):
            made = hang(answer_forms.with_picture, words, answer, name_picture(answer), "UANN")
            yield from (replace(one, drawn=answer) for one in made)
        else:
            yield from hang(answer_forms.native, words, answer, "UANN")
    first = ask("top30")
    yield from hang(answer_forms.native, "top30, privately", first, None, share=True)
    made = hang(answer_forms.text_with_picture, "top30", first, name_picture(first), "UANN")
    yield from (replace(one, drawn=first) for one in made)
    yield from hang(answer_forms.text_only, "top30", first, "UANN")
    yield from hang(answer_forms.explain_counting, "top30", first, first.as_of)
    yield from hang(answer_forms.tell_in_percent, "top30", first)
    yield from hang(answer_forms.tell_in_percent, "no parts of one whole", ask("papers"))
