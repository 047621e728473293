"""Private authorities, proxies, mirrors: every source is read through them, over real connections."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from analytics.errors import NotAsked
from analytics.sources.wheels import Wheels
from tests.analytics.at_the_terminal import settings, type_words
from tests.analytics.sources.reading import TEN
from tests.loopback.front_doors import ConnectProxy, SocksProxy, TlsDoor
from tests.loopback.hub import LoopbackHub
from tests.loopback.package_index import PackageIndex, wheel, zipped
from tests.loopback.papers_api import ListedPaper, PapersApi

Answered = dict[str, Any]
NAMES = ("hub.example", "papers.example", "index.example")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Make an authority that no machine trusts by itself."""
    return trustme.CA()


@pytest.fixture
def certificates(authority: trustme.CA, tmp_path: Path) -> str:
    """Write the file that SSL_CERT_FILE names."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    return str(tmp_path / "authority.pem")


@pytest.fixture
def hub(authority: trustme.CA) -> Iterator[TlsDoor]:
    """Serve ten models over TLS, three a page."""
    with LoopbackHub(TEN, most_a_page=3) as plain, TlsDoor(plain.endpoint, authority, *NAMES) as tls:
        yield tls


def ask(endpoint: str, home: Path, **environment: str) -> Answered:
    """Ask `top10` with these settings of the network and no others."""
    done = type_words(settings(endpoint, home) | environment, ["top10", "--json"])
    assert done.returncode == 0, done.stderr
    answer: Answered = json.loads(done.stdout)
    return answer


def first_caveat(answer: Answered) -> str:
    """Give what the answer says of why it is not live."""
    return str(answer["caveats"][0])


def test_a_private_authority_is_trusted_where_it_is_named(hub: TlsDoor, certificates: str, tmp_path: Path) -> None:
    """SSL_CERT_FILE is all it takes; the next pages, which the Hub names with http, are asked for with TLS too."""
    answer = ask(hub.address, tmp_path, SSL_CERT_FILE=certificates)

    assert (answer["sample"], answer["stale"]) == (False, False)


def test_an_authority_that_is_not_known_is_said_so(hub: TlsDoor, tmp_path: Path) -> None:
    """The sample answers, the sentence names the setting, and no minute of waiting is advised."""
    answer = ask(hub.address, tmp_path)

    assert answer["sample"]
    assert "does not trust its certificate (SSL_CERT_FILE or SSL_CERT_DIR can name" in first_caveat(answer)
    assert "Asking again will not help" in first_caveat(answer)


def test_the_hub_is_reached_through_an_http_proxy(hub: TlsDoor, certificates: str, tmp_path: Path) -> None:
    """By CONNECT, to a name that only the proxy knows."""
    with ConnectProxy({"hub.example": hub.port}) as proxy:
        answer = ask("https://hub.example", tmp_path, SSL_CERT_FILE=certificates, HTTPS_PROXY=proxy.address)

    assert not answer["sample"]
    assert set(proxy.asked) == {"CONNECT hub.example:443"}


def test_the_hub_is_reached_through_a_socks_proxy(hub: TlsDoor, certificates: str, tmp_path: Path) -> None:
    """ALL_PROXY may name one: what it needs is installed with the program, and the proxy looks up the name."""
    with SocksProxy({"hub.example": hub.port}) as proxy:
        answer = ask("https://hub.example", tmp_path, SSL_CERT_FILE=certificates, ALL_PROXY=proxy.address)

    assert not answer["sample"]
    assert set(proxy.asked) == {"hub.example"}


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("ALL_PROXY", "socks5://me:s3cret@127.0.0.1:9", "no connection could be made through the proxy that ALL_PROXY"),
        ("ALL_PROXY", "ftp://me:s3cret@127.0.0.1:9", "The Hub was not asked: ALL_PROXY holds no proxy that can"),
        ("ALL_PROXY", "http://s3cret@:3128", "The Hub was not asked: ALL_PROXY holds no proxy that can be used"),
        ("ALL_PROXY", "http://s3cret:99999", "The Hub was not asked: ALL_PROXY holds no proxy that can be used"),
        ("ALL_PROXY", f"http://s3cret{'a' * 64}:1", "The Hub was not asked: ALL_PROXY holds no proxy that can be used"),
        ("ALL_PROXY", "socks5://s3cret..corp:1080", "The Hub was not asked: ALL_PROXY holds no proxy that can be"),
        ("HTTPS_PROXY", "http://s3cret:9:9", "The Hub was not asked: HTTPS_PROXY holds no proxy that can be used"),
        ("SSL_CERT_FILE", "/s3cret", "The Hub was not asked: the certificates that SSL_CERT_FILE or SSL_CERT_DIR"),
        ("SSL_CERT_FILE", __file__, "The Hub was not asked: the certificates that SSL_CERT_FILE or SSL_CERT_DIR"),
    ],
)
def test_a_setting_that_cannot_be_ends_nothing(tmp_path: Path, setting: str, value: str, said: str) -> None:
    """The sample answers, and the sentence names the setting and not its value."""
    answer = ask("https://hub.example", tmp_path, **{setting: value})

    assert answer["sample"]
    assert said in first_caveat(answer)
    assert "s3cret" not in json.dumps(answer)


OFFLINE = "The Hub was not asked: HF_HUB_OFFLINE is set, the switch of whoever runs this program."


def test_the_users_own_switch_is_said_to_be_that(tmp_path: Path) -> None:
    """HF_HUB_OFFLINE is read by the Hub's library when it is imported, so in a process of its own."""
    answer: Answered = json.loads(switched_off("top10", tmp_path))
    assert (answer["sample"], first_caveat(answer)) == (True, OFFLINE)


def switched_off(words: str, home: Path) -> str:
    """Give what a terminal prints as JSON with the switch on."""
    around = {**os.environ, **settings("https://hub.example", home), "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "analytics", words, "--json"]
    return subprocess.run(command, env=around, capture_output=True, text=True, timeout=120, check=True).stdout


def test_status_promises_nothing_of_the_hub_where_it_is_switched_off(tmp_path: Path) -> None:
    """No bot collects what the user's own switch forbids; what comes from elsewhere it does."""
    said = switched_off("status", tmp_path)

    assert said.count("HF_HUB_OFFLINE, your own switch") == 5
    assert "Official collections: none stored yet; the bot collects it by itself" in said


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ("407 Proxy Authentication Required", "The Hub was not asked: no connection could be made through the proxy"),
        ("503 Service Unavailable", "The Hub could not be asked just now: no connection could be made through"),
    ],
)
def test_a_proxy_that_refuses_is_told(tmp_path: Path, refusal: str, said: str) -> None:
    """One that wants a password is a setting to mend, one that is overloaded may pass."""
    with ConnectProxy({}, refusal) as proxy:
        answer = ask("https://hub.example", tmp_path, HTTPS_PROXY=proxy.address)

    assert answer["sample"]
    assert first_caveat(answer).startswith(said)
    assert "HTTPS_PROXY names" in first_caveat(answer)


# ------------------------------------------------------------------------------------------------- the other sources


COUNT = """
import sys
from analytics.sources.papers_live import PapersLive
print(PapersLive(sys.argv[1]).count("2024Q1", "2024Q1"))
"""
ARCHIVE = """
import sys
from analytics.sources.github import Archives
print(Archives(sys.argv[1]).texts("org/name", "main", bool, seconds=20).texts["a.py"])
"""


def run(code: str, address: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read one source in a process of its own."""
    around = {"PATH": os.environ["PATH"], **environment}
    command = [sys.executable, "-c", code, address]
    return subprocess.run(command, env=around, capture_output=True, text=True, timeout=120, check=False)


def test_the_papers_are_read_through_authority_and_proxy(authority: trustme.CA, certificates: str) -> None:
    """The same settings, one client."""
    papers = [ListedPaper("2024-02-01", ("pytorch",)), ListedPaper("2024-02-02")]
    with PapersApi(papers, ("pytorch",)) as api, TlsDoor(api.address, authority, *NAMES) as tls:
        with SocksProxy({"papers.example": tls.port}) as proxy:
            around = {"SSL_CERT_FILE": certificates, "ALL_PROXY": proxy.address}
            done = run(COUNT, "https://papers.example/api/v1", **around)

        assert (done.stdout, proxy.asked) == ("2\n", ["papers.example"])


def test_an_archive_is_read_through_authority_and_proxy(authority: trustme.CA, certificates: str) -> None:
    """GitHub's archives too."""
    with PackageIndex() as served, TlsDoor(served.address, authority, *NAMES) as tls:
        served.files["/org/name/zip/main"] = zipped({"name-main/a.py": "text"})
        with ConnectProxy({"index.example": tls.port}) as proxy:
            around = {"SSL_CERT_FILE": certificates, "HTTPS_PROXY": proxy.address}
            done = run(ARCHIVE, "https://index.example", **around)

        assert (done.stdout, proxy.asked) == ("text\n", ["CONNECT index.example:443"])


def installing(index: PackageIndex, **environment: str) -> dict[str, str]:
    """Give the installer these settings of the network, and none of this machine's own."""
    own = ("NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
    around = {name: value for name, value in index.environment.items() if name.upper() not in own}
    return around | {"PIP_RETRIES": "0", "PIP_INDEX_URL": "https://index.example/simple"} | environment


def test_the_installer_is_given_authority_and_proxy(authority: trustme.CA, certificates: str, tmp_path: Path) -> None:
    """The package index is asked by pip, which is told of SSL_CERT_FILE even where it does not know it by itself."""
    with PackageIndex() as index, TlsDoor(index.address, authority, *NAMES) as tls:
        index.add(wheel("timm", "1.0.9", {"timm/a.py": "found"}))
        with ConnectProxy({"index.example": tls.port}) as proxy:
            around = installing(index, HTTPS_PROXY=proxy.address, SSL_CERT_FILE=certificates)
            wheels = Wheels(tmp_path, around)
            opened = wheels.read(wheels.find("timm", pythons=["3.11"]), lambda path: path == "timm/a.py")

        assert opened.texts == {"timm/a.py": "found"}
        assert set(proxy.asked) == {"CONNECT index.example:443"}


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("ALL_PROXY", "socks5://me:s3cret@127.0.0.1:9", "names a SOCKS proxy, for which the installer needs PySocks"),
        ("HTTPS_PROXY", "ftp://me:s3cret@127.0.0.1:9", "the proxy that is set is not one"),
        ("SSL_CERT_FILE", "/s3cret.pem", "the certificates that PIP_CERT or SSL_CERT_FILE names are none"),
        ("PIP_RETRIES", "0", "the installer does not trust its certificate"),
    ],
)
def test_the_installers_trouble_with_a_setting_is_named(
    authority: trustme.CA, tmp_path: Path, setting: str, value: str, said: str
) -> None:
    """In our words, without the value."""
    with (
        PackageIndex() as index,
        TlsDoor(index.address, authority, *NAMES) as tls,
        ConnectProxy({"index.example": tls.port}) as proxy,
    ):
        way = {} if setting == "ALL_PROXY" else {"HTTPS_PROXY": proxy.address}
        wheels = Wheels(tmp_path, installing(index, **way | {setting: value}))
        with pytest.raises(NotAsked, match=said) as refused:
            wheels.find("timm", pythons=["3.11"])

    assert "s3cret" not in str(refused.value)
