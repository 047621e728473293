"""
What stands under a link to a model: Slack tells of the link, and shows what it is answered.

Nobody asked for it, so nothing that goes wrong here is said in the channel, and the log has one line of it. Slack tells
of links in every channel of the workspace, also where the bot is no member; only where they are wanted is anybody asked
about the model.
"""

import datetime as dt
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from analytics import grammar
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.repository_ids import is_repository_id
from analytics.domain.requests import OneModel
from analytics.errors import NoSuchName, NothingStored
from bot.place import Place
from bot.previews import model_entity
from bot.previews.preview_store import PreviewStore
from bot.shared_marks import Marks
from bot.slack_errors import SLACK_FAILURES, describe, word_of

log = logging.getLogger(__name__)

TOO_MANY_LINKS = 3
"""From so many links on a message is a list, and previews would bury it."""

LONGEST_LINK = 2_000
"""Characters of an address that is answered; longer ones are no page of the Hub that anybody reads."""

NOT_AGAIN_SECONDS = 1_800
"""How long the same model is not shown again in a channel."""

WITHOUT_WORK_OBJECTS = re.compile(
    r"feature_not_enabled|missing_unfurls|\w*metadata\w*|\w*entit(?:y|ies)\w*|invalid_arg(?:uments|_name)"
)
"""Slack's words for a workspace or an app that has no Work Objects, or for one it cannot read."""

THIN_FOR = dt.timedelta(days=1)
"""How long after such a word no Work Object is tried."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One link as it was posted, its model and what is known of it."""

    posted: str
    name: str
    answer: Answer


class LinkPreviews:
    """Shows previews and their details through one client."""

    def __init__(
        self, analyst: Analyst, client: WebClient, store: PreviewStore, marks: Marks, now: Callable[[], dt.datetime]
    ) -> None:
        self._analyst = analyst
        self._client = client
        self._store = store
        self._marks = marks
        self._now = now
        self._thin_until: dt.datetime | None = None

    # -------------------------------------------------------------------------------------------------------- previews

    def preview(self, place: Place, event: Body) -> None:
        """Show what is known of the models, where that is wanted and was not shown a moment ago."""
        links = links_of(event)
        if not 0 < len(links) < TOO_MANY_LINKS or not self._store.are_wanted(place.channel):
            return
        found = [one for link in dict.fromkeys(links) if (one := self._look_up(link))]
        first = {one.name: one for one in found if self._claim(place.channel, one.name)}
        if first:
            self._unfurl(place, event, list(first.values()))

    def _look_up(self, link: str) -> Shown | None:
        """Look a link's model up; None where it is of none, not there, or not for everybody's eyes."""
        name = grammar.read_link(link) if len(link) <= LONGEST_LINK else None
        if name is None:
            return None
        try:
            answer = self._analyst.answer(OneModel(name))
        except (NoSuchName, NothingStored) as why:
            log.info("no preview: %s", why)
            return None
        return None if answer.private else Shown(link, _name_in(answer), answer)

    def _claim(self, channel: str, name: str) -> bool:
        return self._marks.claim([f"preview {channel} {name.casefold()}"], NOT_AGAIN_SECONDS)

    def _unfurl(self, place: Place, event: Body, shown: Sequence[Shown]) -> None:
        """Show Work Objects; where there are none, thin previews."""
        entities = [model_entity.describe_model(one.answer, one.name, one.posted) for one in shown]
        thin = {one.posted: model_entity.describe_thinly(one.answer, one.name) for one in shown}
        try:
            if not self._has_work_objects() or not self._send_if_taken(event, metadata={"entities": entities}):
                self._send(event, unfurls=thin)
        except SLACK_FAILURES as failure:
            log.info("no preview for %s: %s", place, describe(failure))

    def _has_work_objects(self) -> bool:
        return self._thin_until is None or self._now() >= self._thin_until

    def _send_if_taken(self, event: Body, **what: Any) -> bool:
        """Send Work Objects; tell whether Slack has them."""
        try:
            self._send(event, **what)
        except SlackApiError as refused:
            if not WITHOUT_WORK_OBJECTS.fullmatch(word_of(refused)):
                raise
            log.info("no Work Objects here: %s", describe(refused))
            self._thin_until = self._now() + THIN_FOR
            return False
        return True

    def _send(self, event: Body, **what: Any) -> None:
        """Answer the event by its own name for the links; of older ones that have none, by message."""
        if event.get("unfurl_id"):
            where = {"unfurl_id": event["unfurl_id"], "source": event.get("source")}
        else:
            where = {"channel": event.get("channel"), "ts": event.get("message_ts")}
        self._client.chat_unfurl(**where, **what)

    # --------------------------------------------------------------------------------------------------------- details

    def show_details(self, place: Place, event: Body) -> None:
        """Show the details of a model, or why there are none; the trigger is good for three seconds."""
        trigger = str(event.get("trigger_id") or "")
        try:
            self._client.entity_presentDetails(trigger_id=trigger, **self._find_details(event))
        except SLACK_FAILURES as failure:
            log.info("no details for %s: %s", place, describe(failure))

    def _find_details(self, event: Body) -> dict[str, Any]:
        name = str((event.get("external_ref") or {}).get("id") or "")
        if not is_repository_id(name):
            return {"error": model_entity.refuse_details("No such model", "This preview is of no model that I know.")}
        try:
            answer = self._find_soon(OneModel(name))
        except (NoSuchName, NothingStored):
            answer = None
        if answer is None or answer.private:
            said = f"Nothing is known of `{name}` at the moment. `/frameworks model {name}` looks it up anew."
            return {"error": model_entity.refuse_details("Not known", said)}
        return {"metadata": model_entity.describe_details(answer, name)}

    def _find_soon(self, request: OneModel) -> Answer:
        """Find what can be told without asking the Hub, be it a little old; else ask, and perhaps come too late."""
        if told := self._analyst.answer_at_once(request):
            return told
        try:
            return self._analyst.answer(request, self._now())
        except NothingStored:
            return self._analyst.answer(request)


def _name_in(answer: Answer) -> str:
    """Give the model's id as the Hub spells it now."""
    return answer.request.id if isinstance(answer.request, OneModel) else ""


def links_of(event: Body) -> list[str]:
    """Give the addresses that Slack tells of; those of other domains it does not tell."""
    return [str(link.get("url") or "") for link in event.get("links") or []]
