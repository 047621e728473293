"""A trend out of stored censuses: older ones too, and the downloads of the same repositories that are counted."""

import datetime as dt
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.census.cube import DIMENSIONS, MEASURES, faces, sums
from analytics.domain.answer import Answer
from analytics.domain.requests import ORIGINALS, Totals, Trend
from analytics.errors import NoSuchTask, NotCollected
from analytics.storage.readings import Reading
from tests.analytics.questions.test_totals import row
from tests.reworded.stock import DAY, ORIGIN

MONTH = dt.timedelta(days=31)
COLUMNS = [*DIMENSIONS, *MEASURES]


def a_cube(originals: int) -> dict[str, Any]:
    """Make a counted census: originals in PyTorch, three in TensorFlow, and as many copies in neither."""
    rows = [
        row("attributed", "pytorch_only", originals, quarter="2026Q3", task="fill-mask"),
        row("attributed", "tensorflow_only", 3, quarter="2026Q3", task="translation"),
        row("attributed", "neither", 100, quarter="2026Q3", task="fill-mask", derivative="quantised"),
    ]
    listed = [[one[name] for name in COLUMNS] for one in rows]
    return {"columns": COLUMNS, "rows": listed, "frameworks": {}, "reach": None, "total": 1}


def store(analyst: Analyst, moment: dt.datetime, originals: int, *, cube: bool = True, older: bool = False) -> None:
    """Store a census as the collector does; an older one was not kept by derivative, nor its quarters by it."""
    body = a_cube(originals)
    kept = faces(body)
    if older:
        at = kept["quarters"]["columns"].index("derivative")
        kept["quarters"] = {name: [*values] for name, values in kept["quarters"].items()}
        kept["quarters"]["columns"].pop(at)
        kept["quarters"]["rows"] = [[*one[:at], *one[at + 1 :]] for one in kept["quarters"]["rows"]]
    added = sums(body)
    added = {name: added[name] for name in added if not (older and name == ORIGINALS)}
    analyst.context.readings.add(Reading("hub_sums", "", moment, METHOD, added, (ORIGIN,)))
    if cube:
        analyst.context.readings.add(Reading("hub_cube", "", moment, METHOD, body, (ORIGIN,)))
    analyst.context.readings.add(Reading("census", "", moment, METHOD, kept, (ORIGIN,)))


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Ask on the day of the newest census, with no Hub."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", clock=lambda: DAY, seconds=0.2)
    yield analyst
    analyst.close()


def downloads(answer: Answer) -> list[tuple[str, float]]:
    """Give PyTorch's share of downloads."""
    return next(list(one.points) for one in answer.series if one.name == "PyTorch, share of downloads")


@pytest.mark.parametrize("older", [False, True], ids=["today's", "an older"])
def test_originals_are_told_of_a_census_however_it_was_kept(analyst: Analyst, older: bool) -> None:  # noqa: FBT001 - a case
    """An older census did not keep them by quarter: then its whole cube is read."""
    store(analyst, DAY, 97, older=older)

    assert "PyTorch has 97 of 100 new originals and fine-tunes" in analyst.answer(Trend()).headline
    assert "PyTorch has 97 of 200 new repositories" in analyst.answer(Trend(every=True)).headline


def test_an_older_census_without_a_cube_says_what_it_can_tell(analyst: Analyst) -> None:
    """The whole, and that is said."""
    store(analyst, DAY, 97, cube=False, older=True)

    with pytest.raises(NotCollected, match="“trend all” is answered from it"):
        analyst.answer(Trend())
    assert "PyTorch has 97 of 200" in analyst.answer(Trend(every=True)).headline


@pytest.mark.parametrize(
    ("request_", "shares"),
    [
        (Trend(), (47 / 50, 97 / 100)),
        (Trend(every=True), (47 / 150, 97 / 200)),
        (Trend(task="translation"), (0, 0)),
        (Trend(task="fill-mask", every=True), (47 / 147, 97 / 197)),
    ],
)
@pytest.mark.parametrize("older", [False, True], ids=["today's", "an older"])
def test_the_share_of_downloads_is_of_what_is_counted(
    analyst: Analyst, request_: Trend, shares: tuple[float, ...], *, older: bool
) -> None:
    """Not that of all models beside a count of originals; where it was not added up then, the census is read."""
    store(analyst, DAY - MONTH, 47, older=older)
    store(analyst, DAY, 97)

    told = dict(downloads(analyst.answer(request_)))

    assert told == {"2026-10": pytest.approx(shares[0]), "2026-11": pytest.approx(shares[1])}


@pytest.mark.parametrize(
    ("request_", "error", "said"),
    [
        (Trend(task="text-to-image"), NotCollected, "keeps its 2 most frequent tasks apart"),
        (Trend(task="fill-mas"), NoSuchTask, "fill-mas"),
    ],
)
def test_a_task_that_is_not_kept_is_refused(
    analyst: Analyst, request_: Trend, error: type[Exception], said: str
) -> None:
    """With the reason."""
    store(analyst, DAY, 97)

    with pytest.raises(error, match=said):
        analyst.answer(request_)


def test_of_a_whole_cube_the_rows_of_a_task_alone_are_held(analyst: Analyst) -> None:
    """Of forty thousand rows, as the cube of the Hub has: held at once they left 65 MB in a bot, and peaks of 120."""
    store(analyst, DAY, 97, cube=False)
    body = a_cube(97)
    other = {"task": "translation", "quarter": "2026Q3"}
    many = [row("attributed", "neither", number, **other, library=f"l{number}") for number in range(40_000)]
    body["rows"] += [[one[name] for name in COLUMNS] for one in many]
    analyst.context.readings.add(Reading("hub_cube", "", DAY, METHOD, body, (ORIGIN,)))
    analyst.answer(Trend(task="fill-mask"))  # imports what it takes
    tracemalloc.start()
    told = analyst.answer(Trend(task="fill-mask"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "PyTorch has 97 of 97 new fill-mask" in told.headline
    assert most < 20_000_000


def test_what_has_no_task_of_its_own_is_none_of_those_kept_apart(analyst: Analyst) -> None:
    """Neither the rest nor what names none."""
    tasks = ("fill-mask", "(other)", "(none)")
    rows = [row("attributed", "both", 5, quarter="2026Q3", task=task) for task in tasks]
    kept = {"columns": COLUMNS, "rows": [[one[name] for name in COLUMNS] for one in rows]}
    census = {"quarters": kept, "tasks": kept, "frameworks": {}, "total": 15}
    analyst.context.readings.add(Reading("census", "", DAY, METHOD, census, (ORIGIN,)))

    with pytest.raises(NotCollected, match="keeps its 1 most frequent task apart"):
        analyst.answer(Totals(task="translation"))


def test_a_task_of_copies_alone_names_the_way_on(analyst: Analyst) -> None:
    """No original of the task, and what counts the others."""
    body = {"columns": COLUMNS, "rows": []}
    rows = [row("attributed", "neither", 5, quarter="2026Q3", task="fill-mask", derivative="adapter")]
    kept = {"columns": COLUMNS, "rows": [[one[name] for name in COLUMNS] for one in rows]}
    analyst.context.readings.add(Reading("hub_cube", "", DAY, METHOD, kept, (ORIGIN,)))
    census = {"quarters": kept, "tasks": kept, "frameworks": {}, "reach": body, "total": 5}
    analyst.context.readings.add(Reading("census", "", DAY, METHOD, census, (ORIGIN,)))

    with pytest.raises(NotCollected, match="“trend all task fill-mask” counts copies and adapters too"):
        analyst.answer(Trend(task="fill-mask"))
