"""What the method says of proof by loading, and of the two rules, is what the tables give today."""

from pathlib import Path

import pytest

from analytics.reach.conversion_tables import PLAIN, find_loads, read_shipped_listings
from tests.reach import coverage, two_rules
from tests.reach.not_tried import REASONS, explain

METHOD = (Path(__file__).parents[2] / "docs/method.md").read_text(encoding="utf-8")


def test_the_method_prints_what_proven_by_loading_covers() -> None:
    """Types, classes and versions, printed anew by its command."""
    assert coverage.report() in METHOD


def test_each_type_that_was_not_tried_has_a_reason_and_no_other_has_one() -> None:
    """A type that a library lists anew is tried or explained; a reason that no longer holds goes."""
    rows = read_shipped_listings().rows
    untried = {(row.library, row.model_type) for row in rows if all(load.variant != PLAIN for load in find_loads(row))}

    assert untried == {(library, name) for (library, _), types in REASONS.items() for name in types}
    with pytest.raises(LookupError):
        explain("mlx-lm", "llama")


def test_the_method_prints_how_far_the_two_rules_differ() -> None:
    """On a repository of each type and class; the tags promise nothing of it that the rule for one does not."""
    told = two_rules.report(two_rules.make_repositories())

    assert told in METHOD
    assert "proven of 0 that are not" in told


def test_an_answer_of_the_hub_is_read_as_it_was_dumped(tmp_path: Path) -> None:
    """Objects dumped as text: the files of a repository are found in them."""
    dumped = tmp_path / "some.jsonl"
    dumped.write_text(
        '{"id": "o/m", "config": {"model_type": "llama", "architectures": ["LlamaForCausalLM"]}, "library_name": '
        '"transformers", "tags": ["transformers", "safetensors", "llama", "awq"], "pipeline_tag": "text-generation", '
        '"siblings": ["RepoSibling(rfilename=\'model.safetensors\', size=None)"]}\n',
        encoding="utf-8",
    )
    (repository,) = two_rules.read_repositories(dumped)
    pairs = {pair.framework: (pair.by_tags, pair.alone) for pair in two_rules.compare(repository)}

    assert pairs == {"JAX": ("no", "proven"), "TensorFlow": ("no", "proven"), "MLX": ("no", "proven")}
