"""Why a page cannot be shown, as sentences with what to try instead; the sentences are those of the terminal."""

import datetime as dt
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from analytics.context import Context
from analytics.domain.requests import Request
from analytics.errors import DatabaseTrouble, ModelNotAsked, NoSuchName, NothingStored, ToMend
from analytics.grammar import Unclear
from analytics.pages.page_addresses import address_of, address_to_ask
from analytics.pages.page_lookups import Busy
from analytics.refusals import explain_nothing_stored, tell_coming, tell_no_such

log = logging.getLogger(__name__)

LATER = 300
"""Seconds after which to ask again what is not there yet."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that work, and where."""

    words: str
    address: str


class PageRefused(Exception):
    """No page: the status, a sentence, what to try instead, and in how many seconds to come again."""

    def __init__(self, status: int, said: str, tries: tuple[Suggestion, ...] = (), seconds: int | None = None) -> None:
        super().__init__(said)
        self.status = status
        self.said = said
        self.tries = tries
        self.seconds = seconds


def suggest(words: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """Suggest words of the grammar."""
    return tuple(Suggestion(one, address_to_ask(one)) for one in words)


def not_understood(unclear: Unclear) -> PageRefused:
    """Refuse an address that is no question."""
    return PageRefused(404, unclear.problem, suggest(unclear.suggestions))


@contextmanager
def refuse_in_words(request: Request, context: Context, as_of: dt.datetime | None = None) -> Iterator[None]:
    """
    Turn what keeps a question from its answer into a refusal. Raises PageRefused.

    What was not stored of a past day never will be: that is no outage, and nothing to come again for.
    """
    try:
        yield
    except NoSuchName as unknown:
        near = (Suggestion(instead.words, address_of(instead)) for instead in unknown.instead(request))
        if isinstance(unknown, ModelNotAsked):
            raise PageRefused(503, tell_no_such(unknown), tuple(near), seconds=LATER) from None
        raise PageRefused(404, tell_no_such(unknown), tuple(near)) from None
    except NothingStored as nothing:
        if as_of and as_of < context.clock():
            raise PageRefused(404, explain_nothing_stored(nothing)) from None
        said = f"{explain_nothing_stored(nothing)} {tell_coming(request, context)}".strip()
        raise PageRefused(503, said, seconds=LATER) from None


@contextmanager
def refuse_at_all() -> Iterator[None]:
    """Turn every other trouble into a refusal; what nobody expected is logged under a reference."""
    try:
        yield
    except PageRefused:
        raise
    except Busy as busy:
        said = "Too many questions that have to be looked up first are under way. What is stored is answered at once."
        raise PageRefused(503, said, seconds=busy.seconds) from None
    except (DatabaseTrouble, ToMend) as trouble:
        log.warning("a page could not be made: %s", trouble)
        raise PageRefused(503, "The database cannot be asked just now.", seconds=LATER) from None
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("reference %s: a page failed", reference)
        said = f"Something unexpected went wrong. Please report it and quote the reference {reference}."
        raise PageRefused(500, said) from None
