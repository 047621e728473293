"""What answers from collected readings, asked in Slack: totals, trend, papers, the official collections."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.analyst import Analyst, utc_now
from playground.server import Playground
from playground.state import PostedMessage
from tests.analytics.census.hubs import items, parquet, serving
from tests.loopback import archive_rows
from tests.loopback.papers_api import ListedPaper, PapersApi

Start = Callable[..., Playground]
MODELS = items(1500, until=utc_now())


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect two censuses and the papers, once."""
    home = tmp_path_factory.mktemp("collected")
    earlier = utc_now() - dt.timedelta(weeks=5)
    week = {f"{earlier:%Y-%m-%d}": parquet(items(1400, until=earlier))}
    papers = [ListedPaper("2026-08-15", ("PyTorch",))] * 9
    with serving(MODELS, daily=parquet(MODELS), weekly=week) as hub, PapersApi(papers, ("PyTorch",)) as api:
        hub.renewed = f"{utc_now() - dt.timedelta(hours=1):%Y-%m-%dT%H:%M:%S.000Z}"
        hub.datasets.update(archive_rows.datasets(archive_rows.real_links()))  # type: ignore[attr-defined]  # a dict here
        door = Analyst(home, hub.endpoint, papers_api_url=api.address)
        for what in ("census", "history", "papers"):
            door.collect(what)
        door.close()
    return home


@pytest.fixture
def collected(stored: Path, tmp_path: Path) -> None:
    """Give the bot's own folder all of that."""
    shutil.copytree(stored, tmp_path, dirs_exist_ok=True)


def asked(playground: Playground, words: str, finding: str) -> PostedMessage:
    """Ask in the channel, and wait for the message with the finding."""
    playground.command(f"/frameworks {words}")
    return playground.wait_for_message(finding)


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize(
    ("words", "finding", "in_the_picture"),
    [
        ("totals", "originals and fine-tunes", "models: PyTorch only"),
        ("totals all", "repositories", "all repositories: PyTorch only"),
        ("totals since 2022", "tagged models, PyTorch alone has", "tagged, Mar 2022: PyTorch only 85 %"),
        ("totals reach", "more convert on load", "Of 1,"),
        ("totals reach task fill-mask", "fill-mask originals and fine-tunes", "each, files: PyTorch "),
        ("trend", "new originals and fine-tunes", "PyTorch only"),
        ("trend all", "new repositories", "Repositories by"),
        (
            "trend task fill-mask",
            "new fill-mask originals and fine-tunes",
            "Fill-mask originals and fine-tunes",
        ),
        (
            "papers",
            "in the catalogue of Papers with Code’s successor in 2026Q3 (provisional), too few",
            "The successor (",
        ),
        ("papers archive", "in the archive of Papers with Code in", "The archive (share of pairs"),
        ("papers 2021Q4", "pairs of paper and repository in the archive of Papers with Code in 2021Q4", "2021Q4"),
    ],
)
def test_it_is_answered_in_the_channel_with_picture_and_table(
    start: Start, words: str, finding: str, in_the_picture: str
) -> None:
    """The finding, a picture whose alt text has the numbers, the rows, the date and the source."""
    message = asked(start(), words, finding)

    assert [block["type"] for block in message.blocks][:3] == ["section", "image", "data_table"]
    assert in_the_picture in message.blocks[1]["alt_text"]
    assert "as of" in str(message.blocks[3])


@pytest.mark.usefixtures("collected")
def test_the_asker_alone_gets_slack_s_own_blocks(start: Start) -> None:
    """A picture cannot be ephemeral; the finding and the table can, and Slack takes them."""
    playground = start()
    playground.command("/frameworks privately papers archive")
    message = playground.wait_for_ephemeral("in the archive of Papers with Code in")

    assert "data_table" in [block["type"] for block in message.blocks]
    playground.settled()
    assert playground.bot_messages() == []


def test_official_answers_from_the_embedded_counts_and_says_so(playground: Playground) -> None:
    """Nothing was collected: the embedded counts, marked, each with its unit."""
    message = asked(playground, "official", "own collections is active")

    assert message.text.startswith("SAMPLE")
    assert "TorchVision 166 weights" in message.blocks[1]["alt_text"]
    assert "TorchVision 166 weights" not in str(message.blocks[0]), "the picture shows it already"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("totals", "of 8,130 top originals and fine-tunes of Sep 2024"),
        ("totals all", "of 9,715 top repositories of Sep 2024"),
        ("trend", "Top 30 of Sep 2024 and Aug 2026"),
        ("trend all", "Top 30 of Sep 2024 and Aug 2026"),
        ("papers", "of 2023 in part of the archive"),
    ],
)
def test_with_nothing_collected_the_sample_answers_and_says_of_what(
    playground: Playground, words: str, said: str
) -> None:
    """In the channel, marked, with its picture."""
    message = asked(playground, words, said)

    assert message.text.startswith("SAMPLE")
    assert said in message.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("papers successor", "Papers have not been collected yet. Collecting is switched off here (COLLECT=off)."),
        ("trend task fill-mask", "too short to be split by task"),
        ("top10 by alltime", "none has been collected yet"),
    ],
)
def test_with_nothing_collected_the_asker_is_told_the_command(playground: Playground, words: str, said: str) -> None:
    """No empty picture in the channel: what is missing and what fills it, for the asker alone."""
    playground.command(f"/frameworks {words}")

    assert playground.wait_for_ephemeral(said)
    playground.settled()
    assert playground.bot_messages() == []
