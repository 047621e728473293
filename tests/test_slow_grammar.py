"""No worker builds a grammar of addresses that nobody who installs the bot has."""

import sys

import jsonschema


def test_jsonschema_comes_without_it() -> None:
    """As where the bot is installed."""
    assert jsonschema.__name__ in sys.modules
    assert sys.modules["rfc3987_syntax"] is None
    assert "lark" not in sys.modules
