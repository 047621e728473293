"""What is said beside questions in a terminal: each word's own help, and what a mistyped word was meant to be."""

from collections.abc import Callable, Collection, Mapping, Sequence

from analytics.domain.collectors import COLLECTORS
from analytics.grammar import nearest

BESIDE_QUESTIONS: Mapping[str, Sequence[tuple[str, str]]] = {
    "collect": (
        ("collect SOURCE", f"read a source now and store what it says: {', '.join(COLLECTORS)}"),
        *((f"collect {name}", meaning) for name, meaning in COLLECTORS.items()),
    ),
    "status": (("status", "how fresh every source is, and what could not be collected; --json makes a list of it"),),
    "understand": (
        ("understand TEXT", "how a text is read, as JSON, asking nobody; --as-of DAY counts days from then"),
    ),
    "mcp": (
        ("mcp", "answer assistants over MCP, on the standard streams"),
        ("mcp --http PORT", "over HTTP at /mcp, for this machine; needs MCP_TOKEN"),
        ("mcp --http HOST:PORT", "for others too: 0.0.0.0:8000"),
    ),
    "completion": (("completion SHELL", "what bash, zsh or fish completes: how, is in its first line"),),
}
"""Each word with lines of its own help."""

HELP = ("--help", "-h")


def list_beside() -> Sequence[tuple[str, str]]:
    """Give what can be said beside questions, each with what it does: the first line of its own help."""
    return tuple(lines[0] for lines in BESIDE_QUESTIONS.values())


def find_asked_help(arguments: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Give the lines of help that are asked for behind a word of these, `collect --help`; none elsewhere."""
    first = arguments[0].casefold() if arguments else ""
    return BESIDE_QUESTIONS.get(first, ()) if any(word in HELP for word in arguments[1:]) else ()


def find_mistyped(arguments: Sequence[str], options: Sequence[str], list_words: Callable[[], Collection[str]]) -> bool:
    """Tell whether an option is mistyped: like one of ours, and no word of a question; what else it asks is refused."""
    unknown = [word.split("=")[0] for word in arguments if word.startswith("--") and word.split("=")[0] not in options]
    return any(nearest(word, options) and word.removeprefix("--") not in list_words() for word in unknown)


def find_slips(
    arguments: Sequence[str], options: Sequence[str], list_words: Callable[[], Collection[str]]
) -> list[str]:
    """
    Say of each mistyped option, and of a first word, what was probably meant: `--cvs`, `colect`; or that it is none.

    `list_words` gives the words of questions, which may be written as options too; only who mistyped waits for it.
    """
    unknown = [word.split("=")[0] for word in arguments if word.startswith("--")]
    found = [(word, nearest(word, options)) for word in unknown if word not in options]
    strange = [word for word, near in found if not near and word.removeprefix("--") not in list_words()]
    first = arguments[0] if arguments else ""
    words = (*BESIDE_QUESTIONS, "help")
    found += [(first, nearest(first, words))] if first and first not in words else []
    slips = [f"“{word}” is probably {near[0]}." for word, near in found if near]
    return slips + [f"“{word}” is no option. A question takes {', '.join(options)}." for word in strange]
