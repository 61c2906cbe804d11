"""Every guard of T10, T12, T16 and T17, refused and allowed, on a real database (process 4.2)."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from inspect_app.db import db
from inspect_app.sites.models import Site
from inspect_app.visits.actions import change_state
from inspect_app.visits.file import VisitFile, file_of
from inspect_app.visits.models import Visit
from inspect_app.visits.progress import advance, facts_for, missing
from inspect_app.visits.rules import missing_for
from tests.conftest import Tablet
from tests.factories import give_back, hand_over, ready_to_sign, sign

Break = Callable[[VisitFile], object]


def _without(table: str, where: str = "1 = 1") -> Break:
    return lambda file: db.session.execute(db.text(f"delete from {table} where {where}"))


def _set(table: str, change: str) -> Break:
    return lambda file: db.session.execute(db.text(f"update {table} set {change}"))


T10 = [
    (_without("order_lines"), "NO_ITEM"),
    (_set("orders", "promised_at = null"), "PROMISED_TIME_MISSING"),
]
T17 = [
    (_without("papers", "code = 'vehicle_registration'"), "PAPERS_NOT_EXAMINED"),
    (_without("checks", "code = 'roof'"), "CONDITION_NOT_LOOKED_AT"),
    (_without("belongings"), "THINGS_NOT_COUNTED"),
    (_set("belonging_counts", "valuables = null"), "VALUABLES_UNANSWERED"),
    (_set("belonging_counts", "notice_told_at = null"), "VALUABLES_NOTICE_NOT_TOLD"),
    (_without("box_uses"), "BOX_NOT_NUMBERED"),
    (_without("key_registrations"), "KEY_NOT_NUMBERED"),
    (_set("key_registrations", "slot_id = null"), "SLOT_MISSING"),
    (_set("readings", "odometer = null"), "ODOMETER_MISSING"),
    (_set("readings", "fuel_eighths = null"), "FUEL_MISSING"),
    (_set("vehicles", "powertrain = 'ev'"), "CHARGE_MISSING"),
]


def file_in(visit_id: str) -> VisitFile:
    db.session.expire_all()
    return file_of(uuid.UUID(visit_id))


def go_on(visit_id: str) -> tuple[list[str], str]:
    visit = file_in(visit_id).visit
    taken = advance(visit.id, by=visit.received_by_id, at=datetime.now(UTC))
    db.session.commit()
    return taken, db.session.scalars(db.select(Visit)).one().state


def missing_codes(visit_id: str) -> set[str]:
    return {one.code for one in missing(file_in(visit_id))}


@pytest.mark.parametrize(("broken", "code"), T10, ids=[code for _, code in T10])
def test_t10_waits_for_each_part_of_the_order(
    minji: Tablet, shop: Site, broken: Break, code: str
) -> None:
    visit_id = ready_to_sign(minji)
    broken(file_in(visit_id))
    db.session.commit()

    assert code in missing_codes(visit_id)
    assert go_on(visit_id) == ([], "arrived")
    assert hand_over(minji, visit_id).status_code == 409


def test_t10_takes_diagnosis_first_in_place_of_an_item(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    _without("order_lines")(file_in(visit_id))
    _set("orders", "diagnosis_first = true")(file_in(visit_id))
    db.session.commit()

    assert go_on(visit_id) == (["T10"], "quoted")


def test_t12_waits_for_the_signature_under_the_order(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)

    assert go_on(visit_id) == (["T10"], "quoted")
    assert "S1_MISSING" in missing_codes(visit_id)
    sign(minji, visit_id, only="S1")
    assert file_in(visit_id).visit.state == "checking_in"


def test_t12_waits_for_the_signature_on_the_shown_version(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sign(minji, visit_id, only="S1")
    _set("visits", "state = 'quoted'")(file_in(visit_id))
    _set("order_lines", "price_amount = 1")(file_in(visit_id))
    db.session.commit()

    assert "S1_OF_OTHER_VERSION" in missing_codes(visit_id)
    assert go_on(visit_id) == ([], "quoted")


def test_t16_waits_for_the_first_thing_noted_at_the_car(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    for table in ("walkarounds", "checks", "marks", "papers", "belongings", "belonging_counts"):
        _without(table)(file_in(visit_id))
    for table in ("box_uses", "readings", "key_registrations"):
        _without(table)(file_in(visit_id))
    db.session.commit()

    sign(minji, visit_id)

    assert file_in(visit_id).visit.state == "authorised"
    assert "HAND_OVER_NOT_BEGUN" in missing_codes(visit_id)


@pytest.mark.parametrize(("broken", "code"), T17, ids=[code for _, code in T17])
def test_t17_waits_for_each_of_the_six_parts(
    minji: Tablet, shop: Site, broken: Break, code: str
) -> None:
    visit_id = ready_to_sign(minji)
    broken(file_in(visit_id))
    db.session.commit()

    sign(minji, visit_id)

    assert code in missing_codes(visit_id)
    assert file_in(visit_id).visit.state == "checking_in"
    page = minji.get(f"/visits/{visit_id}/thank-you").text
    assert "We go on with the check-in together." in page


def test_t17_waits_for_each_signature(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sign(minji, visit_id, only="S1")

    assert missing_codes(visit_id) == {"SD_MISSING", "SI_MISSING", "S2_MISSING"}
    give_back(minji, visit_id)
    sign(minji, visit_id)
    assert missing_codes(visit_id) == set()
    assert file_in(visit_id).visit.state == "checked_in"


def test_without_a_discrepancy_nobody_signs_for_papers(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji, paper_missing=False)

    sign(minji, visit_id)

    assert {row.code for row in file_in(visit_id).signatures} == {"S1", "SI", "S2"}
    assert file_in(visit_id).visit.state == "checked_in"


def test_an_order_that_changed_after_its_signature_keeps_the_check_in_open(
    minji: Tablet, shop: Site
) -> None:
    visit_id = ready_to_sign(minji)
    sign(minji, visit_id, only="S1")
    _set("orders", "wash = true")(file_in(visit_id))
    db.session.commit()

    assert "S1_OF_OTHER_VERSION" in missing_codes(visit_id)


def test_t18_waits_for_what_the_customer_is_told(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji)
    sign(minji, visit_id)

    facts = facts_for(file_in(visit_id))

    assert [one.code for one in missing_for("T18", facts)] == ["COMPLETE_NOT_TOLD"]


def test_a_state_is_reached_by_the_table_alone(minji: Tablet, shop: Site) -> None:
    visit = file_in(ready_to_sign(minji)).visit

    with pytest.raises(Exception, match="Conflict"):
        change_state(visit, "T17", by=visit.received_by_id, at=datetime.now(UTC))
    assert visit.state == "arrived"


def test_the_whole_file_is_judged_in_a_few_statements(minji: Tablet, shop: Site) -> None:
    few, many = ready_to_sign(minji, marks=1), ready_to_sign(minji, "77거 7777", marks=30)

    assert statements_of(minji, few) == statements_of(minji, many) <= 10


def test_the_customers_page_is_read_in_a_few_statements(minji: Tablet, shop: Site) -> None:
    visit_id = ready_to_sign(minji, marks=30)
    hand_over(minji, visit_id)

    assert statements_of(minji, visit_id, "customer") <= 10
    sign(minji, visit_id)
    assert statements_of(minji, visit_id, "thank-you") <= 10


def statements_of(tablet: Tablet, visit_id: str, page: str = "review") -> int:
    """How many SQL statements a page of a visit takes."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    db.event.listen(db.engine, "before_cursor_execute", note)
    assert tablet.get(f"/visits/{visit_id}/{page}").status_code == 200
    db.event.remove(db.engine, "before_cursor_execute", note)
    return len([text for text in seen if text.upper().startswith("SELECT")])
