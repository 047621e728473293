"""The files for hosts name commands and settings that there are."""

import json
import re
import tomllib
from pathlib import Path

import yaml

from bot.__main__ import WORK
from bot.config import Settings

ROOT = Path(__file__).parents[1]
FOREIGN = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "MPLCONFIGDIR"} | {
    "POSTGRES_USER",
    "POSTGRES_PASSWORD",
    "PGPASSWORD",
}
"""What others read: Python, matplotlib, PostgreSQL's image and its library."""

SETTINGS = {name.upper() for name in Settings.model_fields}


def read(name: str) -> str:
    """Give a file's text."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_each_line_of_the_procfile_is_a_command() -> None:
    """And `web`, `clock` and `release` are among them."""
    lines = dict(line.split(": ", 1) for line in read("Procfile").splitlines())

    assert set(lines) == {"worker", "web", "clock", "release"}
    assert {command.removeprefix("python -m bot").strip() or None for command in lines.values()} <= set(WORK)


def test_the_files_for_hosts_set_what_can_be_set() -> None:
    """A setting that was renamed would be set in vain."""
    files = "".join(
        read(name) for name in ("Dockerfile", "compose.yaml", "render.yaml", "deploy/frameworks-bot.service")
    )
    named = set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)+)\b(?=[:=},])", files)) | set(json.loads(read("app.json"))["env"])

    assert named - FOREIGN
    assert named - FOREIGN <= SETTINGS


def test_what_the_dockerfile_copies_is_there() -> None:
    """And what the wheel is made of is not ignored."""
    ignored = set(read(".dockerignore").split())
    project = tomllib.loads(read("pyproject.toml"))

    assert (ROOT / "requirements/run.lock").exists()
    assert not ignored & {"analytics", "bot", project["project"]["readme"], "LICENSE", "requirements"}


def image_settings() -> dict[str, str]:
    """Give what the image sets by itself."""
    (line,) = re.findall(r"^ENV (.*)", read("Dockerfile").replace("\\\n", " "), re.MULTILINE)
    return dict(word.split("=", 1) for word in line.split())


def test_a_copied_example_of_settings_changes_nothing_that_the_image_relies_on() -> None:
    """Its volume, and the port at which HEALTHCHECK asks: an `env_file` would win over the image's own."""
    example = {line.split("=", 1)[0] for line in read(".env.example").splitlines() if not line.startswith("#")}
    relied_on = {name: value for name, value in image_settings().items() if name in example}
    services = yaml.safe_load(read("compose.yaml"))["services"]

    assert relied_on.keys() >= {"FRAMEWORKS_HOME", "PORT", "HEALTH_PORT"}
    for service in (given for given in services.values() if "env_file" in given):
        assert service["environment"].items() >= relied_on.items()


def test_the_settings_are_looked_at_before_a_start() -> None:
    """When an image is made, and when `docker compose up` starts one: a bot that cannot start is not tried for ever."""
    services = yaml.safe_load(read("compose.yaml"))["services"]

    assert "\nRUN frameworks-bot --check\n" in read("Dockerfile").split("USER 10001")[1]
    assert (services["check"]["command"], services["check"]["restart"]) == (["--check"], "no")
    assert services["bot"]["depends_on"] == {"check": {"condition": "service_completed_successfully"}}


def test_any_password_of_the_database_will_do() -> None:
    """In an address `@`, `/` and `#` would end it, and half of the password would stand in the log as a host's name."""
    password = "p@ss/w:rd?#%"
    services = yaml.safe_load(read("compose.yaml").replace("${POSTGRES_PASSWORD:-}", f"'{password}'"))["services"]

    assert services["postgres"]["environment"]["POSTGRES_PASSWORD"] == password
    for environment in (services[name]["environment"] for name in ("web", "clock")):
        assert environment["PGPASSWORD"] == password
        assert environment["DATABASE_URL"] == "postgresql://frameworks@postgres/frameworks"


def test_the_buildpack_finds_what_to_install() -> None:
    """Heroku's for Python ends a build without a `requirements.txt` beside the Procfile; ours names what is pinned."""
    assert json.loads(read("app.json"))["buildpacks"] == [{"url": "heroku/python"}]
    assert [line for line in read("requirements.txt").splitlines() if not line.startswith("#")] == [
        "-r requirements/run.lock"
    ]
