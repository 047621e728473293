"""
The settings of the questions: where data rests and which Hub is asked. The bot's own settings build on these.

Read from the environment, then from a file `.env` in the working folder; `.env.example` lists every one. Nothing else
in this package reads the environment.
"""

import difflib
import io
import os
import re
from collections.abc import Collection, Container, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from analytics.context import PAPERS_API
from analytics.domain.host_names import can_be_host
from analytics.errors import ToMend

ENV_FILE = Path(".env")
MARK = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SAVE_AGAIN = "Save it again as UTF-8."
ADDRESS = re.compile(
    r"postgres(?:ql)?://(?:[^:/]*(?::[^@]*)?@)?(?P<host>\[[^/?]+\]|[^/:?]*)(?::(?P<port>[^/?]*))?(?:/[^?]*)?(?:\?(?P<more>.*))?"
)
"""How an address of a database is divided, the same way as by SQLAlchemy, which would print it in its errors."""

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
"""What a setting's name looks like; `$env:NAME` and `-e NAME` are other programs' ways to set one."""

LAST_PORT = 65_535
NOT_UNDERSTOOD = "cannot be understood: .env.example says what it may be"
OF_ANOTHER_KIND = {"int_parsing": "must be a whole number", "int_from_float": "must be a whole number"}
"""What the validator's own kinds of trouble mean."""
SWITCH = {
    **dict.fromkeys(("true", "yes", "on", "1", "t", "y"), True),
    **dict.fromkeys(("false", "no", "off", "0", "f", "n", ""), False),
}
"""How people write that something is on or off."""

AS_IT_SHOULD_BE = "it must read postgresql://user:password@host:5432/name"


QUOTES = ("'", '"')


class UnquotedEnvironment(EnvSettingsSource):
    """
    The environment, without the quotes that stand around a whole value.

    Docker's `--env-file` hands on the quotes of a file; python-dotenv and compose, which read the same file, take them
    away. So one file means the same whoever reads it; no setting of ours begins and ends with a quote.
    """

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Give the value of a setting; None where there is none, or nothing between the quotes."""
        value, key, is_complex = super().get_field_value(field, field_name)
        is_quoted = isinstance(value, str) and len(value) > 1 and value[0] in QUOTES and value[-1] == value[0]
        return (value[1:-1] or None) if is_quoted else value, key, is_complex


class UnreadableSettings(ToMend):
    """The file of settings is there and cannot be read."""


def check_env_file(file: Path = ENV_FILE) -> None:
    """Look whether the file of settings, if there is one, is readable text. Raises UnreadableSettings."""
    where, held = f"The file {file.name} in {file.absolute().parent}", b""
    if file.is_dir():
        raise UnreadableSettings(f"{where} is a folder.", "Remove it, and put the file of settings in its place.")
    try:
        held = file.read_bytes() if file.is_file() else b""
        held.decode("utf-8")
    except UnicodeDecodeError:
        guess = "UTF-16, as some Windows programs write" if held.startswith(UTF_16) else "an older encoding"
        raise UnreadableSettings(f"{where} is not in UTF-8 (it seems to be {guess}).", SAVE_AGAIN) from None
    except OSError as trouble:
        raise UnreadableSettings(f"{where} cannot be read ({trouble.strerror}).", "Change its rights.") from None
    if b"\0" in held:
        raise UnreadableSettings(f"{where} is not in UTF-8 (it seems to be UTF-16).", SAVE_AGAIN)
    if held.startswith(MARK):
        raise UnreadableSettings(f"{where} begins with a byte-order mark.", "Save it again as UTF-8 without one.")
    if line := _first_odd_line(held.decode("utf-8")):
        said = f"{where} has a line that is no setting (line {line})."
        raise UnreadableSettings(said, "Write it as NAME=value, or begin it with # if it is a remark.")


def find_misspelt(known: Collection[str], given: Mapping[str, str], file: Path = ENV_FILE) -> Iterator[tuple[str, str]]:
    """
    Give each name that is set and is no setting, with the setting it is a slip of and which is not set.

    Names that are like none are other programs', and nobody's business.
    """
    in_file = dotenv_values(file) if file.is_file() else {}
    names = {name.upper() for name, value in {**in_file, **given}.items() if value}
    for name in sorted(names - set(known)):
        near = difflib.get_close_matches(name, sorted(set(known) - names), 1, LIKE)
        yield from ((name, one) for one in near)


LIKE = 0.85
"""How alike two names are of which one is a slip of the other: of 14 letters one lost, doubled or changed, or two."""


def _first_odd_line(text: str) -> int:
    """Find what the reader of settings would only leave out, being neither setting nor remark; 0 if there is none."""
    odd = next((binding for binding in parse_stream(io.StringIO(text)) if _is_odd(binding)), None)
    if odd is None:
        return 0
    skipped = len(odd.original.string) - len(odd.original.string.lstrip())
    return odd.original.line + odd.original.string[:skipped].count("\n")


def _is_odd(binding: Binding) -> bool:
    """Tell whether a line cannot be read, is a name without its value, or names what no setting is called."""
    return binding.error or (binding.key is not None and (binding.value is None or not NAME.fullmatch(binding.key)))


def _trouble_with_address(url: str) -> str:
    """Say what is wrong with a database's address, without a word of it; nothing if it can be used."""
    parts = ADDRESS.fullmatch(url)
    if not parts:
        return f"cannot be understood: {AS_IT_SHOULD_BE}"
    if "@" in parts["host"]:
        return "has an @ in its password or user, which has to be written as %40"
    if parts["port"] and not (re.fullmatch(r"[0-9]{1,5}", parts["port"]) and 0 < int(parts["port"]) <= LAST_PORT):
        return f"names no host, or a port that cannot be: {AS_IT_SHOULD_BE}"
    if not parts["host"] and not re.search(r"(^|&)(host|service)=", parts["more"] or ""):
        return f"names no host: {AS_IT_SHOULD_BE} (or end in ?host= and the folder of the server's socket)"
    return ""


def trouble_with_web_address(value: str, schemes: Container[str] = ("https", "http")) -> str:
    """Say what is wrong with a web address that no try can mend, without a word of it; nothing if it can be asked."""
    try:
        parts = urlsplit(value)
        port_is_none = parts.port == 0
    except ValueError:  # brackets that do not close, a port that is no number or too large
        return "holds a port or an IPv6 host that cannot be: write https://host or https://host:8443"
    if parts.scheme not in schemes or not parts.hostname or port_is_none:
        return "must be a web address, such as https://huggingface.co"
    if re.search(r"[\s\x00-\x1f\x7f\\]", value):
        return "holds a space or a character that no address has: copy it again, on one line"
    if parts.query or parts.fragment:
        return "must end before any ? or #"
    if not can_be_host(parts.hostname):
        return "holds a name of a host that cannot be: write https://host or https://host:8443"
    return ""


def explain_settings(wrong: ValidationError) -> tuple[str, ...]:
    """Say of each setting what is wrong with it, without the value, which may be a secret."""
    return tuple(
        f"{str(problem['loc'][0]).upper() if problem['loc'] else 'Settings'}: "
        f"{problem.get('ctx', {}).get('error') or OF_ANOTHER_KIND.get(problem['type'], NOT_UNDERSTOOD)}."
        for problem in wrong.errors(include_input=False)
    )


def read_switch(value: object) -> bool:
    """Read a setting that is on or off. Raises ValueError."""
    word = str(value).strip().lower()
    if word not in SWITCH:
        raise ValueError("must be on or off")
    return SWITCH[word]


def read_token(value: SecretStr | None) -> SecretStr | None:
    """
    Read a token without the white space around it; none where nothing is left. Raises ValueError.

    What else no token holds is refused (a lonely quote, too): an HTTP client would print it in its error.
    """
    token = value.get_secret_value().strip() if value else ""
    if not re.fullmatch(r"[!#-&(-~]*", token):
        raise ValueError("holds characters that no token has: copy it again, whole and on one line")
    return SecretStr(token) if token else None


def own_environment() -> Mapping[str, str]:
    """Give the environment, secrets and all; who starts another program chooses what that one gets of it."""
    return os.environ


class AnalyticsSettings(BaseSettings):
    """What a terminal needs to answer; secrets do not show in `repr` or in logs."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - its place is taken
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is handed in, then the environment, then the file."""
        return init_settings, UnquotedEnvironment(settings_cls), dotenv_settings, file_secret_settings

    frameworks_home: Path = Field(default_factory=lambda: user_data_path("frameworks", appauthor=False))
    hf_endpoint: str = "https://huggingface.co"
    hf_token: SecretStr | None = None
    papers_api_url: str = PAPERS_API
    database_url: SecretStr | None = None
    log_level: str = "INFO"
    collect: bool = True
    mcp_token: SecretStr | None = None
    mcp_hosts: str = ""
    mcp_origins: str = ""

    @field_validator("mcp_token")
    @classmethod
    def _a_long_token(cls, value: SecretStr | None) -> SecretStr | None:
        token = value.get_secret_value().strip() if value else ""
        if token and not re.fullmatch(r"[!-~]{20,500}", token):
            raise ValueError("must be one word of 20 to 500 letters, digits and signs, without a space")
        return SecretStr(token) if token else None

    @field_validator("mcp_hosts")
    @classmethod
    def _hosts(cls, value: str) -> str:
        if not all(re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", host) for host in list_words(value)):
            raise ValueError("takes names of hosts, without https:// and without a port: bot.example.com")
        return value

    @field_validator("mcp_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        if not all(re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+", origin) for origin in list_words(value)):
            raise ValueError("takes origins as a browser sends them: https://assistant.example.com")
        return value

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The names by which the door for assistants may be asked, beside those of this machine."""
        return list_words(self.mcp_hosts)

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The pages in a browser that may ask it."""
        return list_words(self.mcp_origins)

    @field_validator("collect", mode="before")
    @classmethod
    def _on_or_off(cls, value: object) -> bool:
        return read_switch(value)

    @field_validator("frameworks_home", mode="before")
    @classmethod
    def _a_folder(cls, value: object) -> Path:
        """Read ~ as a shell does: in `.env` nobody else would, and a folder of that name is what nobody wants."""
        try:
            return Path(str(value).strip()).expanduser()
        except RuntimeError:
            raise ValueError("begins with ~ and a name that nobody on this machine has") from None

    @field_validator("hf_endpoint", "papers_api_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if trouble := trouble_with_web_address(value := value.strip()):
            raise ValueError(trouble)
        return value.rstrip("/")

    @field_validator("hf_token")
    @classmethod
    def _a_token_of_the_hub(cls, value: SecretStr | None) -> SecretStr | None:
        return read_token(value)

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        address = value.get_secret_value().strip() if value else ""
        if not address:
            return None
        if not address.startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql:// (leave it empty for SQLite in FRAMEWORKS_HOME)")
        if trouble := _trouble_with_address(address):
            raise ValueError(trouble)
        return SecretStr(address)

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


class AssistantSettings(AnalyticsSettings):
    """The same for assistants, which hand on what they hear: models that only the token shows are not told of."""

    @property
    def shows_private(self) -> bool:
        """Whether models that only the Hub token shows are told of: an answer goes on to whoever runs the model."""
        return False


def list_words(value: str) -> tuple[str, ...]:
    """Read a setting that lists words, parted by commas or spaces."""
    return tuple(value.replace(",", " ").split())


def find_screens(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Give the screens that the environment names, where a system has none of its own."""
    return tuple(screen for name in ("DISPLAY", "WAYLAND_DISPLAY") if (screen := environment.get(name)))
