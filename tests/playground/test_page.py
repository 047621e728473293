"""The page in a real browser: what a person without a workspace sees and does."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from slack_bolt import App
from slack_sdk import WebClient

from bot.blocks import commands
from playground.server import Playground
from tests.playground.tabs import Tabs

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Fetch = Callable[..., tuple[int, bytes]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Tabs]:
    """Start the browser once; without one there is nothing to look with."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}; set CHROMIUM to a chromium")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS]) as started,
    ):
        yield Tabs(started)


@pytest.fixture
def page(browser: Tabs, playground: Playground) -> Iterator[Page]:
    """Open the page in Tokyo; any error in its script, any request elsewhere, fails the test."""
    with browser.lend(1200, zone="Asia/Tokyo") as opened, watched(opened, playground.url) as faults:
        opened.goto(playground.url)
        expect(opened.get_by_role("heading", level=2)).to_contain_text("#general")
        yield opened
    assert faults == []


@contextmanager
def watched(page: Page, address: str) -> Iterator[list[str]]:
    """Gather the errors of a page's script and its requests to other addresses, until it is left."""
    faults: list[str] = []
    listeners: dict[Any, Callable[[Any], None]] = {
        "pageerror": lambda error: faults.append(str(error)),
        "console": lambda said: faults.append(said.text) if said.type == "error" else None,
        "request": lambda asked: None if asked.url.startswith(address) else faults.append(asked.url),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    yield faults
    page.evaluate("1")  # what happened before comes before its answer
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def log(page: Page) -> Any:
    """Give the log of messages."""
    return page.get_by_role("log", name="Messages")


def type_in(page: Page, words: str) -> None:
    """Type words and send them by keyboard."""
    page.get_by_label("Message or command").fill(words)
    page.keyboard.press("Enter")


def table(rows: int) -> dict[str, Any]:
    """Make a table of models, the most downloaded in the middle."""
    head = [{"type": "raw_text", "text": "Model"}, {"type": "raw_text", "text": "Downloads"}]
    downloads = [99 if n == 15 else n for n in range(1, rows + 1)]
    body = [
        [{"type": "raw_text", "text": f"m{n:02}"}, {"type": "raw_number", "value": value, "text": f"{value}K"}]
        for n, value in enumerate(downloads, 1)
    ]
    return {"type": "data_table", "caption": "Top models", "page_size": 10, "rows": [head, *body]}


# ------------------------------------------------------------------------------------------------------------- the door


def test_only_this_machine_and_only_the_page_itself_may_ask(playground: Playground, fetch: Fetch) -> None:
    """A foreign name for 127.0.0.1 is refused everywhere, a foreign page on the page's own routes."""
    assert fetch("/", Host="evil.example")[0] == 403
    assert fetch("/api/auth.test", b"", Host="evil.example:80")[0] == 403
    say = b'{"text": "/frameworks top30", "channel": "general", "user": "ann"}'
    foreign = {"Content_Type": "application/json", "Origin": "https://evil.example"}
    assert fetch("/page/say", say, **foreign)[0] == 403
    assert fetch("/page/say", say, Content_Type="text/plain")[0] == 403
    playground.settled()
    assert playground.deliveries() == []


# -------------------------------------------------------------------------------------------------------- in a browser


MARKED = """async () => [innerWidth, localStorage.length, sessionStorage.length, document.cookie,
    matchMedia('(prefers-color-scheme: dark)').matches,
    (await navigator.permissions.query({name: 'clipboard-read'})).state]"""


@pytest.mark.browser
def test_a_tab_that_is_lent_again_keeps_nothing_of_before(browser: Tabs, playground: Playground) -> None:
    """Not even on the same site: neither size, colours, storage, cookies, permissions nor what was opened beside it."""
    with browser.lend(360, scheme="dark", zone="Asia/Tokyo") as first:
        first.goto(playground.url)
        first.context.grant_permissions(["clipboard-read"], origin=playground.url)
        first.evaluate("localStorage.a = sessionStorage.a = document.cookie = 'a=1'; void open('about:blank')")
        assert first.evaluate(MARKED) == [360, 1, 1, "a=1", True, "granted"]

    with browser.lend(zone="Asia/Tokyo") as again:
        again.goto(playground.url)
        assert again.evaluate(MARKED) == [1280, 0, 0, "", False, "prompt"]
        assert (again, again.context.pages) == (first, [first])


@pytest.mark.browser
def test_an_empty_channel_teaches_by_example(page: Page, playground: Playground) -> None:
    """The first thing seen is what can be asked; an example is typed by a click and sent by Enter."""
    log(page).get_by_role("button", name="/frameworks top30", exact=True).click()
    expect(page.get_by_label("Message or command")).to_have_value("/frameworks top30")
    expect(page.get_by_text("No bot is connected")).to_be_visible()
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("/frameworks failed with the error “dispatch_failed”")
    expect(log(page)).to_contain_text("Only visible to you")
    assert playground.deliveries("slash_commands")[0].payload["text"] == "top30"


@pytest.mark.browser
def test_what_others_wrote_never_becomes_markup(page: Page, playground: Playground, client: WebClient) -> None:
    """Tags stay text, marks become looks, links leave safely, times stand in the reader's zone."""
    words = (
        "*29 of 30* _both_ `a*b*` &lt;img src=x onerror=alert(1)&gt; <https://hf.co|the *Hub*> <javascript:alert(1)|no>"
    )
    client.chat_postMessage(channel=playground.channel("general").id, text=f"{words} <!date^1795435200^{{time}}|12:00>")
    expect(log(page).locator("strong").first).to_have_text("29 of 30")
    expect(log(page).locator("code")).to_have_text("a*b*")
    expect(log(page)).to_contain_text("<img src=x onerror=alert(1)>")
    expect(log(page).get_by_role("link")).to_have_count(1)
    expect(log(page)).to_contain_text("21:00")


@pytest.mark.browser
@pytest.mark.parametrize(("unit", "made"), [("*a* ", "strong"), ("<https://hf.co> ", "a")])
def test_a_message_of_marks_alone_is_drawn(page: Page, playground: Playground, unit: str, made: str) -> None:
    """However many there are: each is drawn, and the page goes on."""
    playground.write(unit * (40_000 // len(unit)))
    expect(log(page).locator(made)).to_have_count(40_000 // len(unit))


@pytest.mark.browser
def test_a_table_sorts_and_pages(page: Page, playground: Playground, client: WebClient) -> None:
    """Ten rows of thirty, the next ten by a click, the largest first by another."""
    client.chat_postMessage(channel=playground.channel("general").id, text="x", blocks=[table(30)])
    rows = page.get_by_role("table", name="Top models").locator("tbody tr")
    expect(rows).to_have_count(10)
    page.get_by_role("button", name="Next").click()
    expect(rows.first).to_contain_text("m11")
    page.get_by_role("button", name="Downloads").click()
    expect(rows.first.get_by_role("rowheader")).to_have_text("m15")
    expect(page.get_by_role("columnheader", name="Downloads")).to_have_attribute("aria-sort", "descending")


@pytest.mark.browser
def test_pictures_have_words_and_can_be_enlarged(
    page: Page, playground: Playground, client: WebClient, upload: Callable[..., str]
) -> None:
    """The alternative text is on the picture, and under it when enlarged; Escape closes it."""
    picture = {"type": "image", "slack_file": {"id": upload()}, "alt_text": "29 of 30 models"}
    client.chat_postMessage(channel=playground.channel("general").id, text="x", blocks=[picture])
    log(page).get_by_role("button", name="29 of 30 models").click()
    expect(page.get_by_role("dialog")).to_contain_text("29 of 30 models")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.browser
def test_charts_are_drawn_with_their_numbers_in_words(page: Page, playground: Playground, client: WebClient) -> None:
    """Pie, bars, lines and areas; a screen reader hears every value."""
    axes = {"categories": ["2025", "2026"]}
    series = [{"name": "PyTorch", "data": [{"label": "2025", "value": 20}, {"label": "2026", "value": 29}]}]
    charts = [{"type": kind, "series": series, "axis_config": axes} for kind in ("bar", "line", "area")]
    charts.append({"type": "pie", "segments": [{"label": "PyTorch", "value": 29}, {"label": "both", "value": 9}]})
    for chart in charts:
        block = {"type": "data_visualization", "title": "Share", "chart": chart}
        client.chat_postMessage(channel=playground.channel("general").id, text="x", blocks=[block])
    expect(page.get_by_role("img", name="PyTorch: 2025 20, 2026 29")).to_have_count(3)
    expect(page.get_by_role("img", name="PyTorch 29; both 9")).to_be_visible()


@pytest.mark.browser
def test_a_button_rests_until_it_is_acknowledged_and_warns_if_it_is_not(
    page: Page, playground: Playground, client: WebClient, connect_mute: Callable[[], Any]
) -> None:
    """A click that nobody acknowledges leaves a warning on the button after three seconds."""
    connect_mute()
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Share"}}
    blocks = [{"type": "actions", "elements": [button]}]
    client.chat_postMessage(channel=playground.channel("general").id, text="x", blocks=blocks)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="Share")).to_be_disabled()
    playground.advance(3)
    warning = "The bot did not acknowledge this within three seconds."
    expect(page.get_by_role("button", name="Share")).to_have_attribute("title", warning)


@pytest.mark.browser
def test_an_answer_is_read_from_its_beginning_whatever_came_with_it(
    page: Page, playground: Playground, client: WebClient
) -> None:
    """What stands in its thread, or is told to the asker alone, does not push the finding out of sight."""
    channel = playground.channel("general").id
    client.chat_postMessage(channel=channel, text="from before")
    expect(log(page)).to_contain_text("from before")
    finding = {"type": "header", "text": {"type": "plain_text", "text": "The finding"}}
    answer = client.chat_postMessage(channel=channel, text="x", blocks=[finding, table(80) | {"page_size": 80}])
    client.chat_postMessage(channel=channel, text="in its thread" + "\nmore" * 80, thread_ts=answer["ts"])
    expect(log(page)).to_contain_text("in its thread")
    expect(log(page).get_by_role("heading", name="The finding")).to_be_in_viewport()


@pytest.mark.browser
def test_arrow_up_brings_back_what_was_typed(page: Page) -> None:
    """As in a shell: the last line first, then the one before."""
    type_in(page, "first")
    type_in(page, "second")
    expect(log(page)).to_contain_text("second")
    box = page.get_by_label("Message or command")
    box.press("ArrowUp")
    expect(box).to_have_value("second")
    box.press("ArrowUp")
    expect(box).to_have_value("first")


@pytest.mark.browser
def test_words_become_events_where_slack_makes_them_so(page: Page, playground: Playground) -> None:
    """In a direct message all words, in a channel those that mention the bot; an invitation lets it in."""
    type_in(page, "@frameworks top30 <b>")
    expect(log(page)).to_contain_text("@frameworks top30 <b>")
    page.get_by_role("button", name="frameworks", exact=True).click()
    type_in(page, "help")
    expect(log(page)).to_contain_text("help")
    playground.wait_for(lambda: len(playground.deliveries("events_api")) >= 2)
    events = [delivery.payload["event"] for delivery in playground.deliveries("events_api")]
    assert [(event["type"], event["text"][-8:]) for event in events] == [
        ("app_mention", "lt;b&gt;"),
        ("message", "help"),
    ]
    page.get_by_role("button", name="#random").click()
    type_in(page, "/invite @frameworks")
    expect(log(page)).to_contain_text("@frameworks was added to #random.")
    assert playground.bot_user.id in playground.channel("random").members


@pytest.mark.browser
def test_a_reply_stands_under_its_message_and_an_edit_in_its_place(
    page: Page, playground: Playground, client: WebClient
) -> None:
    """Threads are indented; a change redraws the message where it was."""
    general = playground.channel("general").id
    first = client.chat_postMessage(channel=general, text="first")["ts"]
    client.chat_postMessage(channel=general, text="second")
    client.chat_postMessage(channel=general, text="reply", thread_ts=first)
    client.chat_update(channel=general, ts=first, text="first, changed")
    expect(page.get_by_role("article").nth(0)).to_contain_text("first, changed")
    expect(page.get_by_role("article").nth(1)).to_contain_text("reply")
    expect(page.get_by_role("article").nth(2)).to_contain_text("second")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_scrolls_sideways_but_a_wide_table(
    page: Page, playground: Playground, client: WebClient, width: int
) -> None:
    """On a phone the page keeps its width, and the box to type in stays on the screen."""
    page.set_viewport_size({"width": width, "height": 640})
    wide = {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 40}] * 8] * 3}
    client.chat_postMessage(channel=playground.channel("general").id, text="x", blocks=[table(30), wide])
    expect(page.get_by_role("table")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert log(page).evaluate("one => one.scrollWidth <= one.clientWidth")
    assert page.get_by_role("region", name="Table").evaluate("one => one.scrollWidth > one.clientWidth")
    expect(page.get_by_label("Message or command")).to_be_in_viewport()


@pytest.mark.browser
def test_what_is_compared_on_a_phone_keeps_its_words_whole(
    page: Page, playground: Playground, client: WebClient
) -> None:
    """A table of three columns is folded, but no word at the head of a row is broken."""
    page.set_viewport_size({"width": 360, "height": 640})
    cells = ("conversions", "yes (tag pytorch)", "ONNX, Core ML, Rust")
    rows = [[{"type": "raw_text", "text": text} for text in row] for row in (("What", "a/one", "b/two"), cells)]
    block = {"type": "data_table", "caption": "Two", "rows": rows, "row_header_column_index": 0}
    client.chat_postMessage(channel=playground.channel("general").id, text="x", blocks=[block])

    head = page.get_by_role("rowheader", name="conversions")
    expect(head).to_be_visible()
    lines = (
        "one => { const all = document.createRange(); all.selectNodeContents(one); return all.getClientRects().length }"
    )
    assert head.evaluate(lines) == 1


def test_a_form_is_filled_in_by_keyboard_and_says_what_is_wrong(
    page: Page, playground: Playground, connect: Any, app: App
) -> None:
    """Opened over the conversation, drawn once, an error beside its field, gone when accepted; Escape closes it."""
    view = {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "Weekly digest"},
        "submit": {"type": "plain_text", "text": "Subscribe"},
        "blocks": [
            {
                "type": "input",
                "block_id": "zone",
                "label": {"type": "plain_text", "text": "Time zone"},
                "element": {"type": "plain_text_input", "action_id": "value", "initial_value": "UTC"},
            }
        ],
    }
    heard: list[str] = []

    def check(ack: Any, view: Any) -> None:
        heard.append(view["state"]["values"]["zone"]["value"]["value"])
        if heard[-1] == "nowhere":
            ack(response_action="errors", errors={"zone": "There is no such zone."})
        else:
            ack()

    app.command("/frameworks")(
        lambda ack, body, client: (ack(), client.views_open(trigger_id=body["trigger_id"], view=view))
    )
    app.view("form")(check)
    connect(app)
    playground.command("/frameworks digest on")

    page.get_by_label("Time zone").fill("nowhere")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="There is no such zone.")).to_be_visible()
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Weekly digest")).to_be_hidden()
    playground.settled()
    assert heard == ["nowhere", "Europe/Berlin"]


def test_a_long_form_shows_its_buttons_on_a_phone(page: Page, playground: Playground, connect: Any, app: App) -> None:
    """Longer than the screen, it is scrolled, and how to end it stays in sight."""
    page.set_viewport_size({"width": 360, "height": 640})
    label = {"type": "plain_text", "text": "Field"}
    field = {"type": "input", "label": label, "element": {"type": "plain_text_input", "action_id": "value"}}
    title = {"type": "plain_text", "text": "Long"}
    view = {"type": "modal", "callback_id": "form", "title": title, "submit": title, "blocks": [field] * 20}
    app.command("/frameworks")(
        lambda ack, body, client: (ack(), client.views_open(trigger_id=body["trigger_id"], view=view))
    )
    connect(app)
    playground.command("/frameworks digest on")

    for name in ("Long", "Cancel"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


def test_the_clock_shows_its_minutes(page: Page) -> None:
    """A browser that writes AM and PM needs more room for the moment than one button leaves."""
    field = page.get_by_label("Clock")

    assert field.evaluate("field => field.getBoundingClientRect().width") > 180


def test_a_new_tab_does_not_bring_back_a_form(page: Page, playground: Playground, connect: Any, app: App) -> None:
    """It stays with the page that opened it; the next one is shown again."""
    title, text = {"type": "plain_text", "text": "Weekly digest"}, {"type": "plain_text", "text": "Anything"}
    view = {"type": "modal", "title": title, "blocks": [{"type": "section", "text": text}]}
    app.command("/frameworks")(
        lambda ack, body, client: (ack(), client.views_open(trigger_id=body["trigger_id"], view=view))
    )
    connect(app)
    playground.command("/frameworks digest on")
    expect(page.get_by_role("heading", name="Weekly digest")).to_be_visible()

    page.reload()
    expect(page.locator("#now")).not_to_be_empty()
    expect(page.get_by_role("heading", name="Weekly digest")).to_be_hidden()
    playground.command("/frameworks digest on")
    expect(page.get_by_role("heading", name="Weekly digest")).to_be_visible()


def test_the_clock_moves_on_to_next_monday_at_nine(page: Page, playground: Playground) -> None:
    """One click, in the reader's zone; whoever lives by this clock is told."""
    moved: list[float] = []
    playground.on_moved = lambda: moved.append(playground.now())

    page.get_by_role("button", name="Move on").click()

    expect(page.locator("#now")).to_contain_text("Mon")
    expect(page.locator("#now")).to_contain_text("09:00")
    playground.settled()
    assert len(moved) == 1


def test_moving_on_says_so_before_anything_has_come(page: Page, playground: Playground) -> None:
    """At once and while whoever lives by the clock still works; then that something came, or that nothing was due."""
    goes_on = threading.Event()
    playground.on_moved = lambda: goes_on.wait(20) and None
    page.get_by_role("button", name="Move on").click()
    expect(page.locator("#moving")).to_contain_text("Moving to Mon")

    goes_on.set()
    expect(page.locator("#moving")).to_contain_text("Nothing was due here.")
    playground.write("something")
    expect(page.locator("#moving")).to_contain_text("something has come")


@pytest.mark.browser
def test_what_is_collected_is_told_in_the_readers_zone_and_hides_no_channel(page: Page, playground: Playground) -> None:
    """Wherever the sidebar is short it scrolls as a whole: neither the list of channels nor what is told is cut."""
    told = "The papers: could not be read; the next try is at about <!date^1795940280^{date_short} {time}|in UTC>. "
    playground.tell_collecting = lambda: {"lines": [told * 3], "offer": "Read the census"}
    page.set_viewport_size({"width": 1280, "height": 640})
    playground.write("anything, so that the page looks")

    expect(page.locator("#collected")).to_contain_text("29 Nov 2026 17:18")
    cut = "one => { const box = document.querySelector(one); return box.scrollHeight - box.clientHeight }"
    assert [page.evaluate(cut, one) for one in (".side nav", "#collected")] == [0, 0]
    assert page.evaluate(cut, ".side") > 0


@pytest.mark.browser
def test_the_menu_of_a_message_keeps_its_button_small(page: Page, playground: Playground) -> None:
    """Open on a phone, too: what it offers may be wide, and not what closes it."""
    page.set_viewport_size({"width": 360, "height": 740})
    playground.write("a message")
    page.locator(".menu summary").click()
    button = page.locator(".menu[open] summary").bounding_box()

    assert button is not None
    assert button["width"] < 40


@pytest.mark.browser
def test_on_a_phone_the_conversation_has_most_of_the_screen(page: Page, playground: Playground) -> None:
    """Clock, requests and what is read wait behind one word; where there is room they stand open."""
    playground.tell_collecting = lambda: {"lines": ["The papers: being read now. " * 9], "offer": "Read"}
    playground.write("anything, so that the page looks")
    expect(page.get_by_role("button", name="Move on")).to_be_visible()

    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.get_by_role("button", name="Move on")).to_be_hidden()
    assert page.evaluate("document.querySelector('#log').getBoundingClientRect().top < innerHeight / 3")
    page.get_by_text("Move the clock on, see requests").click()
    expect(page.get_by_role("button", name="Move on")).to_be_visible()


@pytest.mark.browser
def test_on_a_phone_what_comes_next_leads_to_the_clock(page: Page, playground: Playground) -> None:
    """Once something is due in a channel, it stands beside its name; by keyboard alone it opens where the clock is."""
    page.set_viewport_size({"width": 360, "height": 740})
    coming = page.get_by_role("button", name="move the clock")
    expect(coming).to_be_hidden()
    playground.next_due = lambda _: 1_900_000_000.0
    playground.write("anything, so that the page looks")

    expect(coming).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    coming.press("Enter")
    expect(page.get_by_role("button", name="Move on")).to_be_focused()


@pytest.mark.browser
def test_a_command_is_not_broken_where_a_line_can_hold_it(page: Page, playground: Playground) -> None:
    """Whatever stands before it: it goes to the next line whole."""
    page.set_viewport_size({"width": 360, "height": 740})
    words = ["`/frameworks totals attributed`"] * 3
    playground.write(f"Try {' or '.join(words)}, or `/frameworks help`.")

    commands = log(page).locator("code")
    expect(commands).to_have_count(4)
    assert commands.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height < 26)") == [True] * 4


def test_an_empty_day_moves_no_clock(page: Page, playground: Playground) -> None:
    """The browser asks for a day; nothing is sent, and nothing breaks."""
    page.locator("#moment").fill("")
    page.get_by_role("button", name="Move on").click()

    assert page.locator("#moment").evaluate("field => field.validity.valueMissing")
    playground.settled()
    assert page.locator("#status").inner_text() == ""
    assert playground.now() - time.time() < 60


# ------------------------------------------------------------------------------------------- compared, and copied

LONG = ("sentence-transformers/paraphrase-multilingual-mpnet-base-v2", "intfloat/multilingual-e5-large-instruct")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
def test_two_models_stay_side_by_side(page: Page, playground: Playground, client: WebClient, width: int) -> None:
    """On a phone too both columns are on the screen, however long the names are."""
    page.set_viewport_size({"width": width, "height": 640})
    head = [{"type": "raw_text", "text": text} for text in ("What", *LONG)]
    row = [
        {"type": "raw_text", "text": text} for text in ("PyTorch", "yes (pytorch_model.bin)", "assumed (no library)")
    ]
    block = {"type": "data_table", "caption": "x", "page_size": 10, "rows": [head, row]}
    client.chat_postMessage(channel=playground.channel("general").id, text="x", blocks=[block])

    for text in (*LONG, "assumed (no library)"):
        shown = page.get_by_text(text, exact=True).bounding_box()
        assert shown
        assert 0 <= shown["x"] <= shown["x"] + shown["width"] <= width
    assert page.get_by_role("region", name="x").evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.browser
def test_the_lines_to_run_are_copied_by_a_button(page: Page, playground: Playground, client: WebClient) -> None:
    """As they are, quotes and all, with a line's end between them; the button says that it did."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=playground.url)
    lines = (
        "pip install keras-hub safetensors",
        "KERAS_BACKEND=tensorflow python -c 'print(\"<hf://Qwen/Qwen3-0.6B>\")'",
    )
    blocks = commands(lines)
    client.chat_postMessage(channel=playground.channel("general").id, text="x", blocks=blocks)
    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join(lines)


def test_the_home_tab_is_opened_and_used_like_a_channel(page: Page, playground: Playground, client: WebClient) -> None:
    """The bot hears that it was opened, what it publishes is drawn, and nobody can write there."""
    text = {"type": "plain_text", "text": "Press"}
    button = {"type": "button", "action_id": "a", "value": "v", "text": text}
    blocks = [{"type": "actions", "elements": [button]}]
    client.views_publish(user_id=playground.user("ann").id, view={"type": "home", "blocks": blocks})

    page.get_by_role("button", name="Home").click()
    page.get_by_role("button", name="Press").click()

    playground.wait_for(lambda: playground.deliveries("interactive"))
    payload = playground.deliveries("interactive")[0].payload
    assert payload["container"]["type"] == "view"
    assert "channel" not in payload
    expect(page.get_by_label("Message or command")).to_be_hidden()
    assert [d.payload["event"]["tab"] for d in playground.deliveries("events_api")] == ["home"]


@pytest.mark.browser
def test_on_the_home_tab_the_focus_stays_where_a_button_was(
    page: Page, playground: Playground, connect: Any, app: App
) -> None:
    """A view that is published anew has no button of before; whoever has no mouse goes on from the one in its place."""

    def home(word: str) -> dict[str, Any]:
        button = {"type": "button", "action_id": word.lower(), "text": {"type": "plain_text", "text": word}}
        return {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}

    @app.action("pause")
    def pause(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        ack()
        client.views_publish(user_id=body["user"]["id"], view=home("Resume"))

    connect(app)
    app.client.views_publish(user_id=playground.user("ann").id, view=home("Pause"))
    page.get_by_role("button", name="Home").click()
    page.get_by_role("button", name="Pause", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Resume", exact=True)).to_be_focused()


@pytest.mark.browser
def test_what_is_collected_is_shown_and_the_heavy_part_waits_for_its_button(page: Page, playground: Playground) -> None:
    """With its size before, and gone once it was pressed; a bot that collects nothing shows nothing."""
    expect(page.locator("#collecting")).to_be_hidden()
    told = {"lines": ["The papers: being read now."], "offer": "Read the census (up to 1.6 GB)"}
    playground.tell_collecting = lambda: told
    playground.on_collect = lambda: told.update(offer="")
    playground.write("anything, so that the page looks")
    expect(page.get_by_label("What is collected")).to_contain_text("The papers: being read now.")

    page.get_by_role("button", name="Read the census (up to 1.6 GB)").click()
    expect(page.locator("#collect")).to_be_hidden()


@pytest.mark.browser
def test_the_page_says_whom_the_bot_asks_and_why(page: Page) -> None:
    """Behind one word of the banner, by keyboard too."""
    page.locator(".banner summary").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".banner")).to_contain_text("codeload.github.com the source archives of official collections")
