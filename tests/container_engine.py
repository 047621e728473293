"""
The image as a container engine starts it, beside a stand-in for Slack: `python -m tests.container_engine ENGINE IMAGE`.

`deploy/try-engine` calls it. The image's own ENTRYPOINT, user and HEALTHCHECK, with the rights that compose.yaml leaves
it; then compose.yaml itself, where COMPOSE names a program that reads it ("docker compose"). The engine's host is this
machine: containers share its network, for the stand-in listens on loopback alone.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playground.server import Playground
from tests.bot.test_processes import free_port
from tests.container import END, FIRST, PATIENCE, ask
from tests.loopback.image_registry import registry

ROOT = Path(__file__).parents[1]
COMPOSE, PIN = ROOT / "compose.yaml", ROOT / "deploy/pin-base"
BUILDX = ("docker", "buildx", "version")
NAME = "frameworks-bot-tried"
RIGHTS = ("--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--init")


def call(*command: str) -> str:
    """Run it; give what it printed, or end with what it complained of."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, f"{' '.join(command)}: {done.stdout}{done.stderr}"
    return done.stdout.strip()


def settings_for(playground: Playground, port: int) -> dict[str, str]:
    """Give what an `.env` would say."""
    tokens = {"SLACK_BOT_TOKEN": playground.bot_token, "SLACK_APP_TOKEN": playground.app_token}
    addresses = {"SLACK_API_URL": playground.api_url, "HF_ENDPOINT": "http://127.0.0.1:9", "COLLECT": "off"}
    return tokens | addresses | {"HEALTH_PORT": str(port)}


def is_healthy(engine: str) -> bool:
    """Tell what the engine says of the image's HEALTHCHECK. Podman's timers are systemd's, so it is told to look."""
    if Path(engine).name.startswith("podman"):
        return not subprocess.run([engine, "healthcheck", "run", NAME], capture_output=True, check=False).returncode
    return call(engine, "inspect", "--format", "{{.State.Health.Status}}", NAME) == "healthy"


def run_image(engine: str, image: str) -> str:
    """Start it in the background, as people do, until it is healthy and has answered; then stop it."""
    with Playground(processing_seconds=0.0) as playground:
        # HEALTHCHECK asks at 8080.
        settings = [f"--env={name}={value}" for name, value in settings_for(playground, 8080).items()]
        started = time.monotonic()
        where = (f"--volume={NAME}:/data", "--network=host")
        call(engine, "run", "--detach", "--name", NAME, *RIGHTS, *where, *settings, image)
        try:
            playground.wait_for_connection(PATIENCE)
            ask(playground, *FIRST)
            answered = time.monotonic() - started
            while not is_healthy(engine):
                assert time.monotonic() - started < PATIENCE, "not healthy"
                time.sleep(0.5)  # the engine tells nobody, so it is asked again
            healthy = time.monotonic() - started
            call(engine, "stop", "--time", f"{END:.0f}", NAME)
            gone = time.monotonic() - started - healthy
            status = call(engine, "inspect", "--format", "{{.State.ExitCode}}", NAME)
            assert status == "0", status
        except BaseException:
            subprocess.run([engine, "logs", NAME], check=False)
            raise
        finally:
            call(engine, "rm", "--force", NAME)
            call(engine, "volume", "rm", NAME)
    return f"a picture after {answered:.1f} s, healthy after {healthy:.1f} s, gone in {gone:.1f} s"


def run_compose(compose: Sequence[str], image: str) -> str:
    """Start compose.yaml's services with a filled `.env`, this image in place of `build`, and the host's network."""
    with tempfile.TemporaryDirectory() as name, Playground(processing_seconds=0.0) as playground:
        folder = Path(name)
        shutil.copy(COMPOSE, folder)
        settings = settings_for(playground, free_port())
        (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")
        ours = {"image": image, "network_mode": "host"}
        override = {"services": {"check": ours, "bot": ours}}
        (folder / "override.yaml").write_text(json.dumps(override), encoding="utf-8")
        files = ("-f", str(folder / "compose.yaml"), "-f", str(folder / "override.yaml"))
        command = (*compose, "-p", NAME, *files)
        started = time.monotonic()
        try:
            call(*command, "up", "--detach", "--no-build")
            playground.wait_for_connection(PATIENCE)
            ask(playground, *FIRST)
            answered = time.monotonic() - started
        except BaseException:
            subprocess.run([*command, "logs"], check=False)
            raise
        finally:
            call(*command, "down", "--volumes")
    return f"`up` with a picture after {answered:.1f} s, check and bot"


def pin_base() -> str:
    """Let `deploy/pin-base` ask a registry on loopback through docker's own client, which needs no engine for it."""
    if not shutil.which("docker") or subprocess.run(BUILDX, capture_output=True, check=False).returncode:
        return "not tried: it asks by docker with buildx, which is not here"
    with tempfile.TemporaryDirectory() as folder, registry("library/python:3.13-slim") as (address, digest):
        dockerfile = Path(folder, "Dockerfile")
        for tag, status, left in (("3.13-slim", 0, f"3.13-slim@{digest}"), ("3.99-slim", 1, "3.99-slim")):
            dockerfile.write_text(2 * f"FROM {address}/library/python:{tag}\n", encoding="utf-8")
            done = subprocess.run([PIN, dockerfile], capture_output=True, text=True, check=False)
            assert done.returncode == status, done.stderr
            assert dockerfile.read_text(encoding="utf-8") == 2 * f"FROM {address}/library/python:{left}\n"
    return "pinned by the digest that docker's own client was given; of a tag that is not there nothing"


def main(engine: str, image: str) -> None:
    """Try the image, then compose.yaml, then the pinning of its base."""
    sys.stdout.write(f"engine: by itself: {run_image(engine, image)}\n")
    compose = os.environ.get("COMPOSE", "").split()
    said = run_compose(compose, image) if compose else "not tried: COMPOSE names no program that reads it"
    sys.stdout.write(f"engine: compose.yaml: {said}\n")
    sys.stdout.write(f"engine: deploy/pin-base: {pin_base()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
