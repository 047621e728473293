"""
The Hugging Face Hub, in our words: its rankings of models.

Endpoint, parameters and shapes are those of `GET /api/models` (huggingface.co/docs/hub/api). Items are read as raw
dictionaries and reduced at once: one malformed item must not cost the list, as it does with the client's ModelInfo.
"""

import datetime as dt
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import httpx2

from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, Repository, TopList
from analytics.domain.repository_ids import is_repository_id
from analytics.domain.requests import MOST_MODELS
from analytics.domain.wording import iso
from analytics.errors import Changed, Missing, Unreachable
from analytics.sources.addresses import make_address
from analytics.sources.http import Params
from analytics.sources.http_answers import Page, Refusal
from analytics.sources.hub.configurations import read_index, read_stems
from analytics.sources.hub.items import FIELDS, header_size, is_private, model_of, read_format, repository_of
from analytics.sources.hub.session import HUB, headers_for, refuse_strangers

log = logging.getLogger(__name__)

SORTS = {"downloads": "downloads", "likes": "likes", "trending": "trendingScore", "created": "createdAt"}
MEASURES = {"downloads": "downloads_30d", "likes": "likes", "trending": "trending", "created": "created_at"}
"""A ranking's measure as the Hub sorts by it, and as `Model` holds it."""


ALONE = ("config", "disabled", "lastModified", "safetensors", "sha")
"""What is asked of a single model beyond FIELDS."""

LARGEST_ALONE = 16 * 2**20
"""Bytes of one model's answer: 100,000 files and their names have some 7 MB; a configuration of 50 MB is none."""

UNAUTHORISED, FORBIDDEN, NOT_FOUND = 401, 403, 404
HEADER_BYTES = 100_000
"""What is read of a safetensors file; nearly all headers are shorter, and the format stands at their beginning."""
LONGEST_HEADER = 2_000_000
"""Bytes of a header or an index that are read for the names in it; a few of the largest mixtures have more."""


@dataclass(frozen=True, slots=True)
class Header:
    """
    What a safetensors header says. `format`: empty if it states none, None if it is none.

    `stems`: how the names of its tensors begin; None if it could not be read whole.
    """

    format: str | None
    stems: tuple[str, ...] | None


class HubClient:
    """
    One Hub. The token, if any, is sent to its endpoint and to no other host.

    `agent` is what we call ourselves, `name/version`. A name and password in the endpoint are not used: they would
    stand in errors and under charts.
    """

    def __init__(
        self, endpoint: str = "https://huggingface.co", token: str | None = None, agent: str | None = None
    ) -> None:
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
        for page in self._pages(url, params, seconds):
            for model in _models(page, url):
                found.setdefault(model.id, model)
            if len(found) >= limit:
                break
        moment, models = now(), _in_order(found.values(), ranking.by)[:limit]
        # Fewer than asked means that the pages came to their end.
        return TopList(ranking, moment, models, limit, len(models) < limit, _origin(url, params, ranking, moment))

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
            page = HUB.get_json(url, params, self._headers, seconds, largest=LARGEST_ALONE)
        except Refusal as refusal:
            # With a token 401 means that the token is refused; without one it is the Hub's word for "none for you".
            if refusal.status == NOT_FOUND or (refusal.status == UNAUTHORISED and not self._has_token):
                raise Missing(url, refusal.why, refusal.request_id) from None
            raise
        self._refuse_strangers(page)
        repository = repository_of(page.data, name, now(), self._address)
        if repository is None:
            raise Changed(url, "it answered with something else than a model")
        return repository

    def search(self, wanted: Sequence[tuple[str, str]], limit: int, *, seconds: float) -> list[Model]:
        """
        Read the most downloaded models among those that `wanted` (search, author, filter) asks for.

        Raises:  Unreachable, RateLimited or Changed.
        """
        url = make_address(self._address, "api/models")
        params: Params = [*wanted, ("sort", SORTS["downloads"]), ("limit", limit)]
        page = HUB.get_json(url, params + [("expand", field) for field in FIELDS], self._headers, seconds)
        self._refuse_strangers(page)
        return _models(page, url)[:limit]

    def header(self, repository: Repository, file: str, *, seconds: float) -> Header:
        """
        Read the header of a safetensors file: the `format` it states, and how the names of its tensors begin.

        Layout of the file: github.com/huggingface/safetensors#format. One ranged read; a second one of a long header.
        Raises:  Missing where the file is restricted; Unreachable, RateLimited or Changed.
        """
        start = self._start(repository, file, seconds, HEADER_BYTES)
        if HEADER_BYTES < (size := header_size(start)) <= LONGEST_HEADER:
            start = self._start(repository, file, seconds, size)
        return Header(read_format(start), read_stems(start))

    def index_stems(self, repository: Repository, file: str, *, seconds: float) -> tuple[str, ...] | None:
        """
        Read how the names of a sharded model's tensors begin, from its index; None where that is none, or too long.

        Raises:  as `header`.
        """
        return read_index(self._start(repository, file, seconds, LONGEST_HEADER))

    def _start(self, repository: Repository, file: str, seconds: float, most: int) -> bytes:
        url = make_address(self._address, repository.model.id, "resolve", repository.sha or "main", file)
        try:
            return HUB.get_start(url, self._headers, seconds, most)
        except Refusal as refusal:
            if refusal.status in (UNAUTHORISED, FORBIDDEN, NOT_FOUND):
                raise Missing(url, refusal.why, refusal.request_id) from None
            raise

    @property
    def _address(self) -> str:
        return str(self._endpoint).rstrip("/")

    @property
    def _has_token(self) -> bool:
        return "authorization" in self._headers

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
            page = HUB.get_json(following, [] if len(visited) > 1 else params, self._headers, left)
            self._refuse_strangers(page)
            yield page
            following = self._next(page)

    def _refuse_strangers(self, page: Page) -> None:
        refuse_strangers(page, self._headers, self._address)

    def _next(self, page: Page) -> str | None:
        return next_page(page, str(self._endpoint))


def next_page(page: Page, endpoint: str) -> str | None:
    """Give the next page's address, if it is on the endpoint's own host: a token never travels to another."""
    match = re.search(r'<([^>]*)>;\s*rel="?next', page.headers.get("link", ""))
    if not match:
        return None
    try:
        following = page.url.join(match.group(1))
    except httpx2.InvalidURL:
        raise Changed(endpoint, "the address of its next page is none") from None
    own = httpx2.URL(endpoint)
    if (following.scheme, following.netloc) != (own.scheme, own.netloc):
        raise Changed(endpoint, f"its next page is on another host ({following.host})")
    if following.path != page.url.path:
        raise Changed(endpoint, "its next page is none of the list that was asked for")
    return str(following)


def _listing(ranking: Ranking, limit: int) -> Params:
    params: Params = [("sort", SORTS[ranking.by]), ("limit", limit)]
    params += [("pipeline_tag", ranking.task)] if ranking.task else []
    params += [("author", ranking.author)] if ranking.author else []
    return params + [("expand", field) for field in FIELDS]


def _origin(url: str, params: Params, ranking: Ranking, moment: dt.datetime) -> Origin:
    shown = httpx2.QueryParams([(key, value) for key, value in params if key != "expand"])
    title = f"model listing, sorted by {SORTS[ranking.by]}"
    return Origin("Hugging Face Hub", title, f"{url}?{shown}", iso(moment))


def _in_order(models: Iterable[Model], by: str) -> tuple[Model, ...]:
    """Keep the Hub's order, with equal measures in the order of their ids, so that two lists can be compared."""
    runs = groupby(models, key=attrgetter(MEASURES[by]))
    return tuple(model for _, run in runs for model in sorted(run, key=attrgetter("id")))


def _models(page: Page, url: str) -> list[Model]:
    if not isinstance(page.data, list):
        raise Changed(url, "it answered with something else than a list")
    # Lists are stored for everybody, whoever reads them with a token that shows more: they hold public models only.
    public = [item for item in page.data if not is_private(item)]
    models = [model for model in map(model_of, public) if model]
    if len(models) < len(public):
        log.warning(
            "%d of %d items of %s had no sound id and were left out", len(public) - len(models), len(public), url
        )
    return models
