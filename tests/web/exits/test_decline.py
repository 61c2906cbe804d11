"""T13 to T15: declined, the fee, the pass, the gate."""

import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.db import db, now
from inspect_app.exits.models import Exit
from inspect_app.gate_passes.models import GatePass
from inspect_app.payments.actions import tell_fee
from inspect_app.payments.models import Payment
from inspect_app.sites.models import Site
from inspect_app.visits.actions import change_state
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import add_line, arrive, new_id, save_head
from tests.web.gate_passes.passes import look, person, put_in_state, verdict_in

PROMISE = "2027-01-05T18:00"


@pytest.fixture
def yuna(app: Flask) -> Tablet:
    """The cashier's tablet."""
    return sign_in(app, "Yuna")


@pytest.fixture
def visit_id(minji: Tablet, shop: Site) -> str:
    """A visit whose offer lies on the table."""
    visit_id = arrive(minji)
    add_line(minji, visit_id, "Brake pads", "120000")
    save_head(minji, visit_id, "promise", promised_at=PROMISE)
    return visit_id


def state_of(visit_id: str) -> str:
    """The visit's state now."""
    db.session.expire_all()
    return db.session.get_one(Visit, uuid.UUID(visit_id)).state


def transitions(visit_id: str) -> list[str]:
    """The lines of the table that were taken, in order."""
    rows = db.session.scalars(
        select(VisitEvent.transition)
        .where(VisitEvent.visit_id == uuid.UUID(visit_id), VisitEvent.transition.is_not(None))
        .order_by(VisitEvent.recorded_at)
    )
    return [row for row in rows if row]


def decline(tablet: Tablet, visit_id: str, **form: str) -> int:
    """The customer declines; the answer's status."""
    answer = tablet.htmx_post(f"/visits/{visit_id}/exit/decline", {"id": new_id(), **form})
    return int(answer.status_code)


def diagnosed(visit_id: str, amount: int | None) -> None:
    """The car was diagnosed; a fee was told before, if there is an amount."""
    visit = db.session.get_one(Visit, uuid.UUID(visit_id))
    by, at = person("Minji"), now()
    if amount:
        tell_fee(visit, "diagnosis", amount, by=by, at=at)
    change_state(visit, "T08", by=by, at=at)
    change_state(visit, "T09", by=by, at=at)
    db.session.commit()


def test_a_customer_declines_without_a_reason_and_leaves_with_a_pass(
    app: Flask, minji: Tablet, yuna: Tablet, visit_id: str
) -> None:
    assert decline(minji, visit_id) == 200
    assert state_of(visit_id) == "declined"

    cleared = yuna.htmx_post(f"/visits/{visit_id}/exit/clearance", {"id": new_id()})
    found = db.session.scalars(select(GatePass)).one()
    seen_off = minji.htmx_post(f"/visits/{visit_id}/exit/farewell", {"id": new_id()})
    guard = sign_in(app, "Gate")
    card = look(guard, found.token)
    guard.htmx_post(f"/gate/passes/{found.id}/exit")

    assert (cleared.status_code, seen_off.status_code) == (200, 200)
    assert (found.kind, found.fee_status) == ("declined", "none_due")
    assert verdict_in(card.text) == "MAY_LEAVE"
    assert state_of(visit_id) == "left"
    assert transitions(visit_id) == ["T04", "T10", "T13", "T14", "T15"]
    assert db.session.scalars(select(Exit)).one().seen_off_at is not None


def test_before_anything_was_offered_it_is_a_consultation_and_no_decline(
    minji: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji)

    page = minji.get(f"/visits/{visit_id}/exit").text

    assert decline(minji, visit_id) == 409
    assert "Nothing was offered yet" in page
    assert state_of(visit_id) == "arrived"


def test_the_fee_that_was_told_before_holds_the_exit_until_it_is_paid(
    minji: Tablet, yuna: Tablet, visit_id: str
) -> None:
    diagnosed(visit_id, 30_000)
    assert decline(minji, visit_id, reason_code="price") == 200
    clearance = f"/visits/{visit_id}/exit/clearance"

    held = yuna.htmx_post(clearance, {"id": new_id()})
    yuna.htmx_post(
        f"/visits/{visit_id}/payments",
        {"id": new_id(), "purpose": "diagnosis_fee", "method": "card", "amount": "30000"},
    )
    cleared = yuna.htmx_post(clearance, {"id": new_id()})

    assert held.status_code == 409
    assert "A fee is still to be paid" in held.text
    assert cleared.status_code == 200
    assert state_of(visit_id) == "exit_cleared"
    assert db.session.scalars(select(GatePass.fee_status)).one() == "paid"


def test_a_fee_that_was_not_told_before_is_never_asked_for(
    minji: Tablet, yuna: Tablet, visit_id: str
) -> None:
    diagnosed(visit_id, None)
    decline(minji, visit_id)

    assert yuna.post(f"/visits/{visit_id}/exit/clearance", {"id": new_id()}).status_code == 303
    assert state_of(visit_id) == "exit_cleared"


def test_a_payment_taken_back_after_the_pass_was_given_closes_the_gate_again(
    app: Flask, minji: Tablet, yuna: Tablet, jun: Tablet, visit_id: str
) -> None:
    diagnosed(visit_id, 30_000)
    decline(minji, visit_id)
    guard = sign_in(app, "Gate")
    yuna.htmx_post(
        f"/visits/{visit_id}/payments",
        {"id": new_id(), "purpose": "diagnosis_fee", "method": "cash", "amount": "30000"},
    )
    yuna.htmx_post(f"/visits/{visit_id}/exit/clearance", {"id": new_id()})
    row = db.session.scalars(select(Payment)).one()
    url = f"/visits/{visit_id}/payments/{row.id}/reversal"
    jun.htmx_post(url, {"id": new_id(), "reason": "False note"})
    found = db.session.scalars(select(GatePass)).one()

    assert verdict_in(look(guard, found.token).text) == "FEE_OPEN"
    assert guard.htmx_post(f"/gate/passes/{found.id}/exit").status_code == 409
    assert state_of(visit_id) == "exit_cleared"


def test_only_the_cashier_clears_and_only_reception_declines(
    minji: Tablet, yuna: Tablet, visit_id: str
) -> None:
    assert yuna.post(f"/visits/{visit_id}/exit/decline", {"id": new_id()}).status_code == 403
    decline(minji, visit_id)
    assert minji.post(f"/visits/{visit_id}/exit/clearance", {"id": new_id()}).status_code == 403


@pytest.mark.parametrize("state", ["in_workshop", "settled", "delivered", "left", "checked_in"])
def test_once_more_than_an_offer_stands_nothing_is_declined(
    minji: Tablet, visit_id: str, state: str
) -> None:
    put_in_state(visit_id, state)

    assert decline(minji, visit_id) == 409
    assert state_of(visit_id) == state


def test_declining_twice_and_clearing_twice_change_nothing(
    minji: Tablet, yuna: Tablet, visit_id: str
) -> None:
    for _again in range(2):
        assert decline(minji, visit_id, reason="Too dear") == 200
    for _again in range(2):
        url = f"/visits/{visit_id}/exit/clearance"
        assert yuna.htmx_post(url, {"id": new_id()}).status_code == 200

    assert transitions(visit_id) == ["T04", "T10", "T13", "T14"]
    assert len(db.session.scalars(select(GatePass)).all()) == 1


def test_who_comes_later_is_booked_from_the_exit(minji: Tablet, visit_id: str) -> None:
    decline(minji, visit_id, reason_code="later")

    assert "/appointments/new?plate=" in minji.get(f"/visits/{visit_id}/exit").text


def test_who_declined_is_due_at_the_cashiers(minji: Tablet, yuna: Tablet, visit_id: str) -> None:
    decline(minji, visit_id)

    due = yuna.get("/due").text

    assert "Exit formalities" in due
    assert f"/visits/{visit_id}/exit" in due
    assert "Exit formalities" in minji.get(f"/visits/{visit_id}").text
