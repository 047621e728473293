"""
The peer of `benchmarks/fresh_pictures.py`: a plain Bolt app that draws four bars with pyplot in its listener.

As short as a tutorial would have it: no source is asked and nothing is counted. The picture is as wide as ours.
"""

import io
import os
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

mpl.use("agg")
app = App(client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))


@app.command("/frameworks")
def answer(ack: Callable[[], Any], command: dict[str, Any], client: WebClient) -> None:
    """Acknowledge, draw, upload and post."""
    ack()
    words = command["text"]
    uploaded = client.files_upload_v2(file=draw(words), filename="top.png", title=words)
    image = {"type": "image", "slack_file": {"id": uploaded["files"][0]["id"]}, "alt_text": words}
    client.chat_postMessage(channel=command["channel_id"], text=words, blocks=[image])


def draw(words: str) -> bytes:
    """Draw four bars, 1200 pixels wide."""
    figure, axes = plt.subplots(figsize=(6, 4), dpi=200)
    axes.bar(["PyTorch only", "TensorFlow only", "both", "neither"], [19, 0, 9, 2])
    axes.set_title(words)
    file = io.BytesIO()
    figure.savefig(file)
    plt.close(figure)
    return file.getvalue()


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
