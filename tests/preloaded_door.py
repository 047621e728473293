"""
What the door for assistants imports when it runs, imported once: it is forked from it by `tests/forked_command.py`.

Its question is answered from the sample, for what is read late; no picture is drawn, which would start a thread.
"""

import tempfile
from contextlib import closing
from pathlib import Path

import analytics.assistants.serving  # noqa: F401 - to be there
from analytics.analyst import Analyst
from analytics.answering.answer_top import answer_from_sample
from analytics.charts import lay_out

with tempfile.TemporaryDirectory() as folder, closing(Analyst(Path(folder), "http://127.0.0.1:9")) as analyst:
    lay_out(answer_from_sample(analyst.context))
