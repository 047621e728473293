"""What loads a model, and how it stands, follows from its proofs, however they are worded."""

from typing import Any

import pytest

from analytics.attribution import attribute
from analytics.availability.known_model import Known
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Matrix
from analytics.domain.observations import Model, Repository
from analytics.domain.requests import OneModel
from analytics.domain.table import ColumnKind
from analytics.questions.model import one
from tests.reworded.rewording import with_other_evidence
from tests.reworded.shapes import marks
from tests.reworded.stock import DAY, ORIGIN

REPOSITORIES = (
    {"files": ("tf_model.h5", "pytorch_model.bin", "flax_model.msgpack")},
    {"files": ("saved_model.pb", "m.nemo")},
    {"files": ("bert.ckpt.index", "_CHECKPOINT_METADATA")},
    {"files": ("my_model.h5",), "created_at": "2022-03-02T00:00:00Z"},
    {"tags": ("tf-keras", "jax", "x"), "library": "tf-keras"},
    {"files": ("model.safetensors",), "library": "timm"},
    {"files": ("model.safetensors",), "header": "tf"},
    {"files": ("model.keras",)},
    {"files": ("m.gguf", "model.safetensors"), "tags": ("x", "tf")},
)


@pytest.mark.parametrize("facts_", REPOSITORIES, ids=str)
def test_what_loads_a_model_does_not_hang_on_the_words_of_the_evidence(facts_: dict[str, Any]) -> None:
    """No rewording of a proof changes a status, a promise or a mark; only the column of the evidence differs."""
    model = Model("lab/m", **facts_)
    known = Known(Repository(model, model.id, DAY, ORIGIN), attribute(model), DAY)

    plain, other = (one(OneModel(model.id), each) for each in (known, with_other_evidence(known)))

    assert promises(other) == promises(plain)
    assert marks(other) == marks(plain)
    assert other != plain


def promises(answer: Answer) -> Any:
    """Give all of table and chart but the evidence."""
    assert answer.table
    assert isinstance(answer.chart, Matrix)
    kept = [at for at, column in enumerate(answer.table.columns) if column.kind is not ColumnKind.EVIDENCE]
    statuses = [cell.status for cells in answer.chart.cells for cell in cells]
    return [[row[at] for at in kept] for row in answer.table.rows], statuses, answer.frameworks, answer.title
