"""
Wheels straight from the stand-in's shelf, for tests of what is made of them.

The installer takes half a second for each question; that it is asked rightly, test_wheels.py says.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatch

from analytics.errors import Changed
from analytics.sources.installer_words import INDEX
from analytics.sources.wheels import Release
from analytics.sources.zipped import Opened, open_zip
from tests.loopback.package_index import PackageIndex


class WheelShelf:
    """Does what `Wheels` does, without an installer and a folder."""

    def __init__(self, index: PackageIndex) -> None:
        self._index = index

    def find(self, name: str, version: str | None = None, pythons: Sequence[str] = ()) -> Release:
        """Find the newest release, or the one of a version."""
        del pythons
        found = [release for release in self._releases(name) if fnmatch(release.version, version or "*")]
        if not found:
            raise Changed(INDEX, f"it has no wheel of {name}")
        return max(found, key=lambda release: [int(number) for number in re.findall(r"\d+", release.version)])

    def read(self, release: Release, wanted: Callable[[str], bool]) -> Opened:
        """Read files of a release as text."""
        name = f"{release.name.replace('-', '_')}-{release.version}-py3-none-any.whl"
        return open_zip(self._index.files[f"/files/{name}"], wanted, f"{release.name} {release.version}")

    def keep_only(self, releases: Sequence[Release]) -> None:
        """Keep nothing anyway."""

    def _releases(self, name: str) -> list[Release]:
        files = self._index.files.items()
        told = [
            (re.fullmatch(rf"/files/{name.replace('-', '_')}-([\d.]+)-.*\.whl", path), data) for path, data in files
        ]
        return [Release(name, match[1], hashlib.sha256(data).hexdigest(), "3.12") for match, data in told if match]
