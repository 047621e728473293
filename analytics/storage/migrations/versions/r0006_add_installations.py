"""Add the installations of many workspaces, and whose a mark is, so that one workspace's can be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add a table and a column; of the marks there are nobody knows whose they are."""
    with op.batch_alter_table("marks") as table:
        table.add_column(sa.Column("team", sa.String(32), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "installations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(32), nullable=False, unique=True),
        sa.Column("enterprise", sa.String(32), nullable=False),
        sa.Column("is_org", sa.Boolean, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("app", sa.String(32), nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("bot", sa.String(32), nullable=False),
        sa.Column("bot_user", sa.String(32), nullable=False),
        sa.Column("scopes", sa.String, nullable=False),
        sa.Column("installer", sa.String(32), nullable=False),
        sa.Column("installed_at", sa.DateTime, nullable=False),
    )
