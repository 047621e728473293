"""Functions as Slack runs them: what is sent, how a run may end, what a menu may hold."""

import json
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground import seed
from playground.people import NotThere
from playground.server import Playground
from tests.playground.refused_calls import refusal

ROOT = Path(__file__).parents[2]
OUTPUTS = {"headline": "a", "shares": "b", "link": "c"}


@pytest.fixture
def playground() -> Any:
    """Start a playground whose app has the step."""
    with Playground(events=seed.EVENTS | {"function_executed"}, processing_seconds=0) as running:
        yield running


def begun(playground: Playground) -> tuple[str, WebClient]:
    """Begin a run; give its name and a client with its token."""
    event = playground.run_step(question="top30", channel=playground.channel("general").id).payload["event"]
    client = WebClient(event["bot_access_token"], base_url=playground.api_url, retry_handlers=[])
    return event["function_execution_id"], client


def test_the_functions_are_those_of_the_second_manifest(playground: Playground) -> None:
    """Inputs and outputs, their types and which have to be there; the menu asks the one for the other."""
    manifest = json.loads((ROOT / "manifest.workflow.json").read_text(encoding="utf-8"))

    def told(parameters: dict[str, Any]) -> dict[str, tuple[str, bool]]:
        return {name: (one["type"], one["is_required"]) for name, one in parameters.items()}

    functions = manifest["functions"]
    assert functions.keys() == playground.world.functions.keys()
    for name, known in playground.world.functions.items():
        assert told(functions[name]["input_parameters"]) == dict(known.inputs)
        assert told(functions[name]["output_parameters"]) == dict(known.outputs)
        assert functions[name]["title"] == known.title
    menu = functions["post_answer"]["input_parameters"]["question"]["dynamic_options"]
    assert menu == {"function": "#/functions/offer_questions", "inputs": {"query": {"value": "{{client.query}}"}}}


def test_a_run_is_sent_with_a_token_of_its_own(playground: Playground) -> None:
    """It may do what the bot may, until the run ends."""
    name, client = begun(playground)

    assert client.token is not None
    assert client.token.startswith("xwfp-")
    assert client.chat_postMessage(channel=playground.channel("general").id, text="x")["ok"]
    assert client.functions_completeSuccess(function_execution_id=name, outputs=OUTPUTS)["ok"]
    assert refusal(client.chat_postMessage, channel=playground.channel("general").id, text="x") == "token_revoked"


def test_a_run_ends_once(playground: Playground) -> None:
    """Well or not; one that is not there does not end."""
    name, run_client = begun(playground)
    client = WebClient(playground.bot_token, base_url=playground.api_url, retry_handlers=[])
    run_client.functions_completeError(function_execution_id=name, error="no")

    assert playground.runs()[0].error == "no"
    end = client.functions_completeSuccess
    assert refusal(end, function_execution_id=name, outputs=OUTPUTS) == "execution_not_in_running_state"
    assert refusal(end, function_execution_id="Fx0", outputs=OUTPUTS) == "function_execution_not_found"


SPOILT: tuple[dict[str, Any], ...] = (
    {},
    {"headline": "a"},
    OUTPUTS | {"shares": 7},
    OUTPUTS | {"another": "d"},
)


@pytest.mark.parametrize("outputs", SPOILT, ids=str)
def test_outputs_are_those_that_are_described(playground: Playground, outputs: dict[str, Any]) -> None:
    """All that have to be there, of their types, and no other."""
    name, client = begun(playground)

    refused = refusal(client.functions_completeSuccess, function_execution_id=name, outputs=outputs)
    assert refused == "parameter_validation_failed"


def test_inputs_are_those_that_are_described(playground: Playground) -> None:
    """A form without them is not saved."""
    for inputs in ({"question": "top30"}, {"question": "a", "channel": "b", "only_if_changed": "yes"}):
        with pytest.raises(NotThere):
            playground.run_step(**inputs)  # type: ignore[arg-type]


@pytest.mark.parametrize(("in_time", "shown"), [(True, ["top30"]), (False, [])])
def test_a_menu_is_filled_before_the_acknowledgement(
    playground: Playground,
    client: WebClient,
    connect: Any,
    in_time: bool,  # noqa: FBT001 - a parameter of the test
    shown: list[str],
) -> None:
    """What comes after it is not shown."""
    app = App(client=client)
    options = [{"text": {"type": "plain_text", "text": "top30"}, "value": "top30"}]

    @app.function("offer_questions", auto_acknowledge=False)
    def offer(ack: Any, complete: Any) -> None:
        if not in_time:
            ack()
            playground.wait_for(lambda: playground.deliveries("events_api")[-1].acked)
        complete({"options": options})
        ack()

    connect(app)
    sent = playground.offer_questions("top")
    playground.wait_for(lambda: playground.run_of(sent).state == "completed" and sent.acked)

    assert [one["value"] for one in playground.options_of(sent)] == shown


@pytest.mark.parametrize("option", [{"value": "a"}, {"text": {"type": "plain_text", "text": "a" * 76}, "value": "a"}])
def test_a_menu_holds_options_of_slacks_shape(playground: Playground, client: WebClient, option: Any) -> None:
    """A text in plain words of 75 characters, a value of 150, a hundred of them."""
    sent = playground.offer_questions("top")
    name = sent.payload["event"]["function_execution_id"]

    refused = refusal(client.functions_completeSuccess, function_execution_id=name, outputs={"options": [option]})
    assert refused == "parameter_validation_failed"
