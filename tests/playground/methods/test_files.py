"""Uploads: three steps, then processing, and only then a picture that can be shown."""

from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.server import Playground
from tests.playground.refused_calls import refusal

Upload = Callable[..., str]
Fetch = Callable[..., tuple[int, bytes]]


def picture(file_id: str) -> list[dict[str, Any]]:
    """Make a picture of an uploaded file."""
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "A chart"}]


def test_a_file_is_processed_before_it_shows(
    playground: Playground, client: WebClient, upload: Upload, general: str
) -> None:
    """Until then files.info knows no type and no shares, and the channel shows nothing."""
    file_id = upload(processed=False, channel=general, initial_comment="Look", alt_txt="A chart")
    early = client.files_info(file=file_id)["file"]
    assert ("mimetype" in early, "shares" in early, playground.messages()) == (False, False, [])
    playground.advance(2)
    file = client.files_info(file=file_id)["file"]
    assert (file["mimetype"], file["original_w"], file["thumb_360_h"]) == ("image/png", 1200, 240)
    assert file["shares"]["public"][general][0]["ts"] == playground.messages()[0].ts
    assert playground.messages()[0].text == "Look"


def test_a_picture_in_processing_is_an_invalid_slack_file(
    playground: Playground, client: WebClient, upload: Upload, general: str
) -> None:
    """The same blocks are refused first and taken later."""
    file_id = upload(processed=False)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=general, text="x", blocks=picture(file_id))
    assert caught.value.response["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    playground.advance(2)
    assert client.chat_postMessage(channel=general, text="x", blocks=picture(file_id))["ok"]


def test_a_file_of_another_workspace_is_invalid(playground: Playground, upload: Upload) -> None:
    """Nor can its description be read."""
    file_id = upload()
    other = WebClient(playground.other_workspace.bot_token, base_url=playground.api_url, retry_handlers=[])
    general = next(c.id for c in playground.world.channels.values() if c.team_id == playground.other_workspace.id)
    assert refusal(other.chat_postMessage, channel=general, text="x", blocks=picture(file_id)) == "invalid_blocks"
    assert refusal(other.files_info, file=file_id) == "file_not_found"


def test_what_is_no_picture_cannot_be_shown_as_one(playground: Playground, client: WebClient, general: str) -> None:
    """Bytes that only call themselves a PNG are not one."""
    file_id = client.files_upload_v2(content="rank,model", filename="chart.png")["files"][0]["id"]
    playground.advance(2)
    assert refusal(client.chat_postMessage, channel=general, text="x", blocks=picture(file_id)) == "invalid_blocks"


def test_the_same_bytes_come_back_to_whoever_has_the_token(
    playground: Playground, client: WebClient, upload: Upload, fetch: Fetch
) -> None:
    """url_private answers 401 without a token."""
    file = client.files_info(file=upload())["file"]
    status, content = fetch(file["url_private"], Authorization=f"Bearer {playground.bot_token}")
    assert (status, len(content), content[:4]) == (200, file["size"], b"\x89PNG")
    assert fetch(file["url_private"])[0] == 401


def test_files_go_only_where_the_bot_is_by_id(
    playground: Playground, client: WebClient, upload: Upload, general: str
) -> None:
    """Names and people are invalid_arguments, strangers' channels refused, unknown ids not there."""
    errors = {
        upload_to: refusal(client.files_upload_v2, channel=upload_to, content="x", filename="a.txt")
        for upload_to in ("general", playground.user("ann").id, "C0UNKNOWN", playground.channel("random").id)
    }
    assert list(errors.values()) == ["invalid_arguments"] * 2 + ["channel_not_found", "not_in_channel"]
    assert upload(channel=general, thread_ts=playground.write("hello").ts)


def test_the_first_step_refuses_what_it_cannot_take(playground: Playground, client: WebClient) -> None:
    """No bytes, too long an alt text, uploads switched off."""
    ask = client.files_getUploadURLExternal
    assert refusal(ask, filename="a.png", length=0) == "missing_argument"
    assert refusal(ask, filename="a.png", length=1, alt_txt="x" * 1001) == "alt_txt_too_large"
    playground.faults.uploads_disabled = True
    assert refusal(ask, filename="a.png", length=1) == "file_uploads_disabled"


def test_the_second_step_wants_the_announced_length(client: WebClient, fetch: Fetch) -> None:
    """Other bytes than announced fail, and the third step finds no file."""
    told = client.files_getUploadURLExternal(filename="a.png", length=5)
    assert fetch(str(told["upload_url"]), b"123")[0] == 400
    third = client.files_completeUploadExternal
    assert refusal(third, files=[{"id": told["file_id"], "title": "a"}]) == "file_not_found"
    assert refusal(third, files=[{"id": "F0UNKNOWN", "title": "a"}]) == "file_not_found"


def test_a_failing_second_step_surfaces_as_an_http_error(playground: Playground, upload: Upload) -> None:
    """The SDK does not turn it into a SlackApiError."""
    playground.faults.server_error("upload")
    with pytest.raises(HTTPError) as caught:
        upload()
    caught.value.close()


def test_a_share_may_never_appear(playground: Playground, client: WebClient, upload: Upload, general: str) -> None:
    """The upload says ok, and the channel stays empty for good."""
    playground.faults.shares_never_appear = True
    file_id = upload(channel=general)
    playground.advance(3600)
    playground.settled()
    assert client.files_info(file=file_id)["file"]["shares"] == {}
    assert playground.messages() == []
