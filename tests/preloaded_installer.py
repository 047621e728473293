"""
What the installer imports when it runs, imported once: it is forked from it by `tests/forked_command.py`.

It tells each index of the system, which it asks programs for (lsb_release, uname); what they said is remembered.
"""

import pip._internal.cli.main
import pip._internal.commands.download
import pip._internal.commands.install
import pip._internal.metadata.importlib
import pip._internal.resolution.resolvelib.resolver
import pip._vendor.truststore  # noqa: F401 - to be there
from pip._internal.network.session import user_agent

user_agent()
