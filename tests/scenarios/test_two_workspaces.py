"""Two workspaces on one bot: what is asked, set, posted, drawn or remembered in one is seen by the other nowhere."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from analytics.attribution import METHOD
from analytics.domain.answer import Origin
from analytics.domain.collectors import Collector
from analytics.domain.observations import Model, Ranking, TopList
from analytics.domain.requests import Papers
from analytics.outlook import Plan
from analytics.storage.collection_log import CollectionLog
from analytics.storage.database import metadata
from bot.later_answers import LaterAnswers, WaitingQuestion
from bot.place import Place
from bot.workspaces.erasure import OWNER
from playground.start import clock_of
from playground.state import PostedMessage, Workspace
from tests.loopback import postgres
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model
from tests.scenarios.conftest import is_scheduled
from tests.scenarios.many_workspaces import Many, advance_to_monday, many_workspaces

ORIGIN = Origin("Hugging Face Hub", "list", "https://huggingface.co/models", "2026-11-30")
OPEN = model("lab/bert-1", tags=["pytorch", "tf"], siblings=["pytorch_model.bin", "tf_model.h5"])
HIDDEN = model("lab/secret-3", tags=["pytorch"], siblings=["pytorch_model.bin"], private=True)
LINK = "<https://huggingface.co/lab/bert-1>"


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Many]:
    """Install into both; the Hub shows a model that is only for who has its token."""
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with LoopbackHub([OPEN, HIDDEN]) as hub, many_workspaces(tmp_path, hub=hub.endpoint) as started:
        for team in (started.acme, started.globex):
            assert started.install(team).status_code == 200
        yield started


@pytest.fixture
def cut_off(tmp_path: Path) -> Iterator[Many]:
    """Install into both, with the Hub out of reach, so that what a test stores is the newest there is."""
    with many_workspaces(tmp_path) as started:
        for team in (started.acme, started.globex):
            assert started.install(team).status_code == 200
        yield started


def say(many: Many, team: Workspace, words: str) -> None:
    """Type a command in the first channel of a workspace, and wait for what comes of it."""
    many.playground.command(f"/frameworks {words}", many.channel(team), many.user(team)).wait()
    many.playground.settled()


def told(many: Many, team: Workspace) -> str:
    """Give the newest words that a person of a workspace alone was told."""
    message = many.playground.ephemerals(many.channel(team), many.user(team))[-1]
    return f"{message.text} {message.blocks}"


def posted(many: Many, team: Workspace) -> list[PostedMessage]:
    """Give what the bot posted anywhere in a workspace, in whatever channel."""
    places = [one for one in many.playground.world.channels.values() if one.team_id == team.id]
    return [message for place in places for message in [*place.messages, *place.ephemerals] if message.by_bot]


def list_models(many: Many, tensorflow: int) -> None:
    """Store a list of ten models, so many of them in TensorFlow."""
    names = ["tf_model.h5"] * tensorflow + ["pytorch_model.bin"] * (10 - tensorflow)
    models = tuple(Model(f"lab/m{at}", 99 - at, tags=(), files=(name,)) for at, name in enumerate(names))
    found = TopList(Ranking(), clock_of(many.playground)(), models, 10, complete=False, origin=ORIGIN)
    assert many.bots[0].analyst.context.top_lists.add(found, METHOD)


def test_whoever_invites_the_bot_is_greeted_in_their_own_workspace(cut_off: Many) -> None:
    """The bot is another user in each, and known to be it in each."""
    for team in (cut_off.acme, cut_off.globex):
        place = cut_off.channel(team, "random")
        cut_off.playground.invite_bot(place, cut_off.user(team))
        cut_off.playground.settled()

        assert ["invitation" in said.text for said in cut_off.playground.ephemerals(place, cut_off.user(team))] == [
            True
        ]


def ask_by_mention(many: Many) -> None:
    """Mention it, and go on in the thread."""
    general, ann = many.channel(many.acme), many.user(many.acme)
    many.playground.mention("top30", general, ann).wait()
    many.playground.settled()
    thread = many.playground.bot_messages(general)[-1].thread_ts
    many.playground.mention("top 10", general, ann, thread_ts=thread).wait()


def click_everything(many: Many) -> None:
    """Ask how it was counted, and for the rows as CSV."""
    general, ann = many.channel(many.acme), many.user(many.acme)
    many.playground.command("/frameworks top30", general, ann).wait()
    many.playground.settled()
    answer = many.playground.bot_messages(general)[-1]
    for element in answer.elements():
        many.playground.click(answer, str(element["action_id"]), ann).wait()
        many.playground.settled()


def share_a_link(many: Many) -> None:
    """Switch previews on, and write a link."""
    say(many, many.acme, "previews on")
    message = many.playground.write(LINK, many.channel(many.acme), many.user(many.acme, "bob"))
    many.playground.share_links(message)


def use_the_menu(many: Many) -> None:
    """Look up what a message names."""
    message = many.playground.write("lab/bert-1", many.channel(many.acme), many.user(many.acme, "bob"))
    many.playground.use_shortcut(message, many.user(many.acme)).wait()


def run_a_step(many: Many) -> None:
    """Run the step of a workflow."""
    channel = many.channel(many.acme).id
    many.playground.run_step(many.user(many.acme), question="top30", channel=channel)


SURFACES: dict[str, Callable[[Many], object]] = {
    "command": lambda many: say(many, many.acme, "top30"),
    "private answer": lambda many: say(many, many.acme, "privately top30"),
    "mention and thread": ask_by_mention,
    "buttons and CSV": click_everything,
    "direct message": lambda many: many.playground.direct_message("top30", many.user(many.acme)),
    "Home": lambda many: many.playground.open_home(many.user(many.acme)),
    "digest": lambda many: say(many, many.acme, "digest on Mon 09:00 UTC"),
    "alert": lambda many: say(many, many.acme, "alert when TensorFlow enters or leaves the top 10"),
    "preview": share_a_link,
    "shortcut": use_the_menu,
    "step": run_a_step,
    "private model": lambda many: say(many, many.acme, "lab/secret-3"),
}


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_done_in_one_is_seen_in_the_other_nowhere(many: Many, surface: str) -> None:
    """No message, no file, no view of the other; no row under its name; and every call was taken by Slack."""
    list_models(many, 2)
    SURFACES[surface](many)
    many.playground.settled()

    other = many.globex
    assert posted(many, many.acme) or many.acme.views or surface == "preview"
    assert posted(many, other) == []
    assert other.views == {}
    assert {file.team_id for file in many.playground.files()} <= {many.acme.id}
    assert owners(many) <= {many.acme.id, ""}
    refused = {one.reply.get("error") for one in many.playground.requests() if isinstance(one.reply, dict)}
    assert not refused & {"channel_not_found", "invalid_auth", "user_not_found", "not_authed"}


def owners(many: Many) -> set[str]:
    """Give whose the rows are in every table that says so, installations apart."""
    tables = [one for one in metadata.tables.values() if OWNER in one.c and one.name != "installations"]
    database = many.bots[0].analyst.context.database
    return {
        owner
        for table in tables
        for owner in database.run(lambda connection, of=table: connection.execute(select(of.c[OWNER])).scalars().all())
    }


def test_each_sees_its_own_lists_alone(many: Many) -> None:
    """Digests, alerts and previews of the one are none of the other's, by words, in the Home tab, for its admins."""
    for words in ("digest on Mon 09:00 UTC", "alert when TensorFlow enters or leaves the top 10", "previews on"):
        say(many, many.acme, words)
    for words in ("digest", "alerts", "status", "previews"):
        say(many, many.globex, words)
        assert "Monday" not in told(many, many.globex)
        assert many.channel(many.acme).id not in told(many, many.globex)
    for name in ("ann", "bob"):  # Bob is an admin
        many.playground.open_home(many.user(many.globex, name)).wait()
    many.playground.settled()

    assert many.globex.views
    assert many.channel(many.acme).id not in str(many.globex.views)


def test_each_draws_and_uploads_pictures_of_its_own(many: Many) -> None:
    """The same question in both: a file of each, none shown in the other, and a preview of each."""
    for team in (many.acme, many.globex, many.acme, many.globex):
        say(many, team, "top30")

    assert sorted(file.team_id for file in many.playground.files()) == sorted([many.acme.id, many.globex.id])
    assert all(share.channel.team_id == file.team_id for file in many.playground.files() for share in file.shown_in)


def test_a_file_that_another_process_uploaded_and_is_gone_is_uploaded_anew(
    tmp_path: Path, postgres_server: str
) -> None:
    """Somebody deleted it in Slack: who asks next, of whichever process, has the picture all the same."""
    url = postgres.fresh_database(postgres_server)
    with many_workspaces(tmp_path, processes=2, database_url=url) as many:
        assert many.install(many.acme).status_code == 200
        say(many, many.acme, "top30")
        (gone,) = many.playground.files()
        del many.playground.world.files[gone.id]
        many.send_by(1)
        say(many, many.acme, "top30")

        many.playground.settled()
        answer = many.playground.bot_messages(many.channel(many.acme))[-1]
        assert "image" in [block["type"] for block in answer.blocks]
        assert [file.id for file in many.playground.files()] != [gone.id]


def test_what_one_claimed_the_other_does_all_the_same(many: Many) -> None:
    """A model that was previewed a moment ago in one is previewed in the other; so is a step's unchanged answer."""
    for team in (many.acme, many.globex):
        say(many, team, "previews on")
        message = many.playground.write(LINK, many.channel(team), many.user(team, "bob"))
        many.playground.share_links(message)
        many.playground.run_step(many.user(team), question="top30", channel=many.channel(team).id, only_if_changed=True)
        many.playground.settled()
        assert message.attachments
        assert many.playground.runs()[-1].state == "completed"
        assert [one for one in many.playground.bot_messages(many.channel(team)) if one.elements()]


def test_each_digest_and_alert_is_posted_by_its_own_token(cut_off: Many) -> None:
    """Both are due at once: one message each, by the bot of the workspace; a token of the other is refused there."""
    many = cut_off
    list_models(many, 2)
    for team in (many.acme, many.globex):
        say(many, team, "digest on Mon 09:00 UTC")
        say(many, team, "alert when TensorFlow enters or leaves the top 10")
    advance_to_monday(many)
    list_models(many, 0)
    many.bots[0].scheduler.digest()
    many.playground.settled()

    for team in (many.acme, many.globex):
        scheduled = [one for one in many.playground.bot_messages(many.channel(team)) if is_scheduled(one)]
        assert {one.bot_id for one in scheduled} == {team.bot_id}
        assert sum("Alert" in one.text for one in scheduled) == 1
        assert len([one for one in scheduled if not one.thread_ts and "Alert" not in one.text]) == 1


def test_each_question_that_waited_is_answered_where_it_was_asked(many: Many) -> None:
    """Both waited for the papers; what was collected is told in each, by its own bot."""
    context, clock = many.bots[0].analyst.context, clock_of(many.playground)
    context.outlook.begin(Plan(current=Collector.PAPERS, queue=()), clock())
    for team in (many.acme, many.globex):
        later = LaterAnswers(many.bots[0].analyst, clock, team.id)
        place = Place(many.channel(team).id, many.user(team).id, team=team.id)
        later.promise(WaitingQuestion(place, Papers()), refused=True)
    CollectionLog(context.readings).add_success(Collector.PAPERS, (), clock())
    many.playground.advance(2)
    many.bots[0].scheduler.answer_waiting()
    many.playground.settled()

    for team in (many.acme, many.globex):
        assert [one.bot_id for one in many.playground.bot_messages(many.channel(team))] == [team.bot_id]


def test_a_workspace_that_leaves_during_a_digest_stops_no_other(many: Many) -> None:
    """Its token is refused in the middle; the other gets its digest, and nothing more is tried with the first."""
    list_models(many, 2)
    for team in (many.acme, many.globex):
        say(many, team, "digest on Mon 09:00 UTC")
    many.playground.world.tokens[many.acme.bot_token].revoked = True
    advance_to_monday(many)
    many.bots[0].scheduler.digest()
    many.playground.settled()
    calls = len(many.playground.requests())
    many.bots[0].scheduler.digest()
    many.playground.settled()

    assert [one for one in many.playground.bot_messages(many.channel(many.globex)) if is_scheduled(one)]
    assert not [
        one for one in many.playground.requests()[calls:] if isinstance(one.reply, dict) and not one.reply["ok"]
    ]


def test_no_workspace_asks_for_the_channels_of_another(many: Many) -> None:
    """With one token what is stored elsewhere of a channel that it sees is brought home; many leave it alone."""
    say(many, many.acme, "digest on Mon 09:00 UTC")
    say(many, many.globex, "digest on Mon 09:00 UTC")
    many.bots[0].scheduler.digest()
    many.playground.settled()

    assert "channel_not_found" not in str([one.reply for one in many.playground.requests()])
    assert owners(many) == {many.acme.id, many.globex.id, ""}


@pytest.mark.parametrize("year", [dt.date(2026, 1, 1)])
def test_no_private_model_of_the_hubs_token_is_told_to_anybody(many: Many, year: dt.date) -> None:
    """Neither by name nor within a day's words: the token is the operator's, not a workspace's."""
    for words in ("lab/secret-3", f"privately lab/secret-3 on {year}"):
        say(many, many.globex, words)

    assert "PyTorch" not in str([message.text for message in posted(many, many.globex)])
