"""A file is tried, refused lines are named, good ones kept; the same file again changes nothing."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.customers.models import Customer
from inspect_app.db import db
from inspect_app.price_list.models import PriceItem
from inspect_app.sites.models import Site
from inspect_app.vehicles.models import Vehicle
from tests.conftest import Tablet, sign_in
from tests.factories import new_id

CUSTOMERS = "이름;전화번호;이메일\n김하나;010-1111-2222;\n;010-3333-4444;\n박둘;010-5555-6666;x\n"
CARS = "车牌,品牌,车型,车主,电话,生日\n沪A12345,Buick,GL8,王芳,13800001111,1\n??,Kia,K5,,,\n"
PRICES = (
    "code,name,kind,price,hours,number\n"
    "OIL,Oil change,work,45000,,\nPAD,Pads,part,80000,,P-1\nX,,,,\n"
)


@pytest.fixture
def manager(app: Flask, shop: Site) -> Tablet:
    """Who decides what is taken in."""
    return sign_in(app, "Eun-ji")


def send(tablet: Tablet, kind: str, content: bytes, **form: str) -> Any:
    """Sends a file; returns the answer."""
    data = {"id": new_id(), "kind": kind, "file": (io.BytesIO(content), f"{kind}.csv"), **form}
    return tablet.post("/table-files", data, content_type="multipart/form-data")


def take_in(tablet: Tablet, kind: str, content: bytes) -> str:
    """Tries a file and takes it in; returns the last page."""
    page = send(tablet, kind, content).location
    assert tablet.post(f"{page}/taking-in").status_code == 303
    return tablet.get(page).text


def names(model: Any, column: str) -> list[Any]:
    """All values of a column."""
    db.session.expire_all()
    return sorted(db.session.scalars(select(getattr(model, column))))


def test_trying_lists_every_refused_line_and_changes_nothing(manager: Tablet) -> None:
    before = names(Customer, "name")

    page = manager.get(send(manager, "customers", CUSTOMERS.encode("cp949")).location).text

    assert "is missing" in page
    assert "is no e-mail address" in page
    assert "cp949" in page
    assert "Take in 1 lines" in page
    assert names(Customer, "name") == before


def test_good_lines_are_kept_and_the_same_file_again_changes_nothing(manager: Tablet) -> None:
    take_in(manager, "customers", CUSTOMERS.encode("cp949"))
    first = names(Customer, "name")

    again = manager.get(send(manager, "customers", CUSTOMERS.encode("utf-8-sig")).location).text

    assert "김하나" in first
    assert "This file would change nothing" in again
    assert names(Customer, "name") == first


def test_cars_come_with_their_owners(manager: Tablet) -> None:
    page = take_in(manager, "vehicles", CARS.encode("gb18030"))

    car = db.session.scalars(select(Vehicle).where(Vehicle.make == "Buick")).one()
    owner = db.session.get(Customer, car.customer_id)
    assert "Taken in at" in page
    assert owner is not None
    assert (owner.name, owner.phone_end) == ("王芳", "1111")
    assert "Kia" not in names(Vehicle, "make")
    assert (
        "This file would change nothing"
        in manager.get(send(manager, "vehicles", CARS.encode("gb18030")).location).text
    )


def test_the_price_list_is_taken_in_and_changed_by_code(manager: Tablet) -> None:
    take_in(manager, "prices", PRICES.encode())
    take_in(manager, "prices", PRICES.replace("45000", "50000").encode())

    db.session.expire_all()
    oil = db.session.scalars(select(PriceItem).where(PriceItem.code == "OIL")).one()
    pads = db.session.scalars(select(PriceItem).where(PriceItem.code == "PAD")).one()
    assert (oil.price_amount, oil.kind) == (50_000, "work")
    assert (pads.kind, pads.number) == ("part", "P-1")
    assert "oil change" in oil.search_text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x01\x02", "can't be read"),
        (b"one line only", "This is no table"),
        (b"colour,size\nred,3\n", "names no column for: name"),
    ],
)
def test_a_file_that_says_nothing_is_not_taken_in(
    manager: Tablet, content: bytes, words: str
) -> None:
    url = send(manager, "customers", content).location

    page = manager.get(url).text

    assert words in page
    assert manager.post(f"{url}/taking-in").status_code == 409


def test_an_upload_without_a_file_or_a_kind_is_refused(manager: Tablet) -> None:
    assert send(manager, "customers", b"").status_code == 422
    assert send(manager, "songs", b"a,b\n1,2\n").status_code == 422


def test_reception_takes_no_tables_in(minji: Tablet, shop: Site) -> None:
    assert send(minji, "customers", CUSTOMERS.encode()).status_code == 403
    assert minji.get("/table-files").status_code == 403
