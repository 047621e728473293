"""
The two doors of an installation: to Slack's page, and back from it with a code that is changed for a token.

Bolt's own flow walks them. What it leaves open is seen to here: the state is bound to the browser by a cookie of its
own, so that two installations may be under way in one browser; pages say in plain words what happened; nothing that
Slack sends back is logged.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web import SlackResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from analytics.errors import DatabaseTrouble, DatabaseUnusable
from bot.config import Settings
from bot.observer import UNOBSERVED, Observer
from bot.runtime.scopes import SCOPES
from bot.slack_client import CountedClient, client_options
from bot.slack_errors import SLACK_FAILURES, describe, foreign, word_of
from bot.web import install_pages
from bot.workspaces.install_states import GOOD_FOR, InstallStates
from bot.workspaces.installation_store import Installations

log = logging.getLogger(__name__)

INSTALL, BACK = "/slack/install", "/slack/oauth_redirect"
LONGEST = 4_000
"""Characters of a query that is read."""

TEAM = re.compile(r"[TE][A-Z0-9]{1,30}")
"""Bolt takes over whatever stands there, line ends too."""

ROTATION = "token_rotation"
"""Our word for an app whose tokens end after twelve hours: nothing here renews them."""


class NotInstalled(Exception):
    """Slack did not give a token, or one that cannot be kept; `word` says why."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class ExchangingClient(CountedClient):
    """Changes a code for a token: what Slack refuses leaves Bolt's flow as it is, not as one word for everything."""

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Call a method of Slack's. Raises NotInstalled."""
        try:
            return super().api_call(api_method, **arguments)
        except SlackApiError as refusal:
            raise NotInstalled(word_of(refusal)) from None


class InstallFlow(OAuthFlow):
    """Bolt's flow, which keeps no token that would end by itself, and puts nothing odd into an address."""

    def build_authorize_url(self, state: str, request: BoltRequest) -> str:
        """Give the address of Slack's page, for the workspace that is asked for if that is one."""
        team = next(iter(request.query.get("team") or ()), "")
        wanted = team if TEAM.fullmatch(team) else None
        return str(self.settings.authorize_url_generator.generate(state=state, team=wanted))

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Keep what was installed. Raises NotInstalled for a token that has to be renewed."""
        if installation.bot_refresh_token:
            raise NotInstalled(ROTATION)
        super().store_installation(request, installation)


class BrowserBinding(OAuthStateUtils):
    """Knows the browser again in which an installation began, by a cookie for each state."""

    def build_set_cookie_for_new_state(self, state: str) -> str:
        """Write the cookie. Lax: the way back from Slack's page is a link that is followed, which brings it along."""
        bound = f"{_cookie_of(state)}={state}"
        return f"{bound}; Secure; HttpOnly; SameSite=Lax; Path=/slack; Max-Age={self.expiration_seconds}"

    def is_valid_browser(self, state: str | None, request_headers: Mapping[str, str | Sequence[str]]) -> bool:
        """Tell whether this browser holds the state's cookie."""
        given = request_headers.get("cookie") or ()
        cookies = [given] if isinstance(given, str) else given
        pairs = [pair.strip() for cookie in cookies for pair in cookie.split(";")]
        wanted = f"{_cookie_of(state)}={state}" if state else ""
        return bool(wanted) and any(hmac.compare_digest(pair.encode(), wanted.encode()) for pair in pairs)


def _cookie_of(state: str) -> str:
    return f"frameworks-install-{hashlib.sha256(state.encode()).hexdigest()[:12]}"


class InstallDoors:
    """Answers at the two addresses; each answer is a small page, or the way to Slack's."""

    def __init__(self, flow: OAuthFlow, installations: Installations) -> None:
        self._flow = flow
        self._installations = installations

    async def begin(self, request: Request) -> Response:
        """Send a browser to Slack's page."""
        return await run_in_threadpool(self._walk, self._flow.handle_installation, request)

    async def come_back(self, request: Request) -> Response:
        """Take the code that Slack's page sends back, and keep what it is changed for."""
        return await run_in_threadpool(self._walk, self._flow.handle_callback, request)

    def _walk(self, step: Callable[[BoltRequest], BoltResponse], request: Request) -> Response:
        """Take one step of the flow; whatever goes wrong is a page."""
        try:
            if not self._installations.is_kept:
                return _as_page(install_pages.explain("storage_error"))
            return _as_response(step(_as_bolt(request)))
        except NotInstalled as refusal:
            log.warning("Slack gave no token for an installation: %s", foreign(refusal.word or "no answer of its own"))
            return _as_page(install_pages.explain(refusal.word or "no_answer"))
        except (DatabaseTrouble, DatabaseUnusable) as trouble:
            log.warning("an installation could not be kept: %s", trouble)
            return _as_page(install_pages.explain("storage_error"))
        except SLACK_FAILURES as failure:
            log.warning("an installation failed: %s", describe(failure))
            return _as_page(install_pages.explain("no_answer"))


def install_routes(
    settings: Settings, installations: Installations, states: InstallStates, observer: Observer = UNOBSERVED
) -> list[BaseRoute]:
    """Give the two doors."""
    secret = settings.slack_client_secret
    wanted = OAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value() if secret else "",
        scopes=[scope.name for scope in SCOPES],
        user_scopes=[],
        install_page_rendering_enabled=False,
        callback_options=CallbackOptions(success=_greet_installer, failure=_fail),
        authorization_url=urljoin(settings.slack_api_url, "/oauth/v2/authorize"),
        installation_store=installations,
        state_store=states,
        logger=log,
    )
    wanted.state_utils = BrowserBinding(expiration_seconds=int(GOOD_FOR.total_seconds()))
    client = ExchangingClient("", observer, **client_options(settings.slack_api_url))
    doors = InstallDoors(InstallFlow(client=client, logger=log, settings=wanted), installations)
    return [Route(INSTALL, doors.begin), Route(BACK, doors.come_back)]


def _greet_installer(arguments: SuccessArgs) -> BoltResponse:
    kept = arguments.installation
    home = (kept.enterprise_id if kept.is_enterprise_install else kept.team_id) or ""
    log.info("installed in %s by %s", foreign(home), foreign(kept.user_id))
    page = install_pages.welcome(
        kept.enterprise_name if kept.is_enterprise_install else kept.team_name,
        kept.app_id or "",
        home,
        is_org=bool(kept.is_enterprise_install),
    )
    return BoltResponse(status=page.status, body=page.html, headers=dict(install_pages.HEADERS))


def _fail(arguments: FailureArgs) -> BoltResponse:
    page = install_pages.explain(arguments.reason)
    log.info("an installation ended with %s", foreign(arguments.reason))
    return BoltResponse(status=page.status, body=page.html, headers=dict(install_pages.HEADERS))


def _as_bolt(request: Request) -> BoltRequest:
    query = request.url.query
    if len(query) > LONGEST:
        raise NotInstalled("invalid_request")
    return BoltRequest(body="", query=query, headers=dict(request.headers), mode="http")


def _as_response(answer: BoltResponse) -> Response:
    headers = {name: values[0] for name, values in answer.headers.items()}
    return Response(answer.body, answer.status, headers=dict(install_pages.HEADERS) | headers)


def _as_page(page: install_pages.InstallPage) -> Response:
    return Response(page.html, page.status, headers=dict(install_pages.HEADERS))
