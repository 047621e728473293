"""
Of the first N models of the Hub, how many come in PyTorch, how many in TensorFlow?

Tables in, an `Answer` out. The thirty or thousand models of one `TopList` are classified by the attribution rule and
counted; which list to use, and whether it is fresh, was decided before.
"""

from collections.abc import Iterable, Mapping, Sequence

from analytics.attribution import PYTORCH, say_framework
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import MOST_TILES, Band, Bands, Chart, Tile, Tiles
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.observations import Model, TopList
from analytics.domain.requests import MOST_MODELS, WHAT_COUNTS, Definition, Top
from analytics.domain.wording import count, iso, listing, sentence, verb
from analytics.ranking.classified import (
    TWO,
    Classified,
    TopCircumstances,
    bracket,
    bracket_all,
    classify,
    count_frameworks,
    count_splits,
    count_unsure,
    say_assumed,
    say_counts,
    tabulate,
)
from analytics.ranking.copies import Machinery, keep_originals, say_machinery, sort_out
from analytics.ranking.declared_words import say_difference, say_tagged, title_tagged
from analytics.ranking.ranking_words import measure, name_ranking
from analytics.ranking.sureness import say_ranges
from analytics.ranking.ties import say_ties_of

BANDS_FROM = 100
FEW_BANDS, MOST_BANDS = 5, 10
"""Into how many runs of ranks a list of up to 100, and a longer one, is cut: five bars read best on a phone."""


def top(request: Top, top_list: TopList, circumstances: TopCircumstances) -> Answer:
    """
    Count the frameworks among the first `request.n` models of `top_list`.

    Shape:   `top_list.models` best first; fewer than asked is answered and said, none at all is the caller's error.
    Units:   counts are models; shares in sentences are percent of the models counted, by largest remainder.
    Raises:  ValueError, if the list is empty: an empty picture is never an answer.
    """
    kinds = sort_out(top_list.models if request.originals else top_list.models[: request.n])
    listed, machinery = _list_models(request, top_list, kinds)
    models = listed[: request.n]
    if not models:
        raise ValueError("an empty list answers nothing")
    cut_at = top_list.cut_at(MOST_MODELS) if len(models) < request.n else 0
    ranked = "stored" if cut_at else "top"
    rows = classify(models, request.definition)
    counts = count_splits(rows)
    brackets = bracket_all(rows)
    others, declared = classify(models, request.definition.other), request.definition is Definition.DECLARED
    unread = sum(row.model.tags is None for row in rows)
    whose = _name_models(request, counts.total, cut_at)
    return Answer(
        request=request,
        headline=say_tagged(whose, counts, bracket(others, PYTORCH), unread)
        if declared
        else _headline(whose, counts, brackets),
        title=title_tagged(counts, unread, ranked) if declared else _title(request, counts, brackets, ranked),
        scope=_scope(request),
        as_of=top_list.as_of,
        definition=request.definition,
        reproduce=request.words + ("" if circumstances.sample else f" --as-of {iso(top_list.receipt)}"),
        counted=say_counts(counts, request.definition),
        further=tuple(_further(brackets, circumstances)),
        doubts=(
            *_caveats(request, rows, top_list, circumstances),
            *filter(None, (say_ties_of(request.by, listed, request.n, complete=top_list.complete), machinery)),
            _other_definition(request.definition, rows, others),
        ),
        sample=circumstances.sample,
        stale=circumstances.stale,
        counts=counts,
        frameworks=count_frameworks(rows),
        brackets=brackets,
        table=tabulate(request, rows, cut_at=cut_at),
        origins=(top_list.origin, *circumstances.beside),
        chart=_chart(rows),
    )


def _list_models(request: Top, top_list: TopList, kinds: Sequence[Machinery | None]) -> tuple[tuple[Model, ...], str]:
    """Give the models to count, best first, and say which copies and fixtures are among them or were left out."""
    if request.originals:
        return keep_originals(top_list.models, request.n, kinds)
    names = [model.id for model in top_list.models[: request.n]]
    return top_list.models, say_machinery(names, kinds, left_out=False)


# ---------------------------------------------------------------------------------------------------------- sentences


def _headline(whose: str, counts: Counts, brackets: Mapping[str, Bracket]) -> str:
    if counts.total == 1:
        return f"Of the {whose} no framework is known" if _is_open(brackets) else f"The {whose} is {_single(counts)}"
    (ahead, most), (behind, least) = _leading(counts)
    if most == 0 and not any(brackets[name].is_wide for name in TWO):
        return f"Neither PyTorch nor TensorFlow is in any of the {whose}"
    first = f"{ahead} is in {most:,} of the {whose}{brackets[ahead].aside}"
    return f"{first}, {behind} in {least:,}{brackets[behind].aside}"


def _is_open(brackets: Mapping[str, Bracket]) -> bool:
    """Tell whether neither is found, and nothing shows that it is not there."""
    return all(brackets[name].counted == 0 and brackets[name].is_wide for name in TWO)


def _title(request: Top, counts: Counts, brackets: Mapping[str, Bracket], ranked: str) -> str:
    """Say the finding in at most ten words; measure and scope stand beneath it."""
    n, noun = counts.total, " originals" if request.originals else ""
    if n == 1:
        whose = f"the {ranked} {'original' if request.originals else 'model'}"
        return f"Of {whose} no framework is known" if _is_open(brackets) else f"{sentence(whose)} is {_single(counts)}"
    (ahead, most), (behind, least) = _leading(counts)
    if _is_open(brackets):
        return f"No PyTorch or TensorFlow known in {ranked} {n:,}{noun}"
    if most == 0:
        return f"Neither PyTorch nor TensorFlow is in the {ranked} {n:,}{noun}"
    if most == least:
        return f"PyTorch and TensorFlow tie: {most:,} each of {ranked} {n:,}{noun}"
    return f"{ahead} in {most:,} of {'' if noun else 'the '}{ranked} {n:,}{noun}, {behind} in {least:,}"


def _leading(counts: Counts) -> list[tuple[str, int]]:
    """Give both frameworks with their counts, the larger first; PyTorch first on a tie."""
    return sorted([("PyTorch", counts.pytorch), ("TensorFlow", counts.tensorflow)], key=lambda pair: -pair[1])


def _single(counts: Counts) -> str:
    split = next(split for split in Split if counts.of(split))
    return {
        Split.PYTORCH_ONLY: "in PyTorch only",
        Split.TENSORFLOW_ONLY: "in TensorFlow only",
        Split.BOTH: "in both PyTorch and TensorFlow",
        Split.NEITHER: "in neither PyTorch nor TensorFlow",
    }[split]


def _name_models(request: Top, n: int, cut_at: int) -> str:
    return name_ranking(request.by, request.task, request.author, n, originals=request.originals, cut_at=cut_at)


def _scope(request: Top) -> str:
    """Name the measure and the models; how many they are stands in the title."""
    models = f"{request.task} models" if request.task else "all tasks"
    owner = f" by {request.author}" if request.author else ""
    return f"{measure(request.by)} · {models}{owner}{', no copies' if request.originals else ''}, Hugging Face Hub"


def _further(brackets: Mapping[str, Bracket], circumstances: TopCircumstances) -> Iterable[str]:
    said = [f"{name} in {one.counted:,}{one.range}" for name, one in brackets.items() if name not in TWO]
    if said:
        yield f"Also in other frameworks: {', '.join(said)}."
    if circumstances.article:
        article = circumstances.article
        yield (
            f"In March 2022 the article counted, by the same rule: PyTorch in {article['in PyTorch']} of its top 30, "
            f"TensorFlow alone in {article['only TensorFlow']}."
        )


def _other_definition(definition: Definition, rows: Sequence[Classified], others: Sequence[Classified]) -> str:
    """Say what the other definition gives for the same models, and in which models the two differ."""
    other, theirs = definition.other, count_splits(others)
    tagged, evidence = (rows, others) if definition is Definition.DECLARED else (others, rows)
    why = say_difference(*([row.verdict.split for row in judged] for judged in (tagged, evidence)))
    same = verb(theirs.total, "the same model gives", "the same models give")
    sure = say_ranges({name: bracket(others, name) for name in TWO}, "models counted so")
    told = f"Under the definition {other} ({WHAT_COUNTS[other]}) {same}: {theirs}."
    return " ".join(filter(None, (told, *sure, why)))


def _caveats(
    request: Top, rows: Sequence[Classified], top_list: TopList, circumstances: TopCircumstances
) -> Iterable[str]:
    yield from circumstances.notes
    if len(rows) < request.n:
        reach = "that is all there are" if top_list.complete else "the stored list ends there"
        yield f"{request.n:,} were asked for, {len(rows):,} could be counted: {reach}."
    unread = sum(row.model.files is None for row in rows)
    if unread and request.definition is Definition.ATTRIBUTED:
        lists, them = verb(unread, "file list", "file lists"), verb(unread, "it", "them")
        were = verb(unread, "was", "were")
        yield f"The {lists} of {count(unread, 'model')} {were} not read; the Hub's tags are used for {them}."
    yield from say_assumed(rows)
    unknown_tags = sum(row.model.tags is None for row in rows)
    if unknown_tags and request.definition is Definition.DECLARED:
        they = verb(unknown_tags, "it is", "they are")
        yield f"The tags of {count(unknown_tags, 'model')} are not known; {they} counted as neither."
    neither = [row for row in rows if row.verdict.split is Split.NEITHER]
    if neither and request.definition is Definition.ATTRIBUTED:
        yield _who_is_neither(neither)


def _say_only(row: Classified) -> str:
    return row.verdict.remark or f"{listing(map(say_framework, row.verdict.frameworks))} only"


def _who_is_neither(neither: Sequence[Classified], named: int = 3) -> str:
    shown = (f"{row.model.id} ({_say_only(row)})" for row in neither[:named])
    more = f" and {len(neither) - named:,} more" if len(neither) > named else ""
    return f"Neither: {'; '.join(shown)}{more}."


# ------------------------------------------------------------------------------------------------------ table, chart


def _chart(rows: Sequence[Classified]) -> Chart:
    if len(rows) <= MOST_TILES:
        return Tiles(tuple(Tile(row.rank, row.verdict.split, row.is_unsure, row.model.id) for row in rows))
    size = -(-len(rows) // (FEW_BANDS if len(rows) <= BANDS_FROM else MOST_BANDS))
    parts = (rows[start : start + size] for start in range(0, len(rows), size))
    return Bands(tuple(Band(part[0].rank, part[-1].rank, count_splits(part), count_unsure(part)) for part in parts))
