"""What hangs in the gallery: messages and what else people see, by what makes it in the bot and for which case."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analytics.domain.answer import Answer
from bot.messages import Message


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What a function of the bot made for a case, or a table of it."""

    maker: str
    case: str

    @property
    def group(self) -> str:
        """The module it comes from, which is the sheet it hangs on."""
        return self.maker.split(".")[-2]

    @property
    def name(self) -> str:
        """What it is called under its picture and where it is pinned."""
        function = self.maker.rpartition(".")[2]
        return f"{function}: {self.case}" if self.case else function

    @property
    def pinned(self) -> Mapping[str, Any]:
        """What of it is kept in a file, so that a change is seen."""
        raise NotImplementedError

    @property
    def shown(self) -> Mapping[str, Any]:
        """What the playground's page draws it from."""
        raise NotImplementedError

    @property
    def pictures(self) -> tuple[Answer, ...]:
        """The answers whose pictures stand in it."""
        return ()


@dataclass(frozen=True, slots=True)
class Hung(Exhibit):
    """One message; `drawn` is the answer whose picture stands in it, `beside` that of a second picture."""

    message: Message
    drawn: Answer | None = None
    beside: Answer | None = None

    @property
    def pinned(self) -> Mapping[str, Any]:
        """Its text and its blocks."""
        return {"text": self.message.text, "blocks": list(self.message.blocks)}

    @property
    def shown(self) -> Mapping[str, Any]:
        """The same."""
        return {"surface": "message", **self.pinned}

    @property
    def pictures(self) -> tuple[Answer, ...]:
        """Two at most."""
        return tuple(answer for answer in (self.drawn, self.beside) if answer)


class Surface(StrEnum):
    """What people see that is no message."""

    HOME = "home"
    FORM = "form"
    PREVIEW = "preview"
    DETAILS = "details"
    STEP = "step"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class HungSurface(Exhibit):
    """One of them: what Slack is given, and with what the page draws it (remarks beside fields, runs of a step)."""

    surface: Surface
    given: Mapping[str, Any]
    around: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pinned(self) -> Mapping[str, Any]:
        """All that Slack is given, and what is said around it."""
        return {**self.given, **self.around}

    @property
    def shown(self) -> Mapping[str, Any]:
        """What it is drawn from, told apart."""
        return {"surface": self.surface, "given": self.given, **self.around}


def hang(make: Callable[..., Message | Sequence[Message]], case: str, *given: Any, **named: Any) -> Iterator[Hung]:
    """Make a message, or each form of one, and hang it."""
    maker, made = f"{make.__module__}.{make.__name__}", make(*given, **named)
    if isinstance(made, Message):
        yield Hung(maker, case, made)
        return
    for number, form in enumerate(made, 1):
        yield Hung(maker, f"{case}, form {number}".removeprefix(", "), form)
