"""`frameworks-bot doctor [CHANNEL]`: everything is looked at once, nothing is changed."""

import time
from collections.abc import Callable, Iterator

from pydantic import ValidationError

from analytics.analyst import utc_now
from analytics.context import Clock
from analytics.domain.wording import sentence
from analytics.settings import UnreadableSettings, check_env_file, explain_settings, find_misspelt, own_environment
from bot.checkup.installation_check import check_installations
from bot.checkup.machine_checks import check_home, check_machine
from bot.checkup.picture_check import PictureTrial
from bot.checkup.slack_checks import check_slack, check_token
from bot.config import Settings
from bot.digest.slack_clock import SlackClock
from bot.runtime.credentials import explain_proxy
from bot.runtime.doctor import Health, Symptom
from bot.slack_client import slack_client


def examine(channel: str | None = None) -> tuple[Symptom, ...]:
    """Look at everything, the settings first: where they cannot be read, nothing else can be looked at."""
    return _examine(lambda settings: look_at_all(settings, channel))


def examine_at_home() -> tuple[Symptom, ...]:
    """Look at what a container needs before it has a token or a network: settings, folder, database, fonts."""
    return _examine(check_home)


def _examine(look: Callable[[Settings], Iterator[Symptom]]) -> tuple[Symptom, ...]:
    try:
        check_env_file()
        settings = Settings()
    except UnreadableSettings as unreadable:
        return (Symptom("settings", Health.MEND, unreadable.what, unreadable.advice),)
    except ValidationError as wrong:
        advice = "Mend it in .env, or in the environment (.env.example lists every setting)."
        return tuple(Symptom("settings", Health.MEND, said, advice) for said in explain_settings(wrong))
    return (*(_list_misspelt() or [Symptom("settings", Health.WELL, "They can be read.")]), *look(settings))


def _list_misspelt() -> list[Symptom]:
    """Name what is set and is no setting, for one that is not set: nothing reads it, and nothing would say so."""
    known = {name.upper() for name in Settings.model_fields}
    return [
        Symptom("settings", Health.MEND, f"{name} is no setting, and {meant} is not set.", f"Call it {meant}.")
        for name, meant in find_misspelt(known, own_environment())
    ]


def look_from_within(settings: Settings, clock: Clock = utc_now) -> tuple[str, ...]:
    """Look at what a running bot can look at without a second connection; give what somebody should look at."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    symptoms = (*check_token(slack_client(token, settings.slack_api_url), SlackClock(clock)), *check_machine(settings))
    found = [one for one in symptoms if one.state in (Health.MEND, Health.LOOK)]
    return tuple(f"{sentence(one.name)}: {one.sentence} {one.advice}".strip() for one in found)


def look_at_all(
    settings: Settings, channel: str | None = None, clock: Clock = utc_now, wait: Callable[[float], None] = time.sleep
) -> Iterator[Symptom]:
    """Look at what the settings name; tests hand in a clock, and a wait that does not."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    client = slack_client(token, settings.slack_api_url)
    if odd := explain_proxy(client):
        yield Symptom("proxy", Health.MEND, odd.what, odd.advice)
    elif settings.is_for_many:
        yield from check_installations(settings, client)
    else:
        yield from check_slack(settings, client, SlackClock(clock))
    yield from check_machine(settings)
    if channel and token and not odd:
        yield PictureTrial(client, wait).run(channel, settings.slack_pictures)
