"""
How many models of the Hub are PyTorch's, how many TensorFlow's? The article's first chart, under either definition.

Rows in, an `Answer` out; they are those of the census cube. Under *attributed* the headline counts original models and
fine-tunes that hold weights; adapters, quantised and merged repositories and those without weights stand apart. Under
*declared* every repository counts, as the article counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Bar, Bars
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.requests import Definition, Totals, counts_every
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count, day, in_percent, month, share, shares, verb
from analytics.ranking.bracket_columns import ENDS, list_ends, make_columns
from analytics.ranking.census_groups import (
    APART,
    Census,
    group_rows,
    name_models,
    name_scope,
    write_receipt,
)
from analytics.ranking.census_rows import CensusRow, add_up, count_rows
from analytics.ranking.classified import say_counts
from analytics.ranking.counted_models import pick_counted, pick_definition
from analytics.ranking.sureness import bracket_rows, count_unsure_rows

SPLIT = ("PyTorch", "TensorFlow")
SINCE = "Shares of models tagged pytorch or tf, and all models, Hugging Face Hub"
EITHER = (Split.PYTORCH_ONLY, Split.TENSORFLOW_ONLY, Split.BOTH)


COLUMNS = (
    Column("repositories", role=ColumnRole.NAME),
    *(Column(split.label, ColumnKind.COUNT, ColumnRole.MEASURE) for split in Split),
    Column("total", ColumnKind.COUNT, ColumnRole.MEASURE),
    *make_columns(),
)


@dataclass(frozen=True, slots=True)
class TotalsCircumstances:
    """What else to know: the article's readings (percent), and the census before, counted by the same rule."""

    stale: bool = False
    notes: tuple[str, ...] = ()
    article: Mapping[str, float] | None = None
    before: Census | None = None
    beside: tuple[Origin, ...] = ()


def totals(request: Totals, census: Census, circumstances: TotalsCircumstances) -> Answer:
    """
    Count all models, or those of a task.

    Shape:   rows are groups of repositories with the four parts of the split; the first is the headline's.
    Raises:  ValueError, if no model is counted: an empty picture is never an answer.
    """
    rows = group_rows(request, census)
    groups = {name: count_rows(part) for name, part in rows.items()}
    counts = next(iter(groups.values()))
    if not counts.total:
        raise ValueError("an empty census answers nothing")
    brackets = _bracket(request, next(iter(rows.values())))
    others = _bracket_others(request, census, counts, brackets)
    # The article read all models, by their tags: beside a task or the other definition it would mislead.
    comparable = request.definition is Definition.DECLARED and not request.task and _drop_untagged(counts).total
    article = circumstances.article if comparable else None
    then = article if request.since else None
    return Answer(
        request=request,
        headline=_then_and_now(census, counts, then) if then else _headline(request, census, counts, brackets),
        title=_since_title(census, counts, then) if then else _title(request, census, counts),
        scope=_scope_since(census) if then else name_scope(request, census),
        as_of=census.as_of,
        definition=request.definition,
        reproduce=write_receipt(request, census),
        counted=say_counts(counts, request.definition),
        further=(
            *_beside(request, census, counts, groups, next(iter(rows.values()))),
            *_then(request, census, circumstances.article),
        ),
        since_last=_since(request, counts, circumstances.before) if circumstances.before else "",
        doubts=(*circumstances.notes, *_caveats(request, census.cube)),
        sample=bool(census.population),
        stale=circumstances.stale,
        counts=counts,
        frameworks=_frameworks(request, census, counts),
        brackets=brackets | others,
        table=_table(request, rows, groups, others),
        origins=(*census.origins, *(circumstances.beside if article else ())),
        chart=Bars(tuple(_bars(request, census, rows, article))),
    )


def is_empty(request: Totals, census: Census) -> bool:
    """Tell whether the headline would count no model at all."""
    return not count_rows(next(iter(group_rows(request, census).values()))).total


def _bracket(request: Totals, rows: Sequence[CensusRow]) -> dict[str, Bracket]:
    """Say how sure the counts are; a tag is there or is not, so of the declared nothing is assumed."""
    attributed = request.definition is Definition.ATTRIBUTED
    return {name: bracket_rows(rows, name) for name in SPLIT} if attributed else {}


# ---------------------------------------------------------------------------------------------------------- sentences


def _leading(counts: Counts) -> tuple[tuple[str, int], tuple[str, int]]:
    pair = (("PyTorch", counts.pytorch), ("TensorFlow", counts.tensorflow))
    return pair if pair[0][1] >= pair[1][1] else (pair[1], pair[0])


def _headline(request: Totals, census: Census, counts: Counts, brackets: Mapping[str, Bracket]) -> str:
    if request.definition is Definition.DECLARED:
        carry = verb(counts.pytorch, "carries", "carry")
        tagged = f"{counts.pytorch:,} {carry} the tag pytorch, {counts.tensorflow:,} the tag tf"
        return f"Of {name_models(request, census, counts.total)}, {tagged}"
    (ahead, most), (behind, least) = _leading(counts)
    first = brackets[ahead].range_in_shares if census.population else brackets[ahead].aside_in_shares
    among = f"{name_models(request, census, counts.total)}{first}"
    return f"{ahead} is in {most:,} of {among}, {behind} in {least:,}{brackets[behind].range_in_shares}"


def _title(request: Totals, census: Census, counts: Counts) -> str:
    """Say the finding in at most ten words, and of which models: it is read without what stands beneath it."""
    if request.definition is Definition.DECLARED:
        pytorch, tensorflow = share(counts.pytorch, counts.total), share(counts.tensorflow, counts.total)
        return f"By tags alone: PyTorch {pytorch}, TensorFlow {tensorflow}"
    (ahead, most), (behind, least) = _leading(counts)
    these = _these(request, census, counts)
    return f"{ahead} in {share(most, counts.total)} of {these}, {behind} {share(least, counts.total)}"


def _these(request: Totals, census: Census, counts: Counts) -> str:
    """Name what is shared out as shortly as can be: of a sample how many, of the Hub which."""
    noun = "repositories" if request.every else "models"
    among = f"{counts.total:,} top " if census.population else ""
    return f"{among}{request.task} {noun}" if request.task else f"{among}{noun}"


def _then_and_now(census: Census, counts: Counts, article: Mapping[str, float]) -> str:
    tagged = _drop_untagged(counts)
    now = dict(zip(SPLIT, _share_out(tagged), strict=False))
    then = {name: in_percent(article[f"only {name}"]) for name in now}
    told = f"PyTorch alone has {now['PyTorch']}, TensorFlow alone {now['TensorFlow']}"
    models = count(tagged.total, "tagged top model" if census.population else "tagged model")
    among = f"{models} of {month(census.as_of)}" if census.population else models
    return f"Of {among}, {told} (March 2022: {then['PyTorch']} and {then['TensorFlow']})"


def _since_title(census: Census, counts: Counts, article: Mapping[str, float]) -> str:
    tagged = _drop_untagged(counts)
    then, now = in_percent(article["only TensorFlow"]), _share_out(tagged)[1]
    if census.population:
        return f"TensorFlow-only: {then} in 2022, {now} of tagged top models"
    return f"TensorFlow-only: {then} of tagged models, {now} now"


def _share_out(tagged: Counts) -> list[str]:
    """Give the shares of the two alone and of both, which add up to 100."""
    return shares([tagged.of(split) for split in EITHER])


def _drop_untagged(counts: Counts) -> Counts:
    """Leave out what has neither tag: the article's parts add up to 100 % without it, so it shared out the others."""
    return replace(counts, neither=0)


def _scope_since(census: Census) -> str:
    return SINCE.replace("all models", census.population) if census.population else SINCE


def _beside(
    request: Totals, census: Census, counts: Counts, groups: Mapping[str, Counts], rows: Sequence[CensusRow]
) -> Iterable[str]:
    """Say what stands apart from the models counted, and which frameworks beside the two."""
    known = [(groups.get(title, Counts()).total, one, several) for title, one, several in APART.values()]
    apart = [count(n, one, several) for n, one, several in known if n]
    if apart:
        yield f"{'Among' if request.every else 'Apart from'} these: {', '.join(apart)}."
    frameworks = _frameworks(request, census, counts)
    sure = _bracket_others(request, census, counts, _bracket(request, rows))
    beside = [f"{name} in {n:,}{_say_range(sure, name)}" for name, n in frameworks.items() if name not in SPLIT]
    if beside:
        yield f"Also in other frameworks: {', '.join(beside)}{'' if sure else _say_most(rows)}."


def _bracket_others(
    request: Totals, census: Census, counts: Counts, brackets: Mapping[str, Bracket]
) -> dict[str, Bracket]:
    """Say how sure the counts of other frameworks are, where a census keeps it: each may be in all that is unknown."""
    if not brackets:
        return {}
    unknown = brackets[SPLIT[0]].most - brackets[SPLIT[0]].counted
    others = {name: n for name, n in _frameworks(request, census, counts).items() if name in census.proven}
    ends = {name: Bracket(census.proven[name], n, n + unknown, counts.total) for name, n in others.items()}
    return {name: one for name, one in ends.items() if name not in SPLIT}


def _say_range(sure: Mapping[str, Bracket], name: str) -> str:
    return sure[name].range if name in sure else ""


def _say_most(rows: Sequence[CensusRow]) -> str:
    """Say that each may be in more, where the models that show nothing are more than a point of all."""
    bracket = bracket_rows(rows, SPLIT[0])
    unknown = bracket.most - bracket.counted
    is_wide = Bracket(0, 0, unknown, bracket.total).is_wide
    return f"; {count(unknown, 'model')} more may be in any of them, as nothing shows" if is_wide else ""


def _then(request: Totals, census: Census, article: Mapping[str, float] | None) -> Iterable[str]:
    """Set today beside the article's readings, which are of all models and by the tags."""
    if not article or not (request.since or request.definition is Definition.DECLARED):
        return
    if request.task:
        yield "The article of March 2022 read all models together, none by task."
        return
    now = count_rows(pick_definition(census.cube, Definition.DECLARED))
    if request.definition is Definition.ATTRIBUTED and now.total:
        when = "of that day" if census.population else "of today"
        repositories = f"{count(now.total, 'repository', 'repositories')} {when} {verb(now.total)}"
        yield f"By the tags alone, as the article counted, the {repositories}: {now.in_shares()}."
    yield (
        "In March 2022 the article read, by the tags and rounded: "
        f"{', '.join(f'{in_percent(article[part])} {part}' for part in ('only PyTorch', 'only TensorFlow'))}, "
        f"{in_percent(article['in TensorFlow'])} in TensorFlow at all; it gave no counts."
    )
    tagged = _drop_untagged(now)
    if tagged.total:
        yield (
            "Its parts add up to 100 % without a “neither”, so they are shares of the models tagged for either. Of the "
            f"{count(tagged.total, 'such model')} {'then' if census.population else 'today'}: "
            f"{tagged.in_shares(EITHER)}."
        )
    if census.population and request.since:
        yield f"These are not the same models: in March 2022 all of the Hub's, here {census.population} alone."


def _bars(
    request: Totals, census: Census, rows: Mapping[str, Sequence[CensusRow]], article: Mapping[str, float] | None
) -> Iterable[Bar]:
    if not (request.since and article):
        groups = ((name, count_rows(part), count_unsure_rows(part)) for name, part in rows.items())
        yield from (Bar(name, group, unsure=unsure) for name, group, unsure in groups if group.total)
        return
    pytorch, tensorflow = round(article["only PyTorch"]), round(article["only TensorFlow"])
    both = 100 - pytorch - tensorflow
    now, counts = month(census.as_of), count_rows(next(iter(rows.values())))
    yield Bar("tagged, Mar 2022", Counts(pytorch, tensorflow, both), "rounded", percent=True, parts=EITHER)
    top = " top" if census.population else ""
    yield Bar(f"tagged{top}, {now}", _drop_untagged(counts), percent=True, parts=EITHER)
    yield Bar(f"all{top}, {now}", counts, percent=True)


def _since(request: Totals, counts: Counts, before: Census) -> str:
    """Say how many models came since the census before, by framework."""
    then = count_rows(next(iter(group_rows(request, before).values())))
    moved = {"PyTorch": counts.pytorch - then.pytorch, "TensorFlow": counts.tensorflow - then.tensorflow}
    told = ", ".join(f"{name} {change:+,}" for name, change in moved.items())
    return f"Since the census of {day(before.as_of)}: {told}, {counts.total - then.total:+,} in all."


def _caveats(request: Totals, cube: Iterable[CensusRow]) -> Iterable[str]:
    if request.definition is Definition.DECLARED:
        yield "The Hub sets no tag pytorch for safetensors, so newer models are missing from PyTorch's count."
        return
    counted = pick_counted(cube, request)
    assumed = add_up(row for row in counted if row.assumed)
    unknown = add_up(row for row in counted if row.is_unknown)
    sure = f"Of {count(assumed, 'model')} the framework is assumed, not proven"
    yield f"{sure}; of {count(unknown, 'model')} it is unknown (in neither)."
    if not request.every:
        yield "What counts as an original is what its author says: copies that do not say so count as originals."


def _frameworks(request: Totals, census: Census, counts: Counts) -> dict[str, int]:
    """Give the models in each framework; the tags name only two, and a task's others are not kept."""
    alone = request.task or counts_every(request)
    others = {} if alone else {name: n for name, n in census.frameworks.items() if name not in SPLIT}
    return {"PyTorch": counts.pytorch, "TensorFlow": counts.tensorflow} | others


def _table(
    request: Totals,
    parts: Mapping[str, Sequence[CensusRow]],
    groups: Mapping[str, Counts],
    others: Mapping[str, Bracket],
) -> Table:
    """Make the table; of other frameworks the census counts the headline's models alone, which are the first row."""
    names = [f"{name}{end}" for name in others for end in ("", *(f" {end}" for end in ENDS))]
    told = [number for one in others.values() for number in (one.counted, one.proven, one.most)]
    rows: list[tuple[str | int | None, ...]] = [
        (
            name,
            *(group.of(split) for split in Split),
            group.total,
            *list_ends(_bracket(request, parts[name])),
            *(number if name == next(iter(groups)) else None for number in told),
        )
        for name, group in groups.items()
        if group.total
    ]
    columns = (*COLUMNS, *(Column(name, ColumnKind.COUNT, ColumnRole.PROGRAM) for name in names))
    return Table(columns, tuple(rows), "Repositories by framework")
