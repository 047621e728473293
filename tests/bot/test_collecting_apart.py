"""What is large is collected in a child process: its memory ends with it, its end is told, and no child is left."""

import datetime as dt
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.analyst import Analyst, analyst_of, utc_now
from analytics.answering.freshness import freshness
from analytics.domain.collectors import Collector
from analytics.domain.reading_kinds import CENSUS
from analytics.domain.staleness import DAY, WEEK
from analytics.errors import SourceError
from bot.collecting import Collecting
from bot.collecting_apart import CollectedApart, CollectingStopped, CollectionBroken, environment_of
from bot.config import Settings
from tests.analytics.census.hubs import items, parquet, serving
from tests.few_certificates import FEW_CERTIFICATES
from tests.loopback.hub import LoopbackHub

PATIENCE = 30
OUT_OF_REACH = "http://127.0.0.1:9"
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).parents[2]), **FEW_CERTIFICATES}
SPEAK = "import json, os, signal, sys, time\ndef say(**words): print(json.dumps(words), flush=True)\n"
"""What begins the program of a child that we wrote ourselves."""

UNKNOWN = "the process that read it said what this version does not know; if it was upgraded meanwhile, restart the bot"

Begin = Callable[..., CollectedApart]


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve a daily snapshot of today."""
    models = items(1200, until=utc_now())
    with serving(models, daily=parquet(models)) as running:
        running.renewed = f"{utc_now() - dt.timedelta(hours=1):%Y-%m-%dT%H:%M:%S.000Z}"
        yield running


@pytest.fixture
def settings(tmp_path: Path, hub: LoopbackHub) -> Settings:
    """Give those of a bot with a token, none of which the environment has."""
    return Settings(_env_file=None, frameworks_home=tmp_path, hf_endpoint=hub.endpoint, hf_token="hf_of_ours")


@pytest.fixture
def analyst(settings: Settings) -> Iterator[Analyst]:
    """Open the folder as a bot does."""
    opened = analyst_of(settings)
    yield opened
    opened.close()


@pytest.fixture
def child_of(analyst: Analyst, settings: Settings) -> Begin:
    """Give who collects in a child that runs these lines instead of ours."""
    return lambda lines: CollectedApart(analyst, settings, (sys.executable, "-c", SPEAK + lines), ENVIRONMENT)


def collecting(analyst: Analyst, runner: CollectedApart) -> Collecting:
    """Collect the census alone."""
    return Collecting(analyst, rhythms={Collector.CENSUS: WEEK}, runner=runner)


def test_a_census_is_collected_and_this_process_holds_nothing_of_it(settings: Settings, analyst: Analyst) -> None:
    """A bot in a process of its own has no pandas, pyarrow or DuckDB afterwards, and the census is in the store."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom analytics.analyst import analyst_of\n"
        "from analytics.domain.collectors import Collector\n"
        "from bot.collecting_apart import CollectedApart\nfrom bot.config import Settings\n"
        "settings = Settings(_env_file=None, frameworks_home=Path(sys.argv[1]), hf_endpoint=sys.argv[2])\n"
        "told, apart = [], CollectedApart(analyst_of(settings), settings)\n"
        "print(*apart.run(Collector.CENSUS, lambda *word: told.append(word)))\n"
        "print([name for name in ('pandas', 'pyarrow', 'duckdb') if name in sys.modules])\n"
        "print(any(len(word) == 2 and word[1] == 1.0 for word in told))\n"
    )
    words = [sys.executable, "-c", script, str(settings.frameworks_home), settings.hf_endpoint]
    done = subprocess.run(words, capture_output=True, text=True, env=ENVIRONMENT, check=True, timeout=120)

    said, held, was_told = done.stdout.splitlines()
    assert said.startswith("1,200 models of ")
    assert (held, was_told) == ("[]", "True")
    assert analyst.context.readings.newest(CENSUS)
    done_then, failed = analyst.tell_last_collection(Collector.CENSUS)
    assert done_then
    assert failed is None


@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended otherwise")
def test_a_child_that_is_killed_is_a_failed_try_said_in_words(analyst: Analyst, child_of: Begin) -> None:
    """The store knows it and so does `status`; it is not tried again for a day."""
    killed = child_of("say(progress=['1 of 9 models', 0.1]); os.kill(os.getpid(), signal.SIGKILL)")
    collecting(analyst, killed).look()

    _, failed = analyst.tell_last_collection(Collector.CENSUS)
    assert failed
    assert failed.why == "the process that read it was killed, as the system does where memory runs short"
    assert failed.passing == 0
    assert any(failed.why in line for line in freshness(analyst.context))
    assert analyst.context.outlook.plan(utc_now()).resting[Collector.CENSUS][0] == failed.as_of + DAY


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("sys.exit(3)", "the process that read it ended early (3)"),
        ('sys.stdout.write(\'{"done": ["half a wo\'); sys.exit(0)', "the process that read it ended early (0)"),
        ("print('Traceback (most recent call last):')", UNKNOWN),
        ("sys.stdout.buffer.write(bytes([255, 0, 254, 10]))", UNKNOWN),
        ("print('{}'); say(done=['It.'])", UNKNOWN),
        ("say(stored=['1,200 models'], of=2); say(done=['It.'])", UNKNOWN),
        ("say(done=7)", UNKNOWN),
        ("say(progress='half'); say(done=['It.'])", UNKNOWN),
        ("sys.stdout.write('x' * 2_000_000)", UNKNOWN),
    ],
)
def test_a_child_without_a_last_word_is_a_failed_try(analyst: Analyst, child_of: Begin, lines: str, why: str) -> None:
    """However it ended, with half a word, with words of another version or none; the next try is a day away."""
    one = collecting(analyst, child_of(lines))
    one.look()

    _, failed = analyst.tell_last_collection(Collector.CENSUS)
    assert failed
    assert failed.why == why
    assert any(why in line for line in freshness(analyst.context))
    assert analyst.context.outlook.plan(utc_now()).resting[Collector.CENSUS] == (failed.as_of + DAY, why)


def test_a_child_that_stumbled_is_a_failed_try(analyst: Analyst, child_of: Begin) -> None:
    """It stores no mistake of its own, so that whoever started it does."""
    collecting(analyst, child_of("say(failed='the program made a mistake in reading it (KeyError)')")).look()

    _, failed = analyst.tell_last_collection(Collector.CENSUS)
    assert failed
    assert failed.why == "the program made a mistake in reading it (KeyError)"


def test_a_child_that_fails_leaves_the_last_reading(analyst: Analyst, settings: Settings, child_of: Begin) -> None:
    """The census of before is what questions are answered from."""
    collecting(analyst, CollectedApart(analyst, settings, environment=ENVIRONMENT)).look()
    before = analyst.context.readings.newest(CENSUS)
    assert before

    broken = collecting(analyst, child_of("print('junk')"))
    broken.ask_for([Collector.CENSUS])
    broken.look()

    assert analyst.tell_last_collection(Collector.CENSUS)[1]
    assert analyst.context.readings.newest(CENSUS) == before


def test_a_child_that_cannot_be_started_is_a_failed_try(analyst: Analyst, settings: Settings) -> None:
    """As where the system has no more processes to give."""
    apart = CollectedApart(analyst, settings, ("/nowhere/at/all",), ENVIRONMENT)
    with pytest.raises(CollectionBroken, match="no process could be started to read it"):
        apart.run(Collector.CENSUS, lambda *_: None)


def test_stopping_ends_a_silent_child_and_is_no_failure(analyst: Analyst, child_of: Begin) -> None:
    """A child that says nothing for an hour is gone at once; the next start begins anew."""
    begun = threading.Event()
    silent = child_of("say(log=['bot.begun', 50, 'counting']); time.sleep(3600)")
    watch = logging.getLogger("bot.begun")
    watch.addFilter(lambda _: begun.set() or True)
    one = collecting(analyst, silent)
    one.start()
    assert begun.wait(PATIENCE)
    since = time.monotonic()

    assert one.stop(PATIENCE)
    assert time.monotonic() - since < 10
    assert analyst.tell_last_collection(Collector.CENSUS) == (None, None)
    with pytest.raises(CollectingStopped):
        silent.run(Collector.CENSUS, lambda *_: None)


def test_what_a_child_says_is_told_and_logged(child_of: Begin, caplog: pytest.LogCaptureFixture) -> None:
    """How far it is, with its share; lines of its log under their names; at last what was stored."""
    heard: list[tuple[object, ...]] = []
    lines = "say(progress=['2 of 4', 0.5]); say(log=['analytics.sources', 30, 'asked once more']); say(done=['Four.'])"
    said = child_of(lines).run(Collector.CENSUS, lambda *word: heard.append(word))

    assert (said, heard) == (("Four.",), [("2 of 4", 0.5)])
    assert ("analytics.sources", logging.WARNING, "asked once more") in caplog.record_tuples


def test_what_another_collects_is_left_to_it(analyst: Analyst, child_of: Begin) -> None:
    """It is no failure, and looked at again in a minute."""
    one = collecting(analyst, child_of("say(busy='Another collector works here')"))
    one.look()

    assert analyst.tell_last_collection(Collector.CENSUS) == (None, None)
    assert Collector.CENSUS in analyst.context.outlook.plan(utc_now()).resting


def test_what_is_small_needs_no_child(child_of: Begin) -> None:
    """Lists are read here: their reading takes nothing that the bot does not hold."""
    assert child_of("sys.exit(3)").run(Collector.TOP, lambda *_: None)


def test_where_the_store_is_in_memory_alone_all_is_collected_here(tmp_path: Path, hub: LoopbackHub) -> None:
    """No child could write to it: the papers are read in this process, and what comes in the way is the source's."""
    (tmp_path / "taken").touch()
    where = {"frameworks_home": tmp_path / "taken", "hf_endpoint": hub.endpoint, "papers_api_url": OUT_OF_REACH}
    settings = Settings(_env_file=None, **where)
    with pytest.raises(SourceError, match="archive: it answered 401"):
        CollectedApart(analyst_of(settings), settings, ("/nowhere/at/all",)).run(Collector.PAPERS, lambda *_: None)


NONE_OF_ITS_BUSINESS = (
    *("SLACK_BOT_TOKEN", "slack_app_token", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_SECRET", "SLACK_TOKEN_KEYS"),
    *("SENTRY_DSN", "MCP_TOKEN", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"),
    *("PGPASSWORD", "HUGGING_FACE_HUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "DATABASE_URL", "HF_TOKEN", "ANY_OTHER_SECRET"),
)


def test_a_child_s_environment_holds_what_it_needs_and_no_other_secret(analyst: Analyst, settings: Settings) -> None:
    """Whatever a host sets beside it stays here; the way to the network, the languages and our settings travel."""
    given = dict.fromkeys(NONE_OF_ITS_BUSINESS, "s3cret") | {"LC_ALL": "C", "HTTPS_PROXY": "http://proxy:1"}
    command = (sys.executable, "-c", f"{SPEAK}say(done=[f'{{name}}={{os.environ[name]}}' for name in os.environ])")

    told = CollectedApart(analyst, settings, command, ENVIRONMENT | given).run(Collector.CENSUS, lambda *_: None)

    assert "s3cret" not in "".join(told)
    wanted = {"HF_TOKEN": "hf_of_ours", "FRAMEWORKS_HOME": str(settings.frameworks_home), "LOG_LEVEL": "INFO"}
    expected = wanted | {"HF_ENDPOINT": settings.hf_endpoint, "LC_ALL": "C", "HTTPS_PROXY": "http://proxy:1"}
    assert {f"{name}={value}" for name, value in (ENVIRONMENT | expected).items()} <= set(told)


def test_a_child_that_writes_to_a_server_gets_what_that_takes() -> None:
    """The address, its password in it or beside it."""
    settings = Settings(_env_file=None, database_url="postgresql://bot@db/frameworks")
    made = environment_of(settings, {"PGPASSWORD": "s3cret", "PGSSLROOTCERT": "/ca.pem", "DATABASE_URL": "old"})

    assert {"PGPASSWORD": "s3cret", "PGSSLROOTCERT": "/ca.pem"}.items() <= made.items()
    assert made["DATABASE_URL"] == "postgresql://bot@db/frameworks"
