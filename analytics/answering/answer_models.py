"""Single models: which reading, which base, which twins; then the question `model` or `compare`."""

import datetime as dt
from dataclasses import asdict, replace
from functools import cached_property

from analytics.answering.hub_troubles import recall_trouble, remember_trouble
from analytics.answering.later_knowledge import date_receipt
from analytics.answering.model_cache import ModelCache, Sighting
from analytics.answering.twins import find_twin
from analytics.attribution import METHOD, attribute, bases
from analytics.availability.known_model import THROUGH_KERAS, Known, Standing, status
from analytics.availability.model_sentences import evidence_of, is_in
from analytics.context import Context
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Held
from analytics.domain.observations import Model, Ranking, Repository, Twin
from analytics.domain.reading_kinds import OFFICIAL, REACH_TYPES, TWIN
from analytics.domain.requests import Compare, Formats, LoadModel, OneModel
from analytics.domain.wording import day
from analytics.errors import AnalyticsError, NoSuchModel, NothingStored, SourceError
from analytics.explanations import ways
from analytics.movement.list_moves import find_rank
from analytics.reach.conversion_tables import Listings
from analytics.storage.readings import Reading

HAD = (Held.YES, Held.ASSUMED, Held.CONVERSION, THROUGH_KERAS)
"""Statuses of a model that can be had, so that no twin is needed."""


def answer(request: OneModel | Compare | Formats | LoadModel, context: Context, as_of: dt.datetime | None) -> Answer:
    """
    Answer from the newest reading, or from what was known at `as_of`.

    Raises:  NoSuchModel; NothingStored, if the Hub is out of reach and the model was never seen.
    """
    from analytics.questions import file_formats, model

    gathering = ModelGathering(context, as_of)
    if isinstance(request, LoadModel):
        told = _load(request, gathering)
    elif isinstance(request, Formats):
        told = file_formats.list_formats(gathering.gather(request.id))
    elif isinstance(request, Compare):
        told = _compare(request, gathering)
    else:
        told = model.one(request, gathering.add_twins(gathering.gather(request.id), request.framework))
    told = replace(told, method=METHOD)
    return date_receipt(told, as_of) if as_of and told.sample else told


def _load(request: LoadModel, gathering: "ModelGathering") -> Answer:
    """Tell how one model is loaded, or, without one, the general way."""
    from analytics.questions import loading_lines, model

    way = ways().get(request.framework or "")
    if request.id is None:
        if way is None:
            raise NothingStored(f"ways into {request.framework}", "No way into it is known here.")
        return loading_lines.load_in_general(request, way)
    known = gathering.add_twins(gathering.gather(request.id), request.framework)
    return loading_lines.load_one(request, known, model.one(OneModel(request.id, request.framework), known), way)


def _compare(request: Compare, gathering: "ModelGathering") -> Answer:
    """Compare two models; where one is not known, the refusal says what is of the other, be it known or not."""
    from analytics.questions import compare

    found, troubles = [], []
    for name in dict.fromkeys((request.first, request.second)):
        try:
            found.append(gathering.gather(name))
        except (NoSuchModel, NothingStored) as trouble:
            troubles.append(trouble)
    if not troubles:
        return compare.compare(request, found[0], found[-1])
    first, *others = troubles
    for said in (*(other.in_short for other in others), *(f"{is_in(one)}. {evidence_of(one)}" for one in found)):
        first.add(said)
    raise first


class ModelGathering:
    """Gathers what one question needs to know of its models."""

    def __init__(self, context: Context, as_of: dt.datetime | None) -> None:
        self._context = context
        self._as_of = as_of
        self._repositories = ModelCache(context)

    def gather(self, name: str) -> Known:
        """Gather what is known of a model, its twins apart."""
        seen = self._read(name)
        model = seen.repository.model
        base = self._base(model)
        verdict = attribute(base.model) if base else None
        notes = (*([seen.why] if seen.why else []), *self._context.readings.notices)
        return Known(
            repository=seen.repository,
            verdict=attribute(model, base=verdict),
            asked_at=self._as_of or self._context.clock(),
            base=verdict,
            base_is_private=bool(base and base.private),
            standing=self._standing(model.id),
            catalogues=self._catalogues(model.id),
            sample=seen.sample,
            stale=seen.stale,
            notes=notes,
            listings=self._listings,
        )

    @cached_property
    def _listings(self) -> Listings:
        """What libraries list to convert, as it was known then; read once for all models of a question."""
        from analytics.catalogues.listed_types import merge_listings

        return merge_listings(self._context.readings.as_of(REACH_TYPES, "", self._as_of or self._context.clock()))

    def add_twins(self, known: Known, framework: str | None) -> Known:
        """Look for twins in the framework asked for, else in PyTorch and TensorFlow, where the model is not in them."""
        wanted = (framework,) if framework else ("PyTorch", "TensorFlow")
        twins: dict[str, Twin | None] = {}
        notes = known.notes
        for name in (name for name in wanted if status(known, name) not in HAD):
            what = f"twins {known.repository.model.id} {name}".casefold()
            why = self._as_of and recall_trouble(self._context, what, self._as_of, known.repository.as_of)
            try:
                twins |= self._twin(known.repository, name)
            except SourceError as trouble:
                why = f"Twins in {name} could not be looked for: {trouble.why}."
                remember_trouble(self._context, what, self._context.clock(), why)
            notes = (*notes, why) if why else notes
        return replace(known, twins=twins, notes=notes)

    def _twin(self, repository: Repository, framework: str) -> dict[str, Twin | None]:
        """Look for a twin, or remember what was found; of an earlier day, nothing is said where none was looked for."""
        key = f"{repository.model.id} {framework}".casefold()
        stored = self._context.readings.as_of(TWIN, key, self._as_of or self._context.clock())
        if stored and stored.body and not (self._context.shows_private or stored.body.get("private") is False):
            stored = None  # found with a token whose owner is not the one who asks
        if stored and (self._as_of or stored.as_of >= repository.as_of):
            return {framework: Twin(**stored.body) if stored.body else None}
        if self._as_of:
            return {}
        twin = find_twin(repository.model, framework, self._repositories)
        found = asdict(twin) if twin else None
        self._context.readings.add(Reading(TWIN, key, repository.as_of, METHOD, found, (repository.origin,)))
        return {framework: twin}

    def _read(self, name: str) -> Sighting:
        return self._repositories.as_of(name, self._as_of) if self._as_of else self._repositories.read(name)

    def _base(self, model: Model) -> Repository | None:
        """Give the base model; a model is told of without it when it cannot be read, or is not to be shown."""
        base = next(iter(bases(model)), None)
        if not base or base.casefold() == model.id.casefold():
            return None
        try:
            return self._read(base).repository
        except AnalyticsError:
            return None

    def _catalogues(self, name: str) -> tuple[str, ...]:
        """Name the official collections that list it, as far as they were collected."""
        from analytics.catalogues.stored_counts import name_collections

        return name_collections(name, self._official.body) if self._official else ()

    @cached_property
    def _official(self) -> Reading | None:
        """What the official collections held then; read once for all models of a question."""
        return self._context.readings.as_of(OFFICIAL, "", self._as_of or self._context.clock())

    def _standing(self, name: str) -> Standing | None:
        top_lists, ranking = self._context.top_lists, Ranking()
        newest = top_lists.order_at(ranking, self._as_of)
        if newest is None:
            return _standing_in_sample(name, self._as_of)
        before = top_lists.order_before(ranking, newest.as_of)
        listed = next((model for model in newest.models if model.id == name), Model(name))
        return Standing(
            find_rank(listed, newest.models),
            len(newest.models),
            day(newest.as_of),
            find_rank(listed, before.models) if before else None,
            len(before.models) if before else 0,
            day(before.as_of) if before else "",
        )


def _standing_in_sample(name: str, as_of: dt.datetime | None) -> Standing | None:
    """Give its rank in the embedded list, dated, where none was stored; None of a day before it was read."""
    from analytics import sample

    embedded = sample.top_list()
    if as_of and as_of < embedded.as_of:
        return None
    listed = next((model for model in embedded.models if model.id == name), Model(name))
    return Standing(find_rank(listed, embedded.models), len(embedded.models), day(embedded.as_of), sample=True)
