"""What people are told of a database that cannot be worked with: what is the matter, and what to do."""

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from analytics.domain.wording import clause
from analytics.errors import DatabaseTrouble
from analytics.storage.failures import Trouble, diagnose

BY_ITSELF = "nothing needs to be started again"

ON_POSTGRESQL = {
    Trouble.AWAY: (
        "{where} cannot be reached ({why}).",
        f"Start the server, or mend DATABASE_URL; {BY_ITSELF} when it is back.",
    ),
    Trouble.WRONG_ADDRESS: (
        "DATABASE_URL asks for what cannot be ({why}).",
        "Mend what stands behind its ?, or the file that it names.",
    ),
    Trouble.REFUSED: (
        "{where} does not let the role {role} in ({why}).",
        "Mend user and password in DATABASE_URL, or let that role connect from here in the server's pg_hba.conf.",
    ),
    Trouble.MISSING: ("{where} does not exist ({why}).", "Make it (createdb), or mend the name in DATABASE_URL."),
    Trouble.CROWDED: (
        "{where} takes no more connections ({why}).",
        (
            "End some, raise max_connections (or the CONNECTION LIMIT of the role or database that is named), or put a "
            "pooler such as PgBouncer before it; it is tried again."
        ),
    ),
    Trouble.ALL_IN_USE: (
        "All connections that this process may have to {where} are in use ({why}).",
        "It is tried again; if that is often so, see what the server is slow at, or run more processes.",
    ),
    Trouble.POOLER: (
        "A pooler such as PgBouncer stands before {where} and refuses ({why}).",
        (
            "Let it pool by transaction or by session, take options from DATABASE_URL, and see in its log whether it "
            "reaches the server."
        ),
    ),
    Trouble.LOCKED: (
        "{where} is locked by somebody else: an upgrade is under way, or a session holds its tables ({why}).",
        "Wait until that is done, or look in pg_stat_activity who holds them; it is tried again.",
    ),
    Trouble.SLOW: (
        "{where} took too long to answer ({why}).",
        "See whether the server is overloaded or somebody holds its tables; it is tried again.",
    ),
    Trouble.NO_RIGHT: (
        "{where}: the role {role} lacks a right ({why}).",
        (
            "Let that role own the tables, or as their owner: GRANT USAGE, CREATE ON SCHEMA public, and SELECT, "
            "INSERT, UPDATE ON ALL TABLES and USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}."
        ),
    ),
    Trouble.READ_ONLY: (
        "{where} can only be read ({why}).",
        "Name the primary server, not a standby, in DATABASE_URL, or switch off default_transaction_read_only.",
    ),
    Trouble.FULL: ("{where} has no room left ({why}).", "Make room on the server; it is tried again."),
    Trouble.DISK: ("{where} cannot read or write its disk ({why}).", "Look at the server's disk and its log."),
    Trouble.DAMAGED: ("{where} is damaged ({why}).", "Put back a backup; the server's log says what is damaged."),
}

IN_A_FILE = {
    Trouble.LOCKED: (
        "{where} is locked by another program ({why}).",
        f"Close whatever has it open (another bot, a database browser, a backup); {BY_ITSELF}.",
    ),
    Trouble.NO_RIGHT: ("{where} may not be used ({why}).", "Give this user the right to read and write it."),
    Trouble.READ_ONLY: (
        "{where} can only be read ({why}).",
        "Make the data folder and the file writable for this user, or set FRAMEWORKS_HOME to another one.",
    ),
    Trouble.FULL: ("There is no room left for {where} ({why}).", f"Make room on that disk; {BY_ITSELF}."),
    Trouble.CANNOT_OPEN: (
        "{where} cannot be opened ({why}).",
        (
            "See whether file and folder are there and writable for this user, and put the file back if it was moved; "
            "or set FRAMEWORKS_HOME to another folder."
        ),
    ),
    Trouble.DISK: (
        "{where} cannot be read or written ({why}).",
        "Look at that disk; on a network drive, set FRAMEWORKS_HOME to a folder on a disk of this machine.",
    ),
    Trouble.DAMAGED: ("{where} is damaged ({why}).", "What can be read of it is kept when it is opened again."),
}


def explain_failure(failure: DBAPIError, where: str, role: str = "") -> DatabaseTrouble | None:
    """Say what is the matter and what to do, with a `role` on a server; None for what nobody but us can mend."""
    words = (ON_POSTGRESQL if role else IN_A_FILE).get(diagnose(failure))
    if not words:
        return None
    facts = {"where": where, "role": role, "why": reason_of(failure)}
    return DatabaseTrouble(*(one.format(**facts) for one in words))


def name_server(engine: Engine) -> str:
    """Name a database for people: the whole address may hold a password. Without a name libpq takes the role's."""
    name = engine.url.query.get("dbname") or engine.url.database or engine.url.username
    return f"PostgreSQL's database {name}" if name else "PostgreSQL's database"


def name_role(engine: Engine) -> str:
    """Name who connects; without a name in the address libpq takes that of the system's user."""
    return engine.url.username or "that DATABASE_URL names"


def reason_of(failure: DBAPIError) -> str:
    """Give the database's own words in one line: PostgreSQL adds the statement in more."""
    said = str(failure.orig).strip().partition("\n")[0]
    return clause(said.rpartition("FATAL:  ")[2]) or "it hung up"
