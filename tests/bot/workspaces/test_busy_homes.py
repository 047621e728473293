"""Which workspaces are visited at a tick: those with something due, and everybody now and then."""

import datetime as dt
from dataclasses import replace

from cryptography.fernet import Fernet

from analytics.storage.database import Database
from bot.digest.records import State
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from bot.workspaces.busy_homes import BusyHomes
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import TokenSeal
from tests.analytics.storage.dump_schema import WANTED

SUNDAY = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 23, 8, 1, tzinfo=dt.UTC)  # nine in Berlin
MINUTE = dt.timedelta(minutes=1)


def install(database: Database, home: str, *, weekday: int = 0, installed: bool = True) -> Slot:
    """Install with a digest on that day at nine; give Monday's slot."""
    store = DigestStore(database, home)
    wanted = replace(WANTED, team=home, channel=f"C{home}", weekday=weekday, created_at=SUNDAY, since=SUNDAY)
    kept, _ = store.subscribe(wanted)
    if installed:
        seal = TokenSeal(Fernet.generate_key().decode())
        Installations(database, seal, lambda: SUNDAY).keep(Installed(home, "xoxb-1", SUNDAY))
    return Slot(kept.id, MONDAY.date(), dt.time(9), MONDAY.replace(minute=0))


def test_who_has_a_digest_due_is_visited_and_all_now_and_then(database: Database) -> None:
    """The first look is at all; then at those that are due; after a quarter of an hour at all again."""
    install(database, "T1")
    install(database, "T2", weekday=3)
    install(database, "T3", installed=False)
    busy = BusyHomes(database)

    assert busy.with_digests(MONDAY) == ["T1", "T2"]
    assert busy.with_digests(MONDAY + MINUTE) == ["T1"]
    assert busy.with_digests(MONDAY + 14 * MINUTE) == ["T1"]
    assert busy.with_digests(MONDAY + 15 * MINUTE) == ["T1", "T2"]


def test_who_has_one_under_way_is_visited(database: Database) -> None:
    """Claimed by a process that died, or posted without its thread; not one that is done."""
    slots = {home: install(database, home) for home in ("T1", "T2", "T3")}
    for home, slot in slots.items():
        DigestStore(database, home).claim(slot, "one", MONDAY)
    DigestStore(database, "T2").mark(slots["T2"], State.POSTED, MONDAY, ts="1.2")
    DigestStore(database, "T3").mark(slots["T3"], State.POSTED, MONDAY, ts="1.2", details=True)
    busy = BusyHomes(database)
    busy.with_digests(MONDAY)

    assert busy.with_digests(MONDAY + MINUTE) == ["T1", "T2"]


def test_a_clock_that_is_set_back_visits_all(database: Database) -> None:
    """Nobody waits for the clock to come by again."""
    install(database, "T2", weekday=3)
    busy = BusyHomes(database)
    busy.with_digests(MONDAY)

    assert busy.with_digests(MONDAY - MINUTE) == ["T2"]
