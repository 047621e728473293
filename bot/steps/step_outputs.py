"""What the step gives to the steps after it, and when two answers are one finding. Pure."""

import hashlib

from analytics.domain.answer import Answer
from analytics.domain.requests import Formats, OneModel
from bot.steps.step_manifest import HEADLINE, LINK, SHARES


def make_outputs(answer: Answer, link: str) -> dict[str, str]:
    """Give the outputs of an answer that stands, or stood last, at `link`."""
    flag = f"{answer.freshness}: " if answer.freshness else ""
    return {HEADLINE: f"{flag}{answer.headline}", SHARES: say_shares(answer), LINK: link}


def say_shares(answer: Answer) -> str:
    """Say the numbers behind the headline in one line: in percent where they make a whole."""
    if answer.counts:
        return answer.counts.in_shares()
    if answer.frameworks:
        of_one = isinstance(answer.request, OneModel | Formats)
        told = {name: ("no", "yes")[bool(n)] if of_one else f"{n:,}" for name, n in answer.frameworks.items()}
        return ", ".join(f"{name} {words}" for name, words in told.items())
    return answer.counted or answer.title


def name_finding(answer: Answer) -> str:
    """Name what an answer found: two that say the same headline and shares are one finding, of whatever day."""
    said = f"{answer.headline}\n{say_shares(answer)}"
    return hashlib.sha256(said.encode()).hexdigest()
