"""All words of a message are read, wherever Slack keeps them."""

from bot.shown_words import words_of

RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [{"type": "text", "text": "see "}, {"type": "link", "url": "https://x"}],
        }
    ],
}


def test_text_blocks_and_attachments_are_read() -> None:
    """Each line is what one place says; buttons and pictures say nothing of their own."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "no"}, "value": "no"}
    said = {
        "text": "a",
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "b"}, "accessory": button}, RICH],
        "attachments": [{"fallback": "c", "from_url": "d", "fields": [{"title": "e", "value": "f", "short": True}]}],
    }

    assert words_of(said).split("\n") == ["a", "b", "see ", "https://x", "c", "d", "e", "f"]


def test_what_is_not_there_says_nothing() -> None:
    """Fields that are null, of another shape, or left out; what is longer than Slack keeps is cut."""
    assert words_of({"text": None, "blocks": None, "attachments": [None, 7]}) == ""
    assert len(words_of({"text": "x" * 50_000})) == 40_000
