"""Names of hosts, as addresses hold them: which can be looked up at all."""

LONGEST = 63
"""Letters of one part of a name, as DNS has it."""


def can_be_host(name: str | None) -> bool:
    """Tell whether a name can be looked up: no part of it is empty (but after the last dot) or too long."""
    try:  # the codec is read from disk when first used, and hardly a name needs it
        plain = name if name is None or name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return False
    parts = (plain or "").split(".")
    named = parts if parts[-1] else parts[:-1]
    return bool(named) and all(0 < len(part) <= LONGEST for part in named)
