"""What this machine and its neighbours have to offer: a folder, a database, the Hub, fonts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.domain.wording import clause, listing, sentence
from analytics.errors import DatabaseTrouble, DatabaseUnusable, NotAsked, RateLimited, SourceError
from analytics.storage.private_files import may_others_change
from bot.config import Settings
from bot.runtime.doctor import Health, Symptom
from bot.runtime.folder import advise, close_to_others, has_little_room, name_trouble, tell_who_else, trouble_with
from bot.slack_errors import foreign

if TYPE_CHECKING:
    from analytics.storage.database_look import DatabaseLook

HUB_SECONDS = 10.0


def check_machine(settings: Settings) -> Iterator[Symptom]:
    """Look at all that is not Slack's."""
    yield check_folder(settings.frameworks_home)
    yield check_database(settings.frameworks_home, settings.database_address)
    yield check_hub(settings.hf_endpoint, settings.hub_token)
    yield tell_collecting(collects=settings.collect)
    yield check_fonts()


def check_home(settings: Settings) -> Iterator[Symptom]:
    """Look at what needs neither Slack nor the Hub."""
    yield check_folder(settings.frameworks_home)
    yield check_database(settings.frameworks_home, settings.database_address)
    yield check_fonts()


def check_folder(folder: Path) -> Symptom:
    """Look whether the data folder can be written, by whom else it can be read, and whether there is room."""
    if trouble := trouble_with(folder):
        why = foreign(name_trouble(trouble))
        return Symptom("folder", Health.MEND, f"Nothing can be kept in {folder}: {why}.", advise(trouble))
    if has_little_room(folder):
        return Symptom("folder", Health.MEND, f"The disk of {folder} is all but full.", "Make room there.")
    if not folder.exists():
        return Symptom("folder", Health.WELL, f"{folder} is not there yet; the first start makes it.")
    if said := tell_who_else(folder):
        state = Health.MEND if may_others_change(folder) else Health.LOOK
        return Symptom("folder", state, said, close_to_others(folder))
    return Symptom("folder", Health.WELL, f"{folder} can be written, by its owner alone.")


def check_database(folder: Path, address: str | None) -> Symptom:
    """Look whether the database can be reached and written, and of which revision it is."""
    from analytics.storage.database_look import look_at

    try:
        return _of_database(look_at(folder, address))
    except DatabaseUnusable as unusable:
        return _of_refusal(unusable)


def _of_database(look: "DatabaseLook") -> Symptom:
    if look.trouble:
        return _of_refusal(look.trouble)
    if lost := _of_loss(look):
        return lost
    if look.warning:
        return Symptom("database", Health.LOOK, look.warning.what, look.warning.advice)
    if look.is_new:
        return Symptom("database", Health.WELL, "There is none yet; the first start makes it.")
    if look.revision != look.newest:
        said = f"{look.where} is of an older revision; the next start brings it to {look.newest}."
        return Symptom("database", Health.WELL, said)
    return Symptom("database", Health.WELL, f"{look.where} can be written; its tables are of revision {look.newest}.")


def _of_loss(look: "DatabaseLook") -> Symptom | None:
    """Name a file that is gone or damaged."""
    if look.is_gone:
        advice = "Put back a copy of the folder, or start: a new one is begun, and `digest list` tells what is missing."
        return Symptom("database", Health.MEND, f"{look.where} is gone, though there was one.", advice)
    if look.verdict:
        advice = (
            "Put back a copy of the folder, or start: what can be read goes into a new file; the damaged one is kept."
        )
        return Symptom("database", Health.MEND, f"{look.where} is damaged ({foreign(look.verdict)}).", advice)
    return None


def _of_refusal(refusal: DatabaseTrouble | DatabaseUnusable) -> Symptom:
    return Symptom("database", Health.MEND, f"{clause(refusal.what)}.", sentence(refusal.advice))


def check_hub(endpoint: str, token: str | None, seconds: float = HUB_SECONDS) -> Symptom:
    """Ask the Hub for one model, with the token if there is one."""
    from analytics.sources.hub.client import HubClient

    client = HubClient(endpoint, token)
    try:
        client.search([], 1, seconds=seconds)
    except RateLimited as limited:
        advice = "A token in HF_TOKEN raises the limit." if not token else "It passes by itself."
        return Symptom("Hub", Health.LOOK, f"It asks for a pause of {limited.seconds:.0f} s.", advice)
    except SourceError as failure:
        return _of_hub(failure)
    if client.token_is_refused:
        advice = "Make a new read token (huggingface.co/settings/tokens) for HF_TOKEN, or leave that empty."
        said = "It does not take HF_TOKEN: it answered 401. What is public is asked for without it."
        return Symptom("Hub", Health.MEND, said, advice)
    how = "takes HF_TOKEN" if token else "answers without a token"
    return Symptom("Hub", Health.WELL, f"It {how}.")


def _of_hub(failure: SourceError) -> Symptom:
    why = clause(foreign(failure.why))
    if isinstance(failure, NotAsked):
        return Symptom("Hub", Health.MEND, f"It was not asked: {why}.", "Mend that setting; docs/network.md helps.")
    advice = (
        "Look at status.huggingface.co, then at this machine's network and proxy and at HF_ENDPOINT. Until it is back, "
        "stored lists are shown with their date."
    )
    return Symptom("Hub", Health.MEND, f"{foreign(failure.url)}: {why}.", advice)


def tell_collecting(*, collects: bool) -> Symptom:
    """Say whether the bot collects by itself."""
    if collects:
        return Symptom("collecting", Health.WELL, "The bot collects by itself from its start on.")
    advice = "Take COLLECT=off away, or collect by hand: frameworks collect."
    return Symptom("collecting", Health.LOOK, "It is switched off (COLLECT=off): samples answer, and grow old.", advice)


def check_fonts(folder: Path | None = None) -> Symptom:
    """Look whether the letters of the charts are there: matplotlib brings them."""
    from analytics.charts.canvas import find_unusable_fonts

    if broken := find_unusable_fonts(folder):
        advice = "Install matplotlib again: pip install --force-reinstall matplotlib."
        return Symptom("fonts", Health.MEND, f"{listing(broken)} cannot be read, so no chart can be drawn.", advice)
    return Symptom("fonts", Health.WELL, "The letters of the charts are there.")
