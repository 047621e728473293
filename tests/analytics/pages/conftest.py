"""Pages over real HTTP, of a Hub on this machine or of none."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from analytics.analyst import Analyst, utc_now
from analytics.context import Clock
from analytics.pages.page_lookups import PageLookups
from analytics.pages.web_pages import lookups_of, page_routes
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.loopback.web_process import served

BERT = "google-bert/bert-base-uncased"
FILES = ["pytorch_model.bin", "tf_model.h5"]
MODELS = [
    *(model(f"org/m{i:02}", downloads=100 - i, tags=[["pytorch"], ["tf"]][i % 2]) for i in range(40)),
    model(BERT, downloads=5, tags=["pytorch", "tf"], library_name="transformers", siblings=FILES),
    model("org/secret", downloads=4, tags=["pytorch"], private=True),
]

Start = Callable[..., httpx2.Client]


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Start a Hub with these models."""
    with LoopbackHub(MODELS) as started:
        yield started


@pytest.fixture
def start(tmp_path: Path, hub: LoopbackHub) -> Iterator[Start]:
    """Give what starts the pages and a client of them."""
    with ExitStack() as stack:

        def open_pages(
            lookups: Callable[[Analyst], PageLookups] = lookups_of, address: str = "", clock: Clock = utc_now
        ) -> httpx2.Client:
            analyst = Analyst(tmp_path, hub.endpoint, "hf_owner", seconds=5, shows_private=True, clock=clock)
            stack.callback(analyst.close)
            at = stack.enter_context(served(Starlette(routes=page_routes(lookups(analyst), address))))
            return stack.enter_context(httpx2.Client(base_url=at, timeout=30, trust_env=False))

        yield open_pages
