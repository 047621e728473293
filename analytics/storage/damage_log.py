"""
What is remembered of a damaged database: beside the damaged file, so that no second damage loses it.

It is remembered as long as that record lies there: whoever has done with the damaged file takes both away.
"""

import datetime as dt
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analytics.storage.private_files import begin_private

log = logging.getLogger(__name__)

ENDING = ".json"


@dataclass(frozen=True, slots=True)
class Damage:
    """
    When it was met, where the damaged file lies, how many rows of which table were saved, which of them whole.

    `gone`: the file was not damaged but away.
    """

    met_at: dt.datetime
    aside: str
    saved: Mapping[str, int] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    gone: bool = False

    @property
    def is_nothing_lost(self) -> bool:
        """Whether every row of every table was saved."""
        return bool(self.saved) and self.whole >= self.saved.keys()


class DamageLog:
    """The records beside one file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def newest(self) -> Damage | None:
        """Give what is known of the last damage."""
        records = sorted(self._file.parent.glob(f"{self._file.name}.damaged-*{ENDING}"))
        return _read(records[-1]) if records else None

    def add(self, damage: Damage) -> None:
        """Remember a damage; where there is no room for that, it stands in the log of the program alone."""
        kept = {
            "met_at": damage.met_at.isoformat(),
            "saved": dict(damage.saved),
            "whole": sorted(damage.whole),
            "told": sorted(damage.told),
            "gone": damage.gone,
        }
        record = self._file.with_name(damage.aside + ENDING)
        part = record.with_name(f"{self._file.name}.record-part")
        try:
            with begin_private(part):
                part.write_text(json.dumps(kept), encoding="utf-8")
                part.replace(record)
        except OSError as trouble:
            log.warning("%s could not be written: %s", record, trouble)


def _read(record: Path) -> Damage | None:
    try:
        kept = json.loads(record.read_text(encoding="utf-8"))
        return Damage(
            met_at=dt.datetime.fromisoformat(kept["met_at"]),
            aside=record.name.removesuffix(ENDING),
            saved=kept["saved"],
            whole=frozenset(kept["whole"]),
            told=frozenset(kept["told"]),
            gone=kept.get("gone", False),
        )
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        log.warning("%s cannot be read: %s", record, trouble)
        return Damage(dt.datetime.fromtimestamp(0, dt.UTC), record.name.removesuffix(ENDING))
