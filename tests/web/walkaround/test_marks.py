"""Marks of damage: added, changed, moved, taken away; known ones confirmed."""

from typing import Any

import pytest
from flask import Flask

from inspect_app.db import any_site, db
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from inspect_app.walkaround.models import Check, KnownMark, Mark
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, check_in, new_id

EARLY = "2026-01-02T10:00:00.000+00:00"


def mark_form(**fields: Any) -> dict[str, Any]:
    """A scratch on the bonnet, as the sheet at the finger sends it."""
    return {
        "id": new_id(),
        "_key": new_id(),
        "view": "outside",
        "zone": "bonnet",
        "x": "0.33",
        "y": "0.5",
        "damage_type": "scratch",
        "severity": "minor",
        "size_class": "2",
        "remark": "",
        **fields,
    }


def marks(app: Flask) -> list[Mark]:
    with app.app_context(), any_site():
        return list(db.session.scalars(db.select(Mark).order_by(Mark.number)))


def happened(app: Flask) -> list[str]:
    with app.app_context(), any_site():
        events = db.session.scalars(db.select(VisitEvent).order_by(VisitEvent.recorded_at))
        return [event.kind for event in events if "mark" in event.kind]


def test_a_mark_is_kept_with_its_codes_and_the_number_triple_of_the_trade(
    app: Flask, minji: Tablet
) -> None:
    visit_id, form = arrive(minji), mark_form()

    answer = minji.htmx_post(f"/visits/{visit_id}/marks", form)

    assert answer.status_code == 200
    assert f'data-mark="{form["id"]}"' in answer.text
    assert f"/marks/{form['id']}/removal" in answer.text
    (mark,) = marks(app)
    assert (mark.number, mark.zone, mark.damage_type, mark.size_class) == (
        1,
        "bonnet",
        "scratch",
        2,
    )
    assert (mark.x, mark.y) == (0.33, 0.5)
    assert (mark.m22_area, mark.m22_severity) == (27, 2)
    assert mark.m22_edition.startswith("M-22")
    assert happened(app) == ["mark.added"]


def test_a_plain_form_goes_back_to_the_station(minji: Tablet) -> None:
    visit_id = arrive(minji)

    answer = minji.post(f"/visits/{visit_id}/marks", mark_form(station="front"))

    assert answer.status_code == 303
    assert answer.location == f"/visits/{visit_id}/walkaround?station=front"


def test_a_zone_from_the_list_needs_no_drawing(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    minji.post(f"/visits/{visit_id}/marks", mark_form(view="", x="", y="", zone="driver_seat"))

    (mark,) = marks(app)
    assert (mark.view, mark.zone) == ("inside", "driver_seat")
    assert (round(mark.x, 2), round(mark.y, 2)) == (0.29, 0.81)


def test_something_missing_needs_no_size(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    minji.post(f"/visits/{visit_id}/marks", mark_form(damage_type="missing", size_class=""))

    assert [mark.size_class for mark in marks(app)] == [6]


def test_the_same_mark_again_is_one_mark(app: Flask, minji: Tablet) -> None:
    visit_id, form = arrive(minji), mark_form()
    first = minji.htmx_post(f"/visits/{visit_id}/marks", form)

    again = minji.htmx_post(f"/visits/{visit_id}/marks", form)
    with_another_key = minji.htmx_post(f"/visits/{visit_id}/marks", {**form, "_key": new_id()})

    assert (again.status_code, with_another_key.status_code) == (200, 200)
    assert again.text == first.text
    assert len(marks(app)) == 1


def test_the_id_of_another_visits_mark_is_refused(app: Flask, minji: Tablet) -> None:
    form = mark_form()
    minji.post(f"/visits/{arrive(minji)}/marks", form)
    other = arrive(minji, "34나 5678")

    answer = minji.post(f"/visits/{other}/marks", {**form, "_key": new_id()})

    assert answer.status_code == 409
    assert len(marks(app)) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"x": "1.01"}, "not on the drawing"),
        ({"x": "-0.01"}, "not on the drawing"),
        ({"x": "nan"}, "not on the drawing"),
        ({"x": "inf"}, "not on the drawing"),
        ({"x": "left"}, "not on the drawing"),
        ({"x": ""}, "not on the drawing"),
        ({"view": "above"}, "no such drawing"),
        ({"zone": ""}, "Choose the part"),
        ({"zone": "driver_seat"}, "Choose the part"),
        ({"damage_type": ""}, "what kind of damage"),
        ({"damage_type": "bomb"}, "what kind of damage"),
        ({"size_class": "0"}, "how large"),
        ({"size_class": "7"}, "how large"),
        ({"size_class": "9" * 400}, "how large"),
        ({"size_class": "²"}, "how large"),
        ({"severity": "none"}, "offered answers"),
        ({"remark": "x" * 501}, "At most 500"),
        ({"remark": "a\x00b"}, "control character"),
        ({"damage_type": "other"}, "few words"),
        ({"id": "17"}, "no valid id"),
    ],
    ids=str,
)
def test_a_mark_that_can_not_be_kept_is_refused_with_a_sentence(
    fields: dict[str, str], sentence: str, app: Flask, minji: Tablet
) -> None:
    visit_id = arrive(minji)

    plain = minji.post(f"/visits/{visit_id}/marks", mark_form(**fields))
    htmx = minji.htmx_post(f"/visits/{visit_id}/marks", mark_form(**fields))

    assert (plain.status_code, htmx.status_code) == (422, 422)
    assert sentence in htmx.text
    assert htmx.headers["HX-Retarget"] == "#problems"
    assert marks(app) == []


def test_a_refused_plain_form_keeps_what_was_typed(minji: Tablet) -> None:
    visit_id = arrive(minji)
    form = mark_form(size_class="", remark="near the <b>badge</b>")

    answer = minji.post(f"/visits/{visit_id}/marks", form)

    assert answer.status_code == 422
    assert "near the &lt;b&gt;badge&lt;/b&gt;" in answer.text
    assert form["id"] in answer.text
    assert 'value="bonnet" selected' in answer.text


def test_numbers_are_given_once(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)
    forms = [mark_form() for _ in range(3)]
    for form in forms[:2]:
        minji.post(f"/visits/{visit_id}/marks", form)

    minji.post(f"/visits/{visit_id}/marks/{forms[1]['id']}/removal")
    minji.post(f"/visits/{visit_id}/marks", forms[2])

    assert [mark.number for mark in marks(app)] == [1, 2, 3]
    page = minji.get(f"/visits/{visit_id}/walkaround?station=front").text
    assert forms[1]["id"] not in page
    assert 'data-number="3"' in page


def test_a_removed_mark_comes_back(app: Flask, minji: Tablet) -> None:
    visit_id, form = arrive(minji), mark_form()
    minji.post(f"/visits/{visit_id}/marks", form)

    removed = minji.htmx_post(f"/visits/{visit_id}/marks/{form['id']}/removal")
    back = minji.htmx_post(f"/visits/{visit_id}/marks/{form['id']}/return")

    assert f'data-mark="{form["id"]}"' not in removed.text
    assert f"/marks/{form['id']}/return" in removed.text
    assert f'data-mark="{form["id"]}"' in back.text
    assert happened(app) == ["mark.added", "mark.removed", "mark.returned"]


def test_a_mark_is_changed_and_moved(app: Flask, minji: Tablet) -> None:
    visit_id, form = arrive(minji), mark_form()
    minji.post(f"/visits/{visit_id}/marks", form)
    one = f"/visits/{visit_id}/marks/{form['id']}"

    changed = minji.post(one, mark_form(damage_type="dent", x="", y="", remark="deep"))
    moved = minji.htmx_post(f"{one}/place", {"zone": "windscreen", "x": "0.45", "y": "0.5"})

    assert (changed.status_code, moved.status_code) == (303, 200)
    (mark,) = marks(app)
    assert (mark.damage_type, mark.remark, mark.zone, mark.x) == (
        "dent",
        "deep",
        "windscreen",
        0.45,
    )
    assert happened(app) == ["mark.added", "mark.changed", "mark.moved"]


@pytest.mark.parametrize("fields", [{"x": "2"}, {"zone": "moon"}, {"y": "nan"}], ids=str)
def test_a_mark_is_not_moved_off_the_car(fields: dict[str, str], app: Flask, minji: Tablet) -> None:
    visit_id, form = arrive(minji), mark_form()
    minji.post(f"/visits/{visit_id}/marks", form)
    place = {"zone": "bonnet", "x": "0.4", "y": "0.5", **fields}

    answer = minji.post(f"/visits/{visit_id}/marks/{form['id']}/place", place)

    assert answer.status_code == 422
    assert [mark.x for mark in marks(app)] == [0.33]


def test_what_was_captured_earlier_does_not_overwrite(app: Flask, minji: Tablet) -> None:
    haoran = sign_in(app, "Haoran")
    visit_id, form = arrive(minji), mark_form()
    minji.post(f"/visits/{visit_id}/marks", form)
    late = mark_form(id=form["id"], damage_type="dent")

    answer = haoran.post(
        f"/visits/{visit_id}/marks/{form['id']}", late, headers={"X-Captured-At": EARLY}
    )

    assert answer.status_code == 303
    assert [mark.damage_type for mark in marks(app)] == ["scratch"]
    assert happened(app) == ["mark.added", "mark.superseded"]


def test_two_tablets_mark_one_car_without_losing_any(app: Flask, minji: Tablet) -> None:
    haoran = sign_in(app, "Haoran")
    visit_id = arrive(minji)

    for tablet in (minji, haoran, minji, haoran):
        assert tablet.post(f"/visits/{visit_id}/marks", mark_form()).status_code == 303

    assert [mark.number for mark in marks(app)] == [1, 2, 3, 4]


def test_known_damage_is_grey_until_someone_says_it_is_still_there(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    check_in(minji, marks=2)
    db.session.execute(db.text("UPDATE visits SET state = 'left'"))
    db.session.commit()
    visit_id = arrive(minji)
    before = minji.get(f"/visits/{visit_id}/walkaround?station=front").text

    answer = minji.htmx_post(f"/visits/{visit_id}/known-marks")
    gone = marks(app)[0]
    one = minji.htmx_post(f"/visits/{visit_id}/known-marks/{gone.id}", {"still_there": "no"})
    stranger = minji.post(f"/visits/{visit_id}/known-marks/{new_id()}", {"still_there": "no"})

    assert before.count("data-known") == 2
    assert "All still there" in before
    assert "All still there" not in answer.text
    assert one.text.count("data-known") == 1
    assert stranger.status_code == 409
    db.session.rollback()
    answers = db.session.scalars(db.select(KnownMark.still_there)).all()
    assert sorted(answers) == [False, True]


def test_after_the_seal_no_mark_is_taken(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji, marks=1)
    mark = f"/visits/{visit_id}/marks/{db.session.scalars(db.select(Mark.id)).one()}"
    acts = [
        (f"/visits/{visit_id}/marks", mark_form()),
        (mark, mark_form()),
        (f"{mark}/place", {"zone": "bonnet", "x": "0.1", "y": "0.1"}),
        (f"{mark}/removal", {}),
        (f"/visits/{visit_id}/known-marks", {}),
    ]

    answers = [minji.post(url, form).status_code for url, form in acts]

    assert answers == [409] * len(acts)
    db.session.rollback()
    assert len(db.session.scalars(db.select(Mark)).all()) == 1


def test_another_sites_visit_is_not_found(app: Flask, minji: Tablet) -> None:
    assert minji.post(f"/visits/{new_id()}/marks", mark_form()).status_code == 404
    assert marks(app) == []


def test_a_mark_makes_its_closed_station_abnormal(app: Flask, minji: Tablet) -> None:
    visit_id, form = arrive(minji), mark_form()
    minji.post(f"/visits/{visit_id}/stations/front", {"id": new_id(), "result": "normal"})

    minji.post(f"/visits/{visit_id}/marks", form)
    with_mark = result_of(app, "front")
    minji.post(f"/visits/{visit_id}/marks/{form['id']}/removal")

    assert (with_mark, result_of(app, "front")) == ("abnormal", "normal")


def result_of(app: Flask, station: str) -> str:
    with app.app_context(), any_site():
        found: str = db.session.scalars(
            db.select(Check.result).where(Check.list_name == "zone", Check.code == station)
        ).one()
        return found
