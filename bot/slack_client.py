"""
The two ways to speak to Slack, both without a second try after a lost answer: what was sent may have arrived.

The SDK's defaults try again when a connection drops, which posts a message twice.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.request import Request

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RateLimitErrorRetryHandler, RetryHandler, RetryState
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.observer import UNOBSERVED, Observer
from bot.pauses import BEARABLE
from bot.slack_errors import OK, SLACK_FAILURES, UnreadableReply, foreign, interpret, seconds_of, word_of

PATIENCE = 20
"""Seconds to wait for an answer of Slack's."""

KEPT_ELSEWHERE = ("/chat.postMessage", "/apps.connections.open")
"""Whose pauses are kept by `pauses.py`, by the digest and by the line to Slack, each in its own way."""


SDK_LOG = logging.getLogger("bot.slack_sdk")
"""Where the SDK logs on our behalf: it writes down what came back, which may be a page that shows our own token."""


def _harmless(record: logging.LogRecord) -> bool:
    record.msg, record.args = foreign(record.getMessage()), ()
    return True


SDK_LOG.addFilter(_harmless)


class PatientRateLimit(RateLimitErrorRetryHandler):
    """Waits out one 429 whose Retry-After is bearable, and no longer one; posts are not its business."""

    def __init__(self, wait: Callable[[float], None] = time.sleep) -> None:
        super().__init__(max_retry_count=1)
        self._wait = wait

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if not super()._can_retry(state=state, request=request, response=response, error=error):
            return False
        if str(getattr(request, "url", "")).endswith(KEPT_ELSEWHERE):
            return False
        return seconds_of(response.headers if response else None) <= BEARABLE

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        """Wait as long as Slack asks; the SDK's own reading of it fails at a half."""
        del request, error
        state.next_attempt_requested = True
        self._wait(seconds_of(response.headers if response else None))
        state.increment_current_attempt()


@contextmanager
def reading_answers() -> Iterator[None]:
    """
    Turn what the SDK stumbles over in an answer into UnreadableReply; what it cannot send is a mistake of ours.

    Half an answer, bytes of another encoding or one that nobody knows, an address to go on to that is none, JSON
    deeper than Python reads: each a slip of its own there.
    """
    try:
        yield
    except UnicodeEncodeError:
        raise
    except (ValueError, LookupError, RecursionError) as slip:
        raise UnreadableReply(f"an answer that cannot be read ({type(slip).__name__})") from slip


def _is_other_json(body: object) -> bool:
    """Tell whether an answer is bytes, or JSON that is no object: the SDK takes either for one."""
    if not isinstance(body, str):
        return True
    with suppress(ValueError):
        return not body.lstrip().startswith("{") and bool(json.loads(body))
    return False


class CountedClient(WebClient):
    """The SDK's client, of whose calls `observer` hears: every method of it goes through `api_call`."""

    def __init__(self, token: str | None, observer: Observer, **options: Any) -> None:
        super().__init__(token, **options)
        self._observer = observer

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Call a method of Slack's; how it ended is named by what that means for a post."""
        began = time.monotonic()
        try:
            answer = super().api_call(api_method, **arguments)
            if answer.get("ok") is not True:  # the SDK takes "false" for yes
                raise UnreadableReply("an answer that says neither yes nor no")
        except SLACK_FAILURES as failure:
            self._observer.note_slack(api_method, type(interpret(failure)).__name__, time.monotonic() - began)
            raise
        self._observer.note_slack(api_method, "ok", time.monotonic() - began)
        return answer

    def _perform_urllib_http_request(self, *, url: str, args: dict[str, dict[str, Any]]) -> dict[str, Any]:
        with reading_answers():
            answer = super()._perform_urllib_http_request(url=url, args=args)
            if _is_other_json(answer["body"]):
                raise UnreadableReply("an answer that is no object")
            return answer

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """Send one request. Its token goes nowhere else: urllib takes it along where somebody sends us on to."""
        if token := req.headers.pop("Authorization", ""):
            req.add_unredirected_header("Authorization", token)
        return super()._perform_urllib_http_request_internal(url, req)

    def files_upload_v2(self, **arguments: Any) -> SlackResponse:
        """Upload in three steps. Raises as any call; UnreadableReply where the SDK stumbles over an answer."""
        try:
            return super().files_upload_v2(**arguments)
        except (AttributeError, LookupError, TypeError, ValueError) as slip:
            raise UnreadableReply(f"an answer to an upload ({type(slip).__name__})") from slip


TurnTo = Callable[[str, str], str]
"""Hears Slack's word for a refusal, and with which token; gives a newer token, or nothing where there is none."""


class DoubtingClient(CountedClient):
    """
    The client of one workspace of many; `turn_to` hears of each refusal, by which its token may be gone.

    Where the app was installed again meanwhile the call is made once more, with the newer token: who refuses a token
    has done nothing of what was asked, so nothing is done twice.
    """

    def __init__(self, token: str, observer: Observer, turn_to: TurnTo, **options: Any) -> None:
        super().__init__(token, observer, **options)
        self._turn_to = turn_to

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Call a method of Slack's; what is refused is refused as ever."""
        used = self.token or ""
        try:
            return super().api_call(api_method, **arguments)
        except SlackApiError as refusal:
            if not (newer := self._turn_to(word_of(refusal), used)):
                raise
        self.token = newer
        try:
            return super().api_call(api_method, **arguments)
        except SlackApiError as refusal:
            self._turn_to(word_of(refusal), newer)
            raise


def slack_client(token: str | None, api_url: str, observer: Observer = UNOBSERVED) -> WebClient:
    """Make the client for everything: no retry when a connection drops, because Slack may have posted already."""
    return CountedClient(token, observer, **client_options(api_url))


def doubting_client(token: str, api_url: str, observer: Observer, turn_to: TurnTo) -> WebClient:
    """Make the same for one workspace of many."""
    return DoubtingClient(token, observer, turn_to, **client_options(api_url))


def client_options(api_url: str) -> dict[str, Any]:
    """Give what every client is made with."""
    patient: list[RetryHandler] = [PatientRateLimit()]
    return {"base_url": api_url, "timeout": PATIENCE, "retry_handlers": patient, "logger": SDK_LOG}


class ReplyOnce:
    """Bolt's `respond` without its second try: the same reply would reach the asker twice."""

    def __init__(self, url: str, client: WebClient, observer: Observer = UNOBSERVED) -> None:
        self._observer = observer
        self._hook = WebhookClient(
            url, timeout=PATIENCE, ssl=client.ssl, proxy=client.proxy, logger=SDK_LOG, retry_handlers=[]
        )

    def __call__(self, **arguments: Any) -> WebhookResponse:
        """Send one reply."""
        outcome, began = "Unconfirmed", time.monotonic()
        try:
            with reading_answers():
                answer = self._hook.send_dict(arguments)
            outcome = "ok" if answer.status_code == OK else "Refused"
            return answer
        finally:
            self._observer.note_slack("response_url", outcome, time.monotonic() - began)


def reply_once(observer: Observer) -> Callable[..., Any]:
    """Give the middleware that puts ours in the place of Bolt's `respond` (None without a response_url) and client."""

    def put(context: BoltContext, client: WebClient, next_: Callable[[], Any]) -> Any:
        url = context.response_url
        context["respond"] = ReplyOnce(url, client, observer) if url else None
        if not isinstance(client, CountedClient):  # Bolt's own copy, as for the token of a workflow's step
            context["client"] = slack_client(client.token, client.base_url, observer)
        return next_()

    return put
