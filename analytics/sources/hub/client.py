"""
The Hugging Face Hub, in our words: its rankings of models.

Endpoint, parameters and shapes are those of `GET /api/models` (huggingface.co/docs/hub/api). Items are read as raw
dictionaries and reduced at once: one malformed item must not cost the list, as it does with the client's ModelInfo.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

import httpx2
from huggingface_hub import is_offline_mode

from analytics.attribution.telling_names import MOST_FILES
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, Repository, TopList
from analytics.domain.repository_ids import is_repository_id
from analytics.domain.requests import MOST_MODELS
from analytics.domain.wording import count, iso
from analytics.errors import Changed, Missing, Unreachable
from analytics.hub_ear import DEAF, HubEar
from analytics.sources.addresses import make_address
from analytics.sources.http import Params
from analytics.sources.http_answers import Page, Refusal
from analytics.sources.hub.configurations import find_flaw, is_damaged, read_dtypes, read_index, read_stems
from analytics.sources.hub.items import (
    FIELDS,
    header_size,
    is_disabled,
    is_private,
    model_of,
    read_format,
    repository_of,
)
from analytics.sources.hub.next_page import BarrenPages, next_page
from analytics.sources.hub.session import explain_refusal, headers_for, listen, refuse_strangers

log = logging.getLogger(__name__)

SORTS = {"downloads": "downloads", "likes": "likes", "trending": "trendingScore", "created": "createdAt"}
MEASURES = {"downloads": "downloads_30d", "likes": "likes", "trending": "trending", "created": "created_at"}
"""A ranking's measure as the Hub sorts by it, and as `Model` holds it."""


ALONE = ("config", "disabled", "lastModified", "safetensors", "sha")
"""What is asked of a single model beyond FIELDS."""

LARGEST_ALONE = 16 * 2**20
"""Bytes of one model's answer: 100,000 files and their names have some 7 MB; a configuration of 50 MB is none."""

UNAUTHORISED, FORBIDDEN, NOT_FOUND, BEYOND_THE_END = 401, 403, 404, 416
WITHOUT_TOKEN = "asked without HF_TOKEN, which the Hub does not take"  # noqa: S105 - words, and no token
HEADER_BYTES = 100_000
"""What is read of a safetensors file; nearly all headers are shorter, and the format stands at their beginning."""
LONGEST_HEADER = 2_000_000
"""Bytes of a header or an index that are read for the names in it; a few of the largest mixtures have more."""


@dataclass(frozen=True, slots=True)
class Header:
    """
    What a safetensors header says. `format`: empty if it states none, None if it is none.

    `stems`: how the names of its tensors begin; None if it could not be read whole. `flaw`, `dtypes`: see
    `Configuration`.
    """

    format: str | None
    stems: tuple[str, ...] | None
    flaw: str = ""
    dtypes: tuple[str, ...] = ()


class HubClient:
    """
    One Hub. The token, if any, is sent to its endpoint and to no other host.

    `agent` is what we call ourselves, `name/version`; `ear` hears of each call. A name and password in the endpoint are
    not used: they would stand in errors and under charts.
    """

    def __init__(
        self,
        endpoint: str = "https://huggingface.co",
        token: str | None = None,
        agent: str | None = None,
        ear: HubEar = DEAF,
    ) -> None:
        self._hub = listen(ear)
        given = httpx2.URL(endpoint.rstrip("/"))
        self._endpoint = given.copy_with(username=None, password=None)
        if given.userinfo:
            log.warning("the name and password in the address of the Hub are not sent")
        # Built here and not by the client library, whose builder asks a server of its own choosing on the way.
        self._headers = headers_for(token, agent)

    def top(self, ranking: Ranking, limit: int, *, seconds: float, now: Callable[[], dt.datetime]) -> TopList:
        """
        Read the first `limit` models (1 to 1000) of a ranking, best first, ties by id.

        Raises:  Unreachable, RateLimited or Changed; `seconds` bound all pages together.
        """
        url, params = make_address(self._address, "api/models"), _listing(ranking, min(limit, MOST_MODELS))
        found: dict[str, Model] = {}
        unsound, barren = 0, BarrenPages(url)
        for page in self._pages(url, params, seconds):
            models, nameless = _models(page, url)
            unsound += nameless
            barren.count(sum(model.id not in found for model in models))
            for model in models:
                found.setdefault(model.id, model)
            if len(found) >= limit:
                break
        if not found and not (ranking.task or ranking.author):
            raise Changed(url, "it lists no models at all")
        moment, ordered = now(), _in_order(found.values(), ranking.by)[:limit]
        # Fewer than asked means that the pages came to their end.
        origin = self._note_refused_token(_origin(url, params, ranking, moment, unsound))
        return TopList(ranking, moment, ordered, limit, len(ordered) < limit, origin)

    def one(self, name: str, *, seconds: float, now: Callable[[], dt.datetime]) -> Repository:
        """
        Read one model by its name, an old one or one in another case included.

        Raises:  Missing, if there is none or it is private; Unreachable, RateLimited or Changed.
        """
        if not is_repository_id(name):
            raise Missing(self._address, "the Hub gives no such names")
        url = make_address(self._address, "api/models", name)
        params: Params = [("expand", field) for field in (*FIELDS, *ALONE)]
        try:
            page = self._hub.get_json(url, params, self._headers, seconds, largest=LARGEST_ALONE)
        except Refusal as refusal:
            # 401, where asked without a token or with one that is refused, is the Hub's word for "none for you".
            if refusal.status in (NOT_FOUND, UNAUTHORISED):
                raise Missing(url, refusal.why, refusal.request_id) from None
            raise
        self._refuse_strangers(page)
        repository = repository_of(page.data, name, now(), self._address)
        if repository is None:
            raise Changed(url, "it answered with something else than a model")
        return replace(repository, origin=self._note_refused_token(repository.origin))

    def search(self, wanted: Sequence[tuple[str, str]], limit: int, *, seconds: float) -> list[Model]:
        """
        Read the most downloaded models among those that `wanted` (search, author, filter) asks for.

        Not those that the Hub has disabled, which it still lists. Raises:  Unreachable, RateLimited or Changed.
        """
        url = make_address(self._address, "api/models")
        params: Params = [*wanted, ("sort", SORTS["downloads"]), ("limit", limit)]
        page = self._list(url, params + [("expand", field) for field in (*FIELDS, "disabled")], seconds)
        served = [item for item in _items(page, url) if not is_disabled(item)]
        return _models(replace(page, data=served), url)[0][:limit]

    def header(self, repository: Repository, file: str, *, seconds: float) -> Header:
        """
        Read the header of a safetensors file: the `format` it states, its tensors' names and types of numbers.

        Layout of the file: github.com/huggingface/safetensors#format. One ranged read; a second one of a long header.
        Raises:  Missing where the file is restricted; Unreachable, RateLimited or Changed.
        """
        start = self._start(repository, file, seconds, HEADER_BYTES)
        asked = HEADER_BYTES
        if asked < (size := header_size(start)) <= LONGEST_HEADER:
            start, asked = self._start(repository, file, seconds, size), size
        flaw = f"the header of {file} is damaged" if is_damaged(start, asked) else ""
        return Header(read_format(start), read_stems(start), flaw, read_dtypes(start))

    def index(self, repository: Repository, file: str, *, seconds: float) -> Header:
        """
        Read how the names of a sharded model's tensors begin, from its index, which is looked at only if it is short.

        Raises:  as `header`.
        """
        content = self._start(repository, file, seconds, LONGEST_HEADER)
        if len(content) == LONGEST_HEADER:
            return Header(None, None)
        files = repository.model.files or ()
        flaw = find_flaw(content, frozenset(files) if len(files) < MOST_FILES else None)
        return Header(None, read_index(content), f"{file} {flaw}" if flaw else "")

    def _start(self, repository: Repository, file: str, seconds: float, most: int) -> bytes:
        url = make_address(self._address, repository.model.id, "resolve", repository.sha or "main", file)
        try:
            return self._hub.get_start(url, self._headers, seconds, most)
        except Refusal as refusal:
            if refusal.status == BEYOND_THE_END:  # a file without a byte
                return b""
            if refusal.status in (UNAUTHORISED, FORBIDDEN):
                raise Missing(url, refusal.why, refusal.request_id) from None
            raise

    @property
    def _address(self) -> str:
        return str(self._endpoint).rstrip("/")

    @property
    def is_switched_off(self) -> bool:
        """Whether the user has switched off whatever asks the Hub (HF_HUB_OFFLINE)."""
        return is_offline_mode()

    @property
    def token_is_refused(self) -> bool:
        """Whether the Hub did not take the token a while ago, so that it is asked without."""
        return self._hub.refuses(self._address, self._headers)

    def _note_refused_token(self, origin: Origin) -> Origin:
        """Say beside what was read that the token was of no use."""
        return replace(origin, title=f"{origin.title}; {WITHOUT_TOKEN}") if self.token_is_refused else origin

    def _list(self, url: str, params: Params, seconds: float) -> Page:
        """Read one page of a list."""
        try:
            page = self._hub.get_json(url, params, self._headers, seconds)
        except Refusal as refusal:
            raise explain_refusal(refusal) from None
        self._refuse_strangers(page)
        return page

    def _pages(self, url: str, params: Params, seconds: float) -> Iterator[Page]:
        """Read page after page, each address once, all of them within `seconds`."""
        deadline = time.monotonic() + seconds
        visited: set[str] = set()
        following: str | None = url
        while following:
            if following in visited:
                raise Changed(url, "its list of pages runs in a circle")
            visited.add(following)
            if (left := deadline - time.monotonic()) <= 0:
                raise Unreachable(url, f"it did not answer within {seconds:.3g} s")
            page = self._list(following, [] if len(visited) > 1 else params, left)
            yield page
            following = next_page(page, url)

    def _refuse_strangers(self, page: Page) -> None:
        refuse_strangers(page, self._headers, self._address)


def _listing(ranking: Ranking, limit: int) -> Params:
    params: Params = [("sort", SORTS[ranking.by]), ("limit", limit)]
    params += [("pipeline_tag", ranking.task)] if ranking.task else []
    params += [("author", ranking.author)] if ranking.author else []
    return params + [("expand", field) for field in FIELDS]


def _origin(url: str, params: Params, ranking: Ranking, moment: dt.datetime, unsound: int) -> Origin:
    """Say where a list comes from, and what of it was left out."""
    shown = httpx2.QueryParams([(key, value) for key, value in params if key != "expand"])
    left_out = f"; {count(unsound, 'item')} left out, whose name no repository can have" if unsound else ""
    title = f"model listing, sorted by {SORTS[ranking.by]}{left_out}"
    return Origin("Hugging Face Hub", title, f"{url}?{shown}", iso(moment))


def _in_order(models: Iterable[Model], by: str) -> tuple[Model, ...]:
    """Keep the Hub's order, with equal measures in the order of their ids, so that two lists can be compared."""
    runs = groupby(models, key=attrgetter(MEASURES[by]))
    return tuple(model for _, run in runs for model in sorted(run, key=attrgetter("id")))


def _items(page: Page, url: str) -> list[Any]:
    if not isinstance(page.data, list):
        raise Changed(url, "it answered with something else than a list")
    return page.data


def _models(page: Page, url: str) -> tuple[list[Model], int]:
    """Read the models of a page, and how many items there had no name that a repository can have."""
    # Lists are stored for everybody, whoever reads them with a token that shows more: they hold public models only.
    public = [item for item in _items(page, url) if not is_private(item)]
    models = [model for model in map(model_of, public) if model]
    if len(models) < len(public):
        log.warning(
            "%d of %d items of %s had no valid id and were left out", len(public) - len(models), len(public), url
        )
    return models, len(public) - len(models)
