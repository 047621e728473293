"""`python -m analytics.storage.migrations "add x"`: make the next migration's script, to be filled in."""

import sys
from pathlib import Path

from alembic import command

from analytics.storage.schema_history import FOLDER, SchemaHistory, configuration

HOW = 'Say what it does: .venv/bin/python -m analytics.storage.migrations "add x"\n'


def main(words: list[str], versions: Path = FOLDER / "versions") -> int:
    """Make the script and name it; return the exit status."""
    asks = not {"-h", "--help", "help"}.isdisjoint(words)
    if not words or asks or any(word.startswith("-") for word in words):
        (sys.stdout if asks else sys.stderr).write(HOW)
        return 0 if asks else 2
    number = f"{int(SchemaHistory(versions).newest) + 1:04}"
    command.revision(configuration(versions), " ".join(words), rev_id=number)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
