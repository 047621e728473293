"""Help card, Home tab, manifest and README offer the same words, and each of them is understood."""

import datetime as dt
import json

from analytics.grammar import TOPICS, Intent, understand
from bot import help_card, home_view
from bot.message_shortcut import LOOK_UP
from tests.gallery.constructors import ROOT

MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
TODAY = dt.date(2026, 11, 26)


def test_help_and_home_offer_the_same_questions_by_the_same_names() -> None:
    """The card has two more: the digest's form and how things stand, which both stand in the tab itself."""
    offered = [(topic.title, topic.first) for topic in TOPICS]
    card = help_card.card(lambda _: True).blocks[-1]["elements"]
    home = home_view.view(home_view.HomeFacts((), (), (), ()))["blocks"][1]["elements"]

    assert [(button["text"]["text"], button["value"]) for button in home] == offered
    more = [("Digest", "help"), ("Status", "status")]
    assert [(button["text"]["text"], button["value"]) for button in card] == [*offered, *more]


def test_what_the_manifest_hints_at_is_understood_and_in_the_readme() -> None:
    """Slack shows the hint while somebody types the command."""
    hints = MANIFEST["features"]["slash_commands"][0]["usage_hint"].split(" | ")

    assert {
        words: understand(words, TODAY).kind for words in hints if understand(words, TODAY).kind is Intent.UNCLEAR
    } == {}
    assert [words for words in hints if f"`{words}`" not in README and f"/frameworks {words}" not in README] == []


def test_the_shortcut_is_called_alike_everywhere() -> None:
    """The manifest names what the bot listens to, the README what people see."""
    (shortcut,) = MANIFEST["features"]["shortcuts"]

    assert shortcut["callback_id"] == LOOK_UP
    assert f"*{shortcut['name']}*" in README
