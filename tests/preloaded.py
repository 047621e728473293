"""
What our programs import when they run, imported once: they are forked from it by `tests/programs.py`.

Nothing is drawn here: that starts a thread, which no fork has.
"""

import datetime as dt
import gc
import tempfile
from pathlib import Path

import bot.__main__
import bot.checkup.examination
import bot.runtime.doctor  # noqa: F401 - to be there
from analytics.storage.database import Database

with tempfile.TemporaryDirectory() as folder:
    Database(Path(folder), lambda: dt.datetime.now(dt.UTC)).close()
gc.freeze()
