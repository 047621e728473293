"""
The card of help and what is behind each of its lines; what was not understood; thanks. Pure.

Its lines are the groups of `analytics.grammar.TOPICS` and two of Slack's own, the digest and how things stand. What
cannot be answered yet is not offered: whoever asks hands in a function that knows.
"""

from collections.abc import Callable

from analytics.domain.requests import Request
from analytics.grammar import TOPICS, HelpTopic, Intent, Understood
from analytics.grammar.about_answer import OnAnswer
from bot.blocks import Block, button, code, context, escape, section
from bot.messages import ASK, COMMAND, MANAGE, SHARE, Message, suggest
from bot.next_steps import lead_on

CanAnswer = Callable[[str], bool]

SAMPLE_CHANNEL = "Whoever asks in a private channel invites me first: `/invite @frameworks`."


def card(can_answer: CanAnswer) -> Message:
    """Show six lines, each with a question to try, the questions behind them, and buttons that work now."""
    shown = [(topic, first) for topic in TOPICS if (first := _first(topic, can_answer))]
    lines = [_line(topic.title, topic.answers, first, topic.name) for topic, first in shown]
    lines += [
        _line("Digest", "weekly or monthly, in this channel", "digest on", "digest"),
        f"*Settings* {code('status')} how fresh; {code('privately top30')} for you alone; {code('alert')} of changes",
    ]
    buttons = [button(topic.title, ASK, first) for topic, first in shown]
    buttons += [button("Digest", MANAGE, "help"), button("Status", ASK, "status")]
    blocks = (
        section(
            "\n".join(["*PyTorch or TensorFlow, who has more pre-trained models?* Ask in your own words.", *lines])
        ),
        context([f"After {code(COMMAND)}, in a mention or a message to me. {SAMPLE_CHANNEL}"]),
        {"type": "actions", "elements": buttons},
    )
    return Message(f"Ask me, for example, {COMMAND} top30", blocks)


def _line(title: str, answers: str, first: str, topic: str) -> str:
    return f"*{title}* {code(first)} {escape(answers)} · {code(f'help {topic}')}"


def _first(topic: HelpTopic, can_answer: CanAnswer) -> str:
    """Give the group's question to try: its own, else the first of its examples that can be answered."""
    return next((words for words in (topic.first, *dict(topic.examples)) if can_answer(words)), "")


def about(topic: HelpTopic, can_answer: CanAnswer) -> Message:
    """Show the questions of one group that can be answered now."""
    told = [(words, meaning) for words, meaning in topic.examples if can_answer(words)]
    lines = [f"• {code(words)} {escape(meaning)}" for words, meaning in told]
    head = f"*{topic.title}*: {escape(topic.answers)}"
    return Message(
        f"{topic.title}: {', '.join(words for words, _ in told)}",
        (section("\n".join([head, *lines])), *([suggest([words for words, _ in told], ASK)] if told else [])),
    )


def not_understood(understood: Understood, earlier: Request | None = None) -> Message:
    """
    Hand back what was not understood, with the nearest readings as buttons; decline what is out of scope.

    `earlier`: what was answered before in this conversation: what goes on from it is offered too.
    """
    said = escape(understood.problem)
    if earlier is not None and not understood.also:
        onward = f"The last answer here was to {code(earlier.words)}. From it you can go on with these:"
        return Message(said, (section(f"{said}\n{onward}"), lead_on(earlier)))
    if understood.kind is Intent.DECLINE:
        return Message(said, (section(f"{said} {code(f'{COMMAND} help')} shows what can be asked."),))
    wrote = f" You wrote {code(understood.typed[:LONGEST_QUOTED])}." if understood.typed else ""
    tries = " or ".join(code(f"{COMMAND} {words}") for words in understood.also)
    near = (
        f"\nTry {tries}, or {code(f'{COMMAND} help')}."
        if tries
        else f"\n{code(f'{COMMAND} help')} shows what can be asked."
    )
    blocks = (section(f"{said}{wrote}{near}"), *([suggest(understood.also, SHARE)] if understood.also else []))
    return Message(said, blocks)


LONGEST_QUOTED = 300
"""Characters of what was typed that are quoted back."""


def about_answer(earlier: Request, wanted: OnAnswer | None) -> Message | None:
    """Say what needs no new answer: that it can come by itself, what only a model's page tells; None for all else."""
    match wanted:
        case OnAnswer.WEEKLY:
            return offer_weekly()
        case OnAnswer.FACTS:
            return refer_to_page(earlier)
        case OnAnswer.NOD:
            return welcome()
        case _:
            return None


def offer_weekly() -> Message:
    """Offer the form of a digest to whoever wants an answer to come by itself."""
    said = "A digest comes every week or month with what has changed. The form asks on which day, and of what."
    form: Block = {"type": "actions", "elements": [button("Make It Weekly", MANAGE, "weekly")]}
    return Message(said, (section(said), form))


def refer_to_page(earlier: Request) -> Message:
    """Say what is told of a model here, and where all else stands."""
    page = f"https://huggingface.co/{getattr(earlier, 'id', '')}"
    said = "I tell in which frameworks and formats a model comes and what loads it."
    return Message(said, (section(f"{said} All else stands on <{escape(page)}|its page>."), lead_on(earlier)))


def say_taken_for(understood: Understood) -> Message:
    """Say what was chosen among several meanings, with the others as buttons."""
    said = escape(understood.note)
    others = [suggest(understood.also, ASK)] if understood.also else []
    return Message(said, (section(said), *others))


def hello() -> Message:
    """Greet who invited the bot: what can be asked here, and what leads to more; nothing else is said unasked."""
    said = (
        "*Thanks for the invitation.* Here I say who has more pre-trained models, PyTorch or TensorFlow, "
        f"with the date and the source. Ask after {code(COMMAND)} or by mention; only you see this."
    )
    buttons = [button("Top 30", ASK, "top30"), button("Help", ASK, "help"), button("Make It Weekly", MANAGE, "hello")]
    return Message(said.replace("*", ""), (section(said), {"type": "actions", "elements": buttons}))


def welcome() -> Message:
    """Answer thanks."""
    return Message("You are welcome.")
