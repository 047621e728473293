"""The list of parts and their licences, and the search for known weaknesses, against a stand-in of its service."""

import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from requirements.parts import PAGE, PRODUCTION, RULES, Part, find_faults, names_in, read_parts

ALLOWED = tomllib.loads(RULES.read_text(encoding="utf-8"))["allowed"]
ELSEWHERE = {"colorama", "httpx2-jsfetch"}
"""Of other systems: Windows, and a browser."""


def listed(folder: Path, *licences: dict[str, Any]) -> list[Part]:
    """Read a list of one package of production."""
    file = folder / "sbom.json"
    file.write_text(json.dumps({"components": [{"name": "Alembic", "licenses": licences}]}), encoding="utf-8")
    return read_parts(file, {})


@pytest.mark.parametrize(
    ("licences", "fault"),
    [
        ([{"license": {"id": "MIT"}}], ""),
        ([{"license": {"id": "MIT"}}, {"license": {"name": "License :: OSI Approved :: Whatever"}}], ""),
        ([{"license": {"id": "AGPL-3.0-only"}}], "alembic: AGPL-3.0-only, which"),
        ([{"expression": "MIT AND AGPL-3.0-only"}], "alembic: MIT AND AGPL-3.0-only, which"),
        ([{"license": {"name": "License :: OSI Approved :: GNU Affero (AGPL)"}}], "alembic: GNU Affero (AGPL), which"),
        ([], "alembic: says nothing, which"),
        ([{"expression": "Apache-2.0 OR AGPL-3.0-only"}], "docs/licences.md lacks | alembic | Apache-2.0 OR AGPL"),
    ],
)
def test_a_licence_that_is_not_allowed_is_refused(tmp_path: Path, licences: list[Any], fault: str) -> None:
    """Of several all must be allowed, of a choice one; one of production that changed is another than on the page."""
    found = find_faults(listed(tmp_path, *licences), ALLOWED, PAGE.read_text(encoding="utf-8"))

    assert found[0].startswith(fault) if fault else found == []


def test_every_package_of_production_is_on_the_page() -> None:
    """And nothing else is; which is allowed has a reason."""
    page = set(re.findall(r"^\| ([a-z0-9-]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))

    assert page == names_in(PRODUCTION) - ELSEWHERE
    assert all(ALLOWED.values())


def test_what_is_installed_here_is_allowed(tmp_path: Path) -> None:
    """The whole environment of the tests, as CycloneDX, written by the program itself."""
    to = tmp_path / "sbom.json"
    command = [sys.executable, "requirements/parts.py", "--to", str(to)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PAGE.parents[1], check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "every licence allowed" in done.stdout
    assert json.loads(to.read_text(encoding="utf-8"))["bomFormat"] == "CycloneDX"


@contextmanager
def osv(known: list[Any]) -> Iterator[str]:
    """Stand in for the database of weaknesses: of alembic it knows these."""

    class VulnerabilityHandler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps({"vulns": known} if asked["package"]["name"] == "alembic" else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), VulnerabilityHandler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()
        thread.join()


WEAKNESS = {
    "id": "PYSEC-2026-1",
    "details": "made up",
    "affected": [
        {
            "package": {"name": "alembic", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}],
        }
    ],
}


def audit(folder: Path, url: str, *more: str) -> tuple[int, str]:
    """Ask about the first package of the lock; the status and what is said."""
    lock = folder / "one.lock"
    lock.write_text(re.split(r"\n(?=\w)", PRODUCTION.read_text(encoding="utf-8"))[0], encoding="utf-8")
    command = [sys.executable, "requirements/audit.py", "--osv-url", url, "--lock", str(lock), *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PAGE.parents[1], check=False)
    return done.returncode, done.stdout


def test_a_known_weakness_fails_and_none_is_said(tmp_path: Path) -> None:
    """With its name and the release in which it is mended."""
    with osv([WEAKNESS]) as url:
        status, said = audit(tmp_path, url)
        assert (status, re.sub(r"alembic \S+:", "alembic:", said)) == (
            1,
            "audit: alembic: PYSEC-2026-1, mended in 9.9\n",
        )
    with osv([]) as url:
        assert audit(tmp_path, url) == (0, "audit: no weakness is known of what run.lock names\n")


def test_where_nobody_can_be_asked_nothing_is_known(tmp_path: Path) -> None:
    """It is no clean bill, and says so; a release asks strictly."""
    status, said = audit(tmp_path, "http://127.0.0.1:9/v1/query")

    assert (status, "NOTHING IS KNOWN" in said) == (0, True)
    assert audit(tmp_path, "http://127.0.0.1:9/v1/query", "--strict")[0] == 1
