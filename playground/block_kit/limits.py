"""
Slack's limits as data, each with the page that states it, under docs.slack.dev/reference/block-context.

Some moved after launch, so there are two profiles: what every workspace takes (strict), and the latest pages (newest).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """The limits that differ from workspace to workspace. `charts` False refuses every data_visualization."""

    chart_series: int  # blocks/data-visualization-block: segments and series
    table_rows: int  # blocks/data-table-block: rows, the header included
    table_characters: int  # blocks/data-table-block: over all data_tables of a message
    charts: bool = True  # changelog 2026-06-16: rolled out in phases
    charts_at_home: bool = False  # the page says messages alone, Slack's own examples show Home too


STRICT = Profile(chart_series=6, table_rows=101, table_characters=10_000)
NEWEST = Profile(chart_series=12, table_rows=201, table_characters=20_000, charts_at_home=True)

BLOCKS = {"message": 50, "modal": 100, "home": 100}  # blocks: "up to 50 blocks in each message, 100 in modals or Home"
IDENTIFIER = 255  # blocks/*: block_id; block-elements/*: action_id
CHARTS_A_MESSAGE = 2  # undocumented; reported by vercel/chat#696
CHART_TITLE = 50  # blocks/data-visualization-block: title
CHART_LABEL = 20  # blocks/data-visualization-block: segment label, series name, category
CHART_CATEGORIES = 20  # blocks/data-visualization-block: axis_config.categories, series data
AXIS_LABEL = 50  # blocks/data-visualization-block: x_label, y_label
COLUMNS = 20  # blocks/data-table-block, blocks/table-block
PAGE_SIZE = 100  # blocks/data-table-block: page_size
PLAIN_TABLE_ROWS = 100  # blocks/table-block
PLAIN_TABLE_CHARACTERS = 10_000  # blocks/table-block
MARKDOWN_CHARACTERS = 12_000  # blocks/markdown-block: over all markdown blocks of a message
SECTION_TEXT = 3_000  # blocks/section-block: text
SECTION_FIELDS = 10  # blocks/section-block: fields
SECTION_FIELD = 2_000  # blocks/section-block: one field
HEADER_TEXT = 150  # blocks/header-block
HEADER_LEVEL = 4  # blocks/header-block: level
CONTEXT_ELEMENTS = 10  # blocks/context-block
CONTEXT_TEXT = 3_000  # composition-objects/text-object: the general limit of a text
ACTION_ELEMENTS = 25  # blocks/actions-block
CONTEXT_ACTIONS = 5  # blocks/context-actions-block
BUTTON_TEXT = 75  # block-elements/button-element
BUTTON_VALUE = 2_000  # block-elements/button-element
ADDRESS = 3_000  # block-elements/button-element: url; blocks/image-block: image_url
SLACKS_OWN = ("https://files.slack.com/", "https://slack-files.com/")  # reported: lightdash#24719, invalid_blocks
ALT_TEXT = 2_000  # blocks/image-block: alt_text
IMAGE_TITLE = 2_000  # blocks/image-block: title
OPTIONS = 100  # block-elements/select-menu-element
OPTION_TEXT = 75  # composition-objects/option-object
OPTION_VALUE = 150  # composition-objects/option-object
OVERFLOW_OPTIONS = 5  # block-elements/overflow-menu-element
CHOICES = 10  # block-elements/checkboxes-element, radio-button-group-element
PLACEHOLDER = 150  # block-elements/*: placeholder
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30  # composition-objects/confirmation-dialog-object
TYPED_TEXT = 3_000  # block-elements/plain-text-input-element: max_length
LABEL = 2_000  # blocks/input-block: label, hint
CARD_TITLE, CARD_BODY, CARD_BUTTONS = 150, 200, 3  # blocks/card-block
CAROUSEL_CARDS = 10  # blocks/carousel-block
CONTAINER_TITLE, CONTAINER_BLOCKS = 150, 10  # blocks/container-block
ALERT_TEXT = 200  # blocks/alert-block
PLAN_TASKS = 50  # blocks/plan-block
VIEW_TITLE = 24  # docs.slack.dev/reference/views: title, submit, close
PRIVATE_METADATA = 3_000  # docs.slack.dev/reference/views
VIEW_BYTES = 250_000  # docs.slack.dev/reference/methods/views.open: view_too_large
