"""Charts to draw, and how to look at what was drawn, for the tests of charts."""

import datetime as dt
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib as mpl
import PIL
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.text import Text
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from analytics.charts import lay_out
from analytics.charts.picture import Picture
from analytics.charts.style import DPI, HEIGHT, PAPER, WIDTH
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Band, Bands, Chart, Tile, Tiles
from analytics.domain.counts import Counts, Split
from analytics.domain.requests import Definition, Top

ROOT = Path(__file__).parents[3]
PICTURES = Path(__file__).parent / "pictures"

LETTERS = {"P": Split.PYTORCH_ONLY, "T": Split.TENSORFLOW_ONLY, "B": Split.BOTH, "N": Split.NEITHER}


def tiles(splits: str, assumed: tuple[int, ...] = ()) -> Tiles:
    """Make tiles from one letter a model, "PPB"."""
    models = enumerate(splits, 1)
    return Tiles(tuple(Tile(rank, LETTERS[split], rank in assumed, f"lab/model-no-{rank}") for rank, split in models))


def bands(*counts: Counts) -> Bands:
    """Make bands that follow one another without a gap."""
    ends = [sum(each.total for each in counts[:place]) for place in range(len(counts) + 1)]
    return Bands(tuple(Band(ends[place] + 1, ends[place + 1], each) for place, each in enumerate(counts)))


def an_answer(chart: Chart | None, **changes: Any) -> Answer:
    """Make an answer about this chart; what a test is about, it says itself."""
    answer = Answer(
        request=Top(),
        headline="PyTorch is in 28 of the top 30 models, TensorFlow in 9",
        title="PyTorch is in 28 of the top 30 models, TensorFlow in 9",
        scope="Downloads in the last 30 days, top 30 models",
        as_of=dt.datetime(2026, 8, 22, 1, 15, tzinfo=dt.UTC),
        definition=Definition.ATTRIBUTED,
        reproduce="top30 attributed --as-of 2026-08-22",
        origins=(Origin("Hugging Face Hub", "Models", "https://huggingface.co/models", "2026-08-22"),),
        chart=chart,
    )
    return replace(answer, **changes)


THIRTY = an_answer(tiles("PBPPBBPPNPBPPPBPPBPPNPBPPPBBPP", assumed=(7, 13, 24)))
FIFTY = an_answer(tiles("PBTNPBBPPP" * 5, assumed=tuple(range(3, 50, 4))), sample=True)
HUNDRED = an_answer(
    bands(Counts(12, 0, 6, 2), Counts(14, 1, 4, 1), Counts(15, 0, 3, 2), Counts(13, 2, 4, 1), Counts(16, 1, 1, 2)),
    title="PyTorch is in 88 of the top 100 models, TensorFlow in 22",
    scope="Downloads in the last 30 days, top 100 models",
)
THOUSAND = an_answer(bands(*[Counts(70 + band, 3, 17 - band, 10) for band in range(10)]), stale=True)
UNEVEN = an_answer(bands(Counts(6, 0, 3, 1), Counts(60, 5, 15, 10), Counts(700, 53, 100, 47)))
ONE, SEVEN, THIRTEEN = (an_answer(tiles(splits, assumed=(1,))) for splits in ("B", "PBTNPBB", "PBTNPBBPPPTPB"))
ALL = pytest.mark.parametrize(
    "answer",
    [ONE, SEVEN, THIRTEEN, THIRTY, FIFTY, HUNDRED, THOUSAND, UNEVEN],
    ids=["1", "7", "13", "30", "50 sample", "100", "1000 stale", "uneven"],
)
LONG_SCOPE = (
    "Downloads in the last 30 days, top 50 models, task automatic-speech-recognition, author sentence-transformers"
)


def figure(answer: Answer) -> Figure:
    """Lay the picture of an answer out, on a figure of matplotlib's own."""
    return frame(lay_out(answer))


def frame(picture: Picture) -> Figure:
    """Hang a picture's artists on a figure of matplotlib's own, of which can be asked where each of them is."""
    hung = Figure((WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=PAPER, linewidth=0)
    FigureCanvasAgg(hung)
    for artist in picture.artists:
        hung.add_artist(artist)
    return hung


def words(drawn: Figure) -> list[Text]:
    """Give every text on the figure."""
    return [text for text in drawn.findobj(Text) if text.get_text()]


def said(drawn: Figure) -> list[str]:
    """Give what every text on the figure says, with plain spaces."""
    return [text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in words(drawn)]


def areas(drawn: Figure, name: str) -> list[Polygon]:
    """Give the painted areas under one name, in order."""
    return [area for area in drawn.findobj(Polygon) if area.get_gid() == name]


def fills(drawn: Figure, name: str) -> list[str]:
    """Give the colours of the areas under one name, in order."""
    return [to_hex(area.get_facecolor()).upper() for area in areas(drawn, name)]


def size(text: Text) -> float:
    """Give the type size of a text in points."""
    return float(text.get_fontsize())


def crowding(drawn: Figure) -> float:
    """Give by how many pixels the two texts overlap that overlap most, up or down; none at all is 0."""
    boxes = [text.get_window_extent() for text in words(drawn)]
    beside = [(a, b) for a, b in combinations(boxes, 2) if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5]
    return max((min(a.y1, b.y1) - max(a.y0, b.y0) for a, b in beside), default=0)


def is_inside(drawn: Figure) -> bool:
    """Say whether every text keeps clear of the edges of the picture."""
    boxes = [text.get_window_extent() for text in words(drawn)]
    return all(box.x0 >= 24 and box.x1 <= 1200 - 24 and box.y0 >= 0 and box.y1 <= 800 for box in boxes)


UNWELCOME = """
font.family: monospace
font.size: 30
text.color: red
text.usetex: True
text.parse_math: True
figure.facecolor: black
figure.figsize: 3, 3
figure.dpi: 50
figure.autolayout: True
savefig.bbox: tight
savefig.transparent: True
lines.linestyle: --
lines.linewidth: 9
lines.marker: o
patch.linewidth: 9
patch.force_edgecolor: True
path.simplify: False
axes.facecolor: black
"""
"""Settings that would spoil every picture if any of them were heeded."""


def in_a_new_process(code: str, given_to_it: bytes, environment: Mapping[str, str] | None = None) -> bytes:
    """Run our own code in a fresh interpreter, in which every warning is an error, and give what it wrote."""
    command = [sys.executable, "-W", "error", "-c", code]
    run = subprocess.run(
        command, input=given_to_it, cwd=ROOT, env={**os.environ, **(environment or {})}, check=True, capture_output=True
    )
    return run.stdout


def is_on_a_tile(text: Text) -> bool:
    """Tell the numbers on tiles from the other words: they alone are centred."""
    return text.get_horizontalalignment() == "center"


def centre(text: Text) -> tuple[float, float]:
    """Give the middle of a text."""
    box = text.get_window_extent()
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def opened(file: bytes) -> Image.Image:
    """Read a picture back."""
    return Image.open(io.BytesIO(file))


def texts_in(file: bytes) -> dict[str, str]:
    """Give the words that travel in a PNG."""
    picture = opened(file)
    picture.load()
    return {str(key): str(value) for key, value in picture.info.items() if key != "dpi"}


def on_a_telephone(file: bytes) -> Image.Image:
    """Shrink a picture to the 360 pixels of a message on a telephone, in few colours to be kept."""
    return opened(file).convert("RGB").resize((360, 240), Image.Resampling.LANCZOS).quantize(64)


def versions() -> PngInfo:
    """Name what a pinned picture was drawn with."""
    info = PngInfo()
    info.add_text("Software", f"matplotlib {mpl.__version__}, Pillow {PIL.__version__}")
    return info


def different_pixels(one: Image.Image, other: Image.Image) -> int:
    """Count the pixels that differ by more than the eye forgives."""
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    return sum(difference.histogram()[32:])
