"""
Started in the place of an interpreter: hands its words and streams to a server that forks, and ends as the fork ends.

It has nothing imported, so that it starts in 15 ms; what it waits for is forked by `tests/forked_command.py`.
"""

import marshal
import os
import signal
import socket
import sys

SIGNALS = (signal.SIGTERM, signal.SIGINT)

with socket.socket(socket.AF_UNIX) as line:
    line.connect(sys.argv[1])
    told = marshal.dumps((sys.argv[2:], os.getcwd(), dict(os.environ)))  # noqa: PTH109 - pathlib is not imported here
    # Held back until the words are told: in the midst of them a signal would be taken for one.
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    for each in SIGNALS:
        signal.signal(each, lambda number, _: line.send(bytes([number])))
    socket.send_fds(line, [len(told).to_bytes(4, "big")], [0, 1, 2])
    line.sendall(told)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    for stream in (0, 1, 2):
        os.close(stream)
    status = marshal.loads(line.recv(64))  # noqa: S302 - from a process of ours
if status < 0:
    signal.signal(-status, signal.SIG_DFL)
    os.kill(os.getpid(), -status)
os._exit(status)
