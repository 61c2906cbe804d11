"""Stations, check lines, conditions and the drawing's body type."""

from typing import Any

import pytest
from flask import Flask

from inspect_app.catalogues import codes
from inspect_app.db import any_site, db
from inspect_app.sites.models import Site
from inspect_app.walkaround.models import Check, Mark, Walkaround
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, check_in, new_id
from tests.web.walkaround.test_marks import mark_form

EARLY = "2026-01-02T10:00:00.000+00:00"


def answers(app: Flask) -> dict[tuple[str, str], str]:
    with app.app_context(), any_site():
        found = db.session.execute(db.select(Check.list_name, Check.code, Check.result))
        return {(kind, code): result for kind, code, result in found}


def close(tablet: Tablet, visit_id: str, station: str, result: str = "normal") -> Any:
    form = {"id": new_id(), "_key": new_id(), "result": result}
    return tablet.htmx_post(f"/visits/{visit_id}/stations/{station}", form)


def check(tablet: Tablet, visit_id: str, line: str, kind: str = "indicator", **more: Any) -> Any:
    headers = {"X-Captured-At": more.pop("at")} if "at" in more else {}
    form = {"id": new_id(), "_key": new_id(), "list_name": kind, "line": line, **more}
    return tablet.htmx_post(f"/visits/{visit_id}/checks", form, headers=headers)


def test_all_normal_here_answers_untouched_lines_of_one_station_and_goes_on(
    app: Flask, minji: Tablet
) -> None:
    visit_id = arrive(minji)
    check(minji, visit_id, "abs:on")

    answer = close(minji, visit_id, "dashboard")

    found = answers(app)
    assert answer.status_code == 200
    assert 'data-station="boot"' in answer.text
    assert found["indicator", "abs"] == "on"
    assert found["indicator", "airbag"] == "off"
    assert found["indicator", "parking_brake"] == "on"
    assert found["function", "horn"] == "normal"
    assert found["zone", "dashboard"] == "abnormal"
    assert ("interior", "driver_seat") not in found
    assert ("indicator", "glow_plug") not in found, "a petrol car has none"


def test_what_was_not_looked_at_is_recorded_as_such(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    close(minji, visit_id, "roof", "not_checked")
    close(minji, visit_id, "interior", "not_checked")

    assert answers(app) == {("zone", "roof"): "not_checked", ("zone", "interior"): "not_checked"}
    assert "Not looked at" in minji.get(f"/visits/{visit_id}/walkaround?station=roof").text


def test_all_ten_stations_make_the_walk_around_done(minji: Tablet) -> None:
    visit_id = arrive(minji)

    for station in codes("stations"):
        assert close(minji, visit_id, station).status_code == 200

    page = minji.get(f"/visits/{visit_id}/walkaround").text
    assert page.count('data-done="full"') == 10


@pytest.mark.parametrize(
    ("station", "result", "status"),
    [
        ("moon", "normal", 404),
        ("roof", "", 422),
        ("roof", "abnormal", 422),
        ("roof", "x" * 999, 422),
    ],
)
def test_a_station_is_not_closed_by_what_is_none(
    station: str, result: str, status: int, app: Flask, minji: Tablet
) -> None:
    assert close(minji, arrive(minji), station, result).status_code == status
    assert answers(app) == {}


def test_the_same_line_again_is_one_row(app: Flask, minji: Tablet) -> None:
    visit_id, same = arrive(minji), {"id": new_id(), "_key": new_id()}

    first = check(minji, visit_id, "abs:on", **same)
    again = check(minji, visit_id, "abs:on", **same)
    taken_back = check(minji, visit_id, "abs:off", id=same["id"])

    assert first.text == again.text
    assert taken_back.status_code == 200
    assert answers(app) == {("indicator", "abs"): "off"}


def test_two_lines_of_one_page_may_come_under_one_id(app: Flask, minji: Tablet) -> None:
    visit_id, same = arrive(minji), new_id()

    check(minji, visit_id, "abs:on", id=same)
    second = check(minji, visit_id, "airbag:on", id=same)

    assert second.status_code == 200
    assert len(answers(app)) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "zone", "line": "bonnet:normal"},
        {"kind": "weather", "line": "rain:on"},
        {"kind": "", "line": ""},
        {"kind": "indicator", "line": "abs:normal"},
        {"kind": "indicator", "line": "horn:on"},
        {"kind": "indicator", "line": "abs:on", "remark": "x" * 501},
        {"kind": "indicator", "line": "abs:on", "remark": "\x1b[31m"},
        {"kind": "indicator", "line": "abs:on", "id": "none"},
    ],
    ids=str,
)
def test_an_answer_to_no_line_is_refused(fields: dict[str, Any], app: Flask, minji: Tablet) -> None:
    answer = check(minji, arrive(minji), **fields)

    assert answer.status_code == 422
    assert answers(app) == {}


def test_an_abnormality_that_comes_late_is_not_lost(app: Flask, minji: Tablet) -> None:
    haoran = sign_in(app, "Haoran")
    visit_id = arrive(minji)
    close(minji, visit_id, "dashboard")

    seen = check(haoran, visit_id, "abs:on", at=EARLY)
    fine = check(haoran, visit_id, "abs:off", at=EARLY)

    assert (seen.status_code, fine.status_code) == (200, 200)
    assert answers(app)["indicator", "abs"] == "on"
    assert answers(app)["zone", "dashboard"] == "abnormal"


def test_a_line_has_a_page_of_its_own(minji: Tablet) -> None:
    visit_id = arrive(minji)

    page = minji.get(f"/visits/{visit_id}/checks/indicator/abs")

    assert page.status_code == 200
    assert 'name="remark"' in page.text
    assert minji.get(f"/visits/{visit_id}/checks/zone/bonnet").status_code == 404
    assert minji.get(f"/visits/{visit_id}/checks/indicator/glow_plug").status_code == 404


def test_conditions_are_noted_once_and_changed(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)
    url = f"/visits/{visit_id}/conditions"

    minji.htmx_post(url, {"body_condition": "wet"})
    answer = minji.htmx_post(url, {"body_condition": "wet", "light": "dusk"})
    bad = minji.htmx_post(url, {"light": "moon"})
    empty = minji.post(url)

    assert "Dirt and water hide scratches" in answer.text
    assert (bad.status_code, empty.status_code) == (422, 422)
    with app.app_context(), any_site():
        row = db.session.scalars(db.select(Walkaround)).one()
        assert (row.body_condition, row.light) == ("wet", "dusk")


def test_another_body_type_keeps_the_marks_on_their_parts(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)
    minji.post(f"/visits/{visit_id}/marks", mark_form(x="0.3", y="0.48"))

    answer = minji.post(f"/visits/{visit_id}/body-type", {"body_type": "van"})
    refused = minji.post(f"/visits/{visit_id}/body-type", {"body_type": "tank"})

    assert (answer.status_code, refused.status_code) == (303, 422)
    assert "drawings/van.svg" in minji.get(f"/visits/{visit_id}/walkaround").text
    with app.app_context(), any_site():
        mark = db.session.scalars(db.select(Mark)).one()
        assert mark.zone == "bonnet"
        assert (mark.x, mark.y) != (0.3, 0.48)


def test_after_the_seal_nothing_is_answered(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    acts = {
        f"/visits/{visit_id}/checks": {"id": new_id(), "list_name": "indicator", "line": "abs:on"},
        f"/visits/{visit_id}/stations/roof": {"id": new_id(), "result": "normal"},
        f"/visits/{visit_id}/conditions": {"light": "day"},
        f"/visits/{visit_id}/body-type": {"body_type": "van"},
    }

    found = {url: minji.post(url, form).status_code for url, form in acts.items()}

    assert set(found.values()) == {409}
    page = minji.get(f"/visits/{visit_id}/walkaround")
    assert page.status_code == 200
    assert "All normal here" not in page.text


def test_another_sites_visit_is_not_found(minji: Tablet) -> None:
    assert minji.get(f"/visits/{new_id()}/walkaround").status_code == 404
    assert close(minji, new_id(), "roof").status_code == 404
