"""
A contract: what we believe of a service that nobody here has asked yet, and a way to ask it.

The same contracts are tried by CI against the stand-ins and by `make live` against the real services. What differs
there says which rule of a stand-in is wrong; `rule` says where that rule stands.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from bot.runtime.credentials import say_why

Door = TypeVar("Door")


class ContractOutcome(StrEnum):
    """What came of a contract."""

    HELD = "held"
    DIFFERS = "differs"
    UNTRIED = "could not be tried"


class NotTried(Exception):
    """What was asked was not judged: the way there is closed, and the text says why."""


@dataclass(frozen=True, slots=True)
class ContractFinding:
    """An outcome, and in words what differs or why it could not be tried."""

    outcome: ContractOutcome
    what: str = ""


HELD = ContractFinding(ContractOutcome.HELD)


def differs(what: str) -> ContractFinding:
    """Say that it is otherwise."""
    return ContractFinding(ContractOutcome.DIFFERS, what)


def untried(why: str) -> ContractFinding:
    """Say that nobody could see."""
    return ContractFinding(ContractOutcome.UNTRIED, why)


def hold(expected: bool | None, otherwise: str, unseen: str = "nobody answered the question") -> ContractFinding:  # noqa: FBT001 - the question's own answer
    """Turn yes, no or no answer into a finding."""
    if expected is None:
        return untried(unseen)
    return HELD if expected else differs(otherwise)


@dataclass(frozen=True, slots=True)
class Contract(Generic[Door]):
    """
    One belief.

    `id`: the service and a number, in the order in which they are tried. `claim`: what we believe. `rule`: the rule of
    a stand-in, or the setting, to change if it is otherwise. `ask`: asks the service behind a door.
    """

    id: str
    claim: str
    rule: str
    ask: Callable[[Door], ContractFinding]


def judge(contract: Contract[Door], door: Door) -> ContractFinding:
    """Ask; whatever goes wrong on the way is a reason why it could not be tried."""
    try:
        return contract.ask(door)
    except NotTried as why:
        return untried(str(why))
    except Exception as trouble:  # noqa: BLE001 - one contract must not keep the others from being tried
        return untried(say_why(trouble))


def report(contracts: Iterable[Contract[Door]], door: Door) -> Iterator[tuple[str, ContractFinding]]:
    """Ask one after the other; give each finding as a line as soon as it is there."""
    for contract in contracts:
        finding = judge(contract, door)
        told = f": {finding.what}" if finding.what else ""
        change = f"\n    then change: {contract.rule}" if finding.outcome is ContractOutcome.DIFFERS else ""
        yield f"{contract.id} {finding.outcome}{told}\n    {contract.claim}{change}", finding
