"""The desk: totalled, collected, shown, agreed to, paid and closed (T32, T33, T42)."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, update

from inspect_app.approvals.models import Approval
from inspect_app.db import db
from inspect_app.gate_passes.models import GatePass
from inspect_app.guarantees.models import GuaranteeCard
from inspect_app.payments.actions import Money, take
from inspect_app.payments.models import Payment
from inspect_app.settlements.models import Settlement, SettlementVersion
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.visits.models import VisitEvent
from tests.conftest import PINS, Tablet, sign_in
from tests.factories import give_back, new_id, seal_form, signed_document, sitting_on
from tests.web.settlements.ways import (
    TO_PREPARATION,
    at_the_desk,
    car_in,
    collect,
    move,
    moves,
    ready,
    state_of,
    total,
    visit_row,
)

TODAY = datetime.now(ZoneInfo("Asia/Seoul")).date()


@pytest.fixture
def yuna(app: Flask, shop: Site) -> Tablet:
    """The settlement clerk's tablet."""
    return sign_in(app, "Yuna")


@pytest.fixture
def car(minji: Tablet, yuna: Tablet) -> str:
    """A customer at the desk, with a sheet of 150,000."""
    return at_the_desk(minji, yuna)


def _site(**settings: Any) -> None:
    site = db.session.scalars(select(Site)).one()
    site.settings = {**site.settings, **settings}
    db.session.commit()


def _show(yuna: Tablet, car: str) -> Any:
    return yuna.post(f"/visits/{car}/settlement/versions")


def _agree(yuna: Tablet, car: str) -> Any:
    return yuna.post(f"/visits/{car}/settlement/agreement", {"note": "By phone"})


def _pay(yuna: Tablet, car: str, amount: str, method: str = "card") -> Any:
    form = {"id": new_id(), "method": method, "amount": amount}
    return yuna.post(f"/visits/{car}/settlement/payments", form)


def _close(yuna: Tablet, car: str) -> Any:
    return yuna.post(f"/visits/{car}/settlement/closing", {"id": new_id()})


def _ask(tablet: Tablet, car: str, kind: str = "discount", **more: str) -> tuple[str, Any]:
    form = {"id": new_id(), "kind": kind, "amount": "20000", "reason": "A regular", **more}
    return form["id"], tablet.post(f"/visits/{car}/approvals", {**form, "from": "settlement"})


def _jun() -> str:
    return str(db.session.scalars(select(Person.id).where(Person.name == "Jun")).one())


def test_the_sheet_has_labour_tax_and_total(yuna: Tablet, car: str) -> None:
    page = yuna.get(f"/visits/{car}/settlement").text

    assert "Brake pads, front" in page
    assert "₩150,000" in page
    assert "₩13,636" in page  # the tax inside, ten per cent


def test_t32_needs_who_collects_and_the_account(minji: Tablet, yuna: Tablet) -> None:
    car = ready(minji, yuna)
    for changes, words in (
        ({"name": " "}, "Write who collects the car"),
        ({"authority": ""}, "Say what showed"),
        ({"account_given": ""}, "Tell briefly what was done"),
    ):
        answer = collect(minji, car, **changes)
        assert answer.status_code == 422
        assert words in answer.text
    assert state_of(car) == "ready_notified"

    assert collect(minji, car).status_code == 303
    assert moves(car)[-1] == "T32"


def test_nobody_collects_before_the_notice(minji: Tablet, yuna: Tablet) -> None:
    assert collect(minji, car_in(minji, *TO_PREPARATION)).status_code == 409


def test_a_total_that_was_not_on_the_screen_is_refused(minji: Tablet, yuna: Tablet) -> None:
    car = car_in(minji, *TO_PREPARATION)

    answer = total(yuna, car, 149_999)

    assert answer.status_code == 409
    assert "has changed meanwhile" in answer.text


def test_a_line_from_a_slip_voids_the_total(minji: Tablet, yuna: Tablet) -> None:
    car = car_in(minji, *TO_PREPARATION)
    assert total(yuna, car).status_code == 303
    charge = {"id": new_id(), "kind": "material", "description": "Grease", "quantity": "1.5",
              "amount": "3000"}  # fmt: skip

    answer = yuna.htmx_post(f"/visits/{car}/settlement/charges", charge)

    assert answer.status_code == 200
    assert "₩154,500" in answer.text
    assert "The sheet is totalled" in answer.text
    away = f"/visits/{car}/settlement/charges/{charge['id']}/removal"
    assert "₩150,000" in yuna.htmx_post(away).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": ""}, "Type its price"),
        ({"amount": "-5"}, "below zero"),
        ({"quantity": "0"}, "Type how many"),
        ({"quantity": "1.555"}, "Type how many"),
        ({"quantity": "NaN"}, "Type how many"),
        ({"description": ""}, "Say what it is"),
        ({"kind": "storage"}, "Choose one of the offered"),
    ],
)
def test_a_line_that_can_t_be_right_is_refused_and_stays_typed(
    minji: Tablet, yuna: Tablet, car: str, changes: dict[str, str], words: str
) -> None:
    charge = {"id": new_id(), "kind": "material", "description": "Grease", "quantity": "1",
              "amount": "3000", **changes}  # fmt: skip

    answer = yuna.htmx_post(f"/visits/{car}/settlement/charges", charge)

    assert answer.status_code == 422
    assert words in answer.text


def test_t33_waits_for_the_sheet_the_agreement_and_the_money(yuna: Tablet, car: str) -> None:
    for act, words in (
        (None, "Show the customer the sheet"),
        (_show, "The customer has not agreed"),
        (_agree, "Not everything is paid"),
    ):
        if act is not None:
            assert act(yuna, car).status_code == 303
        answer = _close(yuna, car)
        assert answer.status_code == 409
        assert words in answer.text
    assert _pay(yuna, car, "150000").status_code == 303

    assert _close(yuna, car).status_code == 303

    assert state_of(car) == "settled"
    assert db.session.scalars(select(GatePass.kind)).one() == "settled"
    assert db.session.scalars(select(GatePass.fee_status)).one() == "paid"
    card = db.session.scalars(select(GuaranteeCard)).one()
    assert (card.preset, card.days, card.floor_days) == ("kr", 60, 60)


def test_closing_twice_is_one_pass(yuna: Tablet, car: str) -> None:
    _show(yuna, car)
    _agree(yuna, car)
    _pay(yuna, car, "150000")

    for _ in range(2):
        assert _close(yuna, car).status_code == 303

    assert len(db.session.scalars(select(GatePass)).all()) == 1
    assert moves(car).count("T33") == 1


def test_the_customer_signs_the_sheet_on_the_tablet(app: Flask, yuna: Tablet, car: str) -> None:
    answer = yuna.post(f"/visits/{car}/settlement/versions", {"sign": "1"})
    assert answer.status_code == 303
    page = yuna.get(answer.location)
    assert "With my name I agree to this settlement." in page.text
    document = signed_document(sitting_on(page.text))
    assert document["statements"][0]["facts"]["total_amount"] == 150_000
    assert "Guarantee: 60 days" in document["statements"][0]["words"]

    sealed = yuna.post(f"/visits/{car}/sittings/settlement/seals", seal_form(document))
    assert sealed.status_code == 303, sealed.text
    give_back(yuna, car, pin=PINS["Yuna"])

    assert "Signed at" in yuna.get(f"/visits/{car}/settlement").text
    card = db.session.scalars(select(GuaranteeCard)).one()
    assert (card.days, card.told_at is not None) == (60, True)
    _pay(yuna, car, "150000")
    assert _close(yuna, car).status_code == 303


def test_a_sheet_that_changes_is_shown_and_agreed_to_anew(yuna: Tablet, car: str) -> None:
    _show(yuna, car)
    _agree(yuna, car)
    charge = {"id": new_id(), "kind": "outside", "description": "Polish", "amount": "10000"}
    yuna.post(f"/visits/{car}/settlement/charges", charge)

    page = yuna.get(f"/visits/{car}/settlement").text

    assert "The sheet has changed since it was shown" in page
    assert _agree(yuna, car).status_code == 409
    _show(yuna, car)
    numbers = db.session.scalars(
        select(SettlementVersion.number).order_by(SettlementVersion.number)
    ).all()
    assert numbers == [1, 2]


def test_a_sheet_shown_again_unchanged_is_no_new_version(yuna: Tablet, car: str) -> None:
    _show(yuna, car)
    _show(yuna, car)

    assert db.session.scalars(select(SettlementVersion.number)).all() == [1]


def test_payments_come_in_parts_and_in_several_kinds(yuna: Tablet, car: str) -> None:
    assert _pay(yuna, car, "100000", "card").status_code == 303
    assert _pay(yuna, car, "30000", "transfer").status_code == 303
    assert "₩20,000" in yuna.get(f"/visits/{car}/settlement").text

    too_much = _pay(yuna, car, "20001", "card")
    assert too_much.status_code == 422
    assert "No more than what is still open" in too_much.text
    assert _pay(yuna, car, "20000", "cash").status_code == 303


def test_cash_is_taken_to_the_nearest_coin_and_counts_as_the_whole(yuna: Tablet, car: str) -> None:
    _site(cash_rounding_amount=100)
    charge = {"id": new_id(), "kind": "material", "description": "Grease", "amount": "1234"}
    yuna.post(f"/visits/{car}/settlement/charges", charge)
    assert "In cash: ₩151,200" in yuna.get(f"/visits/{car}/settlement").text

    assert _pay(yuna, car, "151200", "cash").status_code == 303

    row = db.session.scalars(select(Payment)).one()
    assert (row.amount, row.rounding_amount) == (151_200, 34)
    _show(yuna, car)
    _agree(yuna, car)
    assert _close(yuna, car).status_code == 303


def test_a_deposit_is_offset_and_never_beyond_the_total(yuna: Tablet, car: str) -> None:
    visit = visit_row(car)
    deposit = Money(uuid.uuid4(), "deposit", "card", 200_000)
    take(visit, deposit, by=visit.received_by_id, at=datetime.now(UTC))
    db.session.commit()
    _show(yuna, car)
    _agree(yuna, car)

    page = yuna.get(f"/visits/{car}/settlement").text
    answer = _close(yuna, car)

    assert "To give back" in page
    assert "₩50,000" in page
    assert answer.status_code == 409
    assert "Give the rest back first" in answer.text


def test_a_discount_is_asked_for_and_only_the_supervisor_grants_it(
    app: Flask, yuna: Tablet, jun: Tablet, car: str
) -> None:
    row_id, answer = _ask(yuna, car)
    assert answer.status_code == 303
    assert "₩150,000" in yuna.get(f"/visits/{car}/settlement").text
    decision = f"/visits/{car}/approvals/{row_id}/decision"
    assert yuna.post(decision, {"decision": "yes"}).status_code == 403
    assert "Decide on a discount" in jun.get("/due").text

    assert jun.post(decision, {"decision": "yes", "answer": "Once"}).status_code == 303

    page = yuna.get(f"/visits/{car}/settlement").text
    assert "₩130,000" in page
    assert "A regular · Jun" in page


def test_two_supervisors_decide_once(app: Flask, yuna: Tablet, jun: Tablet, car: str) -> None:
    row_id, _answer = _ask(yuna, car)
    decision = f"/visits/{car}/approvals/{row_id}/decision"
    db.session.rollback()
    eunji = sign_in(app, "Eun-ji")
    assert jun.post(decision, {"decision": "no"}).status_code == 303

    late = eunji.post(decision, {"decision": "yes"})

    assert late.status_code == 409
    assert "decided at" in late.text
    assert db.session.scalars(select(Approval.granted)).one() is False


def test_the_supervisor_grants_on_the_same_tablet_with_the_pin(yuna: Tablet, car: str) -> None:
    wrong = _ask(yuna, car, approver=_jun(), approver_pin="0000")[1]
    assert wrong.status_code == 422
    assert db.session.scalars(select(Approval)).all() == []

    right = _ask(yuna, car, approver=_jun(), approver_pin=PINS["Jun"])[1]

    assert right.status_code == 303
    row = db.session.scalars(select(Approval)).one()
    assert row.granted is True
    assert str(row.decided_by_id) == _jun()
    assert "₩130,000" in yuna.get(f"/visits/{car}/settlement").text


def test_a_clerks_own_pin_grants_nothing(yuna: Tablet, car: str) -> None:
    yunas = str(db.session.scalars(select(Person.id).where(Person.name == "Yuna")).one())

    answer = _ask(yuna, car, approver=yunas, approver_pin=PINS["Yuna"])[1]

    assert answer.status_code == 422
    assert db.session.scalars(select(Approval)).all() == []


def test_an_open_request_holds_the_settlement(yuna: Tablet, car: str) -> None:
    _show(yuna, car)
    _agree(yuna, car)
    _pay(yuna, car, "150000")
    _ask(yuna, car)

    assert "has not answered yet" in _close(yuna, car).text


def test_what_stays_open_needs_a_day_and_the_supervisor(
    app: Flask, yuna: Tablet, jun: Tablet, car: str
) -> None:
    _show(yuna, car)
    _agree(yuna, car)
    _pay(yuna, car, "100000")
    no_day = _ask(yuna, car, "on_account", amount="50000")[1]
    assert no_day.status_code == 422
    due_on = (TODAY + timedelta(days=14)).isoformat()
    row_id, _answer = _ask(yuna, car, "on_account", amount="50000", due_on=due_on)
    jun.post(f"/visits/{car}/approvals/{row_id}/decision", {"decision": "yes"})

    assert _close(yuna, car).status_code == 303

    assert db.session.scalars(select(GatePass.fee_status)).one() == "on_account"
    desk = yuna.get("/settlements").text
    assert "₩50,000" in desk
    assert due_on in desk
    assert _pay(yuna, car, "50000", "transfer").status_code == 303
    assert "Everything is paid." in yuna.get("/settlements").text


def test_less_than_what_is_open_is_not_enough(yuna: Tablet, jun: Tablet, car: str) -> None:
    _show(yuna, car)
    _agree(yuna, car)
    due_on = (TODAY + timedelta(days=14)).isoformat()
    row_id, _answer = _ask(yuna, car, "on_account", amount="149999", due_on=due_on)
    jun.post(f"/visits/{car}/approvals/{row_id}/decision", {"decision": "yes"})

    assert _close(yuna, car).status_code == 409


def test_an_account_that_is_overdue_falls_due_at_the_desk(
    yuna: Tablet, jun: Tablet, car: str
) -> None:
    _show(yuna, car)
    _agree(yuna, car)
    due_on = (TODAY + timedelta(days=1)).isoformat()
    row_id, _answer = _ask(yuna, car, "on_account", amount="150000", due_on=due_on)
    jun.post(f"/visits/{car}/approvals/{row_id}/decision", {"decision": "yes"})
    _close(yuna, car)
    db.session.rollback()
    db.session.execute(update(Approval).values(due_on=TODAY - timedelta(days=2)))
    db.session.commit()

    assert "Still to be paid: ₩150,000" in yuna.get("/due").text
    assert "overdue" in yuna.get("/settlements").text


def _storage(minji: Tablet, car: str) -> Any:
    return minji.post(f"/visits/{car}/storage")


def _told(car: str, hours: int) -> None:
    """The notice lies so many hours back."""
    db.session.rollback()
    db.session.execute(
        update(VisitEvent)
        .where(VisitEvent.visit_id == uuid.UUID(car), VisitEvent.transition == "T30")
        .values(captured_at=datetime.now(UTC) - timedelta(hours=hours))
    )
    db.session.commit()


def test_t42_storage_is_charged_only_after_the_free_time(minji: Tablet, yuna: Tablet) -> None:
    car = ready(minji, yuna)
    _site(storage_day_amount=10_000)
    _told(car, 71)
    assert _storage(minji, car).status_code == 409
    _told(car, 73)
    assert "storage may be charged" in minji.get("/due").text

    assert _storage(minji, car).status_code == 303

    assert moves(car)[-1] == "T42"
    assert state_of(car) == "ready_notified"
    page = yuna.get(f"/visits/{car}/settlement").text
    assert "Storage, 1 day" in page
    assert "₩160,000" in page


def test_storage_is_waived_by_the_supervisor_alone(
    minji: Tablet, yuna: Tablet, jun: Tablet
) -> None:
    car = ready(minji, yuna)
    _site(storage_day_amount=10_000)
    _told(car, 100)
    _storage(minji, car)
    collect(minji, car)
    row_id, _answer = _ask(yuna, car, "storage_waiver", amount="")
    jun.post(f"/visits/{car}/approvals/{row_id}/decision", {"decision": "yes"})

    page = yuna.get(f"/visits/{car}/settlement").text

    assert "₩150,000" in page
    assert "Storage, " not in page


def test_a_shop_without_a_rate_charges_no_storage(minji: Tablet, yuna: Tablet) -> None:
    car = ready(minji, yuna)
    _told(car, 500)

    assert _storage(minji, car).status_code == 409
    assert "storage may be charged" not in minji.get("/due").text


def test_the_desk_shows_each_car_in_its_place(minji: Tablet, yuna: Tablet) -> None:
    car_in(minji, *TO_PREPARATION, plate="11가 1111")
    ready(minji, yuna, "22나 2222")
    at_the_desk(minji, yuna, "33다 3333")

    page = yuna.get("/settlements").text

    order = [page.index(words) for words in ("At the desk", "33다", "To total", "11가", "22나")]
    assert order == sorted(order)


def test_the_sheet_is_not_changed_once_it_is_settled(yuna: Tablet, car: str) -> None:
    _show(yuna, car)
    _agree(yuna, car)
    _pay(yuna, car, "150000")
    _close(yuna, car)
    charge = {"id": new_id(), "kind": "material", "description": "Grease", "amount": "3000"}

    assert yuna.post(f"/visits/{car}/settlement/charges", charge).status_code == 409
    assert _show(yuna, car).status_code == 409


def test_reception_sees_the_sheet_and_changes_nothing(minji: Tablet, car: str) -> None:
    assert "₩150,000" in minji.get(f"/visits/{car}/settlement").text
    for act in ("totals", "charges", "versions", "payments", "closing"):
        assert minji.post(f"/visits/{car}/settlement/{act}", {}).status_code == 403


def test_a_settlement_begins_with_a_number(yuna: Tablet, car: str) -> None:
    number = db.session.scalars(select(Settlement.number)).one()

    assert number.startswith("S")
    assert number in yuna.get(f"/visits/{car}/settlement").text
    move(car)  # nothing in the sheet takes the visit anywhere
    assert state_of(car) == "settling"


def test_what_goes_to_the_customer_is_one_tap_away_once_it_is_settled(
    yuna: Tablet, car: str
) -> None:
    _show(yuna, car)
    _agree(yuna, car)
    _pay(yuna, car, "150000")
    _close(yuna, car)

    page = yuna.get(f"/visits/{car}/settlement").text

    for paper in ("settlement.pdf", "guarantee.pdf", "gate-pass"):
        assert paper in page, paper
    assert yuna.get(f"/visits/{car}/settlement.pdf").data.startswith(b"%PDF")
    assert yuna.get(f"/visits/{car}/guarantee.pdf?lang=ko").data.startswith(b"%PDF")
    assert "Settlement" in yuna.get(f"/visits/{car}/settlement/story").text
