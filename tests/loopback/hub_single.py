"""One model, `GET /api/models/{id}[/revision/{revision}]`: moved, missing, private and gated as on the Hub."""

from collections.abc import Iterable, Mapping

from aiohttp import web
from yarl import URL

from tests.loopback.hub_answers import EXPANDABLE, Refused, fields_asked, only
from tests.loopback.hub_items import Item

LEFT_OUT = frozenset({"downloadsAllTime", "trendingScore", "childrenModelCount", "baseModels"})
"""Fields that come only when asked for by `expand`."""


def answer(
    models: Iterable[Item], moved: Mapping[str, str], name: str, revision: str, url: URL, *, known: bool
) -> web.Response:
    """Answer one request; `known` says whether it came with a token the Hub knows."""
    item = next((item for item in models if item["id"] == name and (known or not item["private"])), None)
    if item is None:
        _send_on(models, moved, name, url)
        raise _missing(known=known)
    if revision not in ("main", item.get("sha")):
        raise Refused(404, f"Invalid rev id: {revision}", X_Error_Code="RevisionNotFound")
    fields = fields_asked(url.query)
    if fields:
        return web.json_response(only(item, fields))
    return web.json_response(only(item, EXPANDABLE - LEFT_OUT) | {"modelId": item["id"]})


def _send_on(models: Iterable[Item], moved: Mapping[str, str], name: str, url: URL) -> None:
    """Redirect an old name, or one in another case: 307, a relative address, the same query."""
    places = {item["id"].casefold(): item["id"] for item in models if not item["private"]}
    places |= {old.casefold(): new for old, new in moved.items()}
    if place := places.get(name.casefold()):
        target = url.with_path(url.path.replace(name, place, 1)).relative()
        raise web.HTTPTemporaryRedirect(str(target))


def _missing(*, known: bool) -> Refused:
    """
    Refuse what is not there, in other words for strangers, who must not learn that a private model exists.

    The real Hub sends strangers no X-Error-Code; over plain HTTP the client library needs it to raise what it raises
    over HTTPS.
    """
    if known:
        return Refused(404, "Repository not found", X_Error_Code="RepoNotFound")
    scheme = 'Bearer realm="Authentication required", charset="UTF-8"'
    return Refused(401, "Invalid username or password.", WWW_Authenticate=scheme, X_Error_Code="RepoNotFound")
