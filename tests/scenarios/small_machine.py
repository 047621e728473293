"""
The bot on a machine that lacks something, as a program: starts, asks, and prints what came, a line of JSON a message.

    python -m tests.scenarios.small_machine FOLDER WORDS …

Started by `test_small_machines.py` where files cannot be written, letters are gone or memory is short.
"""

import json
import resource
import sys
from pathlib import Path

from bot.runtime.memory import keep_little
from playground.server import Playground
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import connected

PATIENCE = 120.0


def main(folder: Path, questions: list[str]) -> None:
    """Ask one after the other in a channel."""
    keep_little({})
    with patient_slack() as playground, connected(playground, folder):
        for words in questions:
            playground.command(f"/frameworks {words}")
            playground.settled(PATIENCE)
            _tell(words, playground)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"peak_megabytes": most}) + "\n")


def _tell(words: str, playground: Playground) -> None:
    heard = [*playground.messages(), *playground.ephemerals()]
    last = max(heard, key=lambda message: message.ts)
    kinds = [block["type"] for block in last.blocks]
    sys.stdout.write(json.dumps({"asked": words, "text": last.text, "blocks": kinds, "said": str(last.blocks)}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
