"""
Completion for a shell: `frameworks completion bash`, `zsh` or `fish` prints a script that the shell reads at its start.

What can follow a word is told by the grammar's own data, once, when the script is printed: a key press asks nobody.
"""

from collections.abc import Iterable, Mapping, Sequence

from analytics import grammar
from analytics.command_slips import BESIDE_QUESTIONS
from analytics.domain.collectors import COLLECTORS
from analytics.domain.tasks import TASKS
from analytics.explanations import explanations
from analytics.grammar.help_topics import TOPICS
from analytics.grammar.lexicon import values

SHELLS = ("bash", "zsh", "fish")
"""Bash and zsh read it by `eval "$(frameworks completion bash)"` in their own start file, fish by `| source`."""

BASH = """\
_frameworks() {{
  local candidates
  case "${{COMP_WORDS[COMP_CWORD-1]}}" in
    --chart | --csv) COMPREPLY=(); return ;;
{cases}
    *) candidates="{others}" ;;
  esac
  [ "$COMP_CWORD" -eq 1 ] && candidates="{first}"
  COMPREPLY=($(compgen -W "$candidates" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _frameworks frameworks
"""

ZSH = "autoload -Uz compinit bashcompinit && compinit && bashcompinit\n" + BASH

FISH_HEAD = "complete -c frameworks -f\n"
FISH_FILES = "complete -c frameworks -n 'contains -- (commandline -opc)[-1] --chart --csv' -F\n"
FISH_FIRST = "complete -c frameworks -n 'test (count (commandline -opc)) -eq 1' -a '{words}'\n"
FISH_OTHERS = (
    "complete -c frameworks -n 'test (count (commandline -opc)) -gt 1"
    "; and not contains -- (commandline -opc)[-1] --chart --csv {after}' -a '{words}'\n"
)
FISH_AFTER = "complete -c frameworks -n 'test (commandline -opc)[-1] = {word}' -a '{words}'\n"


def write_completion(shell: str, options: Sequence[str]) -> str:
    """Write the script for a shell; `options` are the program's own."""
    first, after = [*first_words(), *options], words_after()
    others = " ".join([*following_words(), *options])
    if shell == "fish":
        told = (FISH_AFTER.format(word=word, words=" ".join(words)) for word, words in after.items())
        anywhere = FISH_FIRST.format(words=" ".join(first)) + FISH_OTHERS.format(after=" ".join(after), words=others)
        return FISH_HEAD + FISH_FILES + anywhere + "".join(told)
    cases = "\n".join(f'    {word}) candidates="{" ".join(words)}" ;;' for word, words in after.items())
    return (ZSH if shell == "zsh" else BASH).format(cases=cases, first=" ".join(first), others=others)


def first_words() -> list[str]:
    """Give what a line begins with: the first words of the questions, and what is said beside them."""
    return _once([*(words.split()[0] for words, _ in grammar.EXAMPLES), *BESIDE_QUESTIONS, "help"])


def following_words() -> list[str]:
    """Give the words of questions that stand after the first, names and figures apart."""
    known = {*words_after(), "author", "since", "declared", "reach"}
    return _once(word for words, _ in grammar.EXAMPLES for word in words.split()[1:] if word in known)


def words_after() -> Mapping[str, Sequence[str]]:
    """Give what can stand after a word that takes another."""
    kinds = {**values("framework"), **values("format")}
    return {
        "in": _once(name.casefold().replace(" ", "") for name in kinds.values()),
        "task": TASKS,
        "by": _once(values("measure").values()),
        "why": tuple(explanations()),
        "help": tuple(topic.name for topic in TOPICS),
        "collect": tuple(COLLECTORS),
        "completion": SHELLS,
    }


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
