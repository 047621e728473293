"""
The tables as they were when migrations began.

Databases of before have all of them (the bot's) or two (the terminal's); what is missing is made.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables that are not there; those that are, are these."""
    there = sa.inspect(op.get_bind()).get_table_names()
    for name, columns in tables().items():
        if name not in there:
            op.create_table(name, sa.Column("id", sa.Integer, primary_key=True), *columns)
    for column in ("day", "state", "subscription"):
        op.create_index(f"ix_slots_{column}", "slots", [column], if_not_exists=True)


def tables() -> dict[str, list[sa.schema.SchemaItem]]:
    """Give what each table has beside its id."""
    return {"readings": _readings(), "top_lists": _top_lists(), "subscriptions": _subscriptions(), "slots": _slots()}


def _readings() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("as_of", sa.DateTime, nullable=False),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("origins", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("kind", "key", "as_of", "method"),
    ]


def _top_lists() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("task", sa.String(100), nullable=False),
        sa.Column("author", sa.String(100), nullable=False),
        sa.Column("as_of", sa.DateTime, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("method", sa.String(32), nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("models", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("by", "task", "author", "as_of"),
    ]


def _subscriptions() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("sections", sa.String(200), nullable=False),
        sa.Column("only_if_matters", sa.Boolean, nullable=False),
        sa.Column("creator", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.UniqueConstraint("team", "channel"),
    ]


def _slots() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("subscription", sa.Integer, sa.ForeignKey("subscriptions.id"), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("claimed_at", sa.DateTime, nullable=False),
        sa.Column("first_claimed_at", sa.DateTime, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("ts", sa.String(32), nullable=False),
        sa.Column("posted_at", sa.DateTime),
        sa.Column("details", sa.Boolean, nullable=False),
        sa.Column("shown", sa.String, nullable=False),
        sa.UniqueConstraint("subscription", "day", "at"),
    ]
