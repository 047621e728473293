"""What Alembic runs around the migrations: on the connection, and in the transaction, that it was handed."""

from alembic import context

_given = context.config.attributes

context.configure(
    connection=_given["connection"],
    transactional_ddl=True,  # SQLite's too: the transaction was begun by hand
    on_version_apply=lambda step, **_: _given["applied"].append(step.up_revision_id),
)
context.run_migrations()
