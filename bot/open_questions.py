"""
What this process has in hand of what people asked, kept so that a kill loses none of it.

A row is written beside the work, by one thread for all that came meanwhile, so that no acknowledgement waits for the
disk, and an answer only a moment; it goes when the answer is there. Until the words are understood it holds where they
were said, then the question in canonical words; never what was typed. What another process left is taken up by
`lost_questions.py`. Right before an answer leaves it is looked whether that has happened to it: a process that was
thought dead, and was only slow, says nothing more.
"""

import datetime as dt
import logging
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from analytics.storage.lease_time import steady_seconds
from bot.courtesy import Courtesy
from bot.open_rows import LEASE, LostQuestion, OpenRow, OpenRows, RowOwner, Whose, keep_place
from bot.place import Place

log = logging.getLogger(__name__)

RENEWED = 15.0
"""Seconds after which a process renews the rows of what it has in hand: a quarter of how long they are left to it."""

PATIENCE = 1.0
"""Seconds for which an answer waits until it is written that it leaves; a database that is slower keeps none back."""

BREATH = 0.1
"""
Seconds between two writings: what comes and goes meanwhile costs none.

A crowd is acknowledged first: the writer is not even woken by each who asks, for every thread that wakes up may keep
the interpreter from an acknowledgement for five milliseconds.
"""


@dataclass(slots=True)
class Entry:
    """
    What is in hand: `hands` counts the works that one payload became, `version` what became known of it.

    `since`: the steady second from which on it was.
    """

    home: str
    mark: str
    taken_at: dt.datetime
    body: dict[str, Any]
    since: float
    hands: int = 1
    version: int = 0
    written: int = 0
    was_tried: bool = False
    whose: Whose = Whose.OURS
    """Whose its row was at the last writing."""
    is_claimed: bool = False
    """Whether of all processes that Slack gave it to it is ours to answer."""
    is_inherited: bool = False
    """Whether another process had it and is gone."""
    may_be_told: bool = False
    """Whether that one may have told its asker alone, which nobody can see: nothing more is told of it alone."""
    is_withheld: bool = False
    """Whether something was not told for that reason."""

    def inherit(self, owned: RowOwner) -> None:
        """Take over what the row of a process that is gone says."""
        self.is_inherited = True
        self.taken_at = owned.taken_at or self.taken_at
        self.body |= owned.left
        self.may_be_told = bool(owned.left.get("alone"))

    @property
    def is_another(self) -> bool:
        """Whether another process has taken it up meanwhile, or was given it too and may answer it."""
        return self.whose is Whose.ANOTHERS or (self.whose is Whose.RIVALS and not self.is_claimed)

    @property
    def is_settled(self) -> bool:
        """Whether all that is known of it is written, or it is another process's."""
        return self.written == self.version or self.is_another

    def as_row(self) -> OpenRow:
        """Give it as it is now."""
        takes = self.is_claimed and (self.whose is Whose.RIVALS or not self.written)
        is_known = self.written > 0 and not takes
        return OpenRow(self.home, self.mark, self.taken_at, dict(self.body), is_known=is_known, takes=takes)


@dataclass(frozen=True, slots=True)
class Batch:
    """What is written at once; of what is kept also its version."""

    kept: list[tuple[Entry, OpenRow, int]]
    gone: list[OpenRow]
    renews: bool


class OpenQuestions:
    """Those of one process; safe to use from several threads. A database that is away keeps no answer back."""

    def __init__(
        self, rows: OpenRows, now: Callable[[], dt.datetime], steady: Callable[[], float] = steady_seconds
    ) -> None:
        self.rows = rows
        self.now = now
        self._steady = steady
        self._open: dict[tuple[str, str], Entry] = {}
        self._changed: dict[tuple[str, str], Entry] = {}
        self._gone: list[OpenRow] = []
        self._lock = threading.Lock()
        self._to_write = threading.Condition(self._lock)
        self._written = threading.Condition(self._lock)
        self._closing = threading.Event()
        self._hurried = threading.Event()
        self._courtesy = Courtesy()
        self._is_away = False
        self._renewed = steady()
        self._writer: threading.Thread | None = None

    def of(self, home: str) -> "OpenHere":
        """Give those of one workspace."""
        return OpenHere(self, home)

    def close(self) -> None:
        """Write what is left to be written."""
        self._closing.set()
        self._hurried.set()
        with self._lock:
            self._to_write.notify_all()
        if self._writer:
            self._writer.join()

    # ------------------------------------------------------------------------------------------------------ in memory

    def take(self, home: str, place: Place) -> None:
        """Note that something was asked; more work of the same payload is the same."""
        self._courtesy.heard()
        with self._lock:
            if entry := self._open.get((home, place.work)):
                entry.hands += 1
            else:
                self._add(entry := Entry(home, place.work, self.now(), {"place": keep_place(place)}, self._steady()))
                self._change(entry)

    def put(self, home: str, place: Place, body: dict[str, Any], taken_at: dt.datetime) -> bool:
        """Have in hand what was written otherwise; tell whether it is new here, and not in hand already."""
        with self._lock:
            if entry := self._open.get((home, place.work)):
                entry.whose, entry.was_tried = Whose.OURS, True
                return False
            since = self._steady()
            self._add(Entry(home, place.work, taken_at, body, since, version=1, written=1, was_tried=True))
            return True

    def claim(self, home: str, place: Place) -> None:
        """
        Note that it is ours to answer, whoever wrote of it first.

        Slack may give an event to two processes at once: one claims it, the other may have written its row, and
        whichever row stands, the answer must come.
        """
        with self._lock:
            if entry := self._open.get((home, place.work)):
                entry.is_claimed = True
                if entry.whose is Whose.RIVALS:
                    self._change(entry)

    def note(self, home: str, place: Place, known: dict[str, Any]) -> None:
        """Note what is known of it by now."""
        with self._lock:
            if entry := self._open.get((home, place.work)):
                self._change(entry, place=keep_place(place), **known)

    def begin_sending(self, home: str, place: Place, *, is_seen: bool) -> bool:
        """
        Note that an answer leaves; tell whether it may: not where another process has taken the question up.

        It waits, but not for long, until that is written: where nobody can see afterwards whether it is there
        (`is_seen`), where so much time has passed that another may have it, and where Slack may have delivered an event
        (which has no response_url) again, so that it is not known yet whether another had it.
        """
        with self._lock:
            entry = self._open.get((home, place.work))
            if entry is None:
                return True
            known = {"sending": True} | ({} if is_seen else {"alone": True})
            may_be_another = self._steady() - max(self._renewed, entry.since) >= LEASE.total_seconds() / 2
            if may_be_another or not known.items() <= entry.body.items():
                self._change(entry, **known)
            if may_be_another or not is_seen:
                self._await_written(lambda: entry.is_settled, PATIENCE)
            elif place.respond is None:
                self._await_written(lambda: bool(entry.written) or entry.is_another, PATIENCE)
            if not is_seen and entry.may_be_told:
                entry.is_withheld = True
                return False
            return not entry.is_another

    def find_withheld(self, home: str, place: Place) -> dt.datetime | None:
        """
        Tell when it was asked, if something was not told for the reason that a process now gone may have told it.

        Once: whatever follows is told.
        """
        with self._lock:
            entry = self._open.get((home, place.work))
            if entry is None or not entry.is_withheld:
                return None
            entry.may_be_told = entry.is_withheld = False
            return entry.taken_at

    def inherits(self, home: str, place: Place, patience: float) -> bool:
        """Tell whether another process had it in hand and is gone; waits for so many seconds until that is known."""
        with self._lock:
            entry = self._open.get((home, place.work))
            if entry is None:
                return False
            self._await_written(lambda: entry.is_settled, patience)
            return entry.is_inherited and not entry.is_another

    def begin_telling(self, home: str, place: Place) -> bool:
        """
        Note that something about it leaves for its asker alone; tell whether it may.

        Of what is no question the next process says so or so that it cannot tell: that is not waited for.
        """
        with self._lock:
            entry = self._open.get((home, place.work))
            if entry is None or "words" not in entry.body:
                return entry is None or not entry.is_another
        return self.begin_sending(home, place, is_seen=False)

    def end(self, home: str, place: Place) -> None:
        """Note that it is answered, or was told why not."""
        with self._lock:
            entry = self._open.get((home, place.work))
            if entry is None:
                return
            entry.hands -= 1
            if not entry.hands:
                del self._open[home, place.work]
                self._changed.pop((home, place.work), None)
                self._gone += [entry.as_row()] if entry.was_tried else []
                self._to_write.notify()

    def _await_written(self, is_written: Callable[[], bool], patience: float) -> None:
        """Wait for the writer, which then takes no breath; the lock is held."""
        if not is_written() and not self._is_away:
            self._hurried.set()
        self._written.wait_for(lambda: self._is_away or is_written(), patience)

    def _add(self, entry: Entry) -> None:
        self._open[entry.home, entry.mark] = entry
        if self._writer is None:
            self._writer = threading.Thread(target=self._write_on, name="open-questions", daemon=True)
            self._writer.start()

    def _change(self, entry: Entry, **known: Any) -> None:
        entry.body |= known
        entry.version += 1
        self._changed[entry.home, entry.mark] = entry
        self._to_write.notify()

    # -------------------------------------------------------------------------------------------------------- writing

    def _write_on(self) -> None:
        """Write what changes, all that has changed at once, until it is closed."""
        while (batch := self._await_batch()) is not None:
            try:
                whose = self.rows.write([row for _, row, _ in batch.kept], batch.gone, renews=batch.renews)
            except Exception as failure:  # noqa: BLE001 - whatever it is, no answer is kept back by it
                self._put_back(batch, failure)
            else:
                self._note_written(batch, whose)

    def _await_batch(self) -> Batch | None:
        """Wait for something to write; None once it is closed and nothing is left, or nothing can be written."""
        if self._is_away:
            self._closing.wait(PATIENCE)
        elif not self._closing.is_set():
            self._hurried.wait(BREATH)
            self._hurried.clear()
        with self._lock:
            if not self._is_away:
                renewed_in = RENEWED if self._open else None
                self._to_write.wait_for(lambda: self._closing.is_set() or self._has_changes(), renewed_in)
        self._courtesy.wait()
        with self._lock:
            if self._closing.is_set() and (self._is_away or not self._has_changes()):
                return None
            return self._collect()

    def _has_changes(self) -> bool:
        return bool(self._gone or self._changed)

    def _collect(self) -> Batch:
        changed, self._changed = list(self._changed.values()), {}
        for entry in changed:
            entry.was_tried = True
        renews = bool(self._open) and self._steady() - self._renewed >= RENEWED
        batch = Batch([(entry, entry.as_row(), entry.version) for entry in changed], self._gone, renews)
        self._gone = []
        self._renewed = self._steady() if renews else self._renewed
        return batch

    def _put_back(self, batch: Batch, failure: Exception) -> None:
        if not self._is_away:  # else it was said
            is_known = isinstance(failure, (DatabaseTrouble, DatabaseUnusable))
            log.warning("a kill would lose what is asked now: %s", failure, exc_info=None if is_known else failure)
        with self._lock:
            self._is_away = True
            self._renewed = -math.inf if batch.renews else self._renewed
            self._gone = batch.gone + self._gone
            again = {(entry.home, entry.mark): entry for entry, _, _ in batch.kept}
            self._changed |= {key: entry for key, entry in again.items() if key in self._open}
            self._written.notify_all()

    def _note_written(self, batch: Batch, whose: list[RowOwner]) -> None:
        with self._lock:
            self._is_away = False
            for (entry, _, version), owned in zip(batch.kept, whose, strict=True):
                entry.whose = owned.whose
                if owned.whose is Whose.INHERITED:
                    entry.inherit(owned)
                entry.written = version
            self._written.notify_all()


@dataclass(frozen=True, slots=True)
class OpenHere:
    """Those of one workspace."""

    _all: OpenQuestions
    _home: str

    def now(self) -> dt.datetime:
        """Tell the time by which it is noted when something was asked."""
        return self._all.now()

    def take(self, place: Place) -> None:
        """Note that something was asked in a place."""
        self._all.take(self._home, place)

    def claim(self, place: Place) -> None:
        """Note that it is ours to answer, as above."""
        self._all.claim(self._home, place)

    def note(self, place: Place, **known: Any) -> None:
        """Note what is known of it by now."""
        self._all.note(self._home, place, known)

    def begin_sending(self, place: Place, *, is_seen: bool) -> bool:
        """Note that an answer leaves; tell whether it may: not where another process has taken it up."""
        return self._all.begin_sending(self._home, place, is_seen=is_seen)

    def inherits(self, place: Place, patience: float = PATIENCE) -> bool:
        """Tell whether another process had it in hand and is gone; waits for so many seconds until that is known."""
        return self._all.inherits(self._home, place, patience)

    def find_withheld(self, place: Place) -> dt.datetime | None:
        """Tell when it was asked, if something was not told because a process now gone may have told it; once."""
        return self._all.find_withheld(self._home, place)

    def begin_telling(self, place: Place) -> bool:
        """Note that something leaves for the asker alone; tell whether it may, as above."""
        return self._all.begin_telling(self._home, place)

    def end(self, place: Place) -> None:
        """Note that it is answered, or was told why not."""
        self._all.end(self._home, place)

    def enter(self, place: Place, known: dict[str, Any]) -> Callable[[Connection], object]:
        """Give what writes a row together with something else, in its transaction; `put` has it in hand then."""
        row = OpenRow(self._home, place.work, self._all.now(), {"place": keep_place(place)} | known)
        return lambda connection: self._all.rows.keep(connection, row)

    def put(self, place: Place, known: dict[str, Any]) -> None:
        """Have in hand what was entered."""
        self._all.put(self._home, place, {"place": keep_place(place)} | known, self._all.now())

    def list_lost(self) -> list[LostQuestion]:
        """List what other processes cannot have in hand any more. Raises DatabaseTrouble, DatabaseUnusable."""
        return self._all.rows.list_lost(self._home)

    def take_up(self, lost: LostQuestion) -> bool:
        """
        Have in hand what was lost, once of all processes; tell whether it is ours to answer. Raises as above.

        It is not where Slack has delivered the same event again, and this process answers that one.
        """
        is_ours = self._all.rows.take_up(lost)
        return is_ours and self._all.put(self._home, lost.place, dict(lost.body), lost.taken_at)
