"""Every load there is to be seen, and the row that is written of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tests.reach import results
from tests.reach.case import MIDDLE, NEW, OLD, PLAIN, TIMM, Case
from tests.reach.comparing import NOT_COMPARED, LoadOutcome
from tests.reach.environments import pinned
from tests.reach.targets import KERAS_HUB, MLX_LM, TRANSFORMERS, Target, targets

WRITERS = {OLD: "transformers-4", MIDDLE: "transformers-5.5", NEW: "transformers-5", TIMM: "transformers-5"}
LOADERS = {
    KERAS_HUB: ("keras-hub", "tests.reach.load_keras_hub"),
    TRANSFORMERS: ("transformers-4", "tests.reach.load_transformers"),
    MLX_LM: ("mlx-lm", "tests.reach.load_mlx_lm"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One load to be seen: a checkpoint, who writes it, how it is loaded."""

    case: Case
    writer: str
    target: Target

    @property
    def key(self) -> results.Key:
        """What its row is known by."""
        return self.row(LoadOutcome(NOT_COMPARED)).key

    @property
    def place(self) -> str:
        """The folder of its checkpoint, below that of all."""
        return f"{self.writer.replace(' ', '-')}/{self.case.name}"

    def row(self, outcome: LoadOutcome) -> results.LoadResult:
        """Write what came of it, today."""
        case, target = self.case, self.target
        return results.LoadResult(
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
    every = [Planned(case, writer, target) for case in cases for target in targets(case) for writer in case.writers]
    return sorted(every, key=rank)


def rank(planned: Planned) -> tuple[int, str]:
    """Put odd variants, and timm's large ones, behind what is plain; one library and framework for one worker."""
    place = ORDER.index((planned.target.library, planned.target.framework))
    later = 3 if planned.case.variant != PLAIN or planned.writer == TIMM else 0
    return place + later, planned.target.library + planned.target.framework


def missing(planned: Iterable[Planned], seen: Iterable[results.LoadResult]) -> list[Planned]:
    """Leave out what there is a row of."""
    known = {load.key for load in seen}
    return [one for one in planned if one.key not in known]
