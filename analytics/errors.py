"""
What can go wrong, in the words of this package.

    AnalyticsError
    ├── NoSuchTask          (name, near)     the Hub has no such task
    ├── NoSuchAuthor        (name, near)     nobody of that name has published a model
    ├── NoSuchModel         (name, near, why) the Hub shows no such model
    │   └── ModelNotAsked                    the Hub could not be asked; those that are stored have a name like it
    ├── UnknownOption                        words a collector does not take; it is a ValueError too
    ├── NothingStored       (what, why)      the source is out of reach and no reading of it was ever kept
    │   └── NotCollected                     it has to be collected first; `by_hand` names what
    ├── DatabaseTrouble     (what, advice)   the database is away, locked, full or without rights; `str()` is for people
    └── SourceError         (url, why)       the outside world did not answer as agreed
        ├── Unreachable                      it may do so later: no answer, too slow, 5xx
        ├── RateLimited     (seconds)        it asks us to wait
        ├── NotAsked                         a setting of this machine is in the way: no try mends it
        ├── Missing                          it has no such thing, or shows it to members only
        └── Changed                          it answered, but not in the shape we know

    DatabaseUnusable        (what, advice)   no refusal but the end of the program; `str()` is the sentence for people
    ├── NewerDatabase                        a newer version of this program wrote it
    │   └── BecameNewer                      one did so while this program was running
    ├── ForeignDatabase                      another program's
    ├── AlteredDatabase                      ours, and its tables are not what its revision says
    ├── InUse                                a bot of before works with it, which could not go on with newer tables
    ├── UpgradeUnderWay                      another process is bringing it up to date
    └── MigrationFailed                      it could not be brought to the schema this program works with

An error carries data; the sentence people read is made where it is shown (`bot/messages.py`, the terminal). `str()` of
an error is for the log and for developers.
"""

import errno
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from analytics.domain.wording import clause

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import DataclassInstance

Asked = TypeVar("Asked", bound="DataclassInstance")


def explain_mistake(mistake: Exception) -> str:
    """Say in a clause that collecting met a mistake of the program; its own words may hold anything, and stay here."""
    return f"the program made a mistake in reading it ({type(mistake).__name__})"


class AnalyticsError(Exception):
    """Anything this package refuses to answer, with the reason."""


class ToMend(Exception):
    """
    Something that a person has to mend before the program can start: what is wrong, and the advice, whole sentences.

    `str()` is both, for whoever shows them together.
    """

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(f"{what} {advice}")
        self.what = what
        self.advice = advice


class NoSuchName(AnalyticsError):
    """A task, an author or a model that does not exist; `near` holds names that do, nearest first."""

    kind = "name"
    fields: ClassVar[tuple[str, ...]] = ()
    """Where a request can hold such a name."""

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(f"no {self.kind} {name!r} (near: {', '.join(near) or 'none'})")
        self.name = name
        self.near = near

    def instead(self, request: Asked) -> tuple[Asked, ...]:
        """Make the requests that hold a near name where this one holds the name that does not exist."""
        wrong = [field for field in self.fields if getattr(request, field, None) == self.name]
        return tuple(replace(request, **dict.fromkeys(wrong, near)) for near in self.near if wrong)


class NoSuchTask(NoSuchName):
    """The Hub has no such task."""

    kind = "task"
    fields = ("task",)


class NoSuchAuthor(NoSuchName):
    """Nobody of that name has published a model; where no name is near, it is asked without one."""

    kind = "author"
    fields = ("author",)

    def instead(self, request: Asked) -> tuple[Asked, ...]:
        """Make the requests of the near names; of none, the one of all accounts."""
        if self.near or getattr(request, "author", None) != self.name:
            return super().instead(request)
        return (replace(request, author=None),)


class NoSuchModel(NoSuchName):
    """
    The Hub shows no such model; `why` is a sentence.

    It is missing, or private (the Hub does not say which to strangers), or was deleted since `last_seen`.
    """

    kind = "model"
    fields = ("id", "first", "second")
    said = "No model {} was found."
    """The first sentence, with a place for the name as it is written there."""

    def __init__(self, name: str, near: tuple[str, ...], why: str) -> None:
        super().__init__(name, near)
        self.why = why

    @property
    def in_short(self) -> str:
        """Say in a sentence what is not there, beside the refusal of another."""
        return self.said.format(self.name)

    def add(self, said: str) -> None:
        """Say beside it what is known all the same, of another model that was asked for with it."""
        self.why = f"{self.why} {said}"


class ModelNotAsked(NoSuchModel):
    """The Hub could not be asked for it, nothing of this name is stored, and what is stored differs by a slip."""

    said = "Whether there is a model {} cannot be said now."


class UnknownOption(AnalyticsError, ValueError):
    """Words a collector does not take; `str()` is the sentence for people."""


class NothingStored(AnalyticsError):
    """
    The source is out of reach and nothing fit to answer with was ever stored.

    `by_hand` is what an operator would collect, in the words after `collect`; nobody in Slack is told to. `advice` is a
    sentence on when to ask again, empty where that would not help. `told` is all of it, in sentences.
    """

    def __init__(self, what: str, why: str, by_hand: str = "", advice: str = "") -> None:
        super().__init__(f"nothing stored for {what}: {why}")
        self.what = what
        self.why = why
        self.by_hand = by_hand
        self.told = f"{why} Nothing is stored for {what} either. {advice}".rstrip()

    @property
    def in_short(self) -> str:
        """Say in a sentence what is not there, beside the refusal of another."""
        return f"Nothing is stored for {self.what}."

    def add(self, said: str) -> None:
        """Say beside it what is known all the same, of another model that was asked for with it."""
        self.told = f"{self.told} {said}"


class NotCollected(NothingStored):
    """It is collected apart from questions, and has not been yet."""


class NotYetCome(NotCollected):
    """A day was asked for that has not come, so that nothing can be known since it."""

    def __init__(self, day: str) -> None:
        super().__init__("that day", f"{day} has not come yet, so nothing can have changed since then.")
        self.told = self.why


class SourceError(AnalyticsError):
    """
    An outside source did not answer as agreed.

    `url` is without secrets; `why` is a short clause for people ("it answered 502"); `request_id` is what the
    source calls the exchange, for its operators.
    """

    passes: ClassVar[bool] = False
    """Whether it may pass by itself, so that asking again can help."""

    def __init__(self, url: str, why: str, request_id: str | None = None) -> None:
        super().__init__(f"{url}: {why}" + (f" (request {request_id})" if request_id else ""))
        self.url = url
        self.why = why
        self.request_id = request_id


class Unreachable(SourceError):
    """No usable answer this time; a later try may succeed."""

    passes = True


class RateLimited(SourceError):
    """The source asks us to wait `seconds` before the next call."""

    passes = True

    def __init__(self, url: str, why: str, seconds: float, request_id: str | None = None) -> None:
        super().__init__(url, why, request_id)
        self.seconds = seconds


class NotAsked(SourceError):
    """A setting of this machine keeps us from asking; `why` names it, without its value."""


class Changed(SourceError):
    """The source answered, but not in the shape we know: a later try will not help, a person must look."""


class Missing(SourceError):
    """The source has no such thing, or shows it to its members only."""


class DatabaseTrouble(AnalyticsError):
    """The database cannot be used at the moment; `str()` is the sentence for people: what is the matter, what to do."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(f"{what} {advice}")
        self.what = what
        self.advice = advice


class DatabaseUnusable(ToMend):
    """This program cannot work with the database as it is, and has left it so."""


class NewerDatabase(DatabaseUnusable):
    """The database was written by a newer version of this program; it is left untouched."""

    def __init__(self, where: str, revision: str, known: str) -> None:
        super().__init__(
            f"{where} is of a newer version of this program (tables of revision {revision}, known here {known}).",
            "Install that version, or set FRAMEWORKS_HOME to another folder (DATABASE_URL to another database).",
        )
        self.where, self.revision, self.known = where, revision, known


class BecameNewer(NewerDatabase):
    """A newer version of this program brought the database up to date while this one was running."""

    def __init__(self, newer: NewerDatabase) -> None:
        super().__init__(newer.where, newer.revision, newer.known)
        self.what = (
            f"{self.where} was brought to revision {self.revision} of its tables by a newer version of this program; "
            f"this one, which is still running, knows {self.known}."
        )
        self.advice = "Stop this one and start that version."
        self.args = (f"{self.what} {self.advice}",)


class ForeignDatabase(DatabaseUnusable):
    """Another program works in the database; it is left untouched."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} belongs to another program: {why}. Nothing in it was changed.",
            "Name a database of its own for this program in DATABASE_URL (without that: a folder in FRAMEWORKS_HOME).",
        )


class AlteredDatabase(DatabaseUnusable):
    """Our tables, and not as their revision made them; nothing in them was changed."""

    def __init__(self, where: str, of: str, differences: Sequence[str]) -> None:
        super().__init__(
            f"The tables of this program in {where} are not those of {of}: {'; '.join(differences)}. Somebody changed "
            "them, or put back only a part of a copy. Nothing in them was changed now.",
            "Put back a whole copy (a backup, or what was kept next to the file before an upgrade), or undo that "
            "change (what was added: keep it elsewhere, then take it away). Then start again.",
        )


class InUse(DatabaseUnusable):
    """A running bot works with tables that this program would change under it."""

    def __init__(self, where: str, who: str) -> None:
        super().__init__(
            f"{where} is of an older revision, and a bot ({who}) works with it that could not go on with newer tables. "
            "Nothing in it was changed.",
            "Stop that bot, then start again; or set FRAMEWORKS_HOME to another folder.",
        )


class UpgradeUnderWay(DatabaseUnusable):
    """Another process has been bringing the database up to date for longer than we wait."""

    def __init__(self, where: str, who: str) -> None:
        super().__init__(f"{where} is being brought up to date by {who}.", "Start again when that is done.")


AS_BEFORE = "All is as it was before."


class MigrationFailed(DatabaseUnusable):
    """One step to the schema of this program failed; `left` says what is there now: all was taken back, or not."""

    def __init__(self, where: str, revision: str, why: str, copy: "Path | None" = None, left: str = AS_BEFORE) -> None:
        kept = f" A copy of it is kept as {copy}." if copy else ""
        go_on = "Go on with the version of this program you had, and report this sentence."
        put_back = f"Put back {copy or 'a backup'} before you go on with that version, and report this sentence."
        super().__init__(
            f"{where} could not be brought to revision {revision} of its tables: {clause(why.strip())}. {left}{kept}",
            go_on if left == AS_BEFORE else put_back,
        )


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def explain_file(trouble: OSError) -> str:
    """Say what a file met; libraries lay words and numbers of their own around the system's."""
    if trouble.errno in NO_ROOM:
        return "there is no room left on the disk; make some, what was read before stays in use meanwhile"
    where = f" ({trouble.filename})" if trouble.filename else ""
    return f"{clause(trouble.strerror or str(trouble) or type(trouble).__name__)}{where}"
