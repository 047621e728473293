"""The data_visualization block (docs.slack.dev/reference/block-kit/blocks/data-visualization-block)."""

from typing import Any

from playground.block_kit import limits
from playground.block_kit.rules import Looking, Rule, Shape, above_zero, by_type, items, number, record, string, unique

LABEL = string(limits.CHART_LABEL)
SEGMENT = record({"label": LABEL, "value": above_zero})
POINT = record({"label": LABEL, "value": number()})
SERIES = record({"name": LABEL, "data": items(POINT, limits.CHART_CATEGORIES)})
AXES = record(
    {"categories": items(LABEL, limits.CHART_CATEGORIES)},
    {"x_label": string(limits.AXIS_LABEL), "y_label": string(limits.AXIS_LABEL)},
)


def _points_match(chart: dict[str, Any], pointer: str, looking: Looking) -> None:
    """Check that each series has one point a category, under the category's own name, and a name of its own."""
    axes = chart.get("axis_config")
    categories = axes.get("categories") if isinstance(axes, dict) else None
    listed = chart.get("series")
    series = [line if isinstance(line, dict) else {} for line in listed] if isinstance(listed, list) else []
    unique(((f"{pointer}/series/{i}/name", line.get("name")) for i, line in enumerate(series)), "series name", looking)
    if isinstance(categories, list):
        unique(
            ((f"{pointer}/axis_config/categories/{i}", name) for i, name in enumerate(categories)), "category", looking
        )
    for index, line in enumerate(series):
        data = line.get("data")
        if not isinstance(data, list) or not isinstance(categories, list):
            continue
        if [point.get("label") if isinstance(point, dict) else None for point in data] != categories:
            looking.note(f"{pointer}/series/{index}/data", "must have exactly one point for each category, in order")


AXIS_CHART = record(
    {"series": items(SERIES, lambda profile: profile.chart_series), "axis_config": AXES}, {}, _points_match
)

CHART = by_type(
    {
        "pie": record({"segments": items(SEGMENT, lambda profile: profile.chart_series)}),
        "bar": AXIS_CHART,
        "line": AXIS_CHART,
        "area": AXIS_CHART,
    },
    "chart",
)


def _few_enough(block: dict[str, Any], pointer: str, looking: Looking) -> None:
    del block
    looking.counts["charts"] += 1
    if not looking.profile.charts:
        looking.note(f"{pointer}/type", "unsupported type: data_visualization")
    elif looking.surface == "home" and not looking.profile.charts_at_home:
        looking.note(f"{pointer}/type", "data_visualization is not allowed in a home")
    elif looking.counts["charts"] > limits.CHARTS_A_MESSAGE:
        looking.note(pointer, f"no more than {limits.CHARTS_A_MESSAGE} data_visualization blocks in a message")


FIELDS: dict[str, Rule] = {"title": string(limits.CHART_TITLE), "chart": CHART}
DATA_VISUALIZATION = Shape(FIELDS, checks=(_few_enough,))
