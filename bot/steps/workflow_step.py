"""
The workflow step: a question and a channel come in, the answer is posted, and the workflow goes on with its numbers.

Every run ends once, in success or in a sentence: a run that is never ended leaves its workflow hanging. The client is
that of the run, whose token is good until it ends.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from slack_sdk import WebClient

from analytics import grammar
from analytics.analyst import Analyst
from analytics.digest_words import typed_words
from analytics.domain.answer import Answer
from analytics.domain.requests import Request
from analytics.errors import DatabaseTrouble, DatabaseUnusable, NoSuchName, NothingStored
from analytics.storage.lease_time import steady_seconds
from bot import messages, troubles
from bot.delivery import Delivery
from bot.fair_shares import Lane, Onward
from bot.place import Place
from bot.seen import REMEMBERED_SECONDS, Seen
from bot.shared_marks import Marks
from bot.slack_errors import (
    SLACK_FAILURES,
    Forbidden,
    NotHere,
    Refused,
    TooFast,
    Unconfirmed,
    describe,
)
from bot.steps import step_words
from bot.steps.step_manifest import CHANNEL, ONLY_IF_CHANGED, OPTIONS, QUERY, QUESTION
from bot.steps.step_outputs import make_outputs, name_finding
from bot.steps.step_store import Posted, StepStore
from bot.turns import Once, Turns

log = logging.getLogger(__name__)

Body = dict[str, Any]
YES = {"true", "1", "yes"}


@dataclass(eq=False)
class StepRun:
    """One run, and its one end."""

    name: str
    place: Place
    client: WebClient
    question: str = ""
    only_if_changed: bool = False
    _ending: threading.Lock = field(default_factory=threading.Lock)

    def complete(self, outputs: dict[str, Any]) -> None:
        """End it well, unless it has ended."""
        self._end(partial(self.client.functions_completeSuccess, function_execution_id=self.name, outputs=outputs))

    def fail(self, why: str) -> None:
        """End it with a sentence, unless it has ended."""
        self._end(partial(self.client.functions_completeError, function_execution_id=self.name, error=why))

    def _end(self, tell: Callable[[], object]) -> None:
        if not self._ending.acquire(blocking=False):
            return
        try:
            tell()
        except SLACK_FAILURES as failure:
            log.warning("a workflow was not told how its step ended, for %s: %s", self.place, describe(failure))


class WorkflowStep:
    """Runs the step, and offers its questions while a workflow is edited."""

    def __init__(
        self, analyst: Analyst, delivery: Delivery, store: StepStore, marks: Marks, now: Callable[[], dt.datetime]
    ) -> None:
        self._analyst = analyst
        self._delivery = delivery
        self._store = store
        self._marks = marks
        self._now = now
        self._seen = Seen(steady_seconds)
        self._open: set[StepRun] = set()

    def post_answer(self, turns: Turns, event: Body, body: Body, client: WebClient) -> None:
        """Take a run, once however often Slack sends it."""
        run = self._read(event, body, client)
        if not self._seen.first_time(run.name):
            return
        self._open.add(run)
        ours = Once(
            lambda: self._marks.claim([f"step {run.name}"], REMEMBERED_SECONDS), lambda: self._open.discard(run)
        )
        turns.submit(run.place, lambda: self._begin(run), ours, lambda said: run.fail(said.text))

    def refuse_unknown(self, event: Body, body: Body, client: WebClient) -> None:
        """End a run of a step that this version does not have."""
        self._read(event, body, client).fail(step_words.ANOTHER_VERSION)

    def offer_questions(self, event: Body, body: Body, client: WebClient) -> None:
        """Give the menu of questions for what was typed so far; nobody is asked anything for it."""
        typed = str((event.get("inputs") or {}).get(QUERY) or "")
        options = step_words.offer(grammar.understand(typed, self._now().date()), typed)
        self._read(event, body, client).complete({OPTIONS: options})

    @property
    def is_busy(self) -> bool:
        """Whether a run is under way that has to be ended."""
        return bool(self._open)

    def close(self) -> None:
        """End the runs that nobody will work on any more."""
        for run in list(self._open):
            run.fail(troubles.stopping().text)

    @staticmethod
    def _read(event: Body, body: Body, client: WebClient) -> StepRun:
        inputs = event.get("inputs") or {}
        place = Place(str(inputs.get(CHANNEL) or ""), "", team=str(body.get("team_id") or ""))
        return StepRun(
            str(event.get("function_execution_id") or ""),
            place,
            client,
            str(inputs.get(QUESTION) or ""),
            str(inputs.get(ONLY_IF_CHANGED) or "").casefold() in YES,
        )

    # ------------------------------------------------------------------------------------------------------------ work

    def _begin(self, run: StepRun) -> Onward | None:
        """Read the question; pass on what is one."""
        request = self._understand(run)
        if isinstance(request, str):
            run.fail(request)
            return None
        return Onward(Lane.STORED, partial(self._from_stored, run, request), lambda _: None)

    def _understand(self, run: StepRun) -> Request | str:
        """Give what is asked, or why nothing is."""
        if not run.question.strip():
            return step_words.NO_QUESTION
        if not run.place.channel:
            return step_words.NO_CHANNEL
        typed = typed_words.read(run.question)
        if isinstance(typed, grammar.Unclear):
            return step_words.explain_unclear(typed)
        understood = grammar.understand(typed.words, self._now().date())
        if typed.settings is not None:
            return step_words.SETTINGS
        if understood.request is None:
            return step_words.explain_no_question(understood)
        refusals = {
            step_words.PRIVATELY: typed.privately,
            step_words.AS_CSV: understood.as_csv,
            step_words.ON_A_DAY: understood.as_of is not None,
        }
        return next((why for why, so in refusals.items() if so), understood.request)

    def _from_stored(self, run: StepRun, request: Request) -> Onward | None:
        if self._answer(run, request, self._analyst.answer_at_once):
            return None
        work = partial(self._from_source, run, request)
        return Onward(Lane.LOOKED_UP, work, lambda _: None)

    def _from_source(self, run: StepRun, request: Request) -> None:
        self._answer(run, request, self._analyst.answer)

    def _answer(self, run: StepRun, request: Request, find: Callable[[Request], Answer | None]) -> bool:
        """Find the answer and post it, or say why there is none; false where it would have to be waited for."""
        try:
            answer = find(request)
        except NoSuchName as unknown:
            run.fail(messages.no_such(unknown, request).text)
        except NothingStored as nothing:
            run.fail(messages.explain_nothing_stored(nothing).text)
        else:
            if answer is not None:
                self._deliver(run, answer)
            return answer is not None
        return True

    def _deliver(self, run: StepRun, answer: Answer) -> None:
        """Post the answer unless it is what stands there, and give the workflow its numbers."""
        if answer.private:
            run.fail(step_words.PRIVATE_MODEL)
            return
        finding = name_finding(answer)
        before = self._store.find(run.place.channel, answer.question) if run.only_if_changed else None
        if before and before.finding == finding:
            run.complete(make_outputs(answer, before.link))
            return
        try:
            ts = self._delivery.speaking_through(run.client).bring(run.place, answer)
        except (NotHere, TooFast, Refused, Forbidden, Unconfirmed) as failure:
            run.fail(step_words.explain_not_posted(failure))
            return
        link = self._link(run, ts)
        with suppress(DatabaseTrouble, DatabaseUnusable):  # it is posted, whatever is remembered of it
            self._store.keep(run.place.channel, answer.question, Posted(finding, link))
        run.complete(make_outputs(answer, link))
        log.info("a workflow posted %s for %s", answer.question.partition(" ")[0], run.place)

    @staticmethod
    def _link(run: StepRun, ts: str) -> str:
        """Give the address of what was posted; nothing where Slack does not tell it."""
        try:
            told: Any = run.client.chat_getPermalink(channel=run.place.channel, message_ts=ts)
        except SLACK_FAILURES as failure:
            log.info("no link to %s: %s", ts, describe(failure))
            return ""
        return str(told.get("permalink") or "")
