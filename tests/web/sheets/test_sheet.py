"""The check-in sheet as a customer gets it."""

import io
import re
import uuid
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from flask import Flask

from inspect_app.db import db
from inspect_app.seeds.photos import take_photo
from inspect_app.seeds.stories import STORIES
from inspect_app.sheets.models import SheetLink
from inspect_app.signatures.models import Seal
from inspect_app.sites.models import Site
from inspect_app.visits.queries import visit_of
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, check_in, ready_to_sign

SPACES = re.compile(r"[\s\u200b\u00ad]+")


def words_of(pdf: bytes) -> str:
    """All text of a PDF without any space, and its number of pages as `pages=n`."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return SPACES.sub("", text) + f"pages={len(document)}"


def make_link(tablet: Tablet, visit_id: str) -> str:
    """Gives the customer a link; returns its path."""
    answer = tablet.post(f"/visits/{visit_id}/sheet-links", {"id": str(uuid.uuid4())})
    assert answer.status_code == 303
    found = re.search(r"/copy/[a-z2-7]{32}", tablet.get(answer.location).text)
    assert found
    return found[0]


def test_a_signed_sheet_says_everything_that_was_signed(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    seal = db.session.scalars(db.select(Seal)).one()

    answer = minji.get(f"/visits/{visit_id}/sheet.pdf")

    words = words_of(answer.data)
    assert answer.content_type == "application/pdf"
    assert "12가3456" in words
    assert "WithmynameIorderthiswork." in words
    assert seal.sha256 in words
    pages = int(words.rpartition("pages=")[2])
    assert f"Page{pages}/{pages}" in words
    assert "draft" not in words.lower()


def test_before_the_signature_it_says_that_it_is_a_draft(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    words = words_of(minji.get(f"/visits/{visit_id}/sheet.pdf").data)

    assert "Check-insheet,draft" in words
    assert "Notyetsignedandsealed" in words


def test_a_visit_with_nothing_in_it_has_a_sheet_too(minji: Tablet) -> None:
    visit_id = arrive(minji)

    assert minji.get(f"/visits/{visit_id}/sheet.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize(("language", "name"), [("ko", "앞범퍼"), ("zh", "前保险杠")])
def test_the_sheet_speaks_the_language_that_is_asked_for(
    minji: Tablet, shop: Site, language: str, name: str
) -> None:
    visit_id = check_in(minji)

    words = words_of(minji.get(f"/visits/{visit_id}/sheet.pdf?lang={language}").data)

    assert name in words


def test_photos_stand_on_it_with_their_hashes(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    visit = visit_of(uuid.UUID(visit_id))
    take_photo(visit, STORIES[0], "front", visit.received_by_id, visit.arrived_at)
    db.session.commit()

    words = words_of(minji.get(f"/visits/{visit_id}/sheet.pdf").data)

    assert "Front" in words
    assert "afterthesignature" in words


def test_a_correction_stands_on_it(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    form = {"id": str(uuid.uuid4()), "subject": "other", "text": "Two wipers", "reason": "Typo"}
    minji.post(f"/visits/{visit_id}/corrections", form)

    assert "Twowipers" in words_of(minji.get(f"/visits/{visit_id}/sheet.pdf").data)


@pytest.mark.parametrize(("person", "status"), [("Yuna", 200), ("Seojun", 403), ("Daniel", 403)])
def test_only_who_sees_customer_and_prices_sees_the_sheet(
    app: Flask, minji: Tablet, person: str, status: int
) -> None:
    visit_id = arrive(minji)

    assert sign_in(app, person).get(f"/visits/{visit_id}/sheet.pdf").status_code == status


def test_the_customer_opens_the_sheet_by_the_link_alone(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    path = make_link(minji, check_in(minji))
    phone = app.test_client()

    page = phone.get(path)
    pdf = phone.get(f"{path}/sheet.pdf")

    assert page.status_code == 200
    assert f"{path}/sheet.pdf" in page.text
    assert "010-1234-5678" not in page.text
    assert "Customer'scopy" in words_of(pdf.data)


def test_asking_twice_gives_the_same_link(minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)

    assert make_link(minji, visit_id) == make_link(minji, visit_id)
    assert db.session.scalar(db.select(db.func.count(SheetLink.id))) == 1


def test_the_database_does_not_hold_the_token(minji: Tablet, shop: Site) -> None:
    token = make_link(minji, check_in(minji)).rpartition("/")[2]
    link = db.session.scalars(db.select(SheetLink)).one()

    assert token not in link.token_sha256
    assert len(link.token_sha256) == 64


def test_an_ended_link_says_so_and_opens_nothing(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = check_in(minji)
    path = make_link(minji, visit_id)
    link = db.session.scalars(db.select(SheetLink)).one()

    minji.post(f"/visits/{visit_id}/sheet-links/{link.id}/ending")

    phone = app.test_client()
    assert phone.get(path).status_code == 404
    assert "This link has ended" in phone.get(path).text
    assert phone.get(f"{path}/sheet.pdf").status_code == 404


def test_a_link_ends_by_itself(app: Flask, minji: Tablet, shop: Site) -> None:
    path = make_link(minji, check_in(minji))
    link = db.session.scalars(db.select(SheetLink)).one()
    link.ends_at = datetime.now(UTC) - timedelta(seconds=1)
    db.session.commit()

    assert app.test_client().get(path).status_code == 404


def test_a_guessed_token_opens_nothing(app: Flask, minji: Tablet) -> None:
    assert app.test_client().get("/copy/" + "a" * 32).status_code == 404
