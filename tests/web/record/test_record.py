"""One page with the whole visit."""

from flask import Flask

from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import arrive


def test_a_visit_that_has_just_arrived_has_its_record(minji: Tablet) -> None:
    visit_id = arrive(minji)

    page = minji.get(f"/visits/{visit_id}")

    assert page.status_code == 200
    assert "12가" in page.text
    assert "Sora Kim" in page.text
    assert "010-1234-5678" in page.text


def test_whoever_sees_no_contact_sees_no_customer(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)
    seojun = sign_in(app, "Seojun")

    page = seojun.get(f"/visits/{visit_id}")

    assert page.status_code == 200
    assert "Sora Kim" not in page.text
    assert "010-1234-5678" not in page.text


def test_the_team_sees_no_record(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    assert sign_in(app, "Daniel").get(f"/visits/{visit_id}").status_code == 403
