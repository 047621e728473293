"""
Folders that lie on another machine: SQLite's log beside the file (WAL) does not work there, and locks may not hold.

Linux tells the kind of every file system it has mounted, Windows by how a path begins; elsewhere nothing is known.
"""

from pathlib import Path, PureWindowsPath

from analytics.errors import DatabaseTrouble

MOUNTS = Path("/proc/self/mountinfo")

KINDS = frozenset(
    (
        *("9p", "acfs", "afs", "afpfs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "fakeowner", "gfs", "gfs2"),
        *("glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "osxfs", "panfs", "prl_fs"),
        *("pvfs2", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs", "webdav"),
    )
)
"""File systems that are served by another machine, or by the host of a virtual one."""

OF_FUSE = ("fuse.", "fuseblk.")
HARMLESS = frozenset(("fuse.ext2", "fuse.ext4", "fuse.fuse-overlayfs", "fuse.ntfs", "fuse.ntfs-3g", "fuse.zfs"))
"""Of those that a program serves, these rest on a disk here; sshfs, s3fs, rclone and their like do not."""


def kind_of_network(folder: Path, mounts: str) -> str:
    """Name the network's file system that holds a folder; nothing if it is a disk of this machine, or not known."""
    if PureWindowsPath(folder).drive.startswith("\\\\"):
        return "a Windows share"
    kind = find_kind(folder, mounts)
    is_remote = kind in KINDS or (kind.startswith(OF_FUSE) and kind not in HARMLESS)
    return kind if is_remote else ""


def warn_of_network(path: Path, mounts: Path = MOUNTS) -> DatabaseTrouble | None:
    """Say that a file lies on a network drive, and what to do; nothing where it does not."""
    if not (kind := kind_of_network(path, read_mounts(mounts))):
        return None
    return DatabaseTrouble(
        f"{path} lies on a network drive ({kind}), where SQLite's locks may not hold and the file can be damaged.",
        "Set FRAMEWORKS_HOME to a folder on a disk of this machine, or DATABASE_URL to a PostgreSQL database.",
    )


def read_mounts(mounts: Path = MOUNTS) -> str:
    """Read what is mounted where; nothing on systems that do not tell."""
    try:
        return mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def find_kind(folder: Path, mounts: str) -> str:
    """Find what is mounted nearest above a folder; of two mounted at one place the later hides the earlier."""
    place, nearest, kind = folder.resolve(), -1, ""
    for line in mounts.splitlines():
        head, _, tail = line.partition(" - ")
        if len(head.split()) < 5 or not tail:  # noqa: PLR2004 - the fifth word is the place
            continue
        mounted = Path(_unescape(head.split()[4]))
        if len(mounted.parts) >= nearest and place.is_relative_to(mounted):
            nearest, kind = len(mounted.parts), tail.split()[0]
    return kind


def _unescape(word: str) -> str:
    """Read what the kernel writes for characters that would divide the line, a space for one."""
    for escaped, meant in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        word = word.replace(escaped, meant)
    return word
