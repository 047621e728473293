"""A second reading of Slack's pages: slackblocks, written by others, and our judge must agree."""

import json
from collections.abc import Callable

import pytest
from slackblocks import (
    ActionsBlock,
    AreaChart,
    AxisConfig,
    BarChart,
    Block,
    Button,
    CardBlock,
    ChartSegment,
    ContainerBlock,
    ContextBlock,
    DataPoint,
    DataSeries,
    DataTableBlock,
    DataVisualizationBlock,
    DividerBlock,
    HeaderBlock,
    ImageBlock,
    InvalidUsageError,
    LineChart,
    MarkdownBlock,
    Message,
    PieChart,
    RawNumber,
    RawText,
    SectionBlock,
    SlackFile,
    TableBlock,
    Text,
)

from playground.block_kit import NEWEST, problems

Make = Callable[[], list[Block]]


def points(count: int, label: str = "c") -> list[DataPoint]:
    """Make so many points."""
    return [DataPoint(f"{label}{index}", index) for index in range(count)]


def axes(count: int, label: str = "c") -> AxisConfig:
    """Make the axes for so many categories."""
    return AxisConfig([f"{label}{index}" for index in range(count)], "Quarter", "Models")


def series(count: int, categories: int) -> list[DataSeries]:
    """Make so many series."""
    return [DataSeries(f"s{index}", points(categories)) for index in range(count)]


def pie(*values: float) -> DataVisualizationBlock:
    """Make a pie of these values."""
    return DataVisualizationBlock("Pie", PieChart([ChartSegment(f"p{i}", value) for i, value in enumerate(values)]))


def table(rows: int, text: str = "x") -> DataTableBlock:
    """Make a data_table."""
    body = [[RawText(text), RawNumber(1, "1")] for _ in range(rows - 1)]
    return DataTableBlock([[RawText("Model"), RawText("Downloads")], *body], "Models", page_size=10)


TAKEN: dict[str, Make] = {
    "header": lambda: [HeaderBlock("x" * 150)],
    "section": lambda: [SectionBlock(Text("x" * 3000), accessory=Button("Go", action_id="a"))],
    "context": lambda: [ContextBlock([Text("x")] * 10)],
    "actions": lambda: [ActionsBlock([Button("x" * 75, action_id=f"a{i}", value="v" * 2000) for i in range(25)])],
    "bar": lambda: [DataVisualizationBlock("x" * 50, BarChart(series(6, 20), axes(20)))],
    "line and area": lambda: [
        DataVisualizationBlock("Line", LineChart(series(2, 3), axes(3))),
        DataVisualizationBlock("Area", AreaChart(series(2, 3), axes(3))),
    ],
    "pie": lambda: [pie(*range(1, 7))],
    "data_table": lambda: [table(101)],
    "table": lambda: [TableBlock([[RawText("x")]] * 100)],
    "picture": lambda: [ImageBlock(alt_text="A chart", slack_file=SlackFile(None, "F12345678"))],
    "markdown": lambda: [MarkdownBlock("x" * 12_000)],
    "card": lambda: [CardBlock(title="Card", body="Words", actions=[Button("Go", action_id="a")])],
    "container": lambda: [ContainerBlock([DividerBlock()], title="Box")],
}

REFUSED: dict[str, Make] = {
    "third chart": lambda: [pie(1), pie(1), pie(1)],
    "label of 21": lambda: [DataVisualizationBlock("x", PieChart([ChartSegment("x" * 21, 1)]))],
    "21 categories": lambda: [DataVisualizationBlock("x", BarChart(series(1, 21), axes(21)))],
    "13 series": lambda: [DataVisualizationBlock("x", BarChart(series(13, 2), axes(2)))],
    "points of other names": lambda: [DataVisualizationBlock("x", BarChart(series(1, 2), axes(2, "d")))],
    "title of 51": lambda: [DataVisualizationBlock("x" * 51, PieChart([ChartSegment("x", 1)]))],
    "pie of nought": lambda: [pie(0)],
    "empty cell": lambda: [table(3, "")],
    "202 rows": lambda: [table(202)],
    "too many characters": lambda: [table(101, "x" * 200)],
    "header of 151": lambda: [HeaderBlock("x" * 151)],
    "11 in a context": lambda: [ContextBlock([Text("x")] * 11)],
    "button of 76": lambda: [ActionsBlock([Button("x" * 76, action_id="a")])],
    "too much markdown": lambda: [MarkdownBlock("x" * 12_000), MarkdownBlock("x")],
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_slackblocks_builds_within_the_safe_limits_is_taken(name: str) -> None:
    """Blocks made by another reading of the pages pass ours."""
    message = Message(channel="C1", text="x", blocks=TAKEN[name]())
    assert problems(json.loads(json.dumps(message.to_dict()["blocks"], default=str))) == []


@pytest.mark.parametrize("name", REFUSED)
def test_faults_that_our_judge_finds_are_faults_to_slackblocks(name: str) -> None:
    """test_block_limits.py has these faults as plain dictionaries; the other reading refuses to build them at all."""
    with pytest.raises(InvalidUsageError):
        Message(channel="C1", text="x", blocks=REFUSED[name]()).to_dict()


def test_both_speak_of_the_same_limits() -> None:
    """The numbers of the newest profile are those of slackblocks."""
    from slackblocks import _limits as theirs

    assert NEWEST.chart_series == theirs.DATA_VISUALIZATION_SERIES_MAX_ITEMS
    assert NEWEST.table_rows == theirs.DATA_TABLE_ROWS_MAX_ITEMS
    assert NEWEST.table_characters == theirs.DATA_TABLE_TOTAL_CONTENT_MAX_LENGTH
