"""What stands in a channel of one question: what we post says in its metadata what it is of."""

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk import WebClient

from bot.messages import ANSWERS, NOTICE_OF, REPLY
from bot.place import Place
from bot.slack_errors import SLACK_FAILURES, CannotTell, TooFast, describe, interpret

log = logging.getLogger(__name__)

A_PAGE, PAGES = 200, 10
"""How far is looked: 2,000 messages since the question, which is minutes ago."""

SKEW = dt.timedelta(minutes=5)
"""How far our clock and Slack's may be apart."""


@dataclass(frozen=True, slots=True)
class PostedReplies:
    """Whether the answer stands there; and the ts of each line that says it is being looked up."""

    has_answer: bool
    notices: tuple[str, ...]


NOTHING = PostedReplies(has_answer=False, notices=())


def look_for_replies(client: WebClient, place: Place, since: dt.datetime) -> dict[str, PostedReplies] | None:
    """
    Look for what was said in a conversation of whatever was asked since: by `work`, where anything was.

    None where it cannot be looked for. Raises TooFast, where it can be a little later.
    """
    found = dict[str, PostedReplies]()
    try:
        for message in _list_messages(client, place, since):
            payload = _read_payload(message)
            if work := payload.get(ANSWERS):
                found[work] = replace(found.get(work, NOTHING), has_answer=True)
            if work := payload.get(NOTICE_OF):
                said = found.get(work, NOTHING)
                found[work] = replace(said, notices=(*said.notices, str(message.get("ts"))))
    except (CannotTell, *SLACK_FAILURES) as failure:
        if isinstance(meaning := None if isinstance(failure, CannotTell) else interpret(failure), TooFast):
            raise meaning from failure
        log.info("what stands there cannot be looked at, for %s: %s", place, describe(failure))
        return None
    return found


def _list_messages(client: WebClient, place: Place, since: dt.datetime) -> Iterator[dict[str, Any]]:
    asked: dict[str, Any] = {"channel": place.channel, "oldest": f"{(since - SKEW).timestamp():.6f}", "limit": A_PAGE}
    if place.thread_ts:
        asked |= {"ts": place.thread_ts}
    read = client.conversations_replies if place.thread_ts else client.conversations_history
    for _ in range(PAGES):
        page: Any = read(include_all_metadata=True, **asked)
        if not isinstance(messages := page.get("messages") or [], list):
            raise CannotTell("an answer without messages")
        yield from messages
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        asked |= {"cursor": cursor}
    raise CannotTell("too much was written since")


def _read_payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read what a reply of ours says of itself; nothing of any other message."""
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}) if metadata.get("event_type") == REPLY["event_type"] else {}
