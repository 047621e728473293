"""Add who changed a digest last, how often it was changed, and who hears of it when its creator has left."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; of what was changed before nobody knows by whom."""
    with op.batch_alter_table("subscriptions") as table:
        table.add_column(sa.Column("changed_by", sa.String(32), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
        table.add_column(sa.Column("told_instead", sa.String(32), nullable=False, server_default=sa.text("''")))
