"""The downloads of stored censuses by month: what is known of each month, and the shares of it in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.domain.counts import Counts, Split
from analytics.domain.requests import Definition, Trend
from analytics.domain.wording import IN_FINDING, fit, iso_day, shares


@dataclass(frozen=True, slots=True)
class Week:
    """One stored census: its day and, by split, the downloads of what is counted, under the definition asked for."""

    as_of: dt.datetime
    downloads: Counts


def choose_months(weeks: Sequence[Week]) -> dict[str, Week]:
    """Give each month's last census that knows of downloads; fewer than two make no line."""
    last = {iso_day(week.as_of)[:7]: week for week in weeks if week.downloads.total}
    return last if len(last) > 1 else {}


def part_of(downloads: Counts, name: str) -> float:
    """Give a framework's part of downloads; those of a model in both are in each."""
    return (downloads.pytorch if name == "PyTorch" else downloads.tensorflow) / downloads.total


def say_three(downloads: Counts) -> list[str]:
    """Write the shares of the two alone and of both, out of four that add up to 100."""
    return shares([downloads.of(split) for split in Split])[:3]


def say_then_and_now(request: Trend, what: str, ends: Iterable[tuple[str, Counts]]) -> str:
    """Say how the shares of the two alone moved: `ends` are (when, downloads); of what, where there is room."""
    (then, before), (now, after) = ends
    tagged = request.definition is Definition.DECLARED
    names = ("Tag pytorch alone", "tag tf alone") if tagged else ("PyTorch-only", "TensorFlow-only")
    moved = [_say_way(*way) for way in zip(names, say_three(before), say_three(after), strict=False)]
    told = [f"{moved[0]} of {of}, {moved[1]}, {then} to {now}" for of in (f"downloads of {what}", "downloads")]
    return fit(told, IN_FINDING)


def _say_way(name: str, then: str, now: str) -> str:
    return f"{name} still {now}" if then == now else f"{name} from {then} to {now}"


def title_then_and_now(request: Trend, before: Counts, after: Counts) -> str:
    """Say the same of the two alone in at most ten words; the days stand beneath it."""
    tagged = request.definition is Definition.DECLARED
    head, *names = ("Downloads (tags)", "pytorch", "tf") if tagged else ("Downloads", "PyTorch", "TensorFlow")
    told = [
        f"{name}-only {then}" if then == now else f"{name}-only {then}, then {now}"
        for name, then, now in zip(names, say_three(before), say_three(after), strict=False)
    ]
    return f"{head}: {'; '.join(told)}"
