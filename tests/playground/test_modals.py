"""Modals as Slack has them: a trigger good once and for three seconds, fields that report, errors beside them."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.response import SocketModeResponse

from playground.server import Playground

VIEW: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Go"},
    "blocks": [
        {
            "type": "input",
            "block_id": "zone",
            "label": {"type": "plain_text", "text": "Zone"},
            "element": {"type": "plain_text_input", "action_id": "value", "initial_value": "UTC"},
        }
    ],
}
Connect = Callable[[], App]


def refusal(client: WebClient, **arguments: Any) -> str:
    """Give Slack's word for why it does not open a modal."""
    with pytest.raises(SlackApiError) as refused:
        client.views_open(**arguments)
    return str(refused.value.response["error"])


def test_a_trigger_opens_one_modal_within_three_seconds(playground: Playground, client: WebClient) -> None:
    """Used twice, too late or made up, it opens nothing."""
    first = playground.command("/frameworks digest on").payload["trigger_id"]
    second = playground.command("/frameworks digest on").payload["trigger_id"]
    client.views_open(trigger_id=first, view=VIEW)

    assert refusal(client, trigger_id=first, view=VIEW) == "exchanged_trigger_id"
    assert refusal(client, trigger_id="1.2.3", view=VIEW) == "invalid_trigger_id"
    playground.advance(3.1)
    assert refusal(client, trigger_id=second, view=VIEW) == "expired_trigger_id"


@pytest.mark.parametrize(
    "spoilt",
    [
        VIEW | {"title": {"type": "plain_text", "text": "x" * 25}},
        {key: value for key, value in VIEW.items() if key != "submit"},
        VIEW | {"private_metadata": "x" * 3001},
        VIEW | {"type": "home"},
    ],
)
def test_a_view_that_breaks_a_rule_is_refused(
    playground: Playground, client: WebClient, spoilt: dict[str, Any]
) -> None:
    """Too long a title, inputs without a submit button, too much metadata, no modal at all."""
    trigger = playground.command("/frameworks digest on").payload["trigger_id"]

    assert refusal(client, trigger_id=trigger, view=spoilt) in ("invalid_blocks", "invalid_arguments")
    playground.settled()
    assert playground.modal() is None


def test_fields_that_were_not_touched_report_what_they_began_with(playground: Playground, client: WebClient) -> None:
    """The payload has the state in Slack's shape."""
    trigger = playground.command("/frameworks digest on").payload["trigger_id"]
    client.views_open(trigger_id=trigger, view=VIEW)

    payload = playground.submit().payload

    assert payload["type"] == "view_submission"
    assert payload["view"]["state"]["values"] == {"zone": {"value": {"type": "plain_text_input", "value": "UTC"}}}


def test_a_submission_says_of_its_view_what_slack_says(playground: Playground, client: WebClient) -> None:
    """Whose it is and what it was opened with; what was left out is there, and empty."""
    view = {name: value for name, value in VIEW.items() if name != "callback_id"}
    client.views_open(trigger_id=playground.command("/frameworks digest on").payload["trigger_id"], view=view)

    told = playground.submit().payload["view"]

    assert {"hash", "root_view_id", "previous_view_id", "app_id"} <= set(told)
    assert (told["app_installed_team_id"], told["bot_id"]) == (playground.workspace.id, playground.workspace.bot_id)
    assert (told["callback_id"], told["private_metadata"], told["external_id"]) == ("", "", "")


@pytest.mark.parametrize(
    "errors", [{"zone": "no such zone"}, {"elsewhere": "x"}, {"zone": 5}, {"zone": ""}, {}], ids=str
)
def test_remarks_stand_beside_fields_of_the_form_or_nowhere(
    playground: Playground, app: App, client: WebClient, connect: Callable[[App], Any], errors: Any
) -> None:
    """A remark in words beside a field is shown; anything else is to the person as if nobody had answered."""
    app.view("form")(lambda ack: ack({"response_action": "errors", "errors": errors}))
    connect(app)
    client.views_open(trigger_id=playground.command("/frameworks digest on").payload["trigger_id"], view=VIEW)

    playground.submit().wait()

    shown = playground.site.modals.shown[playground.user("ann").id].errors
    right = errors == {"zone": "no such zone"}
    assert shown == (errors if right else {"": "We had some trouble connecting. Try again?"})


def test_a_view_is_changed_by_who_knows_its_newest_state(playground: Playground, client: WebClient) -> None:
    """By a hash that is out of date, or where no such view is shown, nothing changes."""
    trigger = playground.command("/frameworks digest on").payload["trigger_id"]
    first = client.views_open(trigger_id=trigger, view=VIEW)["view"]
    second = client.views_update(view_id=first["id"], hash=first["hash"], view=VIEW | {"callback_id": "second"})["view"]

    def refused(**arguments: Any) -> str:
        with pytest.raises(SlackApiError) as caught:
            client.views_update(view=VIEW, **arguments)
        return str(caught.value.response["error"])

    assert refused(view_id=first["id"], hash=first["hash"]) == "hash_conflict"
    assert refused(view_id="V0UNKNOWN") == "not_found"
    assert second["hash"] != first["hash"]
    assert (playground.modal() or {})["callback_id"] == "second"


@pytest.mark.parametrize("missing", ["user", "view"])
def test_a_submission_of_nobodys_modal_leaves_the_line_open(
    playground: Playground, client: WebClient, connect_mute: Callable[[], SocketModeHandler], missing: str
) -> None:
    """Without its person or its view it is acknowledged and closes no modal, and what comes next is heard."""
    listeners = connect_mute().client.socket_mode_request_listeners
    listeners.append(lambda line, said: line.send_socket_mode_response(SocketModeResponse(said.envelope_id)))
    client.views_open(trigger_id=playground.command("/frameworks digest on").payload["trigger_id"], view=VIEW)
    payload = playground.submit().wait().payload
    client.views_open(trigger_id=playground.command("/frameworks digest on").payload["trigger_id"], view=VIEW)
    playground.deliver({name: part for name, part in payload.items() if name != missing}, "interactive").wait(5)
    assert playground.command("/frameworks digest on").wait(5).acked
    assert playground.modal() is not None
