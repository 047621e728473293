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
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import Version

from analytics.errors import Changed
from analytics.sources.allowance import Allowance
from analytics.sources.installer import Bounds, Installer, InstallerRun
from analytics.sources.installer_words import INDEX, leads_into_the_open, list_final
from analytics.sources.zipped import Opened, open_zip

PYTHONS = ("3.11", "3.14")
"""Asked for in turn, the higher version wins: what has ended has no wheel for the newest, what is new none for old."""
PLATFORMS = ("manylinux_2_28", "manylinux_2_17", "manylinux2014", "manylinux1", "linux")

LARGEST = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Release:
    """
    One released wheel; a released wheel never changes, so its hash names it for good.

    `withdrawn` are later releases that the index shows and their makers have taken back (PEP 592).
    """

    name: str
    version: str
    sha256: str
    python: str
    withdrawn: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The name it is kept under."""
        return f"{self.name}-{self.version}-{self.sha256[:16]}.whl"


class Wheels:
    """
    Wheels, kept in `folder`.

    `environment` is what the installer runs in, of which it gets only what an installer has use for, and none of our
    tokens. `command` starts it, `bounds` is what its runs may take: those for one library together, and all of them, in
    what is one round, by `clock`.
    """

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str] = MappingProxyType({}),
        command: Sequence[str] = (sys.executable, "-m", "pip"),
        bounds: Bounds | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._bounds = bounds or Bounds()
        self._allowance = Allowance(self._bounds.library, self._bounds.together, clock)
        self._installer = Installer(environment, command, self._bounds)

    def find(self, name: str, version: str | None = None, pythons: Sequence[str] = PYTHONS) -> Release:
        """
        Find the newest release, or the one of a version.

        An index that states no hash is one whose first answer is believed: the installer then says the hash of what
        it got, and what is read afterwards must have that one.
        Raises:  Unreachable; RateLimited; NotAsked; Changed, if there is none or the installer names no hash.
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
        asked = ("install", "--dry-run", *elsewhere, "--report", "-", *_narrow(python), wanted)
        said = self._run(*asked, wanted=wanted)
        try:
            release = _release(json.loads(said.printed)["install"][0], python)
        except (ValueError, LookupError, TypeError, AttributeError):
            raise Changed(INDEX, f"it does not say which wheel of {wanted} it has, or not with a hash") from None
        return _believe(release, said, wanted)

    def _run(self, *asked: str, wanted: str) -> InstallerRun:
        """Run the installer for as long as is left for the library that is wanted."""
        with self._allowance.spend(wanted.partition("=")[0], INDEX) as left:
            return self._installer.run(*asked, wanted=wanted, seconds=min(left, self._bounds.seconds))

    def _obtain(self, release: Release) -> bytes:
        path = self._folder / release.file
        if path.exists() and _verify(data := path.read_bytes(), release):
            return data
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder) as fresh:
            wanted = f"{release.name}=={release.version}"
            self._run("download", "--dest", fresh, *_narrow(release.python), wanted, wanted=wanted)
            data = _only_wheel(Path(fresh), release)
            kept = Path(fresh, "verified")
            kept.write_bytes(data)
            shutil.move(kept, path)
        return data


def _narrow(python: str) -> list[str]:
    """Ask for a wheel of one Python on Linux, without what it depends on."""
    platforms = [part for name in PLATFORMS for part in ("--platform", f"{name}_x86_64")]
    return ["--no-deps", "--only-binary", ":all:", "--python-version", python, *platforms]


def _release(installed: Any, python: str) -> Release:
    """Read one entry of the report. Raises KeyError and the like where it has another shape."""
    metadata, archive = installed["metadata"], installed["download_info"]["archive_info"]
    sha256 = archive.get("hashes", {}).get("sha256") or archive["hash"].removeprefix("sha256=")
    # Of one wheel installers say `keras_hub`, `keras-hub` or `Keras-Hub`, each by its age.
    name, version = canonicalize_name(metadata["name"]), metadata["version"]
    Version(version)  # raises ValueError, where it is none that can be ordered
    # Both become part of a file's name.
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not re.fullmatch(r"[\w.+-]+", f"{name}-{version}"):
        raise ValueError(sha256)
    return Release(name, version, sha256, python)


def _believe(release: Release, said: InstallerRun, wanted: str) -> Release:
    """Refuse what is no release or came of a page that anybody can have written; else note what was taken back."""
    if Version(release.version).is_prerelease:
        raise Changed(INDEX, f"it has only pre-releases of {wanted}")
    if leads_into_the_open(said.log):
        raise Changed(INDEX, "it leads to an address without encryption, which is not believed")
    later = [one for one in list_final(said.log, wanted) if Version(one) > Version(release.version)]
    return replace(release, withdrawn=tuple(later))


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
