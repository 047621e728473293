"""A selection out of a census is kept: the same question gives the same answer when the census's file is gone."""

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Any

from analytics.analyst import Analyst
from analytics.answering.framework_list_cache import choose
from analytics.attribution import METHOD
from analytics.census.census_files import cache_of
from analytics.domain.observations import Model, Ranking, Selection, TopList
from analytics.domain.reading_kinds import CENSUS as CENSUS_KIND
from analytics.domain.requests import Top
from analytics.sample.embedded import CENSUS, read_embedded
from analytics.storage.readings import Reading

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ASKED = Top(2, framework="TensorFlow")
KEPT = read_embedded(CENSUS)


def give_two(*_: Any) -> Selection:
    """Select two models, whoever asks: what a census holds is not the claim."""
    models = (Model("lab/one", 9, tags=("tf",)), Model("lab/two", 8, tags=("tf", "pytorch")))
    found = TopList(Ranking(), NOW, models, 1000, complete=False, origin=KEPT.origins[0])
    return Selection(found, (3, 7), 50, 1, (0, 1))


def test_what_was_selected_is_given_again_without_the_file(tmp_path: Path) -> None:
    """Models, ranks among all, how many may be among them, and by which rule names were told."""
    do_heavy: Any = give_two
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW, do_heavy=do_heavy)) as analyst:
        analyst.context.readings.add(Reading(CENSUS_KIND, "", NOW, METHOD, KEPT.body, KEPT.origins))
        file = cache_of(tmp_path, NOW)
        file.parent.mkdir(parents=True)
        file.touch()
        first = choose(ASKED, analyst.context, None)
        file.unlink()

        assert first is not None
        assert first.selection.ranks == (3, 7)
        assert choose(ASKED, analyst.context, None) == first
