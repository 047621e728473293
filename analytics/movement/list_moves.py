"""
What became of each model between two lists of one ranking: who entered, left, stayed, and where each stands.

A repository is known by the number the Hub gave it, so that one that was renamed is the same; by its name where a list
was read before the number was kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analytics.attribution import attribute
from analytics.domain.counts import Counts, Split
from analytics.domain.observations import Model, TopList

FIRST = 30
"""The list people talk about."""


@dataclass(frozen=True, slots=True)
class Move:
    """
    One model that is or was among the first thirty.

    Ranks are over the whole lists, None where the model is not in one. `split` and `split_before` are those of the two
    thirties, None outside of them. `called` is its name of before, empty where that was the same.
    """

    model: str
    rank: int | None
    before: int | None
    split: Split | None
    split_before: Split | None
    called: str = ""

    @property
    def change(self) -> str:
        """What became of it: entered, left or stayed."""
        if self.split is None:
            return "left"
        return "entered" if self.split_before is None else "stayed"

    @property
    def climbed(self) -> int:
        """By how many ranks it rose, below zero where it fell; 0 where it is not in both lists."""
        return self.before - self.rank if self.rank and self.before else 0

    @property
    def counts_otherwise(self) -> bool:
        """Whether it is in another part of the split than before."""
        return self.change == "stayed" and self.split is not self.split_before


def compare_lists(new: TopList, old: TopList) -> tuple[Move, ...]:
    """Give a move for each model of either first thirty, by today's rank, those that are nowhere today at the end."""
    found = _find_again(new.models, old.models)
    now, before = _splits(new), _splits(old)
    moves = [_move(new, old, place, was, (now, before)) for place, was in enumerate(found)]
    gone = [place for place in range(len(before)) if place not in set(found)]
    left = [Move(old.models[place].id, None, place + 1, None, before[place]) for place in gone]
    return (*(move for move in moves if move.split or move.split_before), *left)


def count_first(top_list: TopList) -> Counts:
    """Count the parts of the split among the first thirty."""
    splits = _splits(top_list)
    return Counts(**{split.value: splits.count(split) for split in Split})


def turnover(new: TopList, old: TopList) -> int:
    """Count the models of the first thirty that are new there, or in another part of the split than before."""
    now, before = (replace(one, models=one.models[:FIRST]) for one in (new, old))
    return sum(move.change == "entered" or move.counts_otherwise for move in compare_lists(now, before))


def _move(new: TopList, old: TopList, place: int, was: int | None, splits: tuple[list[Split], list[Split]]) -> Move:
    (now, before), name = splits, new.models[place].id
    return Move(
        model=name,
        rank=place + 1,
        before=None if was is None else was + 1,
        split=now[place] if place < len(now) else None,
        split_before=None if was is None or was >= len(before) else before[was],
        called="" if was is None or old.models[was].id == name else old.models[was].id,
    )


def _splits(top_list: TopList) -> list[Split]:
    return [_split(_without_measures(model)) for model in top_list.models[:FIRST]]


def _without_measures(model: Model) -> Model:
    """Leave out what is another in every list and moves no verdict."""
    return replace(model, downloads_30d=None, downloads_all=None, likes=None, trending=None)


@lru_cache(2_000)
def _split(model: Model) -> Split:
    """Judge a model once for all lists it is in. What a conversion inherits moves no split, so no base is looked at."""
    return attribute(model).split


def find_rank(model: Model, models: Sequence[Model]) -> int | None:
    """Give the rank of a model in another list, whatever it was called there; None where it is not in it."""
    (place,) = _find_again([model], models)
    return None if place is None else place + 1


def _find_again(new: Sequence[Model], old: Sequence[Model]) -> list[int | None]:
    """Give the place of each model in the other list, None where it is not there."""
    numbers = {model.number: place for place, model in enumerate(old) if model.number}
    names = {model.id: place for place, model in enumerate(old)}
    return [_place(model, old, numbers, names) for model in new]


def _place(model: Model, old: Sequence[Model], numbers: dict[str, int], names: dict[str, int]) -> int | None:
    """Go by the number where both have one: under a name that was given away stands another repository."""
    if model.number in numbers:
        return numbers[model.number]
    place = names.get(model.id)
    is_another = place is not None and model.number and old[place].number
    return None if is_another else place
