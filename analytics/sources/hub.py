"""
The Hugging Face Hub, in our words: its rankings of models.

Endpoint, parameters and shapes are those of `GET /api/models` (huggingface.co/docs/hub/api). Items are read as raw
dictionaries and reduced at once: one malformed item must not cost the list, as it does with the client's ModelInfo.
"""

import datetime as dt
import logging
import re
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any

import httpx2

from analytics.answer import MOST_MODELS, Origin, iso
from analytics.errors import Changed
from analytics.observations import Model, Ranking, TopList
from analytics.sources.web import Page, Params, get_json

log = logging.getLogger(__name__)

SORTS = {"downloads": "downloads", "likes": "likes", "trending": "trendingScore"}
FIELDS = (
    *("author", "baseModels", "createdAt", "downloads", "gated", "library_name", "likes", "pipeline_tag", "siblings"),
    *("tags", "trendingScore"),
)
"""What is asked for with `expand`; the Hub answers 400 to a name it does not know."""

TELLING = re.compile(
    r"(\.(safetensors|bin|pt|pth|ckpt|h5|hdf5|keras|pb|index|msgpack|npz|npy|onnx|gguf|ggml|mlmodel|mil|tflite|litertlm"
    r"|pte|pdparams|pdiparams|nemo|ot|pkl|pickle|joblib|skops|zip|tar|gz|tgz|mar|model|weights|params|t7)"
    r"|openvino[^/]*\.xml|\.data-\d+-of-\d+|checkpoint|_CHECKPOINT_METADATA"
    r"|(^|/)(config|metadata|model_index|adapter_config|task)\.json|(^|/)(hyperparams|params)\.ya?ml)$"
)
"""File names that can bear on the framework; pictures, texts and tokenisers are left out of what is stored."""

MOST_FILES = 400
"""Names kept of one repository. Beyond that they are shards and checkpoints of kinds already seen."""


class Hub:
    """One Hub. The token, if any, is sent to its endpoint and to no other host."""

    def __init__(self, endpoint: str = "https://huggingface.co", token: str | None = None) -> None:
        self._endpoint = httpx2.URL(endpoint.rstrip("/"))
        # Built here and not by the client library, whose builder asks a server of its own choosing on the way.
        self._headers = {"user-agent": f"frameworks-bot/{version('frameworks-bot')}"}
        if token:
            self._headers["authorization"] = f"Bearer {token}"

    def top(self, ranking: Ranking, limit: int, *, seconds: float, now: Callable[[], dt.datetime]) -> TopList:
        """
        Read the first `limit` models (1 to 1000) of a ranking, best first, ties by id.

        Raises:  Unreachable, RateLimited or Changed; `seconds` bound the whole reading.
        """
        deadline = time.monotonic() + seconds
        url, params = f"{self._endpoint}/api/models", _listing(ranking, min(limit, MOST_MODELS))
        found: dict[str, Model] = {}
        visited: set[str] = set()
        more: str | None = url
        while more and len(found) < limit:
            visited.add(more)
            page = get_json(more, params if more == url else [], self._headers, max(0.0, deadline - time.monotonic()))
            found |= {model.id: model for model in _models(page, url) if model.id not in found}
            more = self._next(page)
            if more in visited:
                raise Changed(url, "its list of pages runs in a circle")
        models = _in_order(found.values(), ranking.by)[:limit]
        complete = more is None and len(models) < limit
        return TopList(ranking, now(), models, limit, complete, _origin(url, params, ranking, now()))

    def _next(self, page: Page) -> str | None:
        """Give the next page's address, if it is on our own host: a token never travels to another."""
        match = re.search(r'<([^>]*)>;\s*rel="?next', page.headers.get("link", ""))
        if not match:
            return None
        following = page.url.join(match.group(1))
        if (following.scheme, following.netloc) != (self._endpoint.scheme, self._endpoint.netloc):
            raise Changed(str(self._endpoint), f"its next page is on another host ({following.host})")
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
    """Keep the Hub's order, with equal measures in the order of their ids, so that two readings can be compared."""
    measure = {"downloads": "downloads_30d"}.get(by, by)
    return tuple(sorted(models, key=lambda model: (-(getattr(model, measure) or 0), model.id)))


# ----------------------------------------------------------------------------------------------- items of the listing


def _models(page: Page, url: str) -> list[Model]:
    if not isinstance(page.data, list):
        raise Changed(url, "it answered with something else than a list")
    models = [model for model in (_model(item) for item in page.data) if model]
    if len(models) < len(page.data):
        log.warning(
            "%d of %d items of %s had no id and were left out", len(page.data) - len(models), len(page.data), url
        )
    return models


def _model(item: Any) -> Model | None:
    """Reduce one item; whatever is missing or of another type than agreed is unknown."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return None
    tags = _texts(item.get("tags"))
    return Model(
        id=item["id"],
        downloads_30d=_number(item.get("downloads")),
        likes=_number(item.get("likes")),
        trending=_number(item.get("trendingScore")),
        library=_text(item.get("library_name")),
        task=_text(item.get("pipeline_tag")),
        created_at=_text(item.get("createdAt")),
        gated=_text(item.get("gated")),
        tags=None if tags is None else tuple(dict.fromkeys([*tags, *_relations(item.get("baseModels"))])),
        files=_files(item.get("siblings")),
    )


def _relations(base: Any) -> list[str]:
    """Write `baseModels` as the tags it is usually repeated in: base_model:<relation>:<id>."""
    if not isinstance(base, dict) or not isinstance(base.get("models"), list):
        return []
    ids = (model.get("id") for model in base["models"] if isinstance(model, dict))
    return [f"base_model:{base.get('relation')}:{one}" for one in ids if isinstance(one, str)]


def _files(siblings: Any) -> tuple[str, ...] | None:
    if not isinstance(siblings, list):
        return None
    names = (sibling.get("rfilename") for sibling in siblings if isinstance(sibling, dict))
    return tuple(name for name in names if isinstance(name, str) and TELLING.search(name))[:MOST_FILES]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: Any) -> Any:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _texts(value: Any) -> list[str] | None:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else None
