"""
Weeks of digests in virtual time: every trouble drawn from a seed, every failure one number and its shortest story.

    python -m tests.simulation.virtual --weeks 2000 --seed 1     # run; status 1 and the seeds if anything failed
    python -m tests.simulation.virtual --only 4711               # live through one seed again, and shrink it
    python -m tests.simulation.virtual --weeks 2000 --bug look   # the same with a bug put in: it must be found
"""

import argparse
import datetime as dt
import itertools
import logging
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.digest.digests import Digests
from bot.digest.poster import SlackPoster
from bot.digest.records import LedgerEntry, State, Subscription
from bot.digest.schedule import Slot
from bot.digest.slot_delivery import SlotDelivery
from bot.slack_errors import CannotTell
from tests.simulation.plans import DAY, HOUR, MINUTE, Plan, drawn
from tests.simulation.virtual_world import Memory, World

MOST_CALLS = 60
"""Calls to Slack that one channel may cost in a week, whatever befalls it."""

PROGRESS = 10_000
"""Weeks after which a long run says how it stands."""

SAID = (State.SKIPPED, State.UNKNOWN, State.FAILED)


class Blind(SlackPoster):
    """A bug on purpose: what was posted is never found."""

    def find(self, channel: str, key: str, since: dt.datetime) -> str | None:
        """Find nothing."""
        del channel, key, since


class Careless(SlackPoster):
    """A bug on purpose: nobody looks whether the slot is still ours."""

    def post(self, channel: str, message: Any, key: str, check: Callable[[], None], again: int = 0) -> str:
        """Post without a check."""
        del check
        return super().post(channel, message, key, lambda: None, again)


class TrustingDelivery(SlotDelivery):
    """A bug on purpose: what the ledger does not know was never posted."""

    def _is_new(self, subscription: Subscription, slot: Slot, now: dt.datetime, *, is_first: bool) -> bool:
        del subscription, slot, now, is_first
        return True


class Trusting(Digests):
    """Delivers with that bug."""

    Delivery = TrustingDelivery


class Proud(SlackPoster):
    """A bug on purpose: what is not found under its key is not there, whatever Slack leaves out."""

    def find(self, channel: str, key: str, since: dt.datetime) -> str | None:
        """Call absent what cannot be told."""
        try:
            return super().find(channel, key, since)
        except CannotTell:
            return None


BUGS: dict[str, dict[str, Any]] = {
    "none": {},
    "look": {"poster": Blind},
    "check": {"poster": Careless},
    "first": {"digests": Trusting},
    "cannot tell": {"poster": Proud},
}


@dataclass
class Figures:
    """What was counted over all scenarios."""

    weeks: int = 0
    due: int = 0
    posts: int = 0
    became: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    told: int = 0
    restored: int = 0
    skipped_though_posted: int = 0
    files_twice: int = 0
    most_calls: float = 0

    def __str__(self) -> str:
        lines = [
            f"{self.weeks:,} weeks: due {self.due:,}, posts {self.posts:,}; ledger: {_listed(self.became)}",
            f"wrong: {_listed(self.wrong) or 'nothing'}",
            f"words to people {self.told:,}; files twice {self.files_twice:,}",
            f"copies put back {self.restored:,}: {self.skipped_though_posted:,} are called skipped that were posted",
            f"at most {self.most_calls:.0f} calls a week and channel",
            f"reasons: {_listed(self.reasons)}",
            f"troubles: {_listed(self.struck)}",
        ]
        return "\n".join(lines)


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counted.most_common())


def lived(plan: Plan, memory: Memory, bug: str = "none") -> World:
    """Live through a scenario."""
    world = World(plan, memory, **BUGS[bug])
    world.live()
    return world


# ------------------------------------------------------------------------------------------------------------- judge


def wrong_in(world: World) -> list[str]:
    """Give everything that must not be, each beginning with a word that names its kind."""
    ledger = _ledger(world)
    return [
        *_posts_wrong(world),
        *_ledger_wrong(world, ledger),
        *_threads_wrong(world),
        *_words_wrong(world),
        *_calls_wrong(world),
    ]


def _ledger(world: World) -> dict[str, LedgerEntry]:
    return {entry.slot.key: entry for number in world.subscriptions for entry in world.store.history(number, 99)}


def _posts_wrong(world: World) -> Iterator[str]:
    for slot in world.slots:
        posts, due_at = world.posts(slot), slot.due_at.timestamp()
        for earlier, later in itertools.pairwise(posts):
            if earlier.deleted_at > later.at:
                yield f"duplicate: {slot.key} {earlier.at - due_at:.0f} s and {later.at - due_at:.0f} s after its time"
        for post in posts:
            if not -max(0.0, *world.plan.skews) - MINUTE < post.at - due_at < DAY + HOUR:
                yield f"untimely: {slot.key} {post.at - due_at:.0f} s after it was due"


def _ledger_wrong(world: World, ledger: dict[str, LedgerEntry]) -> Iterator[str]:
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
        elif entry.state is State.POSTED and not posts:
            yield f"lost: {slot.key} is called posted and is not"
        elif entry.state is State.CLAIMED or (entry.state is State.POSTED and not entry.details):
            yield f"open: {slot.key} {entry.state}"
        elif entry.state is State.UNKNOWN and not kinds & {"history off", "metadata off", "removed"}:
            yield f"uncertain: {slot.key} without need: {entry.reason}"
        elif not world.plan.troubles and not (posts and posts[0].at - slot.due_at.timestamp() < 3 * MINUTE):
            yield f"late: {slot.key} though all was well"


def _threads_wrong(world: World) -> Iterator[str]:
    threads: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for message in world.slack.posted:
        if message.thread:
            threads[message.channel, message.thread, message.mark or "file"] += 1
    for (channel, thread, mark), count in threads.items():
        if count > (2 if mark == "file" else 1):
            yield f"thread: {mark} {count} times in {channel} {thread}"


def _words_wrong(world: World) -> Iterator[str]:
    told: defaultdict[str, list[float]] = defaultdict(list)
    for message in world.slack.posted:
        if message.channel.startswith("D"):
            told[message.channel].append(message.at)
    for person, moments in told.items():
        for earlier, later in itertools.pairwise(moments):
            if later - earlier < DAY - MINUTE:
                yield f"words: {person} twice within {(later - earlier) / HOUR:.1f} hours"


def _calls_wrong(world: World) -> Iterator[str]:
    if world.most_calls > MOST_CALLS * len(world.subscriptions):
        yield f"calls: {world.most_calls} in a week for {len(world.subscriptions)} channels"


# ------------------------------------------------------------------------------------------------------------ shrink


def shrunk(plan: Plan, memory: Memory, kind: str, bug: str = "none") -> Plan:
    """Leave out troubles, one after the other and again, while the same kind of wrong remains."""
    smaller = True
    while smaller:
        smaller = False
        for trouble in plan.troubles:
            tried = replace(plan, troubles=tuple(one for one in plan.troubles if one is not trouble))
            if any(wrong.startswith(kind) for wrong in wrong_in(lived(tried, memory, bug))):
                plan, smaller = tried, True
    return plan


def story(plan: Plan, memory: Memory, bug: str = "none") -> str:
    """Tell what a scenario is and what goes wrong in it."""
    world = lived(plan, memory, bug)
    lines = [
        f"seed {plan.seed}: {plan.weeks} weeks from {plan.start:%d %b %Y}, {len(plan.rhythms)} channels",
        f"  clocks ahead by {plan.skews} s, client_msg_id {plan.ids}",
        *(f"  {trouble}" for trouble in plan.troubles),
        *(f"  -> {wrong}" for wrong in wrong_in(world)),
    ]
    return "\n".join(lines)


# --------------------------------------------------------------------------------------------------------------- run


def run(weeks: int, seed: int, bug: str = "none", most_stories: int = 5) -> Iterator[tuple[Figures, str]]:
    """Live through scenarios until there were so many weeks; give the figures and each failure's story."""
    figures, memory, told = Figures(), Memory(), 0
    for number in itertools.count(seed):
        if figures.weeks >= weeks:
            return
        plan = drawn(number)
        world = lived(plan, memory, bug)
        wrong = wrong_in(world)
        _count(figures, world, wrong)
        if wrong and told < most_stories:
            told += 1
            yield figures, story(shrunk(plan, memory, wrong[0].split(":")[0], bug), memory, bug)
        else:
            yield figures, ""


def _count(figures: Figures, world: World, wrong: list[str]) -> None:
    figures.weeks += world.plan.weeks
    figures.due += len(world.slots)
    ledger = _ledger(world)
    for slot in world.slots:
        posts, entry = len(world.posts(slot)), ledger.get(slot.key)
        figures.posts += posts
        figures.became[entry.state if entry else "none"] += 1
        figures.skipped_though_posted += bool(posts and entry and entry.state is State.SKIPPED)
        if entry and entry.state in SAID:
            figures.reasons["".join(sign for sign in entry.reason if not sign.isdigit())[:90]] += 1
    files = Counter(message.thread for message in world.slack.posted if message.said.get("files"))
    figures.files_twice += sum(count > 1 for count in files.values())
    figures.told += sum(message.channel.startswith("D") for message in world.slack.posted)
    figures.restored += world.restored
    figures.struck.update(world.struck)
    figures.wrong.update(line.split(":")[0] for line in wrong)
    figures.most_calls = max(figures.most_calls, world.most_calls / len(world.subscriptions))


def main() -> int:
    """Run, print, and say by the status whether all was well."""
    parser = argparse.ArgumentParser(description="Weeks of digests in virtual time.")
    parser.add_argument("--weeks", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--bug", choices=sorted(BUGS), default="none")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if options.only is not None:
        plan, memory = drawn(options.only), Memory()
        wrong = wrong_in(lived(plan, memory, options.bug))
        print(story(shrunk(plan, memory, wrong[0].split(":")[0], options.bug) if wrong else plan, memory, options.bug))  # noqa: T201
        return bool(wrong)
    started, figures = time.process_time(), Figures()
    told = 0
    for figures, failure in run(options.weeks, options.seed, options.bug):
        if figures.weeks // PROGRESS > told:
            told = figures.weeks // PROGRESS
            print(f"{figures.weeks:,} weeks, wrong: {_listed(figures.wrong) or 'nothing'}", flush=True)  # noqa: T201
        if failure:
            print(failure, flush=True)  # noqa: T201
    took = time.process_time() - started
    print(figures, f"\n{took:.0f} s of processor time, {figures.weeks / took * 60:,.0f} weeks a minute")  # noqa: T201
    return bool(figures.wrong)


if __name__ == "__main__":
    sys.exit(main())
