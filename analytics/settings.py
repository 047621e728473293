"""
The settings of the questions: where data rests and which Hub is asked. The bot's own settings build on these.

Read from the environment, then from a file `.env` in the working folder; `.env.example` lists every one. Nothing else
in this package reads the environment.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from analytics.context import PAPERS_API


def own_environment() -> Mapping[str, str]:
    """Give the environment, secrets and all; who starts another program chooses what that one gets of it."""
    return os.environ


class AnalyticsSettings(BaseSettings):
    """What a terminal needs to answer; secrets do not show in `repr` or in logs."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    frameworks_home: Path = Field(default_factory=lambda: user_data_path("frameworks", appauthor=False))
    hf_endpoint: str = "https://huggingface.co"
    hf_token: SecretStr | None = None
    papers_api_url: str = PAPERS_API
    database_url: SecretStr | None = None
    log_level: str = "INFO"

    @field_validator("hf_endpoint", "papers_api_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("must be a web address, such as https://huggingface.co")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql:// (leave it empty for SQLite in FRAMEWORKS_HOME)")
        return value

    @field_validator("log_level")
    @classmethod
    def _a_level(cls, value: str) -> str:
        levels = ("DEBUG", "INFO", "WARNING", "ERROR")
        if value.upper() not in levels:
            raise ValueError(f"must be one of {', '.join(levels)}")
        return value.upper()

    @property
    def shows_private(self) -> bool:
        """Whether models that only the Hub token shows are told of: at a terminal the token's owner asks."""
        return True

    @property
    def database_address(self) -> str | None:
        """The database's address in the clear, password and all, for the one place that connects."""
        return self.database_url.get_secret_value() if self.database_url else None

    @property
    def hub_token(self) -> str | None:
        """The Hub token in the clear, for the one place that sends it."""
        return self.hf_token.get_secret_value() if self.hf_token else None
