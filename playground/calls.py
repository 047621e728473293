"""One call of a Web API method: its arguments as JSON or form brought them, its token, and the way to refuse it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.bodies import Malformed, read_json
from playground.permissions import lacking
from playground.site import Site
from playground.state import Channel, Json, Token, User, Workspace

WHOLE = re.compile(r"-?[0-9]{1,18}")
FALSE = {False, None, "", "0", "false", "False"}


class MethodError(Exception):
    """Slack's `{"ok": false, "error": code}`, with whatever else belongs to it."""

    def __init__(self, code: str, *, status: int = 200, retry_after: int | None = None, **more: Any) -> None:
        super().__init__(code)
        self.status = status
        self.retry_after = retry_after
        self.reply: Json = {"ok": False, "error": code, **more}


@dataclass(eq=False)
class Call:
    """A call by a known token. Methods read their arguments through it, so that both encodings look the same."""

    method: str
    arguments: Mapping[str, Any]
    token: Token | None
    site: Site
    warnings: list[str] = field(default_factory=list)

    @property
    def workspace(self) -> Workspace:
        """The workspace the token belongs to."""
        if self.token is None or self.token.workspace is None:
            raise MethodError("not_allowed_token_type")
        return self.token.workspace

    def text(self, name: str, default: str = "") -> str:
        """Give an argument as a string; a list or an object is none ("Please only input valid strings")."""
        value = self.arguments.get(name)
        if isinstance(value, list | dict | bool):
            raise MethodError("invalid_array_arg" if isinstance(value, list) else "invalid_arguments")
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        """Give an argument that must be there."""
        value = self.text(name)
        if not value:
            message = f"[ERROR] missing required field: {name}"
            raise MethodError("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def flag(self, name: str) -> bool:
        """Give an argument that is a yes or no: true in JSON, 1 in a form."""
        value = self.arguments.get(name)
        return value not in FALSE if isinstance(value, str | int | bool | None) else bool(value)

    def whole(self, name: str, default: int, *, most: int | None = None) -> int:
        """Give an argument that is a whole number in digits, from 1 to `most` if that is given."""
        written = self.text(name) or str(default)
        if not WHOLE.fullmatch(written):
            raise MethodError("invalid_arguments")
        number = int(written)
        if most is not None and not 1 <= number <= most:
            raise MethodError("invalid_arguments")
        return number

    def read_nested(self, name: str, refusal: str) -> Any:
        """Give an argument that is a list or an object, which a form carries as a string of JSON."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return read_json(value) if value else None
        except Malformed:
            raise MethodError(refusal) from None

    def conversation(self) -> Channel:
        """Give the channel named, if the token has the permission for conversations of its kind."""
        channel = self.channel()
        require_scope(self.method, self.token, channel.kind)
        return channel

    def channel(self, name: str = "channel") -> Channel:
        """Give the channel an argument names by its id; others, and those the bot cannot see, do not exist."""
        channel = self.site.world.visible(self.need(name), self.token) if self.token else None
        if channel is None:
            raise MethodError("channel_not_found")
        return channel

    def user(self, name: str = "user") -> User:
        """Give the user an argument names; only those of the same workspace exist."""
        user = self.site.world.users.get(self.need(name))
        if user is None or user.team_id != self.workspace.id:
            raise MethodError("user_not_found")
        return user


def require_scope(name: str, token: Token | None, kind: str | None = None) -> None:
    """Refuse with what is needed and what was granted."""
    needed = lacking(name, token, kind)
    if needed:
        provided = ",".join(sorted(token.scopes)) if token else ""
        raise MethodError("missing_scope", needed=needed, provided=provided)


Reply = Json


@dataclass(frozen=True, slots=True)
class Method:
    """
    One Web API method.

    `tokens`: which kind may call it, or none for a method that takes no token. `tier` 0 means that Slack counts it in
    a special way or not at all.
    """

    work: Callable[[Call], Reply]
    tier: int = 0
    tokens: str | None = "xoxb"
