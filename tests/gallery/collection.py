"""All that hangs in the gallery, in the order people meet it."""

from collections.abc import Iterator

from tests.gallery import samples_around, samples_weekly
from tests.gallery.hung import Hung
from tests.gallery.sample_answers import hang_answers


def hang_everything() -> Iterator[Hung]:
    """Hang every message in each of its cases."""
    yield from samples_around.hang_first_contact()
    yield from samples_around.hang_help()
    yield from samples_around.hang_asking()
    yield from hang_answers()
    yield from samples_around.hang_models()
    yield from samples_around.hang_previews()
    yield from samples_weekly.hang_home()
    yield from samples_weekly.hang_digest()
    yield from samples_weekly.hang_settings()
    yield from samples_weekly.hang_changes()
    yield from samples_weekly.hang_alerts()
    yield from samples_weekly.hang_changes_of_alerts()
    yield from samples_around.hang_troubles()
