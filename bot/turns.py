"""Work in its asker's turn, whatever door it came by: taken or refused with words, and its failures owned up to."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.waiting import WouldWait, without_waiting
from bot import messages, troubles
from bot.concern import concerning
from bot.delivery import Delivery
from bot.fair_shares import EACH, Asker, FairShares, Full, Lane, Onward, Stopped, Work
from bot.observer import ANYTHING, UNOBSERVED, Observer, Outcome
from bot.open_questions import OpenHere
from bot.place import Place

log = logging.getLogger(__name__)


Tell = Callable[[messages.Message], None]
"""Takes what would be told to an asker."""


def nothing() -> None:
    """Do nothing when the work is done."""


def always() -> bool:
    """Say that work is ours."""
    return True


@dataclass(frozen=True, slots=True)
class Once:
    """Whether work is ours and not another process's, asked right before it begins; and whom to tell of its end."""

    is_ours: Callable[[], bool] = always
    done: Callable[[], None] = nothing


ANYWAY = Once()
"""What nobody else can have been given."""


class Turns:
    """Hands work to the fair shares; nobody is met with silence."""

    def __init__(
        self,
        shares: FairShares,
        delivery: Delivery,
        observer: Observer = UNOBSERVED,
        kept: OpenHere | None = None,
    ) -> None:
        self._observer = observer
        self._kept = kept
        self._shares = shares
        self._delivery = delivery

    def submit(
        self, place: Place, work: Work, once: Once = ANYWAY, tell: Tell | None = None, *, is_kept: bool = True
    ) -> bool:
        """
        Have work done in the asker's turn if it is ours, then `done`; tell the asker when too much is waiting.

        `tell` takes what would be told where no person asks. What a person asks is kept until it is done, but for what
        they see again by looking (`is_kept`).
        """
        beside, once = once, self._keep(place, once) if is_kept and tell is None else once
        tell_beside = tell or partial(self.tell_beside, place)
        try:
            begin = self._without_waiting(place, work)
            ours = self._catch(place, lambda: begin() if once.is_ours() else None, once.done, tell)
            asker = Asker(place.team, place.user or place.channel)
            self._shares.submit(asker, ours, partial(self._leave, place, once, beside, tell))
        except Full as full:
            self._note(place, Outcome.TURNED_AWAY)
            tell_beside(troubles.too_many_of_yours(full.yours) if full.yours else troubles.busy())
        except Stopped:
            self._note(place, Outcome.TURNED_AWAY)
            log.warning("a question came while stopping; the next process tells or answers whoever asked")
            if tell:
                tell(troubles.stopping())
            once = beside  # it stays among what is open
        else:
            return True
        once.done()
        return False

    def _keep(self, place: Place, once: Once) -> Once:
        """Keep that something was asked, so that it is not lost with this process."""
        kept = self._kept
        if kept is None:
            return once
        kept.take(place)

        def is_ours() -> bool:
            """Tell whether it is; what a killed process claimed, whose question is ours now, is."""
            if not once.is_ours():
                return kept.inherits(place)
            kept.claim(place)
            return True

        def finish() -> None:
            kept.end(place)
            once.done()

        return replace(once, is_ours=is_ours, done=finish)

    def _leave(self, place: Place, once: Once, beside: Once, tell: Tell | None) -> bool:
        """
        Tell who asked that the process ends before their turn; tell whether a person was told.

        The next one begins nothing of that by itself; whom nothing reaches now it looks after.
        """
        self._note(place, Outcome.TURNED_AWAY)
        is_told = False
        try:
            if tell:
                tell(troubles.stopping())
            else:
                is_told = self._delivery.tell(place, troubles.stopping())
        finally:
            (once if is_told or tell else beside).done()
        return is_told

    def by_itself(self, place: Place, work: Callable[[], None], once: Once = ANYWAY) -> None:
        """Have something done for somebody who is not just asking, if it is ours: it counts against nobody's share."""

        def ours() -> None:
            if once.is_ours():
                work()

        work_caught = self._catch(place, ours, once.done)

        def job() -> None:
            work_caught()

        self._shares.aside(place.user, job, Lane.LOOKED_UP)

    def quietly(self, place: Place, line: Lane, work: Callable[[], None]) -> None:
        """Do what nobody waits for: whatever becomes of it, the log alone hears of it."""
        self._shares.aside(place.user, self._quiet(place, work), line)

    @staticmethod
    def _quiet(place: Place, work: Callable[[], None]) -> Callable[[], None]:
        def job() -> None:
            try:
                with concerning(place):
                    work()
            except (DatabaseTrouble, DatabaseUnusable) as trouble:
                log.info("left alone for %s: %s", place, trouble)
            except Exception:
                log.exception("left alone for %s", place)

        return job

    def do_unasked(self, place: Place, line: Lane, work: Callable[[], None]) -> None:
        """Do quietly what nobody asked for, unless much of that waits already for whoever caused it."""
        if not self._shares.do_unasked(place.user, self._quiet(place, work), line):
            log.info("left alone for %s, as much of it waits", place)

    def onward(self, place: Place, line: Lane, work: Work) -> Onward:
        """Pass work on to another line, and tell the asker if it has to wait there."""
        part = work if line is Lane.LOOKED_UP else self._without_waiting(place, work)
        return Onward(line, part, lambda waiting: self._delivery.hint(place, troubles.yours_waiting(waiting, EACH)))

    def _without_waiting(self, place: Place, work: Work) -> Work:
        """
        Let nothing wait for an outside source where others' quick words stand behind it.

        Work that would is passed on and done from its beginning, so whatever it does before has to bear being repeated.
        """

        def attempt() -> Onward | None:
            try:
                with without_waiting():
                    return work()
            except WouldWait:
                return self.onward(place, Lane.LOOKED_UP, work)

        return attempt

    def tell_beside(self, place: Place, message: messages.Message, once: Once = ANYWAY) -> None:
        """Tell the asker something that is no answer."""

        def tell() -> None:
            try:
                if once.is_ours():
                    self._delivery.tell(place, message)
            finally:
                once.done()

        self._shares.aside(place.user, tell)

    def _note(self, place: Place, outcome: Outcome) -> None:
        self._observer.note_question(ANYTHING, outcome, place.seconds)

    def _catch(self, place: Place, work: Work, done: Callable[[], None], tell: Tell | None = None) -> Work:
        """Let work fail with words for the asker and a reference into the log; what is left of it too."""
        say = tell or partial(self._delivery.tell, place)

        def attempt() -> Onward | None:
            onward = None
            try:
                with concerning(place):
                    onward = work()
            except (DatabaseTrouble, DatabaseUnusable) as trouble:
                self._note(place, Outcome.DATABASE)
                log.warning("not done for %s: %s", place, trouble)
                say(troubles.explain_database(str(trouble)))
            except Exception:
                reference = secrets.token_hex(4)
                self._note(place, Outcome.FAILED)
                log.exception("reference %s", reference)
                say(troubles.own_up(reference))
            finally:
                if onward is None:
                    done()
            return onward and replace(onward, work=self._catch(place, onward.work, done, tell))

        return attempt
