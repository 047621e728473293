"""The file a picture travels in: its size, its words, its bytes, its name."""

import datetime as dt
import hashlib
import pickle
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from analytics.charts import draw, fingerprint
from analytics.domain.answer import Answer
from analytics.domain.requests import Definition, Top
from tests.analytics.charts.drawings import (
    ALL,
    FIFTY,
    HUNDRED,
    PICTURES,
    THIRTY,
    UNWELCOME,
    different_pixels,
    in_a_new_process,
    on_a_telephone,
    opened,
    texts_in,
    tiles,
    versions,
)


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

        assert {name: text[name] for name in text if name != "Data"} == {
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
