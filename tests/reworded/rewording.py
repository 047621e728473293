"""
Another author's hand: every sentence of an answer in other words, its lists in another order, its columns too.

Handed in, not patched: an `Analyst` that gives reworded answers and errors, and an `Answer` whose derived sentences
(subtitle, source line) are reworded as well. Facts stay: numbers, dates, names, requests, kinds, roles, proofs.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from analytics.analyst import Analyst
from analytics.attribution import Finding
from analytics.availability.known_model import Known
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Bars, Camps, Chart, Matrix, Panels
from analytics.domain.requests import Request
from analytics.domain.table import Column, ColumnKind, ColumnRole, Table, Value
from analytics.errors import NoSuchModel, NotCollected, NothingStored

TRAPS = (
    *("Since the census of", "time;", "tf_model.h5", "saved_model.pb", "flax_model", ".nemo", "tag tf", "assumed:"),
    *("Of 30 models:", "rank", "declared", "attributed", "processing", " · 22 Aug 2026", "no change beyond noise"),
)
"""What a reader of prose would look for: strewn over sentences that have nothing to do with it."""

PROSE = (ColumnKind.TEXT, ColumnKind.EVIDENCE)

Reword = Callable[[str], str]


def in_other_words(seed: int) -> Reword:
    """Give a hand that says each sentence in words of its own: always the same ones, as long as the sentence was."""

    def reword(sentence: str) -> str:
        chance = random.Random(f"{seed} {sentence}")  # noqa: S311 - no secret
        words: list[str] = []
        while len(" ".join(words)) < len(sentence):
            letters = chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))
            words.append(chance.choice(TRAPS) if chance.random() < 0.1 else "".join(letters))
        return " ".join(words)[: len(sentence)].strip() or sentence

    return reword


class RewordedAnswer(Answer):
    """An answer whose derived sentences are reworded, and whose sentences stand in another order."""

    reword: Reword

    @property
    def detail(self) -> tuple[str, ...]:
        """The same sentences, the last first."""
        return super().detail[::-1]

    @property
    def caveats(self) -> tuple[str, ...]:
        """The same sentences, the last first."""
        return super().caveats[::-1]

    @property
    def freshness(self) -> str:
        """Another warning, where there is one."""
        return type(self).reword(super().freshness)

    @property
    def subtitle(self) -> str:
        """Another line, which need not begin with the scope or end with the day."""
        return type(self).reword(super().subtitle)

    @property
    def source_line(self) -> str:
        """Another line."""
        return type(self).reword(super().source_line)

    @property
    def alt_text(self) -> str:
        """Another text."""
        return type(self).reword(super().alt_text)


def reworded(answer: Answer, reword: Reword, *, turned: bool = True) -> Answer:
    """Say an answer in other words; its columns stand in another order if `turned`."""
    hand = type("RewordedAnswer", (RewordedAnswer,), {"reword": staticmethod(reword)})
    changed = {
        name: reword(getattr(answer, name)) for name in ("headline", "title", "scope", "counted", "since_last", "noise")
    }
    changed |= {name: tuple(map(reword, getattr(answer, name))) for name in ("further", "doubts")}
    changed["table"] = answer.table and _table(answer.table, reword, turned=turned)
    changed["chart"] = answer.chart and _chart(answer.chart, reword)
    made: Answer = hand(**({field.name: getattr(answer, field.name) for field in fields(Answer)} | changed))
    return made


def _table(table: Table, reword: Reword, *, turned: bool) -> Table:
    """Reword headings and prose, and put ranked tables into another order: a place of a column means nothing."""
    first = 2 if turned and table.place(ColumnRole.RANK) is not None else 0
    order = [*range(first, len(table.columns)), *range(first)]
    columns = [replace(column, label=reword(column.heading)) for column in table.columns]
    rows = tuple(tuple(_cell(table.columns[at], row[at], reword) for at in order) for row in table.rows)
    return Table(tuple(columns[at] for at in order), rows, reword(table.caption))


def _cell(column: Column, value: Value, reword: Reword) -> Value:
    return reword(value) if column.kind in PROSE and isinstance(value, str) else value


def _chart(chart: Chart, reword: Reword) -> Chart:
    match chart:
        case Bars():
            return Bars(tuple(replace(bar, label=reword(bar.label), note=reword(bar.note)) for bar in chart.bars))
        case Panels():
            return Panels(tuple(_panel(panel, reword) for panel in chart.panels))
        case Camps():
            return Camps(tuple(replace(camp, shelves=_shelves(camp.shelves, reword)) for camp in chart.camps))
        case Matrix():
            cells = tuple(tuple(replace(cell, words=reword(cell.words)) for cell in row) for row in chart.cells)
            return replace(chart, cells=cells)
        case _:
            return chart


def _panel(panel: Any, reword: Reword) -> Any:
    breaks = tuple(replace(mark, words=reword(mark.words)) for mark in panel.breaks)
    words = {name: reword(getattr(panel, name)) for name in ("title", "measure", "missing")}
    return replace(panel, breaks=breaks, **words)


def _shelves(shelves: tuple[Any, ...], reword: Reword) -> tuple[Any, ...]:
    return tuple(replace(shelf, unit=reword(shelf.unit), note=reword(shelf.note)) for shelf in shelves)


class RewordedFinding(Finding):
    """A finding whose proof is put into words that name other files and tags."""

    @property
    def evidence(self) -> str:
        """Name whatever a reader of prose would fall for."""
        return " ".join(TRAPS)


def with_other_evidence(known: Known) -> Known:
    """Give the same model with its evidence in other words."""
    findings = tuple(
        RewordedFinding(*(getattr(finding, field.name) for field in fields(Finding)))
        for finding in known.verdict.findings
    )
    return replace(known, verdict=replace(known.verdict, findings=findings))


class RewordedAnalyst(Analyst):
    """Answers as the real one does, in other words; what it refuses, it refuses in other words too."""

    reword: Reword

    def answer(self, request: Request, as_of: dt.datetime | None = None) -> Answer:
        """Ask the real one and reword what it says."""
        try:
            return reworded(super().answer(request, as_of), self.reword)
        except NoSuchModel as unknown:
            raise NoSuchModel(unknown.name, unknown.near, self.reword(unknown.why)) from None
        except NotCollected as missing:
            raise NotCollected(self.reword(missing.what), self.reword(missing.why)) from None
        except NothingStored as nothing:
            raise NothingStored(self.reword(nothing.what), self.reword(nothing.why)) from None
