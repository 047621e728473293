"""Archives from outside: bounded, read as text, refused when they mislead."""

import datetime as dt
import io
import stat
import zipfile

import pytest

from analytics.errors import Changed
from analytics.sources.zipped import open_zip
from tests.loopback.package_index import zipped


def everything(_: str) -> bool:
    """Ask for every file."""
    return True


def test_reads_what_is_asked_for_with_day_and_comment() -> None:
    """Paths, texts, the day of the newest file, the commit that GitHub writes as a comment."""
    data = zipped({"hub-master/a.md": "ä", "hub-master/b.py": "x"}, b"c7895df")

    read = open_zip(data, lambda path: path.endswith(".md"), "here", inside=True)

    assert (dict(read.texts), read.day, read.comment) == ({"a.md": "ä"}, dt.date(2026, 11, 1), "c7895df")


def test_a_made_up_day_is_none() -> None:
    """Builds that want to be the same every time stamp 1980 or 2016: that says nothing of a release."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.py", (2016, 1, 1, 0, 0, 0)), "x")

    assert open_zip(packed.getvalue(), everything, "here").day is None


@pytest.mark.parametrize("name", ["../a.py", "/etc/a.py", "a/../../b.py", "C:/a.py", "a\\..\\b.py"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    """No such file is in an honest release, so none of it is believed."""
    with pytest.raises(Changed, match="leads elsewhere"):
        open_zip(zipped({"good.py": "x", name: "x"}), everything, "here")


@pytest.mark.parametrize("size", [8 * 2**20 + 1, 4 * 2**20], ids=["too large", "packed too well"])
def test_a_bomb_is_refused_before_it_is_unpacked_whole(size: int) -> None:
    """Neither size nor ratio may be that of something else than source."""
    with pytest.raises(Changed, match="far more"):
        open_zip(zipped({"a.py": b"0" * size}), everything, "here")


def test_a_bomb_that_is_not_asked_for_does_not_matter() -> None:
    """Only what is asked for is unpacked."""
    assert (
        open_zip(zipped({"a.so": b"0" * 2**23, "a.py": "x"}), lambda path: path == "a.py", "here").texts["a.py"] == "x"
    )


def test_links_are_passed_over() -> None:
    """What a link points to is no part of the release."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("link.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    assert not open_zip(packed.getvalue(), everything, "here").texts


@pytest.mark.parametrize("data", [b"", b"<html>", zipped({"a.py": "x" * 500})[:90]], ids=["empty", "page", "cut off"])
def test_what_is_no_archive_is_said_to_be_none(data: bytes) -> None:
    """A page or half a file is an error of ours, not of the library."""
    with pytest.raises(Changed, match="no archive"):
        open_zip(data, everything, "here")


def test_two_files_of_one_name_are_refused() -> None:
    """Which of them counts would be a guess."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.py", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.py", "2")

    with pytest.raises(Changed, match="same name"):
        open_zip(packed.getvalue(), everything, "here")


def test_too_many_files_are_refused_before_they_are_listed() -> None:
    """An empty entry takes 46 bytes in the archive and half a kilobyte in memory."""
    with pytest.raises(Changed, match="more than 50,000 files"):
        open_zip(b"PK\x01\x02" * 50_001, everything, "here")


def test_a_day_that_is_none_is_passed_over() -> None:
    """DOS wrote 0 for the month and the day of no date."""
    packed = bytearray(zipped({"a.py": "x"}))
    directory = packed.index(b"PK\x01\x02")
    packed[directory + 14 : directory + 16] = b"\0\0"

    assert open_zip(bytes(packed), everything, "here").texts["a.py"] == "x"
