"""What hangs in the gallery: a message by the function that makes it and the case it is made for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.domain.answer import Answer
from bot.messages import Message


@dataclass(frozen=True, slots=True)
class Hung:
    """One message; `drawn` is the answer whose picture stands in it, `beside` that of a second picture."""

    maker: str
    case: str
    message: Message
    drawn: Answer | None = None
    beside: Answer | None = None

    @property
    def group(self) -> str:
        """The module it comes from, which is the sheet it hangs on."""
        return self.maker.split(".")[-2]

    @property
    def name(self) -> str:
        """What it is called under its picture and where its blocks are pinned."""
        function = self.maker.rpartition(".")[2]
        return f"{function}: {self.case}" if self.case else function


def hang(make: Callable[..., Message | Sequence[Message]], case: str, *given: Any, **named: Any) -> Iterator[Hung]:
    """Make a message, or each form of one, and hang it."""
    maker, made = f"{make.__module__}.{make.__name__}", make(*given, **named)
    if isinstance(made, Message):
        yield Hung(maker, case, made)
        return
    for number, form in enumerate(made, 1):
        yield Hung(maker, f"{case}, form {number}".removeprefix(", "), form)
