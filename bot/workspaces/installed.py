"""One installation of the app: by a workspace, or by an organization for all of its workspaces."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Installed:
    """
    An installation.

    `home` is whose it is, and what every row of theirs is kept under: T… of a workspace, E… of an organization that
    installed the app for all of its workspaces (then `is_org`).
    """

    home: str
    token: str = field(repr=False)
    installed_at: dt.datetime
    enterprise: str = ""
    is_org: bool = False
    name: str = ""
    app: str = ""
    bot: str = ""
    bot_user: str = ""
    scopes: str = ""
    installer: str = ""
