"""
A zip from outside, opened in memory and read as text: bounded, nothing unpacked to disk, nothing run.

A wheel and a repository's archive are both such a file. What it says of itself (sizes, names) is not believed.
"""

import datetime as dt
import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from analytics.errors import Changed

MOST_MEMBERS = 50_000
MOST_BYTES = 8 * 2**20
"""Of one file once unpacked; the longest that is read (timm's vision transformers) has 0.2 MB."""
MOST_TOGETHER = 128 * 2**20
MOST_RATIO = 200
"""Unpacked to packed; source text reaches 10, the most deflate can do is 1,032."""
SMALL = 64 * 2**10
"""Bytes below which the ratio says nothing: an almost empty file packs well."""

EARLIEST = dt.date(2017, 1, 1)
"""Builds that want to be the same every time stamp their files 1980 or 2016; such a date is none."""

ENTRY = b"PK\x01\x02"
"""What begins each entry of the directory at the end (APPNOTE 4.3.12)."""

ENCRYPTED = 0x1
KNOWN_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Opened:
    """
    Path -> text of the files asked for, the day of the newest file (None if not told), the archive's comment.

    `names` are the paths of all files in it.
    """

    texts: Mapping[str, str]
    day: dt.date | None
    comment: str
    names: tuple[str, ...] = ()


def open_zip(data: bytes, wanted: Callable[[str], bool], where: str, *, inside: bool = False) -> Opened:
    """
    Read the files whose path is `wanted`; `inside`: paths are those within the one folder everything lies in.

    Raises:  Changed, with what is wrong of it, for a damaged, oversized, encrypted or misleading archive.
    """
    if data.count(ENTRY) > MOST_MEMBERS:  # before a list of them is made, which takes half a kilobyte an entry
        raise Changed(where, f"it holds more than {MOST_MEMBERS:,} files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive, where)
            # The newest over all files: those counted may be older than the release.
            day = max((_day(member) for member in members), default=dt.date.min)
            texts = dict(_read(archive, members, _within(wanted) if inside else wanted, where))
            comment = archive.comment.decode("ascii", "replace")
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as trouble:
        raise Changed(where, f"it is no archive that can be read ({type(trouble).__name__})") from None
    texts = {path.partition("/")[2]: text for path, text in texts.items()} if inside else texts
    names = tuple(member.filename for member in members if not member.is_dir())
    return Opened(texts, day if day >= EARLIEST else None, comment, names)


def _day(member: zipfile.ZipInfo) -> dt.date:
    try:
        return dt.date(*member.date_time[:3])
    except ValueError:  # month and day may be 0, which DOS wrote for no date
        return dt.date.min


def _within(wanted: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda path: wanted(path.partition("/")[2])


def _members(archive: zipfile.ZipFile, where: str) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len({member.filename for member in members}) < len(members):
        raise Changed(where, "it holds two files of the same name")
    for member in members:
        if _misleading(member):
            raise Changed(where, f"it holds a file whose name leads elsewhere ({member.orig_filename[:60]!r})")
    return members


def _misleading(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    plain = "\\" not in name and "\0" not in name and ":" not in name.partition("/")[0] and not name.startswith("/")
    return not plain or posixpath.normpath(name).startswith("..") or ".." in name.split("/")


def _read(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], wanted: Callable[[str], bool], where: str
) -> Iterator[tuple[str, str]]:
    together = 0
    for member in members:
        if member.is_dir() or _is_link(member) or not wanted(member.filename):
            continue
        text = _text(archive, member, where)
        together += len(text)
        if together > MOST_TOGETHER:
            raise Changed(where, f"it unpacks to more than {MOST_TOGETHER // 2**20} MB")
        yield member.filename, text.decode("utf-8", "replace")


def _is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def _text(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> bytes:
    if member.flag_bits & ENCRYPTED or member.compress_type not in KNOWN_PACKING:
        raise Changed(where, f"{member.filename} is packed in a way we do not read")
    with archive.open(member) as file:
        text = file.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES or (len(text) > SMALL and len(text) > MOST_RATIO * max(1, member.compress_size)):
        raise Changed(where, f"{member.filename} unpacks to far more than a source file has")
    return text
