"""A fresh process imports what its answer needs, and nothing that is only for other answers or other places."""

import datetime as dt
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from analytics.analyst import Analyst
from analytics.attribution import METHOD
from analytics.census.cube import IDLE, LIBRARIES, faces, sums
from analytics.domain.reading_kinds import CENSUS, CENSUS_CUBE, CENSUS_SUMS
from analytics.storage.readings import Reading
from tests.analytics.answering.test_census_trend import a_cube
from tests.analytics.at_the_terminal import settings
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.programs import ended
from tests.reworded.stock import DAY, ORIGIN

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

LOOK = """
import sys
from analytics.__main__ import main
for questions in sys.argv[1:]:
    status = max(main(words.split()) for words in questions.splitlines())
    print("\\nIMPORTED", *sys.modules)
    assert status == 0, questions
"""
"""Asks the lines of each argument in turn as the program does; names after each what was imported so far."""

DRAW = """
from pathlib import Path
import bot.app, bot.answer_forms
from analytics.analyst import Analyst
from analytics.charts import draw
from analytics.grammar import parse
analyst = Analyst(Path(home), "http://127.0.0.1:9", seconds=0.2)
analyst.warm_up()
print("\\nIMPORTED", *sys.modules)
for words in sys.argv[1].splitlines():
    answer = analyst.answer(parse(words))
    draw(answer)
    bot.answer_forms.native(answer, None)
print("\\nIMPORTED", *sys.modules)
"""
"""Becomes a bot, and names what it holds at rest and once it has answered the first argument, with its pictures."""

ONLY_FOR_OTHERS = {
    "pandas": "what is embedded",
    "pyarrow": "collecting",
    "numpy": "a picture, and collecting",
    "psycopg": "a database on a server",
    "alembic": "tables that have to be changed",
    "matplotlib": "a picture",
    "slack_bolt": "Slack",
    "slack_sdk": "Slack",
    "aiohttp": "the playground",
    "PIL": "a picture",
}
"""What must not be imported by an answer from stored lists, and what it is for."""

COMMONEST = (
    "top30",
    "top1000 declared by likes",
    "top10 tensorflow only",
    "top30 reach",
    "model google-bert/bert-base-uncased",
    "compare openai-community/gpt2 google-bert/bert-base-uncased",
    "changes",
    "new in tensorflow",
    "share",
    "official",
)
"""Questions on lists and on single models: none of them groups millions."""

PAPERS = (
    "papers",
    "papers 2021Q4",
    "papers official per paper",
    "papers per repository",
    "papers archive --json",
    "papers csv",
)
"""Questions on papers that the sample answers too; a source has sixty quarters at most."""

PAPERS_STORED = (*PAPERS, "papers hub", "papers successor 2026Q2", "papers overlap")
"""What takes stored readings of the three sources, and again what does not."""


OF_A_SAMPLE = (
    *("totals", "totals all", "totals declared since 2022", "totals task fill-mask", "totals reach"),
    *("totals by downloads", "totals by library", "totals by licence"),
    *("trend", "trend declared", "trend by downloads"),
)
"""Questions on a whole census that the embedded sample answers, too."""

OF_A_CENSUS = (
    *("totals", "totals all", "totals task fill-mask", "totals dead", "totals by downloads", "totals by library"),
    *("trend", "trend all", "trend task fill-mask", "trend by downloads", "trend by downloads task fill-mask"),
)
"""The same of a stored one, and what only such a one answers."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which the list is stored and fresh, with tables as they are today."""
    folder = tmp_path_factory.mktemp("home")
    models = [model(f"org/m{i}", downloads=1000 - i, tags=["pytorch"]) for i in range(40)]
    with LoopbackHub(models) as hub:
        done = ended("analytics", "top30", folder=Path.cwd(), environment=settings(hub.endpoint, folder))
    assert done.returncode == 0
    return folder


def look(home: Path, *groups: Sequence[str], then: str = "") -> list[set[str]]:
    """Ask groups of questions in a process of its own; give the modules it had imported after each."""
    asked = ["\n".join(questions) for questions in groups]
    command = [sys.executable, "-c", f"home = {str(home)!r}\n{LOOK}{then}", *asked]
    environment = settings("http://127.0.0.1:9", home)
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=120)
    return [set(line.split()[1:]) for line in done.stdout.splitlines() if line.startswith("IMPORTED ")]


class Imported(NamedTuple):
    """What one process has imported after each thing it did, the least first: what it lacks then it lacked before."""

    understanding: set[str]
    listing: set[str]
    drawing: set[str]


@pytest.fixture(scope="module")
def from_lists(home: Path) -> Imported:
    """Understand words, answer from a stored list, draw it: an interpreter costs a second, so one does all three."""
    return Imported(*look(home, ["understand top30"], ["top30"], [f"top30 --chart {home / 'x.png'}"]))


def test_understanding_imports_no_tables(from_lists: Imported) -> None:
    """Who only asks how words are read waits for no database and no analysis."""
    assert from_lists.understanding & {"pandas", "numpy", "alembic", "psycopg"} == set()


def test_an_answer_from_stored_lists_imports_nothing_for_others(from_lists: Imported) -> None:
    """Neither a server's driver, nor what changes tables, draws, speaks to Slack or plays it."""
    assert from_lists.listing & set(ONLY_FOR_OTHERS) == set()


def test_a_picture_imports_no_axes(from_lists: Imported) -> None:
    """What draws areas, lines and words alone: a figure brings axes, projections, legends and three dimensions."""
    modules = from_lists.drawing

    assert "matplotlib.backends.backend_agg" in modules
    assert modules & {"matplotlib.figure", "matplotlib.axes", "matplotlib.pyplot", "mpl_toolkits", "pandas"} == set()


FROM_NOTHING = {"the commonest": COMMONEST, "papers": PAPERS, "a census": OF_A_SAMPLE}
"""What is asked in an empty folder and without the Hub."""


@pytest.fixture(scope="module")
def from_sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Ask in an empty folder and without the Hub; give what was imported after each kind of question."""
    looked = look(tmp_path_factory.mktemp("empty"), *FROM_NOTHING.values())
    return dict(zip(FROM_NOTHING, looked, strict=True))


@pytest.mark.parametrize("questions", FROM_NOTHING)
def test_what_the_sample_answers_imports_no_frames(from_sample: dict[str, set[str]], questions: str) -> None:
    """Lists, models, papers in each form and the thousands of rows of a census are told of without pandas."""
    assert "analytics.analyst" in from_sample[questions]
    assert from_sample[questions] & {"pandas", "pyarrow", "numpy"} == set()


def test_papers_that_were_collected_import_no_frames(tmp_path: Path) -> None:
    """From stored readings each source, and two that overlap, are told of without pandas and what it brings."""
    rows = {
        "papers_archive": [["pair", False, "2021Q4", "pytorch", 200], ["paper", True, "2021Q4", "tf", 200]],
        "papers_live": [["2026Q2", "(all)", 200], ["2026Q2", "PyTorch", 90]],
        "hub_papers": [["2021Q4", "both", 200]],
    }
    more = {"undated": 0, "future": 0, "missing": []}
    door = Analyst(tmp_path, "http://127.0.0.1:9")
    for kind, counted in rows.items():
        door.context.readings.add(Reading(kind, "", NOW, "rule", {"rows": counted} | more))
    door.close()

    assert look(tmp_path, PAPERS_STORED)[0] & {"pandas", "pyarrow", "numpy"} == set()


@pytest.fixture(params=[(), (IDLE, LIBRARIES)], ids=["as today", "as before"])
def counted(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give a folder with the censuses of two months; what is not kept apart is read out of their whole cubes."""
    missing: tuple[str, ...] = request.param
    with closing(Analyst(tmp_path, "http://127.0.0.1:9")) as analyst:
        for moment, originals in ((dt.datetime(2026, 10, 23, tzinfo=dt.UTC), 47), (DAY, 97)):
            body = a_cube(originals)
            kept = {name: face for name, face in faces(body).items() if name not in missing}
            for kind, told in {CENSUS_SUMS: sums(body), CENSUS_CUBE: body, CENSUS: kept}.items():
                analyst.context.readings.add(Reading(kind, "", moment, METHOD, told, (ORIGIN,)))
    return tmp_path


def test_no_census_brings_frames(counted: Path) -> None:
    """
    However it was kept, the terminal answers without; a bot holds none at rest nor with every picture drawn.

    Frames are a hundred megabytes.
    """
    terminal, resting, drawn = look(counted, OF_A_CENSUS, then=DRAW)

    assert terminal & {"pandas", "pyarrow", "numpy"} == set()
    assert drawn & {"pandas", "pyarrow"} == set()
    assert resting >= {"bot", "matplotlib"}
