"""What alerts and their settings say: text and blocks. Pure."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from analytics.alerts.alert_rules import Judgement, Observed, Rule
from analytics.alerts.alert_sentences import say
from analytics.digest_words.zones import name_zone
from analytics.domain.answer import Origin
from analytics.domain.wording import count, day, iso, sentence
from analytics.told_reading import SAID_IN_SLACK
from bot.alerting.alert_tables import Alert, AlertChannel
from bot.blocks import Block, button, code, context, cut, escape, section
from bot.digest.records import State
from bot.messages import ALERT_BUTTONS, COMMAND, Message

OFF, PAUSE, RESUME, LIST, FORM = (f"{ALERT_BUTTONS}{what}" for what in ("off", "pause", "resume", "list", "form"))
"""Action ids of the buttons of alerts; the value is the number of one, or the channel."""

MOST_SHOWN, MOST_OF_PAST = 15, 5

LONGEST_VALUE = 2_000
"""Characters that Slack takes as a button's value."""


def make_item(alert: Alert, rule: Rule, judged: Judgement) -> dict[str, Any]:
    """Give one line of a message as the ledger keeps it: what is said, and the value that counts as told by it."""
    now = judged.now
    return {
        "number": alert.number,
        "state": judged.state.value,
        "said": say(rule, judged),
        "words": alert.words,
        "value": now.value if now else None,
        "as_of": iso(now.as_of) if now else "",
        "source": _write_source(now.origin) if now and now.origin else "",
    }


def forms(channel: AlertChannel, items: Sequence[Mapping[str, Any]]) -> tuple[Message, ...]:
    """Give the forms of a message, best first: with a button for each that is told, and as text."""
    first = items[0]["said"] if items else "Nothing to tell."
    more = f" And {count(len(items) - 1, 'more alert')}." if len(items) > 1 else ""
    lines = [_line(item) for item in items[:MOST_SHOWN]]
    text = escape(f"Alert: {first}{more}")
    buttons = [button("Alerts", LIST, channel.channel) | {"value": _write_told(items)}]
    stop = f"{code(f'{COMMAND} alerts')} shows them, {code(f'{COMMAND} alert off N')} ends one."
    foot = [f"At most one message a day{_never(channel)}. {stop}"]
    blocks = (section("\n".join(lines)), context(foot), {"type": "actions", "elements": buttons})
    return Message(text, blocks), Message("\n".join([text, *lines, *foot]))


def _write_told(items: Sequence[Mapping[str, Any]]) -> str:
    """Write what counts as told into the button's value: a ledger put back from a copy learns it from the channel."""
    told = [[item["number"], item["value"], item["as_of"]] for item in items]
    while len(said := json.dumps(told, separators=(",", ":"))) > LONGEST_VALUE:
        told.pop()
    return said


def read_told(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read what a message of alerts told, as the ledger keeps it; nothing where Slack shows no button of ours."""
    elements = [one for block in message.get("blocks") or () for one in block.get("elements") or ()]
    value = next((one["value"] for one in elements if str(one.get("action_id", "")).startswith(LIST)), "[]")
    try:
        return [
            {"number": int(number), "value": said, "as_of": str(as_of)} for number, said, as_of in json.loads(value)
        ]
    except (ValueError, TypeError):
        return []  # an older version's


def _line(item: Mapping[str, Any]) -> str:
    source = f" Source: {item['source']}." if item["source"] else ""
    return cut(f"*{escape(item['said'])}*\nAlert {item['number']}: {escape(item['words'])}.{source}")


def _write_source(origin: Origin) -> str:
    return f"<{origin.address}|{escape(origin.producer)}>"


def _never(channel: AlertChannel) -> str:
    """Say when none comes; the same time twice are no quiet hours."""
    return f", none from {_name_hours(channel)}" if channel.is_quiet_at_all else ", at any hour"


def name_quiet(channel: AlertChannel) -> str:
    """Name the quiet hours within a sentence."""
    return f"from {_name_hours(channel)}" if channel.is_quiet_at_all else "none at all"


def _name_hours(channel: AlertChannel) -> str:
    zone = name_zone(channel.zone)
    return f"{channel.quiet_from:%H:%M} to {channel.at:%H:%M}, {escape(zone)}"


# ---------------------------------------------------------------------------------------------------------- settings


def confirm(alert: Alert, channel: AlertChannel, lines: Sequence[str], *, new: bool) -> Message:
    """Confirm an alert with what is so now, what it would have said of the past, and the quiet hours."""
    done = f"Alert {alert.number}" if new else f"That is alert {alert.number} already"
    head = f"{done}: I say here when {alert.words}."
    quiet = f"At most one message a day{_never(channel)}. Made by <@{alert.creator}>."
    said = "\n".join([escape(head), *map(escape, lines), quiet])
    buttons = {"type": "actions", "elements": [button("Stop", OFF, str(alert.number)), button("Alerts", LIST, "all")]}
    return Message(escape(head), (section(said), buttons))


def tell_past(past: Sequence[Observed], news: Sequence[tuple[dt.datetime, str]]) -> list[str]:
    """Say what it would have told of the stored past, and how far that reaches."""
    if len(past) <= 1:
        return ["The stored past holds no earlier reading to try it on."]
    span = f"Tried on {count(len(past), 'stored day')}, {day(past[0].as_of)} to {day(past[-1].as_of)}"
    if not news:
        return [f"{span}: it would have said nothing."]
    shown = [f"• {day(when)}: {what}" for when, what in news[-MOST_OF_PAST:]]
    before = [f"(the last {MOST_OF_PAST})"] if len(news) > MOST_OF_PAST else []
    return [" ".join([f"{span}: {count(len(news), 'message')}", *before]) + ":", *shown]


def preview(words: str, lines: Sequence[str]) -> Message:
    """Show what an alert would have said; nothing is kept."""
    head = f"Nothing was set. An alert when {words}:"
    said = "\n".join(map(escape, [head, *lines]))
    return Message(said, (section(said),))


def list_all(channel: AlertChannel | None, alerts: Sequence[tuple[Alert, str]]) -> Message:
    """List the alerts of a channel, each with how it stands now and its buttons."""
    if channel is None or not alerts:
        make = code(f"{COMMAND} {SAID_IN_SLACK['alerts'][0]}")
        return Message(f"This channel has no alerts. Make one with {make}.")
    paused = f" All are paused ({escape(channel.reason)})." if channel.state is State.PAUSED else ""
    quiet = f"Quiet from {_name_hours(channel)}" if channel.is_quiet_at_all else "No quiet hours"
    head = f"This channel has {count(len(alerts), 'alert')}.{paused} {quiet}."
    blocks: list[Block] = [section(head)]
    for alert, standing in alerts[:MOST_SHOWN]:
        rests = alert.state is State.PAUSED
        how = "Paused." if rests else standing
        blocks.append(
            section(f"*Alert {alert.number}:* {escape(alert.words)}\n{escape(how)} Made by <@{alert.creator}>.")
        )
        number = str(alert.number)
        change = button("Resume", RESUME, number) if rests else button("Pause", PAUSE, number)
        blocks.append({"type": "actions", "elements": [change, button("Stop", OFF, number)]})
    if len(alerts) > MOST_SHOWN:
        blocks.append(context([f"And {len(alerts) - MOST_SHOWN:,} more."]))
    return Message(head, tuple(blocks))


def confirm_change(what: str) -> Message:
    """Confirm a change, or say why there is none, in a sentence."""
    return Message(escape(sentence(what)))


def how_to(problem: str) -> Message:
    """Say what is wrong with the words, and what can be said."""
    tries = "\n".join(f"• {code(f'{COMMAND} {words}')}" for words in SAID_IN_SLACK["alerts"])
    return Message(escape(problem), (section(f"{escape(problem)}\n{tries}"),))
