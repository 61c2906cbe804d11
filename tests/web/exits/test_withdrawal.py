"""T40: the order is withdrawn before the work; everything goes back against SB."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.belongings.models import Belonging, BoxUse
from inspect_app.db import db
from inspect_app.exits.models import Exit
from inspect_app.key_tags.models import KeyRegistration
from inspect_app.papers.models import Paper
from inspect_app.returns.models import Returned
from inspect_app.signatures.models import Signature
from inspect_app.sites.models import Site
from tests.conftest import Tablet, sign_in
from tests.factories import (
    check_in,
    give_back,
    new_id,
    ready_to_sign,
    seal_form,
    sign,
    signed_document,
    sitting_on,
)
from tests.web.exits.test_decline import state_of, transitions
from tests.web.gate_passes.passes import put_in_state


@pytest.fixture
def visit_id(minji: Tablet, shop: Site) -> str:
    """A car that is checked in, with key, papers and things."""
    return check_in(minji)


def withdraw(tablet: Tablet, visit_id: str, **form: str) -> Any:
    """The customer changes mind."""
    url = f"/visits/{visit_id}/exit/withdrawal"
    return tablet.htmx_post(url, {"id": new_id(), "reason_code": "price", **form})


def all_back(tablet: Tablet, visit_id: str) -> Any:
    """Everything not spoken of yet goes back."""
    return tablet.htmx_post(f"/visits/{visit_id}/exit/returns", {"id": new_id(), "all": "1"})


def sign_for_it(tablet: Tablet, visit_id: str) -> Any:
    """The customer signs SB on the tablet; returns the seal's answer."""
    base = f"/visits/{visit_id}/sittings/withdrawal"
    handed = tablet.post(f"{base}/customer-mode")
    if handed.status_code != 303:
        return handed
    page = tablet.get(f"{base}/customer")
    assert page.status_code == 200, page.location
    answer = tablet.post(f"{base}/seals", seal_form(signed_document(sitting_on(page.text))))
    give_back(tablet, visit_id)
    return answer


def test_everything_goes_back_is_signed_for_and_the_order_is_cancelled(
    minji: Tablet, visit_id: str
) -> None:
    began = withdraw(minji, visit_id, reason="Found a cheaper one")
    back = all_back(minji, visit_id)
    assert state_of(visit_id) == "checked_in"
    sealed = sign_for_it(minji, visit_id)

    assert (began.status_code, back.status_code, sealed.status_code) == (200, 200, 303)
    assert state_of(visit_id) == "declined"
    assert transitions(visit_id)[-1] == "T40"
    row = db.session.scalars(select(Exit)).one()
    assert (row.kind, row.reason_code, row.reason) == ("withdrawn", "price", "Found a cheaper one")
    assert "SB" in db.session.scalars(select(Signature.code)).all()
    assert db.session.scalars(select(KeyRegistration.released_at)).one() is not None
    received = select(Paper.returned_at).where(Paper.received.is_(True))
    assert all(db.session.scalars(received))
    assert db.session.scalars(select(BoxUse.opened_at)).one() is not None


def test_the_fee_and_the_pass_follow_as_for_who_declined(
    app: Flask, minji: Tablet, visit_id: str
) -> None:
    withdraw(minji, visit_id)
    all_back(minji, visit_id)
    sign_for_it(minji, visit_id)

    url = f"/visits/{visit_id}/exit/clearance"
    cleared = sign_in(app, "Yuna").htmx_post(url, {"id": new_id()})

    assert cleared.status_code == 200
    assert transitions(visit_id)[-2:] == ["T40", "T14"]


def test_a_withdrawal_says_why(minji: Tablet, visit_id: str) -> None:
    answer = withdraw(minji, visit_id, reason_code="")

    assert answer.status_code == 409
    assert "Say why the order is withdrawn" in answer.text
    assert db.session.scalars(select(Exit)).all() == []


def test_nothing_is_signed_before_all_is_back(minji: Tablet, visit_id: str) -> None:
    withdraw(minji, visit_id)

    page = minji.get(f"/visits/{visit_id}/exit").text
    answer = sign_for_it(minji, visit_id)

    assert "All this is given back" in page
    assert "Hand the tablet over" not in page
    assert answer.status_code == 409
    assert state_of(visit_id) == "checked_in"


def test_less_than_was_taken_in_needs_a_word_and_the_word_is_signed(
    minji: Tablet, visit_id: str
) -> None:
    withdraw(minji, visit_id)
    umbrellas = db.session.scalars(select(Belonging).where(Belonging.quantity == 2)).one()
    form = {
        "id": new_id(),
        "subject": "belonging",
        "subject_id": str(umbrellas.id),
        "quantity": "1",
    }
    url = f"/visits/{visit_id}/exit/returns"
    minji.htmx_post(url, form)
    all_back(minji, visit_id)

    unsaid = minji.get(f"/visits/{visit_id}/exit").text
    refused = sign_for_it(minji, visit_id)
    minji.htmx_post(url, {**form, "id": new_id(), "difference": "One broke, paid in cash"})
    sealed = sign_for_it(minji, visit_id)

    assert "Less went back than was taken in" in unsaid
    assert refused.status_code == 409
    assert sealed.status_code == 303
    assert state_of(visit_id) == "declined"


def test_a_list_that_changes_after_the_signature_is_signed_again(minji: Tablet, shop: Site) -> None:
    """The signature stands for what it was under, not for what was said later."""
    visit_id = ready_to_sign(minji, at=None)
    assert sign(minji, visit_id, only="S1").status_code == 303
    give_back(minji, visit_id)
    assert state_of(visit_id) in ("authorised", "checking_in")
    withdraw(minji, visit_id)
    all_back(minji, visit_id)

    sealed = sign_for_it(minji, visit_id)

    assert sealed.status_code == 303
    assert state_of(visit_id) == "declined"


def test_more_than_was_taken_in_does_not_go_back(minji: Tablet, visit_id: str) -> None:
    withdraw(minji, visit_id)
    thing = db.session.scalars(select(Belonging)).first()
    assert thing is not None
    form = {"id": new_id(), "subject": "belonging", "subject_id": str(thing.id), "quantity": "9"}

    answer = minji.htmx_post(f"/visits/{visit_id}/exit/returns", form)

    assert answer.status_code == 422
    assert "No more went in" in answer.text
    assert db.session.scalars(select(Returned)).all() == []


def test_the_customer_stays_after_all(minji: Tablet, visit_id: str) -> None:
    withdraw(minji, visit_id)
    url = f"/visits/{visit_id}/exit/withdrawal/ending"

    called_off = minji.htmx_post(url)
    again = withdraw(minji, visit_id)
    all_back(minji, visit_id)
    too_late = minji.htmx_post(url)

    assert (called_off.status_code, again.status_code, too_late.status_code) == (200, 200, 409)
    assert state_of(visit_id) == "checked_in"


@pytest.mark.parametrize("state", ["washing_in", "in_workshop", "settled", "left", "quoted"])
def test_once_the_work_has_begun_nothing_is_withdrawn(
    minji: Tablet, visit_id: str, state: str
) -> None:
    put_in_state(visit_id, state)

    assert withdraw(minji, visit_id).status_code == 409
    assert state_of(visit_id) == state


def test_things_go_back_only_while_the_order_is_being_withdrawn(
    minji: Tablet, visit_id: str
) -> None:
    assert all_back(minji, visit_id).status_code == 409
    assert db.session.scalars(select(Returned)).all() == []
