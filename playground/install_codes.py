"""
Installing the app by OAuth: who may, the codes that are good once, and where the browser goes back to.

docs.slack.dev/authentication/installing-with-oauth: a code is good for ten minutes and once.
"""

import secrets
from dataclasses import dataclass, field

from playground.state import User, Workspace

GOOD_FOR = 600.0


@dataclass(frozen=True, slots=True)
class InstallCode:
    """A code: of which workspace, by whom, for which address; `org` where an organization installs for all."""

    workspace: Workspace
    installer: User
    redirect_uri: str
    at: float
    org: str = ""


@dataclass(eq=False)
class OAuthApp:
    """The app as Slack's OAuth knows it."""

    client_id: str = "1234567890.9876543210"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    redirect_urls: list[str] = field(default_factory=list)
    codes: dict[str, InstallCode] = field(default_factory=dict)
    rotates: bool = False
    """Whether token rotation is on: tokens then end after twelve hours and come with one to renew them."""

    def issue(self, code: InstallCode) -> str:
        """Give a code."""
        word = f"{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self.codes[word] = code
        return word

    def redirect_of(self, asked: str) -> str:
        """Give where the browser goes back to: what is asked for if it is registered, else the first; or nothing."""
        if asked:
            return asked if any(asked.startswith(known) for known in self.redirect_urls) else ""
        return next(iter(self.redirect_urls), "")
