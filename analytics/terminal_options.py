"""How the arguments of `frameworks WORDS` are read: the options of a question, and words that look like options."""

import argparse
import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path

from analytics.command_slips import list_beside
from analytics.grammar.strict import FIRST_WORDS
from analytics.invocation import own_version
from analytics.terminal_table import lay_out_hints

OPTIONS = ("--json", "--chart", "--csv", "--as-of", "--open", "--help", "--version")


def make_parser() -> argparse.ArgumentParser:
    """Make what reads the arguments."""
    parser = argparse.ArgumentParser(
        prog="frameworks",
        description="PyTorch or TensorFlow, who has more pre-trained models? Ask as in Slack: frameworks top30",
        epilog=_list_commands(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", help="the question, such as: top30 by likes")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--version", action="version", version=f"frameworks {own_version()}")
    parser.add_argument("--chart", type=_picture, metavar="FILE", help="write the chart as a PNG file")
    parser.add_argument(
        "--open", action="store_true", help="show the chart; on a machine without a screen say where it is"
    )
    parser.add_argument("--csv", type=_file, metavar="FILE", help="write the table as a CSV file")
    parser.add_argument("--as-of", type=_moment, metavar="DAY", help="answer from what was known then: 2026-08-22")
    return parser


def _list_commands() -> str:
    """Name every question and command there is."""
    told = lay_out_hints(
        [("QUESTION", ", ".join(FIRST_WORDS)), *list_beside(), ("help", "questions that work, and all of these")]
    )
    return "\n".join(["commands:", *told, "", "“frameworks WORD --help” says what follows a word."])


def _file(text: str) -> Path:
    """Take the name of a file: an empty one (a variable that is not set) is the folder, and “-” no output here."""
    if text.strip() in ("", "-"):
        raise argparse.ArgumentTypeError(f"{text!r} names no file. “as csv” behind the question prints the table")
    return Path(text)


def _picture(text: str) -> Path:
    """Take the name of a file that can hold a PNG: one that promises another kind would break it for who opens it."""
    file = _file(text)
    if file.suffix.lower() not in ("", ".png"):
        raise argparse.ArgumentTypeError(f"{text!r} is no PNG file, and charts are written as PNG: name it x.png")
    return file


def free_words(arguments: Sequence[str]) -> list[str]:
    """Turn `--author google` into the words `author google`: the grammar takes both, argparse only its own options."""
    return [
        argument[2:] if argument.startswith("--") and argument.split("=")[0] not in OPTIONS else argument
        for argument in arguments
    ]


def list_words() -> Collection[str]:
    """Give the words of questions, which may be written as options: `--author google`."""
    from analytics.completion import first_words, following_words, words_after

    return {*first_words(), *following_words(), *words_after()}


def list_given(options: argparse.Namespace) -> list[str]:
    """Name the options of a question that were given: who has no use for one says so."""
    values = {
        "--json": options.json,
        "--chart": options.chart,
        "--csv": options.csv,
        "--as-of": options.as_of,
        "--open": options.open,
    }
    return [name for name, value in values.items() if value]


def split_values(words: Sequence[str]) -> list[str]:
    """Take `--every=4w` for two words, as `--every 4w` is."""
    return [part for word in words for part in word.split("=", 1)]


def _moment(text: str) -> dt.datetime:
    """Read a day (its last second counts) or a moment, in UTC."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-08-22") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    is_day = len(text) <= len("2026-08-22")
    return moment + dt.timedelta(days=1, seconds=-1) if is_day else moment + dt.timedelta(seconds=1, microseconds=-1)
