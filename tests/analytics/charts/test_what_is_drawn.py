"""What stands on a picture: marks, counts and words; and what is refused rather than drawn wrongly."""

from collections import Counter

import pytest
from matplotlib.lines import Line2D

from analytics.charts import NothingToDraw, draw
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Band, Bands, Bar, Bars, Chart, Tile, Tiles
from analytics.domain.counts import Counts, Split
from tests.analytics.charts.drawings import (
    FIFTY,
    HUNDRED,
    SEVEN,
    THIRTY,
    THOUSAND,
    UNEVEN,
    an_answer,
    areas,
    bands,
    centre,
    figure,
    fills,
    is_on_a_tile,
    said,
    tiles,
    words,
)
from tests.analytics.charts.referee import find_collisions


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
        """Seven rows lie where the middle of ten lies, neither at the top nor at the bottom of their room."""
        seven, thirty = figure(SEVEN), figure(THIRTY)
        ends = [
            (areas(drawn, "tile 1")[0], areas(drawn, f"tile {rank}")[0]) for drawn, rank in [(seven, 7), (thirty, 10)]
        ]
        middles = [(centre(first)[1] + centre(last)[1]) / 2 for first, last in ends]

        assert abs(middles[0] - middles[1]) < 2

    def test_the_first_ten_have_their_names_beside_them(self) -> None:
        """Of a longer list too; the account stands in the table."""
        drawn = figure(an_answer(Tiles(tuple(Tile(n, Split.BOTH, name=f"lab/model-{n}") for n in range(1, 31)))))

        names = [text for text in said(drawn) if "model-" in text]
        assert names == [f"model-{n}" for n in range(1, 11)]

    def test_letters_repeat_the_colours(self) -> None:
        """A P for PyTorch and a T for TensorFlow, on the tiles and once more on the two samples that have each."""
        letters = Counter(said(figure(an_answer(tiles("PPPTBBN")))))

        assert (letters["P"], letters["T"]) == (3 + 2 + 2, 1 + 2 + 2)

    def test_assumed_tiles_show_it(self) -> None:
        """A verdict without proof is hatched in its colours, an unknown one hollow; both are dashed, with "?"."""
        drawn = figure(an_answer(tiles("PTBN", assumed=(1, 2, 3, 4))))
        pale = [fills(drawn, f"tile {rank}") for rank in (1, 2, 3, 4)]
        lines = [line for line in drawn.findobj(Line2D) if str(line.get_gid()).startswith("tile")]
        hatched = Counter(line.get_gid() for line in lines)
        edges = [line for line in lines if str(line.get_gid()).endswith("edge")]

        assert [hatched[f"tile {rank} hatch"] for rank in (1, 2, 3, 4)] == [1, 1, 2, 0]
        assert pale == [["#FBE4D3"], ["#D6E8F4"], ["#FBE4D3", "#D6E8F4"], ["#FFFFFF"]]
        assert len(edges) == 5
        assert all(line.is_dashed() for line in edges)
        assert sum(text in ("?", "T?") for text in said(drawn)) == 4 + 2
        assert {"of these assumed", "of these unknown"} <= set(said(drawn))

    def test_proven_tiles_promise_nothing_else(self) -> None:
        """Where nothing is assumed, no question mark and no word of it is on the picture."""
        assert not {"?", "of these assumed", "of these unknown"} & set(said(figure(an_answer(tiles("PTBN")))))

    def test_each_half_of_a_part_bears_its_own_number(self) -> None:
        """266 beside the 177 that are assumed of them would be read as theirs; both are in the series."""
        answer = an_answer(Bars((Bar("adapters", Counts(266, 0, 0, 200), unsure=Counts(177, 0, 0, 90)),)))

        assert {"P 89", "P? 177", "110", "? 90"} <= set(said(figure(answer)))
        told = {one.name: dict(one.points)["adapters"] for one in answer.series}
        assert (told["PyTorch only, proven"], told["PyTorch only, assumed"], told["neither, known"]) == (89, 177, 110)

    def test_a_bar_is_hatched_where_it_is_not_proven(self) -> None:
        """The assumed and the unknown stand at the end of their part, dashed, as long as they are many."""
        band = Band(1, 10, Counts(6, 0, 0, 4), Counts(3, 0, 0, 1))
        drawn = figure(an_answer(Bands((band,))))

        assert fills(drawn, "band 1") == ["#D55E00", "#FFFFFF"]
        assert fills(drawn, "unsure 1") == ["#FBE4D3", "#FFFFFF"]
        hatched = {str(line.get_gid()) for line in drawn.findobj(Line2D)}
        assert {name for name in hatched if name.endswith("hatch")} == {"unsure 1 hatch", "sample hatch"}
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
        assert "each bar = 100 %" in text

    def test_a_narrow_part_goes_without_a_label(self) -> None:
        """A count that does not fit its part is left to the totals: 1 of 1,000 gets a sliver and no digit."""
        drawn = figure(an_answer(bands(Counts(999, 1, 0, 0))))

        assert said(drawn).count("1") == 1
        assert fills(drawn, "band 1") == ["#D55E00", "#0072B2"]

    def test_a_legend_of_many_digits_stays_on_the_picture(self) -> None:
        """Then the assumed and the unknown stand in a third line, exact and of what they are."""
        bar = Bar("models", Counts(3_483_512, 102_344, 388_120, 345_671), unsure=Counts(488_123, 88_123, 0, 288_512))
        drawn = figure(an_answer(Bars((bar,))))

        assert find_collisions(drawn) == []
        assert {"of these assumed", "576,246", "of these unknown", "288,512"} <= set(said(drawn))

    def test_what_is_assumed_is_said_to_be_part_of_the_others(self) -> None:
        """Where “of these” has no room the legend says it shortly: its numbers would add up to more than there is."""
        text = set(said(figure(an_answer(tiles("P" * 20 + "B" * 20 + "N" * 10, assumed=(1, 2, 45))))))

        assert {"of these assumed", "incl. assumed"} & text
        assert {"of these unknown", "incl. unknown"} & text

    def test_a_count_keeps_clear_of_the_edge_of_its_part(self) -> None:
        """A hollow part has an edge: a count stands on it with more room at either side, or not at all."""
        for neither in range(50, 140, 5):
            drawn = figure(an_answer(Bars((Bar("models", Counts(1000, 0, 0, neither)),))))
            (part,) = [area.get_window_extent() for area in areas(drawn, "band 0") if area.get_facecolor()[2] == 1]
            on_it = [text.get_window_extent() for text in words(drawn) if part.contains(*centre(text))]
            assert all(part.x0 + 10 <= box.x0 and box.x1 <= part.x1 - 10 for box in on_it)

    @pytest.mark.parametrize(
        ("answer", "warning"), [(FIFTY, "SAMPLE, not live"), (THOUSAND, "STALE, the Hub did not answer")]
    )
    def test_old_numbers_say_so_at_the_top(self, answer: Answer, warning: str) -> None:
        """A sample or a stale reading wears a strip across its whole width, besides the source line."""
        drawn = figure(answer)

        assert warning in said(drawn)
        assert fills(drawn, "warning") == ["#F0E442"]
        assert not fills(figure(THIRTY), "warning")


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
