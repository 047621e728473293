"""
Four loads through mlx-lm, from checkpoints that are kept here: what is written of them is still so.

    python -m tests.reach.kept

makes the one environment it needs (some 360 MB) in a folder that is gone afterwards, needs neither PyTorch nor a run
before, and ends with 1 if a result is another than in `analytics/reach/loads.csv`. `.ci/run` runs it.
"""

import sys
import tempfile
from pathlib import Path

from tests.reach import results
from tests.reach.cases import CASES
from tests.reach.planning import Planned, plan
from tests.reach.seeing import Loading
from tests.reach.targets import MLX_LM

KEPT = Path(__file__).with_name("kept")


def kept() -> list[Planned]:
    """List the loads whose checkpoints are kept: three that are equal, and one that is known to be wrong."""
    return [one for one in plan(CASES) if one.target.library == MLX_LM and (KEPT / one.place).exists()]


def check(folder: Path) -> bool:
    """Load each, and say whether each came out as it is written."""
    written = {load.key: load for load in results.read(results.LOADS)}
    loading = Loading(folder, KEPT)
    try:
        seen = [one.row(loading.see(one)) for one in kept()]
    finally:
        loading.stop()
    for load in seen:
        sys.stdout.write(
            f"loaded: {load.model_type} ({load.variant}) through {load.library} {load.version}: {load.result}, "
            f"difference {load.difference or '-'} of {load.scale or '-'}{load.detail and ': '}{load.detail}\n"
        )
    return bool(seen) and all(load.result == written[load.key].result for load in seen)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        sys.exit(0 if check(Path(name)) else 1)
