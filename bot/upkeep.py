"""What an operator does to the store by hand: encrypt tokens anew, delete all of one workspace."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from analytics.analyst import utc_now
from analytics.closed_pipe import write_out
from analytics.domain.wording import count
from analytics.errors import ToMend
from analytics.storage.database import Database
from bot.config import Settings
from bot.runtime.credentials import SetUpWrong
from bot.workspaces.erasure import count_rows, erase
from bot.workspaces.installation_store import Installations
from bot.workspaces.token_seal import SealBroken, seal_of


class NobodyToAsk(ToMend):
    """Nobody is there to be asked whether it is meant."""


@contextmanager
def open_store(settings: Settings) -> Iterator[Database]:
    """Open the database; what cannot be reached or kept is said. Raises ToMend."""
    with closing(Database(settings.frameworks_home, utc_now, settings.database_address)) as database:
        if not database.is_ready or not database.is_kept:
            raise SetUpWrong("Nothing was done.", str(database.trouble))
        yield database


def check_keys(settings: Settings) -> None:
    """Look whether the tokens that are kept can be read. Raises SealBroken where they cannot."""
    with open_store(settings) as database:
        unreadable, number = Installations(database, seal_of(settings), utc_now).count_unreadable()
    if unreadable:
        raise SealBroken(f"{unreadable} of {count(number, 'token')} kept cannot be read")


def rekey(settings: Settings) -> int:
    """Encrypt every token with the first key, and say how many were not."""
    seal = seal_of(settings)
    with open_store(settings) as database:
        kept = Installations(database, seal, utc_now)
        unreadable, number = kept.count_unreadable()
        if unreadable:
            raise SealBroken(f"Nothing was done: {unreadable} of {count(number, 'token')} cannot be read")
        renewed = kept.rekey()
    write_out(f"{count(renewed, 'token')} of {number} encrypted anew; the first key reads all of them.\n")
    return 0


def make_key() -> int:
    """Write a new key."""
    from bot.workspaces.token_seal import new_key

    write_out(f"{new_key()}\n")
    return 0


def forget(settings: Settings, home: str, *, is_sure: bool, ask: Callable[[str], str] | None = None) -> int:
    """Delete all that is kept of a workspace or an organization, once that is confirmed, and say it in numbers."""
    with open_store(settings) as database:
        found = count_rows(database, home)
        if found.rows and not is_sure and not _is_meant(str(found.number), home, ask):
            write_out("Nothing was deleted.\n")
            return 1
        now = utc_now() if settings.is_for_many else None  # with a token of its own the workspace stays
        write_out(f"{erase(database, home, now)}\n")
    return 0


def _is_meant(number: str, home: str, ask: Callable[[str], str] | None) -> bool:
    if ask is None and not sys.stdin.isatty():
        raise NobodyToAsk(f"{number} rows of {home} would be deleted, and nobody can be asked here.", "Say --yes.")
    return (ask or input)(f"Delete {number} rows of {home} for good? Type its id to confirm: ").strip() == home
