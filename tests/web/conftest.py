"""What only the tests of routes need."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from inspect_app.db import db

Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def statements(app: Flask) -> Statements:
    """Notes what the database is asked: `with statements() as asked: …`."""

    @contextmanager
    def note() -> Iterator[list[str]]:
        asked: list[str] = []

        def add(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                asked.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", add)
        try:
            yield asked
        finally:
            event.remove(engine, "before_cursor_execute", add)

    return note
