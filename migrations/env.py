"""How Alembic reaches the database: through the app, so that every setting is the same."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import DateTime

from inspect_app.db import Base, UtcDateTime, db


def plain_types(kind: str, item: Any, _context: Any) -> str | bool:
    """Migrations never import app code: our own types are written as what they are there."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return repr(DateTime(timezone=True)).replace("DateTime", "sa.DateTime")
    return False


def run() -> None:
    """Runs inside an application context."""
    assert current_app
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=plain_types,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
