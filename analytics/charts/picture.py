"""
What holds the artists of one picture and draws them in order: of matplotlib's `Figure` the little that is needed.

A `Figure` brings axes, projections (three-dimensional ones, too), legends, colour bars and tables, and to import those
took a third of all that matplotlib takes. A picture of ours has none of them: areas, lines and words on white.
"""

from typing import Any

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.patches import Rectangle

from analytics.charts.style import DPI, HEIGHT, PAPER, WIDTH


class Picture:
    """
    Artists on white, 1200 x 800 pixels; what is asked of it is what matplotlib's artists ask of the figure they are on.

    An artist is put on it when it is drawn. Until then it is on none, and may be put on a `Figure` instead, of which
    the tests ask where everything is; a picture is the same on both.
    """

    dpi = DPI

    def __init__(self) -> None:
        self.artists: list[Artist] = []

    def get_figure(self, root: bool = False) -> "Picture":  # noqa: FBT001, FBT002, ARG002 - matplotlib's
        """Give the figure that it is itself."""
        return self

    def draw(self, sheet: RendererAgg) -> None:
        """Draw all on white, in matplotlib's order: areas, lines, words, and of each kind the first one first."""
        ground = Rectangle((0, 0), WIDTH, HEIGHT, facecolor=PAPER, linewidth=0, antialiased=False)
        for artist in (ground, *sorted(self.artists, key=Artist.get_zorder)):
            ours: Any = self  # a figure to all intents of an artist
            artist.set_figure(ours)
            artist.draw(sheet)
