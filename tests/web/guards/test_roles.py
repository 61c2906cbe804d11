"""Process 3.2 at every address: who is let in, and what is shown to whom."""

import re
import uuid

import pytest
from flask import Flask

from inspect_app.access import Access
from inspect_app.db import db
from inspect_app.sites.models import Site
from inspect_app.staff.actions import add_person
from inspect_app.staff.rules import Role, sees_contact, sees_prices
from tests.conftest import Tablet, TabletClient
from tests.factories import hand_over
from tests.web.guards.doors import address, full_visit, rules_of

AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CONTACT = ("Sora Kim", "010-1234-5678", "5678-")
PRICES = ("120,000", "300,000", "₩")


@pytest.fixture
def ids(minji: Tablet, shop: Site) -> dict[str, str]:
    """A signed visit with a row of each kind."""
    return full_visit(minji)


def _tablet_of(app: Flask, role: Role) -> Tablet:
    person = add_person(f"Only {role.value}", "2468", (role,))
    form = {"person": str(person.id), "pin": "2468"}
    db.session.commit()
    app.test_client_class = TabletClient
    client = app.test_client()
    assert client.post("/sign-ins", data=form).status_code == 303
    return Tablet(client, person.name)


def _access(app: Flask, endpoint: str) -> Access:
    found = vars(app.view_functions[endpoint])["access"]
    assert isinstance(found, Access)
    return found


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_own_pages_and_no_other(
    app: Flask, shop: Site, ids: dict[str, str], role: Role
) -> None:
    tablet = _tablet_of(app, role)
    shown = frozenset([role])
    for rule in rules_of(app, "GET"):
        access = _access(app, rule.endpoint)
        if access.kind == "public":
            continue
        answer = tablet.get(address(app, rule, ids))
        is_in = access.kind != "roles" or role in access.roles
        assert (answer.status_code != 403) == is_in, (rule.rule, answer.status_code)
        if answer.mimetype in ("text/html", "application/json"):
            text = AN_ID.sub("", answer.text)  # an id may hold any four digits
            for words in () if sees_contact(shown) else CONTACT:
                assert words not in text, (rule.rule, words)
            for words in () if sees_prices(shown) else PRICES:
                assert words not in text, (rule.rule, words)
        answer.close()


@pytest.mark.parametrize("role", sorted(set(Role)))
def test_a_role_does_its_own_acts_and_no_other(
    app: Flask, shop: Site, ids: dict[str, str], role: Role
) -> None:
    tablet = _tablet_of(app, role)
    for rule in rules_of(app, "POST"):
        access = _access(app, rule.endpoint)
        if access.kind != "roles" or role in access.roles:
            continue
        for send in (tablet.post, tablet.htmx_post):
            answer = send(address(app, rule, ids), {"id": str(uuid.uuid4())})
            assert answer.status_code == 403, (rule.rule, answer.status_code)
            assert "Sora" not in answer.text


@pytest.mark.parametrize("text", ["Sora", "010-1234-5678"])
@pytest.mark.parametrize("role", [Role.TEAM, Role.CAR_WASHER, Role.GATE_GUARD])
def test_who_sees_no_contact_finds_none_by_searching(
    app: Flask, shop: Site, ids: dict[str, str], role: Role, text: str
) -> None:
    page = _tablet_of(app, role).get("/", query_string={"q": text})

    assert "Sora Kim" not in page.text
    assert "34나" not in page.text


@pytest.fixture
def locked(minji: Tablet, shop: Site, ids: dict[str, str]) -> dict[str, str]:
    """The tablet is in the customer's hands, for a second visit."""
    here = full_visit(minji, "77다 1111", signed=False)
    assert hand_over(minji, here["visit_id"]).status_code == 303
    return here


OPEN_TO_THE_CUSTOMER = {
    "photos.add_photo", "photos.show", "signatures.add_answers", "signatures.add_seal",
    "signatures.add_views",
    "signatures.customer", "signatures.give_back", "signatures.thank_you",
}  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_customer_holding_the_tablet_reaches_no_page_of_the_shop(
    app: Flask, minji: Tablet, ids: dict[str, str], locked: dict[str, str], method: str
) -> None:
    outbox = {"HX-Request": "true", "Idempotency-Key": str(uuid.uuid4())}
    for rule in rules_of(app, method):
        if _access(app, rule.endpoint).kind == "public":
            continue
        for visit in (locked, ids):
            if visit is locked and rule.endpoint in OPEN_TO_THE_CUSTOMER:
                continue
            for headers in ({}, outbox):
                url = address(app, rule, visit)
                answer = minji.client.open(url, method=method, headers=headers)
                # A photo of another visit does not exist for the customer.
                assert answer.status_code in (303, 401, 404), (url, answer.status_code)
                if answer.status_code == 303:
                    assert answer.location.endswith("/give-back"), (url, answer.location)
                assert "Sora" not in answer.text, url
    assert minji.get("/").location.endswith(f"/visits/{locked['visit_id']}/give-back")


def test_nothing_that_the_customer_saw_or_staff_saw_is_kept_by_the_browser(
    app: Flask, minji: Tablet, ids: dict[str, str]
) -> None:
    """Going back must ask the server again; the photos are the visit's own and carry no page."""
    for rule in rules_of(app, "GET"):
        if rule.endpoint == "photos.show":
            continue
        answer = minji.get(address(app, rule, ids))
        if answer.mimetype == "text/html":
            assert answer.headers["Cache-Control"] == "no-store", rule.rule
        answer.close()
