"""A bot for many workspaces, served by HTTP, and the browsers of those who install it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from cryptography.fernet import Fernet

from bot.app import Bot, build
from bot.config import Settings
from bot.digest.poster import Pace
from bot.web.hosting import application_of
from playground.seed import EVENTS
from playground.server import Playground
from playground.signed_requests import SignedRequests
from playground.start import clock_of
from playground.state import Channel, User, Workspace
from tests.loopback.web_process import served
from tests.patient_slack import patient_slack
from tests.scenarios.conftest import OUT_OF_REACH

SECRET = "a-signing-secret-of-many"
KEY = Fernet.generate_key().decode()
LAST_WORDS = frozenset({"app_uninstalled", "tokens_revoked"})
ACCESS = frozenset({"team_access_granted", "team_access_revoked"})


@dataclass
class Browser:
    """Follows nobody by itself, and keeps cookies as a browser does whose sites are encrypted."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> httpx2.Response:
        """Fetch a page of the bot's, or an address of it whole."""
        url = path if path.startswith("http") else self.address + path
        jar = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        answer = httpx2.get(url, headers=jar, timeout=30, follow_redirects=False)
        for cookie in answer.headers.get_list("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def begin(self) -> str:
        """Begin an installation; give the address of Slack's page."""
        return str(self.get("/slack/install").headers["location"])


@dataclass
class Many:
    """A stand-in for Slack and the bot, by its web processes."""

    playground: Playground
    addresses: list[str]
    bots: list[Bot]
    settings: Settings

    @property
    def acme(self) -> Workspace:
        """The first workspace."""
        return self.playground.workspace

    @property
    def globex(self) -> Workspace:
        """The second."""
        return self.playground.other_workspace

    def install(self, team: Workspace, browser: Browser | None = None) -> httpx2.Response:
        """Install the app into a workspace, as its admin does."""
        browser = browser or Browser(self.addresses[0])
        return browser.get(self.playground.allow_installation(browser.begin(), team))

    def channel(self, team: Workspace, name: str = "general") -> Channel:
        """Give a channel of a workspace."""
        channels = self.playground.world.channels.values()
        return next(one for one in channels if one.team_id == team.id and one.name == name)

    def user(self, team: Workspace, name: str = "ann") -> User:
        """Give a person of a workspace."""
        return next(one for one in self.playground.world.users.values() if one.team_id == team.id and one.name == name)

    def send_by(self, number: int) -> None:
        """Let Slack post to one of the processes."""
        line = SignedRequests(self.addresses[number] + "/slack/events", SECRET)
        self.playground.site.deliveries.send_by(line)


@contextmanager
def many_workspaces(
    folder: Path,
    *,
    processes: int = 1,
    database_url: str | None = None,
    hub: str = OUT_OF_REACH,
    keys: str = KEY,
    events: frozenset[str] = EVENTS | LAST_WORDS | ACCESS | {"function_executed"},
) -> Iterator[Many]:
    """Start a playground and a bot that is installed nowhere yet."""
    with ExitStack() as stack:
        playground = stack.enter_context(patient_slack(events=events, rate_limits=False))
        oauth = playground.world.oauth
        settings = Settings(
            _env_file=None,
            slack_signing_secret=SECRET,
            slack_client_id=oauth.client_id,
            slack_client_secret=oauth.client_secret,
            slack_token_keys=keys,
            slack_api_url=playground.api_url,
            frameworks_home=folder,
            database_url=database_url,
            hf_endpoint=hub,
            collect=False,
        )
        joined = [join(stack, playground, settings) for _ in range(processes)]
        addresses, bots = [address for address, _ in joined], [bot for _, bot in joined]
        oauth.redirect_urls.append(addresses[0] + "/slack/oauth_redirect")
        playground.on_settling = lambda seconds: all(bot.wait_until_idle(seconds) for bot in bots)
        many = Many(playground, addresses, bots, settings)
        many.send_by(0)
        yield many


def join(stack: ExitStack, playground: Playground, settings: Settings) -> tuple[str, Bot]:
    """Start one more web process; its address, and its bot."""
    bots: list[Bot] = []

    def make() -> Bot:
        bots.append(build(settings, clock=clock_of(playground), pace=Pace(wait=lambda _: None), rhythms={}))
        return bots[0]

    address = stack.enter_context(served(application_of(settings, make, warm=False)))
    return address, bots[0]


def advance_to_monday(many: Many, minute: int = 5) -> None:
    """Move the clock to the next Monday, five past nine or so."""
    now = clock_of(many.playground)()
    monday = now.replace(hour=9, minute=minute) + dt.timedelta(days=7 - now.weekday())
    many.playground.advance((monday - now).total_seconds())
