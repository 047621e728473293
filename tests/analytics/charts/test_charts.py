"""The picture of an answer: what is on it, that all of it can be read, and that it is the same every time."""

import datetime as dt
import hashlib
import io
import os
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib as mpl
import PIL
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.text import Text
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from analytics.charts import NothingToDraw, draw, figure, fingerprint
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Band, Bands, Chart, Tile, Tiles
from analytics.domain.counts import Counts, Split
from analytics.domain.requests import Definition, Top

ROOT = Path(__file__).parents[3]
PICTURES = Path(__file__).parent / "pictures"

LETTERS = {"P": Split.PYTORCH_ONLY, "T": Split.TENSORFLOW_ONLY, "B": Split.BOTH, "N": Split.NEITHER}


def tiles(splits: str, assumed: tuple[int, ...] = ()) -> Tiles:
    """Make tiles from one letter a model, "PPB"."""
    return Tiles(tuple(Tile(rank, LETTERS[split], rank in assumed) for rank, split in enumerate(splits, 1)))


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


class TestWhatIsDrawn:
    """Tiles and bars show what the chart says, each count by two marks and a number."""

    def test_tiles_wear_the_colours_of_their_split(self) -> None:
        """A tile is orange, blue, both at once or hollow."""
        drawn = figure(an_answer(tiles("PTBN")))

        assert [fills(drawn, f"tile {rank}") for rank in (1, 2, 3, 4)] == [
            ["#D55E00"],
            ["#0072B2"],
            ["#D55E00", "#0072B2"],
            ["#FFFFFF"],
        ]

    def test_as_many_tiles_as_models(self) -> None:
        """Thirty models are thirty tiles: nineteen orange, none blue, nine both, two hollow; three are diluted."""
        drawn = figure(THIRTY)
        looks = Counter(tuple(fills(drawn, f"tile {rank}")) for rank in range(1, 31))

        assert looks == {
            ("#D55E00",): 16,
            ("#FBE4D3",): 3,
            ("#D55E00", "#0072B2"): 9,
            ("#FFFFFF",): 2,
        }

    def test_ranks_stand_on_their_tiles(self) -> None:
        """Every rank is written once, inside the tile of that model, whatever the order they came in."""
        answer = an_answer(Tiles(tuple(reversed(THIRTY.chart.tiles))) if isinstance(THIRTY.chart, Tiles) else None)
        drawn = figure(answer)

        for rank in range(1, 31):
            (number,) = [text for text in words(drawn) if text.get_text() == str(rank) and is_on_a_tile(text)]
            ground = areas(drawn, f"tile {rank}")[0]
            assert ground.get_window_extent().contains(*centre(number))

    def test_few_tiles_stand_in_the_middle(self) -> None:
        """One row lies where the middle of three rows lies, neither at the top nor at the bottom of its room."""
        seven, thirty = figure(SEVEN), figure(THIRTY)
        middles = [centre(areas(drawn, f"tile {rank}")[0])[1] for drawn, rank in [(seven, 4), (thirty, 15)]]

        assert abs(middles[0] - middles[1]) < 2

    def test_letters_repeat_the_colours(self) -> None:
        """A P for PyTorch and a T for TensorFlow, on the tiles and once more on the two samples that have each."""
        letters = Counter(said(figure(an_answer(tiles("PPPTBBN")))))

        assert (letters["P"], letters["T"]) == (3 + 2 + 2, 1 + 2 + 2)

    def test_assumed_tiles_show_it(self) -> None:
        """A verdict without proof is pale, dashed, marked with "?" and explained."""
        drawn = figure(an_answer(tiles("PTBN", assumed=(1, 2, 3, 4))))
        pale = [fills(drawn, f"tile {rank}") for rank in (1, 2, 3, 4)]
        edges = [line for line in drawn.lines if str(line.get_gid()).startswith("tile")]

        assert pale == [["#FBE4D3"], ["#D6E8F4"], ["#FBE4D3", "#D6E8F4"], ["#FFFFFF"]]
        assert all(line.is_dashed() for line in edges)
        assert said(drawn).count("?") == 4 + 2
        assert {"of these assumed", "of these unknown"} <= set(said(drawn))

    def test_proven_tiles_promise_nothing_else(self) -> None:
        """Where nothing is assumed, no question mark and no word of it is on the picture."""
        assert not {"?", "of these assumed", "of these unknown"} & set(said(figure(an_answer(tiles("PTBN")))))

    def test_a_bar_is_pale_where_it_is_not_proven(self) -> None:
        """The assumed and the unknown stand at the end of their part, dashed, as long as they are many."""
        band = Band(1, 10, Counts(6, 0, 0, 4), Counts(3, 0, 0, 1))
        drawn = figure(an_answer(Bands((band,))))

        assert fills(drawn, "band 1") == ["#D55E00", "#FFFFFF"]
        assert fills(drawn, "unsure 1") == ["#FBE4D3", "#FFFFFF"]
        assert {"of these assumed", "of these unknown"} <= set(said(drawn))

    @pytest.mark.parametrize("answer", [THIRTY, HUNDRED], ids=["tiles", "bands"])
    def test_counts_are_written_out(self, answer: Answer) -> None:
        """Beneath either form stand the four counts with their names, a zero included."""
        text = said(figure(answer))
        labels = ["PyTorch only", "TensorFlow only", "both", "neither"]
        expected = ["19", "0", "9", "2"] if answer is THIRTY else ["70", "4", "18", "8"]

        assert [text[text.index(label) + 1] for label in labels] == expected

    def test_bars_are_whole(self) -> None:
        """Each bar is as long as the next and its parts follow the fixed order, whatever the number of models."""
        drawn = figure(UNEVEN)
        parts = [areas(drawn, f"band {first}") for first in (1, 11, 101)]
        ends = {(round(bar[0].get_window_extent().x0), round(bar[-1].get_window_extent().x1)) for bar in parts}

        assert len(ends) == 1
        assert fills(drawn, "band 11") == ["#D55E00", "#D55E00", "#0072B2", "#0072B2", "#FFFFFF"]

    def test_parts_are_proportional(self) -> None:
        """Three quarters of a bar are three quarters of its length, to two pixels."""
        drawn = figure(an_answer(bands(Counts(45, 15, 0, 0))))
        pytorch, tensorflow = [area.get_window_extent() for area in areas(drawn, "band 1")]

        assert pytorch.width / (pytorch.width + tensorflow.width) == pytest.approx(0.75, abs=0.002)

    def test_bars_say_what_they_are_shares_of(self) -> None:
        """Ranks at the left, the number of models at the right, counts with a letter on the parts with room."""
        text = said(figure(UNEVEN))

        assert {"1–10", "11–100", "101–1,000", "10", "90", "900", "P 700", "100"} <= set(text)
        assert "each bar: all models of its ranks = 100 %" in text

    def test_a_narrow_part_goes_without_a_label(self) -> None:
        """A count that does not fit its part is left to the totals: 1 of 1,000 gets a sliver and no digit."""
        drawn = figure(an_answer(bands(Counts(999, 1, 0, 0))))

        assert said(drawn).count("1") == 1
        assert fills(drawn, "band 1") == ["#D55E00", "#0072B2"]

    @pytest.mark.parametrize(
        ("answer", "warning"), [(FIFTY, "SAMPLE, not live"), (THOUSAND, "STALE, the Hub did not answer")]
    )
    def test_old_numbers_say_so_at_the_top(self, answer: Answer, warning: str) -> None:
        """A sample or a stale reading wears a strip across its whole width, besides the source line."""
        drawn = figure(answer)

        assert warning in said(drawn)
        assert fills(drawn, "warning") == ["#F0E442"]
        assert not fills(figure(THIRTY), "warning")


class TestLegibility:
    """Every word can be read, whatever names and titles bring along."""

    @ALL
    def test_nothing_overlaps_or_is_cut(self, answer: Answer) -> None:
        """No text touches another or an edge, and none is smaller than 10 points, with long lines or with short."""
        for scope in (answer.scope, LONG_SCOPE):
            drawn = figure(replace(answer, scope=scope))

            assert crowding(drawn) <= 0
            assert is_inside(drawn)
            assert min(size(text) for text in words(drawn)) >= 10

    @given(title=st.text("abcdefg hij KLM $^_{}\\ 0123456789,.-", min_size=5, max_size=200))
    @settings(max_examples=40, deadline=None)
    def test_titles_of_any_length_fit(self, title: str) -> None:
        """A title takes two lines at most, of 15 points or more, stays on the picture and loses nothing but its end."""
        drawn = figure(replace(THIRTY, title=title))
        lines = [text for text in words(drawn) if size(text) >= 15 and not is_on_a_tile(text)]

        shown, given = ("".join(text.split()) for text in ("".join(line.get_text() for line in lines), title))

        assert len(lines) <= 2
        assert shown == given or (shown.endswith("…") and given.startswith(shown[:-1]))
        assert is_inside(drawn)
        assert crowding(drawn) <= 0

    @given(odd=st.text(st.characters(), max_size=80))
    @settings(max_examples=30, deadline=None)
    def test_odd_characters_do_no_harm(self, odd: str) -> None:
        """Whatever a name or a title is made of, it is drawn, without a warning; towering accents may graze a line."""
        drawn = figure(replace(THIRTY, title=f"a {odd}", scope=f"{odd} b"))
        drawn.canvas.draw()

        assert is_inside(drawn)
        assert crowding(drawn) <= 20

    def test_what_the_font_lacks_is_shown_as_a_box(self) -> None:
        """Chinese and emoji become □, line breaks spaces; what steers direction or hangs on a letter goes."""
        drawn = figure(replace(THIRTY, title="模型 🤗\n$x$ by e\u0301ric\u202e z\u0336\x00a"))

        assert said(drawn)[0] == "□□ □ $x$ by éric z a"

    def test_dollars_are_dollars(self) -> None:
        """Text between dollar signs is not read as a formula."""
        title = next(
            text for text in words(figure(replace(THIRTY, title="a $\\frac{1}{2}$ b"))) if "$" in text.get_text()
        )

        assert title.get_text() == "a $\\frac{1}{2}$ b"
        assert title.get_parse_math() is False

    def test_a_long_title_shrinks_before_it_is_cut(self) -> None:
        """Eighty letters are set smaller and stay whole; two hundred end in an ellipsis."""
        eighty = "PyTorch is available in twenty-eight of the top thirty models, TensorFlow in nine"
        whole, cut = (figure(replace(THIRTY, title=title)) for title in (eighty, "many models " * 17))

        assert " ".join(said(whole)[:2]) == eighty
        assert 15 <= size(words(whole)[0]) < 18
        assert said(cut)[1].endswith("…")

    @pytest.mark.parametrize(
        ("title", "lines"),
        [
            ("PyTorch in 93 of the top 100, TensorFlow in 19", ["PyTorch in 93 of the top 100,", "TensorFlow in 19"]),
            ("The top model is in both PyTorch and TensorFlow", ["The top model is in both", "PyTorch and TensorFlow"]),
            ("Thirty models of automatic-speech-recognition", ["Thirty models of automatic-speech-", "recognition"]),
        ],
        ids=["at a comma", "evenly", "at a hyphen"],
    )
    def test_a_title_breaks_where_one_pauses(self, title: str, lines: list[str]) -> None:
        """Two lines of a title part at a comma, or else are about equally long: none ends in a lonely word."""
        assert said(figure(replace(THIRTY, title=title)))[:2] == lines

    def test_a_long_subtitle_keeps_its_date(self) -> None:
        """When the scope is too long it is cut, and the day still stands at the end."""
        drawn = figure(replace(THIRTY, scope="author " + "x" * 300))

        assert " ".join(said(drawn)[2:4]).endswith("x… · 22 Aug 2026")

    def test_a_task_may_break_at_its_hyphens(self) -> None:
        """A long subtitle is broken where a task has a hyphen, so that nothing of it is lost."""
        drawn = figure(replace(THIRTY, scope=LONG_SCOPE))

        assert f"{said(drawn)[2]}{said(drawn)[3]}" == f"{LONG_SCOPE} · 22 Aug 2026"


class TestRefusals:
    """A picture that would be empty, crowded or wrong is not drawn."""

    @pytest.mark.parametrize(
        "chart",
        [None, Tiles(()), Bands(()), tiles("P" * 51), bands(*[Counts(1)] * 11), bands(Counts(3), Counts())],
        ids=["none", "no tiles", "no bands", "51 tiles", "11 bands", "an empty band"],
    )
    def test_there_is_no_empty_picture(self, chart: Chart | None) -> None:
        """What holds nothing, or more than can be read, is refused and never drawn blank."""
        with pytest.raises(NothingToDraw):
            draw(an_answer(chart))

    def test_negative_counts_are_refused(self) -> None:
        """Fewer than no models cannot be drawn."""
        with pytest.raises(NothingToDraw, match="fewer than none"):
            draw(an_answer(Bands((Band(1, 10, Counts(11, -1)),))))

    def test_counts_that_differ_from_the_chart_are_refused(self) -> None:
        """A picture that contradicts the answer it goes with is not drawn."""
        with pytest.raises(NothingToDraw, match="the answer says PyTorch only 4"):
            draw(an_answer(tiles("PPP"), counts=Counts(4)))


class TestTheFile:
    """The bytes are few, the same every time, and carry their own description."""

    @ALL
    def test_it_is_a_small_png_of_the_agreed_size(self, answer: Answer) -> None:
        """1200 x 800 pixels at 200 dpi in less than 100 kB."""
        file = draw(answer)
        picture = opened(file)

        assert (picture.format, picture.size) == ("PNG", (1200, 800))
        assert round(picture.info["dpi"][0]) == 200
        assert len(file) < 100_000

    def test_colours_come_out_to_the_last_bit(self) -> None:
        """Paper, ink and the hues of the split are in the file exactly as they are in the style."""
        colours = {colour for _, colour in opened(draw(FIFTY)).convert("RGB").getcolors(1200 * 800) or ()}
        style = ("FFFFFF", "1D1C1D", "D55E00", "0072B2", "767676", "FBE4D3", "D6E8F4", "F0E442")

        assert {tuple(bytes.fromhex(colour)) for colour in style} <= colours

    def test_the_words_travel_inside(self) -> None:
        """The file says what it shows and of when, in any script, and not what drew it."""
        text = texts_in(draw(replace(THIRTY, headline="模型 28")))

        assert text == {
            "Title": "PyTorch is in 28 of the top 30 models, TensorFlow in 9",
            "Description": replace(THIRTY, headline="模型 28").alt_text,
            "Creation Time": "2026-08-22T01:15:00Z",
        }

    @pytest.mark.parametrize("answer", [THIRTY, HUNDRED], ids=["tiles", "bands"])
    def test_every_thread_draws_the_same_bytes(self, answer: Answer) -> None:
        """Eight threads at once draw what one drew before."""
        with ThreadPoolExecutor(8) as pool:
            drawn = set(pool.map(draw, [answer] * 8))

        assert drawn == {draw(answer)}

    def test_another_process_draws_the_same_bytes(self, tmp_path: Path) -> None:
        """A new process draws the same, though its user has told matplotlib to draw otherwise, and without pyplot."""
        settings_file = tmp_path / "matplotlibrc"
        settings_file.write_text(UNWELCOME)
        code = (
            "import pickle, sys; from analytics.charts import draw; "
            "sys.stdout.buffer.write(draw(pickle.load(sys.stdin.buffer))); "
            "assert 'matplotlib.pyplot' not in sys.modules"
        )

        drawn = in_a_new_process(code, pickle.dumps(THIRTY), {"MATPLOTLIBRC": str(settings_file)})

        assert hashlib.sha256(drawn).hexdigest() == hashlib.sha256(draw(THIRTY)).hexdigest()

    @pytest.mark.parametrize(("name", "answer"), [("tiles", THIRTY), ("bands", HUNDRED)])
    def test_it_looks_as_it_did(self, name: str, answer: Answer, tmp_path: Path) -> None:
        """
        The picture is the pinned one, as a telephone shows it.

        If a change is meant: look at the new picture, then copy it from the path in the message over the pinned one.
        Other versions of the libraries draw letters a little differently: who renews the locks looks at both, too.
        """
        path = tmp_path / f"{name}.png"
        on_a_telephone(draw(answer)).save(path, pnginfo=versions())
        now, pinned = Image.open(path), Image.open(PICTURES / f"{name}.png")
        assert now.info["Software"] == pinned.info["Software"], f"look at both; if they are alike: cp {path} {PICTURES}"
        assert different_pixels(now, pinned) < 10, f"it differs; if that is meant: cp {path} {PICTURES}"


class TestFingerprint:
    """A picture has a name by which it can be kept and found again."""

    def test_it_is_stable(self) -> None:
        """Equal answers have one name, also in another process, and it suits a file."""
        code = (
            "import pickle, sys; from analytics.charts import fingerprint; "
            "print(fingerprint(pickle.load(sys.stdin.buffer)))"
        )
        elsewhere = in_a_new_process(code, pickle.dumps(THIRTY)).decode().strip()

        assert fingerprint(replace(THIRTY)) == elsewhere
        assert elsewhere.isalnum()

    @pytest.mark.parametrize(
        "change",
        [
            {"title": "Another finding"},
            {"scope": "Likes of all time, top 30 models"},
            {"as_of": THIRTY.as_of + dt.timedelta(minutes=1)},
            {"definition": Definition.DECLARED},
            {"sample": True},
            {"chart": tiles("P" * 30)},
            {"headline": "Other alternative text"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_it_changes_with_what_is_drawn(self, change: Mapping[str, Any]) -> None:
        """Whatever shows in the picture or travels in the file makes another name."""
        assert fingerprint(replace(THIRTY, **change)) != fingerprint(THIRTY)

    def test_it_ignores_what_is_not_drawn(self) -> None:
        """Answers that differ only beside the picture share one."""
        assert fingerprint(
            replace(THIRTY, request=Top(by="likes"), doubts=("Downloads are not users",))
        ) == fingerprint(THIRTY)


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
