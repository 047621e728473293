"""
How long does a picture take that was never drawn before? `python -m benchmarks.fresh_pictures [--pictures 30]`

From the command to the message in the channel, one after the other, beside a plain Bolt app that draws four bars with
pyplot in its listener. Both are processes of their own on a stand-in for Slack, turn by turn in one run.
"""

import argparse
import statistics
from collections.abc import Callable

from benchmarks.answering import answered
from benchmarks.load import OURS, started
from playground.server import Playground
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

PEER = ("benchmarks.peers.pyplot_bolt",)
TAGS = (["pytorch"], ["pytorch", "tf"], ["safetensors"], [])
WARM_UP = 5
"""Answers before the first that is measured: libraries are imported, connections open."""


def main() -> None:
    """Measure both turn by turn, and print their medians and the ratio."""
    parser = argparse.ArgumentParser(description="Measure pictures that were never drawn before.")
    parser.add_argument("--pictures", type=int, default=30)
    pictures = parser.parse_args().pictures
    models = [model(f"org/m{i}", downloads=10**7 - i, tags=TAGS[i % 4], siblings=["config.json"]) for i in range(1000)]
    with LoopbackHub(models) as hub, started(OURS, hub.endpoint) as (ours, _), started(PEER, hub.endpoint) as (peer, _):
        took: dict[str, list[float]] = {"ours": [], "plain": []}
        for number in range(WARM_UP + pictures):
            for name, slack in (("ours", ours), ("plain", peer)):
                seconds = _ask(slack, number)
                if number >= WARM_UP:
                    took[name].append(seconds * 1000)
    report(took, print)


def _ask(slack: Playground, number: int) -> float:
    """Ask for a picture that nobody asked for before: tiles, then bands."""
    return answered(slack, f"top{number + 16}")


def report(took: dict[str, list[float]], tell: Callable[[str], None]) -> None:
    """Print a line each, and the ratio of the medians."""
    for name, values in took.items():
        tell(f"{name:6} median {statistics.median(values):6.1f} ms  least {min(values):6.1f} ms  (n={len(values)})")
    tell(f"ratio  {statistics.median(took['ours']) / statistics.median(took['plain']):.2f}")


if __name__ == "__main__":
    main()
