"""T08 and T09: consent first, findings, and the report in the customer's hand."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from inspect_app.db import db
from inspect_app.diagnosis.models import Diagnosis, Finding
from inspect_app.orders.models import Disclosure, OrderLine
from inspect_app.payments.models import Fee
from inspect_app.photos.models import Photo
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, new_id
from tests.web.photos.sending import a_jpeg, send


def consent(**changes: str) -> dict[str, str]:
    given = {"id": new_id(), "consent_by": "Sora Kim", "consent_how": "in_person",
             "fee_told": "yes", "fee_amount": "30,000"}  # fmt: skip
    return given | changes


def finding(**changes: str) -> dict[str, str]:
    given = {"id": new_id(), "place": "Front left caliper", "urgency": "safety",
             "fault_codes": "c1234, P0420", "suggestion": "Renew the caliper"}  # fmt: skip
    return given | changes


def the(kind: type[Any]) -> Any:
    db.session.expire_all()
    return db.session.scalars(db.select(kind)).one()


@pytest.fixture
def visit_id(minji: Tablet, shop: Site) -> str:
    return arrive(minji)


@pytest.fixture
def begun(minji: Tablet, visit_id: str) -> str:
    """The address of a diagnosis that has begun."""
    url = f"/visits/{visit_id}/diagnosis"
    assert minji.post(url, consent()).status_code == 303
    return url


def test_the_diagnosis_begins_with_consent_and_the_fee_that_was_told(
    minji: Tablet, begun: str
) -> None:
    diagnosis = the(Diagnosis)

    assert the(Visit).state == "diagnosing"
    assert (diagnosis.consent_by, diagnosis.consent_how) == ("Sora Kim", "in_person")
    assert diagnosis.fee_amount == 30_000
    assert (the(Disclosure).code, the(Disclosure).text) == (
        "P6",
        "If no repair follows, a diagnosis fee of ₩30,000 is due.",
    )
    assert (the(Fee).kind, the(Fee).amount) == ("diagnosis", 30_000)
    assert "₩30,000" in minji.get(begun).text


@pytest.mark.parametrize(
    "missing",
    [{"consent_by": ""}, {"consent_how": ""}, {"fee_told": ""}, {"fee_amount": ""},
     {"fee_amount": "-5"}, {"consent_how": "telepathy"}],
)  # fmt: skip
def test_no_diagnosis_without_a_whole_consent(
    minji: Tablet, visit_id: str, missing: dict[str, str]
) -> None:
    form = consent(symptom="It squeals", **missing)

    answer = minji.post(f"/visits/{visit_id}/diagnosis", form)

    assert answer.status_code == 422
    assert "It squeals" in answer.text
    assert the(Visit).state == "arrived"


def test_without_a_told_fee_none_is_kept(minji: Tablet, visit_id: str) -> None:
    minji.post(f"/visits/{visit_id}/diagnosis", consent(fee_told="no"))

    assert the(Diagnosis).fee_amount is None
    assert db.session.scalars(db.select(Fee)).all() == []
    assert db.session.scalars(db.select(Disclosure)).all() == []


def test_the_same_begin_twice_is_one_and_another_is_refused(minji: Tablet, visit_id: str) -> None:
    form, url = consent(), f"/visits/{visit_id}/diagnosis"

    assert minji.post(url, form).status_code == minji.post(url, form).status_code == 303
    assert minji.post(url, consent()).status_code == 409


def test_the_technician_is_called_and_it_falls_due_at_once(
    app: Flask, minji: Tablet, begun: str
) -> None:
    taemin = sign_in(app, "Taemin")
    helper = db.session.scalars(db.select(Person.id).where(Person.name == "Taemin")).one()

    assert minji.post(f"{begun}/helper", {"helper": str(helper)}).status_code == 303
    assert minji.post(f"{begun}/helper", {"helper": new_id()}).status_code == 422

    assert the(Diagnosis).helper_called_at is not None
    assert "say where the fault is" in taemin.get("/due").text
    assert begun in taemin.get("/diagnoses").text


def test_the_technician_enters_findings_and_photos_and_sees_no_contact_and_no_price(
    app: Flask, minji: Tablet, visit_id: str, begun: str
) -> None:
    taemin = sign_in(app, "Taemin")

    assert taemin.post(f"{begun}/findings", finding()).status_code == 303
    found = the(Finding)
    sent = send(taemin, visit_id, a_jpeg(), subject="finding", subject_id=str(found.id))
    page = taemin.get(begun).text

    assert found.fault_codes == ["C1234", "P0420"]
    assert sent.status_code == 200
    assert f"/photos/{the(Photo).id}/list" in page
    assert taemin.get(f"/photos/{the(Photo).id}/list").status_code == 200
    assert send(taemin, visit_id, a_jpeg(200)).status_code == 403
    for words in ("Sora", "30,000", "₩"):
        assert words not in page
    report = PdfReader(BytesIO(taemin.get(f"{begun}/report.pdf").data)).pages[0].extract_text()
    assert "Front left caliper" in report
    assert "Sora" not in report
    assert "30,000" not in report


@pytest.mark.parametrize(
    "wrong", [{"place": " "}, {"urgency": ""}, {"urgency": "now"}, {"system": "warp"}]
)
def test_a_finding_says_where_and_how_urgent(
    minji: Tablet, begun: str, wrong: dict[str, str]
) -> None:
    form = finding(text="Typed words", **wrong)

    plain = minji.post(f"{begun}/findings", form)
    fragment = minji.htmx_post(f"{begun}/findings", form)

    assert (plain.status_code, fragment.status_code) == (422, 422)
    assert "Typed words" in plain.text
    assert "Typed words" in fragment.text
    assert db.session.scalars(db.select(Finding)).all() == []


def test_two_people_at_one_finding_lose_nothing(app: Flask, minji: Tablet, begun: str) -> None:
    form, taemin = finding(), sign_in(app, "Taemin")
    taemin.post(f"{begun}/findings", form)
    taemin.post(f"{begun}/findings", {**form, "text": "Worn", "version": "1"})

    answer = minji.post(f"{begun}/findings", {**form, "text": "Mine", "version": "1"})

    assert answer.status_code == 409
    assert "Taemin changed this at" in answer.text
    assert "Mine" in answer.text
    assert the(Finding).text == "Worn"


def test_no_report_without_a_finding(minji: Tablet, begun: str) -> None:
    assert minji.post(f"{begun}/report").status_code == 409
    assert minji.post(f"{begun}/hand-over").status_code == 409
    assert the(Visit).state == "diagnosing"


def test_the_report_is_printed_and_handed_over_and_its_suggestion_ordered(
    minji: Tablet, begun: str
) -> None:
    minji.post(f"{begun}/notes", {"symptom": "It squeals", "instruments": "Lift, tester"})
    minji.post(f"{begun}/findings", finding())

    printed = minji.post(f"{begun}/report")
    handed = minji.htmx_post(f"{begun}/hand-over")

    assert printed.location.endswith("/diagnosis/report.pdf")
    assert handed.status_code == 200
    assert the(Visit).state == "diagnosed"
    diagnosis = the(Diagnosis)
    assert diagnosis.reported_at <= diagnosis.handed_at
    text = PdfReader(BytesIO(minji.get(f"{begun}/report.pdf").data)).pages[0].extract_text()
    for words in ("Front left caliper", "C1234", "Renew the caliper", "Sora Kim", "Lift, tester"):
        assert words in text
    assert minji.post(f"{begun}/findings", finding()).status_code == 409

    url = f"{begun}/findings/{the(Finding).id}/order-line"
    minji.post(url)
    minji.post(url)
    assert the(OrderLine).description == "Renew the caliper"


def test_a_finding_that_is_taken_out_is_not_in_the_report(minji: Tablet, begun: str) -> None:
    minji.post(f"{begun}/findings", finding())
    minji.post(f"{begun}/findings/{the(Finding).id}/removal")

    assert "Front left caliper" not in minji.get(begun).text
    assert minji.post(f"{begun}/report").status_code == 409


def test_the_team_neither_sees_nor_writes_a_diagnosis(
    app: Flask, minji: Tablet, begun: str
) -> None:
    daniel = sign_in(app, "Daniel")

    assert daniel.get(begun).status_code == 403
    assert daniel.post(f"{begun}/findings", finding()).status_code == 403
    assert sign_in(app, "Taemin").post(f"{begun}/hand-over").status_code == 403


def test_the_record_tells_of_the_diagnosis(minji: Tablet, begun: str, visit_id: str) -> None:
    minji.post(f"{begun}/findings", finding())
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}

    part = minji.get(begun, headers=htmx).text

    assert 'id="story-diagnosis"' in part
    assert "Front left caliper" in part
    assert 'id="story-diagnosis"' in minji.get(f"/visits/{visit_id}").text
