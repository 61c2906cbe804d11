"""The guarantee card (D13): proposed by the rules, never below the law, without some parts."""

import io
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdf
import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.guarantees.models import GuaranteeCard
from inspect_app.orders.models import Order, OrderLine, OrderPart
from inspect_app.sites.models import Site
from inspect_app.vehicles.models import Vehicle
from tests.conftest import Tablet, sign_in
from tests.factories import new_id
from tests.web.settlements.ways import at_the_desk, visit_row


@pytest.fixture
def yuna(app: Flask, shop: Site) -> Tablet:
    """The settlement clerk's tablet."""
    return sign_in(app, "Yuna")


@pytest.fixture
def car(minji: Tablet, yuna: Tablet) -> str:
    """A customer at the desk; the odometer shows 48,210 km."""
    return at_the_desk(minji, yuna)


def _give(yuna: Tablet, car: str, **changes: str) -> Any:
    form = {"id": new_id(), "days": "90", "odometer_km": "48215", "told": "1", **changes}
    return yuna.post(f"/visits/{car}/guarantee", form)


def _site(**settings: Any) -> None:
    site = db.session.scalars(select(Site)).one()
    site.settings = {**site.settings, **settings}
    db.session.commit()


def words_of(pdf: bytes) -> str:
    """The text of a paper, without blanks."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def test_the_terms_are_told_and_the_card_says_by_whom(yuna: Tablet, car: str) -> None:
    assert _give(yuna, car, conditions="Checked again after 500 km.").status_code == 303

    card = db.session.scalars(select(GuaranteeCard)).one()
    assert (card.days, card.floor_days, card.odometer_km) == (90, 60, 48_215)
    assert card.told_at is not None
    words = words_of(yuna.get(f"/visits/{car}/guarantee.pdf?lang=en").data)
    for said in (
        card.number,
        "Brakepads,front",
        "48,215km",
        "ToldbyYuna",
        "Checkedagainafter500km.",
    ):
        assert said in words, said


def test_a_card_below_the_law_is_refused_and_what_was_typed_stays(yuna: Tablet, car: str) -> None:
    answer = _give(yuna, car, days="59")

    assert answer.status_code == 422
    assert "The law asks for more days" in answer.text
    assert 'value="59"' in answer.text
    assert db.session.scalars(select(GuaranteeCard)).all() == []


def test_a_young_car_gets_the_longest_period_that_fits(yuna: Tablet, car: str) -> None:
    vehicle = db.session.get_one(Vehicle, visit_row(car).vehicle_id)
    vehicle.first_registered_on = datetime.now(UTC).date() - timedelta(days=100)
    db.session.commit()

    assert "the law asks for at least 90 days" in yuna.get(f"/visits/{car}/settlement").text


def test_a_chinese_site_has_days_and_km(yuna: Tablet, car: str) -> None:
    _site(guarantee_preset="cn")

    page = yuna.get(f"/visits/{car}/settlement").text

    assert "10 days" in page
    assert "2,000 km" in page


def test_a_part_without_guarantee_is_named_and_only_the_part(yuna: Tablet, car: str) -> None:
    visit = visit_row(car)
    line = db.session.scalars(
        select(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.visit_id == uuid.UUID(car))
        .order_by(OrderLine.position)
    ).first()
    assert line is not None
    db.session.add(
        OrderPart(
            line_id=line.id, position=0, name="Own brake pads", source="customer",
            is_key_position=True, by_id=visit.received_by_id, captured_at=datetime.now(UTC),
        )
    )  # fmt: skip
    db.session.commit()

    assert "Own brake pads" in yuna.get(f"/visits/{car}/settlement").text
    _give(yuna, car)
    card = db.session.scalars(select(GuaranteeCard)).one()
    assert card.exclusions == [{"name": "Own brake pads", "code": "P3"}]
    assert "Own brake pads" not in card.items
    words = words_of(yuna.get(f"/visits/{car}/guarantee.pdf?lang=en").data)
    assert "ourworkonitiscoveredlikeanyother" in words


def test_a_card_is_given_while_the_customer_settles_alone(
    minji: Tablet, yuna: Tablet, car: str
) -> None:
    assert minji.post(f"/visits/{car}/guarantee", {}).status_code == 403
    assert yuna.get(f"/visits/{car}/guarantee.pdf").status_code == 404
