"""
Hostile requests against the web process: `python -m benchmarks.hostile [--requests N] [--seed S]`.

The real server (`frameworks-bot web`) in a process of its own on the playground. Forged, replayed, malformed,
oversized, slow and half requests, unknown routes and wrong types, drawn by a seed, from many connections at once;
meanwhile a person asks once a second. No answer may be a 5xx, nothing may hang, and nobody may be kept waiting.
"""

import argparse
import asyncio
import json
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from playground.server import Playground
from playground.signed_requests import SignedRequests
from tests.bot.test_processes import SECRET, await_ready, free_port, process

AT_ONCE = 40
PATIENCE = 15.0
"""Seconds after which an answer counts as never given."""

Draw = random.Random
SLACK, STRANGER = SignedRequests("", SECRET), SignedRequests("", "another secret")
COMMAND = urlencode({"command": "/frameworks", "text": "top30", "team_id": "T1", "channel_id": "C1", "user_id": "U1"})
ROUTES = (
    "/",
    "/admin",
    "/.env",
    "/wp-login.php",
    "/%2e%2e/etc/passwd",
    "/slack",
    "/slack/events/",
    "/metrics",
    "/a" * 900,
)
ODD = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"{}",
    b"payload=",
    b"payload=%7B",
    b"payload=[1]",
    b"\xff\xfe\x00",
    b"a=b",
    b"%" * 50,
)
TYPES = ("application/json", "application/x-www-form-urlencoded", "text/plain", "image/png", "multipart/form-data", "é")


def write(method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Write a request as it goes over the wire."""
    told = {"Host": "bot", "Connection": "close", "Content-Length": str(len(body))} | headers
    head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return head.encode("utf-8") + b"\r\n" + body


def forge(draw: Draw) -> bytes:
    """Sign with another secret, or not at all, or with a signature that is no word."""
    signature = draw.choice([STRANGER.sign(COMMAND.encode(), time.time()), {}, {"X-Slack-Signature": "v0=" + "é" * 9}])
    return write("POST", "/slack/events", COMMAND.encode(), signature)


def replay(draw: Draw) -> bytes:
    """Play again what was Slack's, or is of the future."""
    when = time.time() + draw.choice([-86_400, -330, 330, 10**9])
    return write("POST", "/slack/events", COMMAND.encode(), SLACK.sign(COMMAND.encode(), when))


def misspell(draw: Draw) -> bytes:
    """Sign what is no payload: the secret is known, the words are junk."""
    body = draw.choice(
        [*ODD, draw.randbytes(draw.randrange(2000)), json.dumps({"type": draw.choice([1, None, []])}).encode()]
    )
    return write("POST", "/slack/events", body, {"Content-Type": draw.choice(TYPES)} | SLACK.sign(body, time.time()))


def mistype(draw: Draw) -> bytes:
    """Sign a payload with a part of another type than Slack's."""
    odd = draw.choice([None, 0, [], {}, "", [[]], True, "x" * 5000])
    whole = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": [{"action_id": "x"}]}
    whole |= {draw.choice([*whole, "channel", "event"]): odd}
    form = (
        {"payload": json.dumps(whole)} if draw.random() < 0.7 else dict.fromkeys(("command", "text"), json.dumps(odd))
    )
    body = urlencode(form).encode()
    return write("POST", "/slack/events", body, SLACK.sign(body, time.time()))


def stray(draw: Draw) -> bytes:
    """Ask for what is not there, by any method."""
    return write(draw.choice(["GET", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"]), draw.choice(ROUTES), b"", {})


def oversize(draw: Draw) -> bytes:
    """Promise more than is read, or send it, or a length that is none, or headers without an end."""
    length = draw.choice(["9" * 12, "1000001", "-1", "abc", "1e9"])
    huge = {"X-Long": "x" * draw.choice([70_000, 300_000])}
    return write("POST", "/slack/events", b"x", draw.choice([{"Content-Length": length}, huge]))


def break_off(draw: Draw) -> bytes:
    """Send what is no HTTP, or half of it."""
    whole = write("POST", "/slack/events", COMMAND.encode(), {})
    return draw.choice([draw.randbytes(200), whole[: draw.randrange(1, len(whole))], b"GET / HTTP/9.9\r\n\r\n"])


def drip(draw: Draw) -> bytes:
    """Promise a body and never send it: the connection is held until the server ends it."""
    return write("POST", "/slack/events", b"few", {"Content-Length": str(draw.randrange(4, 100_000))})


KINDS: tuple[tuple[str, Callable[[Draw], bytes], int], ...] = (
    ("forged", forge, 25),
    ("replayed", replay, 20),
    ("malformed, signed", misspell, 15),
    ("wrong types, signed", mistype, 15),
    ("unknown routes", stray, 15),
    ("oversized", oversize, 6),
    ("broken off", break_off, 3),
    ("slow", drip, 1),
)


async def send(port: int, raw: bytes, *, hangs_up: bool) -> str:
    """Send one over a connection of its own; give the status, `closed` without one, or `hung`."""
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(raw)
                if hangs_up:
                    writer.write_eof()
                first = await reader.readline()
            finally:
                writer.close()
            return first.split(b" ")[1].decode() if first.startswith(b"HTTP/") else "closed"
    except TimeoutError:
        return "hung"
    except OSError:
        return "closed"


async def attack(port: int, wanted: int, seed: int) -> dict[str, tuple[Counter[str], list[float]]]:
    """Send them all, so many at once; give the answers and seconds of each kind."""
    draw = random.Random(seed)  # noqa: S311 - the same again by its seed
    chosen = iter(draw.choices(KINDS, [weight for _, _, weight in KINDS], k=wanted))
    told: dict[str, tuple[Counter[str], list[float]]] = {name: (Counter(), []) for name, _, _ in KINDS}

    async def worker() -> None:
        for name, make, _ in chosen:
            raw, began = make(draw), time.perf_counter()
            answer = await send(port, raw, hangs_up=name == "broken off")
            told[name][0][answer] += 1
            told[name][1].append(time.perf_counter() - began)

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return told


def resident(process_id: int) -> float:
    """Give the megabytes a process holds."""
    return int(Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


async def _ask_meanwhile(playground: Playground, until: "asyncio.Task[object]") -> Counter[str]:
    """Ask as a person does, once a second, until the attack is over."""
    outcomes: Counter[str] = Counter()
    while not until.done():
        delivery = await asyncio.to_thread(lambda: playground.command("/frameworks help").wait())
        outcomes[delivery.outcome] += 1
        await asyncio.sleep(1.0)
    return outcomes


def main() -> int:
    """Run and print; status 1 if anything was a 5xx, hung, or kept a person from an acknowledgement."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory()))
        playground, port = stack.enter_context(Playground(processing_seconds=0.0, rate_limits=False)), free_port()
        running = stack.enter_context(process(playground, "web", home, PORT=str(port), LOG_LEVEL="ERROR"))
        log: list[str] = []
        threading.Thread(target=lambda: log.extend(running.stderr or ()), daemon=True).start()
        await_ready(port)
        playground.site.deliveries.send_by(SignedRequests(f"http://127.0.0.1:{port}/slack/events", SECRET))
        before, began = resident(running.pid), time.perf_counter()

        async def run() -> tuple[dict[str, tuple[Counter[str], list[float]]], Counter[str]]:
            attacking = asyncio.create_task(attack(port, options.requests, options.seed))
            people = await _ask_meanwhile(playground, attacking)
            return await attacking, people

        told, people = asyncio.run(run())
        seconds, after = time.perf_counter() - began, resident(running.pid)
        owned_up = sum("a handler failed" in line for line in log)
    print(f"payloads of a wrong shape over which a handler stumbled, owned up to with a reference: {owned_up:,}")
    return report(told, people, seconds, (before, after))


def report(
    told: dict[str, tuple[Counter[str], list[float]]], people: Counter[str], seconds: float, memory: tuple[float, float]
) -> int:
    """Print a line a kind and the sums; give the status."""
    everything: Counter[str] = Counter()
    for name, (answers, times) in told.items():
        everything.update(answers)
        p50, p99 = statistics.quantiles([*times, *times], n=100)[49:99:49]  # of one alone there is no quantile
        print(f"{name:20} {answers.total():6,}  p50 {p50 * 1000:6.1f} ms  p99 {p99 * 1000:7.1f} ms  {dict(answers)}")
    bad = {answer: number for answer, number in everything.items() if answer == "hung" or answer.startswith("5")}
    total = everything.total()
    print(f"{total:,} in {seconds:.0f} s ({total / seconds:.0f} a second), 5xx or hung: {bad or 'none'}")
    print(f"people meanwhile: {dict(people)}; memory {memory[0]:.0f} MB before, {memory[1]:.0f} after")
    return int(bool(bad) or set(people) != {"acked"})


if __name__ == "__main__":
    raise SystemExit(main())
