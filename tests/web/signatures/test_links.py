"""Any sitting may be signed: on our tablet and by link on the customer's own phone."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.db import db
from inspect_app.signatures import links
from inspect_app.signatures.models import Seal, Signature, SigningLink
from inspect_app.signatures.queries import chain_problems
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from tests.conftest import Tablet, TabletClient
from tests.factories import check_in, new_id, seal_form, signed_document, sitting_on
from tests.web.signatures import trial


@pytest.fixture
def visit_id(minji: Tablet, shop: Site) -> str:
    """A car that is checked in."""
    trial.register()
    return check_in(minji)


@pytest.fixture
def subject(visit_id: str) -> str:
    """One question that the customer is asked."""
    subject_id = uuid.uuid4()
    trial.asked[subject_id] = ""
    return str(subject_id)


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    """The customer's own phone: nobody is signed in."""
    app.test_client_class = TabletClient
    return app.test_client()


def staff(visit_id: str, rest: str = "customer-mode") -> str:
    return f"/visits/{visit_id}/sittings/{trial.NAME}/{rest}"


def link_address(tablet: Tablet, visit_id: str, subject: str) -> str:
    answer = tablet.post(staff(visit_id, "links"), {"about": subject, "id": new_id()})
    page = tablet.get(answer.location).text
    found = re.search(r"http://localhost(/sign/[a-z2-7]+)", page)
    assert found, page
    return found[1]


def answered(sitting: dict[str, Any], choice: str, words: str) -> dict[str, Any]:
    """The sitting as the page has it after a tap."""
    statement = sitting["statements"][0]
    statement["facts"]["answers"]["wipers"] = choice
    statement["words"][1] = f"Your answer to 1: {words}"
    return sitting


def seals() -> list[Seal]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Seal).where(Seal.sitting == trial.NAME)))


def test_a_noun_of_its_own_is_signed_on_our_tablet(
    minji: Tablet, shop: Site, visit_id: str, subject: str
) -> None:
    locked = minji.post(staff(visit_id), {"about": subject})
    page = minji.get(locked.location).text
    kept = minji.htmx_post(staff(visit_id, "answers"), {"about": subject, "answer-wipers": "no"})
    sitting = sitting_on(minji.get(locked.location).text)
    form = {**seal_form(signed_document(sitting)), "about": subject}
    answer = minji.post(staff(visit_id, "seals"), form)
    again = minji.post(staff(visit_id, "seals"), form)
    thanks = minji.get(answer.location).text
    back = minji.post(f"/visits/{visit_id}/give-back", {"pin": "1111"})

    assert "A question" in page
    assert 'data-choice="wipers"' in page
    assert kept.status_code == 204
    assert "Your answer to 1: No" in sitting["statements"][0]["words"]
    assert answer.location == again.location == staff(visit_id, "thank-you")
    assert "This is signed and sealed." in thanks
    assert back.location == f"/visits/{visit_id}/history"
    (seal,) = seals()
    assert (str(seal.subject_id), seal.differences) == (subject, [])
    db.session.rollback()
    events = db.session.scalars(db.select(VisitEvent.kind)).all()
    assert events.count("trial.signed") == 1
    assert chain_problems(shop.id) == []


def test_the_check_ins_own_paper_and_standing_are_untouched_by_it(
    minji: Tablet, shop: Site, visit_id: str, subject: str
) -> None:
    minji.post(staff(visit_id), {"about": subject})
    minji.post(staff(visit_id, "answers"), {"about": subject, "answer-wipers": "yes"})
    sitting = sitting_on(minji.get(staff(visit_id, "customer")).text)
    minji.post(staff(visit_id, "seals"), {**seal_form(signed_document(sitting)), "about": subject})
    minji.post(f"/visits/{visit_id}/give-back", {"pin": "1111"})

    record = minji.get(f"/visits/{visit_id}").text

    assert "S1, SD, SI, S2, SC" in record
    assert "asked again later" not in record
    assert minji.get(f"/visits/{visit_id}/sheet.pdf").status_code == 200


@pytest.mark.parametrize("page", ["customer", "thank-you"])
def test_the_tablet_shows_only_what_it_was_handed_over_for(
    minji: Tablet, shop: Site, visit_id: str, subject: str, page: str
) -> None:
    minji.post(staff(visit_id), {"about": subject})

    check_in_page = minji.get(f"/visits/{visit_id}/customer")

    assert check_in_page.location == staff(visit_id, "customer")
    assert minji.get(f"/visits/{visit_id}").location == f"/visits/{visit_id}/give-back"
    assert minji.get(staff(visit_id, page)).status_code == 200


def test_nothing_asked_or_an_unknown_sitting_hands_nothing_over(
    minji: Tablet, visit_id: str
) -> None:
    nothing = minji.post(staff(visit_id), {"about": new_id()})
    odd = minji.post(staff(visit_id), {"about": "x"})
    unknown = minji.post(f"/visits/{visit_id}/sittings/none/customer-mode")

    assert (nothing.status_code, odd.status_code, unknown.status_code) == (409, 422, 404)


def test_the_customer_signs_on_the_own_phone(
    minji: Tablet, phone: FlaskClient, shop: Site, visit_id: str, subject: str
) -> None:
    address = link_address(minji, visit_id, subject)

    page = phone.get(address)
    opened = phone.post(f"{address}/openings")
    shown = minji.get(staff(visit_id, f"links?about={subject}")).text
    tapped = phone.post(f"{address}/answers", data={"answer-wipers": "yes"})
    sitting = answered(sitting_on(page.text), "yes", "Yes, do it")
    form = seal_form(signed_document(sitting))
    signed = phone.post(f"{address}/seals", data=form)
    again = phone.post(f"{address}/seals", data=form)
    thanks = phone.get(address)

    assert page.status_code == 200
    assert "Hanbit Motors" in page.text
    assert "data-outbox" not in page.text
    assert opened.status_code == 204
    assert "Opened" in shown
    assert tapped.status_code == 303
    assert signed.location == again.location == address
    assert "Thank you" in thanks.text
    assert "Give the tablet back" not in thanks.text
    (seal,) = seals()
    assert (seal.tablet_id, seal.differences) == (None, [])
    link = db.session.scalars(db.select(SigningLink)).one()
    assert link.seal_id == seal.id
    assert len(db.session.scalars(db.select(Signature).where(Signature.code == "SC")).all()) == 1
    assert "Signed" in minji.get(staff(visit_id, f"links?about={subject}")).text
    assert chain_problems(shop.id) == []


def test_asking_twice_gives_the_same_link_and_opening_the_page_changes_nothing(
    minji: Tablet, phone: FlaskClient, visit_id: str, subject: str
) -> None:
    first = link_address(minji, visit_id, subject)
    phone.get(first)
    second = link_address(minji, visit_id, subject)

    db.session.rollback()
    assert first == second
    assert db.session.scalars(db.select(SigningLink)).one().opened_at is None


def test_an_ended_link_opens_nothing_and_says_whom_to_ask(
    minji: Tablet, phone: FlaskClient, shop: Site, visit_id: str, subject: str
) -> None:
    address = link_address(minji, visit_id, subject)
    sitting = answered(sitting_on(phone.get(address).text), "yes", "Yes, do it")
    link_id = db.session.scalars(db.select(SigningLink.id)).one()

    minji.post(staff(visit_id, f"links/{link_id}/ending"), {"about": subject})

    page = phone.get(address)
    assert page.status_code == 404
    assert "call the shop" in page.text
    assert phone.post(f"{address}/answers", data={"answer-wipers": "no"}).status_code == 404
    phone.post(f"{address}/seals", data=seal_form(signed_document(sitting)))
    assert seals() == []
    assert link_address(minji, visit_id, subject) != address


def test_a_link_ends_by_itself(
    minji: Tablet, phone: FlaskClient, shop: Site, visit_id: str, subject: str
) -> None:
    address = link_address(minji, visit_id, subject)
    past = datetime.now(UTC) - timedelta(minutes=1)
    db.session.execute(db.update(SigningLink).values(ends_at=past))
    db.session.commit()

    assert phone.get(address).status_code == 404


def test_what_is_signed_beside_the_car_has_no_link(minji: Tablet, visit_id: str) -> None:
    for sitting in ("check-in", "delivery"):
        links_page = f"/visits/{visit_id}/sittings/{sitting}/links"
        assert minji.post(links_page, {"id": new_id()}).status_code == 409
        assert minji.get(links_page).status_code == 200


def test_a_token_that_was_never_given_opens_nothing(phone: FlaskClient, visit_id: str) -> None:
    for page in ("", "/seals", "/answers", "/openings"):
        answer = phone.post(f"/sign/abc{page}") if page else phone.get("/sign/abc")
        assert answer.status_code == 404


def test_what_changed_meanwhile_is_kept_named_and_asked_again(
    minji: Tablet, phone: FlaskClient, visit_id: str, subject: str
) -> None:
    address = link_address(minji, visit_id, subject)
    sitting = answered(sitting_on(phone.get(address).text), "yes", "Yes, do it")

    answer = phone.post(f"{address}/seals", data=seal_form(signed_document(sitting)))

    assert answer.location == f"{address}?again=1"
    assert [seal.differences for seal in seals()] == [["SC.facts"]]
    page = phone.get(answer.location).text
    assert "Something was entered while you were reading" in page
    kinds = db.session.scalars(db.select(VisitEvent.kind)).all()
    assert "trial.signed" not in kinds


def test_a_broken_document_shows_the_page_again_and_seals_nothing(
    phone: FlaskClient, minji: Tablet, visit_id: str, subject: str
) -> None:
    address = link_address(minji, visit_id, subject)

    answer = phone.post(f"{address}/seals", data={"id": new_id(), "document": "{}"})

    assert answer.status_code == 422
    assert 'id="sitting"' in answer.text
    assert seals() == []


def test_a_link_shows_photos_of_its_own_visit_only(
    phone: FlaskClient, minji: Tablet, visit_id: str, subject: str
) -> None:
    address = link_address(minji, visit_id, subject)

    assert phone.get(f"{address}/photos/{new_id()}/list").status_code == 404


def test_one_link_is_not_sent_without_end(
    phone: FlaskClient, minji: Tablet, visit_id: str, subject: str
) -> None:
    address = link_address(minji, visit_id, subject)

    answers = [phone.post(f"{address}/openings") for _ in range(links.MOST_POSTS + 1)]

    assert [one.status_code for one in answers] == [204] * links.MOST_POSTS + [429]
