"""`frameworks WORDS` gives the same answer as Slack, in a form that other programs can rely on."""

import csv
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from analytics.invocation import command
from tests.analytics.at_the_terminal import Typed, settings, type_words
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.programs import ended

OUT_OF_REACH = "http://127.0.0.1:9"
KEYS = [
    *("question", "headline", "detail", "caveats", "as_of", "definition", "method", "sample", "stale", "counts"),
    *("frameworks", "brackets", "table", "series", "origins", "reproduce", "commands", "reach"),
    "chart",
]
TYPED = command("")
"""How the program is typed from where the tests run it."""

TAGS = [["pytorch"], ["pytorch", "tf"], ["safetensors"], ["tf"], []]


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve two hundred models whose tags repeat in fives."""
    models = [model(f"org/m{i:03}", downloads=10_000 - i, tags=TAGS[i % 5], library_name="timm") for i in range(200)]
    with LoopbackHub(models) as served:
        yield served


SOON = 0.5
"""Seconds that the Hub has to answer, where it is known not to."""


def frameworks(words: str, endpoint: str, home: Path, *more: str) -> Typed:
    """Run the program in an environment that has nothing but these settings."""
    return type_words(settings(endpoint, home), [*words.split(), *more])


def in_a_process(words: str, endpoint: str, home: Path, *more: str) -> CompletedProcess[str]:
    """Run it in a process of its own: for what only a process can tell."""
    return ended("analytics", *words.split(), *more, folder=Path.cwd(), environment=settings(endpoint, home))


def test_files_are_for_who_asked_alone(hub: LoopbackHub, tmp_path: Path) -> None:
    """The picture, the table, and all that is kept: nobody else on the machine reads what a token can."""
    where = ("--chart", str(tmp_path / "a.png"), "--csv", str(tmp_path / "a.csv"))
    assert in_a_process("top30", hub.endpoint, tmp_path, *where).returncode == 0

    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"a.png", "a.csv", "frameworks.sqlite3"} <= {path.name for path in written}
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []


def test_json_is_the_contract(hub: LoopbackHub, tmp_path: Path) -> None:
    """The keys are those that other programs build on, the counts those of the tags."""
    answer = json.loads(frameworks("top30 declared --json", hub.endpoint, tmp_path).stdout)

    assert list(answer) == KEYS
    assert answer["question"] == "top30 declared"
    assert answer["counts"] == {"pytorch_only": 6, "tensorflow_only": 6, "both": 6, "neither": 12}
    assert answer["frameworks"] == {"PyTorch": 12, "TensorFlow": 12}
    assert len(answer["table"]["rows"]) == 30
    assert (answer["sample"], answer["stale"]) == (False, False)


def test_the_definitions_are_never_mixed(hub: LoopbackHub, tmp_path: Path) -> None:
    """Attributed goes by safetensors and library too, declared by the two tags alone."""
    answer = json.loads(frameworks("top30 --json", hub.endpoint, tmp_path).stdout)

    assert answer["definition"] == "attributed"
    assert answer["counts"] == {"pytorch_only": 18, "tensorflow_only": 6, "both": 6, "neither": 0}


def test_reproduce_gives_the_same_answer_later(hub: LoopbackHub, tmp_path: Path) -> None:
    """The command an answer names repeats it from the store, whatever the Hub says by then."""
    first = json.loads(frameworks("top30 --json", hub.endpoint, tmp_path).stdout)
    hub.models.clear()

    again = frameworks(first["reproduce"].removeprefix("frameworks "), OUT_OF_REACH, tmp_path, "--json")

    assert json.loads(again.stdout) == first


def test_a_second_question_does_not_call_the_hub_again(hub: LoopbackHub, tmp_path: Path) -> None:
    """The list of a minute ago answers, also in another process."""
    frameworks("top30", hub.endpoint, tmp_path)
    answer = json.loads(in_a_process("top10 declared --json", hub.endpoint, tmp_path).stdout)

    assert sum(answer["counts"].values()) == 10
    assert len(hub.requests) == 1


def test_with_the_hub_down_a_stored_list_is_marked_stale(hub: LoopbackHub, tmp_path: Path) -> None:
    """The newest list answers, and the answer says that it is not new and why."""
    frameworks("top30", hub.endpoint, tmp_path)

    answer = json.loads(frameworks("top150 --json", OUT_OF_REACH, tmp_path).stdout)

    assert answer["stale"] is True
    assert answer["caveats"][0] == "The Hub could not be asked just now: no connection could be made."
    assert sum(answer["counts"].values()) == 100


@pytest.mark.parametrize(
    "fault",
    [faults.stalls(), faults.drips(0.1), faults.WEB_PAGE, faults.CUT_JSON, faults.BAD_GATEWAY, faults.rate_limited(60)],
    ids=["stalls", "drips", "web page", "truncated", "502", "429"],
)
def test_on_a_bad_day_of_the_hub_the_sample_answers(hub: LoopbackHub, tmp_path: Path, fault: faults.Fault) -> None:
    """With nothing stored the embedded sample answers, marked as such."""
    hub.faults.put(fault, times=math.inf)

    answer = json.loads(type_words(settings(hub.endpoint, tmp_path), ["top30", "--json"], patience=SOON).stdout)

    assert answer["sample"] is True
    assert answer["as_of"] == "2026-08-22T01:15:00Z"


def test_a_listing_shorter_than_asked_is_answered_and_said(hub: LoopbackHub, tmp_path: Path) -> None:
    """Twelve models of thirty are counted as twelve."""
    hub.models = hub.models[:12]

    answer = json.loads(frameworks("top30 --json", hub.endpoint, tmp_path).stdout)

    assert sum(answer["counts"].values()) == 12
    assert "30 were asked for, 12 could be counted: that is all there are." in answer["caveats"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("top0", 2, "from 1 to 1,000"),
        ("top30 by magic", 2, f"Try: {TYPED} top30"),
        ("top30 task cooking", 2, "no task of the Hub"),
        ("top30 author orgg", 3, "no models for the author “orgg”"),
    ],
)
def test_the_exit_status_says_what_went_wrong(
    hub: LoopbackHub, tmp_path: Path, words: str, status: int, said: str
) -> None:
    """2 is words not understood, 3 a name that does not exist; what to do next stands on standard error."""
    done = frameworks(words, hub.endpoint, tmp_path)

    assert (done.returncode, done.stdout) == (status, "")
    assert said in " ".join(done.stderr.split())


def test_nothing_to_answer_with_is_status_4(tmp_path: Path) -> None:
    """No Hub, nothing stored, and the sample says nothing of trending."""
    done = frameworks("top30 by trending", OUT_OF_REACH, tmp_path)

    assert done.returncode == 4
    assert "Nothing is stored" in done.stderr


def test_chart_and_csv_are_written(hub: LoopbackHub, tmp_path: Path) -> None:
    """The picture is a PNG, the CSV holds every row and column of the table."""
    chart, table = tmp_path / "top.png", tmp_path / "top.csv"

    frameworks("top30", hub.endpoint, tmp_path, "--chart", str(chart), "--csv", str(table))

    assert chart.read_bytes().startswith(b"\x89PNG")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert (len(rows), rows[0]["model"], rows[0]["downloads_30d"]) == (30, "org/m000", "10000")


def test_a_file_that_cannot_be_written_is_said(hub: LoopbackHub, tmp_path: Path) -> None:
    """The answer is printed all the same; the reason and a way out follow."""
    done = frameworks("top30", hub.endpoint, tmp_path, "--chart", str(tmp_path / "none" / "top.png"))

    assert done.returncode == 1
    assert "PyTorch is in" in done.stdout
    assert "No such file or directory" in done.stderr


def test_the_table_is_readable_in_a_narrow_window(hub: LoopbackHub, tmp_path: Path) -> None:
    """Rank, name, split and measure stand in one line each at ninety columns."""
    done = frameworks("top30", hub.endpoint, tmp_path)

    assert any(line.split() == ["1", "org/m000", "PyTorch", "only", "10,000"] for line in done.stdout.splitlines())


def test_help_lists_questions_that_work(tmp_path: Path) -> None:
    """Without words the examples are shown."""
    done = frameworks("", OUT_OF_REACH, tmp_path)

    assert done.returncode == 0
    assert "  top30 task text-generation" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_who_types_nothing_sees_what_is_stored(hub: LoopbackHub, tmp_path: Path) -> None:
    """How fresh it is stands below the questions; `help` is about questions alone."""
    frameworks("top30", hub.endpoint, tmp_path)

    bare, helped = (frameworks(words, hub.endpoint, tmp_path).stdout for words in ("", "help"))

    assert "What is stored:" in bare
    assert "Papers, the archive: none stored yet" in bare
    assert "What is stored" not in helped


def test_an_answer_without_a_chart_says_so_and_is_printed(hub: LoopbackHub, tmp_path: Path) -> None:
    """Nothing is written, nothing has gone wrong."""
    done = frameworks("why safetensors", hub.endpoint, tmp_path, "--chart", str(tmp_path / "a.png"))

    assert done.returncode == 0
    assert "This answer has no chart, so none was written." in done.stderr
    assert not (tmp_path / "a.png").exists()


def test_the_chart_is_shown_on_demand(hub: LoopbackHub, tmp_path: Path) -> None:
    """`--open` hands the written picture to who shows it, and says what came of it."""
    done = frameworks("top30", hub.endpoint, tmp_path, "--open", "--chart", str(tmp_path / "top.png"))

    assert done.returncode == 0
    assert f"The chart is in {tmp_path / 'top.png'}; it is not shown" in done.stderr
    assert (tmp_path / "top.png").exists()


@pytest.mark.parametrize(("words", "status"), [("completion bash", 0), ("completion", 2), ("completion tcsh", 2)])
def test_completion_is_printed_for_the_shells_it_knows(words: str, status: int, tmp_path: Path) -> None:
    """Another is refused with the names of those."""
    done = frameworks(words, OUT_OF_REACH, tmp_path)

    assert done.returncode == status
    assert ("complete" in done.stdout) == (status == 0)
    assert ("bash, zsh, fish" in done.stderr) == (status != 0)


def test_help_names_what_can_be_said_beside_questions(tmp_path: Path) -> None:
    """Status and collecting are found without the README."""
    done = " ".join(frameworks("help", OUT_OF_REACH, tmp_path).stdout.split())

    assert " status how fresh every source is" in done
    assert " collect SOURCE read a source now" in done


def test_status_says_what_is_stored_and_how_to_fill_what_is_missing(hub: LoopbackHub, tmp_path: Path) -> None:
    """A line for each source, in the words of Slack's status, without asking anybody outside."""
    frameworks("top30", hub.endpoint, tmp_path)

    done = frameworks("status", OUT_OF_REACH, tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^Top list by downloads: of \d+ \w+ \d{4}, \d\d:\d\d UTC\.$", done.stdout, re.MULTILINE)
    assert "Census (count of the whole Hub): none stored yet; the bot collects it by itself.\n" in done.stdout
    assert done.stdout.endswith(f"To collect by hand: {TYPED} collect\n")


def test_status_tells_what_could_not_be_collected(tmp_path: Path) -> None:
    """A try that failed stands there with its day and reason, as a list for programs too."""
    frameworks("collect top", OUT_OF_REACH, tmp_path)

    sentences = json.loads(frameworks("Status --json", OUT_OF_REACH, tmp_path).stdout)

    assert [line for line in sentences if line.startswith("The last try to collect top, on ")]


@pytest.mark.parametrize(
    ("words", "came"),
    [
        ("status --csv x.csv", "--csv"),
        ("status --as-of 2026-08-22", "--as-of"),
        ("status --chart x", "--chart"),
    ],
)
def test_status_hands_back_what_it_does_not_take(tmp_path: Path, words: str, came: str) -> None:
    """Status 2, and it says what it takes."""
    done = frameworks(words, OUT_OF_REACH, tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"“status” takes --json or nothing; “{came}” came.\n"


def test_a_mistyped_status_is_understood(tmp_path: Path) -> None:
    """One slip in a word that changes nothing is mended."""
    done = frameworks("statsu", OUT_OF_REACH, tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Census (count of the whole Hub)" in done.stdout


def test_how_it_was_understood_is_said_where_other_words_were_typed(hub: LoopbackHub, tmp_path: Path) -> None:
    """The canonical words stand under the answer; of canonical words nothing is said."""
    sentence = frameworks("show me the top thirty please", hub.endpoint, tmp_path)
    canonical = frameworks("top30", hub.endpoint, tmp_path)

    assert "Understood as: top30." in sentence.stdout
    assert "Understood as" not in canonical.stdout


def test_understand_prints_json_and_asks_nobody(tmp_path: Path) -> None:
    """Words, kind and other readings, without a Hub and without a database."""
    done = frameworks("understand is whisper in tf?", OUT_OF_REACH, tmp_path)
    said = json.loads(done.stdout)

    assert (said["words"], said["kind"]) == ("model openai/whisper-large-v3 in tensorflow", "question")
    assert said["also"]
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_printed_as_csv(hub: LoopbackHub, tmp_path: Path) -> None:
    """`as csv` behind a question prints its table for a spreadsheet, and nothing else."""
    done = frameworks("top10 as csv", hub.endpoint, tmp_path)
    rows = list(csv.DictReader(done.stdout.splitlines()))

    assert (len(rows), rows[0]["model"]) == (10, "org/m000")


@pytest.mark.parametrize("words", ["top30", "model org/m001"])
def test_a_token_that_is_not_taken_is_named_once(words: str, tmp_path: Path) -> None:
    """On the error stream, with the answer to what is public; a token that is taken is not spoken of."""
    with LoopbackHub(
        [model(f"org/m{i:03}", tags=["pytorch"]) for i in range(40)], tokens=frozenset({"hf_good"})
    ) as hub:
        bad, good = (
            type_words({**settings(hub.endpoint, tmp_path / token), "HF_TOKEN": token}, words.split())
            for token in ("hf_bad", "hf_good")
        )

    assert (bad.returncode, good.returncode) == (0, 0)
    assert bad.stderr.count("The Hub does not take HF_TOKEN") == 1
    assert "HF_TOKEN" not in bad.stdout.partition("Again:")[0] + good.stderr


def test_what_is_out_of_scope_is_declined_in_one_line(tmp_path: Path) -> None:
    """It says what this is for."""
    done = frameworks("what is the weather in berlin", OUT_OF_REACH, tmp_path)

    assert done.returncode == 2
    assert "I count pre-trained models by framework" in done.stderr


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    """A setting that cannot be right stops the program with its name and what it should be."""
    done = in_a_process("top30", "huggingface.co", tmp_path)

    assert done.returncode == 1
    assert "HF_ENDPOINT: must be a web address" in done.stderr


def test_a_damaged_store_is_said_and_does_not_stop_the_answer(hub: LoopbackHub, tmp_path: Path) -> None:
    """The damaged file lies beside the fresh one, with what is known of it, and the answer says so."""
    (tmp_path / "frameworks.sqlite3").write_bytes(b"no database at all" * 100)

    answer = json.loads(frameworks("top30 --json", hub.endpoint, tmp_path).stdout)

    assert "damaged and set aside" in answer["caveats"][0]
    assert {path.suffix == ".json" for path in tmp_path.glob("frameworks.sqlite3.damaged-*")} == {False, True}


def test_a_folder_that_cannot_be_written_is_said_and_does_not_stop_the_answer(hub: LoopbackHub, tmp_path: Path) -> None:
    """The answer is live and says that it is not kept, and what to do about it."""
    (tmp_path / "file").write_text("in the way")

    answer = json.loads(frameworks("top30 --json", hub.endpoint, tmp_path / "file" / "home").stdout)

    assert "Nothing can be stored (Not a directory)" in answer["caveats"][0]
    assert (answer["sample"], answer["stale"]) == (False, False)


def test_reach_is_told_as_json_as_csv_and_as_a_picture(hub: LoopbackHub, tmp_path: Path) -> None:
    """A key of its own, a row a framework with its denominator and libraries, and the picture with it all in words."""
    where = ("--json", "--csv", str(tmp_path / "a.csv"), "--chart", str(tmp_path / "a.png"))
    told = json.loads(frameworks("top10 reach author org", hub.endpoint, tmp_path, *where).stdout)
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()))

    assert told["question"] == "top10 reach author org attributed"
    assert told["reach"]["TensorFlow"]["files"] == int(rows[1]["files"]) == told["frameworks"]["TensorFlow"]
    assert [row["of"] for row in rows] == ["10"] * 4
    assert "KerasHub 0.32.0 (2026-09-18)" in rows[1]["converts through"]
    assert b"Of 10 each, files: " in (tmp_path / "a.png").read_bytes()


@pytest.mark.parametrize("words", ["top30 reach declared", "top30 in tensorflow reach", "totals reach since 2022"])
def test_what_cannot_stand_beside_reach_is_refused(words: str, tmp_path: Path) -> None:
    """With questions that would work."""
    done = frameworks(words, OUT_OF_REACH, tmp_path)

    said = " ".join(done.stderr.split())
    assert done.returncode == 2
    assert "does not go with it" in said
    assert "reach" in said.partition("Try: ")[2]
