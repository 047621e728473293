"""
A grammar that the tests do without: `rfc3987_syntax` builds one of addresses as it is imported.

It is here for the list of what a wheel brings (`cyclonedx-bom`), nobody who installs the bot has it, and jsonschema
imports it where it is: nine tenths of that import, in every worker.
"""

import sys


def leave_out_grammar() -> None:
    """Let jsonschema find it no more than it does where the bot is installed."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # what Python says of a missing one
