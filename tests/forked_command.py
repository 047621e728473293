"""
A command that starts `python -m X` as a fork of a process that has imported it, wherever a command is taken.

Starting the installer takes 0.4 s of a processor and starting the door for assistants more, nearly all of it imports.
What is forked has words, an environment, a folder, streams and an end of its own, and is gone when the command is
killed; it is held to no bound that is set for the command (memory, by its process number). One server a worker and
module, started when it is first wanted.
"""

import atexit
import gc
import importlib
import marshal
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.few_certificates import FEW_CERTIFICATES

ROOT = Path(__file__).parents[1]
STUB = Path(__file__).with_name("forked_stub.py")


@cache
def forked(module: str, *imported: str) -> tuple[str, ...]:
    """Give the command that is `python -m MODULE`; what is to be imported before is named, if it is not the module."""
    folder = tempfile.TemporaryDirectory(prefix="fork")
    address = str(Path(folder.name, "line"))
    command = [sys.executable, "-m", "tests.forked_command", address, *(imported or (module,))]
    server = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | FEW_CERTIFICATES
    )
    assert server.stdout
    server.stdout.readline()

    def end() -> None:
        server.kill()
        server.communicate()
        folder.cleanup()

    atexit.register(end)
    return (sys.executable, "-I", "-S", str(STUB), address, module)


def installer() -> tuple[str, ...]:
    """Give the command that is the installer; where a bound or the start itself is the point, it is started."""
    return forked("pip", "tests.preloaded_installer")


def serve(address: str) -> None:
    """Fork for each that asks while whoever started it lives; returns in the fork alone, to be what was asked for."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            line, _ = listener.accept()
            if not os.fork():
                break
            line.close()
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
        else:
            os._exit(0)
    mind(line)


def mind(line: socket.socket) -> None:
    """Fork once more, and wait for the end of that one: whoever asked is told, and is it gone, that one is killed."""
    size, streams, _, _ = socket.recv_fds(line, 4, 3)
    if not streams:
        os._exit(0)  # ended before it said what it wants
    told, length = b"", int.from_bytes(size, "big")
    while len(told) < length:
        more = line.recv(length - len(told))  # and no more: what stands behind it is a signal
        if not more:
            os._exit(0)  # killed in the midst of saying it
        told += more
    typed, folder, environment = marshal.loads(told)  # noqa: S302 - from a process of ours
    child = os.fork()
    if not child:
        become(typed, folder, environment, streams)
        return
    for stream in (0, 1, 2, *streams):
        os.close(stream)
    threading.Thread(target=pass_on, args=(line, child), daemon=True).start()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with suppress(OSError):
        line.send(marshal.dumps(status))
    os._exit(0)


def pass_on(line: socket.socket, child: int) -> None:
    """Pass signals on to the child, and kill it when whoever asked is gone."""
    while number := line.recv(1):
        os.kill(child, number[0])
    os.kill(child, signal.SIGKILL)


def become(typed: list[str], folder: str, environment: dict[str, str], streams: list[int]) -> None:
    """Take over words, folder, environment and streams, as a new interpreter has them."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = typed
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)


if __name__ == "__main__":
    for name in sys.argv[2:]:
        importlib.import_module(name)
    gc.freeze()
    serve(sys.argv[1])
    sys.modules.pop(f"{sys.argv[0]}.__main__", None)  # it may have been imported; runpy warns of that
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
