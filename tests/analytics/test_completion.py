"""Completion for shells: what a shell offers is what the grammar takes."""

import datetime as dt
import shutil
import subprocess

import pytest

from analytics import grammar
from analytics.completion import SHELLS, first_words, following_words, words_after, write_completion

TODAY = dt.date(2026, 11, 26)
EXAMPLES = {"in": "top30 in {}", "task": "top30 task {}", "by": "top30 by {}", "why": "why {}", "help": "help {}"}
BASH = shutil.which("bash")


def offered_by_bash(*words: str) -> list[str]:
    """Give what bash offers after some words, the last of them begun."""
    line = " ".join(f"'{word}'" for word in ("frameworks", *words))
    asked = f"COMP_WORDS=({line}); COMP_CWORD={len(words)}; _frameworks; echo ${{COMPREPLY[@]}}"
    script = write_completion("bash", ("--json", "--chart")) + asked
    told = subprocess.run([str(BASH), "-c", script], capture_output=True, text=True, check=True)
    return told.stdout.split()


@pytest.mark.skipif(BASH is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("to",), ["top30", "top", "top10", "totals"]),
        (("top30", "in", "ten"), ["tensorflow"]),
        (("top30", "by", "l"), ["likes"]),
        (("top30", "--c"), ["--chart"]),
        (("why", "meth"), ["method"]),
        (("top30", "--chart", ""), []),
    ],
)
def test_bash_offers_what_can_follow(words: tuple[str, ...], offered: list[str]) -> None:
    """A shell of this machine reads the script and is asked."""
    assert offered_by_bash(*words) == offered


@pytest.mark.parametrize("mark", EXAMPLES)
def test_whatever_is_offered_is_understood(mark: str) -> None:
    """Nothing is offered that would be refused."""
    typed = [EXAMPLES[mark].format(word) for word in words_after()[mark]]

    assert [words for words in typed if grammar.understand(words, TODAY).words is None] == []


def test_every_question_can_be_begun() -> None:
    """The first words are those of the examples, and none stands twice."""
    assert {words.split()[0] for words, _ in grammar.EXAMPLES} <= set(first_words())
    assert len(set(first_words())) == len(first_words())
    assert {"in", "task", "by", "declared"} <= set(following_words())


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script(shell: str) -> None:
    """Each names the program, the questions and the options."""
    script = write_completion(shell, ("--json",))

    assert all(word in script for word in ("complete", "frameworks", "totals", "--json", "tensorflow"))
