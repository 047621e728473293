"""
The first N models that come in one framework, and how far down the ranking one must go for them.

Tables in, an `Answer` out. Each of the list's models is judged by the attribution rule; those that come in the
framework keep their rank among all, which is the finding: one must go far down the list for thirty of TensorFlow's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analytics.attribution import FRAMEWORKS, Certainty
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Tile, Tiles
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.observations import Selection, TopList
from analytics.domain.requests import Definition, Top
from analytics.domain.table import Column, ColumnKind, Table
from analytics.domain.wording import count, iso, ordinal, sentence, verb
from analytics.ranking.classified import (
    TopCircumstances,
    classify,
    count_frameworks,
    count_splits,
    tabulate,
)
from analytics.ranking.copies import keep_originals, say_machinery, sort_out
from analytics.ranking.ranking_words import measure, name_ranking
from analytics.ranking.ties import say_ties_of
from analytics.reach.conversion_tables import Listings
from analytics.reach.tag_rule import Tagged, judge_tags

ALL_RANKS = Column("rank of all", ColumnKind.COUNT)
TWO = {"PyTorch": Split.PYTORCH_ONLY, "TensorFlow": Split.TENSORFLOW_ONLY}


@dataclass(frozen=True, slots=True)
class _Looked:
    """
    How many models were looked through, how many of them show no framework, and whether there are more below.

    `doubtful`: ranks of models that are left out and may belong here for all that shows, as far as they count.
    """

    among: int
    unknown: int
    complete: bool
    doubtful: int
    doubts: tuple[str, ...] = ()


def top_in_framework(request: Top, top_list: TopList, circumstances: TopCircumstances) -> Answer:
    """
    Give the first `request.n` models of `top_list` that come in `request.framework`.

    Shape:   `top_list.models` best first; as many as there are, fewer than asked are answered and said, none too.
    Raises:  ValueError, if the list is empty: an empty picture is never an answer.
    """
    if not top_list.models:
        raise ValueError("an empty list answers nothing")
    frame = classify(top_list.models, Definition.ATTRIBUTED)
    unknown = int(frame["unknown"].sum())
    fits = _fits(frame, request, top_list, circumstances.listings)
    found, doubts = _choose(request, top_list, frame[fits])
    down_to = _find_last(request, found, len(frame))
    doubtful = int((_may_fit(frame, request) & ~fits).head(down_to).sum())
    looked = _Looked(len(frame), unknown, top_list.complete, doubtful, doubts)
    return _answer(request, found, looked, top_list, circumstances)


def selected_in_framework(request: Top, selection: Selection, circumstances: TopCircumstances) -> Answer:
    """Give the first `request.n` of what was selected already out of a ranking too long to be a list."""
    found = classify(selection.top_list.models, Definition.ATTRIBUTED)
    found["rank"] = pd.Series(selection.ranks, index=found.index, dtype=object)
    chosen, doubts = _choose(request, selection.top_list, found)
    is_cut = len(chosen) == request.n and len(selection.doubtful) > chosen.index[-1]
    doubtful = selection.doubtful[chosen.index[-1]] if is_cut else selection.unknown
    looked = _Looked(selection.among, selection.unknown, selection.top_list.complete, doubtful, doubts)
    return _answer(request, chosen, looked, selection.top_list, circumstances)


def _choose(request: Top, top_list: TopList, fits: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Take the first of those that fit, and say what is to be known of copies among them and of ties at the cut."""
    models = [top_list.models[at] for at in fits.index]
    kinds = sort_out(models)
    names = [model.id for model in models[: request.n]]
    machinery = say_machinery(names, kinds[: request.n], left_out=False)
    if request.originals:
        kept, machinery = keep_originals(models, request.n, kinds)
        fits, models = fits[pd.Series([kind is None for kind in kinds], index=fits.index, dtype=bool)], list(kept)
    ties = say_ties_of(request.by, models, request.n, complete=top_list.complete)
    return fits.head(request.n), tuple(filter(None, (ties, machinery)))


def _answer(
    request: Top, found: pd.DataFrame, looked: _Looked, top_list: TopList, circumstances: TopCircumstances
) -> Answer:
    counts = count_splits(found["split"])
    return Answer(
        request=request,
        headline=_headline(request, found, looked),
        title=_title(request, found, looked),
        scope=f"{measure(request.by)} · {_name_wanted(request)}, Hugging Face Hub",
        as_of=top_list.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=request.words + ("" if circumstances.sample else f" --as-of {iso(top_list.receipt)}"),
        further=(*_say_how_sure(request, found, looked), *_further(request, counts), *_say_loaded(request, found)),
        doubts=(*circumstances.notes, *_doubts(request, found, looked)),
        sample=circumstances.sample,
        stale=circumstances.stale,
        counts=counts if counts.total else None,
        frameworks=count_frameworks(found),
        brackets=_bracket(request, found, looked),
        table=_tabulate(request, found) if len(found) else None,
        origins=(top_list.origin, *circumstances.beside),
        chart=_chart(found),
    )


def _holds(frame: pd.DataFrame, request: Top) -> "pd.Series[bool]":
    held = zip(frame["frameworks"], frame["conversions"], strict=True)
    return pd.Series([request.framework in (*names, *made) for names, made in held], index=frame.index, dtype=bool)


def _fits(frame: pd.DataFrame, request: Top, top_list: TopList, listings: Listings) -> "pd.Series[bool]":
    """Mark the models that come in the framework, or with `loadable` are loaded into it; `only`: in no other."""
    there = _holds(frame, request)
    if request.loadable and request.framework:
        proven = [judge_tags(model, request.framework, listings) is Tagged.PROVEN for model in top_list.models]
        return there | pd.Series(proven, index=frame.index)
    if not request.only:
        return there
    if split := TWO.get(request.framework or ""):
        return frame["split"] == split
    held = zip(frame["frameworks"], frame["conversions"], strict=True)
    return pd.Series([(names or made) == (request.framework,) for names, made in held], index=frame.index, dtype=bool)


def _may_fit(frame: pd.DataFrame, request: Top) -> "pd.Series[bool]":
    """Mark what is unknown; with `only` also what is kept out by nothing that is proven."""
    rivals = [name for name in (TWO if request.framework in TWO else FRAMEWORKS) if name != request.framework]
    there = _holds(frame, request) & request.only
    alone = [not any(one[name] is Certainty.PROVEN for name in rivals) for one in frame["certainty"]]
    return frame["unknown"].astype(bool) | (there & pd.Series(alone, index=frame.index, dtype=bool))


def _find_last(request: Top, found: pd.DataFrame, among: int) -> int:
    """Give the rank down to which is counted: that of the last model asked for, or all where there are fewer."""
    return int(found["rank"].iloc[-1]) if len(found) == request.n else among


def _bracket(request: Top, found: pd.DataFrame, looked: _Looked) -> dict[str, Bracket]:
    """Count those with files, down to the last that is shown: proven, with the assumed, with all that may be."""
    held = found[_holds(found, request)]
    unproven = (Certainty.ASSUMED, Certainty.UNKNOWN)
    proven = sum(one.get(request.framework) not in unproven for one in held["certainty"])  # an export is there or not
    name = f"{request.framework}{' only' if request.only else ''}"
    last = _find_last(request, found, looked.among)
    return {name: Bracket(proven, len(held), len(held) + looked.doubtful, last)}


# ---------------------------------------------------------------------------------------------------------- sentences


def _say_how_sure(request: Top, found: pd.DataFrame, looked: _Looked) -> Iterable[str]:
    """Say the three counts of what a headline of ranks gives no number of."""
    for name, one in _bracket(request, found, looked).items():
        if one.is_wide and (request.loadable or len(found) == request.n):
            yield f"Of the first {count(one.total, 'model')}, {one.counted:,} {verb(one.counted)} in {name}{one.aside}."


def _how(request: Top) -> str:
    return " only" if request.only else " or loadable into it" if request.loadable else ""


def _name_wanted(request: Top) -> str:
    """Name what is looked for: `text-generation models in TensorFlow only, by google`."""
    noun = "originals" if request.originals else "models"
    kind = f"{request.task} {noun}" if request.task else noun
    owner = f", by {request.author}" if request.author else ""
    return f"{kind} in {request.framework}{_how(request)}{owner}"


def _headline(request: Top, found: pd.DataFrame, looked: _Looked) -> str:
    among = f"the {name_ranking(request.by, request.task, request.author, looked.among)}"
    if looked.among == 1 and looked.unknown:
        return f"Of {among} no framework is known"
    if len(found) < request.n:
        what = f"{verb(len(found), 'an original', 'originals')} in" if request.originals else "in"
        sure = "" if request.loadable and len(found) else _sure_of(request, found, looked).aside
        return f"{_who(found, among, looked)} {what} {request.framework}{_how(request)}{sure}"
    return f"The first {count(len(found), _noun(request))} stand at ranks {_ranks(found)} of {among}"


def _sure_of(request: Top, found: pd.DataFrame, looked: _Looked) -> Bracket:
    return next(iter(_bracket(request, found, looked).values()))


def _who(found: pd.DataFrame, among: str, looked: _Looked) -> str:
    """Say how many of those looked through are it; of a single one whether it is."""
    if looked.among == 1:
        return f"{sentence(among)} is{'' if len(found) else ' not'}"
    kept = f"Only {len(found):,}" if 0 < len(found) < looked.among else "All" if len(found) else "None"
    return f"{kept} of {among} {verb(len(found))}"


def _noun(request: Top) -> str:
    how = "-only" if request.only else "-loadable" if request.loadable else ""
    return f"{request.framework}{how} {'original' if request.originals else 'model'}"


def _ranks(found: pd.DataFrame) -> str:
    first, last = int(found["rank"].iloc[0]), int(found["rank"].iloc[-1])
    return f"{first:,} to {last:,}" if last > first else f"{first:,}"


def _title(request: Top, found: pd.DataFrame, looked: _Looked) -> str:
    only, noun = _how(request), "original" if request.originals else "model"
    if len(found) < request.n:
        originals = " are originals" if request.originals else ""
        known = "" if len(found) or not _sure_of(request, found, looked).is_wide else " known"
        if looked.among == 1:
            return f"Top model{'' if len(found) else ' not'}{known} in {request.framework}{only}"
        return f"{len(found) or 'None'} of top {looked.among:,}{originals}{known} in {request.framework}{only}"
    if request.loadable:
        return f"{ordinal(len(found))} {noun} loadable in {request.framework} at rank {int(found['rank'].iloc[-1]):,}"
    return f"{ordinal(len(found))} {noun} in {request.framework}{only} is at rank {int(found['rank'].iloc[-1]):,}"


def _further(request: Top, counts: Counts) -> Iterable[str]:
    """Say how many have the other framework's files too; what only loads into the one is in the other without both."""
    there = {"PyTorch": counts.tensorflow, "TensorFlow": counts.pytorch}.get(request.framework or "")
    if there is None or not counts.total or request.only:
        return
    other = "TensorFlow" if request.framework == "PyTorch" else "PyTorch"
    if counts.total == 1:
        yield f"It is {'' if there else 'not '}in {other} too."
    else:
        kept = "All" if there == counts.total else f"{there:,}"
        yield f"{kept} of these {counts.total:,} {verb(there)} in {other} too."


def _say_loaded(request: Top, found: pd.DataFrame) -> Iterable[str]:
    if request.loadable and len(found):
        loaded = len(found) - int(_holds(found, request).sum())
        if not loaded:
            these = verb(len(found), "It has", "All of these have")
            yield f"{these} {request.framework} files; none is there for converting on load alone."
            return
        yield (
            f"{loaded:,} of these {verb(loaded, 'has', 'have')} no {request.framework} files and by "
            f"{verb(loaded, 'its', 'their')} tags {verb(loaded, 'converts', 'convert')} on load: at most so many."
        )


def _doubts(request: Top, found: pd.DataFrame, looked: _Looked) -> Iterable[str]:
    if len(found) < request.n and not looked.complete:
        yield (
            f"{request.n:,} were asked for; only the first {looked.among:,} of the ranking are stored, "
            "so there may be more below."
        )
    yield from looked.doubts
    assumed = int(found["assumed"].sum())
    if assumed:
        yield f"Of {count(assumed, 'model')} the framework is assumed, not proven (marked ?)."
    if looked.unknown and looked.among == 1:
        yield "It shows no framework, so it is left out."
    elif looked.unknown:
        show, they = verb(looked.unknown, "shows", "show"), verb(looked.unknown, "it is", "they are")
        yield f"Of the {looked.among:,} looked through, {looked.unknown:,} {show} no framework; {they} left out."


def _tabulate(request: Top, found: pd.DataFrame) -> Table:
    numbered = found.rename(columns={"rank": ALL_RANKS.name})
    numbered["rank"] = range(1, len(found) + 1)
    ranking = name_ranking(request.by, request.task, request.author, len(found))
    return tabulate(request, numbered, ALL_RANKS, caption=f"The {ranking} in {request.framework}{_how(request)}")


def _chart(found: pd.DataFrame) -> Tiles | None:
    """Draw a tile a model, numbered by its rank among all."""
    rows = zip(found["rank"], found["split"], found["assumed"], found["model"], strict=True)
    tiles = tuple(Tile(*row) for row in rows)
    return Tiles(tiles) if 0 < len(tiles) <= MOST else None


MOST = 30
"""Tiles with ranks of three digits stay legible up to here."""
