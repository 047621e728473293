"""
Single models: which reading of one to answer from, and when to go and get a new one.

A stored reading younger than `staleness.FRESH` is used as it is. Otherwise the Hub is asked once; the header of a
safetensors file is read only when it is the sole evidence. When the Hub does not answer, the last reading stands in,
marked stale, then the newest top list that holds the model, then the embedded sample, and the Hub is left alone for a
moment. That rest is the models' own: one model that is slow to tell must not turn every list stale.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from analytics import sample
from analytics.answering.hub_troubles import advise, explain_trouble, recall_trouble, remember_trouble
from analytics.answering.kept_repositories import keep_repository, rebuild_repository
from analytics.answering.later_knowledge import (
    fill_in,
    fill_in_headers,
    is_of_day,
    is_of_older_rule,
    keep_header,
    tell_older_rule,
)
from analytics.answering.similar_ids import find_alike, goes_on, is_slip, plain
from analytics.attribution import PYTORCH, Status, attribute
from analytics.context import Context
from analytics.domain.observations import Model, Ranking, Repository, TopList
from analytics.domain.reading_kinds import MODEL
from analytics.domain.repository_ids import LONGEST_ID, what_is_wrong
from analytics.domain.requests import LISTED
from analytics.domain.staleness import FRESH, REST
from analytics.domain.wording import day
from analytics.errors import Missing, ModelNotAsked, NoSuchModel, NothingStored, RateLimited, SourceError, Unreachable
from analytics.names.known_models import resolve_bare
from analytics.reach.single_repository import names_wanted
from analytics.reach.weight_files import INDEX, ONE_FILE
from analytics.storage.readings import Reading

if TYPE_CHECKING:
    from analytics.sources.hub.client import Header

Told = TypeVar("Told")

OUTSTANDING = 5
"""How many times the downloads of the next an owner of a bare name has who is meant without asking."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One reading of one model. `why` says, for people, why it is not a live one; empty when it is."""

    repository: Repository
    stale: bool = False
    sample: bool = False
    why: str = ""


class ModelCache:
    """The models one question needs; all its calls together take at most twice `context.seconds`."""

    def __init__(self, context: Context, steady: Callable[[], float] = time.monotonic) -> None:
        self._context = context
        self._steady = steady
        self._deadline = steady() + 2 * context.seconds
        self._stored_lists: dict[tuple[str, dt.datetime | None], TopList | None] = {}

    def read(self, name: str) -> Sighting:
        """
        Give the best reading of a model now.

        Raises:  NoSuchModel; ModelNotAsked, if the Hub does not answer and a name that is stored differs by a slip;
                 NothingStored, if it does not answer and nothing like the model was ever seen.
        """
        if (wrong := what_is_wrong(name)) is not None:
            raise NoSuchModel(name[:LONGEST_ID], (), f"The Hub gives no such names: {wrong}.")
        stored = self._if_shown(self._context.readings.newest(MODEL, name.casefold()))
        if stored and not is_of_older_rule(stored.method) and self._context.clock() - stored.as_of < FRESH:
            return Sighting(rebuild_repository(stored))
        try:
            return Sighting(self._context.flights.do((MODEL, name.casefold()), lambda: self._live(name)))
        except Missing:
            if owner := self._find_owner(name):
                return self.read(owner)
            raise NoSuchModel(name, self._near(name), self._why_missing(name, stored)) from None
        except SourceError as trouble:
            seen = self._instead(name, stored, explain_trouble(trouble), advice=advise(trouble))
            if not seen.sample:
                remember_trouble(self._context, f"model {name.casefold()}", self._context.clock(), seen.why)
            return seen

    def as_of(self, name: str, moment: dt.datetime) -> Sighting:
        """
        Give what was known of a model at a moment; by the sample only if it is of that day.

        Raises:  NothingStored, if nothing was.
        """
        stored = self._if_shown(self._context.readings.as_of(MODEL, name.casefold(), moment))
        if stored:
            seen = Sighting(rebuild_repository(stored), why=" ".join(tell_older_rule(stored.method)))
        else:
            none = f"No reading of {day(moment)} or earlier was stored."
            seen = replace(self._instead(name, None, none, moment), stale=False)
        why = recall_trouble(self._context, f"model {name.casefold()}", moment, seen.repository.as_of)
        return replace(seen, stale=True, why=why) if why else seen

    def search(self, wanted: Sequence[tuple[str, str]], limit: int) -> list[Model]:
        """Search the Hub; raises SourceError."""
        return self._ask(lambda seconds: self._context.hub.search(wanted, limit, seconds=seconds))

    def list_models(self) -> Iterator[Model]:
        """Give every model of the newest whole lists, and of the sample."""
        for top_list, _ in self._lists(None):
            yield from top_list.models

    # ------------------------------------------------------------------------------------------------------ the Hub

    def _ask(self, question: Callable[[float], Told]) -> Told:
        """Ask the Hub unless it rests; it rests after it did not answer, or for as long as it asks."""
        clock, resting = self._context.clock, self._context.models_resting
        resting.refuse(clock())
        seconds = self._seconds()
        try:
            return question(seconds)
        except (Unreachable, RateLimited) as trouble:
            rest = dt.timedelta(seconds=trouble.seconds) if isinstance(trouble, RateLimited) else REST
            resting.begin(trouble, clock(), rest)
            raise

    def _seconds(self) -> float:
        left = self._deadline - self._steady()
        if left <= 0:
            raise Unreachable(self._context.hf_endpoint, f"it took more than {2 * self._context.seconds:.3g} s")
        return min(self._context.seconds, left)

    def _if_shown(self, stored: Reading | None) -> Reading | None:
        """Pass over what another face stored of a private model, and what older versions did not say this of."""
        shown = stored and (self._context.shows_private or stored.body.get("private") is False)
        return stored if shown else None

    def _live(self, name: str) -> Repository:
        clock = self._context.clock
        repository = self._ask(lambda seconds: self._context.hub.one(name, seconds=seconds, now=clock))
        if repository.private and not self._context.shows_private:
            raise Missing(repository.origin.address, "it is private")
        repository = self._with_names(self._with_header(repository))
        keep_header(self._context, repository.model, repository.as_of)
        for key in {name.casefold(), repository.model.id.casefold()}:
            self._context.readings.add(keep_repository(repository, key))
        return repository

    def _with_header(self, repository: Repository) -> Repository:
        """Read a header where safetensors are all the evidence there is; without it the verdict stays assumed."""
        file = sole_evidence(repository.model)
        if not file:
            return repository
        try:
            header = self._context.hub.header(repository, file, seconds=self._seconds())
        except Missing:
            return replace(self._with_known_header(repository), restricted=True)
        except SourceError:
            return self._with_known_header(repository)
        told = _state(repository, header)
        return _describe(told, header) if file == ONE_FILE else told

    def _with_known_header(self, repository: Repository) -> Repository:
        """Take the header as it was read before, where it cannot be read now."""
        (model,) = fill_in_headers((repository.model,), self._context, repository.as_of)
        return replace(repository, model=model)

    def _with_names(self, repository: Repository) -> Repository:
        """
        Read the names of the tensors where what converts on load depends on them; without them it is not checked.

        The format that such a header states counts as one that was read for its own sake.
        """
        file = names_wanted(repository)
        if not file or repository.restricted:
            return repository
        hub = self._context.hub
        try:
            read = hub.index if file == INDEX else hub.header
            header = read(repository, file, seconds=self._seconds())
        except SourceError:
            return self._with_known_header(repository)
        return _describe(repository if file == INDEX else _state(repository, header), header)

    # ---------------------------------------------------------------------------------------------- what stands in

    def _instead(
        self, name: str, stored: Reading | None, why: str, moment: dt.datetime | None = None, *, advice: str = ""
    ) -> Sighting:
        if stored:
            why = " ".join((why, *tell_older_rule(stored.method)))
            return Sighting(rebuild_repository(stored), stale=True, why=why)
        wanted = _spell_out(name).casefold()
        for top_list, is_sample in self._lists(moment):
            model = next((model for model in top_list.models if model.id.casefold() == wanted), None)
            if model:
                seen = Repository(model, name, top_list.as_of, top_list.origin, listed=True)
                return Sighting(seen, stale=not is_sample, sample=is_sample, why=why)
        near = self._near(name) if moment is None else ()
        if meant := tuple(one for one in near if is_slip(name, one) or goes_on(name, one)):
            raise ModelNotAsked(name, meant, f"{why} What is stored here has none of this name. {advice}".rstrip())
        raise NothingStored(f"the model {name}", why, advice=advice)

    def _lists(self, moment: dt.datetime | None) -> Iterator[tuple[TopList, bool]]:
        """Give the newest whole lists by each measure, then the sample, each with whether it is the sample."""
        for by in LISTED:
            if top_list := self._find_list(by, moment):
                yield top_list, False
        for top_list in sample.top_lists():
            if moment is None or is_of_day(top_list.as_of, moment):
                yield top_list, True

    def _find_list(self, by: str, moment: dt.datetime | None) -> TopList | None:
        """Give the newest whole list, read once: a question looks there for the model, its base and its twins."""
        if (by, moment) not in self._stored_lists:
            ranking, top_lists = Ranking(by), self._context.top_lists
            found = top_lists.as_of(ranking, moment) if moment else top_lists.newest(ranking)
            filled = found and fill_in(found, self._context, moment or self._context.clock())
            self._stored_lists[by, moment] = filled
        return self._stored_lists[by, moment]

    # ----------------------------------------------------------------------------------------------------- not there

    def _why_missing(self, name: str, stored: Reading | None) -> str:
        seen = [stored.as_of] if stored else []
        for top_list, _ in self._lists(None):
            if any(model.id.casefold() == name.casefold() for model in top_list.models):
                seen.append(top_list.as_of)
        if seen:
            return f"The Hub showed it on {day(max(seen))}; since then it was deleted or made private."
        if self._context.hub.token_is_refused:
            return "The Hub has none of this name, or keeps it private: it does not take HF_TOKEN."
        return "The Hub has none of this name, or keeps it private; it does not say which."

    def _near(self, name: str) -> tuple[str, ...]:
        """Give names that are alike, of the Hub and the stored lists."""
        return find_alike(name, (*self.list_models(), *self._search_alike(name)))

    def _search_alike(self, name: str) -> list[Model]:
        """Search for the longest word of the name: a mistyped word seldom is the longest."""
        words = [word for word in plain(name).split("-") if word]
        try:
            return self.search([("search", max(words, key=len))], 50) if words else []
        except SourceError:
            return []

    def _find_owner(self, name: str) -> str | None:
        """Give the model that a bare name stands for, where one owner of it is outstanding; None where none is."""
        if "/" in name or not any(map(str.isalpha, name)):  # a number alone is the place in some list
            return None
        known = {model.id: model.downloads_30d or 0 for model in (*self.list_models(), *self._search_alike(name))}
        owners = [one for one in known if one.casefold().partition("/")[2] == name.casefold()]
        first, *others = sorted(owners, key=lambda one: (-known[one], one)) or [""]
        clear = not others or known[first] >= OUTSTANDING * max(known[others[0]], 1)
        return first if first and clear else None


def _spell_out(name: str) -> str:
    """Give the id that a bare old name is known by today, `gpt2`, where one owner is clearly meant."""
    meant = None if "/" in name else resolve_bare(name)
    return meant.id if meant and meant.clear else name


def sole_evidence(model: Model) -> str | None:
    """Name the safetensors file whose header would decide, where nothing else does; the outermost and first."""
    if attribute(model).status(PYTORCH) is not Status.ASSUMED:
        return None
    files = [name for name in model.files or () if name.casefold().endswith(".safetensors")]
    return min(files, key=lambda name: (name.count("/"), name), default=None)


def _state(repository: Repository, header: "Header") -> Repository:
    return replace(repository, model=replace(repository.model, header=header.format))


def _describe(repository: Repository, header: "Header") -> Repository:
    described = repository.configuration
    if described is None:
        return repository
    dtypes = tuple(sorted({*described.dtypes, *header.dtypes}))
    told = replace(described, stems=header.stems, flaw=header.flaw, dtypes=dtypes)
    return replace(repository, configuration=told)
