"""The pages as a reader without scripts gets them."""

import datetime as dt
import json
import re
from html import unescape
from math import inf

import pytest

from analytics.analyst import Analyst
from analytics.pages.page_lookups import Gate, PageLookups
from tests.analytics.pages.conftest import BERT, Start
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_faults import says

SEEN = ("/", "/top30", f"/model/{BERT}", "/compare/org/m00...org/m01", "/totals", "/why/method", "/nothing")


def test_a_page_has_the_answer_with_its_forms_and_its_receipt(start: Start) -> None:
    """Headline, picture, table, CSV, JSON, and by what it was counted; what a preview shows is absolute."""
    pages = start(address="https://frameworks.example.com/")
    page = pages.get("/top30").text
    told = json.loads(pages.get("/data/top30.json").text)

    assert f"<h1>{told['headline']}</h1>" in unescape(page)
    assert page.count("<tr>") == 31
    for address in ("/picture/top30.png", "/table/top30.csv", "/data/top30.json"):
        assert f'href="{address}"' in page
    assert '<meta property="og:image" content="https://frameworks.example.com/picture/top30.png">' in page
    assert f"<code>{told['reproduce']}</code>" in unescape(page)
    assert re.search(r"<dt>n</dt><dd>30 models</dd>", page)


def test_every_form_is_what_it_says(start: Start) -> None:
    """A PNG, a CSV with a row a model, an SVG."""
    pages = start()

    assert pages.get("/picture/top30.png").content.startswith(b"\x89PNG")
    assert len(pages.get("/table/top30.csv").text.splitlines()) == 31
    badge = pages.get(f"/badge/{BERT}.svg")
    assert badge.headers["content-type"] == "image/svg+xml"
    assert f'<title id="t">{BERT}: PyTorch · TensorFlow only before transformers 5</title>' in badge.text


@pytest.mark.parametrize("path", SEEN)
def test_nothing_of_a_third_party_is_loaded(start: Start, path: str) -> None:
    """No script, no style in the page, nothing from elsewhere; the policy would refuse it."""
    answered = start().get(path)
    loaded = re.findall(r'(?:src|action)="([^"]*)"|<link rel="(?:stylesheet|icon)"[^>]*href="([^"]*)"', answered.text)

    assert loaded
    assert all((one or other).startswith("/") for one, other in loaded)
    assert "<script" not in answered.text
    assert " style=" not in answered.text
    assert "default-src 'none'" in answered.headers["content-security-policy"]
    assert "script-src" not in answered.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/", "/top30", "/data/top30.json", "/table/top30.csv", "/picture/top30.png", "/colours.css", "/pages.css"]
)
def test_who_has_it_already_is_not_sent_it_again(start: Start, path: str) -> None:
    """304 for the same ETag, strong or weak spelt, in a list; another gets it whole. HEAD has no body."""
    pages = start()
    first = pages.get(path)
    tag = first.headers["etag"]

    for kept in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = pages.get(path, headers={"If-None-Match": kept})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert pages.get(path, headers={"If-None-Match": '"other"'}).content == first.content
    head = pages.head(path)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert "max-age" in first.headers["cache-control"]


def test_the_moment_of_asking_makes_no_new_version(start: Start) -> None:
    """The receipt of a model says when it was asked; its page is the same all the same."""
    now = [dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)]
    pages = start(clock=lambda: now[0])
    pages.get(f"/model/{BERT}")
    first = pages.get(f"/model/{BERT}")
    now[0] += dt.timedelta(seconds=30)
    second = pages.get(f"/model/{BERT}")

    assert first.text != second.text
    assert first.headers["etag"] == second.headers["etag"]


@pytest.mark.parametrize("path", ["/Top30", "/top30/", "/top30/attributed", "/top/30"])
def test_a_question_has_one_address(start: Start, path: str) -> None:
    """Other spellings lead to it, within this site."""
    moved = start().get(path)

    assert (moved.status_code, moved.headers["location"]) == (301, "/top30")


def test_what_is_typed_leads_to_its_address(start: Start) -> None:
    """In whatever words; what was chosen of several meanings is said there."""
    pages = start()
    plain = pages.get("/ask", params={"q": "top 10 by likes"})
    chosen = pages.get("/ask", params={"q": "is bert in tf?"})

    assert (plain.status_code, plain.headers["location"]) == (303, "/top10/by/likes")
    assert chosen.headers["location"].startswith(f"/model/{BERT}/in/tensorflow?asked=")
    assert 'class="note"' in pages.get(chosen.headers["location"]).text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/topp30", 404, 'href="/ask?q=top30"'),
        ("/wp-login.php", 404, "I know no question"),
        ("/ask?q=frobnicate", 400, "frobnicate"),
        ("/ask?q=digest+on", 400, "Settings are made in Slack"),
        ("/ask?q=previews+on", 400, "Settings are made in Slack"),
        ("/ask?q=what+is+the+weather", 400, "outside"),
        ("/top30?as-of=yesterday", 400, "as-of"),
        ("/top30?as-of=0001-01-01T00:00:00%2B23:59", 400, "as-of"),
        ("/top30?as-of=9999-12-31", 503, "stored"),
        ("/top30?as-of=2020-01-01", 404, "2020"),
        ("/changes/since/2020-01-01?as-of=2020-02-01", 404, "2020"),
        ("/model/org/nothing", 404, "No model"),
        ("/top10/author/nobody", 404, "nobody"),
        ("/" + "a" * 3000, 404, "characters"),
        ("/%00%ff", 404, "I know no question"),
        ("/top30/%3Cscript%3Ealert(1)%3C", 404, "&lt;script&gt;"),
        ("/data/topp30.json", 404, '"tries": ["top30"'),
        ("/picture/why/method.png", 404, "no picture"),
        ("/table/why/method.csv", 404, "no table"),
        ("/badge/org/nothing.svg", 404, "no such model"),
        ("/badge/a b.svg", 404, "no such model"),
    ],
)
def test_what_cannot_be_answered_is_told_in_words(start: Start, path: str, status: int, said: str) -> None:
    """With what is near, in the form that was asked for, and kept by nobody."""
    refused = start().get(path)

    assert (refused.status_code, refused.headers["cache-control"]) == (status, "no-store")
    assert said in refused.text
    assert "Traceback" not in refused.text
    assert "<script" not in refused.text


@pytest.mark.parametrize("path", ["/model/goggle-bert/bert-base-uncased", "/badge/goggle-bert/bert-base-uncased.svg"])
def test_a_slip_is_no_unknown_model_while_the_hub_cannot_be_asked(start: Start, hub: LoopbackHub, path: str) -> None:
    """503, to come again: whether there is such a model nobody knows now."""
    pages = start()
    assert pages.get("/model/google-bert/bert-base-uncased").status_code == 200
    hub.faults.put(says("down", 500), "*", times=inf)

    refused = pages.get(path)
    assert (refused.status_code, refused.headers["cache-control"]) == (503, "no-store")
    assert "retry-after" in refused.headers
    assert "no such model" not in refused.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/top30", "/ask?q=digest+on"])
def test_nothing_can_be_done_but_read(start: Start, method: str, path: str) -> None:
    """405."""
    assert start().request(method, path).status_code == 405


def test_a_private_model_is_as_if_it_were_not_there(start: Start) -> None:
    """Even where its owner's analyst would tell of it, and has told: in no page, no data, no badge."""
    owned: list[Analyst] = []

    def ask_for_strangers(analyst: Analyst) -> PageLookups:
        owned.append(analyst)
        return PageLookups(analyst.for_strangers())

    pages = start(ask_for_strangers)
    from analytics.domain.requests import OneModel

    assert owned[0].answer(OneModel("org/secret")).private
    for path in ("/model/org/secret", "/data/model/org/secret.json", "/badge/org/secret.svg", "/formats/org/secret"):
        refused = pages.get(path)
        assert refused.status_code == 404
        assert "pytorch" not in refused.text.casefold().replace("pytorch or tensorflow", "")


def test_more_lookups_than_may_be_are_asked_to_come_again(start: Start, hub: LoopbackHub) -> None:
    """503 with Retry-After, and nobody is asked; what is stored is still answered."""

    def one_a_minute(analyst: Analyst) -> PageLookups:
        return PageLookups(analyst.for_strangers(), lookups=Gate(1, 1))

    pages = start(one_a_minute)
    assert pages.get("/top30").status_code == 200
    asked = len(hub.requests)
    refused = pages.get(f"/model/{BERT}")

    assert refused.status_code == 503
    assert 0 < int(refused.headers["retry-after"]) <= 61
    assert pages.get("/top10").status_code == 200
    assert len(hub.requests) == asked


def test_a_past_day_is_a_page_of_its_own(start: Start) -> None:
    """It names its forms of the same day; others may keep it longer once the day is over."""
    pages = start()
    lasting = re.search(r'<a href="(/top30\?as-of=[^"]+)"', pages.get("/top30").text)
    assert lasting is not None
    then = pages.get(unescape(lasting[1]))

    assert then.status_code == 200
    assert "max-age=300" in then.headers["cache-control"]
    assert "max-age=86400" in pages.get("/why/method?as-of=2026-01-01").headers["cache-control"]
    assert f'href="/data/top30.json?{lasting[1].partition("?")[2]}' in then.text.replace("%3A", ":")
