"""What a line names is a class that the library has, by the list in its released wheel."""

import re
from collections.abc import Iterator
from dataclasses import replace

from analytics.domain.observations import Configuration
from analytics.reach.class_evidence import find_class
from analytics.reach.class_names import has_class
from analytics.reach.conversion_tables import Listed, Listings, Result, find_loads, read_shipped_listings
from analytics.reach.conversion_words import write_lines, write_old_lines
from analytics.reach.outcomes import Sureness
from tests.analytics.reach.test_single_repository import into
from tests.reach.read_classes import read_keras_hub, read_transformers

ROWS = read_shipped_listings().rows
OLD = [row for row in ROWS if row.library == "transformers"]
VERSIONS = {row.library: row.version for row in ROWS}
ENDINGS = ("Model", "ForCausalLM", "ForMyTask", "ForSequenceClassification")
NAMED = re.compile(r"from (transformers) import (\w+) as|import (keras_hub) as k; print\(k\.models\.(\w+)\.from_preset")


def find_named(row: Listed) -> Iterator[tuple[str, ...]]:
    """Give library and class of every line for a type: of the classes that were tried, and of what may be its own."""
    tried = {load.architecture for load in find_loads(row)}
    begins = {re.sub(r"(?:For\w+|LMHeadModel|MTModel|Model)$", "", name) for name in tried if row in OLD}
    for architecture in sorted({*tried, *(begin + ending for begin in begins for ending in ENDINGS)}):
        described = Configuration(row.model_type, (architecture,), dtypes=("F32",))
        old = write_old_lines(row.framework, described, "org/m") if row in OLD else ()
        for line in (*write_lines(into(row.framework, described), "org/m"), *old):
            yield from (tuple(filter(None, found)) for found in NAMED.findall(line))


def test_each_class_that_a_line_can_name_is_there() -> None:
    """Of every type that is listed, every class that was tried and made-up ones: no line is an ImportError."""
    named = {found for row in ROWS if row.library != "mlx-lm" for found in find_named(row)}

    assert len(named) > 300
    names = [(library.replace("_", "-"), name) for library, name in sorted(named)]
    assert [one for one in names if not has_class(one[0], VERSIONS[one[0]], one[1])] == []


def test_each_class_that_a_table_names_is_there() -> None:
    """KerasHub's classes stand in types.csv themselves."""
    named = {row.loader for row in ROWS if row.library == "keras-hub"}

    assert [name for name in sorted(named) if not has_class("keras-hub", VERSIONS["keras-hub"], name)] == []


def test_the_list_says_what_loading_showed() -> None:
    """Whatever was refused as no attribute of transformers is not in the list; whatever else was tried is."""
    for row in OLD:
        for load in find_loads(row):
            is_missing = load.result is Result.REFUSED and "module transformers has no attribute" in load.detail
            assert find_class(row, load.architecture) is not is_missing, load


def test_of_a_version_whose_list_was_not_read_nothing_is_said() -> None:
    """A newer 4.57 is only listed: neither has it no such class, nor is a line written that might fail."""
    own, newer = next(row for row in OLD if row.model_type == "t5" and row.framework == "TensorFlow"), "4.57.7"
    row = replace(own, version=newer, loaded=own.version)
    described = Configuration("t5", ("T5ForSequenceClassification",), dtypes=("F32",))

    found = into("TensorFlow", described, listings=Listings([row]))

    assert (find_class(own, "T5ForSequenceClassification"), found.obstacle) == (False, None)
    assert found.best is not None
    assert found.best.sureness is Sureness.LISTED
    assert write_lines(found, "org/m") == ()


def test_classes_are_read_from_the_text_of_a_wheel() -> None:
    """Of transformers the models that `__all__` names, of KerasHub what its public module imports, as it is called."""
    exported = '__all__ = ["TFT5Model", "TFT5PreTrainedModel", "TFT5MainLayer", "TF_T5_MAPPING", "helper"]'
    hub = "from keras_hub.src.models.bert.b import A as BertBackbone"

    assert read_transformers({"modeling_tf_t5.py": exported}) == {"modeling_tf_t5.py": ("TFT5Model",)}
    assert read_keras_hub({"__init__.py": hub}) == {"keras_hub/src/models/bert": ("BertBackbone",)}
