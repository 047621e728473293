"""The base image is pinned by what docker says: a stand-in here, docker itself in `tests/container_engine.py`."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIGEST, NEWER = "sha256:" + "a" * 64, "sha256:" + "b" * 64


PINNED = re.compile(r"@sha256:[0-9a-f]{64}")


def without_digests(text: str) -> str:
    """Give it as if nothing were pinned."""
    return PINNED.sub("", text)


def pin(folder: Path, says: str) -> subprocess.CompletedProcess[str]:
    """Pin a copy of the Dockerfile, with a docker that says this."""
    docker = folder / "docker"
    asked = "buildx imagetools inspect python:3.13-slim --format {{json .Manifest.Digest}}"
    docker.write_text(f"#!/bin/sh\ntest \"$*\" = '{asked}' && echo '\"{says}\"'\n", encoding="utf-8")
    docker.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", ROOT / "deploy/pin-base", folder / "Dockerfile"],
        env={"PATH": f"{folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_stage_is_pinned_and_pinned_anew(tmp_path: Path) -> None:
    """Both FROM lines, whether they were pinned or not; nothing else is touched."""
    plain = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    (tmp_path / "Dockerfile").write_text(plain, encoding="utf-8")

    for digest in (DIGEST, NEWER):
        assert pin(tmp_path, digest).stdout == f"python:3.13-slim is pinned to {digest}\n"
        pinned = (tmp_path / "Dockerfile").read_text(encoding="utf-8")
        assert pinned.count(f"FROM python:3.13-slim@{digest}") == 2
        assert without_digests(pinned) == without_digests(plain)


def test_the_dockerfile_is_pinned() -> None:
    """Every image that it begins with is one that no registry can change."""
    named = re.findall(r"(?m)^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"))

    assert [name for name in named if name != "scratch" and not PINNED.search(name)] == []
    assert len(named) > 1


def test_what_is_no_digest_pins_nothing(tmp_path: Path) -> None:
    """It is said, with status 1."""
    (tmp_path / "Dockerfile").write_text("FROM python:3.13-slim\n", encoding="utf-8")
    done = pin(tmp_path, "not found")

    assert (done.returncode, done.stderr) == (1, "no digest was given for python:3.13-slim: not found\n")
    assert (tmp_path / "Dockerfile").read_text(encoding="utf-8") == "FROM python:3.13-slim\n"
