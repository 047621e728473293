"""
Two web processes behind a balancer are replaced in turn while people ask: each command is answered, once.

On a machine too busy to finish in time what a process has in hand, who still waits is told to ask again: nobody hears
nothing, nobody hears it twice.
"""

import re
import signal
import threading
import time
from collections import Counter
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.greedy_person import newcomer
from bot.troubles import stopping
from playground.server import Playground
from playground.signed_requests import SignedRequests
from playground.state import User
from tests.bot.test_processes import SECRET, free_port, process
from tests.loopback import postgres
from tests.loopback.balancer import balanced

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

ASKED = re.compile(r"asked `/frameworks (top\d+)")
BURST = 8
"""Commands at the moment at which a process is told to go: more than it has threads for."""

TEN_SECONDS = 10.0
"""What `docker stop` gives."""


class SteadyAskers:
    """Some people who ask again as soon as they have their answer; each question is another."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._numbers = count(10)
        self._gone_home = threading.Event()
        self.everybody = [newcomer(playground, f"p{number}") for number in range(BURST)]
        self.asked: list[str] = []
        self._threads = [threading.Thread(target=self._ask_on, args=(who,), daemon=True) for who in self.everybody[:3]]

    def start(self) -> None:
        """Begin to ask."""
        for thread in self._threads:
            thread.start()

    def ask(self, who: User) -> str:
        """Ask something that nobody asked before."""
        words = f"top{next(self._numbers)}"
        self.asked.append(words)
        self._playground.command(f"/frameworks {words}", user=who)
        return words

    def go_home(self) -> None:
        """Ask no more; who waits for an answer still gets it."""
        self._gone_home.set()
        for thread in self._threads:
            thread.join()

    def count_handed_back(self) -> int:
        """Count the questions whose askers were told to ask again."""
        told = (said for who in self.everybody for said in self._playground.ephemerals(user=who))
        return sum(said.text == stopping().text for said in told)

    def _ask_on(self, who: User) -> None:
        while not self._gone_home.is_set():
            before, words = self.count_handed_back(), self.ask(who)
            self._playground.wait_for(
                lambda words=words, before=before: (
                    count_answers(self._playground)[words] or self.count_handed_back() > before
                ),
                timeout=60,
            )


def count_answers(playground: Playground) -> Counter[str]:
    """Count the answers in the channel to each question."""
    shown: Iterator[str] = (str(message.blocks) for message in playground.bot_messages())
    return Counter(words for text in shown for words in ASKED.findall(text))


@pytest.mark.simulation
def test_nothing_is_lost_while_processes_are_replaced(tmp_path: Path, postgres_server: str) -> None:
    """Each gets SIGTERM with eight commands in hand, ends by itself within ten seconds, and comes back."""
    url, ports = postgres.fresh_database(postgres_server), (free_port(), free_port())
    with Playground(processing_seconds=0.0, rate_limits=False) as playground, ExitStack() as stack:
        balancer = stack.enter_context(balanced(ports))

        def start(port: int) -> "subprocess.Popen[str]":
            more = {"DATABASE_URL": url, "PORT": str(port)}
            running = stack.enter_context(process(playground, "web", tmp_path / str(port), **more))
            balancer.await_ready(port)
            return running

        running = {port: start(port) for port in ports}
        playground.site.deliveries.send_by(SignedRequests(f"http://127.0.0.1:{balancer.port}/slack/events", SECRET))
        people, gone_after = SteadyAskers(playground), list[float]()
        people.start()
        for port in ports:
            answered = len(count_answers(playground)) + 2 * len(ports)
            playground.wait_for(lambda answered=answered: len(count_answers(playground)) >= answered, timeout=60)
            for who in people.everybody:
                people.ask(who)
            running[port].send_signal(signal.SIGTERM)
            began = time.monotonic()
            running[port].communicate(timeout=30)
            gone_after.append(time.monotonic() - began)
            running[port] = start(port)
        people.go_home()
        answers = playground.wait_for(lambda: find_end(playground, people), timeout=60)

        assert {delivery.outcome for delivery in playground.deliveries("slash_commands")} == {"acked"}
        assert set(answers.values()) == {1}
        assert len(answers) + people.count_handed_back() == len(people.asked)
        assert min(balancer.taken.values()) > BURST
        assert max(gone_after) < TEN_SECONDS


def find_end(playground: Playground, people: SteadyAskers) -> Counter[str] | None:
    """Give the answers as soon as nobody waits any more."""
    answers = count_answers(playground)
    return answers if len(answers) + people.count_handed_back() >= len(people.asked) else None
