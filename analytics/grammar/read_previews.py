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
EVERYWHERE = {"everywhere", "workspace"}
FILLERS = {
    *("turn", "switch", "the", "please", "here", "in", "this", "channel", "for", "of", "to", "models", "hub"),
    *("show", "list", "status", "state", "whole", "all", "are"),
}


def read_previews(typed: str) -> str | None:
    """Give the canonical words for what is to become of link previews; None where they are not what is spoken of."""
    words = {word.strip(".,!?") for word in typed.casefold().split()} - {""}
    named = words & (NAMES | ONE if words & LINK else NAMES)
    if not named or words - (NAMES | ONE | LINK | ON | OFF | EVERYWHERE | FILLERS) or (words & ON and words & OFF):
        return None
    action = "on" if words & ON else "off" if words & OFF else ""
    everywhere = "everywhere" if words & EVERYWHERE and action else ""
    return " ".join(filter(None, (WORD, action, everywhere)))
