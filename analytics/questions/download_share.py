"""
What part of the most downloaded models, or of their downloads, comes in each framework, or in one format?

Counted over one ranking's first thousand at most, and said so: 1 % of the Hub's models have nearly all downloads, so
of downloads this tells most, and of models only what it says.
"""

from collections.abc import Iterable, Mapping, Sequence

from analytics.domain.answer import Answer
from analytics.domain.counts import Bracket
from analytics.domain.observations import TopList
from analytics.domain.requests import Definition, Share
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count, iso, share, verb
from analytics.ranking.classified import Classified, TopCircumstances, bracket_downloads, classify

MEASURED = ("models", "downloads")
COLUMNS = (
    Column("framework or format", role=ColumnRole.NAME),
    Column("models", ColumnKind.COUNT),
    Column("downloads", ColumnKind.COUNT, ColumnRole.MEASURE, label="Downloads, 30 days"),
    Column("share of downloads"),
    *(
        Column(f"{what} {end}", ColumnKind.COUNT, ColumnRole.PROGRAM)
        for what in MEASURED
        for end in ("proven", "at most")
    ),
)
TWO = ("PyTorch", "TensorFlow")
WHICH_FILES = (
    "Nobody counts which files of a model were fetched: its downloads count for each framework and format that it "
    "comes in, so shares may add up to more than all."
)
MODEL_NOUN = "most downloaded model"


def measure_share(request: Share, top_list: TopList, circumstances: TopCircumstances) -> Answer:
    """
    Count models and downloads by framework; a model that comes in two counts in both, so shares add to more than all.

    Raises:  ValueError, if the list is empty.
    """
    if not top_list.models:
        raise ValueError("an empty list answers nothing")
    rows = classify(top_list.models, Definition.ATTRIBUTED)
    whole = sum(map(_downloads, rows))
    names = [request.wanted] if request.wanted else _list_names(rows)
    found = sorted(((name, *_bracket(rows, name)) for name in names), key=lambda one: -one[2].counted)
    sure = {name: (models, downloads) for name, models, downloads in found}
    shown = [(name, n.counted, times.counted, share(times.counted, whole, 1)) for name, n, times in found]
    return Answer(
        request=request,
        headline=_headline(request, shown, len(rows), sure),
        title=_title(request, shown, len(rows)),
        scope=f"30-day downloads · {_whole(len(rows))}, Hugging Face Hub",
        as_of=top_list.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=request.words + ("" if circumstances.sample else f" --as-of {iso(top_list.receipt)}"),
        further=(f"Together these models were downloaded {count(whole, 'time')} in 30 days.",),
        doubts=(*circumstances.notes, *_doubts(request, len(rows))),
        sample=circumstances.sample,
        stale=circumstances.stale,
        frameworks={str(name): models for name, models, *_ in shown},
        brackets={name: one[0] for name, one in sure.items()}
        | {f"downloads in {name}": one[1] for name, one in sure.items()},
        table=Table(
            COLUMNS,
            tuple((*row, *_list_ends(sure[row[0]])) for row in shown),
            f"Downloads by framework and format, {count(len(rows), 'model')}",
        ),
        origins=(top_list.origin, *circumstances.beside),
    )


def _downloads(row: Classified) -> int:
    return row.model.downloads_30d or 0


def _list_names(rows: Iterable[Classified]) -> Iterable[str]:
    """Name the frameworks and formats that any model has, and the two always."""
    return dict.fromkeys((*sorted({name for row in rows for name in row.held}), *TWO))


def _bracket(rows: Sequence[Classified], name: str) -> tuple[Bracket, Bracket]:
    """Count models, and downloads, of a framework: proven, with the assumed, with all that may be in it, and all."""
    most = [row for row in rows if row.is_unknown or name in row.held]
    counted = [row for row in most if name in row.held]
    proven = [row for row in counted if row.is_proven_in(name)]
    return Bracket(*map(len, (proven, counted, most, rows))), bracket_downloads(rows, name)


def _list_ends(sure: tuple[Bracket, Bracket]) -> Iterable[int]:
    return [end for one in sure for end in (one.proven, one.most)]


def _headline(
    request: Share, shown: list[tuple[str, int, int, str]], size: int, sure: Mapping[str, tuple[Bracket, Bracket]]
) -> str:
    parts = {name: (models, part) for name, models, _, part in shown}
    between = {name: one.range_in_shares for name, (_, one) in sure.items()}
    if request.of == "models" and request.wanted:
        models = parts[request.wanted][0]
        come = verb(models if size > 1 else 1, "comes", "come")
        return f"{models:,} of {_whole(size)} {come} in {request.wanted}{sure[request.wanted][0].aside}"
    if request.wanted:
        part = parts[request.wanted][1]
        whole = f"the downloads of {_whole(size)}"
        return f"{part} of {whole} are of models that come in {request.wanted}{between[request.wanted]}"
    told = ", ".join(f"in {name}: {parts[name][1]}{between[name]}" for name in TWO)
    return f"Downloads of {_whole(size)}, of those {told}"


def _whole(size: int) -> str:
    return f"the {size:,} {MODEL_NOUN}s" if size > 1 else f"the one {MODEL_NOUN} known"


def _title(request: Share, shown: list[tuple[str, int, int, str]], size: int) -> str:
    if request.wanted and request.of == "models":
        return f"{shown[0][1]:,} of {size:,} most downloaded in {request.wanted}"
    told = ", ".join(f"{name}: {part}" for name, _, _, part in shown if name in TWO or request.wanted)
    return f"Of downloads, of models in {told}"


def _doubts(request: Share, size: int) -> tuple[str, ...]:
    both = "" if request.of == "models" else WHICH_FILES
    beyond = f"Models beyond the first {f'{size:,} ' if size > 1 else ''}are not in it"
    told = f"{beyond}; of all models no count by format is kept." if request.of == "models" else f"{beyond}."
    return tuple(filter(None, (both, told)))
