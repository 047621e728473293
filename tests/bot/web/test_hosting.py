"""The server of the web processes: how it listens."""

import socket

from bot.web.hosting import PromptConfig


def test_a_socket_that_several_processes_share_holds_back_no_part_of_an_answer() -> None:
    """An answer is sent in two parts: held back until the first is confirmed, the second would wait for 40 ms."""
    config = PromptConfig("a:b", host="127.0.0.1", port=0, workers=2, log_config=None, access_log=False)
    with config.bind_socket() as shared:
        shared.listen()
        with socket.create_connection(shared.getsockname()), shared.accept()[0] as taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
