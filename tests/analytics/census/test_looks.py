"""Rows are told apart by what any rule reads of their tags, in their order, and by nothing else."""

import random

import numpy as np
import pyarrow as pa
import pytest

from analytics.census.looks import Looks, Scratch, find_looks
from analytics.census.outlines import read_lists
from analytics.census.tag_codes import find_words, list_words, place_tags

WORDS = ("pytorch", "transformers", "tf", "license:mit", "license:cc", "arxiv:1.2", "arxiv:1.3", "base_model:a/b")
STRANGE = ("dataset:x", "dataset:y", "en", "")


def look_at(rows: list[list[str] | None], scratch: Scratch | None = None) -> Looks:
    """Find the looks of rows, none with a library or a task."""
    tags = read_lists(pa.chunked_array([pa.array(rows, pa.list_(pa.string()))]))
    words = find_words(tags.words[:-1], list_words())
    nothing = np.zeros(len(rows), np.int32)
    return find_looks(tags, place_tags(tags.words[:-1], words), words, nothing, nothing, scratch or Scratch())


def test_looks_are_what_a_reader_would_tell_apart() -> None:
    """Of 3,000 rows drawn at random, two look alike exactly if they read alike once unknown tags are blanked."""
    draw = random.Random(15)  # noqa: S311 - a test
    rows = [draw.choices(WORDS + STRANGE, k=draw.randrange(5)) for _ in range(3_000)]

    looks = look_at([*rows, None])

    read = [tuple("" if word in STRANGE else word for word in row) for row in rows]
    assert len(set(zip(looks.of.tolist(), [*read, None], strict=True))) == len({*read, None}) == len(looks.rows)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["pytorch", "en"], ["en", "pytorch"]),
        (["en", "pytorch", "en", "tf", "en"], ["en", "tf", "en", "pytorch", "en"]),
        (["license:mit"], ["license:cc"]),
        ([], None),
    ],
)
def test_what_differs_for_a_rule_looks_different(one: list[str], other: list[str] | None) -> None:
    """Order counts, and so does which licence it is, and whether tags were told at all."""
    assert len(look_at([one, other]).rows) == 2


def test_memory_used_again_shows_nothing_of_the_lot_before() -> None:
    """A lot after a longer one looks as it does alone."""
    scratch = Scratch()
    look_at([["pytorch", "tf"]] * 50, scratch)

    assert look_at([["tf"], [], ["tf"]], scratch).of.tolist() == look_at([["tf"], [], ["tf"]]).of.tolist()
