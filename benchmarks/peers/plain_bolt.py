"""
The peer of `benchmarks/load.py`: a plain Bolt app that answers in its listener, as the tutorials show it.

It asks the Hub, counts with pandas, draws with matplotlib, uploads and posts, one command after the other on Bolt's own
threads. Run as a process with the bot's environment: SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL, HF_ENDPOINT.
"""

import io
import os
import re
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import pandas as pd
from huggingface_hub import HfApi
from matplotlib.figure import Figure
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

mpl.use("agg")
api = HfApi(endpoint=os.environ["HF_ENDPOINT"], token=False)
app = App(client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))


@app.command("/frameworks")
def answer(ack: Callable[[], Any], command: dict[str, Any], client: WebClient) -> None:
    """Acknowledge and answer."""
    ack()
    words = command["text"]
    n = int((re.search(r"\d+", words) or ["30"])[0])
    shares = count(n)
    asked = f"<@{command['user_id']}> asked `/frameworks {words}`"
    uploaded = client.files_upload_v2(file=draw(shares), filename="top.png", title=words)
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"{shares.to_dict()} {asked}"}},
        {"type": "image", "slack_file": {"id": uploaded["files"][0]["id"]}, "alt_text": words},
    ]
    client.chat_postMessage(channel=command["channel_id"], text=f"top {n} {asked}", blocks=blocks)


def count(n: int) -> "pd.Series[int]":
    """Ask for the models and count the two tags."""
    models = api.list_models(sort="downloads", limit=n)
    tags = pd.DataFrame({"tags": [model.tags or [] for model in models]})["tags"]
    both = {name: tags.apply(lambda has, tag=tag: tag in has) for name, tag in (("PyTorch", "pytorch"), ("TF", "tf"))}
    return pd.DataFrame(both).sum()


def draw(shares: "pd.Series[int]") -> bytes:
    """Draw bars."""
    figure = Figure(figsize=(8, 4.5), dpi=200)
    shares.plot.barh(ax=figure.subplots())
    file = io.BytesIO()
    figure.savefig(file)
    return file.getvalue()


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
