"""
What a Python environment is made of: its list of parts as CycloneDX (SBOM), and whether every licence is allowed.

    requirements/parts.py --of PYTHON --to sbom.json    writes the list, and refuses what licences.toml does not allow
    requirements/parts.py --write                       writes docs/licences.md of what production installs, anew

The list is made by cyclonedx-bom, from what is installed. Ends with status 1 where a licence is not allowed.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RULES, PAGE = ROOT / "requirements/licences.toml", ROOT / "docs/licences.md"
PRODUCTION = ROOT / "requirements/run.lock"
OURS = frozenset({"frameworks-bot", "frameworks-playground"})
HEAD = """# Licences

What `pip install .` brings on Linux beside our own code (MIT), by the packages' own word. Written by
`.venv/bin/python requirements/parts.py --write`; `.ci/run` refuses a licence that `requirements/licences.toml` does not
allow (each stands there with its reason), and a package of another licence than here. The list of what is installed,
with versions and addresses, as CycloneDX: `requirements/parts.py --of PYTHON --to sbom.json`.

| Package | Licence |
|---|---|
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A package, and each licence that it names; of an expression, the words between AND."""

    name: str
    licences: tuple[str, ...]

    def is_allowed(self, allowed: Iterable[str]) -> bool:
        """Tell whether it names a licence, and every one of them may be; of `A OR B` one is enough."""
        known = set(allowed)
        return bool(self.licences) and all(known & set(each.split(" OR ")) for each in self.licences)

    def __str__(self) -> str:
        return f"{self.name}: {' AND '.join(self.licences) or 'says nothing'}"


def write_list(python: str, to: Path) -> None:
    """Write the list of what an environment holds."""
    how = ["environment", "--output-reproducible", "--pyproject", str(ROOT / "pyproject.toml"), "-o", str(to), python]
    program = str(Path(__file__).with_name("few_grammars.py"))
    subprocess.run([sys.executable, program, *how], check=True)  # noqa: S603 - a program that we name


def read_parts(listed: Path, silent: Mapping[str, str]) -> list[Part]:
    """Read a list; `silent` says the licences of those that do not."""
    components = json.loads(listed.read_text(encoding="utf-8"))["components"]
    parts = [
        Part(name, _licences(each) or _words(silent.get(name, ""))) for each in components if (name := _name(each))
    ]
    return sorted((part for part in parts if part.name not in OURS), key=lambda part: part.name)


def _name(component: Mapping[str, str]) -> str:
    return re.sub(r"[-_.]+", "-", component["name"]).lower()


def _licences(component: Mapping[str, Sequence[Mapping[str, object]]]) -> tuple[str, ...]:
    """Give what it names; an older way of saying it counts only where there is no newer one."""
    said = [str(each.get("expression") or _named(each["license"])) for each in component.get("licenses", ())]
    newer = [each for each in said if not each.startswith("License ::")]
    older = tuple(each.rpartition(" :: ")[2] for each in said)
    return tuple(word for each in newer for word in _words(each)) or older


def _named(licence: object) -> object:
    assert isinstance(licence, Mapping)  # noqa: S101 - CycloneDX's schema, which its writer keeps
    return licence.get("id") or licence.get("name")


def _words(expression: str) -> tuple[str, ...]:
    return tuple(filter(None, re.sub(r"[()]", "", expression).split(" AND ")))


def names_in(lock: Path) -> set[str]:
    """Give the packages of a lock."""
    return set(re.findall(r"^([a-z0-9-]+)(?:\[[\w,]+\])?==", lock.read_text(encoding="utf-8"), re.MULTILINE))


def write_page(parts: Iterable[Part]) -> str:
    """Write the page of what production installs."""
    rows = [f"| {part.name} | {' AND '.join(part.licences)} |\n" for part in parts if part.name in names_in(PRODUCTION)]
    return HEAD + "".join(rows)


def find_faults(parts: Sequence[Part], allowed: Iterable[str], page: str) -> list[str]:
    """Say which licences are not allowed, and which packages of production are another's on the page."""
    refused = [
        f"{part}, which requirements/licences.toml does not allow" for part in parts if not part.is_allowed(allowed)
    ]
    rows = set(write_page(parts).splitlines()) - set(page.splitlines())
    return [*refused, *(f"docs/licences.md lacks {row}" for row in sorted(rows))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write, look, and say what is wrong."""
    parser = argparse.ArgumentParser(description="The parts of an environment, and their licences.")
    parser.add_argument("--of", default=sys.executable, help="the environment's Python")
    parser.add_argument("--to", type=Path, help="where the list is kept")
    parser.add_argument("--write", action="store_true", help="write docs/licences.md anew")
    options, rules = parser.parse_args(arguments), tomllib.loads(RULES.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        listed = options.to or Path(folder) / "sbom.json"
        write_list(options.of, listed)
        parts = read_parts(listed, rules["silent"])
    if options.write:
        PAGE.write_text(write_page(parts), encoding="utf-8")
    faults = find_faults(parts, rules["allowed"], PAGE.read_text(encoding="utf-8"))
    told = faults or [
        f"{len(parts)} packages, every licence allowed" + (f"; the list is {options.to}" * bool(options.to))
    ]
    sys.stdout.write("".join(f"licences: {line}\n" for line in told))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
