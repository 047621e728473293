"""
Mutants: the code with one thing wrong, drawn at random, each run against the tests that should notice.

    nice -n 15 .venv/bin/python tests/mutants.py --seed 7 --count 30 bot analytics

Never in place: the files git knows are copied into a temporary folder, and the mutants are made there. All tests of the
package and of the front door run once to see which come by which line; then each mutant is run against those, the
mirrored folder's first. The same seed draws the same mutants of the same code. docs/testing.md says what to do about
those that live.
"""

import argparse
import ast
import compileall
import itertools
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode

from coverage import CoverageData

ROOT = Path(__file__).parents[1]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
NOTHING_RAN = 5
"""What pytest ends with when there was no test."""

FRONT_DOOR = (Path("tests/scenarios"), Path("tests/reworded"))

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

WORD = re.compile(r"[\w.:/-]+")
"""Texts that somebody compares or looks up; sentences are the business of tests/reworded."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file, from byte to byte."""

    path: Path
    line: int
    runs: bool
    """Whether it stands in a function; otherwise it runs once, when the module is imported."""

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
    """Give every mutant of a file: of its numbers, words, booleans and comparisons."""
    source = (ROOT / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    tree = ast.parse(source)
    inside = {id(node) for one in ast.walk(tree) if isinstance(one, FUNCTIONS) for node in ast.walk(one)}
    for node in _nodes(tree):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        before = source[start:end].decode()
        runs = id(node) in inside
        found += [Mutant(path, node.lineno, runs, start, end, before, after) for after in _alternatives(node)]
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
    """Runs the mutants of one package in one copy of the tree, each against the tests that come by its line."""

    def __init__(self, tree: Path, package: str, seconds: float) -> None:
        self._tree = tree
        self._seconds = seconds
        self._environment = os.environ | {"PYTHONPATH": str(tree)}
        self._folders = [Path("tests", package), *FRONT_DOOR]
        self._broken = self._measure(package)
        self._coverage = CoverageData(str(tree / ".coverage"))
        self._coverage.read()

    def judge(self, mutant: Mutant) -> str:
        """Make the mutant, run its tests, put the file right again; tell who killed it, or nothing."""
        file = self._tree / mutant.path
        source = file.read_bytes()
        tests = self.choose_tests(mutant)
        file.write_bytes(mutant.apply(source))
        try:
            killer = self._run(tests)
        finally:
            file.write_bytes(source)
        return killer

    def choose_tests(self, mutant: Mutant) -> list[str]:
        """
        Give the tests that come by the line of a mutant, those of the mirrored folder first.

        What stands outside of all functions runs when it is imported: then those that come by its module; and where
        nobody does, as for a table of constants, the mirrored folder or that of the package.
        """
        lines = self._coverage.contexts_by_lineno(str(self._tree / mutant.path))
        contexts = set(lines.get(mutant.line, ())) if mutant.runs else set(itertools.chain(*lines.values()))
        tests = {re.split(r"[|[]", context)[0] for context in contexts if context} - self._broken
        mirrored = Path("tests", mutant.path.parent)
        if tests:
            return sorted(tests, key=lambda test: (mirrored != Path(test.split("::")[0]).parent, test))
        return [str(mirrored if (self._tree / mirrored).is_dir() else self._folders[0])]

    def _measure(self, package: str) -> set[str]:
        """Run everything once without a mutant: who comes by which line; give what fails even so."""
        measured = [f"--cov={package}", "--cov-context=test", "--cov-report=", "-p", "no:cacheprovider"]
        done = self._pytest([*measured, *map(str, self._folders)], None)
        return {test.split("[")[0] for test in FAILED.findall(done.stdout)}

    def _run(self, tests: Sequence[str]) -> str:
        """Give the first test that fails; a run that does not end has noticed too."""
        try:
            done = self._pytest(["-x", *tests], self._seconds)
        except subprocess.TimeoutExpired:
            return f"no end after {self._seconds:.0f} s"
        if done.returncode in (0, NOTHING_RAN):
            return ""
        failed = FAILED.search(done.stdout)
        return failed[1] if failed else f"pytest ended with {done.returncode}"

    def _pytest(self, arguments: Sequence[str], seconds: float | None) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-m", "not simulation and not browser", *arguments],
            cwd=self._tree,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )


def main() -> None:
    """Draw, run, and print the table as it comes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("packages", nargs="+", choices=["analytics", "bot"])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=30, help="mutants of each package")
    options.add_argument("--timeout", type=float, default=900, help="seconds for one run of tests")
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)  # noqa: S311 - a draw that can be repeated is what is wanted
    lived = 0
    for package in chosen.packages:
        with tempfile.TemporaryDirectory() as folder:
            copy_tree(Path(folder))
            trial = Trial(Path(folder), package, chosen.timeout)
            for mutant in draw(package, chosen.count, chance):
                killer = trial.judge(mutant)
                lived += not killer
                write(f"| {mutant} | {killer or '**lived**'} |")
    total = chosen.count * len(chosen.packages)
    write(f"{total} mutants of seed {chosen.seed}: {total - lived} killed, {lived} lived")


def write(line: str) -> None:
    """Print a line at once: the next may take minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
