"""Where a test's database lies: among its files, or on the PostgreSQL of TEST_DATABASE_URL."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, text


def database_url(folder: Path) -> str:
    """The database of this folder; on PostgreSQL one of its own, made where there is none."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        return f"sqlite:///{folder / 'reception.sqlite3'}"
    name = _name(folder)
    with _server(server) as connection:
        known = connection.execute(
            text("select 1 from pg_database where datname = :name"), {"name": name}
        ).first()
        if known is None:
            connection.execute(text(f'create database "{name}"'))
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def copy_shop(source: Path, target: Path) -> None:
    """A fresh copy of a shop: files, and its database."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    if server := os.environ.get("TEST_DATABASE_URL"):
        with _server(server) as connection:
            connection.execute(text(f'drop database if exists "{_name(target)}" with (force)'))
            connection.execute(
                text(f'create database "{_name(target)}" template "{_name(source)}"')
            )


def _name(folder: Path) -> str:
    return "reception_" + hashlib.sha256(str(folder).encode()).hexdigest()[:16]


@contextmanager
def _server(url: str) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
