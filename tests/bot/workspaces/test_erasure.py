"""What is deleted of one workspace: every row of its own in every table, and nobody else's."""

import datetime as dt
import importlib
import pkgutil
from dataclasses import replace

from cryptography.fernet import Fernet
from sqlalchemy import func, select

import bot
from analytics.alerts.alert_rules import Observed
from analytics.domain.reading_kinds import WAITING_QUESTION
from analytics.storage.database import Database, metadata
from analytics.storage.readings import Reading, ReadingStore, readings
from analytics.storage.rows import unpack
from analytics.storage.top_lists import TopListStore
from bot.alerting.alert_store import AlertStore
from bot.alerting.alert_tables import KIND, AlertChannel
from bot.answer_ledger import AnswerLedger
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from bot.open_rows import OpenRow, OpenRows, keep_place
from bot.place import Place
from bot.previews.preview_store import PreviewStore
from bot.shared_marks import SharedMarks
from bot.shared_pictures import SharedPictures
from bot.steps.step_store import Posted, StepStore
from bot.workspaces.erasure import count_rows, erase, whose
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import TokenSeal
from tests.analytics.storage.dump_schema import READING, TOP_LIST, WANTED

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)

for module in pkgutil.walk_packages(bot.__path__, "bot."):  # so that no table is missing for want of an import
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)


def fill(database: Database, home: str) -> None:
    """Put one row of a workspace into every table that can hold one."""
    Installations(database, TokenSeal(Fernet.generate_key().decode()), lambda: NOW).keep(Installed(home, "xoxb-1", NOW))
    write(database, home)


def write(database: Database, home: str) -> None:
    """Write what is written of a workspace while it is served."""
    channel = f"C{home}"
    digests, alerts = DigestStore(database, home), AlertStore(database, home)
    wanted, _ = digests.subscribe(replace(WANTED, team=home, channel=channel))
    digests.claim(Slot(wanted.id, NOW.date(), dt.time(9), NOW), "one", NOW)
    told = alerts.open_channel(AlertChannel(home, channel, 0, dt.time(8), "UTC", "U1", NOW, NOW))
    alerts.add_alert(told, "TensorFlow enters or leaves the top 30", Observed(NOW, [1, 30]), "U1", NOW)
    alerts.claim(Slot(told.id, NOW.date(), dt.time(0), NOW, KIND), "one", NOW)
    SharedMarks(database, lambda _: NOW, home).claim(["a click"], 120)
    PreviewStore(database, lambda: NOW, home).want(channel, "U1", wanted=True)
    StepStore(database, lambda: NOW, home).keep(channel, "top30", Posted("a-finding", "https://x.slack.com/1"))
    AnswerLedger(database, lambda: NOW, home).remember(Place(channel, "U1", team=home), "1.2", ["top30"], NOW)
    asked = OpenRow(home, "0123abcd", NOW, {"place": keep_place(Place(channel, "U1", team=home))})
    OpenRows(database, lambda _: NOW, "one", is_alone=True).write([asked], (), renews=False)
    body = {"home": home, "place": {"team": home}, "words": "census", "privately": False}
    kept = ReadingStore(database)
    kept.add(Reading(WAITING_QUESTION, f"mark-{home}", NOW, "", body))
    SharedPictures(kept, lambda: NOW, home).put("top30.png", "F1")
    kept.add(Reading(WAITING_QUESTION, f"mark-{home}", NOW + dt.timedelta(hours=1), "answered", {}))


def count_each(database: Database) -> dict[str, int]:
    """Count the rows of every table."""
    counts = {name: select(func.count()).select_from(table) for name, table in metadata.tables.items()}
    return database.run(
        lambda connection: {name: connection.execute(query).scalar_one() for name, query in counts.items()}
    )


def test_every_table_is_somebodys_or_is_said_to_be_nobodys() -> None:
    """A new table without a workspace in it has to be looked at here, and in docs/privacy.md."""
    nobodys = {name for name, table in metadata.tables.items() if whose(table, "T1") is None}

    assert nobodys == {"forgotten", "readings", "top_lists"}


def test_every_row_of_one_workspace_is_deleted_and_no_other(database: Database) -> None:
    """Rows in every table of two workspaces; then those of one are gone, and what is nobody's stays."""
    TopListStore(database).add(TOP_LIST, "1")
    ReadingStore(database).add(READING)
    fill(database, "T2")
    alone = count_each(database)
    fill(database, "T1")
    both = count_each(database)
    assert all(both[name] > alone[name] for name in both.keys() - {"forgotten", "top_lists"})

    counted, erased = count_rows(database, "T1"), erase(database, "T1")

    assert count_each(database) == alone
    assert counted == erased
    assert sum(erased.rows.values()) == sum(both.values()) - sum(alone.values())
    bodies = database.run(lambda connection: connection.execute(select(readings.c.body)).scalars().all())
    assert "T1" not in str([unpack(body) for body in bodies])


def test_it_is_said_in_numbers(database: Database) -> None:
    """By table; and that nothing is kept, where nothing is."""
    fill(database, "T1")

    said = str(erase(database, "T1"))
    assert said.startswith("14 rows of T1 deleted: ")
    assert "3 of readings" in said
    assert str(erase(database, "T1")) == "Nothing is kept of T1; nothing was deleted."
