"""
The terminal: `frameworks top30 [--json] [--chart FILE] [--open] [--csv FILE] [--as-of DAY]`.

It takes the same words as Slack and gives the same answers; beside questions `status [--json]`, `collect census` and
`mcp [--http PORT]`, which answers assistants.
Exit status: 0 answered; 2 words not understood; 3 no such model, task or author; 4 the source is unavailable and
nothing is stored; 1 anything else, with a reference to quote.
"""

import argparse
import datetime as dt
import io
import json
import logging
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError
from rich.text import Text

from analytics import grammar
from analytics.analyst import Analyst, analyst_of, utc_now
from analytics.closed_pipe import ErrorConsole, PipedConsole, whoever_reads, write_nowhere
from analytics.collect_command import collect
from analytics.command_slips import find_asked_help, find_mistyped, find_slips, list_beside
from analytics.domain.requests import Request
from analytics.drawing_child import Prepare, prepare_beside, prepare_here
from analytics.errors import ModelNotAsked, NoSuchName, NothingStored, ToMend
from analytics.exit_status import ANSWERED, NO_SUCH, UNAVAILABLE, UNCLEAR, UNEXPECTED
from analytics.grammar.help_topics import OF_A_DAY
from analytics.invocation import command
from analytics.picture_viewer import show
from analytics.printed_answer import NO_FILES, deliver, wants_file, wants_picture
from analytics.rare_searches import search_as_usual, search_seldom
from analytics.refusals import (
    explain_nothing_stored,
    leave_out_unknown_days,
    send_to_slack,
    tell_coming,
    tell_no_such,
)
from analytics.settings import AnalyticsSettings, AssistantSettings, check_env_file, explain_settings, find_screens
from analytics.storage.private_files import keep_to_ourselves
from analytics.terminal_options import OPTIONS, free_words, list_given, list_words, make_parser, split_values
from analytics.terminal_table import HINT_WIDTH, lay_out_hints
from analytics.told_reading import SAID_IN_SLACK, find_slack_help, read_setting, tell_reading

STAY = ("collect", "mcp")
"""The words with which a process may run for hours; with all others it answers and ends."""

Opening = Callable[[AnalyticsSettings], Analyst]
Showing = Callable[[Path], str]

log = logging.getLogger(__name__)


def run() -> NoReturn:
    """Be the process: answer what was typed, and end with the exit status."""
    with search_seldom():
        sys.exit(main(prepare_picture=prepare_beside))


def main(
    arguments: Sequence[str] | None = None,
    open_analyst: Opening = analyst_of,
    show_picture: Showing | None = None,
    prepare_picture: Prepare = prepare_here,
) -> int:
    """
    Answer the words given on the command line; return the exit status. Tests hand in who answers and who shows.

    `prepare_picture`: who draws; a process of one thread may have it done beside the answer.
    """
    with whoever_reads():
        _write_utf_8()
        keep_to_ourselves()
        typed = sys.argv[1:] if arguments is None else arguments
        return _answer(typed, open_analyst, show_picture, prepare_picture)


def _answer(typed: Sequence[str], open_analyst: Opening, show_picture: Showing | None, prepare: Prepare) -> int:
    """Do what was typed, and say in words what stands in its way."""
    errors = ErrorConsole()
    try:
        if lines := find_asked_help(typed):
            PipedConsole(highlight=False).print(Text("\n".join(lay_out_hints(lines))))
            return ANSWERED
        status = _do(_read(typed, show_picture, prepare), errors, open_analyst)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has enough; the files that were asked for are written before
        write_nowhere(sys.stdout)
        return ANSWERED
    except ValidationError as wrong:
        errors.print(Text("\n".join(explain_settings(wrong))))
    except ToMend as reason:
        errors.print(Text(str(reason)))
    except OSError as trouble:
        where = f": {trouble.filename}" if trouble.filename else ""
        errors.print(Text(f"{trouble.strerror or trouble}{where}. Choose another place, or make room."))
        write_nowhere(sys.stdout)
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("reference %s", reference)
        errors.print(Text(f"Something unexpected went wrong. Please report it and quote the reference {reference}."))
    else:
        return status
    return UNEXPECTED


def _read(typed: Sequence[str], show_picture: Showing | None, prepare: Prepare) -> argparse.Namespace:
    """Read the words and options, and what of them was mistyped."""
    options = make_parser().parse_intermixed_args(free_words(typed))
    options.slips = find_slips(typed, OPTIONS, list_words)
    options.is_mistyped = find_mistyped(typed, OPTIONS, list_words)
    options.show_picture = show_picture or (lambda picture: show(picture, find_screens()))
    options.prepare_picture = prepare
    return options


def _write_utf_8() -> None:
    """Write UTF-8 into pipes and files, on Windows too; a terminal shows what it has letters for."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _do(options: argparse.Namespace, errors: ErrorConsole, open_analyst: Opening) -> int:  # noqa: PLR0911 - a return a word
    """Choose by the first word; what is neither collecting nor status is a question."""
    first, *rest = options.words or [""]
    if first.casefold() in STAY:
        search_as_usual()
    match first.casefold():
        case "" | "help" if not rest:
            return _note_no_file(_help(is_bare=not first), options, errors)
        case "completion":
            return _complete(rest, errors)
        case "collect":
            return collect(split_values([*rest, *list_given(options)]), errors, _open)
        case "understand":
            return _understand(rest, options)
        case "mcp":
            return _serve(split_values([*rest, *list_given(options)]), errors, open_analyst)
        case "status" if not rest:
            return _status(list_given(options), errors)
        case _:
            return _run(options, errors, open_analyst)


def _help(*, is_bare: bool) -> int:
    """Print what can be asked; to who typed nothing also what is stored, and how fresh it is."""
    _print_help()
    if is_bare:
        console = PipedConsole(highlight=False)
        told = Text("\n".join(["\nWhat is stored:", *_tell_freshness()]))
        console.print(told, width=min(console.width, HINT_WIDTH))
    return ANSWERED


def _complete(words: Sequence[str], errors: ErrorConsole) -> int:
    """Print the script with which a shell completes the words."""
    from analytics.completion import SHELLS, write_completion

    if len(words) != 1 or words[0] not in SHELLS:
        meant = grammar.nearest(words[0], SHELLS) if len(words) == 1 else ()
        tries = f" Did you mean {meant[0]}?" if meant else ""
        errors.print(Text(f"“completion” takes the name of a shell: {', '.join(SHELLS)}.{tries}"))
        return UNCLEAR
    sys.stdout.write(write_completion(words[0], OPTIONS))
    return ANSWERED


def _understand(words: Sequence[str], options: argparse.Namespace) -> int:
    """Print how words are understood, asking nobody: the same that Slack goes by."""
    told = tell_reading(" ".join(words), _today(options))
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return ANSWERED if told["words"] else UNCLEAR


NO_EXTRA = (
    "Assistants are answered over MCP, and the extra “mcp” that it needs is not installed. Run "
    '`pip install ".[mcp]"` in the folder of the source, then start this again.'
)


def _serve(words: Sequence[str], errors: ErrorConsole, open_analyst: Opening) -> int:
    """Answer assistants: `frameworks mcp` on the standard streams, `frameworks mcp --http PORT` over HTTP."""
    if words and (words[0] != "http" or len(words) != 2):  # noqa: PLR2004 - http and where
        came = "--http without a port, such as 8000," if words == ["http"] else f"“{' '.join(words)}”"
        errors.print(Text(f"“mcp” takes --http PORT or nothing; {came} came."))
        return UNCLEAR
    try:
        from analytics.assistants.serving import NoSuchAddress, NotOpen, serve_http, serve_streams
    except ModuleNotFoundError as missing:
        if str(missing.name).partition(".")[0] not in EXTRA_BRINGS:
            raise
        errors.print(Text(NO_EXTRA), soft_wrap=True)
        return UNEXPECTED
    settings = _read_settings(AssistantSettings)
    analyst = open_analyst(settings)
    try:
        serve_http(analyst, settings, words[1]) if words else serve_streams(analyst)
    except NoSuchAddress as wrong:
        errors.print(Text(str(wrong)), soft_wrap=True)
        return UNCLEAR
    except NotOpen as shut:
        errors.print(Text(str(shut)), soft_wrap=True)
        return UNEXPECTED
    except KeyboardInterrupt:
        return ANSWERED
    finally:
        analyst.close()
    return ANSWERED


EXTRA_BRINGS = ("anyio", "jsonschema", "mcp", "mcp_types", "starlette", "uvicorn")
"""What the extra brings, and this program else goes without."""


def _today(options: argparse.Namespace) -> dt.date:
    """Give the day that days in words are counted from: the day asked as of, else today, in UTC."""
    return (options.as_of or utc_now()).date()


def _run(options: argparse.Namespace, errors: ErrorConsole, open_analyst: Opening) -> int:
    """Answer a question in whatever words it is asked; what is none is answered in words."""
    understood = grammar.understand(" ".join(options.words), _today(options))
    request = understood.request
    if options.is_mistyped:
        return _hand_back(understood, options, errors)
    if request is None:
        return _say(understood, options, errors)
    if options.as_of and understood.as_of:
        errors.print(Text("Two days are named, one in the words and one after --as-of. Name the one that is meant."))
        return UNCLEAR
    begin = options.prepare_picture() if wants_picture(options) else prepare_here()
    analyst = _open(open_analyst)
    try:
        with errors.status("Asking the Hub…"):
            answer = analyst.answer(request, as_of=options.as_of or understood.as_of)
        _tell_of_token(analyst, errors)
    except NoSuchName as unknown:
        _tell_of_token(analyst, errors)
        errors.print(Text(tell_no_such(unknown)))
        if again := unknown.instead(request):
            begins = "Did you mean: " if unknown.near else "Try: "
            errors.print(Text(begins + "  or  ".join(command(instead.words) for instead in again)))
        return UNAVAILABLE if isinstance(unknown, ModelNotAsked) else NO_SUCH
    except NothingStored as nothing:
        errors.print(Text(explain_nothing_stored(nothing)))
        if coming := tell_coming(request, analyst.context):
            errors.print(Text(coming))
        if nothing.by_hand:
            errors.print(Text(f"To collect it now: {command(f'collect {nothing.by_hand}')}"), soft_wrap=True)
        return UNAVAILABLE
    finally:
        analyst.close()
    deliver(answer, options, understood, begin)
    return ANSWERED


def _tell_of_token(analyst: Analyst, errors: ErrorConsole) -> None:
    """Name a token that the Hub did not take; in a pipe nothing of it stands among the answer."""
    if analyst.context.hub.token_is_refused:
        from analytics.answering.freshness import TOKEN_REFUSED

        errors.print(Text(TOKEN_REFUSED))


def _say(understood: grammar.Understood, options: argparse.Namespace, errors: ErrorConsole) -> int:
    """Answer what is no question: help, how things stand, thanks; or hand back what was not understood."""
    return _note_no_file(_say_in_words(understood, options, errors), options, errors)


def _note_no_file(status: int, options: argparse.Namespace, errors: ErrorConsole) -> int:
    """Say that no file was written where what was typed is no question, and a file was asked for."""
    if status == ANSWERED and wants_file(options):
        errors.print(Text(NO_FILES))
    return status


def _say_in_words(understood: grammar.Understood, options: argparse.Namespace, errors: ErrorConsole) -> int:
    if (topic := _find_topic(understood)) is not None:
        return _explain(topic, options, errors)
    match understood.kind:
        case grammar.Intent.STATUS:
            return _status(list_given(options), errors)
        case grammar.Intent.THANKS:
            PipedConsole(highlight=False).print(YOU_ARE_WELCOME)
            return ANSWERED
        case _ if said := send_to_slack(understood):
            errors.print(Text(said))
            return UNCLEAR
        case _ if options.words and options.words[0].casefold() == "help":
            return _explain(" ".join(options.words[1:]), options, errors)
        case _:
            return _hand_back(understood, options, errors)


def _find_topic(understood: grammar.Understood) -> str | None:
    """Give what help is asked for on, empty for all of it; None where none is."""
    if understood.kind is not grammar.Intent.HELP:
        return find_slack_help((read_setting(understood.typed) or {}).get("words")) or None
    topic = (understood.words or "").removeprefix("help").strip()
    return "" if topic == OF_CHANNELS else topic


def _hand_back(understood: grammar.Understood, options: argparse.Namespace, errors: ErrorConsole) -> int:
    """Say what is wrong with what was typed, and what would work."""
    for told in options.slips or [understood.problem]:
        errors.print(Text(told))
    offered = leave_out_unknown_days(understood, _can_answer).also
    meant = [understood.words] if understood.words and understood.request else offered
    errors.print(Text("Try: " + "  or  ".join(command(words) for words in meant or ["help"])))
    return UNCLEAR


def _can_answer(request: Request, as_of: dt.datetime | None) -> bool:
    """Tell whether there is an answer by what was known at a moment."""
    with closing(_open()) as analyst:
        return analyst.can_answer(request, as_of)


def _explain(topic: str, options: argparse.Namespace, errors: ErrorConsole) -> int:
    """Print the help that is asked for, also of what is set in Slack alone; of what there is none say so."""
    if not topic or grammar.find_topic(topic):
        _print_help(topic)
        return ANSWERED
    if topic in SAID_IN_SLACK:
        lines = [f"  /frameworks {words}" for words in SAID_IN_SLACK[topic]]
        told = "\n".join(["What can be said in Slack, where it is kept:", *lines])
        PipedConsole(highlight=False).print(Text(told), soft_wrap=True)
        return ANSWERED
    about = grammar.understand(topic, _today(options))
    said = send_to_slack(about) or f"There is no help on “{topic}” here."
    topics = "  or  ".join(command(f"help {one.name}") for one in grammar.TOPICS)
    errors.print(Text(f"{said}\nTry: {command('help')}  or  {topics}"))
    return UNCLEAR


OF_CHANNELS = "channel"
"""Help on what goes wrong in a channel of Slack, which has no channels here: all of it is shown, as there."""

YOU_ARE_WELCOME = "You are welcome."


def _open(open_analyst: Opening = analyst_of) -> Analyst:
    """Make the analyst; what people should know stands in its answers, the log is for those who ask for it."""
    return open_analyst(_read_settings(AnalyticsSettings))


def _read_settings(kind: type[AnalyticsSettings]) -> AnalyticsSettings:
    """Read the settings, and let the log be as loud as they say."""
    check_env_file()
    settings = kind()
    logging.basicConfig(level="DEBUG" if settings.log_level == "DEBUG" else "ERROR", stream=sys.stderr)
    return settings


def _status(words: Sequence[str], errors: ErrorConsole) -> int:
    """Say how fresh every source is, in the sentences of `/frameworks status`; `--json` makes a list of them."""
    if words not in ([], ["--json"]):
        errors.print(Text(f"“status” takes --json or nothing; “{' '.join(words)}” came."))
        return UNCLEAR
    sentences = _tell_freshness()
    if words:
        sys.stdout.write(json.dumps(sentences, ensure_ascii=False, indent=2) + "\n")
    else:
        by_hand = f"To collect by hand: {command('collect')}"
        PipedConsole(highlight=False).print(Text("\n".join([*sentences, by_hand])), soft_wrap=True)
    return ANSWERED


def _tell_freshness() -> list[str]:
    """Give the sentences on how fresh every source is."""
    from analytics.answering.freshness import freshness

    analyst = _open()
    try:
        return list(freshness(analyst.context))
    finally:
        analyst.close()


def _print_help(topic: str = "") -> None:
    console = PipedConsole(highlight=False)
    if found := grammar.find_topic(topic):
        console.print(Text("\n".join(lay_out_hints(found.examples))))
        return
    console.print("PyTorch or TensorFlow, who has more pre-trained models? Words that work:\n")
    console.print(Text("\n".join(lay_out_hints([*grammar.EXAMPLES, *OF_A_DAY, *list_beside()]))))
    console.print("\nOptions of a question: --json, --chart FILE, --open, --csv FILE, --as-of DAY.")
    console.print(Text(f"For example: {command(grammar.EXAMPLES[0][0])}"), soft_wrap=True)
    console.print(Text(f"More:        {command('--help')}"), soft_wrap=True)


if __name__ == "__main__":
    run()
