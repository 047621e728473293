"""What the asker sees once a delivery's fate is known: the payload of an acknowledgement, or Slackbot's regret."""

from playground.calls import MethodError
from playground.deliveries import ACKED, WAITING, Dispatch
from playground.methods.message_checks import judge_blocks
from playground.response_urls import ResponseUrl
from playground.seed import SLACKBOT
from playground.site import Site
from playground.state import Channel, Json, PostedMessage
from playground.world import World


def show_outcome(site: Site, delivery: Dispatch) -> None:
    """Show what a command or click came to; events show nothing."""
    if delivery.payload.get("type") == "view_submission":
        site.modals.settle(delivery)
    url = delivery.response_url
    if url is None:
        return
    if delivery.outcome == ACKED and delivery.ack_payload:
        _show(site, delivery, url, delivery.ack_payload)
    if delivery.kind == "slash_commands" and delivery.outcome not in (ACKED, WAITING):
        _regret(site, url, f"{delivery.payload['command']} failed with the error “{delivery.outcome}”")


def _show(site: Site, delivery: Dispatch, url: ResponseUrl, said: Json) -> None:
    """Post the payload of an acknowledgement."""
    if not isinstance(said.get("text"), str | None):
        delivery.outcome = "invalid_command_response"
        return
    try:
        blocks = judge_blocks(site, said.get("blocks"), url.workspace.id)
    except MethodError:
        delivery.outcome = "invalid_command_response"
        return
    if delivery.kind == "slash_commands" and (said.get("text") or blocks):
        site.response_urls.post(url, {**said, "blocks": blocks})


def _regret(site: Site, url: ResponseUrl, text: str) -> None:
    slackbot_says(site.world, url.channel, url.user.id, text)


def slackbot_says(world: World, channel: Channel, user_id: str, text: str) -> None:
    """Let Slackbot tell one user something."""
    world.add(PostedMessage(world.next_ts(channel), channel, SLACKBOT, text, visible_to=user_id, bot_id="B01"))
