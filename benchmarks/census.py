# ruff: noqa: S608 - paths of our own
"""
The census over 3.1 million models: attribution and cube, against the notebook's way and against a bare scan.

The models are drawn (seeded) from the tags, tasks and downloads of the 9,715 most downloaded models of September 2024,
each with an id, a creation and a few file names of its own, among them all kinds of names the rule knows, so that
outlines repeat as they do on the Hub but no row is the same. Each way runs in a process of its own, one after the
other, so that its peak memory is its own.

    .venv/bin/python -m benchmarks.census [--models 3100000] [--crawled 30000] [--one-in 10]

The whole rule in pandas takes minutes and gigabytes, so it is done on one model in ten; `--one-in 1` does all.
"""

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


GROUP = 50_000
ONE_IN = "ONE_IN"
"""The variable that tells a process of its own how many models it may leave out."""


SECONDS = 145_700_000
"""From the first creation to the last, whatever number of models there is: 4.6 years."""

NAMES = [
    *("adapter_model.bin", "learned_embeds.bin", "mm_projector.bin", "model.pt2", "model.pth.tar"),
    *("epoch=3-step=9.ckpt", "tf_model.h5", "frozen_graph.pb", "model.ckpt-9.meta", "variables.data-00000-of-00001"),
    *("model.ckpt", "flax_model.msgpack", "streaming_params_9", "tensor00000_000", "model.keras"),
    *("model.weights.h5", "x.mlxfn", "m.pdparams", "m.joblib", "weights.hdf5"),
    *("params.msgpack", "model.onnx", "model-Q4_K_M.gguf", "ggml-base.bin", "a.mlmodel"),
    *("openvino_model.xml", "net.xml", "net.bin", "a.tflite", "a.pte"),
    *("rust_model.ot", "group1-shard1of2.bin", "vocabulary.json", "mlc-chat-config.json", "a.engine"),
    *("a.rkllm", "a.sentis", "a.mxq", "a.mnn", "a.ncnn.param"),
    *("a.dlc", "a.hef", "a.axmodel", "a.bmodel", "weights.bin"),
    *("m.pb", "m.npz", "model.xyz", "model.json"),
]
"""One of each kind the rule knows; a row in seven holds two, which go with its tags, as files do."""


def make(target: Path, models: int, downloads_all: str = "CAST(NULL AS BIGINT)") -> None:
    """
    Write the Parquet file, in the common shape and as a census writes it, streaming.

    `downloads_all` is SQL for that column, over the others; by default the source does not tell it, as most do not.
    """
    import duckdb
    import pyarrow as pa

    from analytics.census import schema
    from tests.analytics.attribution.accuracy import top_2024

    known = top_2024()
    table = pa.table(
        {
            "n": range(len(known)),
            "tags": [list(one.tags or ()) for one in known],
            "task": [one.task for one in known],
            "downloads": [one.downloads_30d for one in known],
        }
    )
    with duckdb.connect() as opened:
        opened.execute("SET memory_limit = '1GB'")
        opened.register("known", table)
        found = opened.sql(f"""
            SELECT 'org' || (i % 90000) || '/model-' || i AS id,
                strftime(TIMESTAMP '2022-03-03' + to_seconds(i * {SECONDS} // {models}), '%Y-%m-%dT%H:%M:%SZ')
                    AS created_at,
                downloads // (1 + i % 1000) AS downloads, {downloads_all} AS downloads_all, i % 50 AS likes,
                CAST(NULL AS VARCHAR) AS library_name, task, list_append(tags, 'dataset:set-' || i) AS tags,
                CASE WHEN i % 7 = 0 THEN ['config.json', 'pytorch_model-0000' || (i % 9 + 1) || '-of-00009.bin']
                    WHEN i % 7 = 1 THEN ['config.json', known_names[1 + n % {len(NAMES)}],
                        upper('sub/' || known_names[1 + n // 7 % {len(NAMES)}])]
                    WHEN i % 7 < 5 THEN ['config.json', 'model.safetensors']
                    ELSE ['adapter_model.safetensors'] END AS files
            FROM (SELECT i, {NAMES} AS known_names FROM range({models}) AS numbers(i))
                JOIN known ON n = (hash(i) % {len(known)})
            """).to_arrow_reader(schema.ROWS)
        schema.gather((pa.Table.from_batches([batch]).cast(schema.schema()) for batch in found), target)


def ours(cache: Path) -> str:
    """Attribute every model and count the cube."""
    from analytics.census import cube

    counted = cube.count(cache, dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    return f"{len(counted['rows']):,} rows of the cube"


def bare(cache: Path) -> str:
    """Read the same columns and do nothing with them but look at each value."""
    from analytics.census.schema import connection

    with connection(cache.parent) as opened:
        query = f"""SELECT sum(length(id)), sum(length(created_at)), sum(downloads), count(library_name), count(task),
            sum(list_sum(list_transform(tags, lambda t: length(t)))),
            sum(list_sum(list_transform(files, lambda f: length(f)))) FROM '{cache}'"""
        return str(opened.execute(query).fetchone())[:30]


def notebook(cache: Path) -> str:
    """Do as the notebooks do: everything into a frame, a function applied to each row; the two tags alone."""
    import pandas as pd

    frame = pd.read_parquet(cache, columns=["id", "tags", "task", "downloads", "created_at"])
    frame["framework"] = frame["tags"].apply(
        lambda tags: ("pytorch" in tags) * 2 + ("tf" in tags)  # what the article counted, and nothing more
    )
    return str(dict(frame.groupby("framework").size()))


def asked(cache: Path) -> str:
    """Ask the stored cube, 26 weeks of it, as often as 50 times each."""
    from analytics.analyst import Analyst
    from analytics.attribution import METHOD
    from analytics.census import cube
    from analytics.domain.reading_kinds import CENSUS, CENSUS_SUMS
    from analytics.grammar import parse
    from analytics.storage.readings import Reading

    newest = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    body = cube.count(cache, newest)
    analyst = Analyst(cache.parent / "home", "http://127.0.0.1:9", clock=lambda: newest)
    for week in range(26):
        moment = newest - dt.timedelta(weeks=week)
        analyst.context.readings.add(Reading(CENSUS_SUMS, "", moment, METHOD, cube.sums(body)))
        analyst.context.readings.add(Reading(CENSUS, "", moment, METHOD, cube.faces(body)))
    told = []
    for words in ("totals", "totals declared", "totals task fill-mask", "totals since 2022", "trend"):
        request = parse(words)
        analyst.answer(request)
        took = sorted(_timed(lambda request=request: analyst.answer(request)) for _ in range(50))
        told.append(f"{words} {1000 * took[25]:.0f} ms (slowest of 50: {1000 * took[-1]:.0f})")
    analyst.close()
    return "; ".join(told)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def crawl(folder: Path) -> str:
    """Crawl with our own hands, page by page to disk, and put the pages together to one file."""
    from analytics.collect.census_crawl import Crawl
    from analytics.sources.retry import Waiting

    done = Crawl(folder / "ours", os.environ["HF_ENDPOINT"], None, lambda _: None, Waiting(sleep=lambda _: None))
    done.run(dt.datetime.now(dt.UTC))
    return f"{done.pages.write(folder / 'ours.parquet'):,} models"


def listed(folder: Path) -> str:
    """Crawl as the notebooks do."""
    del folder
    import pandas as pd
    from huggingface_hub import HfApi

    fields = ["createdAt", "downloads", "likes", "library_name", "pipeline_tag", "siblings", "tags"]
    found = list(HfApi().list_models(sort="created_at", expand=fields))
    return f"{len(pd.DataFrame([one.__dict__ for one in found])):,} models"


def attributed(cache: Path) -> str:
    """Do the whole rule as a notebook would: applied to each row of a frame."""
    import pandas as pd
    import pyarrow.parquet as pq

    from analytics.attribution import attribute
    from analytics.domain.observations import Model

    file = pq.ParquetFile(cache)
    rows = file.read_row_groups(range(max(1, file.num_row_groups // int(os.environ[ONE_IN])))).to_pandas()

    def verdict(row: pd.Series) -> str:
        files = None if row["files"] is None else tuple(row["files"])
        one = Model(
            row["id"], library=row["library_name"], created_at=row["created_at"], tags=tuple(row["tags"]), files=files
        )
        return attribute(one).split.value

    rows["split"] = rows.apply(verdict, axis=1)
    return f"{len(rows):,} of the models: {dict(rows.groupby('split').size())}"


def high_water() -> float:
    """Give the peak memory of this process since it was started, in megabytes (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measured(way: str, place: Path, **environment: str) -> tuple[float, float]:
    """Run one way in a process of its own; gives seconds and peak megabytes, and prints them."""
    command = [sys.executable, __file__, "--way", way, "--place", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | environment)
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"{way:>9}: {told['seconds']:7.1f} s  {told['megabytes']:6.0f} MB   {told['result']}", flush=True)
    return told["seconds"], told["megabytes"]


def main() -> None:
    """Measure all ways side by side."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", type=int, default=3_100_000)
    parser.add_argument("--crawled", type=int, default=30_000)
    parser.add_argument("--one-in", type=int, default=10)
    parser.add_argument("--way")
    parser.add_argument("--place", type=Path)
    options = parser.parse_args()
    if options.way:
        started = time.perf_counter()
        result = globals()[options.way](options.place)
        peak = high_water()
        print(json.dumps({"seconds": time.perf_counter() - started, "megabytes": peak, "result": result}))
        return
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "models.parquet"
        make(cache, options.models)
        print(f"{options.models:,} models, {cache.stat().st_size / 1e6:,.0f} MB", flush=True)
        scan, mine, theirs = (measured(way, cache)[0] for way in ("bare", "ours", "notebook"))
        measured("asked", cache)
        groups = -(-options.models // GROUP)
        left_out = groups / max(1, groups // options.one_in)
        whole = left_out * measured("attributed", cache, **{ONE_IN: str(options.one_in)})[0]
        print(f"ours takes {mine / scan:.1f} times the bare scan, 1/{theirs / mine:.1f} of the notebook's two tags,")
        print(
            f"and 1/{whole / mine:.0f} of the whole rule in pandas ({whole:.0f} s, {left_out:.1f} times what was done)"
        )
        compare_crawls(Path(folder), options.crawled)


def compare_crawls(folder: Path, models: int) -> None:
    """Crawl both ways, at a third of the models and at all of them: time a model, and growth."""
    pages = rendered()
    for count in (models // 3, models):
        with Listing(pages, count // A_PAGE) as endpoint:
            around = {"HF_ENDPOINT": endpoint, "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HOME": str(folder / "hf")}
            print(f"a listing of {count:,} models")
            mine, _ = measured("crawl", folder / str(count), **around)
            theirs, _ = measured("listed", folder, **around)
            told = f"{1e6 * mine / count:.0f} us, list_models into a frame {1e6 * theirs / count:.0f} us"
            print(f"a model, start included: ours {told}, {theirs / mine:.1f} times")


A_PAGE = 1000
DIFFERENT = 9
"""Pages that are served in turn: all of the real list of September 2024."""


def rendered() -> list[bytes]:
    """Write the pages once, so that the time of serving them is next to nothing."""
    from tests.analytics.census.hubs import items

    files = ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "README.md", "vocab.txt"]
    known = [{**one, "siblings": [{"rfilename": name} for name in files]} for one in items(DIFFERENT * A_PAGE)]
    return [json.dumps(known[at * A_PAGE : (at + 1) * A_PAGE]).encode() for at in range(DIFFERENT)]


class Listing:
    """A server of so many pages in this process, while the crawls run in processes of their own."""

    def __init__(self, pages: list[bytes], count: int) -> None:
        class FileHandler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                place = int(parse_qs(urlsplit(self.path).query).get("cursor", ["0"])[0])
                body = pages[place % len(pages)]
                self.send_response(200)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                if place + 1 < count:
                    host = self.headers["host"]
                    self.send_header("Link", f'<http://{host}/api/models?cursor={place + 1}>; rel="next"')
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), FileHandler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


if __name__ == "__main__":
    main()
