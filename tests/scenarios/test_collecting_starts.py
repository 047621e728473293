"""The first minutes with a network: collecting begins with the start, and who asked before it was ready is answered."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from analytics.analyst import utc_now
from analytics.domain.collectors import Collector
from analytics.domain.staleness import DAY, WEEK
from bot.app import Bot
from playground.server import Playground
from tests.analytics.census.hubs import items, parquet, serving
from tests.loopback.hub import LoopbackHub
from tests.loopback.papers_api import ListedPaper, PapersApi
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH, connected

LISTS_AND_PAPERS = {Collector.TOP: DAY, Collector.PAPERS: WEEK}
ALL_HERE = LISTS_AND_PAPERS | {Collector.CENSUS: WEEK}
Rhythms = Mapping[Collector, dt.timedelta]
Begin = Callable[..., AbstractContextManager[Bot]]
PATIENCE = 30
A_START = 120
"""Seconds that a child has to begin on a crowded machine: it is an interpreter of its own."""
READY = "The answer comes here by itself then, you need not ask again."


@pytest.fixture(scope="module")
def hub() -> Iterator[LoopbackHub]:
    """Serve lists and a census of today; the archive of papers is gone, so that of them only the successor is left."""
    models = items(1200, until=utc_now())
    with serving(models, daily=parquet(models)) as running:
        running.renewed = f"{utc_now() - dt.timedelta(hours=1):%Y-%m-%dT%H:%M:%S.000Z}"
        yield running


@pytest.fixture
def papers() -> Iterator[PapersApi]:
    """Serve the live successor, whose gate is closed: the papers are being read until it is opened."""
    with PapersApi([ListedPaper("2026-08-15", ("PyTorch",))] * 9, ("PyTorch",)) as api:
        api.gate.clear()
        yield api


@pytest.fixture
def begin(tmp_path: Path, hub: LoopbackHub, papers: PapersApi) -> Begin:
    """Start a bot in the same folder, that collects lists and papers."""

    def beginning(
        playground: Playground, rhythms: Rhythms = LISTS_AND_PAPERS, *, run_apart: bool = False
    ) -> AbstractContextManager[Bot]:
        address = papers.address
        return connected(
            playground, tmp_path, hub.endpoint, rhythms=rhythms, papers_api_url=address, run_apart=run_apart
        )

    return beginning


@pytest.fixture
def playground(begin: Begin, papers: PapersApi) -> Iterator[Playground]:
    """Start one that is in the middle of reading the papers."""
    with patient_slack() as running, begin(running):
        assert papers.reached.wait(PATIENCE)
        yield running
        papers.gate.set()


FINDING = "in the catalogue of Papers with Code’s successor"


def test_a_refusal_says_when_and_the_answer_comes_by_itself_once(playground: Playground, papers: PapersApi) -> None:
    """In the channel where it was asked, though it was asked twice; nobody types anything for it."""
    for _ in range(2):
        playground.command("/frameworks papers successor")
        playground.settled()
    told = playground.wait_for_ephemeral(READY)
    assert "The papers: being read now, ready about <!date^" in told.text
    assert "frameworks collect" not in told.text

    papers.gate.set()
    playground.wait_for_message(FINDING)
    playground.settled()
    assert len(playground.bot_messages()) == 1


def test_until_then_the_sample_answers(playground: Playground, papers: PapersApi) -> None:
    """The moment first, what is known until then behind it; later the answer itself."""
    playground.command("/frameworks papers")
    assert "Here is what is known until then:" in playground.wait_for_ephemeral(READY).text
    playground.wait_for_message("SAMPLE")

    papers.gate.set()
    playground.wait_for_message(FINDING)
    playground.settled()
    assert len(playground.bot_messages()) == 2


def test_a_mention_is_answered_in_its_thread(playground: Playground, papers: PapersApi) -> None:
    """Where else would who asked look."""
    playground.mention("papers successor")
    playground.wait_for_ephemeral(READY)
    papers.gate.set()

    answer = playground.wait_for_message(FINDING)
    playground.settled()
    assert answer.thread_ts
    assert answer.thread_ts == playground.messages()[0].ts


def test_a_direct_message_is_answered_there(playground: Playground, papers: PapersApi) -> None:
    """In the conversation with the bot."""
    playground.direct_message("papers successor")
    playground.wait_for_message(READY, channel="dm")
    papers.gate.set()

    assert playground.wait_for_message(FINDING, channel="dm")


@pytest.mark.parametrize("is_asked_again", [False, True])
def test_a_channel_with_a_new_id_keeps_its_promise(
    playground: Playground, papers: PapersApi, *, is_asked_again: bool
) -> None:
    """Once, though it is asked again under the new id."""
    playground.mention("papers successor")
    playground.command("/frameworks papers successor")
    playground.wait_for_ephemeral(READY)
    playground.settled()
    playground.renumber("general")
    playground.settled()
    if is_asked_again:
        playground.command("/frameworks papers successor")
        playground.settled()
    papers.gate.set()

    playground.wait_for_message(FINDING)
    playground.settled()
    answers = playground.bot_messages()
    assert len(answers) == 2
    assert {bool(one.thread_ts) for one in answers} == {True, False}


def test_what_was_asked_privately_comes_to_the_asker_alone(playground: Playground, papers: PapersApi) -> None:
    """A promise does not make it public."""
    playground.command("/frameworks privately papers successor")
    playground.wait_for_ephemeral(READY)
    papers.gate.set()

    playground.wait_for_ephemeral(FINDING)
    playground.settled()
    assert playground.bot_messages() == []


def test_a_restart_keeps_the_promise(begin: Begin, papers: PapersApi) -> None:
    """The question lies in the database: the next process collects, and answers it once."""
    with patient_slack() as playground:
        with begin(playground):
            assert papers.reached.wait(PATIENCE)
            playground.command("/frameworks papers successor")
            playground.wait_for_ephemeral(READY)
            playground.settled()
        papers.gate.set()
        with begin(playground):
            playground.wait_for_message(FINDING)
            playground.settled()
        with begin(playground) as bot:
            bot.scheduler.answer_waiting()
            playground.settled()
            assert len(playground.bot_messages()) == 1


def test_what_a_child_process_reads_is_told_and_the_promise_kept(begin: Begin, papers: PapersApi) -> None:
    """As a bot on Slack collects: the moment is said while it reads, and the answer is of what it stored."""
    with patient_slack() as playground, begin(playground, run_apart=True):
        assert papers.reached.wait(A_START)
        playground.command("/frameworks papers successor")
        assert "The papers: being read now, ready about <!date^" in playground.wait_for_ephemeral(READY).text

        papers.gate.set()
        playground.wait_for_message(FINDING)


def test_status_says_what_is_read_now(playground: Playground) -> None:
    """And when it will be there; in Slack as in a terminal beside it."""
    playground.command("/frameworks status")
    playground.settled()
    shown = str([told.blocks for told in playground.ephemerals()])

    assert "The papers: being read now, ready about" in shown
    assert "Papers, the live successor: none stored yet; it is being read, ready about" in shown


def test_stopping_in_the_middle_takes_less_than_two_seconds(begin: Begin, papers: PapersApi) -> None:
    """The source is silent, and nobody waits for it; that something goes on is known to who ends the process."""
    with patient_slack() as playground, begin(playground) as bot:
        assert papers.reached.wait(PATIENCE)
        began = time.monotonic()
        bot.scheduler.stop()
        assert time.monotonic() - began < 2
        assert bot.is_collecting
        papers.gate.set()


def test_without_a_network_nobody_is_nagged(tmp_path: Path) -> None:
    """The sample answers and says that it is one; not with every answer that the network is away."""
    with (
        patient_slack() as playground,
        connected(playground, tmp_path, OUT_OF_REACH, rhythms=ALL_HERE, papers_api_url=f"{OUT_OF_REACH}/api/v1") as bot,
    ):
        playground.wait_for(lambda: Collector.PAPERS in bot.analyst.context.outlook.plan(utc_now()).resting)
        for words in ("papers", "totals"):
            playground.command(f"/frameworks {words}")
        playground.settled()
        assert len(playground.bot_messages()) == 2
        assert [told.text for told in playground.ephemerals() if "Looking up" not in told.text] == []

        playground.command("/frameworks papers successor")
        assert "could not be read (" in playground.wait_for_ephemeral("the next try is at about").text
