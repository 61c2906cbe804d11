"""The cashier: fees told or not, money in several kinds, rows that are never changed (T14, D15)."""

import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inspect_app.db import db, now
from inspect_app.payments.models import Fee, Payment
from inspect_app.payments.queries import balance_of, open_fee_amount
from inspect_app.sites.models import Site
from inspect_app.visits.actions import change_state
from inspect_app.visits.models import Visit
from tests.conftest import Tablet, sign_in
from tests.factories import arrive, new_id
from tests.web.gate_passes.passes import person, put_in_state


@pytest.fixture
def yuna(app: Flask) -> Tablet:
    """The cashier's tablet."""
    return sign_in(app, "Yuna")


@pytest.fixture
def visit_id(minji: Tablet, shop: Site) -> str:
    """A car that has arrived."""
    return arrive(minji)


def tell(tablet: Tablet, visit_id: str, kind: str = "diagnosis", amount: str = "30,000") -> Any:
    """The customer is told a fee."""
    form = {"id": new_id(), "kind": kind, "amount": amount}
    return tablet.htmx_post(f"/visits/{visit_id}/fees", form)


def pay(tablet: Tablet, visit_id: str, **changes: str) -> Any:
    """Money is taken."""
    form = {"id": new_id(), "purpose": "diagnosis_fee", "method": "card", "amount": "30000"}
    return tablet.htmx_post(f"/visits/{visit_id}/payments", {**form, **changes})


def rows() -> list[Payment]:
    """Every row of money, as the database has it now."""
    db.session.expire_all()
    return list(db.session.scalars(select(Payment).order_by(Payment.number)))


def test_a_fee_told_before_the_work_is_paid_in_two_kinds(
    minji: Tablet, yuna: Tablet, visit_id: str
) -> None:
    assert tell(minji, visit_id).status_code == 200

    part = pay(yuna, visit_id, method="cash", amount="10,000")
    rest = pay(yuna, visit_id, amount="20000")

    assert "₩20,000" in part.text
    assert "Nothing to pay" in rest.text
    assert [row.amount for row in rows()] == [10_000, 20_000]
    assert rows()[0].number != rows()[1].number
    assert open_fee_amount(uuid.UUID(visit_id)) == 0


def test_a_fee_told_after_the_work_began_is_refused(minji: Tablet, visit_id: str) -> None:
    visit = db.session.get_one(Visit, uuid.UUID(visit_id))
    change_state(visit, "T08", by=person("Minji"), at=now())
    db.session.commit()

    answer = tell(minji, visit_id)

    assert answer.status_code == 409
    assert "counts only if it was told before" in answer.text
    assert db.session.scalars(select(Fee)).all() == []


def test_a_fee_is_waived_by_the_supervisor_alone_and_with_a_reason(
    app: Flask, minji: Tablet, yuna: Tablet, visit_id: str
) -> None:
    tell(minji, visit_id)
    fee = db.session.scalars(select(Fee)).one()
    url = f"/visits/{visit_id}/fees/{fee.id}/waiver"
    approval = {"fee": str(fee.id), "reason": "Goodwill", "approver": str(person("Jun"))}

    refused = [
        minji.htmx_post(url, approval),
        yuna.htmx_post(url, {"reason": "Goodwill"}),
        yuna.htmx_post(url, {**approval, "approver_pin": "9999"}),
        yuna.htmx_post(url, {**approval, "approver": str(person("Minji")), "approver_pin": "1111"}),
        sign_in(app, "Jun").htmx_post(url, {"reason": " "}),
    ]
    allowed = yuna.htmx_post(url, {**approval, "approver_pin": "3333"})

    assert [one.status_code for one in refused] == [403, 422, 422, 422, 422]
    assert allowed.status_code == 200
    assert "Goodwill" in allowed.text
    db.session.refresh(fee)
    assert fee.waived_by_id == person("Jun")
    assert tell(minji, visit_id, amount="1").status_code == 409


def test_wrong_pins_of_an_approver_are_counted(yuna: Tablet, minji: Tablet, visit_id: str) -> None:
    tell(minji, visit_id)
    fee = db.session.scalars(select(Fee)).one()
    form = {"fee": str(fee.id), "reason": "x", "approver": str(person("Jun"))}
    url = f"/visits/{visit_id}/fees/{fee.id}/waiver"
    for guess in range(5):
        yuna.htmx_post(url, {**form, "approver_pin": f"000{guess}"})

    answer = yuna.htmx_post(url, {**form, "approver_pin": "3333"})

    assert answer.status_code == 422
    assert "Too many wrong PINs" in answer.text


def test_money_goes_back_only_with_approval_and_never_more_than_is_here(
    jun: Tablet, yuna: Tablet, visit_id: str
) -> None:
    pay(yuna, visit_id, purpose="deposit", amount="50000")
    url = f"/visits/{visit_id}/refunds"
    form = {"id": new_id(), "purpose": "deposit", "method": "cash", "amount": "60000",
            "reason": "Part not needed"}  # fmt: skip

    alone = yuna.htmx_post(url, form)
    too_much = jun.htmx_post(url, form)
    given = jun.htmx_post(url, {**form, "amount": "20000"})
    again = jun.htmx_post(url, {**form, "amount": "20000", "_key": new_id()})

    assert [alone.status_code, too_much.status_code] == [422, 409]
    assert "₩50,000" in too_much.text
    assert (given.status_code, again.status_code) == (200, 200)
    assert [row.kind for row in rows()] == ["payment", "refund"]
    assert balance_of(uuid.UUID(visit_id)).total == 30_000


def test_a_wrong_row_is_taken_back_once_by_a_row_of_its_own(
    jun: Tablet, yuna: Tablet, visit_id: str
) -> None:
    pay(yuna, visit_id, purpose="deposit", amount="50000")
    row = rows()[0]
    url = f"/visits/{visit_id}/payments/{row.id}/reversal"

    first = jun.htmx_post(url, {"id": new_id(), "reason": "Typed twice"})
    second = jun.htmx_post(url, {"id": new_id(), "reason": "Once more"})

    assert (first.status_code, second.status_code) == (200, 200)
    assert [one.kind for one in rows()] == ["payment", "reversal"]
    assert rows()[0].amount == row.amount
    assert balance_of(uuid.UUID(visit_id)).total == 0
    back = f"/visits/{visit_id}/payments/{rows()[1].id}/reversal"
    assert jun.htmx_post(back, {"id": new_id(), "reason": "x"}).status_code == 409


def test_the_same_payment_sent_twice_is_one_row(yuna: Tablet, visit_id: str) -> None:
    row_id = new_id()

    pay(yuna, visit_id, id=row_id)
    pay(yuna, visit_id, id=row_id)

    assert len(rows()) == 1


def test_cash_is_rounded_to_the_sites_coin_and_settles_the_fee(
    minji: Tablet, yuna: Tablet, shop: Site, visit_id: str
) -> None:
    shop.settings = {**shop.settings, "cash_rounding_amount": 10}
    db.session.commit()
    tell(minji, visit_id, amount="30003")

    shown = yuna.get(f"/visits/{visit_id}/money").text
    pay(yuna, visit_id, method="cash", amount="30000")

    assert "In cash: ₩30,000" in shown
    assert rows()[0].rounding_amount == 3
    assert open_fee_amount(uuid.UUID(visit_id)) == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": "-5"}, "A price is not below zero"),
        ({"amount": "0"}, "Type how much"),
        ({"amount": ""}, "Type how much"),
        ({"amount": "1e9"}, "Type the price as a number"),
        ({"amount": "99999999999"}, "too large"),
        ({"amount": "1.5"}, "no such small coins"),
        ({"method": "barter"}, "Choose one of the offered answers"),
        ({"method": ""}, "Choose how it is paid"),
        ({"purpose": ""}, "Choose what it is for"),
    ],
)
def test_what_is_no_amount_is_refused_and_stays_typed(
    yuna: Tablet, visit_id: str, changes: dict[str, str], words: str
) -> None:
    answer = pay(yuna, visit_id, **changes)

    assert answer.status_code == 422
    assert words in answer.text
    assert rows() == []


def test_the_receipt_is_a_pdf_in_the_customers_language(yuna: Tablet, visit_id: str) -> None:
    pay(yuna, visit_id)

    answer = yuna.get(f"/visits/{visit_id}/payments/{rows()[0].id}/receipt.pdf")

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def test_the_record_shows_the_money_to_those_who_see_prices(
    app: Flask, minji: Tablet, yuna: Tablet, visit_id: str
) -> None:
    put_in_state(visit_id, "declined")
    pay(yuna, visit_id)

    part = minji.get(f"/visits/{visit_id}/money", headers={"HX-Request": "true"})

    assert 'id="story-money"' in part.text
    assert "₩30,000" in part.text
    assert sign_in(app, "Seojun").get(f"/visits/{visit_id}/money").status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"kind": "gift"},
        {"method": "barter"},
        {"purpose": "tip"},
        {"kind": "refund"},
        {"kind": "reversal", "reason": "x"},
    ],
)
def test_the_database_itself_refuses_what_is_no_row_of_money(
    visit_id: str, changes: dict[str, Any]
) -> None:
    row = {"visit_id": uuid.UUID(visit_id), "kind": "payment", "purpose": "deposit",
           "method": "cash", "amount": 5, "number": "P1", "by_id": person("Yuna"),
           "captured_at": now()}  # fmt: skip
    db.session.add(Payment(**{**row, **changes}))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
