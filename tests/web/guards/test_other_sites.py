"""The wall between sites: by every address, and by every shape of statement."""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import aliased

from inspect_app.db import Base, SiteOwned, bind_site, db
from inspect_app.orders.models import Order
from inspect_app.photos.models import Photo
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person, PersonRole
from inspect_app.staff.rules import Role
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit
from inspect_app.walkaround.models import Mark
from tests.conftest import Tablet, TabletClient, sign_in
from tests.factories import arrival_form, new_id
from tests.web.guards.doors import address, full_visit, rules_of

PLATE, OTHER_PLATE, OTHER_CUSTOMER = "34나 5678", "98하 7654", "Bora Other"


@pytest.fixture
def minji(app: Flask, shop: Site) -> Tablet:
    """Somebody who may do everything at this site: what stops her is the wall alone."""
    person_id = db.session.scalars(select(Person.id).where(Person.name == "Minji")).one()
    held = set(db.session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id)))
    for role in set(Role) - {Role(name) for name in held}:
        db.session.add(PersonRole(person_id=person_id, role=role.value))
    db.session.commit()
    return sign_in(app, "Minji")


@pytest.fixture
def other_tablet(app: Flask, shop: Site) -> Iterator[Tablet]:
    """A receptionist's tablet at a second site."""
    here = shop.id
    site = seed_shop(code="second", name="Second Shop")
    db.session.commit()
    person_id = db.session.scalars(select(Person.id).where(Person.name == "Minji")).one()
    app.test_client_class = TabletClient
    client = app.test_client()
    form = {"site": site.code, "person": str(person_id), "pin": "1111"}
    assert client.post("/sign-ins", data=form).status_code == 303
    yield Tablet(client, "Minji of the second shop")
    bind_site(here)


@pytest.fixture
def theirs(other_tablet: Tablet, shop: Site) -> dict[str, str]:
    """A visit of the second site; afterwards the session is the first site's again."""
    here, there = shop.id, db.session.info["site_id"]
    assert here != there
    ids = full_visit(other_tablet, OTHER_PLATE)
    bind_site(here)
    db.session.rollback()
    return ids


OPENED_BY_TOKEN = {
    "gate_passes.carried",
    "sheets.copy",
    "sheets.copy_pdf",
    "sheets.copy_signed",
}
"""The customer's own link opens at any tablet."""
ONLY_IN_CUSTOMER_MODE = {"signatures.customer", "signatures.give_back"}
"""Otherwise they lead on to staff pages, which are among those asked."""


def test_no_page_shows_a_row_of_another_site(
    app: Flask, minji: Tablet, theirs: dict[str, str]
) -> None:
    for rule in rules_of(app, "GET"):
        if rule.endpoint in OPENED_BY_TOKEN | ONLY_IN_CUSTOMER_MODE:
            continue
        answer = minji.get(address(app, rule, theirs))
        if rule.arguments & set(theirs) - {"token"}:
            assert answer.status_code == 404, (rule.rule, answer.status_code)
        text = answer.get_data().decode(errors="replace")
        assert OTHER_PLATE not in text, rule.rule
        assert "Sora" not in text, rule.rule
        answer.close()


def test_no_act_reaches_a_row_of_another_site(
    app: Flask, minji: Tablet, theirs: dict[str, str]
) -> None:
    before = _rows_of_all_sites()
    for rule in rules_of(app, "POST"):
        if not rule.arguments or rule.endpoint in ONLY_IN_CUSTOMER_MODE:
            continue
        form = {"id": new_id(), "pin": "1111", "waits": "yes", "shapes": "[]", "valuables": "none"}
        answer = minji.post(address(app, rule, theirs), form)
        assert answer.status_code in (404, 422), (rule.rule, answer.status_code)
    assert _rows_of_all_sites() == before


def test_ids_of_another_sites_rows_inside_ones_own_visit_are_refused(
    app: Flask, minji: Tablet, shop: Site, theirs: dict[str, str]
) -> None:
    ours = full_visit(minji, PLATE, signed=False)
    for rule in rules_of(app, "POST"):
        if rule.arguments <= {"visit_id", "sitting"}:
            continue
        mixed = {**theirs, "visit_id": ours["visit_id"]}
        answer = minji.post(address(app, rule, mixed), {"id": new_id(), "shapes": "[]"})
        assert answer.status_code in (404, 422), (rule.rule, answer.status_code)


def test_a_row_id_that_another_site_has_given_is_refused_and_no_defect(
    app: Flask, minji: Tablet, shop: Site, theirs: dict[str, str]
) -> None:
    ours = full_visit(minji, PLATE, signed=False)
    visit = f"/visits/{ours['visit_id']}"
    sent = (
        (f"{visit}/marks", {"id": theirs["mark_id"], "zone": "hood", "damage_type": "scratch",
                            "size_class": "2", "severity": "minor", "x": "0.5", "y": "0.2"}),
        (f"{visit}/belongings", {"id": theirs["line_id"], "code": "umbrella", "quantity": "1"}),
        (f"{visit}/order/lines", {"id": theirs["order_line_id"], "description": "Oil"}),
        ("/visits", {**arrival_form("55가 5555"), "id": theirs["visit_id"]}),
    )  # fmt: skip
    for url, form in sent:
        answer = minji.post(url, form)
        assert 400 <= answer.status_code < 500, (url, answer.status_code)


def _rows_of_all_sites() -> dict[str, int]:
    """How many rows each table holds."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Base.metadata.tables.items()
        }


Statement = Callable[[uuid.UUID], Any]
later = aliased(Visit)
SHAPES: dict[str, Statement] = {
    "whole rows": lambda there: select(Visit).where(Visit.id == there),
    "one column": lambda there: select(Visit.id).where(Visit.id == there),
    "a count": lambda there: select(func.count(Visit.id)).where(Visit.id == there).having(
        func.count(Visit.id) > 0
    ),
    "a count of a table": lambda there: select(func.count()).select_from(Visit).where(
        Visit.id == there
    ).having(func.count() > 0),
    "an alias": lambda there: select(later).where(later.id == there),
    "a column of an alias": lambda there: select(later.number).where(later.id == there),
    "a join": lambda there: select(Order.id).join(Visit, Visit.id == Order.visit_id).where(
        Visit.id == there
    ),
    "a join from a table without rows of its own": lambda there: select(Site.id).join(
        Visit, Visit.site_id == Site.id
    ).where(Visit.id == there),
    "an outer join": lambda there: select(Visit.id).select_from(Site).outerjoin(
        Visit, Visit.site_id == Site.id
    ).where(Visit.id == there),
    "a subquery": lambda there: select(select(Visit.id).where(Visit.id == there).subquery()),
    "a common table expression": lambda there: select(
        select(Visit.id).where(Visit.id == there).cte()
    ),
    "an exists": lambda there: select(Site.id).where(
        exists().where(Visit.id == there, Visit.site_id == Site.id)
    ),
    "an in": lambda there: select(Site.id).where(
        Site.id.in_(select(Visit.site_id).where(Visit.id == there))
    ),
    "a scalar subquery": lambda there: select(Site.id).where(
        select(Visit.number).where(Visit.id == there).scalar_subquery().is_not(None)
    ),
    "a union": lambda there: select(Visit.id).where(Visit.id == there).union_all(
        select(Mark.visit_id).where(Mark.visit_id == there)
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_statement_of_any_shape_sees_no_other_site(shape: str, theirs: dict[str, str]) -> None:
    there = uuid.UUID(theirs["visit_id"])

    assert db.session.execute(SHAPES[shape](there)).all() == []


def test_a_row_asked_for_by_its_key_is_not_found(theirs: dict[str, str]) -> None:
    assert db.session.get(Visit, uuid.UUID(theirs["visit_id"])) is None
    assert db.session.get(Photo, uuid.UUID(theirs["photo_id"])) is None


def test_changes_in_bulk_leave_the_other_site_alone(theirs: dict[str, str]) -> None:
    there = uuid.UUID(theirs["visit_id"])

    changed: Any = db.session.execute(update(Visit).where(Visit.id == there).values(bay="9"))
    gone: Any = db.session.execute(delete(Mark).where(Mark.visit_id == there))

    assert (changed.rowcount, gone.rowcount) == (0, 0)
    db.session.rollback()


def test_every_table_of_a_site_is_behind_the_wall() -> None:
    """Those without a site: the sites themselves, and rows that hang on one row of a site."""
    free = {
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if not issubclass(mapper.class_, SiteOwned)
    }

    assert free == {"Site", "PersonRole"}


def test_a_plate_of_another_site_is_not_known_here(minji: Tablet, theirs: dict[str, str]) -> None:
    card = minji.get("/arrivals/lookup", query_string={"plate": OTHER_PLATE})

    assert "Sonata" not in card.text
    assert not re.search(r"Sora|1234", card.text)
    assert db.session.scalars(select(Vehicle)).all() == []
