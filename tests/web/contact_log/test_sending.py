"""A message is sent once and written down, whatever is repeated."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import g
from sqlalchemy import select

from inspect_app.contact_log.actions import log_contact, send_message
from inspect_app.contact_log.models import ContactLog, Message
from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.sites.models import Site
from inspect_app.visits.models import Visit
from tests.conftest import Tablet
from tests.factories import arrive
from tests.web.contact_log.services import Hook, running

AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture
def hook(shop: Site) -> Iterator[Hook]:
    """A text message service that the shop is set up for."""
    with running(Hook()) as server:
        shop.settings = {**shop.settings, "sms": {"url": server.url}}
        db.session.commit()
        yield server


@pytest.fixture
def visit(minji: Tablet, shop: Site) -> Visit:
    """Sora's visit."""
    visit_id = uuid.UUID(arrive(minji))
    g.writes = True
    db.session.rollback()
    return db.session.scalars(select(Visit).where(Visit.id == visit_id)).one()


def _send(site: Site, visit: Visit, key: uuid.UUID) -> ContactLog:
    return send_message(
        site, visit.id, key=key, kind="reminder", channel="sms", to="010-1234-5678",
        text="Tomorrow at 10.", by=visit.received_by_id, at=AT,
    )  # fmt: skip


def test_a_repeat_of_the_same_request_sends_nothing_more(
    shop: Site, visit: Visit, hook: Hook
) -> None:
    key = uuid.uuid4()

    first = _send(shop, visit, key)
    again = _send(shop, visit, key)

    assert again is first
    assert first.result == "sent"
    assert len(hook.got) == 1
    assert hook.got[0][0]["key"] == str(key)


def test_a_message_that_is_cut_off_on_its_way_is_never_sent_again_by_itself(
    shop: Site, visit: Visit, hook: Hook
) -> None:
    key, by = uuid.uuid4(), visit.received_by_id
    db.session.add(
        Message(id=key, visit_id=visit.id, channel="sms", address="010", by_id=by, captured_at=AT)
    )
    db.session.commit()

    with pytest.raises(Conflict) as refused:
        _send(shop, visit, key)

    assert "ask the customer" in str(refused.value.message)
    assert hook.got == []


def test_a_failure_is_written_down_with_its_reason(shop: Site, visit: Visit, hook: Hook) -> None:
    hook.status = 500

    logged = _send(shop, visit, uuid.uuid4())

    assert logged.result == "failed"
    assert "refused" in logged.detail["problem"]
    assert db.session.scalars(select(Message.state)).one() == "failed"


def test_a_contact_is_written_once_and_only_for_its_own_visit(
    shop: Site, visit: Visit, minji: Tablet
) -> None:
    row_id, by = uuid.uuid4(), visit.received_by_id
    said = {"kind": "progress", "channel": "phone", "result": "reached", "by": by, "at": AT}
    other = uuid.UUID(arrive(minji, "55가 5555"))
    db.session.rollback()

    first = log_contact(visit.id, row_id=row_id, **said)  # type: ignore[arg-type]
    again = log_contact(visit.id, row_id=row_id, **said)  # type: ignore[arg-type]

    assert again is first
    assert first.actual_at == AT
    with pytest.raises(Conflict):
        log_contact(other, row_id=row_id, **said)  # type: ignore[arg-type]
