"""The digest chooses the same lines of reworded answers, and corrects numbers, never words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from bot.digest import digest_messages
from bot.digest.builder import Contents
from bot.digest.records import Subscription
from bot.digest.schedule import next_times
from bot.digest.store import DigestStore
from tests.reworded.shapes import shape, told
from tests.reworded.stock import DAY, QUESTIONS, SEEDS, request

every_question = pytest.mark.parametrize("words", QUESTIONS)
other_words = pytest.mark.parametrize("seed", SEEDS)


class NoUploads:
    """Uploads nothing."""

    def picture(self, answer: Answer) -> tuple[str, str]:
        """Pretend that there is one."""
        return "F1", ""

    def drawing(self, answer: Answer) -> None:
        """Share none."""


SUBSCRIPTION = Subscription("T1", "C1", 0, dt.time(9), "UTC", "U1", DAY, DAY)


def contents(analyst: Analyst) -> Contents:
    """Make the builder of digests."""
    store = DigestStore(analyst.context.database)
    return Contents(analyst, NoUploads(), store, lambda: DAY)  # type: ignore[arg-type]  # all it needs of a delivery


@other_words
def test_the_digest_chooses_the_same_lines(opened: Callable[[int | None], Analyst], seed: int) -> None:
    """What moved, how much is noise, of the census what came since the last one; and a quiet week is a quiet week."""
    seen = []
    for hand in (None, seed):
        analyst = opened(hand)
        made = contents(analyst).build(SUBSCRIPTION, None, late=False)
        about = [analyst.answer(request(words)) for words in ("changes", "totals", "papers", "official")]
        seen.append(([shape(form, *about) for form in made.message], bool(made.quiet), made.shown["stated"]))
        assert made.quiet
        assert "1 since_last" in told(made.message[-1].text, *about)
        assert not told(made.message[-1].text, *about) & {"0 counted", "1 counted", "1 further 0"}

    assert seen[0] == seen[1]


def test_a_digest_without_a_measure_of_noise_puts_no_other_caveat_in_its_place(answers: dict[str, Answer]) -> None:
    """Only the noise stands at the foot."""
    answer = replace(answers["changes"], noise="", doubts=("The newest stored list is old.",))
    frame = digest_messages.DigestFrame(SUBSCRIPTION, next_times(SUBSCRIPTION.rhythm, DAY, 1))

    best, *_ = digest_messages.forms(answer, (), [(answer, "F1")], "", frame)

    assert "0 doubts 0" not in told(str(best.blocks), answer)


@other_words
def test_other_words_are_no_correction_and_other_numbers_are(
    opened: Callable[[int | None], Analyst], seed: int
) -> None:
    """A digest posted in our words still holds when it is asked again in others; with other counts it does not."""
    shown = contents(opened(None)).build(SUBSCRIPTION, None, late=False).shown
    asked_again = contents(opened(seed))

    assert asked_again.correction(shown) is None
    assert asked_again.correction(shown | {"stated": shown["stated"] | {"PyTorch": 1}})
    released = {name: value for name, value in shown.items() if name != "stated"}
    assert asked_again.correction(released) is None, "the first release kept words alone, and words are no numbers"
