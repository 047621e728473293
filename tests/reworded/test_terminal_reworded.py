"""The terminal and the handlers of Slack treat reworded answers and refusals as they treat ours."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from analytics import grammar
from analytics.__main__ import main
from analytics.analyst import Analyst
from analytics.domain.answer import Answer
from analytics.terminal_table import lay_out
from bot import answer_forms, form_parts, messages
from bot.commands import Commands
from bot.digest import modal
from bot.fair_shares import Asker, IfLeft, Lane, Work
from bot.place import Place
from tests.reworded.shapes import block_shape, shape
from tests.reworded.stock import QUESTIONS, REFUSED


def facts(printed: dict[str, Any]) -> dict[str, Any]:
    """Give of the JSON of an answer what is no sentence; of the table the columns and what is not prose in them."""
    kept = printed | {"headline": None, "detail": len(printed["detail"]), "caveats": len(printed["caveats"])}
    kept |= {"chart": _without_words(printed["chart"]), "series": _without_words(printed["series"])}
    if printed["table"]:
        columns, rows = printed["table"]["columns"], printed["table"]["rows"]
        numbers = [
            {name: one for name, one in zip(columns, row, strict=True) if not isinstance(one, str)} for row in rows
        ]
        kept["table"] = {"columns": sorted(columns), "rows": numbers}
    return kept


def _without_words(drawn: Any) -> Any:
    """Give a picture's numbers, however deep they stand."""
    if isinstance(drawn, dict):
        return {name: _without_words(part) for name, part in drawn.items()}
    return [_without_words(part) for part in drawn] if isinstance(drawn, list) else not isinstance(drawn, str) and drawn


@pytest.mark.parametrize("words", [*QUESTIONS, *REFUSED])
def test_the_terminal_gives_the_same_status_columns_and_numbers(
    opened: Callable[[int | None], Analyst], capsys: pytest.CaptureFixture[str], tmp_path: Path, words: str
) -> None:
    """As JSON and as CSV; what is suggested instead is the same too."""
    seen = []
    for seed in (None, 5):
        table = tmp_path / f"{seed}.csv"
        status = main([*words.split(), "--json", "--csv", str(table)], lambda _, seed=seed: opened(seed))
        out, err = capsys.readouterr()
        header = sorted(next(csv.reader(io.StringIO(table.read_text())))) if table.exists() else []
        offered = [line for line in err.splitlines() if line.startswith(("Did you mean", "Try"))]
        seen.append((status, facts(json.loads(out)) if out else None, header, offered))

    assert seen[0] == seen[1]


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("words", ["top30", "top30 declared", "changes"])
def test_a_window_shows_the_same_columns(opened: Callable[[int | None], Analyst], words: str, width: int) -> None:
    """However narrow it is and wherever the columns stand."""
    seen = []
    for seed in (None, 5):
        table = opened(seed).answer(grammar.parse(words)).table  # type: ignore[arg-type]  # canonical words
        assert table is not None
        names = {" ".join((column.label or column.name).split()): column.name for column in table.columns}
        laid: Any = lay_out(table, width)
        seen.append(sorted(names[" ".join(str(column.header).split())] for column in laid.columns))

    assert seen[0] == seen[1]


class NoShares:
    """Does the work where it is handed in, all its parts; so the shares of many people play no part."""

    def submit(self, _: Asker, work: Work, __: IfLeft | None = None) -> None:
        """Do it, and what is left of it."""
        while onward := work():
            work = onward.work

    def aside(self, _: str, job: Callable[[], None], __: Lane = Lane.AT_ONCE) -> None:
        """Do it."""
        job()


@dataclass
class Recorder:
    """Takes what would be delivered: how, and in what shape; `hears` gives the answer it was made from."""

    seen: list[Any] = field(default_factory=list)

    def tell(self, _: Place, *forms: messages.Message) -> bool:
        """Take a message to the asker alone."""
        self.seen.append(("tell", [[block_shape(block) for block in form.blocks] for form in forms]))
        return True

    def show(self, _: Place, answer: Answer) -> None:
        """Take an answer to the asker alone."""
        self.seen.append(("show", shape(answer_forms.native(answer, None, share=True), answer)))

    def post(
        self, _: Place, answer: Answer, picture: Callable[[], bytes], name: str, ready: Callable[[], None]
    ) -> None:
        """Take an answer for the channel; its picture is drawn."""
        ready()
        assert picture().startswith(b"\x89PNG")
        self.seen.append(("post", bool(name), shape(answer_forms.with_picture(answer, "F1", None), answer)))


BODY = {"channel_id": "C1", "user_id": "U1", "team_id": "T1"}


@pytest.mark.parametrize("words", [*QUESTIONS, "privately top30", "help", *REFUSED])
def test_a_command_is_met_in_the_same_way(opened: Callable[[int | None], Analyst], words: str) -> None:
    """Posted, shown or told, with the same blocks, buttons and suggestions."""
    seen = []
    for seed in (None, 4):
        recorder = Recorder()
        commands = Commands(opened(seed), recorder, NoShares(), moment=60.0)  # type: ignore[arg-type]  # a delivery that records
        commands.slash(lambda: None, BODY | {"text": words}, None)
        seen.append([sight for sight in recorder.seen if sight[0] != "looking"])

    assert len(seen[0]) == 1
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("time", "zone", "field_"),
    [("25:00", "UTC", modal.TIME), ("", "UTC", modal.TIME), ("09:00", "no time; write it", modal.ZONE)],
)
def test_a_wrong_field_of_the_form_is_told_beside_it(
    opened: Callable[[int | None], Analyst], time: str, zone: str, field_: str
) -> None:
    """Whatever the sentence holds, and it holds what was typed."""
    values = {"day": {"selected_option": {"value": "0"}}, "time": {"selected_time": time}, "zone": {"value": zone}}
    values |= {"sections": {}, "matters": {}}
    state = {"values": {block: {form_parts.VALUE: value} for block, value in values.items()}}
    view = {"private_metadata": json.dumps({"channel": "C1", "team": "T1"}), "state": state}
    taken: list[dict[str, Any]] = []

    commands = Commands(opened(None), Recorder(), NoShares())  # type: ignore[arg-type]  # a delivery that records
    commands.clicks.digest_form(lambda **reply: taken.append(reply), {"user": {"id": "U1"}}, view)

    assert [list(reply["errors"]) for reply in taken] == [[field_]]
