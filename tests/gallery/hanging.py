"""All that hangs in the gallery, in the order people meet it."""

from collections.abc import Iterator

from tests.gallery import samples_around, samples_weekly
from tests.gallery.hung import Exhibit, Hung
from tests.gallery.sample_answers import hang_answers
from tests.gallery.samples_beside import hang_beside


def hang_everything() -> Iterator[Exhibit]:
    """Hang all that people see."""
    yield from hang_messages()
    yield from hang_beside()


def hang_messages() -> Iterator[Hung]:
    """Hang every message in each of its cases."""
    yield from samples_around.hang_first_contact()
    yield from samples_around.hang_help()
    yield from samples_around.hang_asking()
    yield from hang_answers()
    yield from samples_around.hang_models()
    yield from samples_around.hang_previews()
    yield from samples_weekly.hang_digest()
    yield from samples_weekly.hang_settings()
    yield from samples_weekly.hang_changes()
    yield from samples_weekly.hang_alerts()
    yield from samples_weekly.hang_changes_of_alerts()
    yield from samples_around.hang_troubles()
