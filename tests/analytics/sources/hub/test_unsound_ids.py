"""What bears a name that no repository can have is in no list: it would be asked for, posted and put into a sheet."""

import duckdb
import pytest

from analytics.domain.repository_ids import NEVER, WHOLE, is_repository_id
from tests.analytics.sources.reading import top
from tests.loopback.hub import LoopbackHub
from tests.loopback.hub_items import model

UNSOUND = [
    *(
        "../../whoami-v2",
        "<!channel>/x",
        " ",
        "=1+1/x",
        "a;=cmd|' /C calc'!A0/b",
        " =1+1/x",
        "a/b/c",
        "a/",
        "/b",
        "a b/c",
    ),
    *("a/b?x=1#y", "é/x", "a/b--c", "a/b..c", "a/b.git", "a" * 97, "a/" + "b" * 97, "a/.b", "a/b-", "a/b\n"),
]
SOUND = ["gpt2", "a/b", "A-1/b_2.c", "a" * 96, "a/" + "b" * 96, "_a/b_", "x.github/y"]


def test_a_list_leaves_them_out_and_says_how_many() -> None:
    """The others move up; where the list comes from says what was left out."""
    sound = [model(f"m/{number}", downloads=100 - number, tags=["pytorch"]) for number in range(30)]
    with LoopbackHub([*(model(name, downloads=900, tags=["tf"]) for name in UNSOUND), *sound]) as hub:
        listed = top(hub)

    assert [one.id for one in listed.models] == [f"m/{number}" for number in range(len(listed.models))]
    assert f"{len(UNSOUND)} items left out, whose name no repository can have" in listed.origin.title


def test_a_list_without_them_says_nothing_of_them() -> None:
    """As a rule there are none."""
    with LoopbackHub([model("m/1", downloads=1, tags=["pytorch"])]) as hub:
        assert "left out" not in top(hub).origin.title


@pytest.mark.parametrize("name", [*UNSOUND, *SOUND])
def test_the_census_goes_by_the_same_rule(name: str) -> None:
    """In the database's own words, because it reads millions."""
    (kept,) = duckdb.execute(
        "SELECT regexp_full_match($name, $whole) AND $name NOT SIMILAR TO $never",
        {"name": name, "whole": WHOLE, "never": NEVER},
    ).fetchone() or (None,)

    assert kept is is_repository_id(name) is (name in SOUND)
