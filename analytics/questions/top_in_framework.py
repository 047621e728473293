"""
The first N models that come in one framework, and how far down the ranking one must go for them.

Tables in, an `Answer` out. Each of the list's models is judged by the attribution rule; those that come in the
framework keep their rank among all, which is the finding: one must go far down the list for thirty of TensorFlow's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from analytics.attribution import FRAMEWORKS, PYTORCH, Certainty
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Tile, Tiles
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.observations import Model, Selection, TopList
from analytics.domain.reach_counts import Reached
from analytics.domain.requests import MOST_MODELS, Definition, Top
from analytics.domain.table import Table
from analytics.domain.wording import count, iso, ordinal, sentence, verb
from analytics.ranking.classified import (
    ALL_RANKS,
    Classified,
    TopCircumstances,
    classify,
    count_frameworks,
    count_splits,
    find_untold,
    say_assumed,
    tabulate,
)
from analytics.ranking.copies import keep_originals, say_machinery, sort_out
from analytics.ranking.ranking_words import measure, name_ranking
from analytics.ranking.reach_words import say_untold
from analytics.ranking.ties import say_ties_of
from analytics.reach.many_repositories import is_disabled, judge_reach

TWO = {"PyTorch": Split.PYTORCH_ONLY, "TensorFlow": Split.TENSORFLOW_ONLY}


@dataclass(frozen=True, slots=True)
class _Looked:
    """
    How many models were looked through, how many of them show no framework, and whether there are more below.

    `doubtful`: ranks of models that are left out and may belong here for all that shows, as far as they count.
    `untold`: others that may load into the framework for all that is known.
    """

    among: int
    unknown: int
    complete: bool
    doubtful: int
    doubts: tuple[str, ...] = ()
    cut_at: int = 0
    untold: int = 0


def top_in_framework(request: Top, top_list: TopList, circumstances: TopCircumstances) -> Answer:
    """
    Give the first `request.n` models of `top_list` that come in `request.framework`.

    Shape:   `top_list.models` best first; as many as there are, fewer than asked are answered and said, none too.
    Raises:  ValueError, if the list is empty: an empty picture is never an answer.
    """
    if not top_list.models:
        raise ValueError("an empty list answers nothing")
    rows = classify(top_list.models, Definition.ATTRIBUTED)
    fits = [_fits(row, request, circumstances) for row in rows]
    found, doubts = _choose(request, top_list, list(compress(rows, fits)))
    down_to = rows[: _find_last(request, found, len(rows))]
    doubtful = sum(not fit and _may_fit(row, request) for row, fit in zip(down_to, fits, strict=False))
    unknown = sum(row.is_unknown for row in rows)
    untold = _count_untold(request, rows, fits, circumstances)
    looked = _Looked(len(rows), unknown, top_list.complete, doubtful, doubts, top_list.cut_at(MOST_MODELS), untold)
    return _answer(request, found, looked, top_list, circumstances)


def _count_untold(
    request: Top, rows: Sequence[Classified], fits: Sequence[bool], circumstances: TopCircumstances
) -> int:
    """Count those that may load into the framework for all that is known: their type would tell, and is not kept."""
    if not request.loadable:
        return 0
    others = [row for row, fit in zip(rows, fits, strict=True) if not fit and PYTORCH in row.verdict.frameworks]
    return len(find_untold((row.model for row in others), circumstances))


def count_selected(request: Top, selection: Selection, circumstances: TopCircumstances) -> Answer:
    """Give the first `request.n` of what was selected already out of a ranking too long to be a list."""
    judged = classify(selection.top_list.models, Definition.ATTRIBUTED)
    rows = [replace(row, rank=rank) for row, rank in zip(judged, selection.ranks, strict=True)]
    chosen, doubts = _choose(request, selection.top_list, rows)
    doubtful_above = dict(zip(selection.ranks, selection.doubtful, strict=False))
    is_cut = len(chosen) == request.n
    doubtful = doubtful_above.get(chosen[-1].rank, selection.unknown) if is_cut else selection.unknown
    looked = _Looked(selection.among, selection.unknown, selection.top_list.complete, doubtful, doubts)
    return _answer(request, chosen, looked, selection.top_list, circumstances)


def _choose(
    request: Top, top_list: TopList, fits: Sequence[Classified]
) -> tuple[Sequence[Classified], tuple[str, ...]]:
    """Take the first of those that fit, and say what is to be known of copies among them and of ties at the cut."""
    models: Sequence[Model] = [row.model for row in fits]
    kinds = sort_out(models)
    names = [model.id for model in models[: request.n]]
    machinery = say_machinery(names, kinds[: request.n], left_out=False)
    if request.originals:
        models, machinery = keep_originals(models, request.n, kinds)
        fits = [row for row, kind in zip(fits, kinds, strict=True) if kind is None]
    ties = say_ties_of(request.by, models, request.n, complete=top_list.complete)
    return fits[: request.n], tuple(filter(None, (ties, machinery)))


def _answer(
    request: Top, found: Sequence[Classified], looked: _Looked, top_list: TopList, circumstances: TopCircumstances
) -> Answer:
    counts = count_splits(found)
    return Answer(
        request=request,
        headline=_headline(request, found, looked),
        title=_title(request, found, looked),
        scope=f"{measure(request.by)} · {_name_wanted(request)}, Hugging Face Hub",
        as_of=top_list.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=request.words + ("" if circumstances.sample else f" --as-of {iso(top_list.receipt)}"),
        further=(
            *_say_how_sure(request, found, looked),
            *_further(request, counts),
            *_say_loaded(request, found, circumstances),
        ),
        doubts=(*circumstances.notes, *_doubts(request, found, looked)),
        sample=circumstances.sample,
        stale=circumstances.stale,
        counts=counts if counts.total else None,
        frameworks=count_frameworks(found),
        brackets=_bracket(request, found, looked),
        table=_tabulate(request, found) if found else None,
        origins=(top_list.origin, *circumstances.beside),
        chart=_chart(request, found),
    )


LOADED = (Reached.KERAS, Reached.CONVERTS)
"""How a model is loaded into a framework that it has no files of."""


def _fits(row: Classified, request: Top, known: TopCircumstances) -> bool:
    """Tell whether a model comes in the framework, or with `loadable` is loaded into it; `only`: in no other."""
    there = request.framework in row.held
    if request.loadable and request.framework:
        reached = judge_reach(row.model, row.verdict, request.framework, known.listings, known.read)
        return reached in LOADED or (there and not is_disabled(row.model, known.read))
    if not request.only:
        return there
    if split := TWO.get(request.framework or ""):
        return row.verdict.split is split
    return (row.verdict.frameworks or row.verdict.conversions) == (request.framework,)


def _may_fit(row: Classified, request: Top) -> bool:
    """Tell whether it is unknown; with `only` also whether nothing that is proven keeps it out."""
    rivals = [name for name in (TWO if request.framework in TWO else FRAMEWORKS) if name != request.framework]
    alone = request.only and not any(row.certainty[name] is Certainty.PROVEN for name in rivals)
    return row.is_unknown or (alone and request.framework in row.held)


def _find_last(request: Top, found: Sequence[Classified], among: int) -> int:
    """Give the rank down to which is counted: that of the last model asked for, or all where there are fewer."""
    return found[-1].rank if len(found) == request.n else among


def _bracket(request: Top, found: Sequence[Classified], looked: _Looked) -> dict[str, Bracket]:
    """Count those with files, down to the last that is shown: proven, with the assumed, with all that may be."""
    held = [row for row in found if request.framework in row.held]
    proven = sum(row.is_proven_in(request.framework or "") for row in held)
    name = f"{request.framework}{' only' if request.only else ''}"
    last = _find_last(request, found, looked.among)
    return {name: Bracket(proven, len(held), len(held) + looked.doubtful, last)}


# ---------------------------------------------------------------------------------------------------------- sentences


def _say_how_sure(request: Top, found: Sequence[Classified], looked: _Looked) -> Iterable[str]:
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


def _headline(request: Top, found: Sequence[Classified], looked: _Looked) -> str:
    among = f"the {name_ranking(request.by, request.task, request.author, looked.among, cut_at=looked.cut_at)}"
    if looked.among == 1 and looked.unknown:
        return f"Of {among} no framework is known"
    if len(found) < request.n:
        what = f"{verb(len(found), 'an original', 'originals')} in" if request.originals else "in"
        sure = "" if request.loadable and (len(found) or looked.untold) else _sure_of(request, found, looked).aside
        return f"{_who(found, among, looked)} {what} {request.framework}{_how(request)}{sure}"
    return f"The first {count(len(found), _noun(request))} stand at ranks {_ranks(found)} of {among}"


def _sure_of(request: Top, found: Sequence[Classified], looked: _Looked) -> Bracket:
    return next(iter(_bracket(request, found, looked).values()))


def _who(found: Sequence[Classified], among: str, looked: _Looked) -> str:
    """Say how many of those looked through are it; of a single one whether it is."""
    if looked.among == 1:
        return f"{sentence(among)} is{'' if len(found) else ' not'}"
    if looked.untold:
        few = f"At least {len(found):,} of {among} {verb(len(found))}"
        return few if found else f"None of {among} are known to be"
    kept = f"Only {len(found):,}" if 0 < len(found) < looked.among else "All" if len(found) else "None"
    return f"{kept} of {among} {verb(len(found))}"


def _noun(request: Top) -> str:
    how = "-only" if request.only else "-loadable" if request.loadable else ""
    return f"{request.framework}{how} {'original' if request.originals else 'model'}"


def _ranks(found: Sequence[Classified]) -> str:
    first, last = found[0].rank, found[-1].rank
    return f"{first:,} to {last:,}" if last > first else f"{first:,}"


def _title(request: Top, found: Sequence[Classified], looked: _Looked) -> str:
    only, noun = _how(request), "original" if request.originals else "model"
    if len(found) < request.n:
        originals, ranked = " are originals" if request.originals else "", "stored" if looked.cut_at else "top"
        known = "" if len(found) or not _sure_of(request, found, looked).is_wide else " known"
        if looked.among == 1:
            return f"{sentence(ranked)} model{'' if len(found) else ' not'}{known} in {request.framework}{only}"
        if looked.untold and found:
            return f"{request.framework}{only}: at least {len(found)} of {looked.among:,}"
        return f"{len(found) or 'None'} of {ranked} {looked.among:,}{originals}{known} in {request.framework}{only}"
    if request.loadable:
        return f"{ordinal(len(found))} {noun} loadable in {request.framework} at rank {found[-1].rank:,}"
    return f"{ordinal(len(found))} {noun} in {request.framework}{only} is at rank {found[-1].rank:,}"


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


def _say_loaded(request: Top, found: Sequence[Classified], known: TopCircumstances) -> Iterable[str]:
    """Say how many have no files of the framework: how many convert, and by what that is known, or run on Keras 3."""
    if not (request.loadable and found):
        return
    without = [row for row in found if request.framework not in row.held]
    loaded = [row.model for row in without if "Keras" not in row.verdict.frameworks]
    if not without:
        these = verb(len(found), "It has", "All of these have")
        yield f"{these} {request.framework} files; none is there for converting on load alone."
    if old := sum(_is_old(row, request, known) for row in found):
        yield f"{old:,} of these {verb(old, 'has', 'have')} old files, which only transformers before 5 loads."
    if loaded:
        how = _how_known(loaded, sum(model.id.casefold() in known.read for model in loaded))
        have, convert = verb(len(loaded), "has", "have"), verb(len(loaded), "converts", "convert")
        yield f"{len(loaded):,} of these {have} no {request.framework} files and {convert} on load: {how}."
    if keras := len(without) - len(loaded):
        yield f"{keras:,} of these {verb(keras, 'runs', 'run')} on {request.framework} through Keras 3."


def _is_old(row: Classified, request: Top, known: TopCircumstances) -> bool:
    reached = judge_reach(row.model, row.verdict, request.framework or "", known.listings, known.read)
    return reached in (Reached.OLD, Reached.OLD_CONVERTS)


def _how_known(loaded: Sequence[Model], read: int) -> str:
    """Say of how many the repository was read, and that the others go by tags alone."""
    by_tags = len(loaded) - read
    if not by_tags:
        return f"as {verb(read, 'its repository was', 'their repositories were')} read"
    rest = "by tags, not checked, so at most so many"
    return (
        f"{read:,} as {verb(read, 'its repository was', 'their repositories were')} read, {by_tags:,} {rest}"
        if read
        else rest
    )


def _doubts(request: Top, found: Sequence[Classified], looked: _Looked) -> Iterable[str]:
    if len(found) < request.n and not looked.complete:
        stored = looked.cut_at or looked.among
        yield (
            f"{request.n:,} were asked for; only the first {stored:,} of the ranking are stored, "
            "so there may be more below."
        )
    yield from looked.doubts
    if looked.untold:
        into = f"into {request.framework}"
        yield f"{say_untold(looked.untold, 'other model', f'it loads {into}', f'these load {into}')}."
    yield from say_assumed(found)
    if looked.unknown and looked.among == 1:
        yield "Its framework is not known, so it is left out."
    elif looked.unknown:
        they = verb(looked.unknown, "it is", "they are")
        whose = f"Of {looked.unknown:,} of the {looked.among:,} looked through"
        yield f"{whose} the framework is not known; {they} left out."


def _tabulate(request: Top, found: Sequence[Classified]) -> Table:
    ranking = name_ranking(request.by, request.task, request.author, len(found))
    return tabulate(request, found, ALL_RANKS, caption=f"The {ranking} in {request.framework}{_how(request)}")


def _chart(request: Top, found: Sequence[Classified]) -> Tiles | None:
    """Draw a tile a model, numbered by its rank among all."""
    beside = request.framework not in TWO and not request.loadable
    tiles = tuple(Tile(row.rank, row.verdict.split, row.is_assumed, row.model.id) for row in found)
    return Tiles(tiles, beside) if 0 < len(tiles) <= MOST else None


MOST = 30
"""Tiles with ranks of three digits stay legible up to here."""
