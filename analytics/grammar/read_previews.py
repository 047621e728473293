"""
`previews on`, `switch the link previews off everywhere` -> canonical words.

A setting, so it is read only where every word is known: whatever else is said, nothing is changed.
"""

WORD = "previews"
NAMES = {"previews", "unfurl", "unfurls", "unfurling"}
ONE, LINK = {"preview"}, {"link", "links"}
"""`preview` alone is the digest's; `link preview` is meant here."""

ON = {"on", "enable", "activate", "start"}
OFF = {"off", "disable", "deactivate", "stop"}
EVERYWHERE = {"everywhere", "workspace", "channels"}
ASKS = {"are", "is", "show", "list", "status", "state"}
FILLERS = {
    *("turn", "switch", "the", "please", "here", "in", "this", "channel", "for", "of", "to", "models", "hub", "whole"),
}
ALL = {"all", "every"}
"""What needs the word of what: `all channels`; `all previews` may be those of this channel."""

OFFERED = (f"{WORD} on", f"{WORD} off", WORD)
NOT_READ = "I do not understand all of that about link previews, so nothing was changed."


def speaks_of_previews(typed: str) -> bool:
    """Tell whether link previews are named."""
    words = _words_of(typed)
    return bool(words & (NAMES | ONE if words & LINK else NAMES))


def read_previews(typed: str) -> str | None:
    """Give the canonical words for what is to become of link previews; None where not all of it is understood."""
    words = _words_of(typed)
    known = NAMES | ONE | LINK | ON | OFF | EVERYWHERE | ASKS | FILLERS | (ALL if "channels" in words else set())
    if not speaks_of_previews(typed) or words - known or (words & ON and words & OFF):
        return None
    action = "" if words & ASKS else "on" if words & ON else "off" if words & OFF else ""
    everywhere = "everywhere" if words & EVERYWHERE and action else ""
    return " ".join(filter(None, (WORD, action, everywhere)))


def _words_of(typed: str) -> set[str]:
    return {word.strip(".,!?") for word in typed.casefold().split()} - {""}
