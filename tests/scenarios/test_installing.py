"""Installing the app into workspaces by OAuth: who may, once, in one browser; and what goes wrong, in plain words."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.digest.records import State
from bot.digest.store import DigestStore
from bot.workspaces.erasure import count_rows
from bot.workspaces.team_access import NO_ACCESS
from playground.faults import Faults
from tests.loopback import postgres
from tests.scenarios.many_workspaces import LAST_WORDS, Browser, Many, advance_to_monday, many_workspaces


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Many]:
    """Start a bot that is installed nowhere."""
    with many_workspaces(tmp_path) as started:
        yield started


def test_who_installs_is_answered_and_who_did_not_is_told(many: Many) -> None:
    """The same command before and after; the other workspace stays without."""
    playground, general = many.playground, many.channel(many.acme)
    playground.command("/frameworks top30", general).wait()
    playground.settled()
    assert playground.ephemerals(general)[0].text.startswith("I am not installed")

    page = many.install(many.acme)
    playground.command("/frameworks top30", general).wait()
    playground.wait_for_message("of the top 30 models")
    playground.command("/frameworks top30", many.channel(many.globex), many.user(many.globex)).wait()

    playground.settled()
    assert (page.status_code, "Installed in Acme" in page.text) == (200, True)
    assert playground.bot_messages(many.channel(many.globex)) == []


def test_a_state_is_good_once(many: Many) -> None:
    """The same address again says so, in the same browser, and asks Slack for nothing."""
    browser = Browser(many.addresses[0])
    back = many.playground.allow_installation(browser.begin(), many.acme)
    first, again = browser.get(back), browser.get(back)

    many.playground.settled()
    assert (first.status_code, again.status_code) == (200, 400)
    assert "was used already" in again.text
    assert len(many.playground.requests("oauth.v2.access")) == 1


def test_another_browser_is_refused_and_the_first_can_go_on(many: Many) -> None:
    """An address that somebody sends to a victim installs nothing there, and is not used up by it."""
    ours, theirs = Browser(many.addresses[0]), Browser(many.addresses[0])
    theirs.begin()
    back = many.playground.allow_installation(ours.begin(), many.acme)

    assert "not the browser" in theirs.get(back).text
    assert theirs.get(back).status_code == 400
    assert ours.get(back).status_code == 200


def test_two_installations_at_once_in_one_browser(many: Many) -> None:
    """Two tabs, whose answers come in the other order."""
    browser = Browser(many.addresses[0])
    one, other = browser.begin(), browser.begin()
    backs = [many.playground.allow_installation(other, many.globex), many.playground.allow_installation(one, many.acme)]

    assert [browser.get(back).status_code for back in backs] == [200, 200]


@pytest.mark.parametrize("tampered", ["state=", "state=x", "", "error=<b>odd</b>", "error=access_denied"])
def test_what_slacks_page_did_not_send_is_refused(many: Many, tampered: str) -> None:
    """In a small page, with nothing of it as markup; Slack is asked for nothing."""
    browser = Browser(many.addresses[0])
    browser.begin()
    page = browser.get(f"/slack/oauth_redirect?code=1.2&{tampered}")

    many.playground.settled()
    assert "Nothing was installed" in page.text
    assert "<b>odd" not in page.text
    assert many.playground.requests("oauth.v2.access") == []


def test_a_code_that_was_used_is_said(many: Many) -> None:
    """Somebody else was quicker with it."""
    browser = Browser(many.addresses[0])
    back = many.playground.allow_installation(browser.begin(), many.acme)
    many.playground.world.oauth.codes.clear()
    page = browser.get(back)

    assert page.status_code == 400
    assert "good once, for ten minutes" in page.text


def test_a_wrong_secret_is_the_operators_and_not_shown(many: Many, caplog: pytest.LogCaptureFixture) -> None:
    """The page does not send the installer round in circles; neither code nor secret is logged."""
    caplog.set_level("DEBUG", logger="bot")
    browser, oauth = Browser(many.addresses[0]), many.playground.world.oauth
    ours, oauth.client_secret = oauth.client_secret, "another"
    back = many.playground.allow_installation(browser.begin(), many.acme)
    page = browser.get(back)
    code = parse_qs(urlsplit(back).query)["code"][0]

    assert "Whoever runs this app has to mend that" in page.text
    assert "bad_client_secret" in caplog.text
    ours_to_log = [record.getMessage() for record in caplog.records if record.name.startswith(("bot", "uvicorn"))]
    assert code not in str(ours_to_log)
    assert ours not in str(ours_to_log) + page.text


@pytest.mark.parametrize("fault", [Faults.server_error, Faults.drop_after, Faults.cut_after])
def test_slack_that_does_not_answer_is_said(many: Many, fault: Callable[[Faults, str], None]) -> None:
    """With what to do; the next try works."""
    browser = Browser(many.addresses[0])
    back = many.playground.allow_installation(browser.begin(), many.acme)
    fault(many.playground.faults, "oauth.v2.access")
    page = browser.get(back)

    assert (page.status_code, "Please begin again" in page.text) == (503, True)
    assert many.install(many.acme).status_code == 200


def test_an_app_with_token_rotation_is_not_installed(many: Many) -> None:
    """Its tokens would end after twelve hours, unseen."""
    many.playground.world.oauth.rotates = True

    assert "token rotation" in many.install(many.acme).text


@pytest.mark.parametrize("team", ["%00", "T1%0d%0aSet-Cookie:%20x=1", "T1&scope=admin", "t%c3%a9", "x" * 3000])
def test_nothing_odd_gets_into_the_address_of_slacks_page(many: Many, team: str) -> None:
    """A workspace may be asked for; what is none is left out."""
    sent = Browser(many.addresses[0]).get(f"/slack/install?team={team}")
    asked = parse_qs(urlsplit(sent.headers["location"]).query)

    assert sent.status_code == 302
    assert asked.get("team") in (None, ["T1"])
    assert "admin" not in asked["scope"][0]
    assert "x" not in sent.cookies


def test_no_page_can_be_framed_kept_or_passed_on(many: Many) -> None:
    """The address of the way back holds a code."""
    page = Browser(many.addresses[0]).get("/slack/oauth_redirect?code=1")

    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_an_organization_installs_for_all_and_a_workspace_of_it_asks(many: Many) -> None:
    """Org-wide: no team in the answer, and payloads that name the organization."""
    many.playground.world.enterprise_id = "E0ORG"
    assert "An organization admin now adds" in many.install(many.acme).text

    many.playground.command("/frameworks top30").wait()
    many.playground.mention("totals").wait()
    answer = many.playground.wait_for_message("of the top 30 models")
    click = many.playground.click(answer, "How This Was Counted").wait()
    many.playground.settled()
    assert click.outcome == "acked"
    assert len(many.playground.bot_messages()) == 2


def test_one_process_installs_and_another_answers(tmp_path: Path, postgres_server: str) -> None:
    """The way back comes to the one that did not begin it; a workspace that none has seen is loaded."""
    url = postgres.fresh_database(postgres_server)
    with many_workspaces(tmp_path, processes=2, database_url=url) as many:
        browser = Browser(many.addresses[0])
        back = many.playground.allow_installation(browser.begin(), many.acme)
        page = browser.get(back.replace(many.addresses[0], many.addresses[1]))
        assert page.status_code == 200, page.text

        for number in (0, 1):
            many.send_by(number)
            many.playground.command("/frameworks help").wait()
        many.playground.settled()
        assert len(many.playground.ephemerals()) == 2


# ------------------------------------------------------------------------------------------------------------- leaving


def kept(many: Many) -> str:
    """Give whose installations are kept."""
    query = "SELECT team FROM installations ORDER BY team"
    rows = many.bots[0].analyst.context.database.run(lambda connection: connection.exec_driver_sql(query).all())
    return " ".join(row[0] for row in rows)


@pytest.mark.parametrize("words", [sorted(LAST_WORDS), sorted(LAST_WORDS, reverse=True), ["app_uninstalled"]])
def test_who_uninstalls_is_forgotten_whatever_comes_first(many: Many, words: list[str]) -> None:
    """The token and what was kept of the workspace; the other's stays."""
    for team in (many.acme, many.globex):
        many.install(team)
        many.playground.command("/frameworks previews on", many.channel(team), many.user(team)).wait()
    many.playground.settled()
    many.playground.uninstall(many.acme, told=words)
    many.playground.settled()

    assert kept(many) == many.globex.id
    rows = many.bots[0].analyst.context.database.run(
        lambda connection: connection.exec_driver_sql("SELECT team FROM preview_settings").all()
    )
    assert [row[0] for row in rows] == [many.globex.id]


def test_what_another_process_still_does_for_who_left_is_deleted(tmp_path: Path, postgres_server: str) -> None:
    """It has the workspace's desk for some seconds more: what it writes then is gone with the clock's next look."""
    with many_workspaces(tmp_path, processes=2, database_url=postgres.fresh_database(postgres_server)) as many:
        many.install(many.acme)
        many.send_by(1)
        many.playground.command("/frameworks help").wait()
        many.playground.settled()
        late = many.playground.deliveries("slash_commands")[-1].payload | {"text": "previews on"}
        many.send_by(0)
        many.playground.uninstall(many.acme)
        many.playground.settled()
        many.send_by(1)
        many.playground.deliver(late, "slash_commands").wait()
        many.playground.settled()

        database = many.bots[0].analyst.context.database
        assert "preview_settings" in count_rows(database, many.acme.id).rows
        many.bots[0].scheduler.erase_forgotten()
        assert count_rows(database, many.acme.id).rows == {}


def test_who_installs_again_is_not_thrown_out_by_an_old_word(many: Many) -> None:
    """The event of the uninstallation comes once more, after the new installation."""
    many.install(many.acme)
    many.playground.uninstall(many.acme)
    many.playground.settled()
    late = [one for one in many.playground.deliveries("events_api") if one.payload["event"]["type"] in LAST_WORDS]
    many.playground.advance(60)
    many.install(many.acme)
    for event in late:
        many.playground.resend(event).wait()

    many.playground.command("/frameworks help").wait()
    many.playground.settled()
    assert kept(many) == many.acme.id
    assert len(many.playground.ephemerals()) == 1


def test_a_token_that_is_refused_is_deleted_and_digests_wait_for_a_new_one(many: Many) -> None:
    """No event came: the refusal of a call says it; after a new installation everything is as it was."""
    many.install(many.acme)
    many.playground.command("/frameworks digest on Mon 09:00 UTC").wait()
    many.playground.settled()
    many.playground.world.tokens[many.acme.bot_token].revoked = True
    many.playground.settled()
    again = many.playground.deliveries("slash_commands")[-1].payload | {"text": "top30"}
    many.playground.deliver(again, "slash_commands").wait()
    many.playground.settled()
    assert kept(many) == ""

    many.install(many.acme)
    many.playground.command("/frameworks digest").wait()
    many.playground.settled()
    assert "Monday" in str([message.text for message in many.playground.ephemerals()])


def test_who_installs_again_is_served_at_once_by_every_process(tmp_path: Path, postgres_server: str) -> None:
    """One that has the workspace's desk speaks with the old token first: it looks, and asks again with the new one."""
    with many_workspaces(tmp_path, processes=2, database_url=postgres.fresh_database(postgres_server)) as many:
        many.install(many.acme)
        many.send_by(1)
        many.playground.command("/frameworks top30").wait()
        many.playground.settled()
        many.playground.world.tokens[many.acme.bot_token].revoked = True
        many.install(many.acme)
        many.playground.command("/frameworks totals").wait()
        many.playground.settled()

        assert len(many.playground.bot_messages()) == 2
        assert kept(many) == many.acme.id


@pytest.mark.parametrize("said", ["a page", "internal_error", "service_unavailable"])
def test_an_uninstallation_that_cannot_be_looked_into_is_said_again(many: Many, said: str) -> None:
    """Slack is asked for the token and says nothing of it: the event is not acknowledged, and comes once more."""
    many.install(many.acme)
    many.playground.settled()
    if said == "a page":
        many.playground.faults.server_error("auth.test")
    else:
        many.playground.faults.error("auth.test", said)
    many.playground.uninstall(many.acme, told=["app_uninstalled"])
    many.playground.settled()

    event = many.playground.deliveries("events_api")[-1]
    assert (event.acked, event.reason, len(event.sent_ids), kept(many)) == (True, "http_error", 2, "")


def test_a_workspace_that_an_organization_takes_away_and_gives_back(many: Many) -> None:
    """Its digest pauses and says why; with access back it goes on, and the installation stayed all the while."""
    playground, store = many.playground, DigestStore(many.bots[0].analyst.context.database)
    playground.world.enterprise_id = "E0ORG"
    many.install(many.acme)
    playground.command("/frameworks digest on Mon 09:00 UTC").wait()
    playground.settled()
    playground.grant_access(many.acme, withdraws=True)
    advance_to_monday(many, minute=0)
    many.bots[0].scheduler.digest()
    playground.settled()
    (paused,) = store.list_wanted()
    assert (paused.state, paused.reason) == (State.PAUSED, NO_ACCESS)
    assert kept(many) == "E0ORG"

    playground.grant_access(many.acme)
    playground.settled()
    (resumed,) = store.list_wanted()
    assert (resumed.state, resumed.reason) == (State.ACTIVE, "")
    assert resumed.since > paused.since


def test_what_somebody_paused_stays_paused_when_access_comes(many: Many) -> None:
    """Only what rested for want of it goes on."""
    store = DigestStore(many.bots[0].analyst.context.database)
    many.playground.world.enterprise_id = "E0ORG"
    many.install(many.acme)
    for words in ("on Mon 09:00 UTC", "pause"):
        many.playground.command(f"/frameworks digest {words}").wait()
        many.playground.settled()
    many.playground.grant_access(many.acme)
    many.playground.settled()

    assert [one.state for one in store.list_wanted()] == [State.PAUSED]


def test_of_an_organization_slack_may_name_a_workspace(many: Many) -> None:
    """Without saying that it was installed for all: the organization's token is refused, so it is theirs that went."""
    many.playground.world.enterprise_id = "E0ORG"
    many.install(many.acme)
    many.playground.world.tokens[many.acme.bot_token].revoked = True
    event = many.playground.emit({"type": "app_uninstalled"})
    body = event.wait().payload | {"authorizations": [], "event_id": "Ev2"}
    many.playground.deliver(body, "events_api").wait()

    many.playground.settled()
    assert kept(many) == ""


def test_people_s_own_tokens_are_no_business_of_ours(many: Many) -> None:
    """Somebody withdrew what they had allowed; the bot's token is sound."""
    many.install(many.acme)
    many.playground.emit({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}).wait()

    many.playground.settled()
    assert kept(many) == many.acme.id
