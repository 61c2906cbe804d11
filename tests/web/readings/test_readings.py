"""Odometer, fuel and charge at hand-in (6.09)."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from inspect_app.db import db
from inspect_app.readings.models import Reading
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet
from tests.factories import arrive, new_id


def figures(**changes: Any) -> dict[str, Any]:
    """The dashboard of a petrol car, as the form sends it."""
    form = {"id": new_id(), "odometer": "84210", "odometer_unit": "km", "fuel_eighths": "5"}
    return {**form, **changes}


def kept() -> list[Reading]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Reading).order_by(Reading.recorded_at)))


def come_back(tablet: Tablet, visit_id: str) -> str:
    """The car left after that visit and is here again."""
    visit = db.session.get_one(Visit, uuid.UUID(visit_id))
    visit.state, visit.arrived_at = "closed", visit.arrived_at - timedelta(days=90)
    db.session.commit()
    return arrive(tablet)


def test_readings_are_kept_by_a_plain_form_and_by_htmx(minji: Tablet, shop: object) -> None:
    visit_id, form = arrive(minji), figures()

    plain = minji.post(f"/visits/{visit_id}/readings", form)
    htmx = minji.htmx_post(f"/visits/{visit_id}/readings", {**form, "fuel_eighths": "6"})

    assert (plain.status_code, htmx.status_code) == (303, 200)
    assert 'id="readings"' in htmx.text
    assert [(row.odometer, row.odometer_km, row.fuel_eighths) for row in kept()] == [
        (84210, 84210, 6)
    ]


def test_miles_are_kept_as_read_and_compared_in_kilometres(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)

    minji.post(f"/visits/{visit_id}/readings", figures(odometer="52,326", odometer_unit="mi"))

    row = kept()[0]
    assert (row.odometer, row.odometer_unit, row.odometer_km) == (52326, "mi", 84211)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("odometer", "-1"),
        ("odometer", "1000000000000"),
        ("odometer", "12.5"),
        ("odometer", "about 80 thousand"),
        ("odometer_unit", "versts"),
        ("fuel_eighths", "9"),
        ("fuel_eighths", "9/8"),
        ("fuel_percent", "101"),
        ("charge_percent", "101"),
        ("range_km", "5001"),
        ("range_km", "-3"),
        ("lower_reason", "x" * 501),
        ("id", "none"),
    ],
)
def test_a_figure_that_can_not_be_is_refused_and_stays_typed(
    minji: Tablet, shop: object, field: str, text: str
) -> None:
    visit_id = arrive(minji, powertrain="plug_in")

    answer = minji.htmx_post(f"/visits/{visit_id}/readings", figures(**{field: text}))
    plain = minji.post(f"/visits/{visit_id}/readings", figures(**{field: text}))

    assert (answer.status_code, plain.status_code) == (422, 422)
    assert kept() == []
    if field not in ("id", "odometer_unit"):
        assert text in answer.text
        assert "data-problem" in answer.text or "field__problem" in answer.text


def test_lower_than_last_time_warns_asks_why_and_keeps_what_was_typed(
    minji: Tablet, shop: object
) -> None:
    first = arrive(minji)
    minji.post(f"/visits/{first}/readings", figures())
    visit_id = come_back(minji, first)

    page = minji.get(f"/visits/{visit_id}/readings").text
    asked = minji.htmx_post(f"/visits/{visit_id}/readings", figures(odometer="4210"))
    told = minji.htmx_post(
        f"/visits/{visit_id}/readings", figures(odometer="4210", lower_reason="New instrument")
    )

    assert "84,210 km" in page
    assert asked.status_code == 422
    assert "lower than last time" in asked.text
    assert 'value="4210"' in asked.text
    assert told.status_code == 200
    assert kept()[-1].lower_reason == "New instrument"


def test_an_electric_car_has_charge_and_range_and_no_fuel(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji, powertrain="ev")

    page = minji.get(f"/visits/{visit_id}/readings").text
    minji.post(f"/visits/{visit_id}/readings", figures(charge_percent="72", range_km="310"))

    row = kept()[0]
    assert 'name="fuel_eighths"' not in page
    assert 'name="charge_percent"' in page
    assert (row.charge_percent, row.range_km, row.fuel_eighths) == (72, 310, None)


def test_percent_goes_before_eighths(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)

    minji.post(f"/visits/{visit_id}/readings", figures(fuel_percent="40"))

    assert (kept()[0].fuel_percent, kept()[0].fuel_eighths) == (40, None)


def test_an_empty_form_is_refused(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)

    answer = minji.post(f"/visits/{visit_id}/readings", figures(odometer="", fuel_eighths=""))

    assert answer.status_code == 422
    assert kept() == []


def test_the_later_capture_counts_whoever_comes_first(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    url = f"/visits/{visit_id}/readings"

    minji.post(url, figures(odometer="90000"), headers={"X-Captured-At": "2026-11-20T10:00:00Z"})
    minji.post(url, figures(odometer="80000"), headers={"X-Captured-At": "2026-11-20T09:00:00Z"})

    kinds = db.session.scalars(db.select(VisitEvent.kind)).all()
    assert [row.odometer for row in kept()] == [90000]
    assert "reading.superseded" in kinds


def test_a_repeat_answers_like_the_first(minji: Tablet, shop: object) -> None:
    visit_id, form, key = arrive(minji), figures(), {"Idempotency-Key": new_id()}

    first = minji.htmx_post(f"/visits/{visit_id}/readings", form, headers=key)
    second = minji.htmx_post(f"/visits/{visit_id}/readings", form, headers=key)

    assert first.text == second.text
    assert len(kept()) == 1


def test_nothing_is_read_after_the_check_in(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    db.session.get_one(Visit, uuid.UUID(visit_id)).state = "checked_in"
    db.session.commit()

    assert minji.post(f"/visits/{visit_id}/readings", figures()).status_code == 409
    assert kept() == []
