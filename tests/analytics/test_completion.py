"""Completion for shells: what a shell offers is what the grammar takes."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

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


OFFERED = (
    (("to",), {"top30", "top", "top10", "totals"}),
    (("top30", "in", "ten"), {"tensorflow"}),
    (("top30", "by", "l"), {"likes"}),
    (("top30", "--ch"), {"--chart"}),
    (("--ch",), {"--chart"}),
    (("why", "meth"), {"method"}),
)
"""What is typed, the last word begun, and what can follow it."""


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


FISH, ZSH = shutil.which("fish"), shutil.which("zsh")


@pytest.mark.skipif(FISH is None, reason="there is no fish")
@pytest.mark.parametrize(("words", "offered"), OFFERED)
def test_fish_offers_what_can_follow(words: tuple[str, ...], offered: set[str]) -> None:
    """The shell itself is asked what it would offer."""
    script = write_completion("fish", ("--json", "--chart")) + f"complete -C 'frameworks {' '.join(words)}'"
    told = subprocess.run([str(FISH), "--no-config", "-c", script], capture_output=True, text=True, check=True)

    assert set(told.stdout.split()) == offered


@pytest.mark.skipif(FISH is None, reason="there is no fish")
def test_fish_offers_files_where_one_is_asked_for(tmp_path: Path) -> None:
    """And no words beside them; after `in` no options."""
    (tmp_path / "x.png").touch()
    script = write_completion("fish", ("--json", "--chart")) + "complete -C 'frameworks top30 --chart '"
    command = [str(FISH), "--no-config", "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)

    assert told.stdout.split() == ["x.png"]


ZSH_KEYS = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=''; source $1; show() { print -r -- LINE:\$BUFFER:END; BUFFER='' }"
zpty -w shell "zle -N show; bindkey '^X' show"
zpty -w -n shell "frameworks $2"$'\t'$'\x18'
zpty -r -m shell line "*LINE:frameworks*END*"
print -r -- "$line"
zpty -d shell
"""
"""Presses the tab key in a shell on a terminal of its own, and shows the line that comes of it."""


@pytest.mark.skipif(ZSH is None, reason="there is no zsh")
@pytest.mark.parametrize(("words", "offered"), OFFERED[1:])
def test_zsh_completes_what_was_begun(words: tuple[str, ...], offered: set[str], tmp_path: Path) -> None:
    """A key press in the shell itself fills in the only word that can follow."""
    script = tmp_path / "completion.zsh"
    script.write_text(write_completion("zsh", ("--json", "--chart")), encoding="utf-8")
    command = [str(ZSH), "-f", "-c", ZSH_KEYS, "zsh", str(script), " ".join(words)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)

    assert f"LINE:{' '.join(('frameworks', *words[:-1], *offered))} :END" in told.stdout


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
