"""
Write the other manifests from manifest.json.

manifest.workflow.json has the workflow step (`bot/steps/step_manifest.py`), manifest.oauth.json is for many workspaces
by HTTP (`bot/workspaces/oauth_manifest.py`), manifest.oauth.workflow.json is both. Run it after a change of any; tests
hold the files together.
"""

import json
from pathlib import Path

from bot.steps.step_manifest import add_step
from bot.workspaces.oauth_manifest import serve_many

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write the files."""
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    many = serve_many(manifest)
    for name, described in (("workflow", add_step(manifest)), ("oauth", many), ("oauth.workflow", add_step(many))):
        written = json.dumps(described, indent=2, ensure_ascii=False)
        (ROOT / f"manifest.{name}.json").write_text(f"{written}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
