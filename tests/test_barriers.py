"""
Whoever counts what Slack received, or says that something is not there, has waited until everything is delivered.

Read off the tests themselves: where a bot is connected, what was seen in Slack, at the Hub or in the log is looked at
only behind `settled()`, with nothing done in between. `wait_for` and its kin look for what shall come, and may always.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LOOKS = {"messages", "bot_messages", "ephemerals", "files", "home", "requests", "deliveries", "modal", "asked"}
COUNTERS = {"requests", "handshakes", "called"}
"""What is counted without a call."""

ACTS = {
    *("command", "mention", "direct_message", "click", "submit", "resend", "emit", "write", "open_home"),
    *("use_shortcut", "share_links", "compose", "open_details", "run_step", "execute"),
    *("disconnect", "drop_connections", "advance", "digest", "correct", "tick", "collect", "let_go"),
    *("reset_all", "hang_up_all", "close_all", "go_dark"),
}
BARRIER = "settled"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    """Give the modules whose tests connect a bot."""
    return sorted(HERE.glob("scenarios/test_*.py"))


def events(node: ast.AST, helpers: Mapping[str, Function]) -> Iterator[tuple[str, int]]:
    """Give in order what is done, awaited and looked at, by helpers of the same module too; what waits looks later."""
    if isinstance(node, ast.Lambda | ast.FunctionDef) and node not in helpers.values():
        return
    for child in sorted(ast.iter_child_nodes(node), key=lambda one: getattr(one, "lineno", 0)):
        yield from events(child, helpers)
    match node:
        case ast.Call(ast.Name(name) | ast.Attribute(attr=name)):
            helper = helpers.get(name)
            if helper is None:
                yield name, node.lineno
            else:
                yield from ((event, node.lineno) for one in helper.body for event, _ in events(one, helpers))
        case ast.Attribute(attr=name) if name in COUNTERS:
            yield "requests", node.lineno
        case ast.Compare(ops=[ast.NotIn()], comparators=[ast.Attribute(ast.Name("caplog"))]):
            yield "requests", node.lineno


def looks_without_barrier(source: str) -> list[str]:
    """Name the lines that look while something may still arrive."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]
    helpers = {one.name: one for one in functions if not one.name.startswith("test_")}
    found = []
    for test in (one for one in functions if one.name.startswith("test_")):
        settled = False
        for event, line in (event for one in test.body for event in events(one, helpers)):
            settled = event == BARRIER or (settled and event not in ACTS)
            if event in LOOKS and not settled:
                found.append(f"{test.name}, line {line}")
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.name)
def test_nothing_is_counted_while_something_may_still_arrive(path: Path) -> None:
    """An assertion of absence, or of an exact number, says nothing without a barrier before it."""
    assert looks_without_barrier(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "body",
    [
        "playground.command('/x')\n assert playground.files() == []",
        "playground.settled()\n playground.command('/x')\n assert playground.files() == []",
        "playground.command('/x')\n seen = count(playground)\n playground.settled()\n assert seen == 1",
        "playground.settled()\n playground.disconnect()\n assert playground.site.sockets.handshakes == 1",
        "playground.command('/x')\n assert 'x' not in caplog.text",
    ],
)
def test_a_missing_barrier_is_seen(body: str) -> None:
    """Before the look, after the last act; through a helper too."""
    helper = "def count(playground):\n return len(playground.bot_messages())\n"

    assert len(looks_without_barrier(f"{helper}def test_it(playground):\n {body}\n")) == 1
