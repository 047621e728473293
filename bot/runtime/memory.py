"""
What the C library does with memory that was given back: keep little of it.

By default glibc gives some sixteen threads an arena each and keeps, once a large piece was freed, all that are smaller.
Pictures and tables are made of pieces of megabytes, on many threads: of 285 MB after 400 answers a quarter was free
(docs/performance.md). Other C libraries are left alone.
"""

import ctypes
import gc
import sys
from collections.abc import MutableMapping
from typing import Any

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""Names of glibc's, from malloc.h."""

LARGE = 256 * 1024
"""Bytes from which on a piece is returned as soon as it is free."""

ARENAS = 1
"""One interpreter, of which one thread works at a time: hardly ever do two ask for memory at once."""


def keep_little(environ: MutableMapping[str, str]) -> bool:
    """Let what is free be returned; tell whether the C library can. To be called before threads start."""
    environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # pandas' texts; its own pool keeps for each thread
    mallopt = _glibc("mallopt")
    wanted = ((M_MMAP_THRESHOLD, LARGE), (M_TRIM_THRESHOLD, LARGE), (M_ARENA_MAX, ARENAS))
    return mallopt is not None and all(mallopt(name, value) for name, value in wanted)


def set_aside() -> None:
    """Let the search for cyclic garbage pass over what is there now: it is what was imported, and stays."""
    gc.freeze()


def give_back() -> None:
    """Return what is free between pieces in use, and look for garbage first where that is quickly done."""
    if gc.get_freeze_count():
        gc.collect()
    if trim := _glibc("malloc_trim"):
        trim(0)


def _glibc(name: str) -> Any | None:
    """Find one of its functions; None where another C library is in use."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
