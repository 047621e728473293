"""One bounded GET: whatever the other side does ends in one of our errors, in words fit for people."""

import httpx2
import pytest
from huggingface_hub.utils import get_session

from analytics.errors import Changed, NotAsked, RateLimited, Unreachable
from analytics.sources.http import HttpReader
from analytics.sources.http_answers import retry_after
from analytics.sources.web_session import WEB
from tests.analytics.sources.reading import TEN, top
from tests.loopback import hub_faults as faults
from tests.loopback.hub import LoopbackHub


def test_a_session_that_somebody_closed_ends_in_an_error_of_ours() -> None:
    """The client library shares one session, and anybody may close it."""
    get_session().close()

    with LoopbackHub(TEN) as hub, pytest.raises(Unreachable, match="broke off"):
        top(hub)


@pytest.mark.parametrize("value", ["9" * 30, "Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 21 Oct 2099 07:28:00 -0000"])
def test_no_pause_is_longer_than_an_hour(value: str) -> None:
    """A header gone mad does not keep us from the Hub for ever."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.asks_to_retry_after(value))
        with pytest.raises(RateLimited) as caught:
            top(hub)

    assert caught.value.seconds == 3600


def test_digits_of_other_scripts_are_no_seconds() -> None:
    """An unreadable Retry-After means a minute."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.asks_to_retry_after("\u00b2"))
        with pytest.raises(RateLimited) as caught:
            top(hub)

    assert caught.value.seconds == 60


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (faults.says(faults.PAGE, 404, "text/html"), "it answered 404 (HF_ENDPOINT leads to no list of models)"),
        (
            faults.says_json({"error": "No such\n thing"}, 404),
            "it answered 404: No such thing (HF_ENDPOINT leads to no list of models)",
        ),
        (faults.says_json(["x"], 403), "it answered 403 (it lets us read no lists)"),
    ],
)
def test_a_refusal_is_told_without_markup(fault: faults.Fault, why: str) -> None:
    """Only the source's own words, if it has any, reach people; never JSON or a web page."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(fault)
        with pytest.raises(Changed) as caught:
            top(hub)

    assert caught.value.why == why


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/", "http://nowhere..corp/", f"http://{'a' * 64}.corp/"])
def test_an_address_that_nobody_can_ask_is_a_change(target: str) -> None:
    """Where it sends us to is wrong for good: neither a connection that may come back nor a mistake of ours."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.sends_on_to(target))
        with pytest.raises(Changed, match="it leads to an address that cannot be asked"):
            top(hub)


def test_a_timeout_on_their_side_may_pass() -> None:
    """408 is no change of the source."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.says_json({}, 408))
        with pytest.raises(Unreachable, match="it answered 408"):
            top(hub)


def test_data_nested_without_end_is_no_data() -> None:
    """Two hundred thousand brackets do not exhaust us."""
    with LoopbackHub(TEN) as hub:
        hub.faults.put(faults.says("[" * 200_000))
        with pytest.raises(Unreachable, match="cut off or is no data"):
            top(hub)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALL_PROXY", "http://me:s3cret@127.0.0.1:abc", "ALL_PROXY holds no proxy that can be used"),
        ("ALL_PROXY", "ftp://me:s3cret@127.0.0.1:9", "ALL_PROXY holds no proxy that can be used"),
        ("HTTPS_PROXY", "http://me:s3cret@127.0.0.1:abc", "HTTPS_PROXY holds no proxy that can be used"),
        ("SSL_CERT_FILE", "/s3cret/none.pem", "the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be"),
    ],
)
def test_a_proxy_or_certificate_file_that_is_none_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    """Nothing ends by it: the sentence names the setting of the machine, and not its value."""
    monkeypatch.setenv(name, value)
    reader = HttpReader(httpx2.Client, retry_after)

    with pytest.raises(NotAsked, match=said) as refused:
        reader.get_json("http://127.0.0.1:9/", [], {}, 10)

    assert "s3cret" not in str(refused.value)


def test_an_installation_without_socks_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older one may lack what the HTTP client needs for it."""
    monkeypatch.setenv("ALL_PROXY", "socks5://me:s3cret@127.0.0.1:9")

    def lacking() -> httpx2.Client:
        raise ImportError("socksio")

    with pytest.raises(NotAsked, match="ALL_PROXY names a SOCKS proxy, which needs the package socksio"):
        HttpReader(lacking, retry_after).get_json("http://127.0.0.1:9/", [], {}, 10)


def test_the_log_names_the_host_and_not_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    """The path holds the id that somebody typed."""
    caplog.set_level("DEBUG", "analytics")

    with pytest.raises(Unreachable):
        WEB.get_json("http://127.0.0.1:9/api/models/topsecret/x", [("search", "topsecret")], {}, 10)

    assert "no connection to 127.0.0.1:9" in caplog.text
    assert "topsecret" not in caplog.text
