"""`python -m analytics.embedding [FOLDER] [--into FOLDER]`: make the embedded readings anew and say what changed."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from analytics.embedding.changed import say_change
from analytics.sample.embedded import Embedded, write_embedded


def main(words: Sequence[str]) -> int:
    """Write each reading that can be had and say what changed; give the exit status."""
    reader = argparse.ArgumentParser(prog="python -m analytics.embedding", description=__doc__)
    reader.add_argument("folder", nargs="?", type=Path, help="dated public data; without it the network is asked")
    reader.add_argument("--into", type=Path, default=Path(str(files("analytics.sample"))), help="where the files are")
    asked = reader.parse_args(words)
    for name, reading in _make(asked.folder):
        sys.stdout.write(f"{say_change(asked.into, name, reading)}\n")
        write_embedded(asked.into, name, reading)
    return 0


def _make(folder: Path | None) -> Iterable[tuple[str, Embedded]]:
    if folder:
        from analytics.embedding.from_folder import make

        return make(folder)
    from analytics.analyst import analyst_of
    from analytics.embedding.from_network import collect_all
    from analytics.settings import AnalyticsSettings

    analyst = analyst_of(AnalyticsSettings())
    return collect_all(analyst, _tell)


def _tell(said: str) -> None:
    sys.stderr.write(f"{said}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
