"""What is done with an answer, without its words: kinds, places, values, and which sentences stand where."""

from collections import Counter
from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from analytics.domain.answer import Answer
from bot import messages
from bot.blocks import Block, escape
from tests.analytics.charts.drawings import figure


def sentences(answer: Answer) -> dict[str, str]:
    """Give the sentences of an answer by what they are."""
    named = {
        name: getattr(answer, name)
        for name in ("headline", "scope", "counted", "since_last", "warning", "noise", "freshness")
    }
    for name in ("further", "doubts"):
        named |= {f"{name} {at}": sentence for at, sentence in enumerate(getattr(answer, name))}
    return {name: sentence for name, sentence in named.items() if sentence}


def told(text: str, *answers: Answer) -> set[str]:
    """Tell which sentences of some answers a text holds."""
    known = {f"{at} {name}": said for at, answer in enumerate(answers) for name, said in sentences(answer).items()}
    return {name for name, sentence in known.items() if escape(sentence) in text}


def shape(message: messages.Message, *answers: Answer) -> list[Any]:
    """Give what a message is made of, each sentence by what it is and not by its words."""
    return [told(message.text, *answers), *(block_shape(block, *answers) for block in message.blocks)]


def block_shape(block: Block, *answers: Answer) -> Any:
    """Give kind, order and values of a block; of a table the headings by number and its numbers, row by row."""
    match block["type"]:
        case "data_table":
            rows = [Counter(cell.get("value") for cell in row) for row in block["rows"]]
            named = [row[block["row_header_column_index"]]["text"] for row in block["rows"][1:]]
            ids = [name for name in named if "/" in name]
            return "data_table", len(block["rows"][0]), rows, ids
        case "section":
            return "section", told(block["text"]["text"], *answers), block["text"]["text"].count("\n")
        case "context":
            return "context", [told(element["text"], *answers) for element in block["elements"]]
        case "actions":
            return "actions", [(one["action_id"], one["value"], one["text"]["text"]) for one in block["elements"]]
        case "data_visualization":
            return "data_visualization", block["chart"]
    return block["type"], block.get("slack_file")


def marks(answer: Answer) -> tuple[Counter[Any], Counter[Any]]:
    """
    Count what is drawn that is no text: areas by name and colour, lines by name, colour and points.

    A hatch has as many points as its part is wide, and words beside the bars take of their width.
    """
    drawn = figure(answer)
    areas = Counter((area.get_gid(), area.get_facecolor()) for area in drawn.findobj(Polygon))
    return areas, Counter((line.get_gid(), line.get_color(), _points(line)) for line in drawn.findobj(Line2D))


def _points(line: Line2D) -> int:
    return 0 if str(line.get_gid()).endswith("hatch") else len(line.get_xdata())
