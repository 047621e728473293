"""Add who changed a channel's alerts last, and how often an alert and the quiet hours were changed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; of what was changed before nobody knows by whom."""
    with op.batch_alter_table("alert_channels") as table:
        table.add_column(sa.Column("changed_by", sa.String(32), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    with op.batch_alter_table("alerts") as table:
        table.add_column(sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
