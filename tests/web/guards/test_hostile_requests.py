"""No request, however odd, finds a defect: each is answered by a page or by a refusal."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from inspect_app.sites.models import Site
from tests.conftest import Tablet
from tests.web.guards.doors import address, full_visit, rules_of

NAMES = """
_key id act agreed amount angle answer at bay body_condition body_type box bringer_name
bringer_relation by_id call_limit captured_at card category claim claim_id code condition
consent_contact consent_data consent_promotion customer_id customer_locale customer_name
customer_phone damage_type description document due engine_number fuel fuel_eighths fuel_percent
hand holder_id keys keys_count kind lane lang light line_id list_name locale make mark_id model
most number odometer odometer_unit only order_id organisation part person phone pin place plate
position powertrain price promised promised_at purpose quantity q range reason received remark
remotes_count result row_id seen severity sha256 shapes size_class skip slot slot_id soc station
status still_there subject subject_code subject_id tag tag_id text then time unit valid_until
valuables value vehicle_id version view vin waits where words work_address x y zone
"""
"""Most fields that a form of the app has, and some that none has."""
FIELDS = NAMES.split()
NASTY = (
    "", "-1", "1e999", "NaN", "½", "٣", "999999999999999999999", "9" * 5000, "a\x00b",
    "\u202e\ufeff\u2028", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59", "0001-01-01T00:00", "null", "[]", "[" * 3000, '{"a":1e400}', "true",
    "' or 1=1 --", "</script><b>", "../../etc", "🚗" * 300, "\r\nSet-Cookie: a=b", "yes", "S1",
    "other", "0.5", "1", "{00000000-0000-4000-8000-000000000000}",
    "URN:UUID:00000000-0000-4000-8000-00000000000A",
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
KINDS = (
    FORM, FORM + "; charset=nope", "application/json", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "x" * 300,
)  # fmt: skip
BODIES = (
    b"a=%ff%fe&id=%00&id=1&id=2&=&&&" + b"&z" * 600,
    b'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n',
)
HEADERS = (
    "X-Captured-At", "X-Clock-Offset", "X-Author", "Idempotency-Key", "Referer", "HX-Source",
    "HX-Request", "HX-Request-Type", "Accept-Language", "If-None-Match", "Range",
)  # fmt: skip
ENDS_THE_SITTING = {"staff.sign_out", "signatures.hand_over"}


@pytest.fixture
def ids(minji: Tablet, shop: Site) -> dict[str, str]:
    """A visit that still takes captures."""
    return full_visit(minji, signed=False)


@pytest.fixture
def defects() -> Iterator[list[object]]:
    """What was answered by a defect; nothing may be in it at the end."""
    found: list[object] = []
    yield found
    assert found == []


def _some(number: int) -> tuple[str, ...]:
    """A quarter of the values: each route gets its own, all routes together get all."""
    return NASTY[number % 4 :: 4]


def _sound(answer: Any, what: object, defects: list[object]) -> None:
    if answer.status_code >= 500:
        defects.append((what, answer.status_code))
    answer.close()


def test_every_page_stands_odd_questions(
    app: Flask, minji: Tablet, ids: dict[str, str], defects: list[object]
) -> None:
    for number, rule in enumerate(rules_of(app, "GET")):
        page = address(app, rule, ids)
        for value in _some(number):
            answer = minji.get(page, query_string=dict.fromkeys(FIELDS, value))
            _sound(answer, (rule.endpoint, value), defects)
        answer = minji.get(page + "?%ff%fe=%c3%28&q=%00&plate=%ed%a0%80&lang=%ff&code=%ff")
        _sound(answer, page, defects)


def test_every_act_stands_odd_fields(
    app: Flask, minji: Tablet, ids: dict[str, str], defects: list[object]
) -> None:
    for number, rule in enumerate(_acts(app)):
        page = address(app, rule, ids)
        for value in _some(number):
            form, new = dict.fromkeys(FIELDS, value), {"id": str(uuid.uuid4())}
            what = (rule.endpoint, value)
            _sound(minji.post(page, {**form, **new}), what, defects)
            _sound(minji.htmx_post(page, {**form, **new, "_key": new["id"]}), what, defects)
        _sound(minji.htmx_post(page, dict.fromkeys(FIELDS, "\r\nA: b")), page, defects)


def test_every_act_stands_odd_bodies_and_headers(
    app: Flask, minji: Tablet, ids: dict[str, str], defects: list[object]
) -> None:
    for number, rule in enumerate(_acts(app)):
        page = address(app, rule, ids)
        for kind in KINDS:
            for body in BODIES:
                answer = minji.client.post(page, data=body, content_type=kind)
                _sound(answer, (rule.endpoint, kind, body[:9]), defects)
        for value in _some(number):
            odd = value.replace("\r\n", " ").encode("latin-1", "ignore").decode("latin-1")
            answer = minji.post(page, {"id": ids["visit_id"]}, headers=dict.fromkeys(HEADERS, odd))
            _sound(answer, (rule.endpoint, odd), defects)


def _acts(app: Flask) -> list[Any]:
    return [rule for rule in rules_of(app, "POST") if rule.endpoint not in ENDS_THE_SITTING]


def test_a_line_whose_id_is_none_puts_nothing_into_the_answers_headers(
    minji: Tablet, ids: dict[str, str]
) -> None:
    lines = f"/visits/{ids['visit_id']}/order/lines"

    answer = minji.htmx_post(lines, {"id": "x,#problems\r\nA: b", "description": "Oil"})

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#problems"
