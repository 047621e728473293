"""What goes wrong at a package index, each as what is done in the place of its answer."""

import time
from collections.abc import Callable, Mapping

from tests.loopback.simple_index import HTML, JSON, Fault, IndexRequest, SimpleIndex

FILE = "/packages/keras_hub"
PAGE = "/simple/keras-hub"


def status(code: int, told: Mapping[str, str] | None = None) -> Fault:
    """Refuse."""
    return lambda asked: asked.send(b"no", "text/plain", status=code, told=told)


def once(fault: Fault) -> Fault:
    """Do it the first time; then answer as ever."""
    left = [fault]

    def answer(asked: IndexRequest) -> None:
        if left:
            left.pop()(asked)
        else:
            asked.index.serve(asked)

    return answer


def send_to(address: Callable[[IndexRequest], str]) -> Fault:
    """Send to another address."""
    return lambda asked: asked.send(b"", "text/plain", status=302, told={"Location": address(asked)})


def loop(asked: IndexRequest) -> None:
    """Send to the same address without end."""
    send_to(lambda one: one.path)(asked)


def other_host(asked: IndexRequest) -> None:
    """Send from the host where a page or a file is looked for to the other one, which answers."""
    hosts = [asked.index.address, asked.index.files]
    home, other = hosts if asked.path.startswith(PAGE) else reversed(hosts)
    if home.endswith(asked.headers["Host"]):
        send_to(lambda one: other + one.path)(asked)
    else:
        asked.index.serve(asked)


def page(body: bytes, kind: str = JSON) -> Fault:
    """Answer with this page."""
    return lambda asked: asked.send(body, kind)


def cut(body: bytes, kind: str = HTML) -> Fault:
    """Promise more than is sent, and hang up."""

    def answer(asked: IndexRequest) -> None:
        asked.begin(len(body) + 1_000, kind)
        asked.wfile.write(body)
        asked.close_connection = True

    return answer


def huge(asked: IndexRequest) -> None:
    """Answer with a page of 100 MB."""
    asked.begin(100 * 2**20, HTML)
    for _ in range(100):
        asked.wfile.write(b"<a href=x>x</a>\n" * 2**16)


def drip(index: SimpleIndex) -> Fault:
    """Answer with a byte at a time, as long as the index is open."""

    def answer(asked: IndexRequest) -> None:
        asked.begin(10_000, HTML)
        while not index.closed.wait(0.05):
            asked.wfile.write(b" ")

    return answer


def open_later(seconds: float) -> Mapping[str, str]:
    """Tell when to come back."""
    return {"Retry-After": str(int(seconds)), "Date": time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())}
