"""OAuth as Slack does it: a page that asks, a code that is good once, and a token for it."""

from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.server import Playground

BACK = "http://127.0.0.1:1/slack/oauth_redirect"


@pytest.fixture
def asked(playground: Playground) -> str:
    """Give the address of the page on which somebody is asked."""
    playground.world.oauth.redirect_urls.append(BACK)
    return f"{playground.url}oauth/v2/authorize?client_id={playground.world.oauth.client_id}&state=s1&scope=commands"


def code_of(address: str) -> str:
    """Read the code from where the browser is sent."""
    return parse_qs(urlsplit(address).query)["code"][0]


def change(playground: Playground, code: str, secret: str | None = None) -> str:
    """Change a code for a token; give it, or Slack's word."""
    client = WebClient(base_url=playground.api_url, retry_handlers=[])
    oauth = playground.world.oauth
    try:
        told = client.oauth_v2_access(client_id=oauth.client_id, client_secret=secret or oauth.client_secret, code=code)
    except SlackApiError as refusal:
        return str(refusal.response["error"])
    return str(told["access_token"])


def test_a_code_is_good_once_and_of_its_workspace(playground: Playground, asked: str) -> None:
    """The token that comes of it is that workspace's; the same code again is none."""
    code = code_of(playground.allow_installation(asked, playground.other_workspace))

    assert change(playground, code) == playground.other_workspace.bot_token
    assert change(playground, code) == "invalid_code"


def test_a_wrong_secret_and_an_old_code_are_refused(playground: Playground, asked: str) -> None:
    """With Slack's words; the secret is in no record of what was asked."""
    code = code_of(playground.allow_installation(asked))

    assert change(playground, code, "wrong") == "bad_client_secret"
    playground.advance(601)
    assert change(playground, code) == "invalid_code"
    assert playground.world.oauth.client_secret not in str(playground.requests())


def test_an_uninstalled_app_gets_a_new_token(playground: Playground, asked: str) -> None:
    """The old one is no good any more; installing once more gives the same."""
    before = playground.bot_token
    assert change(playground, code_of(playground.allow_installation(asked))) == before
    playground.uninstall()
    again = change(playground, code_of(playground.allow_installation(asked)))

    assert again != before
    assert WebClient(again, base_url=playground.api_url).auth_test()["ok"]


def test_the_page_asks_and_sends_back(playground: Playground, asked: str) -> None:
    """A button for each workspace; what is chosen goes back with the state; a wrong id or address is said."""
    page = httpx2.get(asked)
    sent = httpx2.post(asked, data={"team": playground.workspace.id}, follow_redirects=False)
    declined = httpx2.post(asked, data={"team": ""}, follow_redirects=False)

    assert page.text.count("Allow in ") == 2
    assert (sent.status_code, sent.headers["location"].startswith(f"{BACK}?code=")) == (302, True)
    assert "state=s1" in sent.headers["location"]
    assert declined.headers["location"] == f"{BACK}?error=access_denied&state=s1"
    assert httpx2.get(asked.replace("client_id=", "client_id=9")).status_code == 400
    assert httpx2.get(f"{asked}&redirect_uri=https://elsewhere.example").status_code == 400
