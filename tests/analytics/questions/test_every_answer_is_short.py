"""Every question over every world: a finding of 25 words at most, a title of ten, one line of footnote, one caveat."""

from pathlib import Path

import pytest

from bot import answer_forms
from tests.analytics.charts.gallery import WORLDS, answer_all
from tests.analytics.questions.test_short_and_tagged import words


@pytest.mark.parametrize("world", WORLDS)
def test_what_stands_in_the_channel_is_short(world: str, tmp_path: Path) -> None:
    """Whatever is embedded, stored, real or extreme."""
    answers = dict(answer_all(world, tmp_path))

    assert len(answers) > 25
    for asked, answer in answers.items():
        first, *_, foot, _ = answer_forms.with_picture(answer, "F1", "U1").blocks
        lengths = words(answer.headline), words(answer.title)
        assert (lengths[0] <= 25, lengths[1] <= 10) == (True, True), (asked, answer.headline, answer.title)
        assert len(first["text"]["text"].splitlines()) == 1 + bool(answer.warning), asked
        assert "\n" not in foot["elements"][-1]["text"], asked
