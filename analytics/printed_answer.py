"""An answer at the terminal: written into files, printed in words, as JSON or as CSV."""

import argparse
import json
import sys

from rich.text import Text

from analytics import grammar
from analytics.closed_pipe import ErrorConsole, PipedConsole
from analytics.domain.answer import Answer
from analytics.drawing_child import Begin, Finish
from analytics.invocation import command
from analytics.picture_viewer import place_for
from analytics.terminal_table import lay_out

NO_PICTURE = "This answer has no chart, so none was written."
NO_TABLE = "This answer has no table, so none was written."
NO_FILES = "This is no answer to a question, so no file was written."


def deliver(answer: Answer, options: argparse.Namespace, understood: grammar.Understood, begin: Begin) -> None:
    """
    Print, then write the files: a picture takes half of the time. Who reads may go meanwhile, when he has enough.

    `begin`: begins to draw, before anything is printed.
    """
    gone, finish = None, begin(answer) if wants_picture(options) and answer.chart else None
    try:
        _print_all(answer, options, understood)
        sys.stdout.flush()
    except OSError as failed:  # nobody reads, or a full disk: the files were asked for all the same
        gone = failed
    shown = _write_files(answer, options, finish)
    if gone:
        raise gone
    if shown:
        ErrorConsole().print(Text(shown), soft_wrap=True)


def _print_all(answer: Answer, options: argparse.Namespace, understood: grammar.Understood) -> None:
    """Print the answer in the form that was asked for."""
    if options.json:
        sys.stdout.write(json.dumps(answer.as_json(), ensure_ascii=False, indent=2) + "\n")
    elif understood.as_csv and answer.table:
        sys.stdout.write(answer.as_csv())
    else:
        _print(answer)
        _print_understood(understood, answer)


def _write_files(answer: Answer, options: argparse.Namespace, finish: Finish | None) -> str:
    """Write the chart and the table, and show the chart if that is asked; return what is to be said of it."""
    if options.csv and answer.table:
        options.csv.write_text(answer.as_csv(), encoding="utf-8", newline="")
    no_table = "" if answer.table or not options.csv else NO_TABLE
    return " ".join(filter(None, (no_table, _write_chart(finish, options))))


def wants_file(options: argparse.Namespace) -> bool:
    """Tell whether a file or a picture was asked for: what is no question has none, and says so."""
    return bool(options.csv) or wants_picture(options)


def wants_picture(options: argparse.Namespace) -> bool:
    """Tell whether a picture was asked for, into a file or to look at."""
    return bool(options.chart or options.open)


def _write_chart(finish: Finish | None, options: argparse.Namespace) -> str:
    """Write the picture that was begun, and show it if that is asked; return what is to be said of it."""
    if not wants_picture(options):
        return ""
    picture = finish() if finish else b""
    if not picture:
        return NO_PICTURE
    chart = place_for(options.chart)
    chart.write_bytes(picture)
    return str(options.show_picture(chart)) if options.open else ""


def _print(answer: Answer) -> None:
    console = PipedConsole(highlight=False)
    console.print(Text(answer.headline, style="bold"))
    console.print(Text(" · ".join(part for part in (answer.freshness, answer.subtitle) if part)))
    for line in answer.detail:
        console.print(Text(line))
    for line in answer.commands:
        # Not wrapped: what is copied must be one line.
        console.print(Text(f"  {line}"), soft_wrap=True)
    for caveat in answer.caveats:
        console.print(Text(f"Note: {caveat}", style="yellow"))
    if answer.table:
        console.print(lay_out(answer.table, console.width))
    console.print(Text(answer.source_line, style="dim"))
    console.print(Text(f"Again: {command(answer.reproduce)}", style="dim"))


def _print_understood(understood: grammar.Understood, answer: Answer) -> None:
    """Say how it was understood, where other words were typed, and what else may have been meant."""
    if not understood.differs:
        return
    console = PipedConsole(highlight=False)
    said = " ".join(filter(None, (f"Understood as: {understood.words}.", understood.note_with(answer))))
    console.print(Text(said, style="dim"))
    if understood.also:
        console.print(Text("Or: " + "  or  ".join(map(command, understood.also)), style="dim"))
