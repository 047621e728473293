"""
Are weaknesses known of what production installs? `requirements/audit.py [--osv-url URL]`, by pip-audit.

It asks the database of open-source vulnerabilities (OSV) for every package of `run.lock`: that takes a network. Status
1 where something is known of one; where nobody could be asked it says so, and status 0, or 1 with `--strict`.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parent / "run.lock"
OSV = "https://api.osv.dev/v1/query"


def ask(lock: Path, url: str) -> list[str] | None:
    """Give what is known, a line each; None where nobody could be asked."""
    how = ["-r", str(lock), "--require-hashes", "--disable-pip", "-s", "osv", "--osv-url", url, "-f", "json"]
    command = [sys.executable, "-m", "pip_audit", *how, "--progress-spinner", "off"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 - pip-audit
    try:
        packages = json.loads(told)["dependencies"]
    except (ValueError, KeyError):
        return None
    return [_write(package, each) for package in packages for each in package.get("vulns", ())]


def _write(package: Mapping[str, str], weakness: Mapping[str, Any]) -> str:
    mended = ", ".join(weakness["fix_versions"]) or "no release"
    return f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask and tell."""
    parser = argparse.ArgumentParser(description="Known weaknesses of what production installs.")
    parser.add_argument("--osv-url", default=OSV)
    parser.add_argument("--lock", type=Path, default=LOCK)
    parser.add_argument("--strict", action="store_true", help="fail where nobody could be asked")
    options = parser.parse_args(arguments)
    known = ask(options.lock, options.osv_url)
    if known is None:
        sys.stdout.write(
            "audit: nobody could be asked, so NOTHING IS KNOWN; run requirements/audit.py with a network\n"
        )
        return int(options.strict)
    sys.stdout.write("".join(f"audit: {line}\n" for line in known or ["no weakness is known of what run.lock names"]))
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
