"""The database: names, types, transactions, and the wall between sites."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from flask import g, has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    MetaData,
    TypeDecorator,
    Uuid,
    event,
    false,
    literal_column,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    LoaderCriteriaOption,
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    registry,
    with_loader_criteria,
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python; naive in SQLite, which knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone must not reach the database")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table. Keys are UUIDs, made on the tablet where a person captured the row."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime,
            uuid.UUID: Uuid,
            dict[str, Any]: JSON,
            dict[str, str]: JSON,
            list[Any]: JSON,
            list[str]: JSON,
        },
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4, sort_order=-10)


class SiteOwned:
    """A row of one site. Selects see only the rows of the site that the session is bound to."""

    @declared_attr
    @classmethod
    def site_id(cls) -> Mapped[uuid.UUID]:
        return mapped_column(ForeignKey("sites.id"), sort_order=-9)


class Captured:
    """Who captured the row and when: by the tablet's clock (corrected by its measured offset), and
    when the server wrote it."""

    captured_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))

    @declared_attr
    @classmethod
    def by_id(cls) -> Mapped[uuid.UUID]:
        return mapped_column(ForeignKey("people.id"))


db = SQLAlchemy(model_class=Base)


def bind_site(site_id: uuid.UUID | None) -> None:
    """From here on this session sees and writes the rows of this site alone."""
    db.session.info["site_id"] = site_id


@contextmanager
def any_site() -> Iterator[None]:
    """For the few look-ups by an unguessable token that come before the site is known."""
    db.session.info["any_site"] = True
    try:
        yield
    finally:
        db.session.info.pop("any_site", None)


@event.listens_for(db.session, "do_orm_execute")
def _only_this_site(state: ORMExecuteState) -> None:
    """No site bound: no row of any site, so that a forgotten filter shows nothing."""
    if state.session.info.get("any_site") or state.is_column_load:
        return
    state.statement = state.statement.options(_wall(state.session.info.get("site_id")))


@lru_cache(maxsize=64)
def _wall(site_id: uuid.UUID | None) -> LoaderCriteriaOption:
    """Kept per site, and with the id in the statement's text: as a parameter of its own for each
    table it took a tenth of the record page's time (measured 2026-11-23). Sites are few."""
    if site_id is None:
        return with_loader_criteria(SiteOwned, lambda cls: false(), include_aliases=True)
    this_site: ColumnElement[uuid.UUID] = literal_column(f"'{site_id.hex}'", Uuid())
    return with_loader_criteria(
        SiteOwned, lambda cls: cls.site_id == this_site, include_aliases=True
    )


@event.listens_for(db.session, "before_flush")
def _owned_by_this_site(session: Session, _context: object, _instances: object) -> None:
    site_id = session.info.get("site_id")
    for row in session.new:
        if isinstance(row, SiteOwned) and getattr(row, "site_id", None) is None:
            row.site_id = site_id


def wire(engine: Engine) -> None:
    """SQLite: WAL, full durability, foreign keys, and our own BEGIN.

    The driver's own transactions lost 1049 of 1200 concurrent updates (measured 2026-11-23), so a
    request that writes starts with BEGIN IMMEDIATE and one that reads with BEGIN.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _set(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = not has_app_context() or g.get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def now() -> datetime:
    """The server's time, in UTC. The one place to ask, so that tests can set the clock."""
    return datetime.now(UTC)
