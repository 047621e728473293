"""
Proof by loading: tiny random checkpoints, loaded through each library and compared with transformers in PyTorch.

    python -m tests.reach.loading --folder ~/loading

makes what is missing below that folder (five environments, some 11 GB; checkpoints, 2 GB), does each load that
`analytics/reach/loads.csv` has no row of, and adds the row at once: stopped at any moment, it goes on where it was.
`--library`, `--framework`, `--type` and `--writer` do a part; `--again` does those loads once more and replaces their
rows. Not part of `make test`: docs/testing.md says why.
"""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from tests.reach import results
from tests.reach.case import MIDDLE, NEW, OLD, PLAIN, TIMM, Case
from tests.reach.cases import CASES
from tests.reach.comparing import NOT_COMPARED, Outcome, compare
from tests.reach.environments import Environment, pinned
from tests.reach.targets import KERAS_HUB, MLX_LM, TRANSFORMERS, Target, targets
from tests.reach.workers import Worker

WRITERS = {OLD: "transformers-4", MIDDLE: "transformers-5.5", NEW: "transformers-5", TIMM: "transformers-5"}
LOADERS = {
    KERAS_HUB: ("keras-hub", "tests.reach.load_keras_hub"),
    TRANSFORMERS: ("transformers-4", "tests.reach.load_transformers"),
    MLX_LM: ("mlx-lm", "tests.reach.load_mlx_lm"),
}
BACKENDS = {"TensorFlow": "tensorflow", "JAX": "jax", "PyTorch": "torch"}


@dataclass(frozen=True, slots=True)
class Planned:
    """One load to be seen: a checkpoint, who writes it, how it is loaded."""

    case: Case
    writer: str
    target: Target

    @property
    def key(self) -> results.Key:
        """What its row is known by."""
        return self.row(Outcome(NOT_COMPARED)).key

    def row(self, outcome: Outcome) -> results.Load:
        """Write what came of it, today."""
        case, target = self.case, self.target
        return results.Load(
            target.library,
            pinned(LOADERS[target.library][0], target.library),
            target.framework,
            case.model_type,
            case.architecture,
            case.variant,
            self.writer,
            outcome.result,
            _number(outcome.difference),
            _number(outcome.scale),
            target.part,
            outcome.detail,
            dt.datetime.now(dt.UTC).date().isoformat(),
        )


def _number(value: float | None) -> str:
    """Write three digits, as much as says something."""
    return "" if value is None else f"{value:.2e}" if value < 1e-2 else f"{value:.3g}"


ORDER = [
    (KERAS_HUB, "TensorFlow"),
    (TRANSFORMERS, "TensorFlow"),
    (MLX_LM, "MLX"),
    (TRANSFORMERS, "JAX"),
    (KERAS_HUB, "JAX"),
    (KERAS_HUB, "PyTorch"),
]


def plan(cases: Iterable[Case]) -> list[Planned]:
    """List every load, the most telling first: a run may be stopped at any time."""
    every = [Planned(case, writer, target) for case in cases for writer in case.writers for target in targets(case)]
    return sorted(every, key=_rank)


def _rank(planned: Planned) -> tuple[int, str]:
    """Put odd variants three places behind what is plain; one library and framework together, for its worker's sake."""
    place = ORDER.index((planned.target.library, planned.target.framework))
    return place + (0 if planned.case.variant == PLAIN else 3), planned.target.library + planned.target.framework


class Loading:
    """The folder of a run, and its workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workers: dict[tuple[str, str, str], Worker] = {}
        self._unwritten: set[Path] = set()

    def write(self, planned: Iterable[Planned]) -> None:
        """Write the checkpoints that are not there, writer after writer; what cannot be written is no load."""
        for one in sorted(planned, key=lambda one: one.writer):
            folder = self._place(one)
            if folder not in self._unwritten and not (folder / "reference.npz").exists():
                worker = self._worker(WRITERS[one.writer], "tests.reach.writer", "")
                if problem := worker.ask(_job(one.case, folder, folder)).get("detail"):
                    self._unwritten.add(folder)
                    sys.stderr.write(f"not written by {one.writer}: {one.case.name}: {problem}\n")

    def see(self, planned: Planned) -> Outcome:
        """Load what was written, compare."""
        folder = self._place(planned)
        output = folder / "output.npy"
        answer = self._loader(planned.target).ask(_job(planned.case, folder, output, planned.target))
        if "failure" in answer:
            return Outcome(answer["failure"], detail=answer["detail"])
        return _compare(folder, output, planned.target.compared)

    def is_written(self, planned: Planned) -> bool:
        """Whether there is a checkpoint to load."""
        return self._place(planned) not in self._unwritten

    def _place(self, planned: Planned) -> Path:
        return self._folder / "checkpoints" / planned.writer.replace(" ", "-") / planned.case.name

    def _loader(self, target: Target) -> Worker:
        environment, module = LOADERS[target.library]
        return self._worker(environment, module, target.framework)

    def _worker(self, environment: str, module: str, framework: str) -> Worker:
        """Give a worker; one at a time lives."""
        key = (environment, module, framework)
        if key not in self._workers:
            self.stop()
            place = Environment(environment, self._folder / "environments")
            place.make()
            extra = {"KERAS_BACKEND": BACKENDS.get(framework, "tensorflow")}
            self._workers[key] = Worker(place.python, module, extra, self._folder / f"{'-'.join(key)}.log")
        return self._workers[key]

    def stop(self) -> None:
        """End all processes."""
        for worker in self._workers.values():
            worker.stop()
        self._workers.clear()


def _job(case: Case, folder: Path, output: Path, target: Target | None = None) -> dict[str, Any]:
    return {**asdict(case), **(asdict(target) if target else {}), "folder": str(folder), "output": str(output)}


def _compare(folder: Path, output: Path, name: str) -> Outcome:
    """Hold the output to the reference of that name, if the reference has one."""
    with np.load(folder / "reference.npz") as reference:
        if name not in reference:
            return Outcome(NOT_COMPARED, detail=f"the reference has no {name}")
        return compare(reference[name], np.load(output))


def missing(planned: Iterable[Planned], seen: Iterable[results.Load]) -> list[Planned]:
    """Leave out what there is a row of."""
    known = {load.key for load in seen}
    return [one for one in planned if one.key not in known]


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


def run(planned: list[Planned], folder: Path, path: Path) -> Iterator[results.Load]:
    """See one after the other."""
    loading = Loading(folder)
    try:
        for _, alike in groupby(planned, key=_rank):
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
