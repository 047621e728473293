"""What each tool answers and refuses, without a wire between."""

import base64
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp_types import CallToolResult

from analytics.analyst import Analyst
from analytics.assistants.answer_schema import answer_schema, ask_schema, claim_schema
from analytics.assistants.tool_calls import ToolCalls
from analytics.assistants.tool_list import CHECK, QUESTIONS
from analytics.attribution import METHOD
from analytics.domain.reading_kinds import CENSUS
from analytics.grammar import EXAMPLES
from analytics.sample.embedded import CENSUS as EMBEDDED_CENSUS
from analytics.sample.embedded import read_embedded
from analytics.storage.readings import Reading
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.loopback.mcp_door import text_of

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
FORM = Draft202012Validator(answer_schema())

ASKED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("ask", {"question": "PyTorch or TensorFlow, who has more pre-trained models?"}, "totals attributed"),
    ("top", {}, "top30 attributed"),
    ("top", {"n": 5.0}, "top5 attributed"),
    (
        "top",
        {"n": 10, "by": "likes", "definition": "declared"},
        "top10 by likes declared",
    ),
    ("totals", {"since": "2022"}, "totals declared since 2022"),
    ("totals", {"aspect": "by downloads"}, "totals by downloads attributed"),
    ("totals", {"task": "text-generation", "definition": "declared"}, "totals declared task text-generation"),
    ("model", {"id": "openai-community/gpt2", "framework": "tf"}, "model openai-community/gpt2 in tensorflow"),
    ("compare", {"first": "google-bert/bert-base-uncased", "second": "openai-community/gpt2"}, "compare google-bert"),
    ("papers", {"quarter": "2021Q4", "official": True, "per": "paper"}, "papers 2021Q4 official per paper"),
    ("official", {"camp": "pytorch"}, "official pytorch"),
    ("changes", {}, "changes"),
)


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    """Serve a Hub with one public model and one that only a token shows."""
    shown = model("openai-community/gpt2", tags=["pytorch", "tf"], downloads=9)
    with LoopbackHub([shown, model("acme/secret", tags=["pytorch"], private=True)]) as served:
        yield served


@pytest.mark.parametrize(("tool", "arguments", "question"), ASKED)
def test_a_tool_asks_its_question(calls: ToolCalls, tool: str, arguments: dict[str, Any], question: str) -> None:
    """Its arguments are the words of the grammar; the answer fits the published form."""
    result = calls.call(tool, arguments, {})
    answer = result.structured_content

    assert not result.is_error, text_of(result)
    assert answer["question"].startswith(question)
    assert list(FORM.iter_errors(answer)) == []


@pytest.mark.parametrize("words", [words for words, _ in EXAMPLES])
def test_every_question_fits_the_published_form(calls: ToolCalls, words: str) -> None:
    """Whatever can be asked and is answered here has the schema's keys, every one and no other; else it is refused."""
    result = calls.call("ask", {"question": words}, {})

    if result.is_error:
        assert "stored" in text_of(result) or "census" in text_of(result) or "Hub" in text_of(result)
        return
    assert sorted(result.structured_content) == sorted(answer_schema()["properties"])
    assert list(Draft202012Validator(ask_schema()).iter_errors(result.structured_content)) == []


@pytest.mark.parametrize("schema", [answer_schema, ask_schema, claim_schema])
def test_a_schema_is_one(schema: Any) -> None:
    """The files are JSON Schema of 2020-12, and each says its version."""
    Draft202012Validator.check_schema(schema())
    assert answer_schema()["$id"].endswith(":answer:1")


def test_the_form_refuses_what_is_no_answer(calls: ToolCalls) -> None:
    """This test can fail: a count that is missing, a key that is gone, a number that is a word."""
    answer = calls.call("top", {"n": 3}, {}).structured_content
    without = {key: value for key, value in answer.items() if key != "as_of"}

    assert all(
        list(FORM.iter_errors(wrong))
        for wrong in (without, answer | {"counts": {}}, answer | {"frameworks": {"a": "b"}})
    )


def test_the_text_says_definition_date_n_and_receipt(calls: ToolCalls) -> None:
    """Who reads the words alone can still quote the number rightly."""
    said = text_of(calls.call("top", {"n": 30}, {}))

    assert said.startswith("SAMPLE, not live: PyTorch is in 28 of the top 30 models")
    assert "Date: 22 Aug 2026. Definition: attributed: by files, library and tags, rule 2026-" in said
    assert "n: 30 models." in said
    assert "Receipt: frameworks top30 attributed" in said
    assert len(text_of(calls.call("top", {"n": 100}, {}))) <= 4_000


REFUSED = (
    ("ask", {"question": "tpo30"}, "I know no question “tpo30”.\nTry: top30"),
    ("ask", {"question": "who wins the cup?"}, "That is outside of it"),
    ("ask", {"question": "help digset"}, "Understood as “help digest”. That is kept in Slack: say it there."),
    ("ask", {"question": "help channel"}, "this door only reads.\nTry: help"),
    ("ask", {"question": "digest on mon and tue at 9"}, "\nTry: "),
    ("ask", {"question": "digset on"}, "I know no question “digset”.\nTry: digest on"),
    ("ask", {"question": "previews onn"}, "\nTry: previews on"),
    ("ask", {"question": "alrt off"}, "\nTry: help"),
    ("ask", {"question": "  \n "}, "The question holds no word.\nTry: top30  or  help"),
    ("ask", {}, "needs “question”"),
    ("ask", {"question": 5}, "“question” of “ask” takes text of 1 to 2,000 characters: the question"),
    ("top", {"n": 0}, "a whole number from 1 to 1,000"),
    ("top", {"by": "beauty"}, "one of downloads, likes, trending, alltime"),
    ("top", {"author": "google declared"}, "text of 1 to 100 characters, without spaces"),
    ("top", {"colour": "red"}, "takes “n”, “by”"),
    ("top", {"as_of": "yesterday"}, "takes a day"),
    ("top", {"as_of": "2020-01-01"}, "No list of 1 Jan 2020 or earlier is stored"),
    ("ask", {"question": "top30 on 2020-01-01"}, "No list of 1 Jan 2020 or earlier is stored"),
    ("ask", {"question": "what did the top 30 look like on 1 January 2020?"}, "No list of 1 Jan 2020 or earlier"),
    ("ask", {"question": "top30 on 2020-01-01", "as_of": "2026-01-01"}, "Two days are named"),
    ("top", {"framework": "tf", "definition": "declared"}, "goes by evidence"),
    ("totals", {"task": "text-generaton"}, "Try: totals task text-generation"),
    ("erase", {}, "no tool of this name"),
    ("ask", {"question": "digest on mon 09:00"}, "Nothing was changed"),
    ("ask", {"question": "unsubscribe"}, "Nothing was changed"),
    ("ask", {"question": "previews on"}, "Link previews stand in Slack: say it there. Nothing was changed"),
    (
        "ask",
        {"question": "alert when TensorFlow leaves the top 10"},
        "Understood as “alert when TensorFlow leaves the top 10”. Alerts are",
    ),
    ("ask", {"question": "alerts"}, "Understood as “alerts”. Alerts are set in Slack: say it there."),
)


@pytest.mark.parametrize(("tool", "arguments", "said"), REFUSED)
def test_a_refusal_says_what_would_work(calls: ToolCalls, tool: str, arguments: dict[str, Any], said: str) -> None:
    """As in the terminal: what was wrong, and words to try; marked as an error, and never a traceback."""
    result = calls.call(tool, arguments, {})

    assert (result.is_error, result.structured_content) == (True, None)
    assert said in text_of(result)
    assert "Traceback" not in text_of(result)


def test_a_name_that_does_not_exist_brings_the_nearest(hub: LoopbackHub, tmp_path: Path) -> None:
    """A model that the Hub does not know is refused with those it does; a private one like one that is missing."""
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: NOW)
    unknown = ToolCalls(analyst).call("model", {"id": "openai-community/gpt22"}, {})
    secret = ToolCalls(analyst).call("model", {"id": "acme/secret"}, {})
    analyst.close()

    assert "No model “openai-community/gpt22” was found" in text_of(unknown)
    assert "Try: model openai-community/gpt2" in text_of(unknown)
    assert (secret.is_error, "was found" in text_of(secret)) == (True, True)


def test_what_only_the_token_shows_is_told_to_no_assistant(hub: LoopbackHub, tmp_path: Path) -> None:
    """An analyst that may tell of private models still tells none here: the answer goes on to others."""
    hub.token = "hf_read"
    analyst = Analyst(tmp_path, hub.endpoint, "hf_read", clock=lambda: NOW, shows_private=True)
    result = ToolCalls(analyst).call("model", {"id": "acme/secret"}, {})
    analyst.close()

    assert (result.is_error, "pytorch" in text_of(result).lower()) == (True, False)


class FaultyAnalyst(Analyst):
    """An analyst that has a fault."""

    def answer(self, *_: Any, **__: Any) -> Any:
        """Fail in a way that nobody thought of."""
        raise KeyError("secret of ours")


def test_a_fault_of_ours_is_a_reference(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The assistant gets a reference to quote, the log the fault."""
    analyst = FaultyAnalyst(tmp_path, "http://127.0.0.1:9", clock=lambda: NOW)
    result = ToolCalls(analyst).call("top", {}, {})
    analyst.close()
    reference = text_of(result).split()[-1].strip(".")

    assert "secret of ours" not in text_of(result)
    assert f"reference {reference}" in caplog.text


def test_the_picture_is_given_to_who_asks(calls: ToolCalls) -> None:
    """A PNG of bounded size beside the text; not by default, as it costs a model more than all words."""
    plain, drawn = (calls.call("top", {"n": 5, "picture": wanted}, {}) for wanted in (False, True))
    picture = drawn.content[1]

    assert [part.type for part in plain.content] == ["text"]
    assert picture.type == "image"
    assert picture.mime_type == "image/png"
    assert base64.b64decode(picture.data).startswith(b"\x89PNG")
    assert len(picture.data) < 200_000


def test_an_answer_without_a_picture_says_so(calls: ToolCalls) -> None:
    """A fact that is explained has none."""
    assert "has no picture" in text_of(calls.call("ask", {"question": "why method", "picture": True}, {}))


@pytest.mark.parametrize(("words", "said"), [("help", "top30: "), ("status", "Census"), ("thanks", "You are welcome.")])
def test_what_is_no_question_is_answered_in_sentences(calls: ToolCalls, words: str, said: str) -> None:
    """Help, the state of the sources and a thank-you are told, in the form that `ask` promises."""
    result = calls.call("ask", {"question": words}, {})

    assert said in text_of(result)
    assert list(Draft202012Validator(ask_schema()).iter_errors(result.structured_content)) == []


def check(calls: ToolCalls, claim: str) -> CallToolResult:
    """Check a claim; the result fits its form."""
    result = calls.call(CHECK, {"claim": claim}, {})
    assert list(Draft202012Validator(claim_schema()).iter_errors(result.structured_content)) == []
    return result


def test_a_claim_about_the_whole_hub_is_not_judged_from_a_sample(calls: ToolCalls) -> None:
    """What the sample holds is told, as its own; that it was so in 2022 is no verdict on today."""
    checked = check(calls, "85 % of models are PyTorch-only").structured_content
    today = [one for one in checked["findings"] if one["sample"]]

    assert checked["verdict"] == "cannot tell"
    assert [one["verdict"] for one in today] == ["cannot tell"] * 3
    assert [one["value"] for one in today] == [None] * 3
    assert all("proves no share of all of the Hub. In it 3,669 of" in one["said"] for one in today[1:])


def test_a_claim_is_true_in_one_year_and_false_in_another(tmp_path: Path) -> None:
    """“85 % of models are PyTorch-only”: by the article yes, by every later reading no, each with n and receipt."""
    analyst = Analyst(tmp_path, "http://127.0.0.1:9", seconds=0.2, clock=lambda: NOW)
    kept = read_embedded(EMBEDDED_CENSUS)
    analyst.context.readings.add(Reading(CENSUS, "", NOW, METHOD, kept.body, kept.origins))
    calls = ToolCalls(analyst)
    checked = check(calls, "85 % of models are PyTorch-only").structured_content
    found = [(one["verdict"], one["definition"], one["n"], one["value"]) for one in checked["findings"]]

    assert checked["verdict"] == "mixed"
    assert found == [
        ("true", "declared", None, 85.0),
        ("false", "attributed", 8_130, 89.14),
        ("false", "declared", 9_715, 37.77),
        ("false", "declared", 4_359, 84.17),
    ]
    assert all(one["receipt"].startswith("frameworks totals") for one in checked["findings"])
    assert "True in March 2022 by the tags" in checked["headline"]


@pytest.mark.parametrize("claim", ["PyTorch is faster", "12 % of models in 1999 were in TensorFlow", "models"])
def test_a_claim_that_cannot_be_checked_is_said_to_be_so(calls: ToolCalls, claim: str) -> None:
    """No verdict, the reason, and claims that can be checked."""
    result = check(calls, claim)

    assert result.structured_content["verdict"] == "cannot check"
    assert text_of(result).startswith("This claim cannot be checked.")
    assert result.structured_content["tries"]


def test_a_receipt_can_be_asked_again(hub: LoopbackHub, tmp_path: Path) -> None:
    """The moment behind --as-of goes into `as_of`, and gives the same numbers."""
    analyst = Analyst(tmp_path, hub.endpoint, clock=lambda: NOW)
    calls = ToolCalls(analyst)
    first = calls.call("top", {"n": 2}, {}).structured_content
    again = calls.call("top", {"n": 2, "as_of": first["reproduce"].split()[-1]}, {}).structured_content
    analyst.close()

    assert not first["sample"]
    assert (again["counts"], again["reproduce"]) == (first["counts"], first["reproduce"])


def test_every_tool_describes_itself() -> None:
    """Name, title, description and arguments, each said once."""
    for tool in QUESTIONS:
        Draft202012Validator.check_schema(tool.input_schema)
        assert all("description" in one for one in tool.input_schema["properties"].values())
        assert set(tool.required) <= set(tool.properties)
