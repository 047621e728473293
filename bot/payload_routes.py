"""What Slack can send us and who takes it, and what happens where whoever takes it fails."""

import logging
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient

from bot import messages, troubles
from bot.alerting import alert_form
from bot.commands import Commands
from bot.digest import modal
from bot.fair_shares import FairShares, Full, Stopped
from bot.message_shortcut import LOOK_UP
from bot.moved_channels import CHANGED
from bot.payload_shapes import Misshapen
from bot.place import Place
from bot.steps.step_manifest import OFFER, POST
from bot.telling import Telling

log = logging.getLogger(__name__)

HELD = "function_held"
"""A function of a menu: it is acknowledged when the menu is filled, not before."""

UNDO_BUTTONS = f"{messages.UNDO}|{messages.ALERT_UNDO}|{messages.PREVIEWS}"


Route = tuple[str, Any, Callable[[Commands], Callable[..., None]]]
ROUTES: tuple[Route, ...] = (
    ("command", messages.COMMAND, lambda commands: commands.slash),
    ("event", "app_mention", lambda commands: commands.mention),
    ("event", "app_home_opened", lambda commands: commands.home_opened),
    ("event", "member_joined_channel", lambda commands: commands.greet_inviter),
    ("event", CHANGED, lambda commands: commands.channel_moved),
    ("event", "message", lambda commands: commands.direct_message),
    ("action", re.compile(f"^{messages.ASK}:"), lambda commands: commands.clicks.ask_button),
    ("action", re.compile(f"^{messages.SHARE}:"), lambda commands: commands.clicks.share_button),
    ("action", re.compile(f"^{messages.HOW}:"), lambda commands: commands.clicks.how_button),
    ("action", re.compile(f"^{messages.CSV}:"), lambda commands: commands.clicks.csv_button),
    ("action", re.compile(f"^(?:{UNDO_BUTTONS}):"), lambda commands: commands.clicks.undo_button),
    ("action", re.compile(f"^{messages.DIGEST_BUTTONS}"), lambda commands: commands.clicks.digest_button),
    ("action", re.compile(f"^{messages.ALERT_BUTTONS}"), lambda commands: commands.clicks.alert_button),
    ("view", alert_form.CALLBACK, lambda commands: commands.clicks.alert_form),
    ("action", re.compile(f"^{messages.HOME_BUTTONS}"), lambda commands: commands.clicks.home_button),
    ("function", POST, lambda commands: commands.step.post_answer),
    (HELD, OFFER, lambda commands: commands.step.offer_questions),
    ("function", re.compile(""), lambda commands: commands.step.refuse_unknown),
    ("event", "link_shared", lambda commands: commands.previews.link_shared),
    ("event", "entity_details_requested", lambda commands: commands.previews.details_requested),
    ("shortcut", LOOK_UP, lambda commands: commands.shortcut.look_up),
    ("shortcut", re.compile(""), lambda commands: commands.shortcut.refuse_unknown),
    ("view", modal.CALLBACK, lambda commands: commands.clicks.digest_form),
    ("view", re.compile(""), lambda commands: commands.clicks.unknown_form),
    ("action", re.compile(""), lambda commands: commands.clicks.dead_button),
)


def listen_to(shares: FairShares, app: App, commands: Commands) -> None:
    """Register what Slack can send with one workspace's app."""
    for kind, what, handler in ROUTES:
        listen = partial(app.function, auto_acknowledge=False) if kind == HELD else getattr(app, kind)
        listen(what)(handler(commands))
    app.error(own_up_through(shares))


def own_up_through(shares: FairShares) -> Callable[..., BoltResponse]:
    """
    Make what is called when a handler failed; the work behind a handler has its own net.

    Slack gets its acknowledgement all the same: an error behind `ack()` takes that back, and the person would see
    nothing but operation_timeout. Who asked something is told, by whatever way there is to them.
    """

    def own_up(
        error: Exception, body: dict[str, Any], context: BoltContext, respond: Any, client: WebClient
    ) -> BoltResponse:
        channel, user = context.channel_id or "", context.user_id or ""
        place = Place(channel, user, respond if body.get("response_url") else None, direct=channel.startswith("D"))
        said = _word_failure(error, place)
        if _is_asked(body) and (place.respond or user):
            with suppress(Full, Stopped):
                shares.aside("", lambda: _own_up_to(Telling(client), place, said))
        return BoltResponse(status=200)

    return own_up


def _is_asked(body: dict[str, Any]) -> bool:
    """Tell whether somebody asked for something: what merely happens, a link or a Home tab, is no such thing."""
    event = body.get("event")
    if not isinstance(event, dict):
        return True
    return not event.get("bot_id") and (event.get("type") == "app_mention" or event.get("channel_type") == "im")


def _word_failure(error: Exception, place: Place) -> messages.Message:
    """Log a failure, one of ours with its traceback; give what its person is told."""
    if isinstance(error, Misshapen):
        log.warning("what Slack sent cannot be read (%s), for %s", error, place)
        return troubles.explain_unread()
    reference = secrets.token_hex(4)
    log.error("reference %s: a handler failed", reference, exc_info=error)
    return troubles.own_up(reference)


def _own_up_to(telling: Telling, place: Place, said: messages.Message) -> None:
    telling.tell(place, said)
