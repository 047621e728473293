"""A fresh process imports what its answer needs, and nothing that is only for other answers or other places."""

import datetime as dt
import subprocess
import sys
from contextlib import closing
from pathlib import Path

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
status = max(main(words.split()) for words in sys.argv[1:])
print("\\nIMPORTED", *sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(status)
"""
"""Asks each argument in turn as the program does, then names what was imported."""

WARM_UP = """
import sys
from pathlib import Path
from analytics.analyst import Analyst
Analyst(Path(sys.argv[1]), "http://127.0.0.1:9").warm_up()
print("IMPORTED", *sorted({name.partition(".")[0] for name in sys.modules}))
"""
"""Imports what a bot holds at rest."""

DRAWN = """
import sys
from pathlib import Path
import bot.app, bot.answer_forms
from analytics.analyst import Analyst
from analytics.charts import draw
from analytics.grammar import parse
analyst = Analyst(Path(sys.argv[1]), "http://127.0.0.1:9", seconds=0.2)
analyst.warm_up()
for words in sys.argv[2:]:
    answer = analyst.answer(parse(words))
    draw(answer)
    bot.answer_forms.native(answer, None)
print("IMPORTED", *sorted({name.partition(".")[0] for name in sys.modules}))
"""
"""Imports what a bot holds that has answered each argument, with its picture."""

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


def imported(home: Path, *questions: str) -> set[str]:
    """Run the program in a process of its own; give the packages it imported."""
    return look(home, LOOK, *questions)


def look(home: Path, script: str, *arguments: str) -> set[str]:
    """Run a script in a process of its own; give the packages it imported."""
    command = [sys.executable, "-c", script, *arguments]
    environment = settings("http://127.0.0.1:9", home)
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=120)
    return set(done.stdout.rpartition("IMPORTED ")[2].split())


def test_an_answer_from_stored_lists_imports_nothing_for_others(home: Path) -> None:
    """Neither a server's driver, nor what changes tables, draws, speaks to Slack or plays it."""
    assert imported(home, "top30") & set(ONLY_FOR_OTHERS) == set()


def test_the_commonest_questions_import_no_frames(tmp_path: Path) -> None:
    """In an empty folder and without the Hub, lists and models are told of without pandas and what it brings."""
    assert imported(tmp_path, *COMMONEST) & {"pandas", "pyarrow", "numpy"} == set()


def test_papers_import_no_frames(tmp_path: Path) -> None:
    """From the sample papers are told of without pandas and what it brings, in each form that is asked for."""
    assert imported(tmp_path, *PAPERS) & {"pandas", "pyarrow", "numpy"} == set()


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

    assert imported(tmp_path, *PAPERS_STORED) & {"pandas", "pyarrow", "numpy"} == set()


def test_a_picture_imports_no_axes(home: Path) -> None:
    """What draws areas, lines and words alone: a figure brings axes, projections, legends and three dimensions."""
    script = LOOK.replace('name.partition(".")[0]', "name")
    modules = look(home, script, f"top30 --chart {home / 'x.png'}")

    assert "matplotlib.backends.backend_agg" in modules
    assert modules & {"matplotlib.figure", "matplotlib.axes", "matplotlib.pyplot", "mpl_toolkits", "pandas"} == set()


def test_a_census_imports_no_frames_where_the_sample_stands_in(tmp_path: Path) -> None:
    """Its rows are few thousand, and plain."""
    assert imported(tmp_path, *OF_A_SAMPLE) & {"pandas", "pyarrow", "numpy"} == set()


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


def test_a_stored_census_imports_no_frames(counted: Path) -> None:
    """However it was kept."""
    assert imported(counted, *OF_A_CENSUS) & {"pandas", "pyarrow", "numpy"} == set()


def test_a_bot_asked_about_a_census_holds_no_frames(counted: Path) -> None:
    """A hundred megabytes are not taken when a census is asked about either, with every picture drawn."""
    held = look(counted, DRAWN, str(counted), *OF_A_CENSUS)
    assert held & {"pandas", "pyarrow"} == set()
    assert held >= {"bot", "matplotlib"}


def test_a_bot_at_rest_holds_no_frames(tmp_path: Path) -> None:
    """A hundred megabytes are not taken for nothing; a picture can be drawn."""
    held = look(tmp_path, WARM_UP, str(tmp_path))
    assert held & {"pandas", "pyarrow"} == set()
    assert "matplotlib" in held


def test_understanding_imports_no_tables(home: Path) -> None:
    """Who only asks how words are read waits for no database and no analysis."""
    assert imported(home, "understand top30") & {"pandas", "numpy", "alembic", "psycopg"} == set()
