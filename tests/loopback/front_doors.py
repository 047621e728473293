"""
What stands between us and a stand-in on this machine: TLS of a private authority, a proxy.

    with TlsDoor(hub.endpoint, authority, "hub.example") as tls, ConnectProxy({"hub.example": tls.port}) as proxy:
        ...  # HTTPS_PROXY=proxy.address, HF_ENDPOINT=https://hub.example

Bytes are passed on as they come. Nothing but this machine is connected to: a proxy knows the names it was given.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit

import trustme

HOST = "127.0.0.1"
SECONDS = 30.0
"""For which a silent connection is kept."""


def port_of(address: str) -> int:
    """Give the port of a stand-in's address."""
    return urlsplit(address).port or 0


class FrontDoor:
    """Takes connections, each in a thread of its own, and passes on what comes; `opened` counts them."""

    def __init__(self) -> None:
        self._listening = socket.create_server((HOST, 0))
        self.port: int = self._listening.getsockname()[1]
        self.opened = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def welcome(self, coming: socket.socket) -> tuple[socket.socket, int] | None:
        """Greet who comes; gives the connection to go on with and the port it leads to, None where it ends here."""
        raise NotImplementedError

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                coming, _ = self._listening.accept()
                self.opened += 1
                threading.Thread(target=self._lead, args=(coming,), daemon=True).start()

    def _lead(self, coming: socket.socket) -> None:
        coming.settimeout(SECONDS)
        with coming, contextlib.suppress(OSError):
            if led := self.welcome(coming):
                near, port = led
                with near, socket.create_connection((HOST, port), SECONDS) as far:
                    back = threading.Thread(target=_pass_on, args=(far, near), daemon=True)
                    back.start()
                    _pass_on(near, far)
                    back.join(SECONDS)


def _pass_on(from_: socket.socket, to: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := from_.recv(65536):
            to.sendall(piece)
    with contextlib.suppress(OSError):
        to.shutdown(socket.SHUT_WR)


class TlsDoor(FrontDoor):
    """TLS before a stand-in, with a certificate of `authority` for these names."""

    def __init__(self, address: str, authority: trustme.CA, *names: str) -> None:
        super().__init__()
        self._port = port_of(address)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(HOST, *names).configure_cert(self._tls)
        self.address = f"https://{HOST}:{self.port}"

    def welcome(self, coming: socket.socket) -> tuple[socket.socket, int]:
        """Speak TLS with who comes."""
        return self._tls.wrap_socket(coming, server_side=True), self._port


class ConnectProxy(FrontDoor):
    """An HTTP proxy for CONNECT, to the ports that `known` gives for names; `refuses` is what it answers instead."""

    def __init__(self, known: Mapping[str, int], refuses: str = "") -> None:
        super().__init__()
        self._known, self._refuses = known, refuses
        self.asked: list[str] = []
        self.address = f"http://{HOST}:{self.port}"

    def welcome(self, coming: socket.socket) -> tuple[socket.socket, int] | None:
        """Read the request, and answer it."""
        head = b""
        while b"\r\n\r\n" not in head and (piece := coming.recv(4096)):
            head += piece
        method, target, *_ = head.decode("latin-1").split()
        self.asked.append(f"{method} {target}")
        port = self._known.get(target.rpartition(":")[0])
        answer = self._refuses or ("200 OK" if port and method == "CONNECT" else "502 Bad Gateway")
        coming.sendall(f"HTTP/1.1 {answer}\r\n\r\n".encode())
        return (coming, port) if port and not self._refuses else None


class SocksProxy(FrontDoor):
    """A SOCKS proxy of version 5 (RFC 1928) without a password, that is given names and looks them up itself."""

    NAME = 3
    KINDS: Mapping[int, int] = {1: 4, 4: 16}

    def __init__(self, known: Mapping[str, int]) -> None:
        super().__init__()
        self._known = known
        self.asked: list[str] = []
        self.address = f"socks5h://{HOST}:{self.port}"

    def welcome(self, coming: socket.socket) -> tuple[socket.socket, int] | None:
        """Greet, then read where to connect."""
        _, methods = _read(coming, 2)
        _read(coming, methods)
        coming.sendall(b"\x05\x00")
        _, _, _, kind = _read(coming, 4)
        length = _read(coming, 1)[0] if kind == self.NAME else self.KINDS[kind]
        name = _read(coming, length).decode("latin-1")
        _read(coming, 2)
        self.asked.append(name)
        port = self._known.get(name)
        coming.sendall(b"\x05" + (b"\x00" if port else b"\x04") + b"\x00\x01" + bytes(6))
        return (coming, port) if port else None


def _read(coming: socket.socket, count: int) -> bytes:
    read = b""
    while len(read) < count:
        piece = coming.recv(count - len(read))
        if not piece:
            raise OSError("it hung up")
        read += piece
    return read
