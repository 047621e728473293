"""Whatever loaded without an error and gave other numbers is told of a repository that shows it: cases of the table."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from analytics.domain.observations import Configuration
from analytics.reach.class_evidence import EIGHT_BITS, TIED, find_wrong_eight_bits
from analytics.reach.conversion_tables import PLAIN, TIMM, Listed, Load, find_wrong, read_shipped_listings
from analytics.reach.conversion_words import describe, name_library, write_lines
from analytics.reach.loading_rule import QUANTISED_ALL_THE_SAME
from analytics.reach.outcomes import Reach
from tests.analytics.reach.test_single_repository import BERT, QWEN, into


def list_wrong() -> Iterator[tuple[Listed, Load]]:
    """Give every silently wrong load of what is offered for a framework."""
    for row in read_shipped_listings().rows:
        yield from ((row, load) for load in find_wrong(row))


def show(row: Listed, load: Load) -> Reach:
    """Ask for a repository of that form, as far as the Hub shows it without a file being read for it."""
    if row.model_type.startswith(TIMM):
        return into(row.framework, Configuration(), library="timm", name=f"timm/{load.architecture}.a1_in1k")
    is_eight_bit = load.variant.startswith(EIGHT_BITS)
    described = Configuration(
        row.model_type,
        (load.architecture,),
        quantisation=load.variant.split()[1] if is_eight_bit else QUANTISED_ALL_THE_SAME.get(row.model_type),
        dtypes=("F16", "I8") if is_eight_bit else (),
        stems=("model.norm", *(one[0] for one in row.tensors if one[0] != "lm_head")) if load.variant == TIED else None,
    )
    return into(row.framework, described)


@pytest.mark.parametrize(
    ("row", "load"),
    [
        pytest.param(
            row, load, id=f"{row.library} {row.framework} {load.architecture} {load.variant} {load.written_by}"
        )
        for row, load in list_wrong()
    ],
)
def test_every_silently_wrong_form_is_told(row: Listed, load: Load) -> None:
    """The library that gave other numbers is warned of, or offered with what gave them."""
    found = show(row, load)
    told = list(describe(found, None))
    library = name_library(row.library, row.version)

    (offered,) = (one for one in found.conversions if one.row == row)
    if any(line.startswith(f"Do not load it through {library}:") for line in told):
        assert found.best != offered or not write_lines(found, "org/m")
        return
    (warning,) = (
        line for line in told if "gave other numbers" in line and (library in line or len(found.conversions) == 1)
    )
    assert load in offered.wrong
    assert (load.variant if load.variant != PLAIN else load.written_by) in warning or load.architecture in warning


@pytest.mark.parametrize("framework", ["TensorFlow", "JAX"])
@pytest.mark.parametrize("described", [QWEN, BERT], ids=["decoder", "encoder"])
def test_eight_bits_of_a_type_tried_in_full_only_are_warned_of(framework: str, described: Configuration) -> None:
    """KerasHub dropped the scales of the type that was tried; nothing says that it keeps those of another."""
    eight = Configuration(described.model_type, described.architectures, eight_bits=True, quantisation="bitsandbytes")
    told = " ".join(describe(into(framework, eight), "org/base"))

    assert "it loads eight-bit weights without an error and gives other numbers (seen with llama)" in told
    assert "org/base" in told


def test_eight_bits_are_warned_of_in_a_release_that_was_not_loaded_yet() -> None:
    """What the last one tried got wrong is still warned of."""
    row = into("TensorFlow").conversions[0].row

    assert find_wrong_eight_bits(replace(row, version="99.0.0", loaded=row.version)) == "llama"
    assert find_wrong_eight_bits(replace(row, version="99.0.0")) == ""


def test_eight_bits_that_are_refused_do_not_convert() -> None:
    """mlx-lm ends in an error, which harms nobody."""
    eight = Configuration("llama", ("LlamaForCausalLM",), eight_bits=True, quantisation="bitsandbytes")

    assert list(describe(into("MLX", eight), None)) == ["Its quantised weights do not convert into MLX."]


def test_each_library_offered_tells_its_own_dangers() -> None:
    """A classifier on BERT: what gave other numbers through the one gave equal ones through the other."""
    classifier = Configuration("bert", ("BertForSequenceClassification",))
    told = [line for line in describe(into("TensorFlow", classifier), None) if "gave other numbers" in line]
    keras, old = (next(line for line in told if name in line) for name in ("KerasHub", "transformers"))

    assert "layer_norm_eps 1e-3" in keras
    assert "hidden_act relu" in keras
    assert "layer_norm_eps" not in old
    assert "relative positions" in old
