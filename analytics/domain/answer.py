"""
The waist of the project: what is asked and what is answered, as plain frozen values.

Everything true is on one side of these values and everything shown on the other. The terminal prints an `Answer`,
Slack renders it, the digest is made of several, tests compare it. So there is no markup, colour or layout here, and the
sentences that several faces share (subtitle, source line, alternative text) are derived here once, so that
picture, table and message cannot disagree. Sentences are for people: what a face chooses by is a field, and no reader
takes a sentence apart (tests/reworded).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.domain.chart_specs import Chart
from analytics.domain.chart_specs import as_json as chart_as_json
from analytics.domain.counts import Bracket, Counts
from analytics.domain.drawn_series import Series, list_drawn
from analytics.domain.reach_counts import ReachCounts
from analytics.domain.requests import WHAT_COUNTS, Definition, Request, is_asked_live
from analytics.domain.table import Table, Value
from analytics.domain.wording import count, day, iso


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reading came from, enough to find it again."""

    producer: str
    title: str
    address: str
    accessed: str
    revision: str | None = None
    licence: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Give the keys of the contract."""
        keys = ("producer", "title", "address", "revision", "accessed", "licence")
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True, slots=True)
class Answer:
    """
    One question answered, with everything needed to trust it or to doubt it.

    Units:   `as_of` is an aware UTC moment, the moment of the reading and not of the asking; `counts` are models.
    `request`: what was asked, as it was understood; its words ask it again.
    `title`: the finding in at most ten words, for the chart and wherever one line must do.
    `scope`: what was measured, over which models: the subtitle without the date.
    `counted`: a sentence with the counts that a chart shows too; empty where no chart shows them all.
    `further`: sentences beyond it. `since_last`: what came since the reading before, empty where there is none.
    `commands`: lines for a shell that do what the answer says can be done.
    `warning`: the one doubt that would change a decision, which is said beside the finding; `doubts`: all others.
    `noise`: how much change would be more than noise, where a change is asked for.
    `quiet`:  of a change, whether it is no more than past weeks' noise; None where that is not asked.
    `private`: whether it tells of a model that only the Hub token's owner can see: not for everybody's eyes.
    `brackets`: the counts of frameworks by how sure they are; none of what is declared.
    `reach`: how each is reached, in no other count.
    `stated`: the numbers a change is told by; two answers that state the same are one finding, in whatever words.
    `lines`: what is drawn over time, by the names of the question; `series` has the numbers of any picture.
    `method`: the version of the rule it was counted by. `on_day`: words of the day it was asked about: ` on 2024-09-20`
    """

    request: Request
    headline: str
    title: str
    scope: str
    as_of: dt.datetime
    definition: Definition | None
    reproduce: str
    counted: str = ""
    further: tuple[str, ...] = ()
    since_last: str = ""
    commands: tuple[str, ...] = ()
    warning: str = ""
    doubts: tuple[str, ...] = ()
    noise: str = ""
    sample: bool = False
    stale: bool = False
    counts: Counts | None = None
    frameworks: Mapping[str, int] = field(default_factory=dict)
    brackets: Mapping[str, Bracket] = field(default_factory=dict)
    reach: tuple[ReachCounts, ...] = ()
    table: Table | None = None
    lines: tuple[Series, ...] = ()
    origins: tuple[Origin, ...] = ()
    chart: Chart | None = None
    quiet: bool | None = None
    stated: Mapping[str, int] = field(default_factory=dict)
    private: bool = False
    method: str = ""
    on_day: str = ""

    def __post_init__(self) -> None:
        """Drop the three counts of what authors declare: that is neither proven nor assumed (docs/decisions.md)."""
        if self.definition is Definition.DECLARED:
            object.__setattr__(self, "brackets", {})

    @property
    def question(self) -> str:
        """The canonical words: asking them again gives this answer again."""
        return self.request.words

    @property
    def asked(self) -> str:
        """The question with the day it was asked about."""
        return self.question + self.on_day

    @property
    def series(self) -> tuple[Series, ...]:
        """Every number the picture shows that no row of the table is of."""
        return (*self.lines, *list_drawn(self.chart))

    @property
    def detail(self) -> tuple[str, ...]:
        """All that is said beneath the headline, for those who see no chart."""
        return tuple(filter(None, (self.counted, *self.further, self.since_last)))

    @property
    def caveats(self) -> tuple[str, ...]:
        """All that limits the answer."""
        return tuple(filter(None, (self.warning, *self.doubts, self.noise)))

    @property
    def day(self) -> str:
        """The day of the reading, in UTC."""
        return day(self.as_of)

    @property
    def freshness(self) -> str:
        """Say in a word when the numbers are not today's; empty when they are."""
        if self.sample:
            return "SAMPLE, not live"
        if not self.stale:
            return ""
        # Of what is collected apart nobody was asked just now, so nobody failed to answer.
        return "STALE, the Hub did not answer" if is_asked_live(self.request) else f"STALE, last read {self.day}"

    @property
    def subtitle(self) -> str:
        """Measure, scope and period: the line under the title."""
        return f"{self.scope} · {self.day}"

    @property
    def source_line(self) -> str:
        """Who says so, and by which rule."""
        producers = dict.fromkeys(origin.producer for origin in self.origins)
        return " · ".join(part for part in ("Source: " + ", ".join(producers), self.rule) if part)

    @property
    def foot(self) -> str:
        """The same in the fewest words, for the foot of a chart."""
        producers = ", ".join(dict.fromkeys(origin.producer for origin in self.origins))
        rule = f"rule {self.method}" if self.method else ""
        definition = ", ".join(filter(None, (self.definition, rule)))
        return " · ".join(filter(None, (f"Source: {producers}", definition)))

    @property
    def rule(self) -> str:
        """By which rule was counted, and in which version of it."""
        definition = f"{self.definition}: {WHAT_COUNTS[self.definition]}" if self.definition else ""
        return ", ".join(filter(None, (definition, f"rule {self.method}" if self.method else "")))

    @property
    def definition_line(self) -> str:
        """The same where it has to be said in any case."""
        return self.rule or "none: nothing is attributed to a framework by a rule here"

    @property
    def of_how_many(self) -> str:
        """How many were counted: models where there are counts, else the rows of the table."""
        if self.counts:
            return count(self.counts.total, "model")
        return count(len(self.table.rows), "row") if self.table else "no count"

    def as_csv(self) -> str:
        """
        Write its table as CSV, each row with the moment of the reading and the version of the rule.

        A list of models has how sure its counts are beside each, too; other tables have it in rows of their own.
        """
        if not self.table:
            return ""
        beside: dict[str, Value] = {}
        for name, one in self.brackets.items() if self.table.is_of_models else ():
            beside |= one.as_cells(name)
        return self.table.as_csv(beside | {"as_of": iso(self.as_of), "rule": self.method or None})

    @property
    def alt_text(self) -> str:
        """The chart for those who cannot see it: the finding and every number on it (under 1,000 characters)."""
        parts = [f"{self.headline}.", f"{self.subtitle}."]
        if self.counts and not self.reach:  # the chart of reach has more to say, and tells its files itself
            aside = self.definition.aside if self.definition else ""
            parts.append(f"Of {count(self.counts.total, 'model')}{aside}: {self.counts}.")
        told = {} if self.reach else {name: one for name, one in self.brackets.items() if one.differs}
        parts += [f"{name}: {bracket}." for name, bracket in told.items()]
        if self.chart:
            parts.append(self.chart.words)
        parts += [f"{self.source_line}.", f"{self.freshness}." if self.freshness else ""]
        text = " ".join(part for part in parts if part)
        return text if len(text) <= ALT_TEXT_LIMIT else text[: ALT_TEXT_LIMIT - 1] + "…"

    def as_json(self) -> dict[str, Any]:
        """
        Give the shape that `--json` prints: a contract, so keys are only ever added.

        Keys that do not apply are null or empty.
        """
        return {
            "question": self.question,
            "headline": self.headline,
            "detail": list(self.detail),
            "caveats": list(self.caveats),
            "as_of": iso(self.as_of),
            "definition": self.definition.value if self.definition else None,
            "method": self.method or None,
            "sample": self.sample,
            "stale": self.stale,
            "counts": self.counts.as_json() if self.counts else None,
            "frameworks": dict(self.frameworks),
            "brackets": {name: bracket.as_json() for name, bracket in self.brackets.items()},
            "table": self.table.as_json() if self.table else None,
            "series": [{"name": s.name, "points": [list(point) for point in s.points]} for s in self.series],
            "origins": [origin.as_json() for origin in self.origins],
            "reproduce": f"frameworks {self.reproduce}",
            "commands": list(self.commands),
            "reach": {one.framework: one.as_json() for one in self.reach},
            "chart": chart_as_json(self.chart) if self.chart else None,
        }


ALT_TEXT_LIMIT = 1000
"""Slack's limit for the alternative text of an uploaded file (`alt_txt_too_large` beyond it)."""
