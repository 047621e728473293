"""A top list that nobody is in: which of the names is to blame."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.requests import New, Top
from analytics.errors import NoSuchAuthor, NoSuchTask
from tests.loopback.hub import LoopbackHub


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[Analyst]:
    """Ask a Hub that has nothing of what is asked for."""
    with LoopbackHub([]) as hub, closing(Analyst(tmp_path, hub.endpoint)) as made:
        yield made


def test_an_author_nobody_knows_is_named_with_the_nearest(analyst: Analyst) -> None:
    """The name that was typed, and those of the sample that are like it."""
    with pytest.raises(NoSuchAuthor) as nobody:
        analyst.answer(Top(author="gogle-bert"))

    assert nobody.value.name == "gogle-bert"
    assert nobody.value.near[0] == "google-bert"


@pytest.mark.parametrize("request_", [Top(author="mircosoft"), New(author="mircosoft")])
def test_a_mistyped_account_is_named_rightly_though_the_list_has_it_not(analyst: Analyst, request_: Top | New) -> None:
    """The accounts that people know are known without a list."""
    with pytest.raises(NoSuchAuthor) as nobody:
        analyst.answer(request_)

    assert nobody.value.instead(request_)[0].author == "microsoft"


def test_an_account_near_nothing_leads_on_to_all_accounts(analyst: Analyst) -> None:
    """No refusal is a dead end."""
    with pytest.raises(NoSuchAuthor) as nobody:
        analyst.answer(Top(author="xqzwv"))

    assert nobody.value.instead(Top(author="xqzwv")) == (Top(),)


def test_a_task_is_to_blame_where_no_author_was_named_or_it_is_none(analyst: Analyst) -> None:
    """A task that the Hub has, of an author without such models, is the author's."""
    for request in (Top(task="fill-maks"), Top(task="fill-maks", author="google-bert")):
        with pytest.raises(NoSuchTask) as nothing:
            analyst.answer(request)
        assert nothing.value.near[0] == "fill-mask"

    with pytest.raises(NoSuchAuthor):
        analyst.answer(Top(task="fill-mask", author="google-bert"))
