"""When Slack refuses, delays or drops, the answer takes a step down; nobody meets silence, nothing comes twice."""

import datetime as dt
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from playground.server import Playground
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import stalls
from tests.loopback.hub_items import model
from tests.scenarios.conftest import connected
from tests.scenarios.shown_blocks import kinds
from tests.scenarios.test_digest import set_stage

Start = Callable[..., Playground]


def test_a_refused_table_falls_to_text_and_picture(playground: Playground) -> None:
    """A workspace that knows no data_table gets the picture and the names as text."""
    unknown = "unsupported type: data_table [json-pointer:/blocks/2/type]"
    playground.faults.error("chat.postMessage", "invalid_blocks", errors=[unknown])
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch")

    assert kinds(message) == ["section", "image", "section", "context", "actions"]


def test_blocks_refused_twice_fall_to_text(playground: Playground) -> None:
    """The last step needs no blocks at all."""
    playground.faults.error("chat.postMessage", "invalid_blocks", times=2)
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch")

    assert not message.blocks
    assert "sentence-transformers/all-MiniLM-L6-v2" in message.text


def test_a_picture_that_cannot_be_uploaded_gives_way_to_slacks_own_chart(playground: Playground) -> None:
    """The reason stands under the answer."""
    playground.faults.error("files.getUploadURLExternal", "file_uploads_disabled")
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch")

    assert kinds(message) == ["section", "data_visualization", "data_table", "context", "actions"]
    assert "uploads are switched off in this workspace" in str(message.blocks[3])


@pytest.mark.parametrize("pictures", ["block", "share"])
@pytest.mark.parametrize("files", ["", ',"files":null', ',"files":[]', ',"files":[{}]', ',"files":{}'])
def test_an_upload_of_which_slack_says_nothing_but_ok_costs_the_picture(
    start: Start, caplog: pytest.LogCaptureFixture, files: str, pictures: str
) -> None:
    """It is not taken for a drawing that failed, nor for a mistake of ours."""
    playground = start(pictures=pictures)
    playground.faults.garble("files.completeUploadExternal", f'{{"ok":true{files}}}', kind="application/json")
    playground.command("/frameworks top30")

    assert playground.wait_for_message("PyTorch")
    playground.settled()
    assert "could not be drawn" not in caplog.text + str(playground.bot_messages()[-1].blocks)
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.kept
def test_a_picture_still_being_processed_is_waited_for(start: Start) -> None:
    """Slack shows a file only some time after the upload; the message comes when it can."""
    playground = start(processing_seconds=0.7)
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch")

    playground.settled()
    assert kinds(message)[1] == "image"
    assert len(playground.requests("files.info")) > 1


def test_a_file_that_is_gone_is_uploaded_anew(playground: Playground) -> None:
    """A remembered file that Slack no longer accepts costs one more upload, not the picture."""
    playground.command("/frameworks top30")
    playground.wait_for_message("PyTorch")
    playground.faults.error("chat.postMessage", "invalid_blocks")
    playground.command("/frameworks top30", channel="dm")

    message = playground.wait_for_message("PyTorch", channel="dm")

    playground.settled()
    assert kinds(message)[1] == "image"
    assert len(playground.files()) == 2


@pytest.mark.kept
def test_a_pause_that_slack_asks_for_is_kept_once(playground: Playground) -> None:
    """After a 429 the same message goes out once the pause is over."""
    playground.faults.rate_limit("chat.postMessage", retry_after=1)
    playground.command("/frameworks top30")

    message = playground.wait_for_message("PyTorch")

    assert kinds(message) == ["section", "image", "data_table", "context", "actions"]
    playground.settled()
    assert len(playground.requests("chat.postMessage")) == 2


def test_a_pause_without_end_is_told_to_the_asker(playground: Playground) -> None:
    """When Slack takes nothing for too long, the asker gets the answer another way, with the reason."""
    playground.faults.rate_limit("chat.postMessage", times=9, retry_after=600)
    playground.command("/frameworks top30")

    answer = playground.wait_for_ephemeral("PyTorch is in 28")

    assert "asks me to slow down" in answer.text


@pytest.mark.parametrize("fault", ["drop_after", "server_error"])
def test_a_post_that_may_have_arrived_is_never_sent_again(playground: Playground, fault: str) -> None:
    """Slack took the message and the line broke: the asker is told, the channel does not get it twice."""
    getattr(playground.faults, fault)("chat.postMessage")
    playground.command("/frameworks top30")

    assert playground.wait_for_ephemeral("did not confirm")
    playground.settled()
    assert len(playground.requests("chat.postMessage")) == 1


def test_a_missing_permission_is_named(start: Start) -> None:
    """Without chat:write the asker still gets the answer and hears what is missing."""
    playground = start(scopes=["commands", "files:write", "files:read", "app_mentions:read"])
    playground.command("/frameworks top30")

    assert "lacks a permission" in playground.wait_for_ephemeral("PyTorch is in 28").text


def test_an_error_of_ours_comes_with_a_reference(
    start: Start, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """The unexpected is owned up to, and the same reference stands in the log."""
    playground = start()
    with closing(sqlite3.connect(tmp_path / "frameworks.sqlite3")) as file:
        file.execute("CREATE TRIGGER broken BEFORE INSERT ON subscriptions BEGIN SELECT * FROM nowhere; END")
    playground.command("/frameworks digest on mon 09:00 UTC")

    reference = re.search(r"quote `(\w+)`", playground.wait_for_ephemeral("Something went wrong").text)

    assert reference
    assert f"reference {reference[1]}" in caplog.text


def test_fifty_people_asking_at_once_are_all_heard_in_time(start: Start) -> None:
    """Every command is acknowledged within Slack's three seconds, however many wait for answers."""
    playground = start(respond_within=3.0)
    deliveries = [playground.command("/frameworks help") for _ in range(50)]

    playground.settled()

    assert {delivery.outcome for delivery in deliveries} == {"acked"}
    assert len(playground.ephemerals()) == 50


def test_who_waits_for_a_slow_hub_is_told_once_and_then_answered(start: Start) -> None:
    """After a second the asker alone hears that it is looked up; the answer comes when the Hub does."""
    with LoopbackHub([model("lab/one", downloads=9, tags=["pytorch"])]) as hub:
        hub.faults.put(stalls(2))
        playground = start(hub=hub.endpoint)
        playground.command("/frameworks top30")
        playground.settled()

    assert [message.text for message in playground.ephemerals()] == ["Looking up `top30 attributed` …"]
    assert len(playground.bot_messages()) == 1


def test_an_answer_under_way_is_finished_before_the_bot_is_gone(tmp_path: Path) -> None:
    """Told to stop while the Hub is slow, the bot still answers who asked."""
    with LoopbackHub([model("lab/one", downloads=9, tags=["pytorch"])]) as hub, Playground() as playground:
        hub.faults.put(stalls(1))
        with connected(playground, tmp_path, hub.endpoint):
            playground.command("/frameworks top30").wait()
            playground.wait_for(lambda: hub.requests)

        playground.settled()
        assert len(playground.bot_messages()) == 1


def test_a_reconnection_asked_for_by_slack_loses_nothing(playground: Playground) -> None:
    """Slack closes each connection now and then; the bot opens a new one and answers on."""
    playground.disconnect()
    playground.wait_for_connection()
    playground.command("/frameworks top30")

    assert playground.wait_for_message("PyTorch")


def test_a_token_that_is_taken_back_and_given_again_costs_no_digest(tmp_path: Path) -> None:
    """While it is withdrawn nothing can be posted or told; the same day the digest comes late, once, and goes on."""
    with set_stage(tmp_path) as stage:
        stage.say("digest on mon 09:00 UTC", "gets a digest")
        stage.playground.revoke()
        stage.tick_at("2026-11-30T09:01")
        stage.playground.world.tokens[stage.playground.bot_token].revoked = False
        for moment in ("2026-11-30T13:00", "2026-11-30T14:00", "2026-12-07T09:01"):
            stage.tick_at(moment)

        posted = [dt.datetime.fromtimestamp(float(one.ts), dt.UTC) for one in stage.digests()]
        assert [f"{moment:%d %b %H}" for moment in posted] == ["30 Nov 13", "07 Dec 09"]


def test_whose_digest_was_due_while_the_token_was_withdrawn_for_days_hears_of_it(tmp_path: Path) -> None:
    """It was skipped, and comes again as planned; nobody has to resume it."""
    with set_stage(tmp_path) as stage:
        stage.say("digest on mon 09:00 UTC", "gets a digest")
        stage.playground.revoke()
        stage.tick_at("2026-11-30T09:01")
        stage.tick_at("2026-12-01T10:00")
        stage.playground.world.tokens[stage.playground.bot_token].revoked = False
        for moment in ("2026-12-02T10:00", "2026-12-02T12:00", "2026-12-07T09:01"):
            stage.tick_at(moment)

        assert len(stage.digests()) == 1
        stage.playground.settled()
        (told,) = stage.playground.bot_messages("dm")
        assert "was skipped (30 Nov 2026): it could not be posted within a day. The next one comes" in told.text
