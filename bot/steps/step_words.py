"""What a workflow is told where the step cannot do what it was asked, and what the menu of questions offers. Pure."""

from typing import Any

from analytics import grammar
from bot.blocks import fit, plain
from bot.messages import COMMAND
from bot.slack_errors import Forbidden, NotHere, RefusedForNow, TooFast
from bot.slack_words import meaning_of
from bot.troubles import explain_wait

OPTION_TEXT, OPTION_VALUE, OPTIONS = 75, 150, 25
"""Characters of an option and of its value, and how many are offered: Slack takes a hundred, nobody reads them."""

NO_QUESTION = f"No question was given. One is top30; {COMMAND} help shows more."
NO_CHANNEL = "No channel was given, so there is nowhere to post the answer."
SETTINGS = "This changes settings, which a workflow does not do: say it in the channel, after /frameworks."
PRIVATELY = "A workflow posts for the whole channel: leave out “privately”."
AS_CSV = "A workflow posts the answer itself: leave out “as csv”; the button under the answer gives the file."
ON_A_DAY = "A workflow posts what is so when it runs: leave out the day; /frameworks answers for a day in the channel."
PRIVATE_MODEL = "The answer shows a private model, so it is posted nowhere."
ANOTHER_VERSION = "This step belongs to another version of me. Please choose it anew in the workflow."


def explain_no_question(understood: grammar.Understood) -> str:
    """Say why words are no question to post an answer to, with words that would be."""
    if understood.kind in (grammar.Intent.DIGEST, grammar.Intent.PREVIEWS):
        return SETTINGS
    if understood.problem:
        tries = " or ".join(understood.also)
        return f"{understood.problem} Try {tries}." if tries else understood.problem
    return f"“{understood.words}” is no question with an answer to post. One is top30."


def explain_unclear(unclear: grammar.Unclear) -> str:
    """Say what is wrong with words that are too long to be read."""
    return f"{unclear.problem} Try {' or '.join(unclear.suggestions)}."


def explain_not_posted(failure: Exception) -> str:
    """Say why Slack did not take the answer, and what helps."""
    if isinstance(failure, TooFast):
        again = explain_wait(failure.seconds)
        return f"The answer was not posted: Slack asks me to slow down. Please try again {again}."
    if isinstance(failure, NotHere | Forbidden | RefusedForNow):
        word = _word_of(failure)
        meaning = meaning_of(word)
        return f"The answer was not posted: {meaning.why} {meaning.asker}" if meaning else _quote(word)
    return "Slack did not confirm that the answer was posted. Look in the channel before you run it again."


def _word_of(failure: NotHere | Forbidden | RefusedForNow) -> str:
    if isinstance(failure, NotHere):
        return "not_in_channel" if failure.joinable else "channel_not_found"
    return failure.code


def _quote(word: str) -> str:
    return f"The answer was not posted: Slack refused it ({word}). Please try again, or tell an admin."


def offer(understood: grammar.Understood, typed: str) -> list[dict[str, Any]]:
    """Give the options of the menu: how the words are understood, or the nearest; of no words, what can be asked."""
    if not typed.strip():
        words = [example for example, _ in grammar.EXAMPLES]
    elif understood.request is not None:
        words = [understood.words or understood.request.words, *understood.also]
    else:
        words = list(understood.also)
    asked = [one for one in dict.fromkeys(words) if len(one) <= OPTION_VALUE and is_question(one)]
    return [{"text": plain(fit(one, OPTION_TEXT)), "value": one} for one in asked[:OPTIONS]]


def is_question(words: str) -> bool:
    """Tell whether canonical words are a question that a step may ask."""
    return not isinstance(grammar.parse(words), grammar.Unclear)
