"""
What our programs import when they run, imported once: they are forked from it by `tests/programs.py`.

A picture is laid out, for its letters, but not drawn: that starts a thread, which no fork has.
"""

import gc
import tempfile
from contextlib import closing
from pathlib import Path

import bot.__main__
import bot.checkup.examination
import bot.runtime.doctor  # noqa: F401 - to be there
from analytics.analyst import Analyst
from analytics.answering.answer_top import answer_from_sample
from analytics.charts import lay_out

with tempfile.TemporaryDirectory() as folder, closing(Analyst(Path(folder), "http://127.0.0.1:9")) as analyst:
    lay_out(answer_from_sample(analyst.context))
gc.freeze()
