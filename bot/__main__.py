"""
`python -m bot [web | clock | migrate | doctor | … | --check]` (`frameworks-bot`): settings -> build -> run.

With the tokens of a Slack app it connects to that workspace by Socket Mode. Without, it starts the playground: the same
bot against a local stand-in for Slack with a web page, if the extra `playground` is installed. `web` takes Slack's
requests by HTTP instead, in several processes if wanted, and `clock` keeps the time for them. `migrate` brings the
database's tables up to date, as every start does, says what it did, and ends. `doctor` looks at everything the bot
needs, changes nothing, and says what to mend; `--check` does so without a token or a network. `forget`, `rekey` and
`new-key` are `upkeep.py`'s. What has to be mended ends every start with one sentence and status 2.
"""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError

from analytics.__main__ import main as answer_in_terminal
from analytics.analyst import utc_now
from analytics.closed_pipe import whoever_reads, write_out
from analytics.errors import DatabaseUnusable, MigrationFailed, ToMend
from analytics.invocation import own_version
from analytics.settings import check_env_file, explain_settings
from analytics.storage.database import Database
from analytics.storage.private_files import keep_to_ourselves
from analytics.storage.schema_history import SchemaHistory
from bot.config import Settings, ask_directly, hide_from_bolt
from bot.log_lines import write_log
from bot.outlets import report_errors
from bot.runtime.credentials import refuse_odd_proxy
from bot.runtime.folder import refuse_unwritable, warn_of_others
from bot.runtime.memory import keep_little
from bot.runtime.single_instance import hold
from bot.runtime.vanishing_disk import warn_of_vanishing
from bot.upkeep import forget, make_key, rekey
from bot.ways_to_run import keep_time, refuse, run, serve_http

if TYPE_CHECKING:
    from bot.runtime.doctor import Symptom

log = logging.getLogger("bot")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stopped by SIGINT or SIGTERM; return the exit status."""
    with whoever_reads():
        return _do(_parse(arguments))


def _do(options: argparse.Namespace) -> int:
    if options.check or options.what in APART:
        return _do_apart(options)
    keep_to_ourselves()
    keep_little(os.environ)
    work = (
        partial(forget, home=options.workspace, is_sure=options.yes) if options.what == FORGET else WORK[options.what]
    )
    try:
        check_env_file()
        settings = Settings()
    except ValidationError as wrong:
        return refuse("\n".join(explain_settings(wrong)))
    except ToMend as unreadable:
        return refuse(unreadable)
    write_log(settings.log_level, settings.log_format)
    report_errors(settings)
    if work is not serve_http:  # its processes read the environment themselves
        hide_from_bolt(os.environ)
    if not settings.has_slack:
        ask_directly(os.environ, THIS_MACHINE)
    try:
        if settings.has_slack:
            refuse_odd_proxy()
        if options.what not in ALONE and settings.has_slack and not settings.database_url:
            refuse_unwritable(settings.frameworks_home)
            warn_of_others(settings.frameworks_home)
            warn_of_vanishing(settings.frameworks_home, os.environ)
        with nullcontext() if settings.database_url else hold(settings.frameworks_home):
            return work(settings)
    except ToMend as reason:
        return refuse(reason)
    except KeyboardInterrupt:  # while Slack was waited for: nothing was begun
        return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    commands = [*filter(None, WORK), FORGET, *APART]
    parser = argparse.ArgumentParser(
        prog="frameworks-bot", description="The Slack bot; without a token, the playground."
    )
    parser.add_argument(
        "what",
        nargs="?",
        choices=commands,
        help="web: take Slack's requests by HTTP; clock: keep the time for such processes; migrate (or release): bring "
        "the database up to date, say so, and end; doctor: say what needs mending, and end; mcp: answer assistants, as "
        "`frameworks mcp` does; forget: delete all that is kept of one workspace; rekey: encrypt the tokens of many "
        "workspaces with the first key; new-key: make a key for that",
    )
    parser.add_argument("channel", nargs="?", help="with doctor: the id of a channel in which a picture is tried")
    parser.add_argument("--version", action="version", version=f"frameworks-bot {own_version()}")
    parser.add_argument("--json", action="store_true", help="with doctor: for programs")
    parser.add_argument(
        "--check", action="store_true", help="look at settings, folder, database and fonts without any network, and end"
    )
    parser.add_argument("--workspace", metavar="ID", help="with forget: T… of a workspace, or E… of an organization")
    parser.add_argument("--yes", action="store_true", help="with forget: do not ask")
    _refuse_slip(parser, sys.argv[1:] if arguments is None else arguments, commands)
    options = parser.parse_args(arguments)
    if options.check and options.what:
        parser.error("--check stands alone; `doctor` looks at Slack and the Hub as well")
    if options.what != "doctor" and (options.channel or options.json):
        parser.error("a channel and --json go with doctor alone")
    if bool(options.workspace) != (options.what == FORGET) or (options.yes and options.what != FORGET):
        parser.error("say of whom: frameworks-bot forget --workspace T0123ABCD [--yes]")
    return options


def _do_apart(options: argparse.Namespace) -> int:
    """Do what needs no bot: look at the set-up, answer assistants, make a key."""
    from bot.checkup.examination import examine, examine_at_home

    if options.check:
        return _tell_findings(examine_at_home, as_json=False)
    if options.what == "new-key":
        return make_key()
    if options.what == "mcp":
        return answer_in_terminal(["mcp"])
    return _tell_findings(lambda: examine(options.channel), as_json=options.json)


def _refuse_slip(parser: argparse.ArgumentParser, arguments: Sequence[str], commands: Sequence[str]) -> None:
    """Name the command or option that a mistyped one was meant to be."""
    from analytics.grammar import nearest

    for word, known in (
        (word, ("--check", "--json", "--help", "--version") if word.startswith("-") else commands)
        for word in arguments[:1]
    ):
        if word not in (*known, "-h") and (near := nearest(word, known)):
            parser.error(f"“{word}” is no command of it. Did you mean {near[0]}?")


def _tell_findings(look: "Callable[[], Sequence[Symptom]]", *, as_json: bool) -> int:
    """Look, and tell what was found; nothing is logged, for all is told."""
    from bot.runtime import doctor

    logging.disable()
    findings = look()
    write_out(doctor.as_json(findings) if as_json else doctor.lay_out(findings))
    return doctor.status_of(findings)


def _migrate(settings: Settings) -> int:
    """Bring the database's tables up to date and say what was done, or that nothing was."""
    try:
        return _bring_up_to_date(settings)
    except MigrationFailed:  # it says what is there now
        raise
    except DatabaseUnusable as reason:
        return refuse(f"The tables were not brought up to date. {reason}")


def _bring_up_to_date(settings: Settings) -> int:
    with closing(Database(settings.frameworks_home, utc_now, settings.database_address)) as database:
        if not database.is_ready:
            sys.stderr.write(f"The database cannot be reached, so nothing was done. {database.trouble}\n")
            return 2
        if not database.is_kept:
            sys.stderr.write(f"The tables were not brought up to date. {database.trouble}\n")
            return 2
        for notice in database.notices:
            sys.stderr.write(f"{notice}\n")
        newest = f"The tables are at revision {SchemaHistory().newest} already; nothing was done."
        write_out(f"{database.upgrade or newest}\n")
        return 0


THIS_MACHINE = "127.0.0.1"
"""Where the playground is."""
FORGET = "forget"
APART = ("doctor", "mcp", "new-key")
"""What needs neither the settings nor the folder."""

WORK: Mapping[str | None, Callable[[Settings], int]] = {
    None: run,
    "web": serve_http,
    "clock": keep_time,
    "migrate": _migrate,
    "release": _migrate,
    "rekey": rekey,
}
"""What can be asked, but for `APART` and FORGET; `release` is what hosts with a Procfile call `migrate`."""

ALONE = ("migrate", "release", "rekey", FORGET)
"""What works on the store and starts no bot."""

if __name__ == "__main__":
    sys.exit(main())
