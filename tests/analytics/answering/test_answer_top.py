"""A top list that nobody is in: which of the names is to blame."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from analytics.analyst import Analyst
from analytics.domain.requests import Top
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


def test_a_task_is_to_blame_where_no_author_was_named_or_it_is_none(analyst: Analyst) -> None:
    """A task that the Hub has, of an author without such models, is the author's."""
    for request in (Top(task="fill-maks"), Top(task="fill-maks", author="google-bert")):
        with pytest.raises(NoSuchTask) as nothing:
            analyst.answer(request)
        assert nothing.value.near[0] == "fill-mask"

    with pytest.raises(NoSuchAuthor):
        analyst.answer(Top(task="fill-mask", author="google-bert"))
