"""The embedded readings are made by one command: from a folder, or from what is stored; it says what changed."""

import datetime as dt
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from analytics.analyst import Analyst
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.reading_kinds import CENSUS, PAPERS_ARCHIVE
from analytics.embedding.changed import say_change
from analytics.embedding.from_folder import keep_tags
from analytics.embedding.from_network import take_stored
from analytics.sample import embedded
from analytics.storage.readings import Reading

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
KEPT = embedded.read_embedded(embedded.CENSUS)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """To the last row."""
    embedded.write_embedded(tmp_path, "census", KEPT)

    assert embedded.from_text((tmp_path / "census.json").read_text(encoding="utf-8")) == KEPT


def test_what_changed_is_said(tmp_path: Path) -> None:
    """New, unchanged, of another day, by another rule, with other rows."""
    assert say_change(tmp_path, "census", KEPT).startswith("census: new, of 2024-09-20, the 9,715 most downloaded")
    embedded.write_embedded(tmp_path, "census", KEPT)

    assert say_change(tmp_path, "census", KEPT).startswith("census: unchanged, ")
    other = replace(KEPT, as_of=NOW, method="x", body=KEPT.body | {"total": 9})
    said = say_change(tmp_path, "census", other)
    assert f"of 2026-11-27 instead of 2024-09-20; counted by x instead of {KEPT.method}; 2 rows of total other" in said


def test_tags_that_cannot_bear_on_it_are_left_out() -> None:
    """Languages, licences and papers go; frameworks, types and bases stay."""
    tags = ("tf", "en", "pytorch", "bert", "license:mit", "base_model:a/b", "arxiv:1810.04805")

    assert keep_tags(tags) == ("tf", "pytorch", "bert", "base_model:a/b")


def test_what_is_stored_becomes_what_is_embedded(tmp_path: Path) -> None:
    """A census is of the whole Hub then; two lists a week apart are the week; without them there is none."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW)) as analyst:
        assert list(take_stored(analyst)) == []
        analyst.context.readings.add(Reading(CENSUS, "", NOW, "m", KEPT.body, KEPT.origins))
        papers = embedded.read_embedded(embedded.PAPERS)
        analyst.context.readings.add(Reading(PAPERS_ARCHIVE, "", NOW, "m", papers.body, papers.origins))
        for by, days in (("downloads", 0), ("downloads", 7), ("likes", 0)):
            models = tuple(Model(f"lab/m{number}", 9) for number in range(120))
            moment = NOW - dt.timedelta(days=days)
            read = TopList(Ranking(by), moment, models, 1000, complete=True, origin=KEPT.origins[0])
            analyst.context.top_lists.add(read, "m")
        made = dict(take_stored(analyst))

    assert set(made) == {"census", "papers", "likes", "week_before", "week_after"}
    assert made["census"].population == "all 9,715 models of the Hub"
    assert (made["week_after"].as_of - made["week_before"].as_of).days == 7
    assert len(made["likes"].body) == 100
