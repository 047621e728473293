"""What has one home: in `wording.py` days, shares, plurals, cut sentences; in `style.py` and a style sheet colours."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOME = ROOT / "analytics/domain/wording.py"
FILES = [path for room in ("analytics", "bot", "playground") for path in (ROOT / room).rglob("*.py") if path != HOME]

A_DATE = re.compile(r"%-?[aAbBdmyYj]")
NOUNS = "channel|connection|cop[yi]|day|digest|entr[yi]|hour|message|minute|model|month|paper|repositor[yi]|week"
A_STOP_CUT_OFF = re.compile(r"\.(?:removesuffix|rstrip)\('[.:]+'\)$")
COUNTED = re.compile(rf" (?:{NOUNS})e?s?\b")


def _spec(value: ast.expr) -> str:
    """Give how a value of an f-string is to be written, as far as it is known."""
    spec = value.format_spec if isinstance(value, ast.FormattedValue) else None
    parts = spec.values if isinstance(spec, ast.JoinedStr) else []
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and bool(value.value))


def find_copies(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Find days, shares, plurals and cut sentences that are written by hand: the line, and what was found."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "strftime":
            yield node.lineno, "strftime"
        if isinstance(node, ast.Call) and ast.unparse(node).endswith("[:1].upper()"):
            yield node.lineno, "a leading capital"
        if isinstance(node, ast.Call) and A_STOP_CUT_OFF.search(ast.unparse(node)):
            yield node.lineno, "a full stop cut off"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\w\(s\) ", node.value):
            yield node.lineno, "(s)"
        if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare) and _is_text(node.body):
            least = node.test.comparators[0]
            exact = isinstance(node.test.ops[0], ast.Eq | ast.NotEq) and _is_text(node.orelse)
            if exact and isinstance(least, ast.Constant) and least.value == 1:
                yield node.lineno, "one or many"
        if isinstance(node, ast.JoinedStr):
            yield from ((node.lineno, what) for what in _of_parts(node.values))


def _of_parts(parts: list[ast.expr]) -> Iterator[str]:
    for value, after in zip(parts, [*parts[1:], None], strict=True):
        follows = str(after.value) if isinstance(after, ast.Constant) else ""
        if A_DATE.search(_spec(value)):
            yield "a day"
        if not isinstance(value, ast.FormattedValue):
            continue
        if _spec(value).endswith("%") or re.match(r" ?%(?! of)", follows):
            yield "a share"
        if COUNTED.match(follows) and _is_number(value):
            yield "a number with its noun"


def _is_number(value: ast.FormattedValue) -> bool:
    """Tell a number by how it is written, made or called: `{n:,}`, `{n // 24}`, `{len(x)}`, `{hours}`."""
    made = value.value
    summed = isinstance(made, ast.Call) and ast.unparse(made.func) in ("len", "sum", "round", "int")
    return _spec(value) in (",", "d") or summed or isinstance(made, ast.BinOp) or ast.unparse(made).endswith("s")


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("moment.strftime(x)", "strftime"),
        ("f'{moment:%d.%m.}'", "a day"),
        ("f'{part:.0f} % of it'.replace(a, b)", ""),
        ("f'{part:.0f} % PyTorch'", "a share"),
        ("f'{part:.0%}'", "a share"),
        ("f'{n:,} models'", "a number with its noun"),
        ("f'{hours} hours'", "a number with its noun"),
        ("f'{hours // 24} days'", "a number with its noun"),
        ("f'{task} models'", ""),
        ("words[:1].upper() + words[1:]", "a leading capital"),
        ("words.removesuffix('.')", "a full stop cut off"),
        ("words.rstrip('.:')", "a full stop cut off"),
        ("words.removesuffix('.png')", ""),
        ("'%d other line(s) here'", "(s)"),
        ("'model' if n == 1 else 'models'", "one or many"),
    ],
)
def test_a_copy_is_seen(code: str, what: str) -> None:
    """This test can fail."""
    assert [found for _, found in find_copies(ast.parse(code))] == ([what] if what else [])


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_nothing_small_is_written_in_a_second_way(path: Path) -> None:
    """A clock time alone is no day; everything else is asked of `wording`."""
    assert list(find_copies(ast.parse(path.read_text(encoding="utf-8")))) == []


COLOURS = {
    "analytics/charts/style.py": "pictures and badges",
    "analytics/pages/templates/colours.css": "pages",
    "analytics/pages/templates/favicon.svg": "an image, sent as it is",
    "playground/page/icon.svg": "an image, too",
    "playground/page/page.css": "the stand-in's own page, which knows nothing of ours",
}
A_COLOUR = re.compile(r"""["': ]#(?:[0-9a-f]{3}|[0-9a-f]{6})\b""", re.IGNORECASE)


def test_colours_are_named_in_one_place_each() -> None:
    """Who changes the look changes it everywhere; what is drawn elsewhere takes its colours by name."""
    kinds = {".py", ".css", ".html", ".svg", ".js"}
    files = [path for root in ("analytics", "bot", "playground") for path in (ROOT / root).rglob("*")]
    named = {path for path in files if path.suffix in kinds and A_COLOUR.search(path.read_text(encoding="utf-8"))}

    assert {path.relative_to(ROOT).as_posix() for path in named} == set(COLOURS)
