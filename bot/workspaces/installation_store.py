"""
The installations of the app, one row each: slack_sdk's interface over our own database.

The SDK's own store keeps a row of every save, cannot hold long encrypted tokens, and leaves an organization's row where
a workspace of it is named (docs/decisions.md). Here a row is found by its home and by nothing else.
"""

import datetime as dt
import logging
import re
from collections.abc import Callable
from typing import Any

from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore
from sqlalchemy import Boolean, Column, Connection, Integer, Row, String, Table, Update, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from analytics.storage.column_types import Moment
from analytics.storage.database import Database, metadata
from bot.workspaces.forgotten import welcome
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import SealBroken, TokenSeal

log = logging.getLogger(__name__)

installations = Table(
    "installations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String(32), nullable=False, unique=True),
    Column("enterprise", String(32), nullable=False),
    Column("is_org", Boolean, nullable=False),
    Column("name", String(200), nullable=False),
    Column("app", String(32), nullable=False),
    Column("token", String, nullable=False),
    Column("bot", String(32), nullable=False),
    Column("bot_user", String(32), nullable=False),
    Column("scopes", String, nullable=False),
    Column("installer", String(32), nullable=False),
    Column("installed_at", Moment, nullable=False),
)

LONGEST_NAME = 200
SLACK_ID = re.compile(r"[A-Z0-9]{1,32}")


class Installations(InstallationStore):
    """The installations of one database; safe to use from several threads and processes."""

    def __init__(self, database: Database, seal: TokenSeal, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._seal = seal
        self._now = now

    @property
    def logger(self) -> logging.Logger:
        """Where it logs."""
        return log

    @property
    def is_kept(self) -> bool:
        """Whether an installation outlives this process."""
        return self._database.is_kept

    # --------------------------------------------------------------------------------------------------- by their home

    def keep(self, installed: Installed) -> None:
        """Keep an installation in the place of an earlier one of the same home."""
        row = {name: getattr(installed, name) for name in ("enterprise", "is_org", "app", "bot", "bot_user", "scopes")}
        row |= {"installer": installed.installer, "name": installed.name[:LONGEST_NAME]}
        row |= {"token": self._seal.seal(installed.token), "installed_at": installed.installed_at}

        def work(connection: Connection) -> None:
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            welcome(connection, installed.home)
            query = insert(installations).values(row | {"team": installed.home})
            connection.execute(query.on_conflict_do_update(index_elements=[installations.c.team], set_=row))

        self._database.run(work)

    def find(self, home: str) -> Installed | None:
        """Give the installation of a home. Raises SealBroken where its token cannot be read."""
        query = select(installations).where(installations.c.team == home)
        row = self._database.run(lambda connection: connection.execute(query).one_or_none())
        return self._read(row) if row else None

    def is_there(self, home: str) -> bool:
        """Tell whether there is an installation of a home, whether or not its token can be read."""
        query = select(installations.c.id).where(installations.c.team == home)
        return self._database.run(lambda connection: connection.execute(query).first()) is not None

    def list_homes(self) -> list[str]:
        """Give whose installations there are."""
        query = select(installations.c.team).order_by(installations.c.team)
        return list(self._database.run(lambda connection: connection.execute(query).scalars().all()))

    def remove(self, home: str, token: str = "") -> bool:
        """Delete an installation, where a token is named only as long as it has that one; tell whether it was there."""
        if token and ((found := self.find(home)) is None or found.token != token):
            return False
        gone = delete(installations).where(installations.c.team == home)
        return bool(self._database.run(lambda connection: connection.execute(gone)).rowcount)

    # ------------------------------------------------------------------------------------------------------------ keys

    def count_unreadable(self) -> tuple[int, int]:
        """Count the tokens that no key reads, and all."""
        sealed = self._list_sealed()
        return sum(not self._is_readable(one) for one in sealed.values()), len(sealed)

    def rekey(self) -> int:
        """Encrypt with the first key what another encrypted; give how many. Raises SealBroken."""
        old = {number: sealed for number, sealed in self._list_sealed().items() if not self._seal.is_newest(sealed)}
        for number, sealed in old.items():
            known = (installations.c.id == number) & (installations.c.token == sealed)  # not a newer one
            renewed = update(installations).where(known).values(token=self._seal.seal(self._seal.read(sealed)))
            self._execute(renewed)
        return len(old)

    def _execute(self, query: Update) -> None:
        self._database.run(lambda connection: connection.execute(query))

    def _list_sealed(self) -> dict[int, str]:
        query = select(installations.c.id, installations.c.token)
        return {row.id: row.token for row in self._database.run(lambda connection: connection.execute(query).all())}

    def _is_readable(self, sealed: str) -> bool:
        try:
            self._seal.read(sealed)
        except SealBroken:
            return False
        return True

    def _read(self, row: Row[Any]) -> Installed:
        plain = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
        del plain["id"]
        return Installed(home=plain.pop("team"), **plain | {"token": self._seal.read(row.token)})

    # ------------------------------------------------------------------------------------------ slack_sdk's interface

    def save(self, installation: Installation) -> None:
        """Keep what Bolt's flow brings. Raises ValueError for one without a home or a token of a bot."""
        self.save_bot(installation.to_bot(), installation.user_id)

    def save_bot(self, bot: Bot, installer: str | None = None) -> None:
        """Keep the bot's part, which is all that is kept."""
        home = (bot.enterprise_id if bot.is_enterprise_install else bot.team_id) or ""
        if not home or not bot.bot_token:
            raise ValueError("an installation without a workspace or without a bot token")
        self.keep(
            Installed(
                home,
                bot.bot_token,
                self._now(),
                enterprise=bot.enterprise_id or "",
                is_org=bool(bot.is_enterprise_install),
                name=(bot.enterprise_name if bot.is_enterprise_install else bot.team_name) or "",
                app=bot.app_id or "",
                bot=bot.bot_id or "",
                bot_user=bot.bot_user_id or "",
                scopes=",".join(bot.bot_scopes or ()),
                installer=installer or "",
            )
        )

    def find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """Give the bot of a workspace, or of the organization that installed it for all."""
        for home in list_candidates(enterprise_id, team_id, is_org=bool(is_enterprise_install)):
            if found := self.find(home):
                return _as_bot(found)
        return None

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Give the same as an installation: no token of a person is kept, so who asks makes no difference."""
        for home in list_candidates(enterprise_id, team_id, is_org=bool(is_enterprise_install)):
            if found := self.find(home):
                return _as_installation(found, user_id)
        return None

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete one installation: the workspace's own if one is named, else the organization's."""
        self.remove(team_id or enterprise_id or "")

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Delete the same; of one person nothing is kept that could be deleted."""
        if user_id is None:
            self.delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    def delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete the same: there is one row."""
        self.delete_bot(enterprise_id=enterprise_id, team_id=team_id)


def list_candidates(enterprise: object, team: object, *, is_org: bool) -> list[str]:
    """Give the homes that a payload may be of, the likelier first; what is no id of Slack's is none's."""
    order = (enterprise, team) if is_org else (team, enterprise)
    return [home for home in order if isinstance(home, str) and SLACK_ID.fullmatch(home)]


def _as_bot(found: Installed) -> Bot:
    return _as_installation(found, None).to_bot()


def _as_installation(found: Installed, user: str | None) -> Installation:
    return Installation(
        app_id=found.app or None,
        enterprise_id=found.enterprise or None,
        team_id=None if found.is_org else found.home,
        team_name=None if found.is_org else found.name,
        enterprise_name=found.name if found.is_org else None,
        bot_token=found.token,
        bot_id=found.bot or None,
        bot_user_id=found.bot_user or None,
        bot_scopes=found.scopes,
        user_id=user or found.installer,
        is_enterprise_install=found.is_org,
        installed_at=found.installed_at.timestamp(),
    )
