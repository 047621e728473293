"""`frameworks collect census`: a source is read now, with its progress, and what it says is stored."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from analytics import grammar
from analytics.analyst import Analyst
from analytics.closed_pipe import ErrorConsole, PipedConsole
from analytics.domain.collectors import COLLECTORS
from analytics.domain.wording import clause
from analytics.errors import SourceError, UnknownOption
from analytics.exit_status import ANSWERED, UNAVAILABLE, UNCLEAR, UNEXPECTED
from analytics.invocation import command
from analytics.terminal_table import lay_out_hints

if TYPE_CHECKING:
    from rich.status import Status


def collect(words: Sequence[str], errors: ErrorConsole, open_analyst: Callable[[], Analyst]) -> int:
    """Read a source and store what it says: `frameworks collect census`."""
    what, *rest = [word.casefold() for word in words] or [""]
    if what not in COLLECTORS:
        said = f"“{what}” cannot be collected" if what else "Say what to collect"
        errors.print(Text(f"{said}. What can be:"))
        hints = [(f"collect {name}", meaning) for name, meaning in COLLECTORS.items()]
        errors.print(Text("\n".join(lay_out_hints(hints))))
        near = grammar.nearest(what, tuple(COLLECTORS))
        begins = "Did you mean" if near else "For example"
        errors.print(Text(f"\n{begins}: {command(f'collect {next(iter(near or COLLECTORS))}')}"))
        return UNCLEAR
    analyst = open_analyst()
    try:
        with errors.status(f"Collecting {what}…") as status:
            for sentence in analyst.collect(what, rest, lambda line, _=None: _tell_progress(errors, status, line)):
                PipedConsole(highlight=False).print(Text(sentence))
    except UnknownOption as wrong:
        errors.print(Text(str(wrong)))
        return UNCLEAR
    except BlockingIOError as busy:
        errors.print(Text(f"{busy.strerror}. Wait until it is done, or end it: what it has read is kept."))
        return UNEXPECTED
    except SourceError as trouble:
        said = f"Not collected: {clause(trouble.why)} ({trouble.url})."
        again = "; try again later" if trouble.passes else ""
        errors.print(Text(f"{said} What was stored before stays in use{again}."))
        return UNAVAILABLE
    finally:
        analyst.close()
    return ANSWERED


def _tell_progress(errors: ErrorConsole, status: "Status", line: str) -> None:
    """Show what is being done in place of what was, or, in a pipe or a log, below it."""
    if errors.is_terminal:
        status.update(Text(line))
    else:
        errors.print(Text(line), soft_wrap=True)
