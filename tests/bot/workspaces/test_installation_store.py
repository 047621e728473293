"""Installations in the database: one row a home, tokens encrypted, keys changed without a pause."""

import datetime as dt
from collections.abc import Callable

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text

from analytics.storage.database import Database
from bot.workspaces.installation_store import Installations, list_candidates
from bot.workspaces.installed import Installed
from bot.workspaces.token_seal import SealBroken, TokenSeal

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
TOKEN = "xoxb-" + "7" * 300  # longer than any store of String(200) holds
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def store(database: Database, keys: str = OLD) -> Installations:
    """Give the store with these keys."""
    return Installations(database, TokenSeal(keys), lambda: NOW)


def installed(
    team: str | None, enterprise: str | None = None, *, org: bool = False, token: str = TOKEN
) -> Installation:
    """Give what Bolt's flow brings."""
    return Installation(
        enterprise_id=enterprise, team_id=team, user_id="U1", bot_token=token, bot_id="B1", is_enterprise_install=org
    )


def test_what_bolt_saves_is_found_again_by_another_process(open_database: Callable[[], Database]) -> None:
    """The token whole, however long."""
    store(open_database()).save(installed("T1"))

    found = store(open_database()).find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert (found.bot_token, found.bot_id, found.installed_at) == (TOKEN, "B1", NOW.timestamp())


def test_no_token_is_in_the_table(database: Database) -> None:
    """Nor a part of one, nor in the words of the value."""
    store(database).save(installed("T1"))

    rows = database.run(lambda connection: connection.execute(text("SELECT * FROM installations")).all())
    assert TOKEN[:30] not in str(rows)
    assert TOKEN[:30] not in repr(store(database).find("T1"))


def test_installing_again_takes_the_place_of_the_last(database: Database) -> None:
    """One row a home, with the newest token."""
    for token in ("xoxb-1", "xoxb-2"):
        store(database).save(installed("T1", token=token))

    found = store(database).find("T1")
    assert found is not None
    assert found.token == "xoxb-2"
    assert store(database).list_homes() == ["T1"]


def test_an_organization_and_a_workspace_of_it_are_two_homes(database: Database) -> None:
    """The organization's is found for its other workspaces too; deleting the one leaves the other."""
    ours = store(database)
    ours.save(installed(None, "E1", org=True, token="xoxb-org"))
    ours.save(installed("T1", "E1", token="xoxb-own"))

    def token(team: str, *, org: bool) -> str | None:
        found = ours.find_bot(enterprise_id="E1", team_id=team, is_enterprise_install=org)
        return found.bot_token if found else None

    assert [token("T1", org=False), token("T1", org=True), token("T2", org=False)] == [
        "xoxb-own",
        "xoxb-org",
        "xoxb-org",
    ]
    ours.delete_all(enterprise_id="E1", team_id="T1")
    assert ours.list_homes() == ["E1"]
    ours.delete_all(enterprise_id="E1", team_id=None)
    assert ours.list_homes() == []


def test_a_key_is_changed_without_a_pause(database: Database) -> None:
    """Old beside new, new before old, encrypted anew, new alone: at each step every token is read."""
    store(database, OLD).save(installed("T1"))
    for keys in (f"{OLD},{NEW}", f"{NEW},{OLD}"):
        assert store(database, keys).count_unreadable() == (0, 1)

    assert store(database, f"{NEW},{OLD}").rekey() == 1
    assert store(database, f"{NEW},{OLD}").rekey() == 0
    found = store(database, NEW).find("T1")
    assert found is not None
    assert found.token == TOKEN


def test_a_wrong_key_is_said_in_a_sentence(database: Database) -> None:
    """With what to do; and the count tells it at the start."""
    store(database, OLD).save(installed("T1"))

    assert store(database, NEW).count_unreadable() == (1, 1)
    with pytest.raises(SealBroken, match=r"cannot be read .* SLACK_TOKEN_KEYS=NEW,OLD"):
        store(database, NEW).find("T1")


def test_a_token_that_was_replaced_meanwhile_is_not_removed(database: Database) -> None:
    """Who saw the old one refused removes no newer installation."""
    store(database).keep(Installed("T1", "xoxb-new", NOW))

    assert not store(database).remove("T1", "xoxb-old")
    assert store(database).list_homes() == ["T1"]


@pytest.mark.parametrize("odd", [5, [], {}, None, "", "\0", "'; DROP TABLE installations", "T" * 5000])
def test_what_is_no_id_is_nobodys(odd: object) -> None:
    """It is not asked of a database, one of which would stumble over it."""
    assert list_candidates("E1", odd, is_org=False) == ["E1"]
    assert list_candidates(odd, "T1", is_org=True) == ["T1"]


@pytest.mark.parametrize("odd", [installed(None), installed("T1", token="")])
def test_what_has_no_home_or_no_token_is_not_kept(database: Database, odd: Installation) -> None:
    """It could answer nobody."""
    with pytest.raises(ValueError, match="without"):
        store(database).save(odd)
