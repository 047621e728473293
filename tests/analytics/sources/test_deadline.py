"""An answer that does not come in time is told in one sentence, whichever of two clocks strikes first."""

import httpx2
import pytest

from analytics.errors import Unreachable
from analytics.sources.http import HttpReader


class ImpatientTransport(httpx2.BaseTransport):
    """A connection that gives up as the HTTP client's own clock would, a moment before the caller's."""

    def __init__(self, failure: type[httpx2.TimeoutException]) -> None:
        self._failure = failure

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Wait no longer."""
        raise self._failure("no more time", request=request)


@pytest.mark.parametrize(
    "failure", [httpx2.ConnectTimeout, httpx2.ReadTimeout, httpx2.WriteTimeout, httpx2.PoolTimeout]
)
def test_the_client_s_own_clock_says_what_the_caller_s_says(failure: type[httpx2.TimeoutException]) -> None:
    """On a busy machine either may be the first."""
    reader = HttpReader(lambda: httpx2.Client(transport=ImpatientTransport(failure)), lambda _: 1.0)

    with pytest.raises(Unreachable) as refused:
        reader.get_json("http://hub/api/models", [], {}, 30)

    assert refused.value.why == "it did not answer within 30 s"
