"""Memory that is free is returned: pieces of megabytes, freed between pieces that stay, are gone from the process."""

import subprocess
import sys

import pytest

from bot.runtime.memory import give_back

SCRIPT = """
import re, sys
from pathlib import Path
from bot.runtime.memory import give_back, keep_little

def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

if sys.argv[1] == "kept little":
    assert keep_little({})
first = resident()
del (pieces := [bytearray(20_000_000)])[:]
pieces = [bytearray(1_000_000) for _ in range(200)]
stay = pieces[::10]
del pieces
print(resident() - first)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is asked")
def test_what_is_free_is_returned_at_once() -> None:
    """Two hundred megabytes, of which twenty stay; without being asked glibc keeps them all."""
    kept = {
        way: float(subprocess.run([sys.executable, "-c", SCRIPT, way], capture_output=True, check=True).stdout)
        for way in ("kept little", "as it comes")
    }

    assert kept["kept little"] < 40
    assert kept["as it comes"] > 150


def test_giving_back_hurts_nowhere() -> None:
    """It may be called at any time, on any system."""
    give_back()


def test_what_was_imported_is_not_searched_for_garbage_again() -> None:
    """Set aside once it is there; what comes after is still collected."""
    script = (
        "import gc, weakref\n"
        "from bot.runtime.memory import give_back, set_aside\n"
        "set_aside()\n"
        "class Loop: pass\n"
        "loop = Loop(); loop.itself = loop; gone = weakref.ref(loop); del loop\n"
        "gc.disable(); give_back()\n"
        "print(gc.get_freeze_count() > 1000, gone() is None)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)

    assert told.stdout == "True True\n"
