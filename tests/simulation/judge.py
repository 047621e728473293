"""What must not be: a list of everything wrong in a scenario that was lived through."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.digest.other_posts import half_of
from bot.digest.records import LedgerEntry, State
from tests.simulation.plans import DAY, HOUR, MINUTE
from tests.simulation.virtual_world import VirtualWorld

MOST_CALLS = 100
"""Calls to Slack that a digest of one channel may cost in a week, whatever befalls it."""

MOST_OTHER_CALLS = 400
"""Calls a week for the time and for words to people, of all processes."""

NO_NEWS = 7 * DAY
"""What nobody could be told of for so long is told no more."""

SAID = (State.SKIPPED, State.UNKNOWN, State.FAILED)
UNREADABLE = {"history off", "metadata off", "removed"}
"""Only one of these leaves it open whether something was posted."""


def wrong_in(world: VirtualWorld) -> list[str]:
    """Give everything that must not be, each beginning with a word that names its kind."""
    ledger = ledger_of(world)
    return [
        *_posts_wrong(world),
        *_twice_wrong(world),
        *_ledger_wrong(world, ledger),
        *_threads_wrong(world),
        *_words_wrong(world, ledger),
        *_calls_wrong(world),
    ]


def ledger_of(world: VirtualWorld) -> dict[str, LedgerEntry]:
    """Give what the ledger says in the end, by the key of its slot."""
    return {entry.slot.key: entry for number in world.subscriptions for entry in world.store.history(number, 99)}


def _posts_wrong(world: VirtualWorld) -> Iterator[str]:
    for slot in world.slots:
        posts, due_at = world.posts(slot), slot.due_at.timestamp()
        for earlier, later in itertools.pairwise(posts):
            if earlier.deleted_at > later.at:
                yield f"duplicate: {slot.key} {earlier.at - due_at:.0f} s and {later.at - due_at:.0f} s after its time"
        for post in posts:
            if not -max(0.0, *world.plan.skews) - MINUTE < post.at - due_at < DAY + HOUR:
                yield f"untimely: {slot.key} {post.at - due_at:.0f} s after it was due"


def _twice_wrong(world: VirtualWorld) -> Iterator[str]:
    """Find one digest posted for two times where the ledger had forgotten the first."""
    if {trouble.kind for trouble in world.plan.troubles} & UNREADABLE:
        return
    for number, digest in world.subscriptions.items():
        posts = [(slot, post) for slot in world.slots if slot.subscription == number for post in world.posts(slot)]
        half = half_of(digest).total_seconds()
        for (_, earlier), (slot, later) in itertools.permutations(posts, 2):
            is_near = earlier.at < later.at < earlier.deleted_at and slot.due_at.timestamp() - earlier.at < half
            if is_near and earlier.mark != later.mark and _is_forgotten(world, number, earlier.at, later.at):
                yield f"duplicate: {earlier.mark} and {later.mark}, forgotten between"


def _is_forgotten(world: VirtualWorld, number: int, earlier: float, later: float) -> bool:
    """Tell whether the ledger went back behind the first of two posts, and nobody set the digest since."""
    backs = [moment for copied, moment in world.put_back if copied < earlier < moment < later]
    return bool(backs) and not any(one == number and backs[-1] < at < later for one, at in world.changed)


def _ledger_wrong(world: VirtualWorld, ledger: dict[str, LedgerEntry]) -> Iterator[str]:
    kinds = {trouble.kind for trouble in world.plan.troubles}
    for slot in world.slots:
        entry, posts = ledger.get(slot.key), world.posts(slot)
        subscription = world.store.by_id(slot.subscription)
        active = subscription is not None and subscription.state is State.ACTIVE
        if entry is None and not posts and active:
            yield f"lost: {slot.key} is in no ledger"
        elif entry is None:
            continue
        elif entry.state in SAID and not entry.reason:
            yield f"lost: {slot.key} {entry.state} without a reason"
        elif entry.state is State.POSTED and not posts and not world.is_posted(slot, entry.ts):
            yield f"lost: {slot.key} is called posted and is not"
        elif entry.state is State.CLAIMED or (entry.state is State.POSTED and not entry.details):
            yield f"open: {slot.key} {entry.state}"
        elif entry.state is State.UNKNOWN and not kinds & UNREADABLE:
            yield f"uncertain: {slot.key} without need: {entry.reason}"
        elif not world.plan.troubles and not (posts and posts[0].at - slot.due_at.timestamp() < 3 * MINUTE):
            yield f"late: {slot.key} though all was well"


def _threads_wrong(world: VirtualWorld) -> Iterator[str]:
    threads: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for message in world.slack.posted:
        if message.thread:
            threads[message.channel, message.thread, message.mark or "file"] += 1
    for (channel, thread, mark), count in threads.items():
        if count > (2 if mark == "file" else 1):
            yield f"thread: {mark} {count} times in {channel} {thread}"


def words_to(world: VirtualWorld) -> dict[str, list[float]]:
    """Give the moments at which each person was written to."""
    told: defaultdict[str, list[float]] = defaultdict(list)
    for message in world.slack.posted:
        if message.channel.startswith("D"):
            told[message.channel].append(message.at)
    return told


def most_a_day(world: VirtualWorld) -> int:
    """Count the messages that one person got within any 24 hours, at most."""
    return max((_most_within(moments, DAY - MINUTE) for moments in words_to(world).values()), default=0)


def _most_within(moments: list[float], seconds: float) -> int:
    return max(sum(0 <= later - first < seconds for later in moments) for first in moments)


def _words_wrong(world: VirtualWorld, ledger: dict[str, LedgerEntry]) -> Iterator[str]:
    for person, moments in words_to(world).items():
        for earlier, later in itertools.pairwise(moments):
            if later - earlier < DAY - MINUTE:
                yield f"words: {person} twice within {(later - earlier) / HOUR:.1f} hours"
    for key, entry in ledger.items():
        if entry.state in SAID and not entry.details and not _is_old_news(world):
            yield f"untold: nobody was told of {key}"


def _is_old_news(world: VirtualWorld) -> bool:
    """Tell whether something kept everybody from telling for so long that it was not to be told any more."""
    silences = (trouble.much for trouble in world.plan.troubles if trouble.kind in {"everything off", "words off"})
    return any(seconds > NO_NEWS for seconds in silences)


def most_calls(world: VirtualWorld) -> tuple[int, int]:
    """Give the most calls that a digest of one channel cost in a week, and the most about none (time, words)."""
    digests = Counter(one.channel for one in world.subscriptions.values())
    about = [-(-count // digests[channel]) for (_, channel), count in world.calls.items() if channel]
    others = [count for (_, channel), count in world.calls.items() if not channel]
    return max(about, default=0), max(others, default=0)


def _calls_wrong(world: VirtualWorld) -> Iterator[str]:
    channel, others = most_calls(world)
    if channel > MOST_CALLS:
        yield f"calls: {channel} in a week for one digest"
    if others > MOST_OTHER_CALLS:
        yield f"calls: {others} in a week for time and words"
