"""A healthy set-up of the bot as a process of its own, for tests that change a part of it."""

import os
from pathlib import Path

from playground.server import Playground

ROOT = Path(__file__).parents[2]


def environment(playground: Playground, folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """Give a healthy set-up, changed by `settings`."""
    return {
        "PYTHONPATH": str(ROOT),
        "PATH": os.defpath,
        "HOME": str(folder),
        "FRAMEWORKS_HOME": str(folder / "home"),
        "HF_ENDPOINT": "http://127.0.0.1:9",
        "COLLECT": "off",
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_API_URL": playground.api_url,
        **settings,
    }
