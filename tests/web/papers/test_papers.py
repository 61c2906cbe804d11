"""Papers: received and examined, one tap each, and what is wrong is never lost (6.02-6.04)."""

import json
import uuid
from typing import Any

import pytest

from inspect_app.db import db
from inspect_app.orders.models import Order
from inspect_app.papers.models import Paper
from inspect_app.papers.queries import papers_page
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet, corpus
from tests.factories import arrive, new_id

FINE = {"received": "yes", "is_valid": "yes", "is_complete": "yes", "is_intact": "yes"}


def paper(code: str = "vehicle_registration", **changes: Any) -> dict[str, Any]:
    """One paper as its one-tap form sends it."""
    return {"id": new_id(), "code": code, **FINE, **changes}


def kept() -> list[Paper]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Paper)))


def kinds() -> list[str]:
    rows = db.session.scalars(db.select(VisitEvent.kind).order_by(VisitEvent.recorded_at))
    return [kind for kind in rows if kind.startswith("paper")]


def test_one_tap_keeps_a_paper_that_is_in_order(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)

    plain = minji.post(f"/visits/{visit_id}/papers", paper())
    htmx = minji.htmx_post(f"/visits/{visit_id}/papers", paper("compulsory_insurance"))

    assert (plain.status_code, htmx.status_code) == (303, 200)
    assert 'id="papers"' in htmx.text
    assert "<html" not in htmx.text
    assert [row.received and row.is_valid for row in kept()] == [True, True]
    assert kinds() == ["paper.examined"] * 2


def test_one_tap_for_all_keeps_the_asked_ones_that_nobody_looked_at(
    minji: Tablet, shop: object
) -> None:
    visit_id = arrive(minji)
    minji.post(
        f"/visits/{visit_id}/papers",
        paper("vehicle_registration", received="no", discrepancy="At home"),
    )
    form = {"id": new_id()}

    for _again in range(2):
        minji.post(f"/visits/{visit_id}/papers/in-order", form)

    found = {row.code: row.received for row in kept()}
    assert found == {"vehicle_registration": False, "compulsory_insurance": True}


def test_the_repair_category_decides_which_papers_are_asked(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    order = db.session.scalars(db.select(Order)).one()
    order.category = "annual_inspection"
    db.session.commit()

    page = minji.get(f"/visits/{visit_id}/things").text

    assert 'id="paper-letter_of_authority"' in page
    assert 'id="paper-emission_certificate"' in page


def test_a_paper_that_was_not_handed_in_needs_words_that_the_customer_signs(
    minji: Tablet, shop: object
) -> None:
    visit_id = arrive(minji)

    refused = minji.htmx_post(
        f"/visits/{visit_id}/papers", paper(received="no", agreed="Brings it <b>tomorrow</b>")
    )

    assert refused.status_code == 422
    assert "the customer signs these words" in refused.text
    assert "Brings it &lt;b&gt;tomorrow&lt;/b&gt;" in refused.text
    assert refused.headers["HX-Retarget"] == "#sheet"
    assert kept() == []


def test_a_validity_that_ended_is_a_discrepancy_and_not_an_error(
    minji: Tablet, shop: object
) -> None:
    visit_id = arrive(minji)

    answer = minji.post(
        f"/visits/{visit_id}/papers",
        paper(valid_until_on="2020-01-31", discrepancy="Ran out in January 2020"),
    )

    visit = db.session.get_one(Visit, uuid.UUID(visit_id))
    line = next(line for line in papers_page(visit).lines if line.paper)
    assert answer.status_code == 303
    assert line.faults == ("expired",)
    assert line.is_wrong


@pytest.mark.parametrize("day", ["0001-01-01", "1066-10-14", "9999-12-31", "31.12.2027", "soon"])
def test_an_absurd_day_is_refused_and_stays_in_its_field(
    minji: Tablet, shop: object, day: str
) -> None:
    visit_id = arrive(minji)

    answer = minji.post(f"/visits/{visit_id}/papers", paper(valid_until_on=day))

    assert answer.status_code == 422
    assert f'value="{day}"' in answer.text
    assert kept() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "no_such_paper"},
        {"code": ""},
        {"number_end": "1234567"},
        {"discrepancy": "x" * 501},
        {"agreed": "bell \x07"},
        {"id": "no-id"},
    ],
)
def test_what_is_no_paper_is_refused(minji: Tablet, shop: object, changes: dict[str, str]) -> None:
    visit_id = arrive(minji)

    answer = minji.htmx_post(f"/visits/{visit_id}/papers", paper(**changes))

    assert answer.status_code == 422
    assert kept() == []


def test_of_two_entries_the_later_capture_counts(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    url = f"/visits/{visit_id}/papers"
    late = {"X-Captured-At": "2026-11-20T10:00:00.000+00:00"}
    early = {"X-Captured-At": "2026-11-20T09:00:00.000+00:00"}

    minji.post(url, paper(number_end="LATE"), headers=late)
    answer = minji.post(url, paper(number_end="EARLY"), headers=early)

    assert answer.status_code == 303
    assert [row.number_end for row in kept()] == ["LATE"]
    assert "paper.superseded" in kinds()


def test_the_same_entry_twice_is_one_and_answers_alike(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    form, key = paper(), {"Idempotency-Key": new_id()}

    first = minji.htmx_post(f"/visits/{visit_id}/papers", form, headers=key)
    second = minji.htmx_post(f"/visits/{visit_id}/papers", form, headers=key)

    assert first.text == second.text
    assert len(kept()) == 1


def test_an_id_of_another_visit_changes_nothing_there(minji: Tablet, shop: object) -> None:
    one, other = arrive(minji, plate="11가1111"), arrive(minji, plate="22나2222")
    form = paper(number_end="ONE")
    minji.post(f"/visits/{one}/papers", form)

    answer = minji.post(f"/visits/{other}/papers", {**form, "number_end": "TWO"})

    assert answer.status_code == 409
    assert [row.number_end for row in kept()] == ["ONE"]


def test_nothing_is_entered_after_the_check_in(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    db.session.get_one(Visit, uuid.UUID(visit_id)).state = "checked_in"
    db.session.commit()

    answer = minji.post(f"/visits/{visit_id}/papers", paper())

    assert answer.status_code == 409
    assert "add a correction" in answer.text
    assert kept() == []


def test_texts_are_kept_and_shown_just_as_they_were_typed(minji: Tablet, shop: object) -> None:
    visit_id = arrive(minji)
    strings = ["<script>alert(1)</script>", "'; DROP TABLE papers; --", "{{ 7 * 7 }}", "가  나"]
    place = corpus()
    if place is not None:
        strings += json.loads((place / "text" / "blns.json").read_text())[::16]
    codes = ["vehicle_registration", "compulsory_insurance"]
    for number, text in enumerate(text for text in strings if text.strip()):
        form = paper(codes[number % 2], discrepancy=text)
        answer = minji.post(f"/visits/{visit_id}/papers", form)

        assert answer.status_code in (303, 422), text
        if answer.status_code == 303:
            assert text.strip().replace("\r\n", "\n") in {row.discrepancy for row in kept()}
    page = minji.get(f"/visits/{visit_id}/things").text
    assert "<script>alert" not in page


def test_ready_sentences_are_written_in_the_customers_language_where_it_has_them(
    minji: Tablet, shop: object
) -> None:
    visit_id = arrive(minji, customer_locale="ko")

    page = minji.get(f"/visits/{visit_id}/papers/vehicle_registration?received=no")

    assert page.status_code == 200
    assert "Not with the customer today." in page.text
    assert "data-phrase=" in page.text
