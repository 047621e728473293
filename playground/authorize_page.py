"""Slack's page on which somebody lets the app into a workspace: /oauth/v2/authorize."""

from html import escape
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from playground.bodies import read_form
from playground.install_codes import InstallCode
from playground.site import Site
from playground.state import User, Workspace

PAGE = "<!doctype html><title>{title}</title><h1>{title}</h1>{body}"
WAYS = '<form method="post"><button name="team" value="{id}">Allow in {name}</button></form>'
CANCEL = '<form method="post"><button name="team" value="">Cancel</button></form>'


class NotLetIn(Exception):
    """What this page says instead of asking anybody."""


def allow(site: Site, address: str, team: Workspace | None, installer: User | None = None) -> str:
    """Let the app into a workspace, or into none; give where the browser goes then. Raises NotLetIn."""
    asked = read_query(address)
    app, world = site.world.oauth, site.world
    target = app.redirect_of(asked.get("redirect_uri", ""))
    if asked.get("client_id") != app.client_id:
        raise NotLetIn("Invalid client_id parameter")
    if not target:
        raise NotLetIn("redirect_uri did not match any configured URIs.")
    state = {"state": asked["state"]} if "state" in asked else {}
    if team is None:
        return f"{target}?{urlencode({'error': 'access_denied'} | state)}"
    person = installer or next(user for user in world.users.values() if user.team_id == team.id and user.is_admin)
    code = InstallCode(team, person, asked.get("redirect_uri", ""), world.now(), world.enterprise_id or "")
    with world.changing():
        return f"{target}?{urlencode({'code': app.issue(code)} | state)}"


def read_query(address: str) -> dict[str, str]:
    """Read what an address asks for."""
    return read_form(urlsplit(address).query.encode())


class AuthorizePage:
    """The page for people; tests call `allow`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def add_to(self, application: web.Application) -> None:
        """Add its address."""
        application.router.add_get("/oauth/v2/authorize", self.ask)
        application.router.add_post("/oauth/v2/authorize", self.answer)

    async def ask(self, request: web.Request) -> web.Response:
        """Show the workspaces."""
        try:
            allow(self._site, str(request.rel_url), None)
        except NotLetIn as why:
            return _page("Something went wrong", escape(str(why)), 400)
        teams = self._site.world.workspaces.values()
        ways = "".join(WAYS.format(id=team.id, name=escape(team.name)) for team in teams)
        return _page("Frameworks is requesting permission", ways + CANCEL)

    async def answer(self, request: web.Request) -> web.Response:
        """Go back with a code, or without."""
        team = self._site.world.workspaces.get(str((await request.post()).get("team", "")))
        try:
            raise web.HTTPFound(allow(self._site, str(request.rel_url), team))
        except NotLetIn as why:
            return _page("Something went wrong", escape(str(why)), 400)


def _page(title: str, body: str, status: int = 200) -> web.Response:
    return web.Response(text=PAGE.format(title=title, body=body), content_type="text/html", status=status)
