"""
An answer on one model as what stands under its link: a Work Object with details, or a thin preview. Pure.

docs.slack.dev/messaging/work-objects-implementation: an `item` has custom fields alone, strings are shown as they are.
What everybody in the channel sees is short; the details are for who opens them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from analytics.attribution.verdicts import TENSORFLOW
from analytics.domain.answer import Answer
from analytics.domain.chart_specs import Chart, Matrix
from analytics.domain.table import ColumnKind, ColumnRole, Table, Value
from analytics.domain.wording import listing
from bot.blocks import Block, context, escape, fit, local_time, section
from bot.messages import ASK

ITEM = "slack#/entities/item"
KIND = "model"
"""The type of entity that the manifest names, and what we call ours."""

LONGEST_VALUE = 300
"""Characters of a field: more is cut by Slack where it likes."""

Field = dict[str, Any]


def describe_model(answer: Answer, name: str, posted: str) -> dict[str, Any]:
    """Give the Work Object that stands under a link as it was posted."""
    fields = [_chips(answer), _tensorflow(answer), _loaders(answer), *_freshness(answer), _moment(answer)]
    return {"app_unfurl_url": posted, **_entity(answer, name, [field for field in fields if field])}


def describe_details(answer: Answer, name: str) -> dict[str, Any]:
    """Give what is shown to who opens the Work Object: each framework with its evidence and what loads it."""
    rows = [_text(f"fw{at}", label, value) for at, (label, value) in enumerate(_rows(answer))]
    doubts = [_text(f"doubt{at}", "Note", doubt) for at, doubt in enumerate(answer.caveats)]
    counted = _text("rule", "Counted", answer.rule)
    fields = [_chips(answer), *rows, *doubts, *_freshness(answer), counted, _moment(answer)]
    return _entity(answer, name, fields)


def describe_thinly(answer: Answer, name: str) -> dict[str, Any]:
    """Give the preview for a workspace without Work Objects: two lines."""
    flag = f"*{escape(answer.freshness)}* · " if answer.freshness else ""
    loads = _loaders(answer)
    lines = [f"{flag}*{escape(name)}* {escape(_say_frameworks(answer))}"]
    lines += [f"Loaded by {escape(loads['value'])}"] if loads else []
    blocks: list[Block] = [section("\n".join(lines)), context([f"Frameworks · as of {local_time(answer.as_of)}"])]
    return {"blocks": blocks}


def refuse_details(title: str, message: str) -> dict[str, Any]:
    """Say in the details why there are none."""
    return {"status": "custom", "custom_title": title, "custom_message": message, "message_format": "markdown"}


def address_of(name: str) -> str:
    """Give the page of a model on the Hub."""
    return f"https://huggingface.co/{name}"


# -------------------------------------------------------------------------------------------------------------- parts


def _entity(answer: Answer, name: str, fields: Sequence[Field]) -> dict[str, Any]:
    return {
        "entity_type": ITEM,
        "url": address_of(name),
        "external_ref": {"id": name, "type": KIND},
        "entity_payload": {
            "attributes": {
                "title": {"text": name.rpartition("/")[2]},
                "display_type": "Model",
                "product_name": "Frameworks",
                "metadata_last_modified": int(answer.as_of.timestamp()),
            },
            "custom_fields": list(fields),
            "display_order": [field["key"] for field in fields],
            "actions": {"primary_actions": [_ask("Evidence", answer.question)]},
        },
    }


def _ask(label: str, words: str) -> dict[str, str]:
    """Give a button that asks its words for the one who clicks, as those under answers do."""
    return {"text": label, "action_id": f"{ASK}:{words}"[:255], "value": words}


def _frameworks(answer: Answer) -> list[str]:
    return [name for name, there in answer.frameworks.items() if there]


def _say_frameworks(answer: Answer) -> str:
    return f"is in {listing(names)}" if (names := _frameworks(answer)) else "shows no framework"


def _chips(answer: Answer) -> Field:
    chips = [{"value": name} for name in _frameworks(answer)] or [{"value": "none shown"}]
    return {"key": "frameworks", "label": "Frameworks", "type": "array", "item_type": "string", "value": chips}


def _tensorflow(answer: Answer) -> Field | None:
    """Give how it stands with TensorFlow, the framework that is missing most: green where it loads today."""
    table = answer.table
    row = next((row for name, row in _by_framework(table) if name == TENSORFLOW), None) if table else None
    measure = table.place(ColumnRole.MEASURE) if table else None
    if row is None or measure is None:
        return None
    limit = _find_limit(answer.chart, TENSORFLOW)
    colour = "yellow" if limit else "green" if answer.frameworks.get(TENSORFLOW) else "gray"
    told = ", ".join(filter(None, (str(row[measure]), limit)))
    return _text("tensorflow", TENSORFLOW, told) | {"tag_color": colour}


def _find_limit(chart: Chart | None, framework: str) -> str:
    """Find before what the files of a framework load, where none still released loads them."""
    cells = zip(chart.frameworks, chart.cells, strict=True) if isinstance(chart, Matrix) else ()
    return next((row[0].limit for name, row in cells if name == framework), "")


def _loaders(answer: Answer) -> Field | None:
    """Give what loads it today, in whatever framework; None where nothing does."""
    rows = answer.table.rows if answer.table else ()
    at = _place_of_loader(answer.table) if answer.table else None
    told = dict.fromkeys(str(row[at]) for row in rows if row[at]) if at is not None else {}
    return _text("loads", "Loaded by", "; ".join(told)) if told else None


def _rows(answer: Answer) -> Iterator[tuple[str, str]]:
    if (table := answer.table) is None:
        return
    named = table.place(ColumnRole.NAME)
    for name, row in _by_framework(table):
        rest = [str(cell) for at, cell in enumerate(row) if at != named and cell is not None]
        yield name, " · ".join(rest)


def _by_framework(table: Table) -> Iterator[tuple[str, Sequence[Value]]]:
    named = table.place(ColumnRole.NAME)
    return ((str(row[named]), row) for row in table.rows) if named is not None else iter(())


def _place_of_loader(table: Table) -> int | None:
    columns = enumerate(table.columns)
    return next((at for at, one in columns if one.role is ColumnRole.DETAIL and one.kind is ColumnKind.TEXT), None)


def _freshness(answer: Answer) -> list[Field]:
    return [_text("freshness", "Freshness", answer.freshness) | {"tag_color": "yellow"}] if answer.freshness else []


def _moment(answer: Answer) -> Field:
    seconds = int(answer.as_of.timestamp())
    return {"key": "as_of", "label": "As of", "type": "slack#/types/timestamp", "value": seconds}


def _text(key: str, label: str, value: str) -> Field:
    return {"key": key, "label": label, "type": "string", "value": fit(value, LONGEST_VALUE)}
