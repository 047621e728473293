"""
The settings of the bot: read once from the environment (and `.env`), checked, frozen.

`.env.example` lists every one with its meaning. Without a Slack token the playground is started instead.
"""

import re
from collections.abc import MutableMapping
from enum import StrEnum
from ipaddress import ip_network
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator, model_validator

from analytics.settings import AnalyticsSettings, list_words, read_switch, read_token, trouble_with_web_address
from bot.log_lines import LogFormat

HERE = ("127.0.0.1", "localhost", "::1")
"""Hosts that are this machine: only there may a token travel without encryption."""


NO_KEY = "must be keys of 44 characters, parted by commas: `frameworks-bot new-key` makes one"

HIGHEST_PORT, MOST_PROCESSES, MOST_A_MINUTE = 65535, 64, 1_000_000


class Pictures(StrEnum):
    """How a chart gets into a conversation."""

    BLOCK = "block"
    SHARE = "share"
    OFF = "off"


def _clear(token: Any) -> str:
    """Give a token in the clear, wherever it came from."""
    return token.get_secret_value() if isinstance(token, SecretStr) else str(token or "")


def hide_from_bolt(environment: MutableMapping[str, str]) -> None:
    """
    Take out of the environment, once the settings are read, what Bolt would go by in ways of its own.

    It turns its OAuth mode on by itself when it finds the first two, and then ignores the bot token; of a token there
    it warns that it is not used, as if somebody had made a mistake.
    """
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        environment.pop(name, None)


def ask_directly(environment: MutableMapping[str, str], host: str) -> None:
    """Have a host of this machine asked without the proxy that is set: from there it cannot be reached."""
    already = environment.get("no_proxy") or environment.get("NO_PROXY", "")
    if already.strip() != "*":  # which means all, alone
        environment["no_proxy"] = environment["NO_PROXY"] = ",".join(filter(None, (already, host)))


class Settings(AnalyticsSettings):
    """What the bot needs beyond the questions: which Slack, and the two tokens of Socket Mode."""

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str = ""
    slack_client_secret: SecretStr | None = None
    slack_token_keys: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    slack_pictures: Pictures = Pictures.BLOCK
    show_private_models: bool = False
    web_host: str = "0.0.0.0"  # noqa: S104 - behind a load balancer, which is not on this machine
    port: int = 3000
    web_concurrency: int = 1
    workspace_rate: int = 3000
    address_rate: int = 600
    trusted_proxies: str = ""
    health_port: int | None = None
    pages: bool = False
    pages_url: str = ""
    metrics: bool = False
    mcp_slack: bool = False
    sentry_dsn: SecretStr | None = None
    otel_exporter_otlp_endpoint: str = ""
    log_format: LogFormat = LogFormat.WORDS

    @model_validator(mode="before")
    @classmethod
    def _each_token_in_its_place(cls, given: Any) -> Any:
        bot, app = (_clear(given.get(name)) for name in ("slack_bot_token", "slack_app_token"))
        if bot.startswith("xapp-") and app.startswith("xoxb-"):
            raise ValueError("SLACK_BOT_TOKEN and SLACK_APP_TOKEN hold each other's token: exchange the two")
        return given

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_secret")
    @classmethod
    def _a_token(cls, value: SecretStr | None) -> SecretStr | None:
        return read_token(value)

    @field_validator("slack_client_id")
    @classmethod
    def _bare(cls, value: str) -> str:
        return value.strip()

    @field_validator("slack_token_keys")
    @classmethod
    def _keys_of_fernet(cls, value: SecretStr | None) -> SecretStr | None:
        """Take each key for what it is: 32 bytes, written as Fernet writes them."""
        keys = [key.strip() for key in _clear(value).split(",") if key.strip()]
        if not keys:
            return None
        from cryptography.fernet import Fernet

        try:
            for key in keys:
                Fernet(key)
        except ValueError:
            raise ValueError(NO_KEY) from None
        return SecretStr(",".join(keys))

    @field_validator("slack_pictures", mode="before")
    @classmethod
    def _a_way_for_pictures(cls, value: object) -> object:
        wanted = str(value).strip().lower() or Pictures.BLOCK
        if wanted not in set(Pictures):
            raise ValueError("must be block, share or off (.env.example says what each means)")
        return wanted

    @field_validator("show_private_models", "pages", mode="before")
    @classmethod
    def _whether_shown(cls, value: object) -> bool:
        return read_switch(value)

    @field_validator("log_format", mode="before")
    @classmethod
    def _words_or_json(cls, value: object) -> object:
        wanted = str(value).strip().lower() or LogFormat.WORDS
        if wanted not in set(LogFormat):
            raise ValueError("must be words or json")
        return wanted

    @field_validator("metrics", "mcp_slack", mode="before")
    @classmethod
    def _whether_told(cls, value: object) -> bool:
        return read_switch(value)

    @field_validator("slack_bot_token")
    @classmethod
    def _a_bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("must begin with xoxb- (OAuth & Permissions, Bot User OAuth Token)")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _an_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("must begin with xapp- (Basic Information, App-Level Tokens, scope connections:write)")
        return value

    @field_validator("pages_url")
    @classmethod
    def _an_address_of_pages(cls, value: str) -> str:
        if (value := value.strip()) and (trouble := trouble_with_web_address(value)):
            raise ValueError(trouble)
        return value.rstrip("/")

    @field_validator("otel_exporter_otlp_endpoint")
    @classmethod
    def _an_address_for_traces(cls, value: str) -> str:
        if (value := value.strip()) and (trouble := trouble_with_web_address(value)):
            raise ValueError(trouble)
        return value

    @field_validator("sentry_dsn")
    @classmethod
    def _an_address_of_sentry(cls, value: SecretStr | None) -> SecretStr | None:
        address = _clear(value).strip()
        if address and not re.fullmatch(r"https?://[0-9A-Za-z]+@[^/@\s]+/(?:\S*/)?[0-9]+", address):
            raise ValueError("must be the DSN of a project, as Sentry shows it under Client Keys")
        return SecretStr(address) if address else None

    @field_validator("health_port", mode="before")
    @classmethod
    def _a_port_or_none(cls, value: object) -> object:
        return value if str(value).strip() else None

    @field_validator("port", "health_port")
    @classmethod
    def _is_a_port(cls, value: int | None) -> int | None:
        if value is not None and not 0 <= value <= HIGHEST_PORT:
            raise ValueError(f"must be a port between 0 and {HIGHEST_PORT}")
        return value

    @field_validator("web_concurrency")
    @classmethod
    def _at_least_one_process(cls, value: int) -> int:
        if not 1 <= value <= MOST_PROCESSES:
            raise ValueError(f"must be a number of processes between 1 and {MOST_PROCESSES}")
        return value

    @field_validator("workspace_rate", "address_rate")
    @classmethod
    def _so_many_a_minute(cls, value: int) -> int:
        if not 0 <= value <= MOST_A_MINUTE:
            raise ValueError(f"must be a number of requests a minute, at most {MOST_A_MINUTE:,}, or 0 for no limit")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies(cls, value: str) -> str:
        try:
            networks = [ip_network(each) for each in list_words(value)]
        except ValueError:
            raise ValueError("takes addresses or networks of proxies: 10.0.0.0/8, 192.0.2.7") from None
        return ",".join(map(str, networks))

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_a_slash(cls, value: str) -> str:
        if trouble := trouble_with_web_address(value := value.strip()):
            raise ValueError(trouble)
        address = urlsplit(value)
        if address.scheme != "https" and address.hostname not in HERE:
            raise ValueError("must begin with https:// (http:// is taken on this machine only)")
        if address.username is not None or address.password is not None:
            raise ValueError("must hold no name and no password: Slack knows the bot by its tokens")
        return value if value.endswith("/") else value + "/"

    @model_validator(mode="after")
    def _both_tokens_or_none(self) -> Self:
        signs = self.slack_signing_secret is not None
        if bool(self.slack_bot_token) != bool(self.slack_app_token) and not (self.slack_bot_token and signs):
            missing = "SLACK_APP_TOKEN" if self.slack_bot_token else "SLACK_BOT_TOKEN"
            by_http = "; `frameworks-bot web` SLACK_SIGNING_SECRET instead" if self.slack_bot_token else ""
            both = "Socket Mode needs both tokens (or none, for the playground)"
            raise ValueError(f"{missing} is missing: {both}{by_http}")
        return self

    @model_validator(mode="after")
    def _one_workspace_or_many(self) -> Self:
        wanted = {
            "SLACK_CLIENT_ID": self.slack_client_id,
            "SLACK_CLIENT_SECRET": self.slack_client_secret,
            "SLACK_TOKEN_KEYS": self.slack_token_keys,
        }
        missing = [name for name, value in wanted.items() if not value]
        if len(missing) == len(wanted):
            return self
        if self.slack_bot_token or self.slack_app_token:
            given = next(name for name in wanted if name not in missing)
            raise ValueError(
                f"SLACK_BOT_TOKEN or SLACK_APP_TOKEN is set beside {given}: take the tokens for one workspace, or "
                "SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_TOKEN_KEYS for many (by HTTP), not both"
            )
        if missing:
            raise ValueError(f"{missing[0]} is missing: many workspaces need {', '.join(wanted)}")
        if self.show_private_models:
            raise ValueError("SHOW_PRIVATE_MODELS would show every workspace what HF_TOKEN reads: it must be false")
        return self

    @model_validator(mode="after")
    def _several_share_a_database(self) -> Self:
        if self.web_concurrency > 1 and not self.database_url:
            raise ValueError("WEB_CONCURRENCY above 1 needs DATABASE_URL: several processes share a PostgreSQL")
        return self

    @property
    def shows_private(self) -> bool:
        """Whether models that only the Hub token shows are told of: a workspace is not the token's owner."""
        return self.show_private_models

    @property
    def is_for_many(self) -> bool:
        """Whether the app is installed into many workspaces, each with a token of its own in the database."""
        return bool(self.slack_client_id)

    @property
    def has_slack(self) -> bool:
        """Whether there is a workspace to speak to; if not, the playground stands in."""
        return self.slack_bot_token is not None or self.is_for_many
