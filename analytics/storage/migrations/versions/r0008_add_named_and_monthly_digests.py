"""Let a channel have several digests, each under its name, and let one come on a day of the month."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NAMING = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}
"""How PostgreSQL called the constraint that never was given a name; so SQLite's is called here too."""


def upgrade() -> None:
    """Add the columns (digests that are there are plain and weekly); what is unique is now channel and name."""
    with op.batch_alter_table("subscriptions", naming_convention=NAMING) as table:
        table.add_column(sa.Column("name", sa.String(40), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("name_key", sa.String(200), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("monthly", sa.String(16), nullable=False, server_default=sa.text("''")))
        table.drop_constraint("subscriptions_team_channel_key", type_="unique")
        table.create_unique_constraint("subscriptions_team_channel_name_key_key", ["team", "channel", "name_key"])
