"""The form of `alert`: what to wait for, in the words of the command, with examples to choose from. Pure."""

from typing import Any

from analytics.alerts.alert_words import AlertAction, AlertWish, UnclearAlert, read_rule
from bot.form_parts import choice, field, make_form, option, read_choice, read_notes, read_values, text_field

CALLBACK = "alert-form"
KIND, FRAMEWORK, TOP, POINTS, MODEL = "kind", "framework", "top", "points", "subject"

KINDS = {
    "presence": ("It enters or leaves the top list", "{framework} enters or leaves the top {top}"),
    "share": ("Its share of the top list moves", "{framework}'s share of the top {top} moves by {points} points"),
    "below": ("Its share is below a mark", "{framework}'s share of the top {top} is below {points} %"),
    "above": ("Its share is above a mark", "{framework}'s share of the top {top} is above {points} %"),
    "fewer": ("It is in fewer of the top list", "{framework} is in fewer than {points} of the top {top}"),
    "more": ("It is in more of the top list", "{framework} is in more than {points} of the top {top}"),
    "model": ("A model changes framework", "{subject} changes framework"),
    "gains": ("A model gains the framework", "{subject} gains {framework}"),
    "collection": ("An official collection changes state", "{subject} changes state"),
}
"""What can be waited for: how it is called in the form, and the words it stands for."""

FRAMEWORKS = ("PyTorch", "TensorFlow")

OF_NUMBER = ("share", "below", "above", "fewer", "more")
"""What is about a number of a list, so that two fields may be wrong."""

FIELDS = {"presence": TOP, **dict.fromkeys(OF_NUMBER, POINTS), "model": MODEL, "gains": MODEL, "collection": MODEL}
"""Beside which field it is said what is wrong."""


def view(channel: str, instead_of: int | None = None) -> dict[str, Any]:
    """Make the modal, of a new alert or of one in the place of another."""
    kinds = [option(title, name) for name, (title, _) in KINDS.items()]
    frameworks = [option(name, name) for name in FRAMEWORKS]
    fields = [
        field(KIND, "Tell us when", choice(kinds, kinds[0])),
        field(FRAMEWORK, "Framework", choice(frameworks, frameworks[1])),
        field(TOP, "Top list", text_field("30"), "1 to 1,000 most downloaded models"),
        field(POINTS, "Number", text_field("3"), "Points by which a share moves; or the mark: percent, or models"),
        field(MODEL, "Model or collection", text_field(), "For the last three alone", optional=True),
    ]
    title = f"Change alert {instead_of}" if instead_of else "New alert"
    return make_form(CALLBACK, {"channel": channel, "instead_of": instead_of}, title, "Set", fields)


def read(submitted: dict[str, Any]) -> tuple[str, AlertWish | None, dict[str, str]]:
    """Read a submission: the channel, what is wanted, or what is wrong by field. Raises OfAnotherVersion."""
    told, values = read_notes(submitted), read_values(submitted, (KIND, FRAMEWORK, TOP, POINTS, MODEL))
    channel = str(told["channel"])
    kind = read_choice(values[KIND], KINDS)
    typed = {name: str(values[name].get("value") or "").strip() for name in (TOP, POINTS, MODEL)}
    typed[MODEL] = typed[MODEL] or ("an official collection" if kind == "collection" else "")
    framework = read_choice(values[FRAMEWORK], FRAMEWORKS)
    try:
        rule = read_rule(KINDS[kind][1].format(framework=framework, **typed))
        return channel, AlertWish(AlertAction.WHEN, told.get("instead_of"), rule), {}
    except UnclearAlert as unclear:
        wrong = TOP if kind in OF_NUMBER and "top list" in str(unclear) else FIELDS[kind]
        return channel, None, {wrong: str(unclear)}
