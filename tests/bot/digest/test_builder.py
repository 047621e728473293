"""What a digest is made of is gathered once for all who get the same at about the same time."""

import datetime as dt
from dataclasses import dataclass, field
from types import SimpleNamespace

from analytics.domain.answer import Answer
from analytics.domain.requests import Request, Totals
from analytics.errors import NothingStored
from analytics.questions.changes import changes
from bot.digest.builder import Contents, _is_same
from tests.analytics.questions.test_changes import NAMES, top_list, weeks

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@dataclass
class AskedAnalyst:
    """An analyst that knows nothing and remembers what it was asked."""

    requests: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        self.requests.append(request)
        raise NothingStored("it", "Nothing was collected.")


def test_a_report_serves_for_half_an_hour() -> None:
    """A second before it is over the same report is given, then it is gathered anew; other sections are another."""
    analyst, now = AskedAnalyst(), [NOON]
    contents = Contents(analyst, SimpleNamespace(), SimpleNamespace(), lambda: now[0])  # type: ignore[arg-type]  # only what is asked
    first = contents.report(None, ("totals",))
    now[0] += dt.timedelta(minutes=30) - SECOND
    assert contents.report(None, ("totals",)) is first
    assert analyst.requests == [Totals()]

    now[0] += SECOND
    contents.report(None, ("totals",))
    contents.report(None, ("papers",))
    assert len(analyst.requests) == 3


def test_what_an_older_version_did_not_state_needs_no_correction() -> None:
    """A post that stated fewer numbers still holds, if those it stated do; one of another number does not."""
    now = SimpleNamespace(stated={"PyTorch": 27, "PyTorch proven": 23}, quiet=False, headline="x")

    assert _is_same(now, {"stated": {"PyTorch": 27, "quiet": False}})  # type: ignore[arg-type]  # only what is asked
    assert not _is_same(now, {"stated": {"PyTorch": 28, "quiet": False}})  # type: ignore[arg-type]  # only what is asked


def test_a_better_measure_of_what_is_usual_is_no_correction() -> None:
    """Only numbers that were stated are corrected; older posts remember by another measure whether they were news."""
    answer = changes(top_list(["star/new", *NAMES[:34]]), top_list(NAMES, 7), weeks(9))
    analyst = SimpleNamespace(answer=lambda *_, **__: answer)
    contents = Contents(analyst, SimpleNamespace(), SimpleNamespace(), lambda: NOON)  # type: ignore[arg-type]  # only what is asked
    shown = {"question": answer.question, "headline": "1 of them is new", "as_of": answer.as_of.isoformat()}

    stated = {**answer.stated, "quiet": not answer.quiet}
    assert contents.correction(shown | {"stated": stated}) is None
    assert contents.correction(shown | {"stated": stated | {"entered": 2}}) is not None
