"""The form of `digest on`: name, rhythm, day, time, zone, sections and "only if it matters". Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.digest_words.digest_names import LONGEST_NAME
from analytics.digest_words.named_days import DAYS, FIRST_TIME, FIRST_WEEKDAY, LAST, LAST_DAY, LATEST_DAY, ORDINALS
from analytics.digest_words.naming_words import check_name
from analytics.digest_words.parsing import Setting, Wanted, once, time_of, zone_of
from analytics.domain.wording import ordinal, sentence
from bot.digest.records import Subscription
from bot.form_parts import (
    choice,
    field,
    make_form,
    option,
    read_choice,
    read_notes,
    read_ticks,
    read_values,
    text_field,
)

CALLBACK = "digest-form"
NAME, RHYTHM = "name", "rhythm"
DAY, TIME, ZONE, SECTIONS, MATTERS = "day", "time", "zone", "sections", "matters"
"""Block ids."""

WEEKLY = "weekly"
"""The value of the choice that is no day of a month; an option has one."""

FIELDS = {Setting.TIME: TIME, Setting.ZONE: ZONE, Setting.NAME: NAME}
"""What people type themselves, and the block it stands in."""

Titled = Sequence[tuple[str, tuple[str, Any]]]


NAME_HINT = "Empty: the channel's plain one. Another name makes another digest beside this one."


@dataclass(frozen=True, slots=True)
class FormOf:
    """Which digest a form is opened for: its channel and name, and as it is, if there is one."""

    channel: str
    name: str = ""
    known: Subscription | None = None


def view(digest: FormOf, zone: str, sections: Titled, hint: str = "") -> dict[str, Any]:
    """Make the modal, filled with what is known; Monday 09:00 in the person's own zone otherwise."""
    known = digest.known
    weekday = known.weekday if known else FIRST_WEEKDAY
    at = known.at if known else FIRST_TIME
    chosen = (known.sections if known else ()) or tuple(name for name, _ in sections)
    options = [option(sentence(title), name) for name, (title, _) in sections]
    ticked = {"initial_options": [one for one in options if one["value"] in chosen]}
    days = [option(name, str(number)) for number, name in enumerate(DAYS)]
    rhythms = {monthly: option(say, monthly or WEEKLY) for monthly, say in _list_rhythms()}
    matters = [option("Only if it matters: quiet ones are summed up in the next post", "only")]
    fields = [
        field(NAME, "Name", text_field(digest.name, max_length=LONGEST_NAME), NAME_HINT, optional=True),
        field(RHYTHM, "How often", choice(list(rhythms.values()), rhythms[known.monthly if known else ""])),
        field(DAY, "Day", choice(days, days[weekday]), "Of the week; of no account for a day of the month"),
        field(TIME, "Time", {"type": "timepicker", "initial_time": f"{at:%H:%M}"}),
        field(ZONE, "Time zone", text_field(zone), hint or "Such as Europe/Berlin"),
        field(SECTIONS, "Sections", {"type": "checkboxes", "options": options, **ticked}),
        field(MATTERS, "Quiet weeks or months", _matters(matters, known), optional=True),
    ]
    does = "Change" if known and known.is_wanted else "Subscribe"
    return make_form(CALLBACK, {"channel": digest.channel, "name": digest.name}, "Digest", does, fields)


def _list_rhythms() -> Iterator[tuple[str, str]]:
    """Give every rhythm with what it is called: of weeks, of weekdays of the month, of days of the month."""
    yield "", "Every week, on the day below"
    for which in (*ORDINALS, LAST):
        yield which, f"Every month, the {which} one of the day below"
    yield LAST_DAY, "Every month, on its last day"
    for day in range(1, LATEST_DAY + 1):
        yield str(day), f"Every month, on the {ordinal(day)}"


def read_opened(submitted: dict[str, Any]) -> str:
    """Give the name of the digest that a form was opened for."""
    return str(read_notes(submitted).get("name", ""))


def read(submitted: dict[str, Any], sections: Collection[str]) -> tuple[str, Wanted]:
    """
    Read a submission: channel, what is wanted of these `sections`.

    Raises UnclearSetting for a name, time or zone, OfAnotherVersion for what this form does not ask.
    """
    told, values = read_notes(submitted), read_values(submitted, (DAY, TIME, ZONE, SECTIONS, MATTERS))
    monthly = read_choice(values.get(RHYTHM, {}), [value or WEEKLY for value, _ in _list_rhythms()], WEEKLY)
    name = str(values.get(NAME, {}).get("value") or "").strip()
    wanted = Wanted(
        name=check_name(name) if name else "",
        monthly="" if monthly == WEEKLY else monthly,
        weekday=int(read_choice(values[DAY], [str(number) for number in range(len(DAYS))])),
        at=time_of(str(values[TIME].get("selected_time") or "")),
        zone=zone_of(str(values[ZONE].get("value") or "").strip()),
        sections=once(read_ticks(values[SECTIONS], sections)),
        only_if_matters=bool(values[MATTERS].get("selected_options")),
    )
    return told["channel"], wanted


def _matters(options: list[dict[str, Any]], known: Subscription | None) -> dict[str, Any]:
    element: dict[str, Any] = {"type": "checkboxes", "options": options}
    return element | ({"initial_options": options} if known and known.only_if_matters else {})
