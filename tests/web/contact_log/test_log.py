"""The contact log on a visit's record."""

from sqlalchemy import select

from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db
from inspect_app.sites.models import Site
from tests.conftest import Tablet
from tests.factories import arrive, new_id


def test_a_call_is_written_down_and_read_again(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    call = {"id": new_id(), "kind": "progress", "channel": "phone", "result": "reached",
            "person_reached": "Bora", "text": "Ready at six."}  # fmt: skip

    for _time in range(2):
        answer = minji.htmx_post(f"/visits/{visit_id}/contacts", call)
        assert answer.status_code == 200

    assert "Ready at six." in answer.text
    assert "Ready at six." in minji.get(f"/visits/{visit_id}/contacts").text
    assert len(db.session.scalars(select(ContactLog)).all()) == 1


def test_a_call_says_what_came_of_it(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    answer = minji.htmx_post(f"/visits/{visit_id}/contacts", {"id": new_id(), "text": "Ready."})

    assert answer.status_code == 422
    assert "Ready." in answer.text


def test_a_message_is_not_sent_where_no_service_is_set_up(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    message = {"id": new_id(), "channel": "sms", "number": "010-1234-5678", "text": "Ready."}

    answer = minji.htmx_post(f"/visits/{visit_id}/contacts", message)

    assert "Not sent" in answer.text
    assert "sends no such messages" in answer.text
