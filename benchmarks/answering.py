"""
How fast is an answer? `make benchmarks`

Everything over real HTTP and WebSocket on loopback: the bot, the stand-in for Slack (no processing delay, no rate
limit, so that our own time is measured and not its) and the stand-in for the Hub with 1,000 models.

    command -> posted    from typing a command to the message in the channel: warm (drawn and uploaded before) and
                         fresh (a picture never drawn before)
    click -> answered    from a click on a button under an answer to what it brings: another question in the channel,
                         how it was counted for the one who clicked; warm
    ack                  50 commands at once, from delivery to acknowledgement
    model                one model from what is stored, without drawing and posting
    chart                drawing alone, warm, and its size
    start                a new process: from launch to the acknowledgement of a command
    memory               resident, of that process after 20 answers
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from analytics import charts
from analytics.analyst import Analyst
from analytics.grammar import parse
from bot.app import build
from bot.config import Settings
from playground.server import Playground
from playground.start import connect_to
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

ROUNDS, AT_ONCE = 100, 50
CLICKED = ("Count by Tags Alone", "How This Was Counted")
TAGS = (["pytorch"], ["pytorch", "tf"], ["safetensors"], [])


def main() -> None:
    """Measure and print, one line a figure."""
    models = [
        model(f"org/model-{i}", downloads=10**7 - i, likes=i, tags=TAGS[i % 4], siblings=["config.json"])
        for i in range(1000)
    ]
    with LoopbackHub(models) as hub, tempfile.TemporaryDirectory() as home:
        report("start-up to first acknowledgement", [start_up(hub.endpoint, home)[0] for _ in range(5)], "s")
        print(f"{'resident memory after 20 answers':42} {start_up(hub.endpoint, home, answers=20)[1]:8.0f} MB")
        with Playground(processing_seconds=0, rate_limits=False) as slack:
            settings = Settings(_env_file=None, frameworks_home=Path(home), hf_endpoint=hub.endpoint, collect=False)
            bot = build(connect_to(slack, settings))
            bot.start()
            slack.wait_for_connection()
            answering(slack)
            bot.close()
        single(hub.endpoint, Path(home))
        drawing(hub.endpoint, Path(home))


def answering(slack: Playground) -> None:
    """Measure from the command to the message, and the acknowledgements of many commands at once."""
    answered(slack, "top30")
    report("command to posted, warm", [answered(slack, "top30") for _ in range(ROUNDS)], "ms", 1000)
    report("command to posted, fresh picture", [answered(slack, f"top{n}") for n in range(100, 150)], "ms", 1000)
    for label in CLICKED:
        clicked(slack, label)
        report(f"click on {label} to its answer, warm", [clicked(slack, label) for _ in range(ROUNDS)], "ms", 1000)
    deliveries = [slack.command("/frameworks top30") for _ in range(AT_ONCE)]
    slack.wait_for(lambda: all(delivery.acked for delivery in deliveries), timeout=60)
    waits = [delivery.acked_after for delivery in deliveries if delivery.acked_after is not None]
    report(f"acknowledgement, {AT_ONCE} at once", waits, "ms", 1000)


def answered(slack: Playground, words: str) -> float:
    """Ask and wait for the message; give the seconds between."""
    before = len(slack.bot_messages())
    began = time.perf_counter()
    slack.command(f"/frameworks {words}")
    slack.wait_for(lambda: len(slack.bot_messages()) > before, timeout=30)
    return time.perf_counter() - began


def clicked(slack: Playground, label: str) -> float:
    """Click a button under a fresh answer and wait for what it brings; give the seconds between."""
    answered(slack, "top30")
    slack.settled()
    message = slack.bot_messages()[-1]
    said = count_said(slack)
    began = time.perf_counter()
    slack.click(message, label)
    slack.wait_for(lambda: count_said(slack) > said, timeout=30)
    return time.perf_counter() - began


def count_said(slack: Playground) -> int:
    """Count what was said in the channel and to the one who asks."""
    return len(slack.bot_messages()) + len(slack.ephemerals())


def single(endpoint: str, home: Path) -> None:
    """Measure answers on one model, each of another one, whose reading is stored and the newest list with it."""
    analyst = Analyst(home, endpoint)
    analyst.answer(parse("top1000"))  # type: ignore[arg-type]  # these words are a request
    requests = [parse(f"model org/model-{n}") for n in range(ROUNDS)]
    for request in requests:
        analyst.answer(request)  # type: ignore[arg-type]
    took = [timed(lambda request=request: analyst.answer(request)) for request in requests]  # type: ignore[misc]
    report("model, from what is stored", took, "ms", 1000)
    analyst.close()


def drawing(endpoint: str, home: Path) -> None:
    """Measure the chart alone, tiles and bands."""
    analyst = Analyst(home, endpoint)
    for words in ("top30", "top1000"):
        request = parse(words)
        answer = analyst.answer(request)  # type: ignore[arg-type]  # these words are a request
        charts.draw(answer)
        report(f"chart of {words}", [timed(lambda: charts.draw(answer)) for _ in range(20)], "ms", 1000)  # noqa: B023 - called at once
        print(f"{f'size of the chart of {words}':42} {len(charts.draw(answer)) / 1000:8.0f} kB")
    analyst.close()


def start_up(endpoint: str, home: str, answers: int = 0) -> tuple[float, float]:
    """Start the bot as a process of its own; give seconds to its first acknowledgement and its resident megabytes."""
    with Playground(processing_seconds=0, rate_limits=False) as slack:
        environment = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "HF_ENDPOINT": endpoint,
            "FRAMEWORKS_HOME": home,
            "HF_HOME": home,
            "LOG_LEVEL": "ERROR",
            "COLLECT": "off",
        }
        began = time.perf_counter()
        bot = subprocess.Popen([sys.executable, "-m", "bot"], env=environment)
        slack.wait_for_connection(timeout=30)
        delivery = slack.command("/frameworks top30").wait()
        seconds = time.perf_counter() - began
        if delivery.outcome != "acked":
            raise SystemExit(f"the first command was not acknowledged: {delivery.outcome}")
        slack.wait_for_message(timeout=30)
        for n in range(answers):
            answered(slack, f"top{30 + n}")
        resident = resident_megabytes(bot.pid)
        bot.terminate()
        bot.wait(timeout=20)
        return seconds, resident


def resident_megabytes(pid: int) -> float:
    """Read a process's resident memory as the system counts it."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)  # noqa: S607 - ps is where it is
    return int(shown.stdout) / 1024


def timed(work: Callable[[], object]) -> float:
    """Give the seconds some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def report(name: str, seconds: Sequence[float], unit: str, scale: float = 1) -> None:
    """Print median and 99th percentile of a figure."""
    values = sorted(value * scale for value in seconds)
    high = values[min(len(values) - 1, int(len(values) * 0.99))]
    print(f"{name:42} {statistics.median(values):8.1f} {unit} median {high:8.1f} {unit} p99  (n={len(values)})")


if __name__ == "__main__":
    main()
