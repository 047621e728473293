"""What Slack tells of channels, people and the workspace, whether or not we asked for it, changes nothing here."""

from pathlib import Path

import pytest

from playground.server import Playground
from tests.scenarios.test_digest import set_stage

TOLD = (
    *("channel_archive", "channel_deleted", "channel_left", "channel_rename", "channel_shared", "channel_unarchive"),
    *("app_rate_limited", "app_uninstalled", "group_left", "member_left_channel", "team_domain_change"),
    *("team_rename", "tokens_revoked", "user_change", "an_event_of_tomorrow"),
)


def test_what_is_told_unasked_is_acknowledged_and_nobody_hears_of_it(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    """One line of the log for each, of its kind alone."""
    playground.settled()
    caplog.set_level("INFO")
    caplog.clear()
    for kind in TOLD:
        event = {"type": kind, "channel": playground.channel("general").id, "event_ts": "1.2"}
        assert playground.emit(event).wait().acked
    playground.settled()

    lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert sorted(lines) == sorted(f"passed over: {kind}" for kind in TOLD)
    assert [*playground.bot_messages(), *playground.ephemerals()] == []


def test_an_event_that_nobody_here_waits_for_is_one_line_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is acknowledged, nobody is told, no code is suggested in the log; the digest comes all the same."""
    caplog.set_level("INFO")
    with set_stage(tmp_path) as stage:
        stage.say("digest on mon 09:00 UTC", "gets a digest")
        place, ann = stage.playground.channel("general"), stage.playground.user("ann").id
        caplog.clear()
        for kind in TOLD:
            channel = {"id": place.id, "name": "new"} if kind == "channel_rename" else place.id
            user = {"id": ann, "tz": "Asia/Tokyo", "deleted": True} if kind == "user_change" else ann
            event = {"type": kind, "channel": channel, "user": user, "event_ts": "1.2"}
            assert stage.playground.emit(event).wait().acked
        stage.playground.settled()

        lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
        assert sorted(lines) == sorted(f"passed over: {kind}" for kind in TOLD)
        stage.tick_at("2026-11-30T09:01")
        assert len(stage.digests()) == 1
        assert stage.playground.bot_messages("dm") == []
