"""
The trend as far as it is known without a census: the first thirty on dated days, and what the article read of them.

Lists in, an `Answer` out. They are points and no line: the article counted by the tags alone and printed bounds, and
between the days nothing is known. Each bears its own definition, and no finding sets the article's beside what is
judged by evidence.
"""

from collections.abc import Iterable, Mapping, Sequence

from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Bar, Bars
from analytics.domain.counts import Bracket, Counts, Split
from analytics.domain.observations import TopList
from analytics.domain.requests import Definition, Trend
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count, day, listing, month
from analytics.ranking.bracket_columns import list_ends, make_columns
from analytics.ranking.classified import bracket, classify, count_splits, count_unsure
from analytics.ranking.sureness import IN, say_ranges

FIRST = 30
BOUND = "fewer than in TensorFlow"
"""Of TensorFlow the article printed a bound."""
ONLY_POINTS = (
    "Points and no line: between these days nothing is known, and how many models were new in a quarter only a census "
    "tells."
)
OF_TAGS = ", of March 2022 by the tags alone"
"""Said beneath a title that is of the others, which are judged by evidence."""
COLUMNS = (
    Column("top 30 of", role=ColumnRole.NAME),
    Column("PyTorch", ColumnKind.COUNT, ColumnRole.MEASURE),
    Column("TensorFlow", ColumnKind.COUNT, ColumnRole.MEASURE),
    Column("definition"),
    *make_columns(),
)


def trend_of_lists(
    request: Trend, lists: Sequence[TopList], article: Mapping[str, int], beside: Origin, notes: tuple[str, ...]
) -> Answer:
    """
    Set the lists beside the article's reading: `lists` by downloads, oldest first; `article` of March 2022.

    Shape:   rows are the article's reading and then one a list.
    """
    judged = [classify(one.models[:FIRST], request.definition) for one in lists]
    counts, unsure = list(map(count_splits, judged)), list(map(count_unsure, judged))
    sure = [{name: bracket(rows, name) for name in IN} for rows in judged]
    brackets = sure[-1]
    days, apart = listing(month(one.as_of) for one in lists), request.definition is Definition.ATTRIBUTED
    return Answer(
        request=request,
        headline=_headline(request, counts, article, days),
        title=_title(request, counts, article),
        scope=_scope(len(lists) + 1, OF_TAGS if apart else ""),
        as_of=lists[-1].as_of,
        definition=request.definition,
        reproduce=request.words,
        further=(*_further(article, counts, lists), *say_ranges(brackets, f"the {FIRST} of {day(lists[-1].as_of)}")),
        brackets=brackets,
        doubts=(*notes, ONLY_POINTS),
        sample=True,
        table=_table(request, lists, counts, sure if apart else [{} for _ in sure], article),
        origins=(*dict.fromkeys(one.origin for one in lists), beside),
        chart=Bars((_bar_of_article(article), *map(_bar, lists, counts, unsure))),
    )


def _scope(days: int, more: str) -> str:
    return f"The {FIRST} most downloaded models on {count(days, 'day')}{more} · Hugging Face Hub"


def _headline(request: Trend, counts: Sequence[Counts], article: Mapping[str, int], days: str) -> str:
    pytorch = listing(str(one.pytorch) for one in counts)
    tensorflow = listing(str(one.tensorflow) for one in counts)
    if request.definition is Definition.DECLARED:
        return (
            f"Top {FIRST} of Mar 2022, {days}: {article['in PyTorch']}, {pytorch} carry the tag pytorch, "
            f"under {article[BOUND]}, {tensorflow} tf"
        )
    return f"Top {FIRST} of {days}: PyTorch in {pytorch}, TensorFlow in {tensorflow}"


def _title(request: Trend, counts: Sequence[Counts], article: Mapping[str, int]) -> str:
    """Say the finding in at most ten words; the days stand on the bars."""
    is_declared = request.definition is Definition.DECLARED
    then = ", " if is_declared else ", then "
    pytorch, tensorflow = (then.join(map(str, one)) for one in _list_both(counts))
    if is_declared:
        return f"Top-{FIRST} tags: pytorch {article['in PyTorch']}, {pytorch}, tf <{article[BOUND]}, {tensorflow}"
    return f"Top {FIRST}: PyTorch {pytorch}; TensorFlow {tensorflow}"


def _list_both(counts: Sequence[Counts]) -> tuple[list[int], list[int]]:
    return [one.pytorch for one in counts], [one.tensorflow for one in counts]


def _further(article: Mapping[str, int], counts: Sequence[Counts], lists: Sequence[TopList]) -> Iterable[str]:
    yield (
        f"In March 2022 the article counted by the tags alone: PyTorch in {article['in PyTorch']} of {FIRST}, "
        f"TensorFlow in fewer than {article[BOUND]}, alone in {article['only TensorFlow']}."
    )
    for one, counted in zip(lists, counts, strict=True):
        yield f"On {day(one.as_of)}: {counted}."


def _bar_of_article(article: Mapping[str, int]) -> Bar:
    """Draw what it printed: at most so many are in TensorFlow too, so that many are unsure."""
    both = article[BOUND] - 1
    counts = Counts(pytorch_only=article["in PyTorch"] - both, both=both)
    return Bar("Mar 2022, bounds", counts, "by tags", parts=(Split.PYTORCH_ONLY, Split.BOTH), unsure=Counts(both=both))


def _bar(one: TopList, counts: Counts, unsure: Counts) -> Bar:
    return Bar(day(one.as_of), counts, unsure=unsure)


def _table(
    request: Trend,
    lists: Sequence[TopList],
    counts: Sequence[Counts],
    sure: Sequence[Mapping[str, Bracket]],
    article: Mapping[str, int],
) -> Table:
    """Give a row a day under its own definition; `sure` is empty where nothing is assumed, as of tags."""
    first = ("Mar 2022, the article", article["in PyTorch"], None, Definition.DECLARED.value, *list_ends({}))
    rows = [
        (day(one.as_of), counted.pytorch, counted.tensorflow, request.definition.value, *list_ends(brackets))
        for one, counted, brackets in zip(lists, counts, sure, strict=True)
    ]
    return Table(COLUMNS, (first, *rows), "The first thirty by downloads; TensorFlow in Mar 2022: fewer than 20")
