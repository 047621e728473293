"""The numbers of every picture travel in its file, and are those of the answer."""

import json
from pathlib import Path

from analytics.charts import draw
from tests.analytics.charts.drawings import texts_in
from tests.analytics.charts.gallery import FIRST, hang


def test_what_a_picture_shows_can_be_read_back_from_its_file(tmp_path: Path) -> None:
    """Of every question: the chunk `Data` is the chart of the answer's JSON, to the last number."""
    for words, answer in hang(FIRST, tmp_path):
        told = json.loads(json.dumps(answer.as_json()))["chart"]

        assert json.loads(texts_in(draw(answer))["Data"]) == told, words
        assert told["form"] == type(answer.chart).__name__
