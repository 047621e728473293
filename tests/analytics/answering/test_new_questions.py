"""`new`, `share`, `formats`, `load`, `top in gguf`: asked of a Hub on this machine, and without one."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer, Origin
from analytics.domain.counts import Bracket
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import New, Request
from analytics.errors import NotYetCome
from analytics.grammar import parse
from analytics.questions.new_models import list_new
from analytics.ranking.classified import TopCircumstances
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def day(ago: int) -> str:
    """Write when a model was created, some days before now."""
    return f"{NOW - dt.timedelta(days=ago):%Y-%m-%dT%H:%M:%S.000Z}"


MODELS = [
    model("lab/young", createdAt=day(1), downloads=10, tags=["pytorch"], siblings=["pytorch_model.bin"]),
    model("lab/younger", createdAt=day(0), downloads=30, tags=["tf"], siblings=["tf_model.h5"]),
    model("lab/old", createdAt=day(20), downloads=60, siblings=["old.gguf", "pytorch_model.bin"]),
]


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Give a Hub with three models."""
    with LoopbackHub(MODELS) as started:
        yield started


@pytest.fixture
def analyst(hub: LoopbackHub, tmp_path: Path) -> Iterator[Analyst]:
    """Ask that Hub at noon."""
    with closing(Analyst(tmp_path, hub.endpoint, clock=lambda: NOW)) as made:
        yield made


def ask(analyst: Analyst, words: str) -> Answer:
    """Ask in canonical words."""
    request = parse(words)
    assert isinstance(request, Request)
    return analyst.answer(request)


def test_nothing_is_new_since_a_day_to_come(analyst: Analyst) -> None:
    """It is said so, and not that there are none."""
    with pytest.raises(NotYetCome):
        ask(analyst, "new since 2027-01-01")


def names(answer: Answer) -> list[object]:
    """Give the models of the table, in its order."""
    assert answer.table
    return [row[answer.table.names.index("model")] for row in answer.table.rows]


def test_new_lists_what_was_created_in_the_last_week_newest_first(analyst: Analyst) -> None:
    """By the Hub's listing in the order of creation, each counted by framework, with n and the day."""
    answer = ask(analyst, "new")

    assert names(answer) == ["lab/younger", "lab/young"]
    assert answer.headline == "2 models were created since 19 Nov 2026"
    assert (answer.as_of, answer.frameworks["PyTorch"], answer.frameworks["TensorFlow"]) == (NOW, 1, 1)
    assert "sort=createdAt" in answer.origins[0].address
    assert not answer.sample


def test_new_is_narrowed_by_framework_and_day(analyst: Analyst) -> None:
    """Since a day further back the older one is there; of TensorFlow one is."""
    assert names(ask(analyst, "new since 2026-11-01")) == ["lab/younger", "lab/young", "lab/old"]
    assert names(ask(analyst, "new in tensorflow")) == ["lab/younger"]


def test_none_new_is_said(analyst: Analyst) -> None:
    """No table of nothing, and a sentence."""
    answer = ask(analyst, "new in jax")

    assert answer.table is None
    assert answer.headline == "No model in JAX was created since 19 Nov 2026"


def test_a_page_that_ends_too_early_is_no_week() -> None:
    """What the newest three hold is told as that, not as all that was created since a day further back."""
    request, ends = New("TensorFlow"), NOW - dt.timedelta(days=30)
    young = tuple(Model(f"lab/{ago}", created_at=day(ago), tags=("pytorch",)) for ago in (0, 1, 2))
    newest = TopList(Ranking("created"), NOW, young, 3, complete=False, origin=Origin("Hub", "l", "https://e.org", "d"))

    cut, whole = (list_new(request, one, ends, TopCircumstances()) for one in (newest, replace(newest, complete=True)))

    assert cut.headline.startswith("Of the newest 3 models, back to 24 Nov 2026, 12:00 UTC, none in TensorFlow were ")
    assert whole.headline == "No model in TensorFlow was created since 27 Oct 2026"


def test_without_a_hub_new_says_what_stands_in(tmp_path: Path) -> None:
    """The most downloaded of the sample are no newest models, and are not passed off as such."""
    with closing(Analyst(tmp_path, "http://127.0.0.1:9", seconds=1)) as away:
        answer = away.answer(New())

    assert answer.sample
    assert answer.headline.startswith("Of the 120 models most downloaded on 22 Aug 2026, ")
    assert any("The newest models could not be read" in caveat for caveat in answer.caveats)


def test_shares_are_of_downloads(analyst: Analyst) -> None:
    """Of 100 downloads 70 are of models in PyTorch, 30 of one in TensorFlow; a format counts beside them."""
    answer = ask(analyst, "share")
    assert answer.table

    assert answer.headline.startswith("Downloads of the 3 most downloaded models, of those in ")
    assert answer.headline.endswith("in PyTorch: 70.0 %, in TensorFlow: 30.0 %")
    assert ("GGUF", 1, 60, "60.0 %", 1, 1, 60, 60) in answer.table.rows
    assert answer.brackets["PyTorch"] == Bracket(2, 2, 2, 3)
    assert (
        answer.as_csv().splitlines()[0].startswith("framework or format,models,downloads,share of downloads,models p")
    )


def test_a_download_of_a_model_is_not_called_one_of_its_files_in_a_framework(analyst: Analyst) -> None:
    """Which files were fetched nobody counts: the share is of models that come in it, and both answers say so."""
    told, every = ask(analyst, "share in gguf"), ask(analyst, "share")

    assert told.headline == "60.0 % of the downloads of the 3 most downloaded models are of models that come in GGUF"
    assert told.title == "Of downloads, of models in GGUF: 60.0 %"
    assert every.title == "Of downloads, of models in PyTorch: 70.0 %, TensorFlow: 30.0 %"
    assert all("Nobody counts which files of a model were fetched" in " ".join(one.caveats) for one in (told, every))


def test_a_format_is_counted_and_listed(analyst: Analyst) -> None:
    """Over the most downloaded models, and said so."""
    assert ask(analyst, "totals in gguf").headline == "1 of the 3 most downloaded models comes in GGUF"
    assert names(ask(analyst, "top5 in gguf")) == ["lab/old"]


def test_formats_names_each_with_its_proof(analyst: Analyst) -> None:
    """Frameworks' files and exports of one repository."""
    answer = ask(analyst, "formats lab/old")
    assert answer.table

    assert [row[0] for row in answer.table.rows] == ["PyTorch", "GGUF"]
    assert answer.headline == "lab/old comes in 2 formats: PyTorch and GGUF"


def test_one_file_is_one_format(hub: LoopbackHub, analyst: Analyst) -> None:
    """Safetensors that PyTorch wrote are no two formats; PyTorch's own files beside them are a second one."""
    hub.models.append(model("lab/one", library_name="transformers", siblings=["model.safetensors"]))
    hub.models.append(
        model("lab/two", library_name="transformers", siblings=["model.safetensors", "model.bin", "pytorch_model.bin"])
    )
    one, two = ask(analyst, "formats lab/one"), ask(analyst, "formats lab/two")
    assert one.table

    assert one.headline == "lab/one comes in 1 format: safetensors"
    assert one.table.rows[0][3] == "PyTorch, with transformers"
    assert two.headline == "lab/two comes in 2 formats: safetensors and PyTorch"


def test_load_gives_lines_for_the_model(analyst: Analyst) -> None:
    """Files that only an old library loads with its lines; what is not there in general, with the name put in."""
    old, onnx = ask(analyst, "load lab/younger in tensorflow"), ask(analyst, "load lab/young in onnx")

    assert "transformers==" in old.commands[0]
    assert onnx.commands[1] == "optimum-cli export onnx --model lab/young out"
    assert "There are no ONNX files in lab/young" in onnx.detail[0]


def test_load_without_a_model_is_the_general_way(analyst: Analyst) -> None:
    """The line says where the name goes."""
    answer = ask(analyst, "load in gguf")

    assert "GGUF files that are there run with llama.cpp and what builds on it." in answer.detail
    assert any("pip install -r llama.cpp/requirements.txt" in line for line in answer.commands)
    assert answer.commands[-1].endswith("--remote MODEL")


def test_what_cannot_be_answered_is_known_before_it_is_offered(analyst: Analyst) -> None:
    """No sample tells of all time, so without a census nothing does; what has to be looked up has somebody to ask."""
    asked = ("top30 by alltime", "top30", "why method", "model lab/old")
    can = {words: analyst.can_answer(parse(words)) for words in asked}  # type: ignore[arg-type]  # these are requests

    assert can == {"top30 by alltime": False, "top30": True, "why method": True, "model lab/old": True}
