"""
Released wheels, obtained through the installer: found, downloaded, verified by hash and kept, never installed.

The installer is asked, not the index, so that a configured mirror, proxy or certificate is honoured. It first says
what it would install, with the index's own hash (the installation report, pip >= 22.2:
pip.pypa.io/en/stable/reference/installation-report); the file that comes must have that hash. Wheels of Linux are asked
for on every machine: for counting any platform's will do, and everybody then counts the same file.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packaging.version import Version

from analytics.errors import Changed, NotAsked, SourceError, Unreachable
from analytics.sources.zipped import Opened, open_zip

INDEX = "the package index"
"""What stands for its address in errors: a mirror's may hold a password."""

PYTHONS = ("3.11", "3.14")
"""Asked for in turn, the higher version wins: what has ended has no wheel for the newest, what is new none for old."""
PLATFORMS = ("manylinux_2_28", "manylinux_2_17", "manylinux2014", "manylinux1", "linux")

ALLOWED = frozenset(
    {
        *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "NETRC", "VIRTUAL_ENV"),
        *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
        *("PYTHONHOME", "PYTHONPATH", "PYTHONUTF8", "PYTHONIOENCODING", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "HOMEDRIVE", "HOMEPATH"),
        *("APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES"),
    }
)
ALLOWED_FAMILIES = ("PIP_", "LC_", "XDG_")
"""What an installer has use for: where things are, how the network is reached, its own settings. Nothing else."""

LARGEST = 256 * 2**20
SECONDS = 300.0
"""For one run of the installer: it downloads up to 25 MB."""


@dataclass(frozen=True, slots=True)
class Release:
    """One released wheel; a released wheel never changes, so its hash names it for good."""

    name: str
    version: str
    sha256: str
    python: str

    @property
    def file(self) -> str:
        """The name it is kept under."""
        return f"{self.name}-{self.version}-{self.sha256[:16]}.whl"


class Wheels:
    """
    Wheels, kept in `folder`.

    `environment` is what the installer runs in, of which it gets only what an installer has use for, and none of our
    tokens. `command` starts it.
    """

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str] = MappingProxyType({}),
        command: Sequence[str] = (sys.executable, "-m", "pip"),
    ) -> None:
        self._folder = folder
        self._environment = _allow(environment)
        self._command = tuple(command)

    def find(self, name: str, version: str | None = None, pythons: Sequence[str] = PYTHONS) -> Release:
        """
        Find the newest release, or the one of a version.

        An index that states no hash is one whose first answer is believed: the installer then says the hash of what
        it got, and what is read afterwards must have that one.
        Raises:  Unreachable; Changed, if there is none or the installer names no hash.
        """
        wanted = f"{name}=={version}" if version else name
        found: list[Release] = []
        trouble: Changed | None = None
        for python in pythons:
            try:
                found.append(self._report(wanted, python))
            except Changed as failure:
                trouble = failure
        if not found:
            raise trouble or Changed(INDEX, f"it has no wheel of {wanted}")
        return max(found, key=lambda release: Version(release.version))

    def read(self, release: Release, wanted: Callable[[str], bool]) -> Opened:
        """
        Read files of a release as text.

        Raises:  Unreachable; Changed, if the wheel is not the one the index names or cannot be read.
        """
        return open_zip(self._obtain(release), wanted, f"{release.name} {release.version}")

    def keep_only(self, releases: Sequence[Release]) -> None:
        """Throw away every other wheel."""
        kept = {release.file for release in releases}
        for path in self._folder.glob("*.whl"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _report(self, wanted: str, python: str) -> Release:
        # pip looks for another Python's wheels only for a folder of their own; a dry run does not make it.
        elsewhere = ("--target", str(self._folder / "nothing"), "--ignore-installed")
        said = self._pip("install", "--dry-run", *elsewhere, "--report", "-", *_narrow(python), wanted)
        try:
            return _release(json.loads(said)["install"][0], python)
        except (ValueError, LookupError, TypeError, AttributeError):
            raise Changed(INDEX, f"it does not say which wheel of {wanted} it has, or not with a hash") from None

    def _obtain(self, release: Release) -> bytes:
        path = self._folder / release.file
        if path.exists() and _verify(data := path.read_bytes(), release):
            return data
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder) as fresh:
            self._pip("download", "--dest", fresh, *_narrow(release.python), f"{release.name}=={release.version}")
            data = _only_wheel(Path(fresh), release)
            kept = Path(fresh, "verified")
            kept.write_bytes(data)
            shutil.move(kept, path)
        return data

    def _pip(self, *arguments: str) -> str:
        command = (*self._command, *arguments, "--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2")
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter; the words are ours)
                command, env=self._environment, capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise Unreachable(INDEX, f"the installer did not end within {SECONDS:.0f} s") from None
        except OSError as trouble:
            raise Unreachable(INDEX, f"the installer cannot be started ({trouble.strerror})") from None
        if done.returncode:
            raise _refusal(done.stderr, arguments[-1])
        return done.stdout


def _allow(environment: Mapping[str, str]) -> dict[str, str]:
    """Keep what the installer may see: whatever it starts could read a token there."""
    kept = {
        name: value
        for name, value in environment.items()
        if name.upper() in ALLOWED or name.upper().startswith(ALLOWED_FAMILIES)
    }
    # Older installers do not know the variable that every other source is read with.
    if "SSL_CERT_FILE" in kept and not {"PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} & set(kept):
        kept["PIP_CERT"] = kept["SSL_CERT_FILE"]
    return kept


def _narrow(python: str) -> list[str]:
    """Ask for a wheel of one Python on Linux, without what it depends on."""
    platforms = [part for name in PLATFORMS for part in ("--platform", f"{name}_x86_64")]
    return ["--no-deps", "--only-binary", ":all:", "--python-version", python, *platforms]


def _release(installed: Any, python: str) -> Release:
    """Read one entry of the report. Raises KeyError and the like where it has another shape."""
    metadata, archive = installed["metadata"], installed["download_info"]["archive_info"]
    sha256 = archive.get("hashes", {}).get("sha256") or archive["hash"].removeprefix("sha256=")
    name, version = metadata["name"], metadata["version"]
    Version(version)  # raises ValueError, where it is none that can be ordered
    # Both become part of a file's name.
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not re.fullmatch(r"[\w.+-]+", f"{name}-{version}"):
        raise ValueError(sha256)
    return Release(name, version, sha256, python)


def _verify(data: bytes, release: Release) -> bool:
    return hashlib.sha256(data).hexdigest() == release.sha256


def _only_wheel(folder: Path, release: Release) -> bytes:
    where = f"{release.name} {release.version}"
    found = list(folder.glob("*.whl"))
    if len(found) != 1 or found[0].stat().st_size > LARGEST:
        raise Changed(where, "the installer did not bring one wheel of a size that can be read")
    data = found[0].read_bytes()
    if not _verify(data, release):
        raise Changed(where, "the wheel that came does not have the hash that the index states")
    return data


TO_MEND = (
    ("Missing dependencies for SOCKS", "ALL_PROXY names a SOCKS proxy, for which the installer needs PySocks"),
    (
        "Not supported proxy scheme|proxy URL|InvalidProxyURL",
        "the proxy that is set is not one that it can use",
    ),
    (
        "could not find a suitable TLS CA",
        "the certificates that PIP_CERT or SSL_CERT_FILE names are none",
    ),
    ("certificate verify failed", "the installer does not trust its certificate (PIP_CERT can name its authority)"),
    ("407 Proxy", "the proxy wants a name and a password"),
)
"""What the installer prints where a setting of this machine is in the way, and which one it is."""


def _refusal(said: str, wanted: str) -> SourceError:
    """Turn what the installer printed into an error of ours; its own words may hold a mirror's address."""
    if "No module named pip" in said:
        return Unreachable(INDEX, "this Python comes without its installer, pip")
    if "DO NOT MATCH THE HASHES" in said or "does not match the expected" in said:
        return Changed(INDEX, f"the wheel of {wanted} that came does not have the hash that the index states")
    if setting := next((words for pattern, words in TO_MEND if re.search(pattern, said, re.IGNORECASE)), ""):
        return NotAsked(INDEX, setting)
    if re.search(r"Retrying|Connection|timed out|HTTP error 5|Max retries|SSLError|ProxyError", said):
        return Unreachable(INDEX, "it does not answer the installer")
    if "No matching distribution" in said:
        return Changed(INDEX, f"it has no wheel of {wanted}")
    return Unreachable(INDEX, f"the installer gave up on {wanted}")
