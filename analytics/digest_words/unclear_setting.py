"""What is wrong with words about a digest, and what they were meant to set."""

from enum import StrEnum

LONGEST = 40
"""More characters than any day, time or zone has; also how much of a wrong word is quoted."""


class Setting(StrEnum):
    """What a word about a digest was meant to set."""

    ACTION = "action"
    DAY = "day"
    TIME = "time"
    ZONE = "zone"
    NAME = "name"


class UnclearSetting(Exception):
    """What is wrong with the words, as a sentence, and what they were meant to set."""

    def __init__(self, problem: str, setting: Setting) -> None:
        super().__init__(problem)
        self.setting = setting
