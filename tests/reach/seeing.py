"""Writes checkpoints, loads them and compares, each in a process of the environment it needs."""

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from tests.reach.case import WITHOUT_MEANING, Case
from tests.reach.comparing import NOT_COMPARED, LoadOutcome, compare
from tests.reach.environments import Environment
from tests.reach.loading_workers import Worker
from tests.reach.planning import LOADERS, WRITERS, Planned
from tests.reach.targets import Target

BACKENDS = {"TensorFlow": "tensorflow", "JAX": "jax", "PyTorch": "torch"}


class Loading:
    """The folder of a run, with its environments and logs; the folder of the checkpoints; and the worker."""

    def __init__(self, folder: Path, checkpoints: Path) -> None:
        self._folder = folder
        self._checkpoints = checkpoints
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

    def see(self, planned: Planned) -> LoadOutcome:
        """Load what was written, compare."""
        folder = self._place(planned)
        output = self._folder / "output.npy"
        output.unlink(missing_ok=True)
        answer = self._loader(planned.target).ask(_job(planned.case, folder, output, planned.target))
        if "failure" in answer:
            return LoadOutcome(answer["failure"], detail=answer["detail"])
        if planned.case.touch in WITHOUT_MEANING:
            return LoadOutcome(NOT_COMPARED, detail="loads; the numbers in the file are chance")
        return _compare(folder, output, planned.target.compared)

    def is_written(self, planned: Planned) -> bool:
        """Whether there is a checkpoint to load."""
        return self._place(planned) not in self._unwritten

    def _place(self, planned: Planned) -> Path:
        return self._checkpoints / planned.place

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


def _compare(folder: Path, output: Path, name: str) -> LoadOutcome:
    """Hold the output to the reference of that name, if the reference has one."""
    with np.load(folder / "reference.npz") as reference:
        if name not in reference:
            return LoadOutcome(NOT_COMPARED, detail=f"the reference has no {name}")
        return compare(reference[name], np.load(output))
