"""The numbers of every picture travel in its file, and are those of the answer."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.answering.answer_top import answer_from_sample
from analytics.charts import draw
from tests.analytics.charts.drawings import texts_in
from tests.analytics.charts.gallery import FIRST, hang


@pytest.mark.kept
def test_the_numbers_of_a_picture_travel_in_its_file(tmp_path: Path) -> None:
    """Of one; of all it is tried below."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9")) as analyst:
        answer = answer_from_sample(analyst.context)

    assert json.loads(texts_in(draw(answer))["Data"]) == json.loads(json.dumps(answer.as_json()))["chart"]


def test_what_a_picture_shows_can_be_read_back_from_its_file(tmp_path: Path) -> None:
    """Of every question: the chunk `Data` is the chart of the answer's JSON, to the last number."""
    for words, answer in hang(FIRST, tmp_path):
        told = json.loads(json.dumps(answer.as_json()))["chart"]

        assert json.loads(texts_in(draw(answer))["Data"]) == told, words
        assert told["form"] == type(answer.chart).__name__
