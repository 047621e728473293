"""What the environment holds and who may read it."""

from bot.config import hide_from_bolt


def test_bolt_finds_nothing_in_the_environment_to_go_by() -> None:
    """Neither what turns its OAuth on nor the tokens; the rest is nobody's business."""
    ours = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2", "SLACK_BOT_TOKEN": "3", "SLACK_APP_TOKEN": "4"}
    environment = ours | {"SLACK_SIGNING_SECRET": "5"}
    hide_from_bolt(environment)

    assert environment == {"SLACK_SIGNING_SECRET": "5"}
