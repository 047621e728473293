"""What the documents promise, the code does: held by a machine, so that neither drifts."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from analytics.domain.asked_hosts import ASKED_HOSTS
from analytics.grammar import EXAMPLES
from bot import messages
from bot.config import Settings

ROOT = Path(__file__).parents[1]
ROOTS = ("analytics", "bot", "playground", "tests")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
STAND_IN = tomllib.loads((ROOT / "playground/pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {
    name: (ROOT / f"requirements/{name}.lock").read_text(encoding="utf-8") for name in ("run", "playground", "dev")
}

ASKING = ("analytics/settings", "analytics/context", "analytics/sources/github", "bot/config")
"""Where the addresses stand that are asked unless settings name others."""


def wanted_of(lines: list[str]) -> set[str]:
    """Give the names in a list of requirements, as locks write them."""
    return {re.split(r"[<>=\[]", line)[0].replace("_", "-") for line in lines}


def locked_in(lock: str) -> set[str]:
    """Give the names that a lock pins, each with its extras."""
    return set(re.findall(r"^([a-z0-9.-]+(?:\[[a-z]+\])?)==", LOCKS[lock], re.MULTILINE))


def test_every_setting_is_in_the_example_file_and_the_reverse() -> None:
    """.env.example lists what is read, all of it and nothing else."""
    listed = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("words", [words for words, _ in EXAMPLES])
def test_every_example_of_the_help_is_in_the_readme(words: str) -> None:
    """README and help show the same questions."""
    assert f"`{words}`" in README


def test_every_scope_of_the_manifest_has_its_reason_in_the_readme() -> None:
    """No permission is asked for without saying why, and none is explained that is not asked for."""
    table = README.partition("### Permissions")[2].partition("###")[0]

    assert sorted(re.findall(r"`([a-z_]+:?[a-z]*)`", re.sub(r"/frameworks", "", table))) == sorted(
        MANIFEST["oauth_config"]["scopes"]["bot"]
    )


def test_the_manifest_names_the_command_that_is_routed() -> None:
    """The slash command of the manifest is the one the bot listens to, and its name the one that is invited."""
    assert MANIFEST["features"]["slash_commands"][0]["command"] == messages.COMMAND
    assert MANIFEST["features"]["bot_user"]["display_name"] == messages.BOT_NAME


def test_every_dependency_is_explained() -> None:
    """docs/dependencies.md says what each library is for."""
    explained = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").replace("_", "-")
    wanted = [*PROJECT["dependencies"], *STAND_IN["dependencies"], *PROJECT["optional-dependencies"]["dev"]]

    assert {name for name in wanted_of(wanted) if name not in explained} == set()


def test_production_installs_nothing_of_the_playground() -> None:
    """Neither its package nor what only it needs: not by metadata, not by lock."""
    stand_in = wanted_of(STAND_IN["dependencies"])

    assert PROJECT["optional-dependencies"]["playground"] == [f"{STAND_IN['name']} @ {{root:uri}}/playground"]
    assert stand_in & wanted_of(PROJECT["dependencies"]) == set()
    assert stand_in & locked_in("run") == set()
    assert stand_in <= locked_in("playground") & locked_in("dev")


def test_the_two_distributions_are_of_one_version() -> None:
    """They are released together, for the same Python, under the same licence."""
    same = ("version", "license", "requires-python")

    assert [STAND_IN[key] for key in same] == [PROJECT[key] for key in same]
    assert (ROOT / PROJECT["license-files"][0]).read_text(encoding="utf-8").startswith("MIT License")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_hold_every_dependency_by_hash_and_name_no_index(lock: str) -> None:
    """What is installed is what was locked, from wherever the machine gets its packages."""
    without_names = re.sub(r"(aio)?http[a-z0-9-]*(\[[a-z]+\])?==", "", LOCKS[lock])

    assert {re.sub(r"\[.*", "", name) for name in locked_in(lock)} >= wanted_of(PROJECT["dependencies"])
    assert LOCKS[lock].count("--hash=sha256:") > 500
    assert not re.search(r"http|file:|/", without_names)


def test_the_lock_of_tests_names_extras() -> None:
    """Without them pip looks for `coverage[toml]` anew and refuses what it finds."""
    assert "coverage[toml]" in locked_in("dev")


def test_what_runs_is_what_was_tested() -> None:
    """The three locks name the same versions."""
    run, playground, dev = (set(re.findall(r"^[^ #]+==.*?(?= \\)", text, re.MULTILINE)) for text in LOCKS.values())

    assert run <= playground <= dev


@pytest.mark.parametrize(
    ("heavy", "modules"),
    [
        ("analytics.__main__", ["pandas", "matplotlib", "huggingface_hub", "sqlalchemy", "slack_sdk"]),
        ("bot.app", ["pandas", "matplotlib", "huggingface_hub", "aiohttp"]),
    ],
)
def test_what_is_heavy_is_imported_late(heavy: str, modules: list[str]) -> None:
    """A program starts and acknowledges before it loads what draws, counts or fetches."""
    code = f"import sys, {heavy}; print([m for m in {modules} if m in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert loaded.stdout.strip() == "[]"


def test_nothing_reads_the_environment_below_the_settings() -> None:
    """Only the settings and the entry points know that there is an environment."""
    readers = {
        str(path.relative_to(ROOT))
        for package in ("analytics", "bot", "playground")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"os\.environ|getenv|BaseSettings", path.read_text(encoding="utf-8"))
    }

    assert readers == {"analytics/settings.py", "bot/__main__.py", "bot/web/hosting.py"}


def test_every_file_that_is_named_exists() -> None:
    """README, docs and docstrings send nobody to a file that was moved."""
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(p for d in ROOTS for p in (ROOT / d).rglob("*.py"))]
    named = re.compile(rf"`((?:{'|'.join(ROOTS)}|requirements)/[\w./-]+)`")
    missing = [
        f"{text.relative_to(ROOT)} names {name}"
        for text in texts
        for name in named.findall(text.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    ]

    assert missing == []


def test_every_module_that_is_named_to_be_run_exists() -> None:
    """What documents, docstrings and make run with `python -m` is there; only the changelog tells of old names."""
    documents = [path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")) if path.name != "CHANGELOG.md"]
    texts = [*documents, *(path for root in ROOTS for path in (ROOT / root).rglob("*.py"))]
    named = re.compile(rf"python -m ((?:{'|'.join(ROOTS)}|benchmarks)(?:\.\w+)*)")
    missing = {
        f"{text.relative_to(ROOT)} runs {name}"
        for text in (*texts, ROOT / "Makefile", ROOT / ".ci/run")
        for name in named.findall(text.read_text(encoding="utf-8"))
        if not any((ROOT / name.replace(".", "/")).with_suffix(end).exists() for end in (".py", ""))
    }

    assert missing == set()


@pytest.mark.parametrize("path", [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "tests/data/README.md"])
def test_what_the_documents_say_to_type_works_where_nothing_is_installed(path: Path) -> None:
    """After `make` there is `.venv/bin/python`; what `python` is, or whether there is one, nobody knows."""
    assert re.findall(r"(?<![/\w])python3? (?:-m )?[a-z_./]+", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("benchmark", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.stem)
def test_every_benchmark_is_run_and_named(benchmark: Path) -> None:
    """`make benchmarks` gives all figures, and docs/performance.md says which command gives which."""
    command = f"python -m benchmarks.{benchmark.stem}"

    assert command in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert command in (ROOT / "docs/performance.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["README.md", "playground/page/index.html"])
def test_every_host_that_is_asked_is_named_with_its_reason(text: str) -> None:
    """Whoever tries it is told whom the bot asks, and why: the whole list, and nobody else."""
    shown = (ROOT / text).read_text(encoding="utf-8")
    rows = [
        f"| {one.name} | {one.why} |" if text == "README.md" else f"<b>{one.name}</b> {one.why}<" for one in ASKED_HOSTS
    ]

    assert [row for row in rows if row not in shown] == []
    table = shown.partition("Who is asked, and why:")[2].partition("make test")[0]
    named = table.count("\n| ") - 1 if text == "README.md" else shown.count("<li><b>")
    assert named == len(ASKED_HOSTS)


def test_the_page_on_networks_names_every_host() -> None:
    """Whoever writes a firewall's list from it leaves none out."""
    table = (ROOT / "docs/network.md").read_text(encoding="utf-8").partition("## Settings")[0]

    assert [one.name for one in ASKED_HOSTS if one.name.removesuffix(" of pip") not in table] == []


def test_the_code_asks_no_other_host() -> None:
    """Each address that is asked unless a setting names another is of a host in the list; and each setting is one."""
    code = "".join((ROOT / f"{name}.py").read_text(encoding="utf-8") for name in ASKING)
    hosts = set(re.findall(r'"https://([a-z.]+)', code))

    assert len(hosts) == 5
    assert hosts <= {one.name for one in ASKED_HOSTS}
    assert {one.setting.lower() for one in ASKED_HOSTS} - {"", "pip_index_url"} <= set(Settings.model_fields)


ANSWERING = ("answering", "availability", "charts", "domain", "papers", "questions")
"""The rooms whose sentences are read in Slack as well as in a terminal."""


def test_nobody_in_slack_is_told_to_type_a_terminal_command() -> None:
    """A sentence that both read names none; the terminal adds what its reader can type (`analytics/invocation.py`)."""
    paths = [path for room in ANSWERING for path in (ROOT / "analytics" / room).rglob("*.py")]
    nodes = [(path.name, node) for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    words = [
        (name, node.value) for name, node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert len(words) > 1000
    assert [(name, said) for name, said in words if re.search(r"“frameworks|frameworks(-bot)? collect", said)] == []
