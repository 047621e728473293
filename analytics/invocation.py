"""How a command of this program is typed where it was started, its version, and what a program gets that it starts."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

NAME = "frameworks"

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
ALLOWED_FAMILIES = ("LC_", "XDG_")
"""What any program has use for that we start: where things are, how the network is reached. Nothing else."""


def allow_environment(given: Mapping[str, str], families: Sequence[str] = ()) -> dict[str, str]:
    """Keep what a program may see that we start, and what begins with one of `families`: any other may be a secret."""
    allowed = (*ALLOWED_FAMILIES, *families)
    return {name: value for name, value in given.items() if name.upper() in ALLOWED or name.upper().startswith(allowed)}


def own_version() -> str:
    """Give the version that is installed."""
    try:
        return metadata.version("frameworks-bot")
    except metadata.PackageNotFoundError:  # from a checkout that is not installed
        return "unreleased"


def command(words: str, started: str | None = None, interpreter: str = sys.executable) -> str:
    """Write a command that works if it is typed as it stands; `started` is what the shell was told to run."""
    program = sys.argv[0] if started is None else started
    if Path(program).stem != NAME:
        return f"{_from_here(interpreter)} -m analytics {words}".rstrip()
    return f"{NAME if shutil.which(NAME) else _from_here(program)} {words}".rstrip()


def _from_here(program: str) -> str:
    """Leave out the working folder: `.venv/bin/python`."""
    path, here = Path(program), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
