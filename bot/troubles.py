"""What the bot says when asking or posting went wrong: the line is full, Slack refused, the database is away. Pure."""

import datetime as dt
import math

from analytics.domain.wording import count
from bot.blocks import code, context, escape, local_time, section
from bot.messages import BOT_NAME, COMMAND, Message, suggest
from bot.slack_words import meaning_of

SECOND = "_If you read this twice: Slack did not confirm the first time._"
"""What stands under words that are said once more."""


def explain_not_installed() -> Message:
    """Say that this workspace has not, or no longer, let the bot in."""
    return Message(
        "I am not installed in this workspace, or not any more, so I cannot answer here. "
        "Whoever runs me has the address at which a workspace admin can install me."
    )


def explain_unreadable_token() -> Message:
    """Say that the workspace is known and its token cannot be read; what to do stands in the log."""
    return Message(
        "I know this workspace, and cannot read my own key to it at the moment, so I cannot answer. "
        "Whoever runs me finds in the log what to mend."
    )


def explain_database(trouble: str) -> Message:
    """Say that what was wanted could not be kept or looked up, why, and what helps."""
    return Message(escape(f"Nothing was changed. {trouble} Please try again in a minute."))


def explain_old_home() -> Message:
    """Say that the Home tab which somebody looks at is not what it should be, and what helps."""
    return Message(
        "Slack did not take your Home tab from me just now, so what you see there may be old, or empty. "
        f"Please open it again in a minute. All of it can be typed too: {code(f'{COMMAND} help')}."
    )


def explain_unread() -> Message:
    """Say that what somebody did arrived without what is needed to do it."""
    return Message("Slack told me only a part of what you did, so nothing came of it. Please try again.")


def own_up(reference: str) -> Message:
    """Own up to an error of ours, with what to quote; the same reference stands in the log."""
    return Message(f"Something went wrong on my side. Please try again; if it happens again, quote `{reference}`.")


def mark_as_second(message: Message) -> Message:
    """Mark what is said a second time, because the first may have been lost."""
    blocks = (*message.blocks, context([SECOND])) if message.blocks else ()
    return Message(f"{message.text}\n{SECOND}", blocks)


def warn_unseen() -> Message:
    """Say that there was an answer which may not be seen, and what helps."""
    return Message(
        "I have answered you, but something between Slack and me spoke in its place. If you do not see my answer, "
        "please ask again in a direct message to me."
    )


def explain_lost(words: str, at: dt.datetime, *, was_sending: bool, action: str) -> Message:
    """
    Say that we were killed with a question in hand, and give a button (`action`) that asks it again.

    `words`: none where they had not been understood yet, or were no question.
    """
    when = local_time(at)
    if not words:
        return Message(
            f"I was stopped without warning while I had in hand what you asked of me ({when}), and cannot tell whether "
            "it was done. If you see nothing of it, please ask again."
        )
    if was_sending:
        said = f"I was stopped without warning while my answer to {code(words)} ({when}) was on its way."
        help_ = "If you do not see it, ask again:"
    else:
        said = f"I was stopped without warning before I had answered {code(words)} ({when}), so that answer is lost."
        help_ = "Please ask again:"
    return Message(f"{said} {help_}", (section(f"{said} {help_}"), suggest([words], action)))


def busy() -> Message:
    """Say that too many questions are waiting."""
    return Message("Too many questions are waiting at the moment. Please ask again in a minute.")


def stopping() -> Message:
    """Say that nothing more is begun."""
    return Message("I am being stopped, so this is not begun. Please try again in a minute.")


def yours_waiting(waiting: int, at_once: int) -> Message:
    """Say how many of somebody's questions wait, and why not all are worked on at once."""
    return Message(
        f"You have {count(waiting, 'question')} waiting. I look up {at_once} at once for each person, so that "
        "everybody gets a turn; your answers come one after the other."
    )


def too_many_of_yours(waiting: int) -> Message:
    """Say that somebody's line is full."""
    return Message(
        f"You have {count(waiting, 'question')} waiting, as many as I keep for one person. "
        "Please ask this one again when some of them are answered."
    )


def stale_button() -> Message:
    """Answer a button nobody listens to any more."""
    return Message(f"This button belongs to an older version of me. Please ask again: {code(f'{COMMAND} help')}")


def stale_form() -> Message:
    """Answer a form that another version opened."""
    return Message("This form belongs to another version of me, so nothing was changed. Please open it again.")


def stale_shortcut() -> Message:
    """Answer a shortcut that nobody listens to any more."""
    return Message(f"This shortcut belongs to an older version of me. Please ask: {code(f'{COMMAND} help')}")


def invite(*, direct: bool) -> str:
    """Say why the answer is only for the asker and what to type to change that."""
    if direct:
        return "Only you see this: I cannot post in a conversation between others. Ask in a channel, or write to me."
    return f"Only you see this: I am not in this channel. Type `/invite @{BOT_NAME}`, then ask again to post it here."


def explain_not_posted(slack_code: str) -> str:
    """Say that Slack did not let the answer be posted, why, and what helps."""
    meaning = meaning_of(slack_code)
    if meaning is None:
        return f"Only you see this: Slack refused it ({code(slack_code)}). Please ask again, or tell an admin."
    return f"Only you see this: {meaning.why} {meaning.asker}"


def explain_pause(seconds: float, until: dt.datetime) -> str:
    """Say that Slack takes no more messages here for a while, and when it will again."""
    again = f"{explain_wait(seconds)} (after {local_time(until)})"
    return f"Only you see this: Slack asks me to slow down here. Please ask again {again}."


def explain_wait(seconds: float) -> str:
    """Say in how many hours, minutes or seconds."""
    seconds = max(1.0, seconds)
    size, noun = next((size, noun) for size, noun in ((3600, "hour"), (60, "minute"), (1, "second")) if seconds >= size)
    return f"in {count(math.ceil(seconds / size), noun)}"


def warn_unconfirmed() -> Message:
    """Say that the post may or may not have arrived; it is not repeated, so that it never appears twice."""
    return Message(
        "Slack did not confirm that my answer was posted. If you do not see it in a minute, please ask again."
    )


def no_file(name: str, why: str) -> Message:
    """Say that a file could not be given, why, and where its rows stand all the same."""
    return Message(
        f"The file {code(name)} is missing: {escape(why)}. The table under the answer holds the rows that fit there."
    )


def doubt_file(name: str) -> Message:
    """Say that a file may or may not be there; it is not sent again, so that it never stands there twice."""
    return Message(f"Slack did not confirm {code(name)}. If you do not see it in a minute, please click again.")


def no_picture(why: str) -> str:
    """Say that the picture is missing and why."""
    return f"The picture is missing ({escape(why)}); these are Slack's own chart and table."
