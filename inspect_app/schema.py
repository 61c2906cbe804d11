"""Bringing a database to the newest schema."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from inspect_app.config import MIGRATIONS
from inspect_app.db import db


def alembic_config() -> Config:
    """Alembic without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def is_current() -> bool:
    """Whether the database is at the newest migration."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def upgrade(revision: str = "head") -> None:
    """Runs what is missing. Call it inside an application context."""
    command.upgrade(alembic_config(), revision)


def downgrade(revision: str) -> None:
    """Goes back to a revision."""
    command.downgrade(alembic_config(), revision)
