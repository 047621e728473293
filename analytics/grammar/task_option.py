"""The option `task` of a question: every word up to the next option, so that `task text generation` works too."""

import re
from collections.abc import Callable, Collection

from analytics.domain.tasks import TASKS
from analytics.grammar.cleaning import NotUnderstood, nearest, short


def read_task(
    words: list[str], stops: Collection[str], example: str, offer: Callable[[str], str]
) -> tuple[str, list[str]]:
    """
    Give the task and the words behind it.

    `stops` are the words it ends before; `example` is a question with a task, `offer` makes this one with a given task.

    Raises:  NotUnderstood, where it is none of the Hub's.
    """
    count = next((i for i, word in enumerate(words) if word.casefold() in stops), len(words))
    task = "-".join(words[:count]).casefold()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", task):
        said = f"“{short(task)}” cannot be one" if task else "none was given"
        problem = f"“task” takes a task of the Hub, such as text-generation; {said}."
        raise NotUnderstood(problem, example, field="task")
    if task not in TASKS:
        near = nearest(task, TASKS, most=2) or ("text-generation",)
        raise NotUnderstood(f"“{short(task)}” is no task of the Hub.", *map(offer, near), field="task")
    return task, words[count:]
