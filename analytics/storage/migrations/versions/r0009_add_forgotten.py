"""Remember for a day whose rows were deleted, so that what was in hand then is deleted too."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "forgotten",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("home", sa.String(32), nullable=False, unique=True),
        sa.Column("since", sa.DateTime, nullable=False),
    )
