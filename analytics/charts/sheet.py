"""
What the artists draw on: matplotlib's own renderer, which remembers how words look.

Most words of a picture stood on the one before: ranks, letters of marks, the legend, names of models. To lay out and to
render them anew was two thirds of the time of a picture. So a line of text is rendered once, in black and alone, and
stamped from then on, in any colour and on whole pixels; a tile is larger than that, and no reader sees the difference.
"""

import functools
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray

REMEMBERED = 300
"""Lines of text: those of some ten pictures, of 2 to 40 kB each."""
MARGIN = 4
"""Pixels around a line for what letters reach beyond their own room."""

Ink = NDArray[np.uint8]


class Sheet(RendererAgg):
    """One sheet for many pictures; not to be shared between threads."""

    def __init__(self, width: int, height: int, dpi: int) -> None:
        matplotlibs: Any = super()
        matplotlibs.__init__(width, height, dpi)
        self._stamp = functools.lru_cache(REMEMBERED)(self.cut_stamp)

    def draw_text(  # noqa: PLR0917 - the signature is matplotlib's
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,  # noqa: FBT002 - as above
        mtext: Any = None,
    ) -> None:
        """Stamp a level line of text with its baseline at this point; all else is matplotlib's."""
        if angle or ismath:
            matplotlibs: Any = super()
            matplotlibs.draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        ink, descent = self._stamp(s, prop.copy())
        coloured = np.empty((*ink.shape, 4), np.uint8)
        coloured[..., :3] = [round(part * 255) for part in to_rgb(gc.get_rgb())]
        coloured[..., 3] = ink
        self.draw_image(gc, round(x) - MARGIN, self.height - round(y) - descent, coloured)

    def cut_stamp(self, words: str, font: FontProperties) -> tuple[Ink, int]:
        """Render a line alone; give where its ink is, lowest first, and how far that goes beneath the baseline."""
        untyped: Any = self
        wide, high, low = untyped.get_text_width_height_descent(words, font, ismath=False)
        descent = round(low) + MARGIN
        room: Any = RendererAgg(round(wide) + 2 * MARGIN, round(high - low) + descent + MARGIN, self.dpi)
        room.draw_text(room.new_gc(), MARGIN, room.height - descent, words, font, 0)
        ink = np.asarray(room.buffer_rgba())[::-1, :, 3]
        return ink.copy(), descent  # a view of it would keep the colours too, four times as much
