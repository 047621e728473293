"""A token that is refused: not sent again for an hour, and known from a thing that is closed to strangers."""

from contextlib import nullcontext

import httpx2
import pytest

from analytics.errors import AnalyticsError
from analytics.sources.hub.refused_tokens import TokenReader

URL = "https://hub.example/api/models/a/b"
TOKEN = {"authorization": "Bearer hf_x"}


class WatchedHub:
    """A Hub that refuses in one way whoever brings a token, and notes who brought one; its clock is moved by hand."""

    def __init__(self, code: str, now: float = 0.0) -> None:
        self.code = code
        self.now = now
        self.takes = 0.0
        self.brought: list[bool] = []
        self.patience: list[float] = []
        client = httpx2.Client(transport=httpx2.MockTransport(self._answer))
        self._reader = TokenReader(lambda: nullcontext(client), lambda _headers: 0.0, lambda: self.now)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.now += self.takes
        self.patience.append(request.extensions["timeout"]["read"])
        self.brought.append("authorization" in request.headers)
        refuses = self.brought[-1]
        return httpx2.Response(401 if refuses else 200, headers={"x-error-code": self.code} if refuses else {}, json={})

    def ask(self) -> str:
        """Ask with the token; give the class of the error, if there is one."""
        try:
            self._reader.get_json(URL, [], TOKEN, 30)
        except AnalyticsError as error:
            return type(error).__name__
        return ""


@pytest.mark.parametrize(("later", "brought"), [(3599, [True, False, False]), (3600, [True, False, True, False])])
def test_a_refused_token_is_sent_again_after_an_hour(later: float, brought: list[bool]) -> None:
    """What is public is read without it meanwhile."""
    hub = WatchedHub("")

    assert hub.ask() == ""
    hub.now = later
    assert hub.ask() == ""
    assert hub.brought == brought


def test_a_gated_thing_says_nothing_against_the_token() -> None:
    """It was right and is sent with the next question too; without it nobody would see what it may see."""
    hub = WatchedHub("GatedRepo")

    assert "" not in (hub.ask(), hub.ask())
    assert hub.brought == [True, True]


def test_asking_again_without_the_token_takes_what_is_left_of_the_time() -> None:
    """Whoever asks is told within the seconds they gave, not twice as many."""
    hub = WatchedHub("")
    hub.takes = 20.0

    assert hub.ask() == ""
    assert [round(seconds) for seconds in hub.patience] == [30, 10]
