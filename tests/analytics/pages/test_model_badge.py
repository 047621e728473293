"""The badge of a model: what it says, in words that no model's name can leave."""

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Cell, Held, Matrix
from analytics.domain.requests import OneModel
from analytics.pages.model_badge import draw_badge
from tests.analytics.answering.test_answer_models import ModelDoor, serving
from tests.analytics.answering.test_reach import HEADER, QWEN

SVG = "{http://www.w3.org/2000/svg}"


def draw(cells: Sequence[tuple[str, Cell]], name: str = "a/b") -> ET.Element:
    """Draw the badge of a model that stands so."""
    chart = Matrix((name,), tuple(one for one, _ in cells), tuple((cell,) for _, cell in cells))
    moment = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)
    answer = Answer(OneModel("a/b"), "found", "found", "scope", moment, None, "model a/b", chart=chart)
    return ET.fromstring(draw_badge(answer))  # noqa: S314 - our own


NO = Cell(Held.NO)


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ([("PyTorch", Cell(Held.YES)), ("TensorFlow", Cell(Held.ASSUMED))], ["PyTorch", "TensorFlow"]),
        (
            [("PyTorch", Cell(Held.YES)), ("TensorFlow", Cell(Held.CONVERTS, "KerasHub 0.32", "KerasHub"))],
            ["PyTorch", "TensorFlow via KerasHub"],
        ),
        ([("TensorFlow", Cell(Held.MAY_CONVERT, "", "KerasHub"))], ["TensorFlow perhaps via KerasHub"]),
        ([("JAX", Cell(Held.THROUGH_KERAS)), ("Keras", Cell(Held.YES))], ["JAX via Keras 3"]),
        ([("PyTorch", NO), ("MLX", Cell(Held.YES))], ["MLX"]),
        ([("PyTorch", NO), ("Conversions", Cell(Held.CONVERSION, "GGUF"))], ["GGUF"]),
        ([("PyTorch", Cell(Held.DECLARED)), ("TensorFlow", Cell(Held.UNKNOWN))], ["unknown"]),
        ([("PyTorch", NO), ("TensorFlow", NO)], ["none"]),
    ],
)
def test_it_says_in_what_a_model_comes(cells: Sequence[tuple[str, Cell]], parts: list[str]) -> None:
    """Its own files, what converts on load and through what; others only where it comes in none of the compared."""
    drawn = draw(cells)

    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["frameworks", *parts]
    assert drawn.findtext(f"{SVG}title") == f"a/b: {' · '.join(parts)}"
    assert " · ".join(parts) in str(drawn.findtext(f"{SVG}desc"))


def test_every_word_has_its_room() -> None:
    """Parts lie side by side, words within them, whatever the font: they are fitted into their width."""
    drawn = draw([("PyTorch", Cell(Held.YES)), ("TensorFlow", Cell(Held.CONVERTS, "", "KerasHub"))])
    grounds = [one for one in drawn.iter(f"{SVG}rect") if one.get("fill") != "none" and one.get("width") != "4"]
    ends = [float(one.get("x", "")) + float(one.get("width", "")) for one in grounds]
    words = [float(one.get("x", "")) + float(one.get("textLength", "")) for one in drawn.iter(f"{SVG}text")]

    assert [float(one.get("x", "")) for one in grounds] == [0, *ends[:-1]]
    assert float(drawn.get("width", "")) == ends[-1]
    assert all(word < end for word, end in zip(words, ends, strict=True))


def test_a_name_is_text() -> None:
    """What looks like markup stays what was written."""
    drawn = draw([("PyTorch", Cell(Held.YES))], "</title><script>alert(1)</script>&")

    assert drawn.findtext(f"{SVG}title") == "</title><script>alert(1)</script>&: PyTorch"
    assert list(drawn.iter(f"{SVG}script")) == []


def test_what_converts_on_load_is_named_by_its_library(tmp_path: Path) -> None:
    """Of a model as the Hub tells of it: its own files first, then through what the others load it."""
    with serving([QWEN], {("Qwen/Qwen3-0.6B", "model.safetensors"): HEADER}) as hub:
        door = ModelDoor(hub, tmp_path)
        drawn = ET.fromstring(draw_badge(door.ask("Qwen/Qwen3-0.6B")))  # noqa: S314 - our own
        door.analyst.close()

    title = str(drawn.findtext(f"{SVG}title"))
    assert title.startswith("Qwen/Qwen3-0.6B: PyTorch · TensorFlow via KerasHub")
