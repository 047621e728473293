"""How it stands with many workspaces: what HTTP needs, the keys, and whether Slack still takes each token."""

from collections import Counter
from collections.abc import Iterator

from slack_sdk import WebClient

from analytics.analyst import utc_now
from analytics.domain.wording import count
from analytics.errors import ToMend
from bot.config import Settings
from bot.runtime.credentials import BOT, explain_token
from bot.runtime.doctor import Health, Symptom
from bot.slack_errors import SLACK_FAILURES
from bot.upkeep import open_store
from bot.workspaces.installation_store import Installations
from bot.workspaces.token_seal import SealBroken, seal_of

MOST_ASKED = 20
"""Tokens that Slack is asked for: enough to see what is wrong with all."""


def check_installations(settings: Settings, client: WebClient) -> Iterator[Symptom]:
    """Look at what many workspaces need; nothing is changed, and no workspace is named."""
    if not settings.slack_signing_secret:
        advice = "Set it: it stands under Basic Information, App Credentials."
        said = "SLACK_SIGNING_SECRET is missing: many workspaces need HTTP."
        yield Symptom("signing secret", Health.MEND, said, advice)
    try:
        with open_store(settings) as database:
            kept = Installations(database, seal_of(settings), utc_now)
            unreadable, number = kept.count_unreadable()
            yield _tell_keys(unreadable, number)
            yield _tell_tokens(kept, client)
    except ToMend as trouble:
        yield Symptom("installations", Health.MEND, trouble.what, trouble.advice)


def _tell_keys(unreadable: int, number: int) -> Symptom:
    if unreadable:
        wrong = SealBroken(f"{unreadable} of {count(number, 'token')} kept cannot be read")
        return Symptom("token keys", Health.MEND, wrong.what, wrong.advice)
    return Symptom("token keys", Health.WELL, f"They read every token that is kept ({number}).")


def _tell_tokens(kept: Installations, client: WebClient) -> Symptom:
    """Ask Slack for the first of them."""
    homes = kept.list_homes()
    if not homes:
        advice = "Open /slack/install of this bot in a browser."
        return Symptom("installations", Health.LOOK, "The app is installed in no workspace yet.", advice)
    taken = Counter(_is_taken(kept, client, home) for home in homes[:MOST_ASKED])
    asked = taken.total()
    if refused := taken[False]:
        said = f"Slack does not take {refused} of the {asked} tokens that were tried."
        return Symptom("installations", Health.LOOK, said, "A running bot deletes those that Slack says are revoked.")
    if untold := taken[None]:
        said = f"Of {untold} of the {asked} tokens that were tried Slack did not say whether it takes them."
        return Symptom("installations", Health.SKIPPED, said)
    return Symptom("installations", Health.WELL, f"{count(len(homes), 'installation')}; Slack takes the {asked} tried.")


def _is_taken(kept: Installations, client: WebClient, home: str) -> bool | None:
    """Tell whether Slack takes a token; None where it does not say, for now."""
    try:
        found = kept.find(home)
        return found is None or bool(client.auth_test(token=found.token))
    except SealBroken:
        return False
    except SLACK_FAILURES as failure:
        return False if explain_token(failure, BOT) else None
