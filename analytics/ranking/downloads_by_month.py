"""The downloads of stored censuses by month: what is known of each month, and the shares of it in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.domain.counts import Counts, Split
from analytics.domain.requests import Definition, Trend
from analytics.domain.wording import iso_day, shares


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
    """Say the shares of the last of two times, and behind it those of the first: `ends` are (when, downloads)."""
    (then, before), (now, after) = ends
    tagged = request.definition is Definition.DECLARED
    one, other = ("tag pytorch", "tag tf") if tagged else ("PyTorch", "TensorFlow")
    pytorch, tensorflow, both = say_three(after)
    told = f"{one} only {pytorch}, {other} only {tensorflow}, both {both}"
    return f"Of 30-day downloads of {what}, {told} in {now} ({then}: {', '.join(say_three(before))})"


def title_then_and_now(request: Trend, before: Counts, after: Counts) -> str:
    """Say the same of the two alone in at most ten words; the days stand beneath it."""
    tagged = request.definition is Definition.DECLARED
    head, *names = ("Downloads (tags)", "pytorch", "tf") if tagged else ("Downloads", "PyTorch", "TensorFlow")
    told = [
        f"{name}-only {then}" if then == now else f"{name}-only {then}, then {now}"
        for name, then, now in zip(names, say_three(before), say_three(after), strict=False)
    ]
    return f"{head}: {'; '.join(told)}"
