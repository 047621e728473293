"""The Home tab as Slack shows it: what to ask, one's own digests, what failed, how fresh the sources are. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.digest_words.digest_names import as_value, quote_name
from analytics.domain.wording import count, listing
from analytics.grammar import TOPICS
from bot.alerting.alert_tables import Alert, AlertChannel
from bot.blocks import Block, button, code, coming_time, context, escape, local_time, plain, section
from bot.digest.digest_messages import when, why_paused
from bot.digest.records import LedgerEntry, State, Subscription
from bot.messages import COMMAND, HOME_BUTTONS

ASK, PAUSE, RESUME, CHANGE, LEAVE, LEAVE_ALL = (
    f"{HOME_BUTTONS}{what}" for what in ("ask", "pause", "resume", "change", "leave", "leave-all")
)
ALERT_PAUSE, ALERT_RESUME, ALERT_CHANGE, ALERT_LEAVE = (
    f"{HOME_BUTTONS}alert-{what}" for what in ("pause", "resume", "change", "leave")
)
"""Action ids of the Home tab's buttons."""

ALERTS_SHOWN, OTHERS_SHOWN = 10, 6
SHOWN = 15
"""Digests shown with buttons, and lines of each list: Slack takes a hundred blocks."""


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """
    What one person's Home tab shows.

    `digests`: their own, each with the next time it comes, None where that cannot be looked up now; `failures`: slots
    of theirs that were not posted; `said`: what a button just did; `alerts`: their own, each with its channel;
    `others` and `digests_of_others`: alerts and digests that others made, for admins.
    """

    digests: Sequence[tuple[Subscription, dt.datetime | None]] | None
    failures: Sequence[tuple[Subscription, LedgerEntry]]
    freshness: Sequence[str]
    findings: Sequence[str]
    digests_of_others: Sequence[Subscription] = ()
    said: str = ""
    alerts: Sequence[tuple[str, Alert]] = ()
    others: Sequence[tuple[str, Alert]] = ()


def view(facts: HomeFacts) -> dict[str, Any]:
    """Make the view; at most 99 blocks, however many digests there are."""
    blocks = [
        *([section(f"*{escape(facts.said)}*")] if facts.said else []),
        *_what_to_ask(),
        *_digests(facts),
        *_alerts(facts),
        *_digests_of_others(facts.digests_of_others),
        *_others(facts.others),
        *_lines("Not delivered", (_failure(*one) for one in facts.failures)),
        *_lines("How fresh", map(escape, facts.freshness)),
        *_lines("Needs attention", map(escape, facts.findings)),
    ]
    return {"type": "home", "blocks": blocks}


def _what_to_ask() -> list[Block]:
    said = (
        "*PyTorch or TensorFlow, who has more pre-trained models?*\n"
        "Ask in your own words, here in a message, by mention in a channel, or after "
        f"{code(COMMAND)}.\nEvery answer says what was counted, of when, and from where."
    )
    buttons = [button(topic.title, ASK, topic.first) for topic in TOPICS if topic.first][:5]
    return [section(said), {"type": "actions", "elements": buttons}, context(["The answer comes as a direct message."])]


def _digests(facts: HomeFacts) -> Iterator[Block]:
    """Show one's own digests, each with what can be done with it."""
    yield {"type": "header", "text": plain("Your digests")}
    if facts.digests is None:
        yield section("They cannot be looked up at the moment; nothing was changed.")
        return
    if not facts.digests:
        yield section(f"You have made none. In a channel, {code(f'{COMMAND} digest on')} makes one.")
        return
    for digest, comes in facts.digests[:SHOWN]:
        yield section(f"{_where(digest)} {_state(digest, comes)}")
        yield {"type": "actions", "elements": list(_buttons(digest))}
    if (more := len(facts.digests) - SHOWN) > 0:
        own = code(f"{COMMAND} digest list")
        yield context([f"And {count(more, 'more digest')}; {own} in a channel shows those it has."])
    if len(facts.digests) > 1:
        yield {"type": "actions", "elements": [_leave_all(len(facts.digests), len(facts.alerts))]}


def _alerts(facts: HomeFacts) -> Iterator[Block]:
    """Show one's own alerts, each with what can be done with it; nothing where there are none."""
    if not facts.alerts:
        return
    yield section("*Your alerts*")
    for channel, alert in facts.alerts[:ALERTS_SHOWN]:
        yield section(f"<#{channel}> {_say_alert(alert)}")
        value = f"{channel} {alert.number}"
        others = [button("Change", ALERT_CHANGE, value), button("Leave", ALERT_LEAVE, value)]
        yield {"type": "actions", "elements": [_rest_or_wait(channel, alert), *others]}
    if (more := len(facts.alerts) - ALERTS_SHOWN) > 0:
        yield context([f"And {count(more, 'more alert')}; {code(f'{COMMAND} alerts')} in a channel shows its own."])
    if len(facts.digests or ()) <= 1:
        yield {"type": "actions", "elements": [_leave_all(len(facts.digests or ()), len(facts.alerts))]}


def _digests_of_others(digests: Sequence[Subscription]) -> Iterator[Block]:
    """Show an admin the digests of others, each with what can be done with it; nothing where there are none."""
    if not digests:
        return
    yield section("*Digests of others*")
    for digest in digests[:OTHERS_SHOWN]:
        yield section(_of_another(digest))
        yield {"type": "actions", "elements": list(_buttons(digest, "End"))}
    yield from _lines("And", map(_of_another, digests[OTHERS_SHOWN:]))


def _others(alerts: Sequence[tuple[str, Alert]]) -> Iterator[Block]:
    """Show an admin what others wait for, each with what can be done with it; nothing where there are none."""
    if not alerts:
        return
    yield section("*Alerts of others*")
    for channel, alert in alerts[:OTHERS_SHOWN]:
        yield section(f"<#{channel}> {_say_alert(alert)}, made by <@{alert.creator}>")
        end = button("End", ALERT_LEAVE, f"{channel} {alert.number}")
        yield {"type": "actions", "elements": [_rest_or_wait(channel, alert), end]}
    if (more := len(alerts) - OTHERS_SHOWN) > 0:
        yield context([f"And {count(more, 'more alert')}; {code(f'{COMMAND} alerts')} in a channel shows its own."])


def _say_alert(alert: Alert) -> str:
    return f"{escape(alert.words)}{' · *paused*' if alert.state is State.PAUSED else ''}"


def _rest_or_wait(channel: str, alert: Alert) -> Block:
    value = f"{channel} {alert.number}"
    rests = alert.state is State.PAUSED
    return button("Resume", ALERT_RESUME, value) if rests else button("Pause", ALERT_PAUSE, value)


def _where(digest: Subscription) -> str:
    """Name a digest by its channel, and by its name if it has one."""
    return f"<#{digest.channel}>{escape(quote_name(digest.name))}"


def _state(digest: Subscription, comes: dt.datetime | None) -> str:
    if digest.state is State.PAUSED:
        return f"{escape(when(digest))} · *paused*{why_paused(digest)}"
    return f"{escape(when(digest))}{f' · next {coming_time(comes)}' if comes else ''}"


def _buttons(digest: Subscription, end: str = "Leave") -> Iterator[Block]:
    paused = digest.state is State.PAUSED
    this = as_value(digest.channel, digest.name)
    yield button("Resume", RESUME, this) if paused else button("Pause", PAUSE, this)
    yield button("Change", CHANGE, this)
    yield button(end, LEAVE, this)


def _leave_all(digests: int, alerts: int) -> Block:
    leave = plain("Leave all")
    what = [count(digests, "digest")] if digests else []
    made = listing([*what, count(alerts, "alert")])
    asked = f"All that you made ends: {made}." if alerts else f"All {count(digests, 'digest')} that you made end."
    asked += " Nothing else is deleted."
    confirm = {"title": leave, "text": plain(asked), "confirm": leave}
    deny = plain("Cancel")
    return button("Leave All", LEAVE_ALL, "all", style="danger") | {"confirm": confirm | {"deny": deny}}


def _failure(failed: Subscription, entry: LedgerEntry) -> str:
    """Say what did not arrive, of when, and why."""
    what = f"The alerts of {_where(failed)}" if isinstance(failed, AlertChannel) else f"The digest of {_where(failed)}"
    reason = f": {escape(entry.reason)}" if entry.reason else "."
    return f"{what}, {local_time(entry.slot.due_at)}, {BECAME.get(entry.state, entry.state)}{reason}"


BECAME = {
    State.FAILED: "could not be posted",
    State.SKIPPED: "was skipped",
    State.UNKNOWN: "may have been posted or not",
}
"""What became of one that failed, in words."""


def _of_another(digest: Subscription) -> str:
    paused = " · *paused*" if digest.state is State.PAUSED else ""
    return f"{_where(digest)} {escape(when(digest))}{paused}, made by <@{digest.creator}>"


def _lines(title: str, lines: Iterable[str]) -> list[Block]:
    """Show some lines under a title; nothing where there are none."""
    told = list(lines)
    more = [f"and {len(told) - SHOWN:,} more"] if len(told) > SHOWN else []
    said = "\n".join(f"• {line}" for line in [*told[:SHOWN], *more])
    return [section(f"*{title}*\n{said}")] if told else []
