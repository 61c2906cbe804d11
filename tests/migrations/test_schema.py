"""Every migration is proven: the schema it leaves, the way back, and what lived before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from inspect_app import create_app
from inspect_app.db import Base, db
from inspect_app.schema import alembic_config, downgrade, is_current, upgrade
from inspect_app.seeds import seed_shop
from tests.conftest import settings_in

REVISIONS = [
    script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()
]


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Flask]:
    """An app whose database has no tables yet."""
    app = create_app(settings_in(tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def _schema() -> dict[str, list[str]]:
    inspector = inspect(db.engine)
    return {
        table: sorted(str(column["name"]) for column in inspector.get_columns(table))
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_the_newest_migration_is_what_the_models_say(empty_app: Flask) -> None:
    upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []
    assert is_current()


@pytest.mark.parametrize("revision", REVISIONS[::-1])
def test_going_up_and_down_again_changes_nothing(empty_app: Flask, revision: str) -> None:
    upgrade(revision)
    before = _schema()

    downgrade("-1")
    upgrade(revision)

    assert _schema() == before


def test_the_way_down_leaves_no_table(empty_app: Flask) -> None:
    upgrade()

    downgrade("base")

    assert _schema() == {}


def test_a_shop_survives_an_upgrade_that_has_nothing_to_do(empty_app: Flask) -> None:
    upgrade()
    site = seed_shop()
    db.session.commit()

    upgrade()

    db.session.refresh(site)
    assert site.name == "Hanbit Motors"


def test_migrations_are_numbered_and_never_import_the_app() -> None:
    folder = Path(alembic_config().get_main_option("script_location") or "") / "versions"
    files = sorted(folder.glob("*.py"))

    assert [file.name[:4] for file in files] == [f"{n:04d}" for n in range(1, len(files) + 1)]
    for file in files:
        assert "inspect_app" not in file.read_text(), file.name
