"""
The picture of an answer: title, form, counts and source on one card, as the bytes of a PNG.

Only what is drawn is decided here. The sentences come with the `Answer`, the counting was done before; what the picture
cannot show truthfully it refuses to draw. Rules of the look (`style`), the marks of the split (`marks`), the two forms
(`tiles`, `bands`) and the sheet beneath them (`canvas`) have a module each.

Import this late: matplotlib costs a third of a second at import.
"""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, assert_never

from analytics.charts import arrows, camps, matrix, reach_bars, style
from analytics.charts.bands import MOST_BANDS, draw_bands, draw_bars
from analytics.charts.canvas import Paper, clean
from analytics.charts.legend import arrange_legend, draw_legend
from analytics.charts.picture import Picture
from analytics.charts.png import encode
from analytics.charts.small_multiples import MOST_PANELS, draw_panels
from analytics.charts.style import LEFT, PADDING, RIGHT, Box, em
from analytics.charts.text_layout import Block, balance, fit
from analytics.charts.tiles import draw_tiles
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import (
    MOST_TILES,
    Bands,
    Bars,
    Camps,
    Chart,
    Matrix,
    Moves,
    Panels,
    ReachBars,
    Tiles,
)
from analytics.domain.counts import Counts, Split
from analytics.domain.wording import iso

__all__ = ["NothingToDraw", "draw", "draw_alone", "fingerprint", "lay_out"]

STRIP = 40
"""Height of the warning across the top of a sample or stale picture."""
AIR = 14
"""Between head, body, counts and foot."""
DATA = "Data"
"""The name under which the numbers of the picture travel in it, as the JSON of the answer has them."""


PENCIL = ThreadPoolExecutor(1, thread_name_prefix="drawing")
"""One thread draws for all: matplotlib opens every font anew in each thread that does, some megabytes a thread."""


class NothingToDraw(ValueError):
    """The answer has no chart, an empty one, or one that this form cannot show; the message says which."""


def draw(answer: Answer) -> bytes:
    """
    Draw the answer as a PNG of 1200 x 800 pixels: the same bytes for the same answer, in any thread or process.

    The alternative text and the moment of the reading travel in the file. Raises NothingToDraw.
    """
    return PENCIL.submit(draw_alone, answer).result()


def draw_alone(answer: Answer) -> bytes:
    """Draw it in the thread that asks: for a process that draws one picture and ends. Raises NothingToDraw."""
    return encode(lay_out(answer), _notes(answer), _further(answer))


def _further(answer: Answer) -> tuple[tuple[str, str], ...]:
    return reach_bars.MEETING if isinstance(answer.chart, ReachBars) else ()


def lay_out(answer: Answer) -> Picture:
    """Lay the picture out without printing it. Raises NothingToDraw."""
    chart = _drawable(answer)
    paper = Paper()
    top = _head(paper, answer) + AIR
    bottom = _foot(paper, answer) - AIR
    if isinstance(chart, Tiles | Bands | Bars):
        named = {"name": chart.name} if isinstance(chart, Tiles) else {}
        counts = arrange_legend(paper, _count(chart), _count_unsure(chart), told=not _is_of_many(chart), **named)
        bottom -= counts.height
        draw_legend(paper, counts, bottom)
        bottom -= AIR
    body = Box(LEFT, top, RIGHT - LEFT, bottom - top)
    _form(chart).draw(paper, body, chart)
    return paper.picture


def fingerprint(answer: Answer) -> str:
    """Name the picture for a file or a cache: the same for answers that are drawn alike, another with every style."""
    ink = (answer.title, answer.subtitle, answer.foot, answer.freshness, answer.chart)
    drawn = repr((style.STYLE, *ink, _notes(answer)))
    return hashlib.sha256(drawn.encode("utf-8", "backslashreplace")).hexdigest()[:16]


class Form(NamedTuple):
    """How one kind of chart is drawn: how many parts it has, how many there can be, and the hand that draws it."""

    size: Callable[[Any], int]
    most: int
    draw: Callable[[Paper, Box, Any], None]


def _form(chart: Chart) -> Form:
    """Find the form; a module each, imported when first drawn."""
    match chart:
        case Tiles():
            form = Form(lambda tiles: len(tiles.tiles), MOST_TILES, draw_tiles)
        case Bands():
            form = Form(lambda bands: len(bands.bands), MOST_BANDS, draw_bands)
        case Bars():
            form = Form(lambda bars: len(bars.bars), MOST_BANDS, draw_bars)
        case ReachBars():
            form = Form(reach_bars.size, reach_bars.MOST_FRAMEWORKS, reach_bars.draw_reach_bars)
        case Moves():
            form = Form(arrows.size, arrows.MOST_DAYS, arrows.draw_moves)
        case Panels():
            form = Form(lambda panels: len(panels.panels), MOST_PANELS, draw_panels)
        case Matrix():
            form = Form(matrix.size, matrix.MOST_COLUMNS * matrix.MOST_ROWS, matrix.draw_matrix)
        case Camps():
            form = Form(camps.size, camps.MOST_ROWS, camps.draw_camps)
        case _:
            assert_never(chart)
    return form


def _drawable(answer: Answer) -> Chart:
    chart = answer.chart
    if chart is None:
        raise NothingToDraw(f"the answer to {answer.question!r} has no chart")
    form = _form(chart)
    if not 1 <= form.size(chart) <= form.most:
        raise NothingToDraw(f"{type(chart).__name__} of {form.size(chart)}, where 1 to {form.most} can be drawn")
    if isinstance(chart, Bands) and any(_wrong(band.counts) for band in chart.bands):
        raise NothingToDraw("a band without models, or with fewer than none")
    if isinstance(chart, Bars) and any(_wrong(bar.counts) for bar in chart.bars):
        raise NothingToDraw("a bar without models, or with fewer than none")
    if isinstance(chart, Tiles | Bands | Bars | Moves) and not _agrees(chart, answer.counts):
        raise NothingToDraw(f"the chart shows {_count(chart)}, the answer says {answer.counts}")
    return chart


def _wrong(counts: Counts) -> bool:
    return counts.total == 0 or any(counts.of(split) < 0 for split in Split)


def _agrees(chart: Tiles | Bands | Bars | Moves, counts: Counts | None) -> bool:
    """Tell whether the answer counts what the picture shows; of several bars one of them."""
    shown = [bar.counts for bar in chart.bars] if isinstance(chart, Bars) else [_count(chart)]
    return counts is None or counts in shown


def _is_of_many(chart: Chart) -> bool:
    """Tell whether it has bars of different wholes: then no count beneath it would be of all of them."""
    return isinstance(chart, Bars) and len(chart.bars) > 1


def _count(chart: Tiles | Bands | Bars | Moves) -> Counts:
    """Add up what the picture shows, so that the counts beneath it are those of its marks."""
    if isinstance(chart, Moves):
        return chart.days[-1].counts
    if isinstance(chart, Tiles):
        splits = [tile.split for tile in chart.tiles]
        return Counts(**{split.value: splits.count(split) for split in Split})
    if isinstance(chart, Bars):
        return chart.bars[0].counts
    return Counts(**{split.value: sum(band.counts.of(split) for band in chart.bands) for split in Split})


def _count_unsure(chart: Tiles | Bands | Bars) -> Counts:
    """Add up what the picture shows as assumed or unknown."""
    if isinstance(chart, Tiles):
        splits = [tile.split for tile in chart.tiles if tile.assumed]
        return Counts(**{split.value: splits.count(split) for split in Split})
    if isinstance(chart, Bars):
        unsure = [bar.unsure for bar in chart.bars]
        return Counts(**{split.value: sum(one.of(split) for one in unsure) for split in Split})
    return Counts(**{split.value: sum(band.unsure.of(split) for band in chart.bands) for split in Split})


def _head(paper: Paper, answer: Answer) -> float:
    """Write warning, title and subtitle; give the height at which they end."""
    top = _warn(paper, clean(answer.freshness, bold=True)) if answer.freshness else PADDING - 6

    def bold(words: str, size: float) -> float:
        return paper.width(words, size, bold=True)

    room = RIGHT - LEFT
    words = clean(answer.title, bold=True)
    title = balance(words, fit(words, style.TITLE_TRIES, room, bold), room, bold)
    top = _write(paper, title, top, colour=style.INK, bold=True)
    date = _unbroken(clean(f"· {answer.day}"))
    subtitle = fit(clean(answer.scope), style.SUBTITLE_TRIES, room, paper.width, tail=f" {date}")
    return _write(paper, subtitle, top + 6, colour=style.INK)


def _warn(paper: Paper, words: str) -> float:
    """Say across the whole top that these are not today's numbers; give the height at which the title may begin."""
    strip = Box(0, 0, style.WIDTH, STRIP)
    paper.fill([(0, 0), (strip.right, 0), (strip.right, STRIP), (0, STRIP)], style.WARNING, "warning")
    paper.write_centred(strip, words, style.WARNING_SIZE, bold=True)
    return STRIP + 8


def _foot(paper: Paper, answer: Answer) -> float:
    """Write the source line at the bottom; give the height at which it begins."""
    source = fit(clean(answer.foot), style.SOURCE_TRIES, RIGHT - LEFT, paper.width)
    top = style.HEIGHT - PADDING + 10 - len(source.lines) * em(source.size) * style.LEADING
    _write(paper, source, top, colour=style.QUIET)
    return top


def _unbroken(words: str) -> str:
    """Keep a date in one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _write(paper: Paper, block: Block, top: float, *, colour: str, bold: bool = False) -> float:
    """Write a block of lines below `top`; give the height at which it ends."""
    pitch = em(block.size) * style.LEADING
    for number, line in enumerate(block.lines):
        baseline = top + number * pitch + (pitch + em(block.size) * (style.ASCENT - style.DESCENT)) / 2
        paper.write((LEFT, baseline), line, block.size, colour=colour, bold=bold)
    return top + len(block.lines) * pitch


def _notes(answer: Answer) -> dict[str, str]:
    """Say in the file what the picture shows, and of when; unlike the ink, in any script, but in one line."""
    texts = {"Title": answer.title, "Description": answer.alt_text, "Creation Time": iso(answer.as_of)}
    notes = {key: " ".join(text.encode("utf-8", "replace").decode().split()) for key, text in texts.items()}
    return notes | {DATA: json.dumps(answer.as_json()["chart"], separators=(",", ":"))}
