"""
Reword every sentence at random, and nothing changes but the words.

Readers of an answer (messages, digest, charts, the terminal) choose by its fields: the request, the date, the counts,
kinds and roles of columns, typed proofs. Each run here asks twice, once in our words and once in another author's, who
also sets lists and columns in another order (`rewording`), and compares what is done with the answers.
"""

import csv
import datetime as dt
import io
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text

from analytics import grammar
from analytics.__main__ import main
from analytics.analyst import Analyst
from analytics.attribution import METHOD, attribute
from analytics.availability.known_model import Known
from analytics.census.cube import DIMENSIONS, MEASURES
from analytics.charts import draw, figure
from analytics.domain.answer import Answer, Origin
from analytics.domain.chart_specs import Matrix
from analytics.domain.observations import Model, Ranking, Repository, TopList
from analytics.domain.requests import OneModel, Totals
from analytics.domain.table import ColumnKind
from analytics.errors import AnalyticsError
from analytics.questions.model import one
from analytics.storage.readings import Reading
from bot import messages
from bot.blocks import Block, escape
from bot.commands import Commands
from bot.delivery import Place
from bot.digest import digest_messages, modal
from bot.digest.builder import Contents
from bot.digest.schedule import next_times
from bot.digest.store import DigestStore, Subscription
from bot.fair_shares import Asker, Line, Work
from tests.analytics.answering.test_models import BERT, KERAS, QWEN, ROBERTA, TF_COPY
from tests.analytics.questions.test_totals import ROWS, row
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import BAD_GATEWAY
from tests.rewording import RewordedAnalyst, in_other_words, reworded, with_other_evidence

DAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)
ORIGIN = Origin("Hugging Face Hub", "listing", "https://example.org", "2026-11-23")
COLUMNS = [*DIMENSIONS, *MEASURES]
QUESTIONS = (
    *("top30", "top30 declared", "top10 task fill-mask", "top1", "top100 by downloads", "changes"),
    *("totals", "totals declared", "totals since 2022", "totals task fill-mask", "trend", "papers", "papers 2021Q4"),
    *("official", "official pytorch", "model google-bert/bert-base-uncased", "model FacebookAI/roberta-base in tf"),
    *("model keras/bert_base_en_uncased in jax", "compare google-bert/bert-base-uncased Qwen/Qwen3-8B"),
)
REFUSED = (
    *("top30 task fill-mas", "top30 author lba", "model google-bert/bert-base-uncasd", "model nobody/knows"),
    *("totals task text-generation", "tpo30"),
)
SEEDS = (1, 2, 3)

Ask = Callable[[str], Answer]


# ------------------------------------------------------------------------------------------------- what there is to ask


def top_list(day: dt.datetime, new: int) -> TopList:
    """Make a list of 120 models of every kind, the first `new` of them seen for the first time."""
    files = (
        ("pytorch_model.bin",),
        ("tf_model.h5",),
        ("pytorch_model.bin", "tf_model.h5"),
        ("model.safetensors",),
        None,
    )
    names = [*(f"star/new{day:%m%d}{n}" for n in range(new)), *(f"lab/m{n}" for n in range(120 - new))]
    models = tuple(
        Model(name, 10**6 - at, at, task="fill-mask", tags=("x", "pytorch", "gguf")[at % 3 :], files=files[at % 5])
        for at, name in enumerate(names)
    )
    return TopList(Ranking(), day, models, 1000, complete=True, origin=ORIGIN)


def census(more: int) -> dict[str, Any]:
    """Make the body of a census: a cube with totals and quarters."""
    quarters = ("2022Q1", "2026Q2", "2026Q3")
    tasks = [*ROWS, row("attributed", "pytorch_only", 100 + more), row("declared", "both", more)]
    rows = [row("attributed", split, 9, quarter=at) for at in quarters for split in ("both", "neither")]
    cube = {"tasks": tasks, "quarters": rows}
    faces = {face: [[one[name] for name in COLUMNS] for one in found] for face, found in cube.items()}
    return {"frameworks": {"PyTorch": 9, "MLX": 5}} | {
        face: {"columns": COLUMNS, "rows": found} for face, found in faces.items()
    }


PAPERS = {
    "papers_archive": {
        "rows": [
            ["repository", False, at, *counted]
            for at in ("2021Q3", "2021Q4")
            for counted in (("pytorch", 60), ("tf", 9), ("none", 40))
        ],
        "undated": 1,
        "left_out": 2,
        "future": 0,
    },
    "papers_live": {
        "rows": [["2026Q3", "(all)", 20], ["2026Q3", "PyTorch", 7]],
        "missing": ["TensorFlow"],
        "names": ["PyTorch", "vLLM"],
        "new": ["vLLM"],
    },
    "hub_papers": {"rows": [["2021Q4", "both", 15], ["2026Q2", "pytorch_only", 50], ["2026Q3", "neither", 5]]},
}


def fill(analyst: Analyst) -> None:
    """Store lists of six weeks, two censuses and the papers."""
    context = analyst.context
    for week, new in enumerate((2, 1, 0, 1, 0, 1)):
        context.snapshots.add(top_list(DAY - week * WEEK, new), METHOD)
    context.snapshots.add(replace(top_list(DAY, 1), ranking=Ranking(task="fill-mask")), METHOD)
    for week in range(2):
        context.readings.add(Reading("census", "", DAY - week * WEEK, METHOD, census(9 - week), (ORIGIN,)))
        sums = {"attributed": {"pytorch_only": [5, 9 - week], "neither": [1, 1]}}
        context.readings.add(Reading("hub_sums", "", DAY - 5 * week * WEEK, METHOD, sums))
    for kind, body in PAPERS.items():
        context.readings.add(Reading(kind, "", DAY, METHOD, body, (ORIGIN,)))


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Serve five models; of a sixth nothing can be learnt."""
    with LoopbackHub([BERT, QWEN, KERAS, ROBERTA, TF_COPY]) as hub:
        hub.faults.put(BAD_GATEWAY, "/api/models/nobody/knows", times=math.inf)
        yield hub.endpoint


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, endpoint: str) -> Path:
    """Make a data folder with something to answer every question from."""
    folder = tmp_path_factory.mktemp("reworded")
    analyst = Analyst(folder, endpoint, clock=lambda: DAY)
    fill(analyst)
    for words in QUESTIONS:
        analyst.answer(request(words))
    analyst.close()
    return folder


@pytest.fixture(scope="module")
def answers(home: Path, endpoint: str) -> dict[str, Answer]:
    """Answer every question in our own words."""
    analyst = Analyst(home, endpoint, clock=lambda: DAY)
    found = {words: analyst.answer(request(words)) for words in QUESTIONS}
    analyst.close()
    return found


def request(words: str) -> Any:
    """Read a question."""
    return grammar.parse(words)


@pytest.fixture
def opened(home: Path, endpoint: str) -> Iterator[Callable[[int | None], Analyst]]:
    """Give a maker of doors to that folder: in our words, or with a seed in another author's."""
    doors: list[Analyst] = []

    def opening(seed: int | None) -> Analyst:
        door = (RewordedAnalyst if seed else Analyst)(home, endpoint, clock=lambda: DAY, seconds=2.0)
        if isinstance(door, RewordedAnalyst):
            door.reword = in_other_words(seed or 0)
        doors.append(door)
        return door

    yield opening
    for door in doors:
        door.close()


every_question = pytest.mark.parametrize("words", QUESTIONS)
other_words = pytest.mark.parametrize("seed", SEEDS)


# ------------------------------------------------------------------------------------------------------------- messages


def sentences(answer: Answer) -> dict[str, str]:
    """Give the sentences of an answer by what they are."""
    named = {
        name: getattr(answer, name) for name in ("headline", "scope", "counted", "since_last", "noise", "freshness")
    }
    for name in ("further", "doubts"):
        named |= {f"{name} {at}": sentence for at, sentence in enumerate(getattr(answer, name))}
    return {name: sentence for name, sentence in named.items() if sentence}


def told(text: str, *answers: Answer) -> set[str]:
    """Tell which sentences of some answers a text holds."""
    known = {f"{at} {name}": said for at, answer in enumerate(answers) for name, said in sentences(answer).items()}
    return {name for name, sentence in known.items() if escape(sentence) in text}


def shape(message: messages.Message, *answers: Answer) -> list[Any]:
    """Give what a message is made of, each sentence by what it is and not by its words."""
    return [told(message.text, *answers), *(block_shape(block, *answers) for block in message.blocks)]


def block_shape(block: Block, *answers: Answer) -> Any:
    """Give kind, order and values of a block; of a table the headings by number and its numbers, row by row."""
    match block["type"]:
        case "data_table":
            rows = [Counter(cell.get("value") for cell in row) for row in block["rows"]]
            named = [row[block["row_header_column_index"]]["text"] for row in block["rows"][1:]]
            ids = [name for name in named if "/" in name]
            return "data_table", len(block["rows"][0]), rows, ids
        case "section":
            return "section", told(block["text"]["text"], *answers), block["text"]["text"].count("\n")
        case "context":
            return "context", [told(element["text"], *answers) for element in block["elements"]]
        case "actions":
            return "actions", [(one["action_id"], one["value"], one["text"]["text"]) for one in block["elements"]]
        case "data_visualization":
            return "data_visualization", block["chart"]
    return block["type"], block.get("slack_file")


FORMS: dict[str, Callable[[Answer], messages.Message]] = {
    "with picture": lambda answer: messages.with_picture(answer, "F1", "U1"),
    "native": lambda answer: messages.native(answer, "U1", "no picture", share=True),
    "text with picture": lambda answer: messages.text_with_picture(answer, "F1", "U1"),
    "text": lambda answer: messages.text_only(answer, "U1"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@every_question
@other_words
def test_a_message_holds_the_same_parts(
    answers: dict[str, Answer], form: Callable[[Answer], messages.Message], words: str, seed: int
) -> None:
    """Blocks, which sentences stand in which, buttons and what they ask, rows and numbers."""
    plain, other = answers[words], reworded(answers[words], in_other_words(seed))

    assert shape(form(other), other) == shape(form(plain), plain)


@every_question
def test_what_a_picture_shows_is_left_out_and_nothing_else(answers: dict[str, Answer], words: str) -> None:
    """Where no sentence says the counts, none is left out in its place."""
    answer = replace(answers[words], counted="")

    said = told(messages.with_picture(answer, "F1", None).blocks[0]["text"]["text"], answer)

    assert said >= {f"0 {name}" for name in sentences(answer) if name.startswith(("further", "since_last"))}


@other_words
def test_ranked_models_are_named_by_role(answers: dict[str, Answer], seed: int) -> None:
    """In a plain line: rank, model and the split or what became of it, wherever their columns stand."""
    for words, telling in (("top30", "split"), ("changes", "change")):
        other = reworded(answers[words], in_other_words(seed))
        assert other.table
        first = dict(zip(other.table.names, other.table.rows[0], strict=True))

        assert f"{first['rank']}. `{first['model']}` {first[telling]}\n" in messages.text_only(other, None).text


# --------------------------------------------------------------------------------------------------------------- charts


def marks(answer: Answer) -> tuple[Counter[Any], Counter[Any]]:
    """Count what is drawn that is no text: areas by name and colour, lines by name, colour and points."""
    drawn = figure(answer)
    areas = Counter((area.get_gid(), area.get_facecolor()) for area in drawn.findobj(Polygon))
    lines = Counter((line.get_gid(), line.get_color(), len(line.get_xdata())) for line in drawn.findobj(Line2D))
    return areas, lines


@every_question
def test_a_chart_has_the_same_marks_and_its_date(answers: dict[str, Answer], words: str) -> None:
    """The day of the reading is drawn, whatever the line around it says."""
    plain, other = answers[words], reworded(answers[words], in_other_words(7))

    assert marks(other) == marks(plain)
    texts = [text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in figure(other).findobj(Text)]
    assert any(text.endswith(f"· {plain.day}") for text in texts)
    assert draw(other) != draw(plain)


# --------------------------------------------------------------------------------------------------------- the terminal


def facts(printed: dict[str, Any]) -> dict[str, Any]:
    """Give of the JSON of an answer what is no sentence; of the table the columns and what is not prose in them."""
    kept = printed | {"headline": None, "detail": len(printed["detail"]), "caveats": len(printed["caveats"])}
    if printed["table"]:
        columns, rows = printed["table"]["columns"], printed["table"]["rows"]
        numbers = [
            {name: one for name, one in zip(columns, row, strict=True) if not isinstance(one, str)} for row in rows
        ]
        kept["table"] = {"columns": sorted(columns), "rows": numbers}
    return kept


@pytest.mark.parametrize("words", [*QUESTIONS, *REFUSED])
def test_the_terminal_gives_the_same_status_columns_and_numbers(
    opened: Callable[[int | None], Analyst], capsys: pytest.CaptureFixture[str], tmp_path: Path, words: str
) -> None:
    """As JSON and as CSV; what is suggested instead is the same too."""
    seen = []
    for seed in (None, 5):
        table = tmp_path / f"{seed}.csv"
        status = main([*words.split(), "--json", "--csv", str(table)], lambda _, seed=seed: opened(seed))
        out, err = capsys.readouterr()
        header = sorted(next(csv.reader(io.StringIO(table.read_text())))) if table.exists() else []
        offered = [line for line in err.splitlines() if line.startswith(("Did you mean", "Try"))]
        seen.append((status, facts(json.loads(out)) if out else None, header, offered))

    assert seen[0] == seen[1]


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("words", ["top30", "top30 declared", "changes"])
def test_a_window_shows_the_same_columns(
    opened: Callable[[int | None], Analyst],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    width: int,
) -> None:
    """However narrow it is and wherever the columns stand."""
    monkeypatch.setenv("COLUMNS", str(width))
    seen = []
    for seed in (None, 5):
        main(words.split(), lambda _, seed=seed: opened(seed))
        lines = capsys.readouterr().out.splitlines()
        seen.append(next(sorted(line.split()) for line in lines if {"rank", "model"} <= set(line.split())))

    assert seen[0] == seen[1]


# ---------------------------------------------------------------------------------------------------------- what loads


REPOSITORIES = (
    {"files": ("tf_model.h5", "pytorch_model.bin", "flax_model.msgpack")},
    {"files": ("saved_model.pb", "m.nemo")},
    {"files": ("bert.ckpt.index", "_CHECKPOINT_METADATA")},
    {"files": ("my_model.h5",), "created_at": "2022-03-02T00:00:00Z"},
    {"tags": ("tf-keras", "jax", "x"), "library": "tf-keras"},
    {"files": ("model.safetensors",), "library": "timm"},
    {"files": ("model.safetensors",), "header": "tf"},
    {"files": ("model.keras",)},
    {"files": ("m.gguf", "model.safetensors"), "tags": ("x", "tf")},
)


@pytest.mark.parametrize("facts_", REPOSITORIES, ids=str)
def test_what_loads_a_model_does_not_hang_on_the_words_of_the_evidence(facts_: dict[str, Any]) -> None:
    """No rewording of a proof changes a status or a promise; only the column of the evidence differs."""
    model = Model("lab/m", **facts_)
    known = Known(Repository(model, model.id, DAY, ORIGIN), attribute(model), DAY)

    plain, other = (one(OneModel(model.id), each) for each in (known, with_other_evidence(known)))

    assert promises(other) == promises(plain)
    assert other != plain


def promises(answer: Answer) -> Any:
    """Give all of table and chart but the evidence."""
    assert answer.table
    assert isinstance(answer.chart, Matrix)
    kept = [at for at, column in enumerate(answer.table.columns) if column.kind is not ColumnKind.EVIDENCE]
    statuses = [cell.status for cells in answer.chart.cells for cell in cells]
    return [[row[at] for at in kept] for row in answer.table.rows], statuses, answer.frameworks, answer.title


# ----------------------------------------------------------------------------------------------------------- the digest


class Pictures:
    """Uploads nothing."""

    def picture(self, answer: Answer) -> tuple[str, str]:
        """Pretend that there is one."""
        return "F1", ""


SUBSCRIPTION = Subscription("T1", "C1", 0, dt.time(9), "UTC", "U1", DAY, DAY)


def contents(analyst: Analyst) -> Contents:
    """Make the builder of digests."""
    store = DigestStore(analyst.context.database)
    return Contents(analyst, Pictures(), store, lambda: DAY)  # type: ignore[arg-type]  # all it needs of a delivery


@other_words
def test_the_digest_chooses_the_same_lines(opened: Callable[[int | None], Analyst], seed: int) -> None:
    """What moved, how much is noise, and of the census what came since the last one, in every form."""
    seen = []
    for hand in (None, seed):
        analyst = opened(hand)
        made = contents(analyst).build(SUBSCRIPTION, None, late=False)
        about = [analyst.answer(request(words)) for words in ("changes", "totals", "papers", "official")]
        seen.append(([shape(form, *about) for form in made.message], bool(made.quiet), made.shown["stated"]))
        assert "1 since_last" in told(made.message[-1].text, *about)
        assert not told(made.message[-1].text, *about) & {"0 counted", "1 counted", "1 further 0"}

    assert seen[0] == seen[1]


def test_a_digest_without_a_measure_of_noise_puts_no_other_caveat_in_its_place(answers: dict[str, Answer]) -> None:
    """Only the noise stands at the foot."""
    answer = replace(answers["changes"], noise="", doubts=("The newest stored list is old.",))
    frame = digest_messages.DigestFrame(SUBSCRIPTION, next_times(SUBSCRIPTION.rhythm, DAY, 1))

    best, *_ = digest_messages.forms(answer, (), "F1", "", frame)

    assert "0 doubts 0" not in told(str(best.blocks), answer)


@other_words
def test_other_words_are_no_correction_and_other_numbers_are(
    opened: Callable[[int | None], Analyst], seed: int
) -> None:
    """A digest posted in our words still holds when it is asked again in others; with other counts it does not."""
    shown = contents(opened(None)).build(SUBSCRIPTION, None, late=False).shown
    asked_again = contents(opened(seed))

    assert asked_again.correction(shown) is None
    assert asked_again.correction(shown | {"stated": shown["stated"] | {"PyTorch": 1}})


# ---------------------------------------------------------------------------------------------------------- the handler


class AtOnce:
    """Does the work where it is handed in, all its parts; so the shares of many people play no part."""

    def submit(self, _: Asker, work: Work) -> None:
        """Do it, and what is left of it."""
        while onward := work():
            work = onward.work

    def aside(self, _: str, job: Callable[[], None], __: Line = Line.AT_ONCE) -> None:
        """Do it."""
        job()


@dataclass
class Recorder:
    """Takes what would be delivered: how, and in what shape; `hears` gives the answer it was made from."""

    seen: list[Any] = field(default_factory=list)

    def tell(self, _: Place, *forms: messages.Message) -> None:
        """Take a message to the asker alone."""
        self.seen.append(("tell", [[block_shape(block) for block in form.blocks] for form in forms]))

    def show(self, _: Place, answer: Answer) -> None:
        """Take an answer to the asker alone."""
        self.seen.append(("show", shape(messages.native(answer, None, share=True), answer)))

    def post(self, _: Place, answer: Answer, picture: Callable[[], bytes], name: str) -> None:
        """Take an answer for the channel; its picture is drawn."""
        assert picture().startswith(b"\x89PNG")
        self.seen.append(("post", bool(name), shape(messages.with_picture(answer, "F1", None), answer)))


BODY = {"channel_id": "C1", "user_id": "U1", "team_id": "T1"}


@pytest.mark.parametrize("words", [*QUESTIONS, "privately top30", "help", *REFUSED])
def test_a_command_is_met_in_the_same_way(opened: Callable[[int | None], Analyst], words: str) -> None:
    """Posted, shown or told, with the same blocks, buttons and suggestions."""
    seen = []
    for seed in (None, 4):
        recorder = Recorder()
        commands = Commands(opened(seed), recorder, AtOnce(), moment=60.0)  # type: ignore[arg-type]  # a delivery that records
        commands.slash(lambda: None, BODY | {"text": words}, None)
        seen.append([sight for sight in recorder.seen if sight[0] != "looking"])

    assert len(seen[0]) == 1
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("time", "zone", "field_"),
    [("25:00", "UTC", modal.TIME), ("", "UTC", modal.TIME), ("09:00", "no time; write it", modal.ZONE)],
)
def test_a_wrong_field_of_the_form_is_told_beside_it(
    opened: Callable[[int | None], Analyst], time: str, zone: str, field_: str
) -> None:
    """Whatever the sentence holds, and it holds what was typed."""
    values = {"day": {"selected_option": {"value": "0"}}, "time": {"selected_time": time}, "zone": {"value": zone}}
    values |= {"sections": {}, "matters": {}}
    state = {"values": {block: {modal.VALUE: value} for block, value in values.items()}}
    view = {"private_metadata": json.dumps({"channel": "C1", "team": "T1"}), "state": state}
    taken: list[dict[str, Any]] = []

    commands = Commands(opened(None), Recorder(), AtOnce())  # type: ignore[arg-type]  # a delivery that records
    commands.digest_form(lambda **reply: taken.append(reply), {"user": {"id": "U1"}}, view)

    assert [list(reply["errors"]) for reply in taken] == [[field_]]


# ------------------------------------------------------------------------------------------------------------ the hand


def test_the_other_hand_leaves_no_sentence_as_it_was(answers: dict[str, Answer]) -> None:
    """Otherwise all of the above would prove nothing."""
    for answer in answers.values():
        other = reworded(answer, in_other_words(1))
        same = set(sentences(answer).values()) & set(sentences(other).values())

        assert same == set()
        assert len(sentences(other)) == len(sentences(answer))


def test_there_is_something_of_everything_to_reword(
    answers: dict[str, Answer], opened: Callable[[int | None], Analyst]
) -> None:
    """Counts, noise, what came since, twins, a panel that is missing, every kind of refusal."""
    assert all(answers[words].counted for words in ("top30", "changes", "totals", "official"))
    assert answers["changes"].noise
    assert answers["totals"].since_last
    assert {type(answer.chart).__name__ for answer in answers.values()} == {
        *("Tiles", "Bands", "Bars", "Panels", "Camps", "Matrix")
    }
    refused = {type(refusal(opened(None), words)).__name__ for words in REFUSED}
    assert refused == {"NoSuchTask", "NoSuchAuthor", "NoSuchModel", "NothingStored", "NotCollected", "Unclear"}


def refusal(analyst: Analyst, words: str) -> Any:
    """Ask what cannot be answered; give what comes instead."""
    asked = request(words)
    if isinstance(asked, grammar.Unclear):
        return asked
    with pytest.raises(AnalyticsError) as refused:
        analyst.answer(asked)
    return refused.value


def test_totals_are_those_of_the_census(answers: dict[str, Answer]) -> None:
    """The stored cube answers, so that what came since is a number."""
    assert answers["totals"].request == Totals()
    assert "+1" in answers["totals"].since_last
