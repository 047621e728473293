"""
Of the first N models of the Hub, how many are reached in each framework: by files, or by what converts on load?

Tables in, an `Answer` out. Files are counted as in `top`; beside them, in a count of its own, stands what a released
library loads into the framework, by the tags of the list.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analytics.attribution import Verdict, attribute_all
from analytics.domain.answer import Answer
from analytics.domain.observations import Model, TopList
from analytics.domain.reach_counts import ReachCounts, Reached, count_letters
from analytics.domain.requests import MOST_MODELS, Definition, Top
from analytics.domain.wording import count, iso, verb
from analytics.ranking.classified import TopCircumstances, classify, count_frameworks, count_splits, find_untold
from analytics.ranking.copies import keep_originals, sort_out
from analytics.ranking.ranking_words import measure, name_ranking
from analytics.ranking.reach_words import (
    BY_TAGS,
    OLD,
    bracket_files,
    draw_reach,
    find_asked,
    say_each,
    say_finding,
    say_untold,
    tabulate_reach,
    title_in_numbers,
)
from analytics.ranking.sureness import say_ranges
from analytics.ranking.ties import say_ties_of
from analytics.reach.many_repositories import FRAMEWORKS, judge_reach, name_converters, spell_reach


def top_reach(request: Top, top_list: TopList, circumstances: TopCircumstances) -> Answer:
    """
    Tell how the first `request.n` models of `top_list` are reached.

    Shape:   a row a framework; every model is in exactly one status of each.
    Raises:  ValueError, if the list is empty: an empty picture is never an answer.
    """
    if request.originals:
        kept, left_out = keep_originals(top_list.models, request.n, sort_out(top_list.models))
        notes = (*circumstances.notes, *filter(None, [left_out]))
        top_list, circumstances = replace(top_list, models=kept), replace(circumstances, notes=notes)
    models = top_list.models[: request.n]
    if not models:
        raise ValueError("an empty list answers nothing")
    cut_at = top_list.cut_at(MOST_MODELS) if len(models) < request.n else 0
    rows = classify(models, Definition.ATTRIBUTED)
    judged = list(zip(models, attribute_all(models), strict=True))
    reach = _count_reach(judged, circumstances)
    asked = find_asked(reach)
    return Answer(
        request=request,
        headline=say_finding(asked, f"the {_name(request, len(models), cut_at)}"),
        title=title_in_numbers(asked),
        scope=_scope(request),
        as_of=top_list.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=request.words + ("" if circumstances.sample else f" --as-of {iso(top_list.receipt)}"),
        further=(*say_ranges(bracket_files(reach), "models with files"), *say_each(reach)),
        doubts=(
            *circumstances.notes,
            *_doubts(request, asked, top_list),
            *_say_untold(len(find_untold(models, circumstances)), asked),
            *_say_read(judged, circumstances),
            BY_TAGS,
        ),
        sample=circumstances.sample,
        stale=circumstances.stale,
        counts=count_splits(rows),
        frameworks=count_frameworks(rows),
        brackets=bracket_files(reach),
        reach=reach,
        table=tabulate_reach(reach, top_list.as_of),
        origins=(top_list.origin, *circumstances.beside),
        chart=draw_reach(reach),
    )


_Judged = tuple[Model, Verdict]


def _count_reach(judged: Sequence[_Judged], circumstances: TopCircumstances) -> tuple[ReachCounts, ...]:
    listings = circumstances.listings
    untold = {model.id for model in find_untold([model for model, _ in judged], circumstances)}

    def spell(name: str) -> Iterable[tuple[str, int]]:
        return Counter(
            spell_reach(model, verdict, name, listings, circumstances.read, untold=model.id in untold)
            for model, verdict in judged
        ).items()

    return tuple(count_letters(name, spell(name), name_converters(name, listings)) for name in FRAMEWORKS)


def _name(request: Top, n: int, cut_at: int) -> str:
    return name_ranking(request.by, request.task, request.author, n, originals=request.originals, cut_at=cut_at)


def _scope(request: Top) -> str:
    models = f"{request.task} models" if request.task else "all tasks"
    owner = f" by {request.author}" if request.author else ""
    return f"{measure(request.by)} · {models}{owner}{', no copies' if request.originals else ''}, Hugging Face Hub"


def _say_read(judged: Sequence[_Judged], circumstances: TopCircumstances) -> Iterable[str]:
    """Compare the rule for one repository with the rule by tags, where both are known."""
    read = [(model, verdict) for model, verdict in judged if model.id.casefold() in circumstances.read]
    if not read:
        return
    other = sum(_differ(model, verdict, circumstances) for model, verdict in read)
    same = f"{verb(len(read), 'its tags say', 'their tags say')} the same"
    tags = f"the tags say otherwise of {other:,}" if other else same
    yield f"Of {count(len(read), 'model')} the repository was read by itself, and decides; {tags}."


def _differ(model: Model, verdict: Verdict, circumstances: TopCircumstances) -> bool:
    """Tell whether a model's tags promise something else in any framework than its repository, read by itself."""
    listings = circumstances.listings
    return any(
        judge_reach(model, verdict, name, listings, circumstances.read)
        is not judge_reach(model, verdict, name, listings)
        for name in FRAMEWORKS
    )


def _say_untold(untold: int, asked: ReachCounts) -> Iterable[str]:
    """Say of how many the type is not known, and how many of these have no files either."""
    if untold:
        without = asked.of(Reached.UNTOLD)
        told = say_untold(untold, "model", "it converts", "these convert")
        yield f"{told}; {without:,} of these {verb(without, 'has', 'have')} no {asked.framework} files."


def _doubts(request: Top, asked: ReachCounts, top_list: TopList) -> Iterable[str]:
    if asked.total < request.n:
        ends = "that is all there are" if top_list.complete else "the stored list ends there"
        yield f"{request.n:,} were asked for, {asked.total:,} could be counted: {ends}."
    if ties := say_ties_of(request.by, top_list.models, request.n, complete=top_list.complete):
        yield ties
    if asked.of(Reached.OLD, Reached.OLD_CONVERTS):
        yield OLD
    untagged = sum(model.tags is None for model in top_list.models[: request.n])
    if untagged:
        yield f"The tags of {count(untagged, 'model')} {verb(untagged)} not known; nothing is said to convert of them."
