"""
From the laid out picture to the bytes of a PNG: few colours, no time, no version, the alternative text inside.

Matplotlib's own PNG holds every shade at four bytes a pixel and comes to 110 to 160 kB; with the palette below it is a
third of that, in less time. The palette is fixed instead of found for each picture, so the colours of the split come
out to the last bit, and a pinned picture changes only where something was drawn differently.
"""

import functools
import io
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from matplotlib.colors import to_rgb
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analytics.charts.picture import Picture
from analytics.charts.sheet import Sheet
from analytics.charts.style import BLUE, DPI, GREY, HEIGHT, INK, ORANGE, PAPER, QUIET, TINTS, WARNING, WIDTH

MEETING = (
    (PAPER, INK), (PAPER, QUIET), (PAPER, ORANGE), (PAPER, BLUE), (PAPER, GREY), (ORANGE, BLUE), (WARNING, INK),
    (TINTS[ORANGE], INK), (TINTS[BLUE], INK), (TINTS[ORANGE], ORANGE), (TINTS[BLUE], BLUE),
)  # fmt: skip
"""Colours that touch on a picture, and so are blended along smooth edges."""
PACKED = 4
"""How hard the file is packed: half the time of Pillow's own 6, and a tenth more bytes."""
LONG = 1_000
"""Letters from which on a note is packed."""
SHADES = 8
"""Steps of a blend. With 16 the pictures look no different and are a tenth larger."""

OWN = threading.local()
"""What each thread that draws keeps."""

Colour = tuple[int, int, int]
Meetings = tuple[tuple[str, str], ...]


def encode(picture: Picture, notes: Mapping[str, str], further: Meetings = ()) -> bytes:
    """Print the picture, with `notes` as the text that travels in the file; `further` colours meet on it, too."""
    sheet = _clear_sheet()
    picture.draw(sheet)
    full = Image.frombuffer("RGBA", (WIDTH, HEIGHT), sheet.buffer_rgba()).convert("RGB")
    few = full.quantize(palette=_palette(further), dither=Image.Dither.NONE)
    info = PngInfo()
    for key, text in notes.items():
        info.add_text(key, text, zip=len(text) > LONG)
    file = io.BytesIO()
    few.save(file, "PNG", pnginfo=info, dpi=(DPI, DPI), compress_level=PACKED)
    return file.getvalue()


def _clear_sheet() -> Any:  # matplotlib ships no types for its backends
    """Give this thread's sheet, blank: it remembers how words look, and matplotlib by sheet how wide they are."""
    if not hasattr(OWN, "sheet"):
        OWN.sheet = Sheet(WIDTH, HEIGHT, DPI)
    OWN.sheet.clear()
    return OWN.sheet


def _palette(further: Meetings) -> Image.Image:
    """Give Pillow its kind of palette, an image; a new one each time, as images are not for sharing between threads."""
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in _colours(further) for value in colour])
    return palette


@functools.cache
def _colours(further: Meetings) -> tuple[Colour, ...]:
    meeting = (*MEETING, *further)
    ends = [colour for pair in meeting for colour in pair]
    return tuple(dict.fromkeys([*map(_colour, ends), *(shade for pair in meeting for shade in _shades(*pair))]))


def _shades(one: str, other: str) -> Iterator[Colour]:
    for step in range(1, SHADES):
        r, g, b = (round(a + (z - a) * step / SHADES) for a, z in zip(_colour(one), _colour(other), strict=True))
        yield r, g, b


def _colour(name: str) -> Colour:
    r, g, b = (round(part * 255) for part in to_rgb(name))
    return r, g, b
