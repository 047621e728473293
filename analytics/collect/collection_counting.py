"""Reads one official collection wherever it is published, and counts it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from analytics.catalogues import Count, NotCounted, organisations
from analytics.catalogues.collection import Archive, Collection, Organisation, Reader, Source, Wheel
from analytics.catalogues.stored_counts import Counted, date_count
from analytics.context import Clock
from analytics.domain.observations import Ranking
from analytics.domain.wording import count
from analytics.errors import Changed, SourceError
from analytics.sources.allowance import TookTooLong
from analytics.sources.github import Archives
from analytics.sources.hub.client import HubClient
from analytics.sources.installer_words import INDEX
from analytics.sources.wheels import PYTHONS, Release, Wheels
from analytics.sources.zipped import Opened

SECONDS = 120.0
"""For one archive or one organisation: nobody waits."""
MOST_REPOSITORIES = 20_000
COMMIT = 40
"""Letters of a commit's name."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything official collections are read from."""

    wheels: Wheels
    archives: Archives
    hub: HubClient
    clock: Clock


class Counting:
    """One round: a release is looked for once, found or not, and an index that was out of reach is not asked again."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._found: dict[Wheel, Release] = {}
        self._absent: dict[Wheel, Changed | TookTooLong] = {}
        self._down: SourceError | None = None

    @property
    def releases(self) -> tuple[Release, ...]:
        """The newest releases that were found."""
        return tuple(release for wheel, release in self._found.items() if not wheel.version)

    def count(self, source: Source, reader: Reader | None) -> Counted:
        """
        Count what a source holds today.

        Raises:  Unreachable, RateLimited; Changed, also where the texts are laid out otherwise than known.
        """
        today = self._outside.clock().astimezone(dt.UTC).date()
        if isinstance(source, Organisation):
            names = self.names(source)
            return date_count(_require_count(lambda: organisations.count(names), source), "", None, today)
        if reader is None:
            raise ValueError(f"{source} needs a reader")
        opened, version = self._open(source, reader)
        texts = {path: "" for path in opened.names if reader.named and reader.named(path)} | dict(opened.texts)
        return date_count(_require_count(lambda: reader.count(texts), source), version, opened.day, today)

    def names(self, organisation: Organisation) -> tuple[str, ...]:
        """List the repositories of an organisation of the Hub."""
        ranking = Ranking(author=organisation.name)
        listed = self._outside.hub.top(ranking, MOST_REPOSITORIES, seconds=SECONDS, now=self._outside.clock)
        if not listed.complete:
            most = count(MOST_REPOSITORIES, "repository", "repositories")
            raise Changed(listed.origin.address, f"it lists more than {most}")
        return tuple(model.id for model in listed.models)

    def _open(self, source: Wheel | Archive, reader: Reader) -> tuple[Opened, str]:
        if isinstance(source, Wheel):
            release = self._release(source)
            return self._outside.wheels.read(release, reader.wanted), release.version
        if source.page:
            text = self._outside.archives.page(source.repository, source.ref, source.page, seconds=SECONDS)
            return Opened({source.page: text}, source.day, source.ref), source.ref
        opened = self._outside.archives.texts(source.repository, source.ref, reader.wanted, seconds=SECONDS)
        return opened, opened.comment if len(opened.comment) == COMMIT else source.ref

    def _release(self, wheel: Wheel) -> Release:
        if trouble := self._down or self._absent.get(wheel):
            raise trouble
        if wheel not in self._found:
            try:
                self._found[wheel] = self._outside.wheels.find(wheel.name, wheel.version, wheel.pythons or PYTHONS)
            except (Changed, TookTooLong) as failure:  # the index is there: others may be had of it
                self._absent[wheel] = failure
                raise
            except SourceError as failure:
                self._down = failure
                raise
        return self._found[wheel]


def _require_count(count: Callable[[], Count], source: Source) -> Count:
    try:
        return count()
    except NotCounted as trouble:
        raise Changed(_where(source), str(trouble)) from None
    except RecursionError:
        raise Changed(_where(source), "one of its files is nested deeper than source code is") from None


def _where(source: Source) -> str:
    match source:
        case Wheel(name=name):
            return f"{INDEX}: {name}"
        case Archive(repository=repository, ref=ref):
            return f"{repository} at {ref}"
        case Organisation(name=name):
            return f"the organisation {name}"


def implausible(collection: Collection, new: Counted, last: Counted | None) -> str:
    """Say why a count cannot be right; empty if it can. `last` is the one before, of the same rules."""
    if not collection.least <= new.number + new.unread <= collection.most:
        plausible = f"{collection.least:,} to {collection.most:,}"
        return f"{new.number:,} {collection.unit} were read, where {plausible} are plausible"
    if new.unread > MOST_UNREAD * max(1, new.number):
        return f"{count(new.unread, 'entry', 'entries')} besides {new.number:,} {collection.unit} could not be read"
    if last and collection.least and new.number < last.number * (1 - MOST_FALL):
        return (
            f"{new.number:,} {collection.unit} after {last.number:,} in {last.version or last.counted}: it fell too far"
        )
    return ""


MOST_FALL, MOST_UNREAD = 0.05, 0.05
"""Collections grow; one that falls further was more likely read wrongly, until a person says otherwise."""
