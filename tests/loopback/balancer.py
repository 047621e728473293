"""A small load balancer before processes of the bot: connections in turn to those whose /readyz says yes."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import count

A_LOOK = 0.1
"""Seconds between two looks at each process."""

PATIENCE = 5.0


class Balancer:
    """Passes bytes on, one connection after the other; asks another process only where nobody listens at all."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._ready = dict.fromkeys(ports, False)
        self._turn = count()
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listening.getsockname()[1])
        self.taken = dict.fromkeys(ports, 0)

    def start(self) -> None:
        """Begin to look and to listen."""
        for work in (self._accept, *(lambda port=port: self._look_at(port) for port in self._ports)):
            threading.Thread(target=work, daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._stopping.set()
        self._listening.close()

    def _look_at(self, port: int) -> None:
        while not self._stopping.wait(A_LOOK):
            is_ready = _is_ready(port)
            with self._changed:
                self._ready[port] = is_ready
                self._changed.notify_all()

    def await_ready(self, port: int, seconds: float = 60.0) -> None:
        """Wait until a process says that it is ready."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._ready[port], seconds)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                incoming, _ = self._listening.accept()
                threading.Thread(target=self._pass_on, args=(incoming,), daemon=True).start()

    def _pass_on(self, incoming: socket.socket) -> None:
        with incoming, suppress(OSError), self._connect() as outgoing:
            there = threading.Thread(target=_pump, args=(incoming, outgoing), daemon=True)
            there.start()
            _pump(outgoing, incoming)

    def _connect(self) -> socket.socket:
        """Connect to the next that is ready; one that refuses has taken nothing, so another may be asked."""
        ready = [port for port in self._ports if self._ready[port]]
        start = next(self._turn)
        for place in range(len(ready)):
            port = ready[(start + place) % len(ready)]
            with suppress(ConnectionRefusedError):
                found = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
                self.taken[port] += 1
                return found
        raise ConnectionRefusedError


def _is_ready(port: int) -> bool:
    asking = HTTPConnection("127.0.0.1", port, timeout=2.0)
    try:
        asking.request("GET", "/readyz")
        return asking.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def balanced(ports: Sequence[int]) -> Iterator[Balancer]:
    """Balance until the block ends."""
    balancer = Balancer(ports)
    balancer.start()
    try:
        yield balancer
    finally:
        balancer.close()
