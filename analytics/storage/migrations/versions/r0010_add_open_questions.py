"""Keep what was asked and is not answered yet, so that a process that is killed loses none of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "open_questions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(120), nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("body", sa.String, nullable=False),
        sa.UniqueConstraint("team", "mark"),
    )
