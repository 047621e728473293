"""What was counted over all scenarios; figures of several runs add up."""

import json
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Self

from bot.digest.records import State
from tests.simulation.judge import SAID, ledger_of, most_a_day, most_calls, words_to
from tests.simulation.virtual_world import VirtualWorld


@dataclass
class Figures:
    """What was counted."""

    seeds: int = 0
    weeks: int = 0
    due: int = 0
    posted: int = 0
    became: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    told: int = 0
    restored: int = 0
    skipped_though_posted: int = 0
    files_twice: int = 0
    seconds: float = 0.0
    most_calls: int = 0
    most_other_calls: int = 0
    most_words: int = 0

    def add(self, other: Self) -> None:
        """Add what another run counted."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            setattr(self, one.name, max(mine, theirs) if one.name.startswith("most") else mine + theirs)

    def count(self, world: VirtualWorld, wrong: list[str]) -> None:
        """Add one scenario."""
        self.seeds += 1
        self.weeks += world.plan.weeks
        self._count_slots(world)
        files = Counter(message.thread for message in world.slack.posted if message.said.get("files"))
        self.files_twice += sum(count > 1 for count in files.values())
        self.told += sum(map(len, words_to(world).values()))
        self.restored += world.restored
        self.struck.update(world.struck)
        self.wrong.update(line.split(":")[0] for line in wrong)
        self._count_most(world)

    def _count_slots(self, world: VirtualWorld) -> None:
        ledger = ledger_of(world)
        self.due += len(world.slots)
        for slot in world.slots:
            posts, entry = len(world.posts(slot)), ledger.get(slot.key)
            self.posted += bool(posts)
            self.became[entry.state.value if entry else "none"] += 1
            self.skipped_though_posted += bool(posts and entry and entry.state is State.SKIPPED)
            if entry and entry.state in SAID:
                self.reasons["".join(sign for sign in entry.reason if not sign.isdigit())[:90]] += 1

    def _count_most(self, world: VirtualWorld) -> None:
        channel, others = most_calls(world)
        self.most_calls = max(self.most_calls, channel)
        self.most_other_calls = max(self.most_other_calls, others)
        self.most_words = max(self.most_words, most_a_day(world))

    @property
    def pace(self) -> float:
        """Weeks a minute of processor time."""
        return self.weeks / max(self.seconds, 0.001) * 60

    def as_json(self) -> str:
        """Write it in one line."""
        return json.dumps(vars(self))

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Read what `as_json` wrote."""
        told = json.loads(line)
        return cls(**{key: Counter(value) if isinstance(value, dict) else value for key, value in told.items()})

    def __str__(self) -> str:
        return "\n".join((*self._of_digests(), *self._of_slack(), f"troubles: {listed(self.struck)}", self._of_time()))

    def _of_digests(self) -> list[str]:
        wrong = self.wrong
        others = wrong.total() - wrong["duplicate"] - wrong["lost"]
        told = f" ({listed(wrong)})" if wrong else ""
        return [
            f"{self.weeks:,} weeks ({self.seeds:,} seeds): due {self.due:,}, posted {self.posted:,}",
            f"duplicates {wrong['duplicate']:,}, lost {wrong['lost']:,}, wrong otherwise {others:,}{told}",
            f"ledger: {listed(self.became)}",
            f"not posted, by reason: {listed(self.reasons)}",
        ]

    def _of_slack(self) -> list[str]:
        restored, called = self.restored, self.skipped_though_posted
        return [
            f"at most {self.most_words} message(s) to a person in a day, {self.told:,} in all",
            f"calls in a week: {self.most_calls} at most for a channel, {self.most_other_calls} for time and words",
            f"copies put back: {restored:,}; {called:,} are called skipped that were posted before",
            f"files twice in a thread: {self.files_twice:,}",
        ]

    def _of_time(self) -> str:
        return f"{self.seconds:.0f} s of processor time, {self.pace:,.0f} weeks a minute"


def listed(counted: Counter[str]) -> str:
    """List what was counted, most first."""
    return ", ".join(f"{name} {count:,}" for name, count in counted.most_common())
