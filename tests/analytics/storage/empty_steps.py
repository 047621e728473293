"""Migrations that change nothing: a revision of its own says that something did."""

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import StaticPool

from analytics.storage.ownership import TABLE
from analytics.storage.schema_history import SchemaHistory

READS = ("SELECT", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "EXPLAIN")


def find_empty_steps(history: SchemaHistory) -> list[str]:
    """Take every step on an empty database, and name those in which nothing was written."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        return [revision for revision in history.revisions if not _writes(engine, history, revision)]
    finally:
        engine.dispose()


def _writes(engine: Engine, history: SchemaHistory, revision: str) -> list[str]:
    written: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if not statement.strip().upper().startswith(READS) and TABLE not in statement:
            written.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    with engine.execution_options(isolation_level="AUTOCOMMIT").begin() as connection:
        connection.execute(text("BEGIN IMMEDIATE"))
        history.make(connection, revision)
    event.remove(engine, "before_cursor_execute", note)
    return written
