"""Samples of what people see beside messages: forms, previews of links and their details, the step, the Home tab."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from analytics import grammar
from analytics.digest_words.parsing import UnclearSetting, zone_of
from analytics.digest_words.sections import SECTIONS
from bot import form_parts, slackbot
from bot.alerting import alert_form
from bot.digest import digest_messages, modal
from bot.previews import model_entity
from bot.steps import step_manifest, step_outputs, step_words
from tests.gallery.hung import HungSurface, Surface
from tests.gallery.sample_answers import ask
from tests.gallery.samples_around import NOW
from tests.gallery.samples_weekly import BERLIN, NAMED, list_homes

BERT = "google-bert/bert-base-uncased"
LINK = f"https://huggingface.co/{BERT}"
TYPED = "is whisper in tf?"


def hang_beside() -> Iterator[HungSurface]:
    """Hang it all, in the order people meet it."""
    for case, view in list_homes():
        yield HungSurface("bot.home_view.view", case, Surface.HOME, view)
    yield from _hang_digest_forms()
    yield from _hang_alert_forms()
    yield from _hang_previews()
    yield _hang_step()
    dressed = slackbot.add_blocks(ask("top30"), {"slack": {"user_id": "UANN"}})
    yield HungSurface("bot.slackbot.add_blocks", "top30", Surface.BLOCKS, dressed["slack"])


def _hang_form(make: Callable[..., dict[str, Any]], case: str, *given: Any, **around: Any) -> HungSurface:
    return HungSurface(f"{make.__module__}.{make.__name__}", case, Surface.FORM, make(*given), around)


def _hang_digest_forms() -> Iterator[HungSurface]:
    """Hang the form of a new digest, of one that is there, and one that was not taken."""
    sections = tuple(SECTIONS.items())
    guessed = digest_messages.warn_of_guess(BERLIN, known=True)
    yield _hang_form(modal.view, "new, zone guessed", modal.FormOf("C1"), BERLIN, sections, guessed)
    known = modal.FormOf("C1", NAMED.name, NAMED)
    yield _hang_form(modal.view, "one that is there", known, BERLIN, sections)
    wrong = {"errors": _refuse_zone("Berlim"), "typed": {modal.ZONE: "Berlim"}}
    yield _hang_form(modal.view, "not taken", modal.FormOf("C1"), BERLIN, sections, **wrong)


def _refuse_zone(typed: str) -> dict[str, str]:
    try:
        zone_of(typed)
    except UnclearSetting as unclear:
        return {modal.FIELDS[unclear.setting]: str(unclear)}
    raise AssertionError(f"{typed} is a zone")


def _hang_alert_forms() -> Iterator[HungSurface]:
    """Hang the form of a new alert, of one in the place of another, and one that was not taken."""
    yield _hang_form(alert_form.view, "new", "C1")
    yield _hang_form(alert_form.view, "in the place of another", "C1", 2)
    view = alert_form.view("C1")
    values = {block["block_id"]: {form_parts.VALUE: _begin(block["element"])} for block in view["blocks"]}
    typed = {alert_form.KIND: "share", alert_form.POINTS: "101"}
    values |= {
        name: {form_parts.VALUE: {"selected_option": {"value": one}, "value": one}} for name, one in typed.items()
    }
    _, wish, errors = alert_form.read(view | {"state": {"values": values}})
    assert wish is None
    yield _hang_form(alert_form.view, "not taken", "C1", errors=errors, typed=typed)


def _begin(element: Mapping[str, Any]) -> dict[str, Any]:
    """Report what a field begins with."""
    return {"selected_option": element.get("initial_option"), "value": element.get("initial_value")}


def _hang_previews() -> Iterator[HungSurface]:
    """Hang what stands under a link, what opens from it, and what opens where nothing is known."""
    name, answer = model_entity.__name__, ask(f"model {BERT}")
    entity = model_entity.describe_model(answer, BERT, LINK)
    yield HungSurface(f"{name}.describe_model", "", Surface.PREVIEW, entity)
    thin = model_entity.describe_thinly(answer, BERT)
    yield HungSurface(f"{name}.describe_thinly", "", Surface.PREVIEW, thin)
    details = model_entity.describe_details(answer, BERT)
    yield HungSurface(f"{name}.describe_details", "", Surface.DETAILS, details)
    refused = model_entity.refuse_details("Not known", "Nothing is known of it at the moment.")
    yield HungSurface(f"{name}.refuse_details", "", Surface.DETAILS, refused)


def _hang_step() -> HungSurface:
    """Hang the form of the step, the questions it offers for what was typed, and a run of each end."""
    outputs = step_outputs.make_outputs(ask("top30"), "https://example.slack.com/archives/C1/p1")
    done = {"question": "top30", "state": "completed", "error": "", "outputs": outputs}
    failed = {"question": "digest on", "state": "failed", "error": step_words.SETTINGS, "outputs": {}}
    offered = step_words.offer(grammar.understand(TYPED, NOW.date()), TYPED)
    around = {"typed": TYPED, "offered": offered, "runs": [done, failed]}
    step = step_manifest.FUNCTIONS[step_manifest.POST]
    return HungSurface(f"{step_manifest.__name__}.FUNCTIONS", "", Surface.STEP, step, around)
