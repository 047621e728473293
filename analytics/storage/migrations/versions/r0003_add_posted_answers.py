"""Add posted answers: what was last said in a conversation, so that a few words there can go on from it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "posted_answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("thread", sa.String(32), nullable=False),
        sa.Column("words", sa.String, nullable=False),
        sa.Column("read_at", sa.DateTime),
        sa.Column("said_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_posted_answers_channel", "posted_answers", ["channel"])
