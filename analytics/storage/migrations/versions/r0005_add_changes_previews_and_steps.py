"""Add who changed a digest last and who hears of it when its creator has left; link previews; what the step posted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns (of what was changed before nobody knows by whom) and two tables."""
    with op.batch_alter_table("subscriptions") as table:
        table.add_column(sa.Column("changed_by", sa.String(32), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
        table.add_column(sa.Column("told_instead", sa.String(32), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("alert_channels") as table:
        table.add_column(sa.Column("told_instead", sa.String(32), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "preview_settings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("wanted", sa.Boolean, nullable=False),
        sa.Column("set_by", sa.String(32), nullable=False),
        sa.Column("set_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("team", "channel"),
    )
    op.create_table(
        "step_findings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("finding", sa.String(64), nullable=False),
        sa.Column("link", sa.String(300), nullable=False),
        sa.Column("posted_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("team", "channel", "question"),
    )
