"""What alerts read of one model and of the official collections; what is missing is no reading."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from analytics.alerts.alert_rules import CollectionChange, ModelChange, Observed, Presence, ShareMove, Unobserved, judge
from analytics.alerts.alert_sentences import say, say_start
from analytics.analyst import Analyst
from analytics.answering.alert_evidence import ENDED, AlertEvidence
from analytics.attribution import METHOD as RULE_VERSION
from analytics.catalogues.stored_counts import METHOD
from analytics.domain.reading_kinds import MODEL, OFFICIAL
from analytics.errors import NoSuchModel
from analytics.storage.readings import Reading
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.reworded.stock import top_list

START = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
RULE = ModelChange("lab/m")


@dataclass
class Readings:
    """A Hub with one model, and what is read and kept of it; its clock is moved by hand."""

    hub: LoopbackHub
    home: Path
    now: dt.datetime = START

    def __post_init__(self) -> None:
        self.analyst = Analyst(self.home, self.hub.endpoint, clock=lambda: self.now)
        self.evidence = AlertEvidence(self.analyst.context)

    def count_collections(self, states: dict[str, str] | None, number: int = 50) -> None:
        """Keep counts of PyTorch Hub, with how it stood where that was noted."""
        count = {"number": number, "version": "1", "counted": "2026-11-23", "names": ()}
        entry = {"now": count, "then": count | {"number": 47}, "trouble": ""}
        body: dict[str, Any] = {"collections": {"pytorch_hub": entry}} | ({"states": states} if states else {})
        assert self.analyst.context.readings.add(Reading(OFFICIAL, "", self.now, METHOD, body))


@pytest.fixture
def readings(tmp_path: Path) -> Iterator[Readings]:
    """Give a model in PyTorch."""
    with LoopbackHub([model("lab/m", siblings=["pytorch_model.bin"])]) as hub:
        readings = Readings(hub, tmp_path)
        with closing(readings.analyst):
            yield readings


def test_a_model_that_gains_files_of_tensorflow_fires(readings: Readings) -> None:
    """It is read anew once a day, and told with both days."""
    start = readings.evidence.begin(RULE)
    assert isinstance(start, Observed)
    readings.hub.models[:] = [model("lab/m", siblings=["pytorch_model.bin", "tf_model.h5"])]
    readings.now += DAY + dt.timedelta(hours=1)
    readings.evidence.refresh(RULE)
    judged = judge(RULE, start, start, readings.evidence.observe(RULE))

    assert judged.is_news
    said = say(RULE, judged)
    assert said == (
        "The model lab/m comes in PyTorch and TensorFlow on 24 Nov 2026; "
        "it was: the model lab/m comes in PyTorch (23 Nov 2026)."
    )


def test_a_model_that_is_gone_is_no_reading_of_now(readings: Readings) -> None:
    """Not normal: for two days the last reading counts, then nothing can be told."""
    readings.evidence.begin(RULE)
    readings.hub.models.clear()
    readings.now += 3 * DAY
    readings.evidence.refresh(RULE)

    assert isinstance(readings.evidence.observe(RULE), Unobserved)


def test_a_model_that_became_private_is_no_reading_whoever_may_ask_for_it(readings: Readings) -> None:
    """Its channel would read what its owner alone may."""
    readings.evidence.begin(RULE)
    context = replace(readings.analyst.context, shows_private=True)
    open_one = context.readings.newest(MODEL, "lab/m")
    assert open_one
    readings.now += DAY
    context.readings.add(replace(open_one, as_of=readings.now, body=open_one.body | {"private": True}))

    assert isinstance(AlertEvidence(context).observe(RULE), Unobserved)


def test_a_model_that_is_not_there_begins_nothing(readings: Readings) -> None:
    """Its name is no alert's."""
    with pytest.raises(NoSuchModel):
        readings.evidence.begin(ModelChange("lab/nothing"))


def test_a_collection_that_stands_otherwise_fires(readings: Readings) -> None:
    """By what was noted with each count."""
    rule = CollectionChange("pytorch_hub", "PyTorch Hub")
    readings.count_collections({"pytorch_hub": "active"})
    start = readings.evidence.observe(rule)
    assert isinstance(start, Observed)
    readings.now += 7 * DAY
    readings.count_collections({"pytorch_hub": "frozen, no new page"})
    judged = judge(rule, start, start, readings.evidence.observe(rule))

    assert say(rule, judged) == "PyTorch Hub is frozen, no new page, it was active (23 Nov 2026 to 30 Nov 2026)."


def test_an_emptied_collection_has_ended_and_one_without_a_note_is_not_known(readings: Readings) -> None:
    """An older version kept no states: that is no reading, and no normal."""
    readings.count_collections(None)
    assert isinstance(readings.evidence.observe(CollectionChange()), Unobserved)
    readings.now += DAY
    readings.count_collections({"pytorch_hub": "active"}, number=0)

    found = readings.evidence.observe(CollectionChange())
    assert isinstance(found, Observed)
    assert found.value == {"PyTorch Hub": ENDED}


def test_without_a_census_nothing_is_said_of_all_models(readings: Readings) -> None:
    """The sample stands for no reading."""
    assert isinstance(readings.evidence.begin(ShareMove("PyTorch", None, Fraction(1))), Unobserved)


def test_a_count_that_was_just_read_is_told_with_its_range(readings: Readings) -> None:
    """What is assumed and unknown stands behind it; of what was kept of the start there is one number."""
    rule = Presence("PyTorch", 30)
    readings.analyst.context.top_lists.add(top_list(START, 0), RULE_VERSION)
    start = readings.evidence.observe(rule)
    assert isinstance(start, Observed)

    assert say_start(rule, start) == ("Now: PyTorch is in 22 of the top 30, 14 proven, at most 22 (23 Nov 2026).")
    fired = say(rule, judge(rule, Observed(START, [0, 30]), Observed(START, [0, 30]), start))
    assert fired.startswith("PyTorch is in 22 of the top 30, 14 proven, at most 22, on 23 Nov 2026; it was: ")
