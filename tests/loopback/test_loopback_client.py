"""The Hub's own client library takes the stand-in for the Hub; a person can be served one from a table."""

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model, models_of_2024_09
from tests.loopback.plain_get import get
from tests.processes import start

ROOT = Path(__file__).parents[2]
BERT = "google-bert/bert-base-uncased"
TABLE = """modelId,modelName,author,downloads,lastModified,tags,pipeline_tag,sha,inference
org/one,one,org,70,2024-09-01 10:11:12+00:00,"['transformers', 'pytorch', 'en']",fill-mask,abc,warm
two,two,,9,2023-01-02 03:04:05+00:00,"['gguf', 'region:us']",,def,cold
"""


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve five models in pages of two."""
    base = {"relation": "quantized", "models": [{"_id": "1", "id": BERT}]}
    models = [
        model(BERT, downloads=50, likes=9, tags=["pytorch", "tf"], siblings=["tf_model.h5"], gated=False),
        model("org/gated", downloads=40, gated="manual", tags=["pytorch"]),
        *(model(f"org/m{i}", downloads=i, tags=["gguf"], baseModels=base) for i in range(3)),
    ]
    with LoopbackHub(models, moved={"bert-base-uncased": BERT}, most_a_page=2) as served:
        yield served


def run(hub: LoopbackHub, home: Path, code: str, **more: str) -> Any:
    """
    Run `code` with an HfApi called `api` in a process of its own, and give what it leaves in `said`.

    The library reads its endpoint at import; nothing of this process or of its user's settings is to reach it, and
    nothing of it any other host.
    """
    kept = {name: value for name, value in os.environ.items() if not re.search("^hf_|_proxy$", name.lower())}
    ours = {"HF_ENDPOINT": hub.endpoint, "HF_HOME": str(home)}
    told = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"}
    program = f"import json\nfrom huggingface_hub import HfApi, errors\napi = HfApi()\n{code}\nprint(json.dumps(said))"
    done = subprocess.run(
        [sys.executable, "-c", program], env=kept | ours | told | more, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_the_library_lists_models_page_by_page(hub: LoopbackHub, tmp_path: Path) -> None:
    """It follows the links to the end and reads the fields it asked for."""
    code = """
found = list(api.list_models(sort="downloads", expand=["downloads", "baseModels"]))
said = [[one.id, one.downloads, one.base_models and one.base_models["relation"]] for one in found]"""

    assert run(hub, tmp_path, code) == [
        *([BERT, 50, None], ["org/gated", 40, None]),
        *(["org/m2", 2, "quantized"], ["org/m1", 1, "quantized"], ["org/m0", 0, "quantized"]),
    ]
    assert [len(request.all("cursor")) for request in hub.requests] == [0, 1, 1]


def test_the_library_narrows_a_listing(hub: LoopbackHub, tmp_path: Path) -> None:
    """Filters, author and limit go out as the stand-in expects them."""
    code = """
said = [[one.id for one in api.list_models(**asked)] for asked in (
    {"filter": ["pytorch", "tf"]}, {"author": "org", "limit": 1, "sort": "downloads"}, {"search": "M1"})]"""

    assert run(hub, tmp_path, code) == [[BERT], ["org/gated"], ["org/m1"]]


def test_the_library_describes_a_model(hub: LoopbackHub, tmp_path: Path) -> None:
    """By its old name, too; its files with sizes when asked."""
    code = """
old, sized = api.model_info("bert-base-uncased"), api.model_info("org/gated", expand=["gated", "likes"])
files = api.model_info("google-bert/bert-base-uncased", files_metadata=True).siblings
said = [old.id, old.likes, sized.gated, sized.likes, files[0].rfilename, files[0].size]"""

    assert run(hub, tmp_path, code) == [BERT, 9, "manual", None, "tf_model.h5", 11]


def test_the_library_raises_what_it_raises_at_the_hub(hub: LoopbackHub, tmp_path: Path) -> None:
    """Missing models, revisions and fields come as its own errors, with and without a token."""
    code = """
def error(*what, **how):
    try:
        api.model_info(*what, **how)
    except errors.HfHubHTTPError as failure:
        return type(failure).__name__
said = [error("org/none"), error("org/none", token="hf_made_up"), error("org/gated", revision="badrev"),
        error("org/gated", expand=["stars"])]"""

    assert run(hub, tmp_path, code) == [
        *("RepositoryNotFoundError", "RepositoryNotFoundError", "RevisionNotFoundError", "BadRequestError"),
    ]


def test_the_library_s_own_question_is_answered_with_404(hub: LoopbackHub, tmp_path: Path) -> None:
    """What it asks on its own account goes to the stand-in, and a 404 does not hinder it."""
    said = run(hub, tmp_path, 'said = len(list(api.list_models(author="org")))', HF_HUB_DISABLE_TELEMETRY="0")

    assert said == 4
    assert len(hub.asked("/api/agent-harnesses")) == 1
    assert get(hub, "/api/agent-harnesses").status == 404


# --------------------------------------------------------------------------------------------------- models of a table


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a table of two models, compressed."""
    path = tmp_path / "models.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode()))
    return path


def test_a_table_is_read_as_items(table: Path) -> None:
    """What the table does not know is absent; the library is the first tag, if that names one."""
    one, two = models_of_2024_09(table)

    assert one.items() >= {"id": "org/one", "downloads": 70, "library_name": "transformers"}.items()
    assert (one["lastModified"], one["tags"]) == ("2024-09-01T10:11:12.000Z", ["transformers", "pytorch", "en"])
    assert {"author", "pipeline_tag", "library_name", "likes", "createdAt", "siblings"}.isdisjoint(two)


def test_a_table_is_served_to_a_person(table: Path) -> None:
    """Started as a program, it says where, and answers there."""
    command = [sys.executable, "-m", "tests.loopback.hub", "--csv", str(table)]
    with start(command, cwd=ROOT, stdout=subprocess.PIPE) as program:
        assert program.stdout
        endpoint = program.stdout.readline().strip()
        found = get(endpoint, "/api/models?sort=downloads").ids

    assert found == ["org/one", "two"]
