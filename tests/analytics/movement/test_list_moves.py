"""What became of each model between two lists, and of one that was given another name."""

import datetime as dt

from analytics.domain.answer import Origin
from analytics.domain.counts import Split
from analytics.domain.observations import Model, Ranking, TopList
from analytics.movement.list_moves import Move, compare_lists, find_rank, turnover

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
ORIGIN = Origin("Hub", "listing", "https://example.org", "2026-11-23")


def listed(*names: str, numbers: bool = True, tag: str = "pytorch") -> TopList:
    """Make a list; a name is a model, or a number and its name (`7:lab/a`)."""
    parts = [name.rpartition(":") for name in names]
    models = tuple(
        Model(name, 1, tags=(tag,), number=(number or None) if numbers else None) for number, _, name in parts
    )
    return TopList(Ranking(), NOW, models, len(models), complete=True, origin=ORIGIN)


def test_a_renamed_repository_is_the_same() -> None:
    """It neither left nor entered; its old name is told."""
    moves = compare_lists(listed("1:new/name", "2:lab/b"), listed("2:lab/b", "1:old/name"))

    assert moves[0] == Move("new/name", 1, 2, Split.PYTORCH_ONLY, Split.PYTORCH_ONLY, called="old/name")
    assert [move.change for move in moves] == ["stayed", "stayed"]
    assert turnover(listed("1:new/name"), listed("1:old/name")) == 0


def test_another_repository_under_a_name_given_away_is_new() -> None:
    """One moved away, and somebody took its name: by name alone neither would be seen."""
    moves = compare_lists(listed("1:new/name", "3:old/name"), listed("1:old/name", "2:lab/b"))

    assert [(move.model, move.change, move.before) for move in moves] == [
        ("new/name", "stayed", 1),
        ("old/name", "entered", None),
        ("lab/b", "left", 2),
    ]


def test_lists_of_before_the_numbers_are_matched_by_name() -> None:
    """Whichever of the two has none."""
    with_numbers, without = listed("1:lab/a", "2:lab/b"), listed("1:lab/a", "2:lab/b", numbers=False)

    for new, old in ((with_numbers, without), (without, with_numbers)):
        assert [move.change for move in compare_lists(new, old)] == ["stayed", "stayed"]


def test_a_model_beyond_the_thirty_keeps_its_rank() -> None:
    """It left, and stands at 31 today; the one in its place was 31 before."""
    names = [f"{number}:lab/m{number}" for number in range(31)]
    moves = compare_lists(listed(*names[:29], names[30], names[29]), listed(*names))

    assert [(move.model, move.change, move.rank, move.before) for move in moves[-2:]] == [
        ("lab/m30", "entered", 30, 31),
        ("lab/m29", "left", 31, 30),
    ]


def test_whoever_counts_otherwise_is_part_of_the_turnover() -> None:
    """Nobody entered, and one model is TensorFlow's now."""
    assert turnover(listed("1:lab/a", tag="tf"), listed("1:lab/a")) == 1


def test_the_rank_of_before_is_found_under_the_old_name() -> None:
    """And none where it was in no list, or another repository had its name."""
    old = listed("2:lab/b", "1:old/name").models

    assert find_rank(Model("new/name", number="1"), old) == 2
    assert find_rank(Model("old/name", number="3"), old) is None
    assert find_rank(Model("lab/b"), old) == 1
