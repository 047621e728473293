"""
Write manifest.workflow.json: manifest.json with the workflow step, which is described in `bot/steps/step_manifest.py`.

Run it after a change of either; a test holds the two files together.
"""

import json
from pathlib import Path

from bot.steps.step_manifest import add_step

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write the file."""
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    written = json.dumps(add_step(manifest), indent=2, ensure_ascii=False)
    (ROOT / "manifest.workflow.json").write_text(f"{written}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
