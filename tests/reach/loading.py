"""
Proof by loading: tiny random checkpoints, loaded through each library and compared with transformers in PyTorch.

    python -m tests.reach.loading --folder ~/loading

makes what is missing below that folder (five environments, some 11 GB; checkpoints, 2 GB), does each load that
`analytics/reach/loads.csv` has no row of, and adds the row at once: stopped at any moment, it goes on where it was.
`--library`, `--framework`, `--type` and `--writer` do a part; `--again` does those loads once more and replaces their
rows. Not part of `make test`: docs/testing.md says why.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from tests.reach import results
from tests.reach.cases import CASES
from tests.reach.planning import Planned, missing, plan, rank
from tests.reach.seeing import Loading


def _wanted(arguments: argparse.Namespace) -> list[Planned]:
    """Choose by library, framework and type."""
    return [
        one
        for one in plan(CASES)
        if arguments.library in ("", one.target.library)
        and arguments.framework in ("", one.target.framework)
        and arguments.type in ("", one.case.model_type)
        and arguments.writer in ("", one.writer)
    ]


def run(planned: list[Planned], folder: Path, path: Path) -> Iterator[results.LoadResult]:
    """See one after the other."""
    loading = Loading(folder, folder / "checkpoints")
    try:
        for _, alike in groupby(planned, key=rank):
            group = list(alike)
            loading.write(group)
            for one in filter(loading.is_written, group):
                load = one.row(loading.see(one))
                results.append(path, load)
                yield load
    finally:
        loading.stop()


def _parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.reach.loading", description=(__doc__ or "").strip())
    parser.add_argument("--folder", type=Path, required=True, help="where environments and checkpoints are kept")
    parser.add_argument("--results", type=Path, default=results.LOADS)
    for name in ("library", "framework", "type", "writer"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--again", action="store_true", help="forget the rows of what is chosen, and see it anew")
    return parser.parse_args(words)


def main(words: list[str] | None = None) -> None:
    """Do what is missing, and tell each row."""
    arguments = _parse(words)
    wanted = _wanted(arguments)
    if arguments.again:
        results.forget(arguments.results, {one.key for one in wanted})
    todo = missing(wanted, results.read(arguments.results))
    sys.stderr.write(f"{len(todo)} of {len(wanted)} loads to be seen\n")
    for at, load in enumerate(run(todo, arguments.folder.resolve(), arguments.results), 1):
        sys.stderr.write(f"{at}/{len(todo)} {json.dumps(list(asdict(load).values())[2:12])}\n")
    results.arrange(arguments.results)


if __name__ == "__main__":
    main()
