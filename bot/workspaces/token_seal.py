"""
How tokens rest in the database: encrypted (Fernet: AES and an HMAC), by keys that can be changed without a pause.

The first key encrypts, every key decrypts. A new key is set beside the old one everywhere, then before it; then
`frameworks-bot rekey` encrypts anew, and the old one can go.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from analytics.errors import ToMend
from bot.config import Settings

KEYS = "SLACK_TOKEN_KEYS"


class SealBroken(ToMend):
    """A token that was kept cannot be read with the keys there are."""

    def __init__(self, what: str = "A token that was kept cannot be read") -> None:
        super().__init__(
            f"{what} with the keys in {KEYS}.", f"Set the key it was kept with, after a comma: {KEYS}=NEW,OLD."
        )


def new_key() -> str:
    """Make a key."""
    return Fernet.generate_key().decode()


class NoKey(ToMend):
    """No key is set, and a token would have to be read."""

    def __init__(self) -> None:
        super().__init__(f"{KEYS} is not set, so no token can be read.", "`frameworks-bot new-key` makes one.")


class TokenSeal:
    """Encrypts tokens and reads them again; `keys` are parted by commas."""

    def __init__(self, keys: str) -> None:
        each = [Fernet(key.strip()) for key in keys.split(",")]
        self._newest, self._all = each[0], MultiFernet(each)

    def seal(self, token: str) -> str:
        """Encrypt a token with the first key."""
        return self._newest.encrypt(token.encode()).decode()

    def read(self, sealed: str) -> str:
        """Decrypt with whichever key does. Raises SealBroken."""
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealBroken from None

    def is_newest(self, sealed: str) -> bool:
        """Tell whether the first key encrypted it."""
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True


def seal_of(settings: Settings) -> TokenSeal:
    """Give what reads and encrypts tokens by the keys that are set. Raises NoKey."""
    if not settings.slack_token_keys:
        raise NoKey
    return TokenSeal(settings.slack_token_keys.get_secret_value())
