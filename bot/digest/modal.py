"""The form of `digest on`: a modal with day, time, zone, sections and "only if it matters". Pure."""

import json
from collections.abc import Sequence
from typing import Any

from analytics.domain.wording import sentence
from bot.digest.parsing import Setting, Wanted, once, time_of, zone_of
from bot.digest.records import Subscription
from bot.digest.schedule import DAYS, FIRST_TIME, FIRST_WEEKDAY

CALLBACK = "digest-form"
DAY, TIME, ZONE, SECTIONS, MATTERS = "day", "time", "zone", "sections", "matters"
"""Block ids; each holds one element whose action id is VALUE."""
VALUE = "value"

FIELDS = {Setting.TIME: TIME, Setting.ZONE: ZONE}
"""What people type themselves, and the block it stands in."""

Titled = Sequence[tuple[str, tuple[str, Any]]]


def view(channel: str, known: Subscription | None, zone: str, sections: Titled, hint: str = "") -> dict[str, Any]:
    """Make the modal, filled with what is known; Monday 09:00 in the person's own zone otherwise."""
    weekday = known.weekday if known else FIRST_WEEKDAY
    at = known.at if known else FIRST_TIME
    chosen = (known.sections if known else ()) or tuple(name for name, _ in sections)
    options = [_option(sentence(title), name) for name, (title, _) in sections]
    days = [_option(name, str(number)) for number, name in enumerate(DAYS)]
    matters = [_option("Only if it matters: quiet weeks are summed up in the next post", "only")]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"channel": channel}),
        "title": _plain("Weekly digest"),
        "submit": _plain("Subscribe"),
        "close": _plain("Cancel"),
        "blocks": [
            _input(DAY, "Day", {"type": "static_select", "options": days, "initial_option": days[weekday]}),
            _input(TIME, "Time", {"type": "timepicker", "initial_time": f"{at:%H:%M}"}),
            _input(
                ZONE, "Time zone", {"type": "plain_text_input", "initial_value": zone}, hint or "Such as Europe/Berlin"
            ),
            _input(
                SECTIONS,
                "Sections",
                {
                    "type": "checkboxes",
                    "options": options,
                    "initial_options": [option for option in options if option["value"] in chosen],
                },
            ),
            _input(MATTERS, "Quiet weeks", _matters(matters, known), optional=True),
        ],
    }


def read(submitted: dict[str, Any]) -> tuple[str, Wanted]:
    """Read a submission: channel, what is wanted. Raises UnclearSetting for a time or zone."""
    told = json.loads(submitted["private_metadata"])
    values = {block: fields[VALUE] for block, fields in submitted["state"]["values"].items()}
    sections = tuple(option["value"] for option in values[SECTIONS].get("selected_options") or ())
    wanted = Wanted(
        weekday=int(values[DAY]["selected_option"]["value"]),
        at=time_of(str(values[TIME].get("selected_time") or "")),
        zone=zone_of(str(values[ZONE].get("value") or "").strip()),
        sections=once(sections),
        only_if_matters=bool(values[MATTERS].get("selected_options")),
    )
    return told["channel"], wanted


def _matters(options: list[dict[str, Any]], known: Subscription | None) -> dict[str, Any]:
    element: dict[str, Any] = {"type": "checkboxes", "options": options}
    return element | ({"initial_options": options} if known and known.only_if_matters else {})


def _input(
    block: str, label: str, element: dict[str, Any], hint: str = "", *, optional: bool = False
) -> dict[str, Any]:
    made = {
        "type": "input",
        "block_id": block,
        "label": _plain(label),
        "element": element | {"action_id": VALUE},
        "optional": optional,
    }
    return made | ({"hint": _plain(hint)} if hint else {})


def _option(text: str, value: str) -> dict[str, Any]:
    return {"text": _plain(text), "value": value}


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}
