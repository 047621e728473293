"""Ids and tokens that look like Slack's: a letter for the kind, then digits and capitals that tell nothing."""

import secrets
import string

ALPHABET = string.digits + string.ascii_uppercase
PLACES = 9
SPACE = len(ALPHABET) ** PLACES
STRIDE = 41_993_101_111_213
"""Has no divisor in common with the space: every number gives another id, and neighbours give distant ones."""

LETTERS = string.ascii_letters + string.digits


def make_id(prefix: str, number: int) -> str:
    """Make the id of the so-manieth thing: eleven characters, as Slack's are since 2020, for a prefix of one."""
    rest, places = number * STRIDE % SPACE, ""
    for _ in range(PLACES):
        rest, place = divmod(rest, len(ALPHABET))
        places += ALPHABET[place]
    return f"{prefix}0{places}"


def make_bot_token() -> str:
    """Make a bot's token: `xoxb-`, two numbers, 24 letters and digits."""
    word = "".join(secrets.choice(LETTERS) for _ in range(24))
    return f"xoxb-{_digits(13)}-{_digits(13)}-{word}"


def make_run_token() -> str:
    """Make the token of one run of a workflow's step: `xwfp-`, two numbers, 24 letters and digits."""
    return make_bot_token().replace("xoxb", "xwfp")


def make_app_token(app_id: str) -> str:
    """Make an app's token: `xapp-1-`, the app, a number, 64 hexadecimal digits."""
    return f"xapp-1-{app_id}-{_digits(13)}-{secrets.token_hex(32)}"


def _digits(count: int) -> str:
    return str(10 ** (count - 1) + secrets.randbelow(9 * 10 ** (count - 1)))
