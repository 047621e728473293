<%! from analytics.domain.wording import clause %>"""${clause(message.capitalize())}."""

revision = "${up_revision}"
down_revision = "${down_revision}"


def upgrade() -> None:
    """Say here what becomes of the rows there are, by `op` of alembic and `sa`, which is sqlalchemy."""
    raise NotImplementedError("this step is to be filled in")
