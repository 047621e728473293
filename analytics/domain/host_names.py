"""Names of hosts, as addresses hold them: which can be looked up at all."""


def can_be_host(name: str | None) -> bool:
    """Tell whether a name can be looked up: no part of it is empty or longer than 63 letters, as DNS has it."""
    try:
        return bool(name and name.encode("idna"))
    except UnicodeError:
        return False
