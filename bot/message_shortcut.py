"""
The message shortcut *Look up models here*: the models that somebody's message names, told to the asker alone.

Slack hands over the message itself, so neither membership nor a permission to read is needed; the answer goes back by
the response_url, which works wherever the shortcut did.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from analytics import grammar
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.domain.requests import OneModel
from analytics.errors import AnalyticsError, NoSuchName, NothingStored
from bot import model_list, shown_words, troubles
from bot.delivery import Delivery
from bot.fair_shares import Lane, Onward
from bot.looking_up import Notice
from bot.model_list import LookedUp
from bot.place import Place, read_place
from bot.seen import Gestures
from bot.turns import Once, Turns

log = logging.getLogger(__name__)

LOOK_UP = "lookup_models"
"""The callback_id of the shortcut, as the manifest has it."""

GONE = "tombstone"
"""The subtype of a message that was deleted and has replies."""

Body = dict[str, Any]
Find = Callable[[OneModel], Answer | None]


class MessageShortcut:
    """Looks up the models of one message."""

    def __init__(self, analyst: Analyst, delivery: Delivery, turns: Turns, gestures: Gestures, moment: float) -> None:
        self._analyst = analyst
        self._delivery = delivery
        self._turns = turns
        self._gestures = gestures
        self._moment = moment

    def look_up(self, ack: Callable[..., Any], body: Body, respond: Any) -> None:
        """Look up what the message names, once for two clicks."""
        ack()
        place, message = _place(body, respond), body.get("message") or {}
        gesture = " ".join(map(str, (LOOK_UP, place.user, place.channel, body.get("message_ts"))))
        if self._gestures.begin(gesture):
            once = Once(partial(self._gestures.is_ours, gesture), partial(self._gestures.end, gesture))
            self._turns.submit(place, lambda: self._read(place, message), once)

    def refuse_unknown(self, ack: Callable[..., Any], body: Body, respond: Any) -> None:
        """Answer a shortcut of an older version; without this Slack shows a warning sign."""
        ack()
        self._turns.tell_beside(_place(body, respond), troubles.stale_shortcut())

    def _read(self, place: Place, message: Body) -> Onward | None:
        """Find the ids; pass on what has to be looked up."""
        text = shown_words.words_of(message)
        names = grammar.find_models(text)
        if not message or message.get("subtype") == GONE:
            self._delivery.tell(place, model_list.explain_gone())
        elif not names:
            kinds = grammar.find_other_links(text)
            self._delivery.tell(place, model_list.explain_none(kinds, has_words=bool(text.strip())))
        else:
            return self._turns.onward(place, Lane.STORED, partial(self._from_stored, place, names))
        return None

    def _from_stored(self, place: Place, names: Sequence[str]) -> Onward | None:
        """Tell what is stored and fresh; pass all on where any of it has to wait for the Hub."""
        found = [self._find(name, self._analyst.answer_at_once) for name in names[: model_list.MOST]]
        known = [one for one in found if one is not None]
        if len(known) == len(found):
            self._delivery.tell(place, model_list.list_models(known, len(names)))
            return None
        return self._turns.onward(place, Lane.LOOKED_UP, partial(self._from_hub, place, names))

    def _from_hub(self, place: Place, names: Sequence[str]) -> None:
        said = model_list.announce(min(len(names), model_list.MOST))
        with Notice(self._delivery, place, said, self._moment, privately=True):
            found = [self._find(name, self._analyst.answer) for name in names[: model_list.MOST]]
            self._delivery.tell(place, model_list.list_models(list(filter(None, found)), len(names)))
        log.info("looked up %d models of a message for %s", len(found), place)

    @staticmethod
    def _find(name: str, find: Find) -> LookedUp | None:
        """Look one up; None where that would have to wait."""
        outcome: Answer | AnalyticsError | None
        try:
            outcome = find(OneModel(name))
        except (NoSuchName, NothingStored) as trouble:
            outcome = trouble
        return None if outcome is None else LookedUp(name, outcome)


def _place(body: Body, respond: Any) -> Place:
    """Give the place of the message: the thread is its own, which no container names."""
    thread = (body.get("message") or {}).get("thread_ts")
    return replace(read_place(body, respond), thread_ts=thread, in_thread=bool(thread))
