"""
Mutants: the code with one thing wrong, drawn at random, each run against the tests that should notice.

    nice -n 15 .venv/bin/python tests/mutants.py --seed 7 --count 30 bot analytics

Never in place: the files git knows are copied into a temporary folder, and the mutants are made there. First the tests
of the mirrored folder run that name the module, then all of that folder, then those of the package and the front door,
until one fails. The same seed draws the same mutants of the same code. docs/testing.md says what to do about those that
live.
"""

import argparse
import ast
import compileall
import itertools
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

ROOT = Path(__file__).parents[1]
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
NOTHING_RAN = 5
"""What pytest ends with when there was no test."""

MARKED = "not simulation and not browser"
"""Which tests are asked; the browser's begin with seconds of their own."""

NO_END, NO_START = SILENT = ("no end", "no start")
"""How a mutant shows in a run that names no test."""

FRONT_DOOR = ("tests/scenarios", "tests/reworded")

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["pytest", "pandas", "pyarrow.parquet", "duckdb", "matplotlib.figure", "aiohttp"])
"""What is slow to import is imported once, and forked for each run; nothing of ours is among it."""

OPPOSITE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
"""What stands instead of a comparison: at its limit otherwise, or the other way round."""

LOCK = re.compile(r"(?:^|_)lock$")
NO_LOCK = "__import__('contextlib').nullcontext()"
"""What stands instead of a lock: nobody is kept out."""

WORD = re.compile(r"[\w.:/-]+")
"""Texts that somebody compares or looks up; sentences are the business of tests/reworded."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file, from byte to byte."""

    path: Path
    line: int
    start: int
    end: int
    before: str
    after: str

    def apply(self, source: bytes) -> bytes:
        """Give the file with the change."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        """Say where it is and what it is, in one line."""
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.path.as_posix()}:{self.line} | `{before}` → `{after}`"


# ------------------------------------------------------------------------------------------------------------- drawing


def list_mutants(path: Path) -> list[Mutant]:
    """Give every mutant of a file: of its numbers, words, booleans, comparisons, locks, awaits and arguments."""
    source = (ROOT / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node in _nodes(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        before = source[start:end].decode()
        found += [Mutant(path, node.lineno, start, end, before, after) for after in _alternatives(node)]
    return found


def _nodes(tree: ast.AST) -> Iterator[ast.expr]:
    """Give the expressions that do something: no types, marks, docstrings, and no f-strings, whose places are vague."""
    for name, value in ast.iter_fields(tree):
        for child in value if isinstance(value, list) else [value]:
            does_nothing = name in ("annotation", "returns", "decorator_list") or isinstance(child, ast.JoinedStr)
            if not isinstance(child, ast.AST) or does_nothing or _is_docstring(child):
                continue
            if isinstance(child, ast.expr):
                yield child
            yield from _nodes(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _alternatives(node: ast.expr) -> list[str]:
    """Give what may stand instead of an expression."""
    match node:
        case ast.Compare(left, [op], right):
            return [f"({ast.unparse(ast.Compare(left, [other()], right))})" for other in OPPOSITE[type(op)]]
        case ast.BoolOp(op, values):
            return [f"({ast.unparse(ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values))})"]
        case ast.UnaryOp(ast.Not(), operand):
            return [f"bool({ast.unparse(operand)})"]
        case ast.Constant(value):
            return _other_values(value)
    return _other_ways(node)


def _other_ways(node: ast.expr) -> list[str]:
    """Give what is done otherwise: nobody kept out, not waited for, the other end of an order, arguments swapped."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name, ctx=ast.Load()) if LOCK.search(name):
            return [NO_LOCK]
        case ast.Name(id="min" | "max" as name, ctx=ast.Load()):
            return ["max" if name == "min" else "min"]
        case ast.Await(awaited):
            return [ast.unparse(awaited)]
        case ast.Call(func, [first, second, *rest], keywords) if not isinstance(first, ast.Starred):
            return [ast.unparse(ast.Call(func, [second, first, *rest], keywords))]
    return []


def _other_values(value: object) -> list[str]:
    """Give other values for one: the other boolean, twice and half the number, a word that nobody knows."""
    match value:
        case bool():
            return [str(not value)]
        case 0 | 1:
            return [str(value + 1)]
        case int() | float():
            return [str(value * 2), str(value // 2)]
        case str() if WORD.fullmatch(value):
            return ["'mutant'"]
    return []


def draw(package: str, count: int, chance: random.Random) -> list[Mutant]:
    """Draw mutants of a package, each from a module drawn before it, so that long tables count no more than others."""
    of_modules = {path: list_mutants(path.relative_to(ROOT)) for path in sorted((ROOT / package).rglob("*.py"))}
    drawn: dict[Mutant, None] = {}
    while len(drawn) < count and (left := [of for of in of_modules.values() if set(of) - set(drawn)]):
        drawn[chance.choice([mutant for mutant in chance.choice(left) if mutant not in drawn])] = None
    return list(drawn)


# ------------------------------------------------------------------------------------------------------------- running


def copy_tree(to: Path) -> None:
    """Copy what git knows; what is compiled is told apart by content, for a mutant may be as old and as long."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git, as everywhere
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    for package in ("analytics", "bot", "playground"):
        compileall.compile_dir(to / package, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)


class Trial:
    """Runs mutants in one copy of the tree, one after the other."""

    def __init__(self, tree: Path, seconds: float, far: int, marked: str = MARKED) -> None:
        self._tree = tree
        self._seconds = seconds
        self._far = far
        self._marked = marked
        self._sound: dict[tuple[str, ...], bool] = {}

    def judge(self, mutant: Mutant) -> str:
        """Make the mutant, run ever more tests until one fails, put it right again; tell who killed it, if anybody."""
        file = self._tree / mutant.path
        source = file.read_bytes()
        for tests in itertools.islice(choose_tests(self._tree, mutant.path), self._far):
            file.write_bytes(mutant.apply(source))
            try:
                killer = self._run(tests)
            finally:
                file.write_bytes(source)
            if killer and self._are_sound(tests if killer in SILENT else [killer.split("[")[0]]):
                return killer
        return ""

    def _are_sound(self, tests: Sequence[str]) -> bool:
        """Tell whether tests pass without a mutant: what fails even so has noticed nothing."""
        key = tuple(tests)
        if key not in self._sound:
            self._sound[key] = not self._run(tests)
        return self._sound[key]

    def _run(self, tests: Sequence[str]) -> str:
        """Give the first test that fails; a run that does not end has noticed too."""
        with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as output:
            process = FORKS.Process(target=run_tests, args=(self._tree, tests, self._marked, output.name))
            process.start()
            process.join(self._seconds)
            if process.is_alive() and process.pid:
                os.killpg(process.pid, signal.SIGKILL)
                process.join()
                return NO_END
            if process.exitcode in (0, NOTHING_RAN):
                return ""
            failed = FAILED.search(output.read())
            return failed[1] if failed else NO_START


def run_tests(tree: Path, tests: Sequence[str], marked: str, output: str) -> None:
    """Be the process that runs some tests in a tree: a group of its own, its words in a file."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it starts behind it ignore that
    os.chdir(tree)
    os.environ["PYTHONPATH"] = str(tree)
    sys.path.insert(0, str(tree))
    words = os.open(output, os.O_WRONLY)
    os.dup2(words, 1)
    os.dup2(words, 2)
    sys.exit(pytest.main(["-x", "-q", "-m", marked, *tests]))


def choose_tests(tree: Path, path: Path) -> Iterator[list[str]]:
    """Give the tests that name a module; then all of the mirrored folder; then of the package, and the front door."""
    name = re.compile(rf"\b{path.parent.name if path.stem == '__init__' else path.stem}\b")
    mirrored = sorted((tree / "tests" / path.parent).glob("test_*.py"))
    near = [test for test in mirrored if name.search(test.stem + test.read_text(encoding="utf-8"))]
    for tests in (near, mirrored):
        if tests:
            yield [str(test.relative_to(tree)) for test in tests]
    yield [f"tests/{path.parts[0]}", *FRONT_DOOR]


def main() -> None:
    """Draw, run, and print the table as it comes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("packages", nargs="+", choices=["analytics", "bot"])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=30, help="mutants of each package")
    options.add_argument(
        "--far", type=int, choices=[1, 2, 3], default=3, help="1: tests that name the module, 2: its folder"
    )
    options.add_argument("--marked", default=MARKED, help=f"which tests, as pytest's -m; {MARKED} if nothing is said")
    options.add_argument("--timeout", type=float, default=900, help="seconds for one run of tests")
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)  # noqa: S311 - a draw that can be repeated is what is wanted
    mutants = [mutant for package in chosen.packages for mutant in draw(package, chosen.count, chance)]
    lived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy_tree(Path(folder))
        trial = Trial(Path(folder), chosen.timeout, chosen.far, chosen.marked)
        for mutant in mutants:
            killer = trial.judge(mutant)
            lived += not killer
            write(f"| {mutant} | {killer or '**lived**'} |")
    write(f"{len(mutants)} mutants of seed {chosen.seed}: {len(mutants) - lived} killed, {lived} lived")


def write(line: str) -> None:
    """Print a line at once: the next may take minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
