"""
What part of the most downloaded models, or of their downloads, comes in each framework, or in one format?

Counted over one ranking's first thousand at most, and said so: 1 % of the Hub's models have nearly all downloads, so
of downloads this tells most, and of models only what it says.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from analytics.attribution import Certainty
from analytics.domain.answer import Answer
from analytics.domain.counts import Bracket
from analytics.domain.observations import TopList
from analytics.domain.requests import Definition, Share
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table
from analytics.domain.wording import count, iso, listing, share, verb
from analytics.ranking.classified import TopCircumstances, classify

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
MODEL_NOUN = "most downloaded model"


def measure_share(request: Share, top_list: TopList, circumstances: TopCircumstances) -> Answer:
    """
    Count models and downloads by framework; a model that comes in two counts in both, so shares add to more than all.

    Raises:  ValueError, if the list is empty.
    """
    if not top_list.models:
        raise ValueError("an empty list answers nothing")
    frame = classify(top_list.models, Definition.ATTRIBUTED)
    rows = _count(frame)
    whole = int(frame["downloads"].fillna(0).sum())
    shown = [(name, models, downloads, share(downloads, whole, 1)) for name, models, downloads in rows]
    if request.wanted:
        shown = [row for row in shown if row[0] == request.wanted] or [(request.wanted, 0, 0, share(0, whole, 1))]
    sure = {name: _bracket(frame, name) for name, *_ in shown}
    return Answer(
        request=request,
        headline=_headline(request, shown, len(frame), sure),
        title=_title(request, shown, len(frame)),
        scope=f"30-day downloads · {_whole(len(frame))}, Hugging Face Hub",
        as_of=top_list.as_of,
        definition=Definition.ATTRIBUTED,
        reproduce=request.words + ("" if circumstances.sample else f" --as-of {iso(top_list.receipt)}"),
        further=(f"Together these models were downloaded {count(whole, 'time')} in 30 days.",),
        doubts=(*circumstances.notes, *_doubts(request, len(frame))),
        sample=circumstances.sample,
        stale=circumstances.stale,
        frameworks={str(name): models for name, models, *_ in shown},
        brackets={name: one[0] for name, one in sure.items()},
        table=Table(
            COLUMNS,
            tuple((*row, *_list_ends(sure[row[0]])) for row in shown),
            f"Downloads by framework and format, {count(len(frame), 'model')}",
        ),
        origins=(top_list.origin, *circumstances.beside),
    )


def _count(frame: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Give models and downloads of each framework and format, the most downloaded first; the two always."""
    named = pd.Series([(*held, *made) for held, made in zip(frame["frameworks"], frame["conversions"], strict=True)])
    each = pd.DataFrame({"name": named, "downloads": frame["downloads"].fillna(0).to_numpy()}).explode("name")
    sums = each.dropna().groupby("name")["downloads"].agg(["size", "sum"])
    for name in TWO:
        if name not in sums.index:
            sums.loc[name] = (0, 0)
    ordered = sums.sort_values("sum", ascending=False)
    return [(str(name), int(row["size"]), int(row["sum"])) for name, row in ordered.iterrows()]


def _bracket(frame: pd.DataFrame, name: str) -> tuple[Bracket, Bracket]:
    """Count models, and downloads, of a framework: proven, with the assumed, at most; an export is there or is not."""
    proven = [one.get(name) is Certainty.PROVEN for one in frame["certainty"]]
    proven = [sure or name in made for sure, made in zip(proven, frame["conversions"], strict=True)]
    held = zip(frame["frameworks"], frame["conversions"], strict=True)
    there = pd.Series([name in (*names, *made) for names, made in held], index=frame.index, dtype=bool)
    sure, most = pd.Series(proven, index=frame.index, dtype=bool), there | frame["unknown"].astype(bool)
    models, downloads = pd.Series(1, index=frame.index), frame["downloads"].fillna(0).astype("int64")
    return _add_up(models, sure, there, most), _add_up(downloads, sure, there, most)


def _add_up(measured: "pd.Series[int]", *chosen: "pd.Series[bool]") -> Bracket:
    proven, counted, most = (int(measured[one].sum()) for one in chosen)
    return Bracket(proven, counted, most, int(measured.sum()))


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
        return f"{part} of the downloads of {_whole(size)} go to {request.wanted}{between[request.wanted]}"
    told = listing(f"{name} {parts[name][1]}{between[name]}" for name in TWO)
    return f"Downloads of {_whole(size)}: {told}"


def _whole(size: int) -> str:
    return f"the {size:,} {MODEL_NOUN}s" if size > 1 else f"the one {MODEL_NOUN} known"


def _title(request: Share, shown: list[tuple[str, int, int, str]], size: int) -> str:
    if request.wanted and request.of == "models":
        return f"{shown[0][1]:,} of {size:,} most downloaded in {request.wanted}"
    told = ", ".join(f"{name} {part}" for name, _, _, part in shown if name in TWO or request.wanted)
    return f"Of downloads: {told}"


def _doubts(request: Share, size: int) -> tuple[str, ...]:
    both = "" if request.wanted else "A model in both counts in both, so the shares may add up to more than all."
    beyond = f"Models beyond the first {f'{size:,} ' if size > 1 else ''}are not in it"
    told = f"{beyond}; of all models no count by format is kept." if request.of == "models" else f"{beyond}."
    return tuple(filter(None, (both, told)))
