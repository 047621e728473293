"""How sure the counts of a census are, in numbers that can be checked in the head."""

import pytest

from analytics.domain.counts import Bracket
from analytics.ranking.census_rows import CensusRow
from analytics.ranking.sureness import bracket_both

ROWS = (
    CensusRow("attributed", "pytorch_only", 100, 0),
    CensusRow("attributed", "pytorch_only", 10, 0, assumed="PyTorch"),
    CensusRow("attributed", "both", 40, 0),
    CensusRow("attributed", "both", 4, 0, assumed="both"),
    CensusRow("attributed", "both", 2, 0, assumed="TensorFlow"),
    CensusRow("attributed", "neither", 1000, 0),
    CensusRow("attributed", "neither", 300, 0, remark="unknown"),
)


@pytest.mark.parametrize(
    ("framework", "bracket"), [("PyTorch", Bracket(142, 156, 456, 1456)), ("TensorFlow", Bracket(40, 46, 346, 1456))]
)
def test_a_model_is_proven_in_a_framework_that_is_not_assumed_of_it(framework: str, bracket: Bracket) -> None:
    """Assumed of both it is proven in neither; what is unknown may be in either."""
    assert bracket_both(ROWS)[framework] == bracket
