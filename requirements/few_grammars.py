"""
None of the grammars of addresses in all scripts: jsonschema compiles them in 1.4 s, and parses an address in 25 ms.

What lists our parts brings them (jsonschema[format-nongpl]) and took 13 of 15 s for the addresses that packages name.
Nothing of ours asks whether a text is such an address, and what is installed to run has no such grammars. It is to be
imported before jsonschema; run with words, it is cyclonedx-bom without them.
"""

import runpy
import sys

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

if __name__ == "__main__":
    runpy.run_module("cyclonedx_py", run_name="__main__", alter_sys=True)
