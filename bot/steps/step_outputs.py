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
        ranges = [f"{name} {one.range_in_shares.strip(' ()')}" for name, one in answer.brackets.items() if one.is_wide]
        return "; from proven to at most: ".join(filter(None, (answer.counts.in_shares(), ", ".join(ranges))))
    if answer.frameworks:
        return ", ".join(f"{name} {_say_count(answer, name, n)}" for name, n in answer.frameworks.items())
    return answer.counted or answer.title


def _say_count(answer: Answer, name: str, n: int) -> str:
    """Say how many models of several are in a framework, with the range where it is wide; of one whether it is."""
    if isinstance(answer.request, OneModel | Formats):
        return "yes" if n else "no"
    return f"{n:,}{answer.brackets[name].range if name in answer.brackets else ''}"


def name_finding(answer: Answer) -> str:
    """Name what an answer found: two that say the same headline and shares are one finding, of whatever day."""
    said = f"{answer.headline}\n{say_shares(answer)}"
    return hashlib.sha256(said.encode()).hexdigest()
