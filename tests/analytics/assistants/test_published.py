"""What is published for assistants (server.json, docs/assistants.md) is what the program does."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from analytics.assistants.answer_schema import VERSION
from analytics.assistants.tool_list import CHECK, QUESTIONS
from analytics.settings import AnalyticsSettings
from bot.__main__ import main

ROOT = Path(__file__).parents[3]
DOCS = (ROOT / "docs/assistants.md").read_text(encoding="utf-8")
SERVER = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_registry_is_told_of_this_package() -> None:
    """Name, version and extra are the project's, the settings exist, and the README proves whose it is."""
    (package,) = SERVER["packages"]

    assert SERVER["version"] == package["version"] == PROJECT["version"]
    assert package["identifier"] == PROJECT["name"]
    assert package["runtimeArguments"][0]["value"] == f"{PROJECT['name']}[mcp]=={PROJECT['version']}"
    assert "mcp" in PROJECT["optional-dependencies"]
    assert len(SERVER["description"]) <= 100
    assert f"mcp-name: {SERVER['name']}" in (ROOT / "README.md").read_text(encoding="utf-8")
    settings = {one["name"].lower() for one in package["environmentVariables"]}
    assert settings <= set(AnalyticsSettings.model_fields)


def test_the_program_the_registry_starts_takes_its_word(capsys: pytest.CaptureFixture[str]) -> None:
    """It runs what is called like the package, with one word."""
    with pytest.raises(SystemExit):
        main(["--help"])

    assert PROJECT["scripts"][SERVER["packages"][0]["identifier"]] == "bot.__main__:main"
    assert SERVER["packages"][0]["packageArguments"][0]["value"] in capsys.readouterr().out


@pytest.mark.parametrize("block", re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL))
def test_each_configuration_to_copy_is_whole(block: str) -> None:
    """JSON that starts `frameworks mcp` by its whole path, with settings that exist."""
    told = json.loads(block)
    (server,) = (one["frameworks"] for one in told.values())

    assert Path(server["command"]).is_absolute()
    assert Path(server["command"]).name in PROJECT["scripts"]
    assert server["args"] == ["mcp"]
    assert {name.lower() for name in server["env"]} <= set(AnalyticsSettings.model_fields)


def test_the_document_lists_every_tool_and_the_published_forms() -> None:
    """No tool is forgotten, none is invented; both schemas are linked by their version, and are there."""
    listed = re.findall(r"^\| `(\w+)` \|", DOCS, re.MULTILINE)
    forms = re.findall(r"\((\.\./analytics/assistants/[\w-]+-(\d+)\.schema\.json)\)", DOCS)

    assert listed == [*(tool.name for tool in QUESTIONS), CHECK]
    assert [int(version) for _, version in forms] == [VERSION, VERSION]
    assert all((ROOT / "docs" / path).resolve().is_file() for path, _ in forms)
