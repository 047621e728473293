"""Block elements: buttons, menus, pickers, inputs (docs.slack.dev/reference/block-kit/block-elements)."""

import datetime as dt
import re
from contextlib import suppress
from typing import Any

from playground.block_kit import limits
from playground.block_kit.rules import (
    Check,
    Looking,
    Rule,
    address,
    anything,
    at_least_one,
    boolean,
    by_type,
    exactly_one,
    form,
    identifier,
    items,
    number,
    one_of,
    plain,
    public_picture,
    record,
    string,
    text,
)

STYLE = one_of("primary", "danger")

CONFIRM = record(
    {
        "title": plain(limits.CONFIRM_TITLE),
        "text": text(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
    },
    {"style": STYLE},
)

OPTION = record(
    {"text": plain(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE)},
    {"description": plain(limits.OPTION_TEXT)},
)
CHOICE = record(
    {"text": text(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE)}, {"description": text(limits.OPTION_TEXT)}
)
"""An option beside a box or a button to tick: there alone it may be mrkdwn (composition-objects/option-object)."""
LINK = record(
    {"text": plain(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE)},
    {"description": plain(limits.OPTION_TEXT), "url": address},
)
"""An option of an overflow menu: it alone may lead somewhere."""

GROUP = record({"label": plain(limits.OPTION_TEXT), "options": items(OPTION, limits.OPTIONS)})


def _initial_is_offered(value: dict[str, Any], pointer: str, looking: Looking) -> None:
    """Check that what is chosen at first is one of the options, word for word."""
    groups = value.get("option_groups")
    lists = [value, *(one for one in (groups if isinstance(groups, list) else []) if isinstance(one, dict))]
    offered = [option for one in lists if isinstance(one.get("options"), list) for option in one["options"]]
    chosen = {f"{pointer}/initial_option": value["initial_option"]} if "initial_option" in value else {}
    several = value.get("initial_options")
    chosen |= {
        f"{pointer}/initial_options/{i}": one for i, one in enumerate(several if isinstance(several, list) else [])
    }
    for where, option in chosen.items():
        if option not in offered:
            looking.note(where, "must be one of the options")


def slack_file(value: Any, pointer: str, looking: Looking) -> None:
    """Check a picture given as an uploaded file: it must be there, an image, and through processing."""
    record({}, {"id": string(limits.IDENTIFIER), "url": address}, exactly_one("id", "url"))(value, pointer, looking)
    problem = looking.file_problem(value) if isinstance(value, dict) else None
    if problem:
        looking.note(pointer, problem)


PICTURE: dict[str, Rule] = {"image_url": public_picture, "slack_file": slack_file}
ONE_PICTURE: Check = exactly_one("image_url", "slack_file")
IMAGE = record({"alt_text": string(limits.ALT_TEXT)}, PICTURE, ONE_PICTURE)

ID: dict[str, Rule] = {"action_id": identifier}
COMMON: dict[str, Rule] = {**ID, "confirm": CONFIRM, "focus_on_load": boolean}
MENU: dict[str, Rule] = {**COMMON, "placeholder": plain(limits.PLACEHOLDER)}
SEVERAL: dict[str, Rule] = {**MENU, "max_selected_items": number(least=1, whole=True)}
TYPED: dict[str, Rule] = {
    **ID,
    "placeholder": plain(limits.PLACEHOLDER),
    "focus_on_load": boolean,
    "initial_value": string(limits.TYPED_TEXT),
    "dispatch_action_config": anything,
}

BUTTON = record(
    {"text": plain(limits.BUTTON_TEXT)},
    {
        **ID,
        "value": string(limits.BUTTON_VALUE),
        "url": address,
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string(limits.BUTTON_TEXT),
    },
)
OVERFLOW = record({"options": items(LINK, limits.OVERFLOW_OPTIONS)}, {**ID, "confirm": CONFIRM})
CHECKBOXES = record(
    {"options": items(CHOICE, limits.CHOICES)},
    {**COMMON, "initial_options": items(CHOICE, limits.CHOICES)},
    _initial_is_offered,
)
RADIO_BUTTONS = record(
    {"options": items(CHOICE, limits.CHOICES)}, {**COMMON, "initial_option": CHOICE}, _initial_is_offered
)

_OWN_OPTIONS: dict[str, Rule] = {
    "options": items(OPTION, limits.OPTIONS),
    "option_groups": items(GROUP, limits.OPTIONS),
}
_ONE_LIST: Check = exactly_one("options", "option_groups")
_KINDS = one_of("im", "mpim", "private", "public")
_FILTER = record(
    {},
    {"include": items(_KINDS, 4), "exclude_external_shared_channels": boolean, "exclude_bot_users": boolean},
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
_CONVERSATIONS: dict[str, Rule] = {"default_to_current_conversation": boolean, "filter": _FILTER}
_ANSWERS: dict[str, Rule] = {"response_url_enabled": boolean}

PERSON = form(re.compile(r"[UW][A-Z0-9]+").fullmatch, "U061F7AUR")
CHANNEL = form(re.compile(r"[CG][A-Z0-9]+").fullmatch, "C061EG9SL")
CONVERSATION = form(re.compile(r"[CDGUW][A-Z0-9]+").fullmatch, "C061EG9SL")
"""Ids, never names; a conversation with a person may be chosen by that person."""

MENUS: dict[str, Rule] = {
    "static_select": record({}, {**MENU, **_OWN_OPTIONS, "initial_option": OPTION}, _ONE_LIST, _initial_is_offered),
    "external_select": record({}, {**MENU, "initial_option": OPTION, "min_query_length": number(least=0, whole=True)}),
    "users_select": record({}, {**MENU, "initial_user": PERSON}),
    "channels_select": record({}, {**MENU, **_ANSWERS, "initial_channel": CHANNEL}),
    "conversations_select": record({}, {**MENU, **_CONVERSATIONS, **_ANSWERS, "initial_conversation": CONVERSATION}),
    "multi_static_select": record(
        {},
        {**SEVERAL, **_OWN_OPTIONS, "initial_options": items(OPTION, limits.OPTIONS)},
        _ONE_LIST,
        _initial_is_offered,
    ),
    "multi_external_select": record({}, {**SEVERAL, "initial_options": items(OPTION, limits.OPTIONS)}),
    "multi_users_select": record({}, {**SEVERAL, "initial_users": items(PERSON, limits.OPTIONS)}),
    "multi_channels_select": record({}, {**SEVERAL, "initial_channels": items(CHANNEL, limits.OPTIONS)}),
    "multi_conversations_select": record(
        {}, {**SEVERAL, **_CONVERSATIONS, "initial_conversations": items(CONVERSATION, limits.OPTIONS)}
    ),
}

DAY, CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def _is_day(written: str) -> bool:
    """Tell whether the calendar has such a day."""
    with suppress(ValueError):
        return bool(DAY.fullmatch(written) and dt.date.fromisoformat(written))
    return False


DATE = form(_is_day, "2026-11-30")
TIME = form(CLOCK.fullmatch, "09:00")

PICKERS: dict[str, Rule] = {
    "datepicker": record({}, {**MENU, "initial_date": DATE}),
    "timepicker": record({}, {**MENU, "initial_time": TIME, "timezone": string(limits.IDENTIFIER)}),
    "datetimepicker": record({}, {**COMMON, "initial_date_time": number(least=0, whole=True)}),
}

ACTIONS: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO_BUTTONS,
    "workflow_button": record({"text": plain(limits.BUTTON_TEXT), "workflow": anything}, {**ID, "style": STYLE}),
    **MENUS,
    **PICKERS,
}

INPUTS: dict[str, Rule] = {
    **MENUS,
    **PICKERS,
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO_BUTTONS,
    "plain_text_input": record(
        {},
        {
            **TYPED,
            "multiline": boolean,
            "min_length": number(least=0, most=limits.TYPED_TEXT, whole=True),
            "max_length": number(least=1, most=limits.TYPED_TEXT, whole=True),
        },
    ),
    "email_text_input": record({}, TYPED),
    "url_text_input": record({}, TYPED),
    "number_input": record(
        {"is_decimal_allowed": boolean}, {**TYPED, "min_value": string(50), "max_value": string(50)}
    ),
    "rich_text_input": record({}, {**TYPED, "initial_value": anything}),
    "file_input": record({}, {**ID, "filetypes": anything, "max_files": number(least=1, most=10, whole=True)}),
}

_FEEDBACK = record(
    {"text": plain(limits.BUTTON_TEXT), "value": string(limits.BUTTON_VALUE)},
    {"accessibility_label": string(limits.BUTTON_TEXT)},
)
CONTEXT_ACTIONS: dict[str, Rule] = {
    "feedback_buttons": record({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, ID),
    "icon_button": record(
        {"icon": string(limits.IDENTIFIER), "text": plain(limits.BUTTON_TEXT)},
        {
            **ID,
            "value": string(limits.BUTTON_VALUE),
            "confirm": CONFIRM,
            "accessibility_label": string(limits.BUTTON_TEXT),
            "visible_to_user_ids": items(identifier, 10),
        },
    ),
}

INPUT = by_type(INPUTS, "element")
_ANY_ACTION = by_type(ACTIONS, "element")
_ANY_ACCESSORY = by_type({**ACTIONS, "image": IMAGE}, "element")


def ACTION(value: Any, pointer: str, looking: Looking) -> None:  # noqa: N802 - a rule among rules, all in capitals
    """Accept what stands in a row of actions, where no menu gives a response_url."""
    _ANY_ACTION(value, pointer, looking)
    _asks_no_url(value, pointer, looking)


def ACCESSORY(value: Any, pointer: str, looking: Looking) -> None:  # noqa: N802 - the same
    """Accept what stands beside a section, where no menu gives a response_url either."""
    _ANY_ACCESSORY(value, pointer, looking)
    _asks_no_url(value, pointer, looking)


def _asks_no_url(value: Any, pointer: str, looking: Looking) -> None:
    if isinstance(value, dict) and value.get("response_url_enabled"):
        looking.note(f"{pointer}/response_url_enabled", "is allowed in input blocks only")
