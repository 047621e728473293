"""
What befalls a simulated month, drawn by lot from one seed: a list of troubles, each of which can be left out.

So a failure is one number, and the shortest list that still fails is its explanation.
"""

import datetime as dt
import random
from dataclasses import dataclass, replace
from typing import Any

STEPS = ("claimed", "built", "posting", "sending", "posted", "marked", "thread", "detailed", "settling", "telling")
METHODS = (
    *("chat_postMessage",) * 6,
    *("conversations_history",) * 3,
    "chat_update",
    *("conversations_replies", "files_upload_v2", "conversations_open", "conversations_join", "auth_test"),
)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca")
WEEK, DAY, HOUR, MINUTE = 7 * 86400.0, 86400.0, 3600.0, 60.0


@dataclass(frozen=True)
class PlannedTrouble:
    """
    One thing that goes wrong: in which week, what, and how much.

    `where` is a step, a method of Slack or a channel, `nth` the how manyth time that week it is passed or called,
    `after` seconds since the week's first slot was due, `much` seconds or whatever the kind needs.
    """

    week: int
    kind: str
    where: str = ""
    nth: int = 1
    after: float = 0.0
    much: float = 0.0


@dataclass(frozen=True)
class FurtherDigest:
    """A further digest in a channel, under a name: weekly, or on a day of the month."""

    channel: int
    name: str
    weekday: int
    at: dt.time
    zone: str
    creator: str
    monthly: str = ""


@dataclass(frozen=True)
class ScenarioPlan:
    """One scenario: its weeks, channels and processes, further digests in them, and the troubles."""

    seed: int
    start: dt.datetime
    weeks: int
    rhythms: tuple[tuple[int, dt.time, str, str], ...]
    skews: tuple[float, ...]
    ids: str
    troubles: tuple[PlannedTrouble, ...]
    beside: tuple[FurtherDigest, ...] = ()


def drawn(seed: int) -> ScenarioPlan:
    """Draw a scenario."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    weeks = chance.choice((1, 2, 3, 4, 6))
    more = random.Random(f"what was added to {seed}")  # noqa: S311 - drawn apart, so that the seeds keep their stories
    plan = ScenarioPlan(
        seed,
        dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=chance.randrange(364)),
        weeks,
        _rhythms(chance),
        tuple(chance.choice((0.0, 0.0, 2.0, -40.0, 360.0, -420.0, 7200.0)) for _ in range(chance.choice((1, 1, 2)))),
        chance.choice(("ignored", "honoured", "duplicate error")),
        tuple(_trouble(chance, week) for week in range(weeks) for _ in range(chance.choice((0, 1, 2, 4, 8)))),
    )
    ids = more.choice((plan.ids, plan.ids, plan.ids, *REFUSED_IDS))
    return replace(plan, ids=ids, troubles=plan.troubles + _put_back(more, weeks), beside=_beside(plan))


def _beside(plan: ScenarioPlan) -> tuple[FurtherDigest, ...]:
    """Draw, for some, one or two further digests of one channel; most are due in the same minute as its plain one."""
    chance = random.Random(f"named beside {plan.seed}")  # noqa: S311 - drawn apart too
    if chance.random() < 0.5:
        return ()
    number = chance.randrange(len(plan.rhythms))
    weekday, at, zone, creator = plan.rhythms[number]
    found = []
    for name in ("mobile", "Größe “XL”")[: chance.choice((1, 1, 2))]:
        monthly = chance.choice(("", "", str(chance.randrange(1, 29)), "first", "last", "last day"))
        other = chance.choice((weekday, weekday, chance.randrange(7)))
        found.append(FurtherDigest(number + 1, name, other, at, zone, chance.choice((creator, "U2")), monthly))
    return tuple(found)


def _put_back(chance: random.Random, weeks: int) -> tuple[PlannedTrouble, ...]:
    """Draw a change of day or time, and a copy of before that is put back, with or without stopping the bots."""
    if chance.random() < 0.7:
        return ()
    week, nth = chance.randrange(weeks), chance.randrange(1, 5)
    moment = chance.choice((-4 * HOUR, -HOUR, 200.0, 4 * HOUR))
    changed = PlannedTrouble(week, "time changed", nth=nth, after=moment, much=chance.choice(CHANGES))
    later = moment + chance.choice((90.0, HOUR, 5 * HOUR, DAY))
    put_back = PlannedTrouble(week, chance.choice(("copy put back", "set back")), after=later, much=chance.choice(AGES))
    return chance.choice(((changed, put_back), (put_back,), (changed,)))


def _rhythms(chance: random.Random) -> tuple[tuple[int, dt.time, str, str], ...]:
    """Draw one to four channels, most often due together, by one person or two."""
    first = (chance.randrange(7), dt.time(chance.randrange(24), chance.choice((0, 30))), chance.choice(ZONES))
    others = [first if chance.random() < 0.7 else (chance.randrange(7), dt.time(9), "UTC") for _ in range(3)]
    return tuple((*rhythm, chance.choice(("U1", "U2"))) for rhythm in [first, *others][: chance.choice((1, 1, 2, 4))])


def _trouble(chance: random.Random, week: int) -> PlannedTrouble:
    """Draw one trouble."""
    kind, most = chance.choice(tuple(KINDS.items()))
    details: dict[str, Any] = {}
    if kind in STRIKES:
        details = {"where": chance.choice(STEPS), "nth": chance.choice((1, 1, 1, 2, 3, 5))}
    elif kind in FAULTS:
        details = {"where": chance.choice(METHODS), "nth": chance.choice((1, 1, 1, 2, 3, 4))}
    else:
        details = {"nth": chance.randrange(1, 5), "after": chance.choice((-90.0, 20.0, 70.0, 200.0, 900.0, 4 * HOUR))}
    return PlannedTrouble(week, kind, **details, much=chance.choice(most))


REFUSED_IDS = ("invalid_arg_name", "invalid_arguments", "never_heard_of")
"""What a Slack says that takes no client_msg_id any more."""

CHANGES = (-DAY, -2 * HOUR, -HOUR, HOUR, 2 * HOUR, DAY, 3 * DAY)
AGES = (90.0, HOUR, 5 * HOUR, DAY)
"""By how much a digest's time is changed, and how old a copy is at least."""

ADDED = ("time changed", "copy put back", "set back")
"""What is drawn apart: a person, a copy put back while nobody runs, a backup put back under running processes."""

STRIKES = {
    "kill": (5.0, 90.0, 400.0, 4 * HOUR, 30 * HOUR),
    "stop": (20.0, 200.0, 400.0, 900.0, 3 * HOUR, 26 * HOUR),
    "set clock": (-2 * HOUR, -400.0, 400.0, 3 * HOUR),
    "take": (0.0,),
    "restore": (11 * MINUTE, HOUR, DAY, 3 * DAY),
    "database cut before": (0.0,),
    "database cut after": (0.0,),
    "PostgreSQL restarted": (0.0, 5.0, 40.0),
}
"""What strikes a process at a step; for how long it is away, or how much the clock moves."""

FAULTS = {
    "429": (1.0, 30.0, 30.0, 600.0, 4 * HOUR),
    "500": (1.0, 2.0, 5.0),
    "internal_error": (1.0, 2.0),
    "lost request": (1.0, 2.0),
    "lost answer": (1.0, 1.0, 2.0, 3.0),
    "cut answer": (1.0, 1.0, 2.0, 3.0),
    "late": (5.0, 20.0),
}
"""What spoils a call; how often in a row, or for how many seconds."""

STATES = {
    "history off": (HOUR, DAY, 8 * DAY),
    "words off": (HOUR, DAY, 8 * DAY),
    "metadata off": (HOUR, DAY),
    "uploads off": (DAY,),
    "post deleted": (0.0,),
    "removed": (0.0,),
    "archived": (0.0,),
    "database away": (30.0, 10 * MINUTE, 5 * HOUR),
    "Slack away": (90.0, HOUR, 26 * HOUR),
    "everything off": (10 * MINUTE, 5 * HOUR, 2 * DAY, 5 * WEEK),
}
"""What begins at a moment and lasts; `words` are the messages to one person, whose history may be unreadable too."""

KINDS = STRIKES | FAULTS | STATES
