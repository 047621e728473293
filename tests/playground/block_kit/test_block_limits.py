"""What Slack says about blocks: every limit has blocks just inside it and blocks just outside."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.block_kit import NEWEST, STRICT, problems, view_problems

Block = dict[str, Any]


def plain(text: str) -> Block:
    """Make a plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    """Make a mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def button(label: str = "Go", **more: Any) -> Block:
    """Make a button."""
    return {"type": "button", "text": plain(label), **more}


def section(text: str = "words", **more: Any) -> Block:
    """Make a section."""
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: Block, **more: Any) -> Block:
    """Make an actions block."""
    return {"type": "actions", "elements": list(elements), **more}


def context(count: int) -> Block:
    """Make a context block of so many texts."""
    return {"type": "context", "elements": [mrkdwn("x")] * count}


def pie(*values: float, title: str = "Pie", label: str = "part") -> Block:
    """Make a pie of these values."""
    segments = [{"label": f"{label}{index}", "value": value} for index, value in enumerate(values)]
    return {"type": "data_visualization", "title": title, "chart": {"type": "pie", "segments": segments}}


def bars(series: int = 1, categories: int = 2, kind: str = "bar") -> Block:
    """Make a chart with axes."""
    names = [f"c{index}" for index in range(categories)]
    lines = [
        {"name": f"s{index}", "data": [{"label": name, "value": -1.5} for name in names]} for index in range(series)
    ]
    chart = {"type": kind, "series": lines, "axis_config": {"categories": names, "x_label": "Quarter"}}
    return {"type": "data_visualization", "title": "Bars", "chart": chart}


def table(rows: int = 2, columns: int = 2, text: str = "x", **more: Any) -> Block:
    """Make a data_table."""
    cells = [[{"type": "raw_text", "text": text} for _ in range(columns)] for _ in range(rows)]
    return {"type": "data_table", "caption": "Caption", "rows": cells, **more}


def plain_table(rows: int = 2, text: str = "x") -> Block:
    """Make a table of one column."""
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] for _ in range(rows)]}


def image(**more: Any) -> Block:
    """Make an image block."""
    return {"type": "image", "alt_text": "A chart", "image_url": "https://example.com/a.png", **more}


def card(**more: Any) -> Block:
    """Make a card."""
    return {"type": "card", "title": plain("Card"), **more}


def container(*children: Block) -> Block:
    """Make a container."""
    return {"type": "container", "title": plain("Box"), "child_blocks": list(children)}


def without(block: Block, *path: str | int) -> Block:
    """Copy a block without the field at this path."""
    changed = copy.deepcopy(block)
    inner: Any = changed
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return changed


def changed(block: Block, value: Any, *path: str | int) -> Block:
    """Copy a block with another value at this path."""
    copied = copy.deepcopy(block)
    inner: Any = copied
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copied


def menu(kind: str = "static_select", **more: Any) -> Block:
    """Make a menu of two options."""
    return {"type": kind, "options": [option("a"), option("b")], **more}


def option(value: str, label: str = "A", **more: Any) -> Block:
    """Make an option."""
    return {"text": plain(label), "value": value, **more}


def asked(element: Block) -> Block:
    """Make an input block."""
    return {"type": "input", "label": plain("Label"), "element": element}


def titled(depth: int) -> Block:
    """Make the rich text that a container may have for its title."""
    pieces = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x" * depth}]}
    return {"type": "rich_text", "elements": [pieces]}


def boxed(**more: Any) -> Block:
    """Make a container with other fields than a title."""
    return {"type": "container", "child_blocks": [section()], **more}


GROUPS = [{"label": plain("Group"), "options": [option("a")]}, {"label": plain("Other"), "options": [option("b")]}]
ACTING_TWICE = {"type": "action_cell", "element": button(action_id="a"), "fallback": {"type": "raw_text", "text": "x"}}

EMPTY_CELL = changed(table(), "", "rows", 1, 0, "text")
NUMBER_IN_HEAD = changed(table(), {"type": "raw_number", "value": 1}, "rows", 0, 0)

ACCEPTED: dict[str, list[Any]] = {
    "50 blocks": [{"type": "divider"}] * 50,
    "section of 3,000": [section("x" * 3000)],
    "10 fields of 2,000": [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 10}],
    "header of 150": [{"type": "header", "text": plain("x" * 150), "level": 2}],
    "10 in a context": [context(10)],
    "25 buttons": [actions(*[button("x" * 75, value="v" * 2000)] * 25)],
    "same action_id in two blocks": [actions(button(action_id="a")), actions(button(action_id="a"))],
    "two charts": [pie(1, 2), bars()],
    "chart at its limits": [bars(6, 20)],
    "lines": [bars(kind="line")],
    "areas": [bars(kind="area")],
    "title of 50": [pie(1, title="x" * 50)],
    "label of 20": [pie(1, label="x" * 19)],
    "101 rows": [table(101, 20)],
    "10,000 characters": [table(101, 1, "x" * 99)],
    "two data_tables": [table(), table()],
    "table of 100 rows": [plain_table(100)],
    "image by address": [image(title=plain("Title"))],
    "image by file": [{"type": "image", "alt_text": "A", "slack_file": {"id": "F1"}}],
    "markdown of 12,000": [{"type": "markdown", "text": "x" * 12000}],
    "card": [card(body=mrkdwn("x" * 200), actions=[button()])],
    "container": [container(section(), {"type": "divider"})],
    "menu": [section(accessory={"type": "static_select", "options": [{"text": plain("A"), "value": "a"}]})],
    "chosen at first": [section(accessory=menu(initial_option=option("b")))],
    "chosen at first in a group": [
        section(accessory={"type": "static_select", "option_groups": GROUPS, "initial_option": option("b")})
    ],
    "several chosen at first": [asked(menu("checkboxes", initial_options=[option("b"), option("a")]))],
    "options in mrkdwn beside boxes": [
        asked({"type": "checkboxes", "options": [{"text": mrkdwn("*A*"), "value": "a", "description": mrkdwn("_a_")}]})
    ],
    "100 options": [
        section(accessory={"type": "static_select", "options": [option(str(i), "x" * 75) for i in range(100)]})
    ],
    "5 in an overflow": [
        section(accessory={"type": "overflow", "options": [option("v" * 150, url="https://example.com")] * 5})
    ],
    "time and day": [
        asked({"type": "timepicker", "initial_time": "23:59"}),
        actions({"type": "datepicker", "initial_date": "2026-11-30"}),
    ],
    "people and places at first": [
        asked({"type": "users_select", "initial_user": "U01ANN"}),
        asked({"type": "multi_users_select", "initial_users": ["W01", "U02"]}),
        asked({"type": "channels_select", "initial_channel": "C01"}),
        asked({"type": "multi_conversations_select", "initial_conversations": ["C01", "G02", "D03", "U04"]}),
    ],
    "leap day": [asked({"type": "datepicker", "initial_date": "2028-02-29"})],
    "conversations by kind": [asked({"type": "conversations_select", "filter": {"include": ["public", "im"]}})],
    "container under rich text": [boxed(rich_text_title=titled(5))],
    "confirmation": [actions(button(confirm={k: plain("x") for k in ("title", "text", "confirm", "deny")}))],
    "header of a blank": [{"type": "header", "text": plain(" ")}],
    "cell of a blank": [changed(table(), " ", "rows", 1, 0, "text")],
    "a label twice in a pie": [changed(pie(1, 2), "part0", "chart", "segments", 1, "label")],
    "rich text": [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}
    ],
}

REFUSED: dict[str, tuple[list[Any], str]] = {
    "no list": ({"type": "divider"}, "/blocks"),  # type: ignore[dict-item]  # wrong on purpose
    "51 blocks": ([{"type": "divider"}] * 51, "/blocks"),
    "null": ([None], "/blocks/0"),
    "unknown type": ([{"type": "chart"}], "/blocks/0/type"),
    "no type": ([{}], "/blocks/0/type"),
    "unknown field": ([section(colour="red")], "/blocks/0"),
    "modal's block in a message": ([{"type": "alert", "text": plain("x")}], "/blocks/0/type"),
    "same block_id twice": ([section(block_id="b"), section(block_id="b")], "/blocks/1/block_id"),
    "same action_id twice": (
        [actions(button(action_id="a"), button(action_id="a"))],
        "/blocks/0/elements/1/action_id",
    ),
    "third chart": ([pie(1), pie(1), pie(1)], "/blocks/2"),
    "chart title of 51": ([pie(1, title="x" * 51)], "/blocks/0/title"),
    "no chart title": ([without(pie(1), "title")], "/blocks/0"),
    "label of 21": ([pie(1, label="x" * 20)], "/blocks/0/chart/segments/0/label"),
    "empty label": ([changed(pie(1), "", "chart", "segments", 0, "label")], "/blocks/0/chart/segments/0/label"),
    "7 segments": ([pie(*[1] * 7)], "/blocks/0/chart/segments"),
    "7 series": ([bars(7)], "/blocks/0/chart/series"),
    "21 categories": ([bars(1, 21)], "/blocks/0/chart/axis_config/categories"),
    "empty category": (
        [changed(bars(), "", "chart", "axis_config", "categories", 0)],
        "/blocks/0/chart/axis_config/categories/0",
    ),
    "a point too few": ([without(bars(), "chart", "series", 0, "data", 1)], "/blocks/0/chart/series/0/data"),
    "a point of another name": (
        [changed(bars(), "other", "chart", "series", 0, "data", 1, "label")],
        "/blocks/0/chart/series/0/data",
    ),
    "a series twice": ([changed(bars(2), "s0", "chart", "series", 1, "name")], "/blocks/0/chart/series/1/name"),
    "series name of 21": ([changed(bars(), "x" * 21, "chart", "series", 0, "name")], "/blocks/0/chart/series/0/name"),
    "pie of nought": ([pie(0)], "/blocks/0/chart/segments/0/value"),
    "unknown chart": ([changed(bars(), "donut", "chart", "type")], "/blocks/0/chart/type"),
    "value in words": (
        [changed(bars(), "9", "chart", "series", 0, "data", 0, "value")],
        "/blocks/0/chart/series/0/data/0/value",
    ),
    "no caption": ([without(table(), "caption")], "/blocks/0"),
    "header row alone": ([table(1)], "/blocks/0/rows"),
    "102 rows": ([table(102)], "/blocks/0/rows"),
    "ragged rows": ([without(table(), "rows", 1, 1)], "/blocks/0/rows/1"),
    "21 columns": ([table(2, 21)], "/blocks/0/rows/0"),
    "number in the head": ([NUMBER_IN_HEAD], "/blocks/0/rows/0/0/type"),
    "empty cell": ([EMPTY_CELL], "/blocks/0/rows/1/0/text"),
    "10,100 characters": ([table(101, 1, "x" * 100)], "/blocks/0/rows"),
    "10,000 characters in two": ([table(51, 1, "x" * 99), table(51, 1, "x" * 99)], "/blocks/1/rows"),
    "page of 101": ([table(page_size=101)], "/blocks/0/page_size"),
    "head column beyond": ([table(row_header_column_index=2)], "/blocks/0/row_header_column_index"),
    "second table": ([plain_table(), plain_table()], "/blocks/1"),
    "table of 101 rows": ([plain_table(101)], "/blocks/0/rows"),
    "section of 3,001": ([section("x" * 3001)], "/blocks/0/text/text"),
    "section of nothing": ([section("")], "/blocks/0/text/text"),
    "field of 2,001": ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "/blocks/0/fields/0/text"),
    "11 fields": ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "/blocks/0/fields"),
    "header of 151": ([{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    "header in mrkdwn": ([{"type": "header", "text": mrkdwn("x")}], "/blocks/0/text/type"),
    "11 in a context": ([context(11)], "/blocks/0/elements"),
    "26 buttons": ([actions(*[button()] * 26)], "/blocks/0/elements"),
    "no buttons": ([actions()], "/blocks/0/elements"),
    "button of 76": ([actions(button("x" * 76))], "/blocks/0/elements/0/text/text"),
    "value of 2,001": ([actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    "style of its own": ([actions(button(style="green"))], "/blocks/0/elements/0/style"),
    "12,001 of markdown": ([{"type": "markdown", "text": "x" * 6001}] * 2, "/blocks/1/text"),
    "card with a bare string": ([card(subtitle="words")], "/blocks/0/subtitle"),
    "empty card": ([{"type": "card"}], "/blocks/0"),
    "chart in a container": ([container(pie(1))], "/blocks/0/child_blocks/0/type"),
    "data_table in a container": ([container(table())], "/blocks/0/child_blocks/0/type"),
    "image without alt_text": ([without(image(), "alt_text")], "/blocks/0"),
    "image with an empty alt_text": ([image(alt_text="")], "/blocks/0/alt_text"),
    "image with both": ([image(slack_file={"id": "F1"})], "/blocks/0"),
    "chosen at first from elsewhere": (
        [section(accessory=menu(initial_option=option("c")))],
        "/blocks/0/accessory/initial_option",
    ),
    "chosen at first by another name": (
        [section(accessory=menu(initial_option=option("a", "Other")))],
        "/blocks/0/accessory/initial_option",
    ),
    "ticked at first from elsewhere": (
        [asked(menu("checkboxes", initial_options=[option("a"), option("c")]))],
        "/blocks/0/element/initial_options/1",
    ),
    "radio button from elsewhere": (
        [asked(menu("radio_buttons", initial_option=option("c")))],
        "/blocks/0/element/initial_option",
    ),
    "option in mrkdwn": (
        [section(accessory={"type": "static_select", "options": [{"text": mrkdwn("*A*"), "value": "a"}]})],
        "/blocks/0/accessory/options/0/text/type",
    ),
    "option that leads away": (
        [section(accessory=menu(options=[option("a", url="https://example.com")]))],
        "/blocks/0/accessory/options/0",
    ),
    "101 options": (
        [section(accessory={"type": "static_select", "options": [option("a")] * 101})],
        "/blocks/0/accessory/options",
    ),
    "option of 76": (
        [section(accessory=menu(options=[option("a", "x" * 76)]))],
        "/blocks/0/accessory/options/0/text/text",
    ),
    "option value of 151": (
        [section(accessory=menu(options=[option("x" * 151)]))],
        "/blocks/0/accessory/options/0/value",
    ),
    "6 in an overflow": (
        [section(accessory=menu("overflow", options=[option("a")] * 6))],
        "/blocks/0/accessory/options",
    ),
    "11 boxes": ([asked(menu("checkboxes", options=[option("a")] * 11))], "/blocks/0/element/options"),
    "half past 24": ([asked({"type": "timepicker", "initial_time": "24:30"})], "/blocks/0/element/initial_time"),
    "the 32nd": ([asked({"type": "datepicker", "initial_date": "2026-11-32"})], "/blocks/0/element/initial_date"),
    "the 30th of February": (
        [asked({"type": "datepicker", "initial_date": "2026-02-30"})],
        "/blocks/0/element/initial_date",
    ),
    "a conversation by its name": (
        [asked({"type": "conversations_select", "initial_conversation": "general"})],
        "/blocks/0/element/initial_conversation",
    ),
    "conversations by name": (
        [asked({"type": "multi_conversations_select", "initial_conversations": ["C01", "#general"]})],
        "/blocks/0/element/initial_conversations/1",
    ),
    "a channel by its name": (
        [asked({"type": "channels_select", "initial_channel": "general"})],
        "/blocks/0/element/initial_channel",
    ),
    "channels by name": (
        [asked({"type": "multi_channels_select", "initial_channels": ["general"]})],
        "/blocks/0/element/initial_channels/0",
    ),
    "a person by name": (
        [asked({"type": "users_select", "initial_user": "ann"})],
        "/blocks/0/element/initial_user",
    ),
    "people by name": (
        [asked({"type": "multi_users_select", "initial_users": ["U01", "@ann"]})],
        "/blocks/0/element/initial_users/1",
    ),
    "conversations of no kind": (
        [asked({"type": "conversations_select", "filter": {"include": ["secret"]}})],
        "/blocks/0/element/filter/include/0",
    ),
    "conversations by an empty filter": (
        [asked({"type": "conversations_select", "filter": {}})],
        "/blocks/0/element/filter",
    ),
    "response_url outside an input": (
        [actions({"type": "channels_select", "response_url_enabled": True})],
        "/blocks/0/elements/0/response_url_enabled",
    ),
    "response_url outside a modal": (
        [asked({"type": "channels_select", "response_url_enabled": True})],
        "/blocks/0/element/response_url_enabled",
    ),
    "same action_id in a table": (
        [changed(table(2, 2), [ACTING_TWICE, ACTING_TWICE], "rows", 1)],
        "/blocks/0/rows/1/1/element/action_id",
    ),
    "NaN in a chart": (
        [changed(bars(), float("nan"), "chart", "series", 0, "data", 0, "value")],
        "/blocks/0/chart/series/0/data/0/value",
    ),
    "a number beyond all readers in a chart": (
        [changed(bars(), 10**400, "chart", "series", 0, "data", 0, "value")],
        "/blocks/0/chart/series/0/data/0/value",
    ),
    "a number beyond all readers in a table": (
        [changed(table(), {"type": "raw_number", "value": 10**400}, "rows", 1, 0)],
        "/blocks/0/rows/1/0/value",
    ),
    "pie of infinity": ([pie(float("inf"))], "/blocks/0/chart/segments/0/value"),
    "infinity in a table": (
        [changed(table(), {"type": "raw_number", "value": float("inf")}, "rows", 1, 0)],
        "/blocks/0/rows/1/0/value",
    ),
    "a category twice": (
        [changed(bars(), "c1", "chart", "axis_config", "categories", 0)],
        "/blocks/0/chart/axis_config/categories/1",
    ),
    "axis label of 51": (
        [changed(bars(), "x" * 51, "chart", "axis_config", "x_label")],
        "/blocks/0/chart/axis_config/x_label",
    ),
    "picture by http": ([image(image_url="http://example.com/a.png")], "/blocks/0/image_url"),
    "picture from Slack's own files": ([image(image_url="https://files.slack.com/a.png")], "/blocks/0/image_url"),
    "picture address of 3,001": ([image(image_url="https://" + "x" * 2_993)], "/blocks/0/image_url"),
    "alt_text of 2,001": ([image(alt_text="x" * 2_001)], "/blocks/0/alt_text"),
    "file by id and address": (
        [without(image(slack_file={"id": "F1", "url": "https://files.slack.com/a"}), "image_url")],
        "/blocks/0/slack_file",
    ),
    "header level 5": ([{"type": "header", "text": plain("x"), "level": 5}], "/blocks/0/level"),
    "card with 4 buttons": ([card(actions=[button()] * 4)], "/blocks/0/actions"),
    "card body of 201": ([card(body=plain("x" * 201))], "/blocks/0/body/text"),
    "card with two icons": ([card(icon=without(image(), "type"), slack_icon={"name": "x"})], "/blocks/0"),
    "11 cards": ([{"type": "carousel", "elements": [card()] * 11}], "/blocks/0/elements"),
    "container without a title": ([boxed()], "/blocks/0"),
    "container with two titles": ([boxed(title=plain("x"), rich_text_title=titled(1))], "/blocks/0"),
    "container with 11 blocks": ([container(*[section()] * 11)], "/blocks/0/child_blocks"),
    "container with a line and a fold": (
        [boxed(title=plain("x"), has_header_divider=True, is_collapsible=True)],
        "/blocks/0",
    ),
    "title of a container in bare words": ([boxed(rich_text_title="x")], "/blocks/0/rich_text_title"),
    "6 in context_actions": (
        [{"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("x")}] * 6}],
        "/blocks/0/elements",
    ),
    "plain table of 10,001 characters": ([plain_table(73, "x" * 137)], "/blocks/0/rows"),
    "block_id of 256": ([section(block_id="x" * 256)], "/blocks/0/block_id"),
    "confirmation of 101": (
        [
            actions(
                button(
                    confirm={k: plain("x" * (101 if k == "title" else 1)) for k in ("title", "text", "confirm", "deny")}
                )
            )
        ],
        "/blocks/0/elements/0/confirm/title/text",
    ),
    "layout": ([{"type": "layout"}], "/blocks/0/type"),
    "image with neither": ([without(image(), "image_url")], "/blocks/0"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_blocks_inside_the_limits_are_taken(name: str) -> None:
    """Nothing is refused that Slack would take."""
    assert problems(ACCEPTED[name]) == []


@pytest.mark.parametrize("name", REFUSED)
def test_blocks_outside_the_limits_are_refused_where_they_are_wrong(name: str) -> None:
    """The JSON pointer leads to the fault."""
    blocks, pointer = REFUSED[name]
    assert pointer in [problem.pointer for problem in problems(blocks)]


def test_the_newest_profile_takes_more() -> None:
    """Twelve series and 201 rows are refused by some workspaces and taken by others."""
    blocks = [bars(12), table(201)]
    assert problems(blocks, profile=NEWEST) == []
    assert len(problems(blocks, profile=STRICT)) == 2


def test_a_menu_in_an_input_of_a_modal_may_ask_for_a_way_back() -> None:
    """There, and nowhere else."""
    menu_of_channels = {"type": "channels_select", "response_url_enabled": True}
    modal = {"type": "modal", "title": plain("x"), "submit": plain("Go"), "blocks": [asked(menu_of_channels)]}

    assert view_problems(modal) == []


def test_charts_at_home_are_for_the_newest_alone() -> None:
    """Slack's page names messages, Slack's examples Home; the strict profile takes the page's word."""
    home = {"type": "home", "blocks": [bars()]}

    assert [problem.pointer for problem in view_problems(home)] == ["/view/blocks/0/type"]
    assert view_problems(home, NEWEST) == []


@pytest.mark.parametrize(
    "kind", ["carousel", "container", "data_table", "data_visualization", "table", "markdown", "plan"]
)
def test_what_no_modal_takes_is_refused_there(kind: str) -> None:
    """Whatever else is wrong with it."""
    modal = {"type": "modal", "title": plain("x"), "blocks": [{"type": kind}]}

    assert f"{kind} is not allowed in a modal" in [problem.message for problem in view_problems(modal)]


def test_a_view_has_limits_of_its_own() -> None:
    """A hundred blocks and no markdown in Home; a modal's title is short."""
    assert view_problems({"type": "home", "blocks": [{"type": "divider"}] * 100}) == []
    assert view_problems({"type": "home", "blocks": [{"type": "markdown", "text": "x"}]})
    modal = {"type": "modal", "title": plain("x" * 25), "blocks": [table()], "private_metadata": "x" * 3001}
    pointers = {problem.pointer for problem in view_problems(modal)}
    assert pointers == {"/view/title/text", "/view/private_metadata", "/view/blocks/0/type"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
places = st.sampled_from([name for name in ACCEPTED if name not in ("50 blocks", "101 rows")])


@given(places, st.data())
def test_whatever_stands_in_a_block_the_judge_answers(name: str, data: st.DataObject) -> None:
    """Any value in any place gives a list of problems with pointers, never an exception."""
    blocks = copy.deepcopy(ACCEPTED[name])
    block = data.draw(st.sampled_from(blocks))
    block[data.draw(st.sampled_from([*block, "other"]))] = data.draw(json_values)
    for problem in problems(blocks):
        assert problem.pointer.startswith("/blocks/")
        assert problem.message
