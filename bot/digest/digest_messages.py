"""
What the digest and its settings say: text and blocks. Pure.

The digest is one compact message; tables, CSV and method follow in its thread.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.digest_words.digest_names import as_value, name_in_words, quote_name
from analytics.digest_words.named_days import name_days
from analytics.digest_words.zones import keeps, name_zone
from analytics.domain.answer import Answer
from analytics.domain.wording import clause, count, listing, local_minute
from analytics.told_reading import SAID_IN_SLACK
from bot.blocks import (
    Block,
    button,
    code,
    coming_time,
    context,
    cut,
    data_table,
    escape,
    local_time,
    native_chart,
    picture_of,
    section,
)
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import LATE_FROM
from bot.messages import ASK, BOT_NAME, COMMAND, DIGEST_BUTTONS, MANAGE, Message, suggest
from bot.next_steps import how_counted

PAUSE, RESUME, TEST, OFF = (f"{DIGEST_BUTTONS}{what}" for what in ("pause", "resume", "test", "off"))
"""Action ids of the digest's buttons, beside MANAGE, which answers carry too."""


@dataclass(frozen=True, slots=True)
class DigestFrame:
    """
    What is particular to one channel's digest: whose it is, when the next comes, whether it is late or a test.

    `alone`: there was nothing to compare with, so the list itself is told; `first`: and no issue was posted before.
    `unread`: the day since which no newer list could be read than the one that was told before.
    """

    subscription: Subscription
    upcoming: Sequence[dt.datetime]
    late: bool = False
    test: bool = False
    quiet_before: int = 0
    alone: bool = False
    first: bool = False
    unread: str = ""

    @property
    def nothing(self) -> str:
        """Say why there is nothing to tell."""
        return f"Nothing newer could be read since {self.unread}" if self.unread else "Nothing to compare yet"


Shown = tuple[Answer, str]
"""An answer, and the file of its picture."""

HINT = f"Ask on in the thread: “@{BOT_NAME} and in TensorFlow?”."
"""What a digest says of its thread; without a mention Slack tells us of nothing said there."""

FIRST = "The first issue: there is no earlier list to compare with. The next one will say what changed."
ALONE = "There is no list to compare with, so this is the list itself."


def forms(
    changes: Answer | None,
    lines: Sequence[str],
    pictures: Sequence[Shown],
    missing: str,
    frame: DigestFrame,
) -> tuple[Message, ...]:
    """Give the forms of a digest, best first: with pictures, with Slack's own chart, as text."""
    best = _digest(changes, lines, frame, [picture_of(answer, file) for answer, file in pictures])
    plain = _digest(changes, lines, frame, native_chart(changes) if changes else [])
    text = Message("\n".join([*_words(changes, lines, frame), *_foot(changes, missing, frame)]))
    return (best, plain, text) if pictures else (plain, text)


def _digest(changes: Answer | None, lines: Sequence[str], frame: DigestFrame, shown: list[Block]) -> Message:
    head, *details = _words(changes, lines, frame)
    body = [section("\n".join(details))] if details else []
    blocks = [section(head), *shown, *body, context(_foot(changes, "", frame)), _buttons(changes, frame)]
    return Message(_conclusion(changes, frame), tuple(blocks))


def _conclusion(changes: Answer | None, frame: DigestFrame) -> str:
    nothing = f"The {frame.subscription.noun} has nothing to compare yet."
    finding = f"{changes.headline} ({changes.day})." if changes else f"{frame.nothing}." if frame.unread else nothing
    return escape(f"{_flags(changes, frame)}{finding}")


def _flags(changes: Answer | None, frame: DigestFrame) -> str:
    """Say before the finding what is particular to this issue, and which of the channel's digests it is."""
    told = (("TEST", frame.test), ("LATE", frame.late), ("FIRST ISSUE", frame.first))
    flags = [name for name, is_so in told if is_so] + ([changes.freshness] if changes and changes.freshness else [])
    name = quote_name(frame.subscription.name).strip()
    return "".join(f"{words}: " for words in (" · ".join(flags), name) if words)


def _words(changes: Answer | None, lines: Sequence[str], frame: DigestFrame) -> list[str]:
    """Give the finding, then what it is made of, a line each."""
    head = changes.headline if changes else frame.nothing
    said = [f"*{escape(_flags(changes, frame) + head)}*"]
    if frame.alone:
        said.append(FIRST if frame.first else ALONE)
    if frame.quiet_before:
        said.append(f"It sums up {count(frame.quiet_before, f'quiet {frame.subscription.span}')} before.")
    said += [f"• {escape(line)}" for line in (changes.further if changes else ())]
    said += [f"• {escape(line)}" for line in lines]
    return [cut(line) for line in said]


def _foot(changes: Answer | None, missing: str, frame: DigestFrame) -> list[str]:
    """Say as of when, from where, what the noise is, who made it and when the next comes."""
    parts: list[str] = []
    if changes:
        origin = changes.origins[0]
        source = f"<{origin.address}|{escape(origin.producer)}>"
        parts.append(f"{escape(changes.scope)} · as of {local_time(changes.as_of)} · {source}")
        parts += [escape(changes.noise)] if changes.noise else []
    if missing:
        parts.append(f"The picture is missing ({escape(missing)}).")
    if changes:
        parts.append(HINT)
    upcoming = f"Next: {coming_time(frame.upcoming[0])}. " if frame.upcoming else ""
    stop = code(_command("off", frame.subscription))
    parts.append(f"{upcoming}Made by <@{frame.subscription.creator}>; anybody here can stop it: {stop}.")
    return parts


def _buttons(changes: Answer | None, frame: DigestFrame) -> Block:
    this = as_value(frame.subscription.channel, frame.subscription.name)
    buttons = [button("Manage", MANAGE, this), button("Pause", PAUSE, this)]
    if changes:
        buttons.append(how_counted(changes))
    return {"type": "actions", "elements": buttons}


def details(changes: Answer) -> tuple[Message, ...]:
    """Give what follows in the thread: the table, then how it was counted."""
    notes = [*changes.caveats, f"Again: {COMMAND} {changes.question}"]
    text = f"{changes.table.caption if changes.table else 'Details'}, and how it was counted."
    return (Message(escape(text), (*data_table(changes), context([escape(note) for note in notes]))),)


def no_table(why: str) -> Message:
    """Say in the thread of a digest that its table is missing as a file, and why."""
    return Message(f"The table as a file is missing: {why}.")


def correction(before: str, now: Answer, why: str) -> Message:
    """Say in the thread of a digest that its number has changed."""
    text = f"Correction: {why}. This digest said: {before}. It should say: {now.headline} ({now.day})."
    return Message(escape(text))


# ---------------------------------------------------------------------------------------------------------- settings


def when(subscription: Subscription) -> str:
    """Say when it comes, and under which condition: every Monday at 09:00, Europe/Berlin, only in weeks in which …."""
    only = f", only in {subscription.span}s in which something changes more than usual"
    return f"{name_rhythm(subscription)}{only if subscription.only_if_matters else ''}"


def name_rhythm(subscription: Subscription) -> str:
    """Say when it is due, whether it then comes or not: every Monday at 09:00, Europe/Berlin."""
    days = name_days(subscription.weekday, subscription.monthly)
    return f"{days} at {subscription.at:%H:%M}, {name_zone(subscription.zone)}"


def why_paused(subscription: Subscription) -> str:
    """Say in brackets why a paused one rests, as mrkdwn: what stood against it, or who paused it."""
    by = subscription.changed_by
    why = escape(clause(subscription.reason)) or (f"<@{by}> paused it" if by else "")
    return f" ({why})" if why else ""


def _command(words: str, digest: Subscription, more: str = "") -> str:
    """Write what is typed to do something with a digest."""
    return f"{COMMAND} digest {words}{name_in_words(digest.name)}{more}"


def times(moments: Iterable[dt.datetime]) -> str:
    """List moments in their own zone, with the weekday and the zone's short name."""
    return "; ".join(local_minute(moment) for moment in moments)


def warn_of_guess(zone: str, *, known: bool) -> str:
    """Say that nobody named the zone, and where it was taken from."""
    why = f"it is that of your Slack profile ({zone})" if known else f"Slack did not say yours, so it is {zone}"
    return f"The time zone is a guess: {why}."


def confirm_subscription(
    subscription: Subscription, upcoming: Sequence[dt.datetime], *, new: bool, guessed: str = ""
) -> Message:
    """Confirm with the next times, say what was guessed and how to change it, and offer a test post."""
    name = escape(quote_name(subscription.name))
    done = f"This channel gets a digest{name}" if new else f"This channel's digest{name} comes"
    change = f"\n{escape(guessed)} {_offer_zone(subscription)}" if guessed else ""
    said = (
        f"{done} {escape(when(subscription))}.{change}\nThe next times: {escape(times(upcoming))}.\n"
        f"Made by <@{subscription.creator}>. To stop it: {code(_command('off', subscription))}; "
        f"for a while: {code(_command('pause', subscription))}."
    )
    blocks = (section(said), _actions(subscription, (("Post a TEST", TEST), ("Pause", PAUSE), ("Stop", OFF))))
    return Message(f"{done} {escape(when(subscription))}.", blocks)


ZONES_TO_SHOW = ("Europe/Berlin", "America/New_York")
"""Zones to show how another one is said: the first that would change something is shown."""


def _offer_zone(subscription: Subscription) -> str:
    """Say how to change the zone, in words that would change it."""
    other = next(zone for zone in ZONES_TO_SHOW if not keeps(subscription.zone, zone))
    words = code(_command("on", subscription, f" {other}"))
    return f"If yours is another, say which, as in {words}; day and time stay."


def state_of(subscription: Subscription | None, upcoming: Sequence[dt.datetime], warning: str = "") -> Message:
    """Say what this channel is subscribed to, and what is to be known of that."""
    more = f" {escape(warning)}" if warning else ""
    if subscription is None or subscription.state is State.OFF:
        return Message(f"This channel has no digest. Make one with {code(f'{COMMAND} digest on')}.{more}")
    name = escape(quote_name(subscription.name))
    if subscription.state is State.PAUSED:
        said = f"This channel's digest{name} ({escape(when(subscription))}) is paused{why_paused(subscription)}.{more}"
        return Message(said, (section(said), _actions(subscription, (("Resume", RESUME), ("Stop", OFF)))))
    comes = f"This channel's digest{name} comes {escape(when(subscription))}."
    said = f"{comes} The next times: {escape(times(upcoming))}.{more}"
    made = f"Made by <@{subscription.creator}> on {local_time(subscription.created_at)}."
    actions = _actions(subscription, (("Change", MANAGE), ("Pause", PAUSE), ("Stop", OFF)))
    return Message(said, (section(said), context([made]), actions))


def list_digests(digests: Sequence[tuple[Subscription, Sequence[dt.datetime]]], warning: str = "") -> Message:
    """Show all digests of a channel, each with what can be done with it."""
    shown = [state_of(digest, upcoming) for digest, upcoming in digests]
    head = f"This channel has {count(len(digests), 'digest')}. {escape(warning)}".strip()
    return Message(head, (section(head), *(block for one in shown for block in one.blocks)))


def no_such_digest(name: str, others: Sequence[Subscription]) -> Message:
    """Say that a channel has no digest of this name, or no plain one, and which it has."""
    named = [quote_name(one.name).strip() or "one without a name" for one in others]
    has = f" It has {listing(named)}." if named else " It has no other."
    none = f"This channel has no digest{quote_name(name) or ' without a name'}."
    first = next((one for one in others if one.name), None)
    example = _command("list", first) if first and not name else f"{COMMAND} digest on{name_in_words(name)}"
    way = f" Say which is meant: {code(example)}." if first and not name else f" To make it: {code(example)}."
    return Message(f"{escape(none + has)}{way}")


def explain_refusal(why_not: str) -> Message:
    """Say that nothing was set up, and why."""
    return confirm_change(f"There will be no digest here. {why_not}")


def ask_name(offered: Sequence[str], why: str = "") -> Message:
    """Ask which digest is meant, with a button for each that may be; `why`: what stands against what was said."""
    listed = " or ".join(code(f"{COMMAND} {words}") for words in offered)
    said = escape(f"{why} Nothing was changed." if why else f"{UNCERTAIN}, so nothing was changed.")
    if not offered:
        return Message(said)
    said = f"{said} Did you mean {listed}?"
    return Message(said, (section(said), suggest(offered, ASK)))


UNCERTAIN = "I am not certain which digest you mean"


def ask_which(weekly: Subscription, rhythm: Sequence[str]) -> Message:
    """Ask whether what is wished for is meant in the place of the weekly digest, or beside it; `rhythm`: its words."""
    said = f"This channel has a digest already, {escape(when(weekly))}."
    wished = " ".join(rhythm)
    change, beside = f"{COMMAND} digest on {wished}", f"{COMMAND} digest on named monthly {wished}"
    return Message(f"{said} {code(change)} changes it; {code(beside)} makes another beside it. Nothing was changed.")


def confirm_change(what: str) -> Message:
    """Confirm a change in a sentence."""
    return Message(escape(what))


def _actions(subscription: Subscription, offered: Iterable[tuple[str, str]]) -> Block:
    this = as_value(subscription.channel, subscription.name)
    return {"type": "actions", "elements": [button(label, action, this) for label, action in offered]}


def ledger(entries: Sequence[LedgerEntry], links: Sequence[str]) -> Message:
    """Show what became of the last slots, newest first."""
    if not entries:
        return Message("Nothing was due in this channel so far.")
    lines = [_line(entry, link) for entry, link in zip(entries, links, strict=True)]
    listed = "\n".join(f"• {line}" for line in lines)
    return Message(f"The newest digest of this channel: {lines[0]}.", (section(listed),))


def _line(entry: LedgerEntry, link: str) -> str:
    state = f"<{link}|{entry.state}>" if link else entry.state
    tries = f", {entry.attempts - 1} attempts" if entry.attempts > 2 else ""  # noqa: PLR2004 - claim and one post
    late = ""
    if entry.posted_at and entry.posted_at - entry.slot.due_at > LATE_FROM:
        late = f", late: {local_time(entry.posted_at)}"
    reason = f": {escape(entry.reason)}" if entry.reason else ""
    return f"{local_time(entry.slot.due_at)} {state}{late}{tries}{reason}"


def how_to(problem: str) -> Message:
    """Say what is wrong with the words after `digest`, and what can be said."""
    tries = "\n".join(f"• {code(f'{COMMAND} {words}')}" for words in SAID_IN_SLACK["digest"])
    return Message(escape(problem), (section(f"{escape(problem)}\n{tries}"),))


def status(lines: Sequence[str]) -> Message:
    """Show freshness, collecting and deliveries, a line each."""
    return Message(cut(f"How things stand: {' '.join(lines)}"), (section("\n".join(f"• {line}" for line in lines)),))
