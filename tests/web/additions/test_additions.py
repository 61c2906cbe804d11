"""A finding from the workshop to the sheet: T22, T23, T24, T25 (9.01–9.06)."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from inspect_app.additions.models import Answer, Relay
from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db
from inspect_app.orders.models import Order
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from tests.conftest import Tablet
from tests.factories import arrive, new_id, seal_form, signed_document, sitting_on
from tests.web.additions.finding import addition, found, line_ids
from tests.web.workshop.steps import (
    IN_WORKSHOP,
    acceptance_form,
    all_done,
    fresh,
    in_workshop,
    lines_of,
    person_id,
    state_of,
    tablet_of,
    visit_row,
)


def _now() -> datetime:
    return datetime.now(UTC)


def _transitions(visit_id: str) -> list[str | None]:
    fresh()
    query = (
        select(VisitEvent.transition)
        .where(VisitEvent.visit_id == uuid.UUID(visit_id), VisitEvent.transition.is_not(None))
        .order_by(VisitEvent.recorded_at)
    )
    return list(db.session.scalars(query))


def _stated(
    tablet: Tablet, visit_id: str, price: str = "180000", minutes: str = "120", when: str = ""
) -> str:
    row = addition()
    prices = {f"price-{line}": price for line in line_ids()}
    url = f"/visits/{visit_id}/additions/{row.id}"
    form = {**prices, "added_minutes": minutes, "promised_at": when}
    answer = tablet.post(f"{url}/statement", form)
    assert answer.status_code == 303, answer.text
    return url


def _call(answer: str = "yes", **changes: str) -> dict[str, str]:
    said = {f"answer-{line}": answer for line in line_ids() if changes.get("only", line)}
    seen = {f"seen-{line}": "0" for line in line_ids()}
    return {
        "id": new_id(),
        "number": "010-1234-5678",
        "who_answered": "Sora Kim",
        "result": "reached",
        "told": "1",
        **said,
        **seen,
        **changes,
    }


def test_a_finding_reaches_reception_at_once_and_may_not_be_begun(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    form = {"id": new_id(), "items": "Discs\nPads", "reason": "Worn"}
    daniel = tablet_of(app, "Daniel")

    first = daniel.post(f"/visits/{visit_id}/additions", form)
    again = daniel.post(f"/visits/{visit_id}/additions", form)

    assert (first.status_code, again.status_code) == (303, 303)
    assert len(line_ids()) == 2
    assert "Call the customer: added work" in minji.get("/due").text
    job = daniel.get(f"/workshop/jobs/{visit_id}").text
    assert "Waiting: do not start" in job
    assert len(lines_of(visit_id)) == len(_before(visit_id))
    assert tablet_of(app, "Areum").post(f"/visits/{visit_id}/additions", form).status_code == 404
    assert state_of(visit_id) == "in_workshop"


def _before(visit_id: str) -> list[Any]:
    return [line for line in lines_of(visit_id) if line.sheet == 0]


def test_t22_comes_with_price_and_delay(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = in_workshop()
    found(app, visit_id)
    url = f"/visits/{visit_id}/additions/{addition().id}"

    unpriced = minji.post(f"{url}/calls", _call())
    _stated(minji, visit_id)

    assert unpriced.status_code == 422
    assert state_of(visit_id) == "awaiting_approval"
    assert _transitions(visit_id)[-1] == "T22"
    assert "180,000" in minji.get(url).text


def test_an_unanswered_call_is_no_consent(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = in_workshop()
    found(app, visit_id)
    url = _stated(minji, visit_id)

    with_yes = minji.post(f"{url}/calls", _call(result="no_answer"))
    line = line_ids()[0]
    tried = minji.post(f"{url}/calls", _call(**{"result": "no_answer", f"answer-{line}": ""}))

    assert with_yes.status_code == 422
    assert "Nobody was reached" in with_yes.text
    assert tried.status_code == 303
    assert _transitions(visit_id)[-1] == "T25"
    assert state_of(visit_id) == "awaiting_approval"
    assert db.session.scalars(select(Answer)).first() is None
    call = db.session.scalars(select(ContactLog)).one()
    assert (call.kind, call.result, call.number) == ("addition_call", "no_answer", "010-1234-5678")
    seojun = tablet_of(app, "Seojun")
    all_done(seojun, visit_id)
    refused = seojun.post(f"/visits/{visit_id}/acceptance", acceptance_form())
    assert refused.status_code == 409


def test_a_yes_becomes_a_sheet_that_the_supervisor_takes_and_moves_the_promise(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    found(app, visit_id)
    told = (_now() + timedelta(days=3)).replace(second=0, microsecond=0)
    local = (told + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")
    url = _stated(minji, visit_id, when=local)
    form = _call()
    first, again = minji.post(f"{url}/calls", form), minji.post(f"{url}/calls", form)
    due = minji.get("/due").text

    by_team = minji.post(f"{url}/relays", {"id": new_id(), "receiver": person_id("Daniel")})
    relay = {"id": new_id(), "receiver": person_id("Seojun")}
    done, repeated = minji.post(f"{url}/relays", relay), minji.post(f"{url}/relays", relay)

    assert (first.status_code, again.status_code) == (303, 303)
    assert "on to the workshop" in due
    assert by_team.status_code == 422
    assert (done.status_code, repeated.status_code) == (303, 303)
    assert state_of(visit_id) == "in_workshop"
    assert _transitions(visit_id)[-1] == "T24"
    added = [line for line in lines_of(visit_id) if line.sheet]
    assert [(line.description, line.price_amount, line.sheet) for line in added] == [
        ("Front brake discs", 180_000, 1)
    ]
    order = db.session.scalars(select(Order).where(Order.visit_id == uuid.UUID(visit_id))).one()
    assert order.promised_at == told
    row = db.session.scalars(select(Relay)).one()
    pdf = minji.get(f"/visits/{visit_id}/additional-sheets/{row.id}.pdf?for=customer")
    assert pdf.data.startswith(b"%PDF")
    call = db.session.scalars(select(ContactLog)).one()
    assert "180,000" in call.text
    assert "Front brake discs" in tablet_of(app, "Daniel").get(f"/workshop/jobs/{visit_id}").text


def test_a_no_is_told_and_is_offered_at_the_next_visit(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    found(app, visit_id, is_safety="1", stake="The brakes may fail")
    url = _stated(minji, visit_id)

    silent = minji.post(f"{url}/calls", _call("no"))
    kept = minji.post(f"{url}/calls", _call("no", stake_told="1"))
    told = minji.post(f"{url}/relays", {"id": new_id(), "receiver": person_id("Daniel")})

    assert silent.status_code == 422
    assert "about safety" in silent.text
    assert (kept.status_code, told.status_code) == (303, 303)
    assert _transitions(visit_id)[-1] == "T23"
    relay = db.session.scalars(select(Relay)).one()
    assert (str(relay.receiver_id), relay.sheet) == (person_id("Daniel"), None)
    assert [line for line in lines_of(visit_id) if line.sheet] == []
    visit_row(visit_id).state = "left"
    db.session.commit()
    order = minji.get(f"/visits/{arrive(minji, IN_WORKSHOP)}/order").text
    assert "Declined last time" in order
    assert "Front brake discs" in order


def test_later_keeps_the_line_blocked_while_a_yes_is_passed_on(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    found(app, visit_id, "Discs\nPads")
    url = _stated(minji, visit_id)
    first, second = line_ids()
    minji.post(f"{url}/calls", _call(**{f"answer-{second}": "later"}))
    minji.post(f"{url}/relays", {"id": new_id(), "receiver": person_id("Seojun")})

    assert state_of(visit_id) == "awaiting_approval"
    assert [line.description for line in lines_of(visit_id) if line.sheet] == ["Discs"]
    assert (
        "Waiting: do not start" in tablet_of(app, "Daniel").get(f"/workshop/jobs/{visit_id}").text
    )
    more = _call(**{f"answer-{first}": "", f"answer-{second}": "no", f"seen-{second}": "1"})
    assert minji.post(f"{url}/calls", more).status_code == 303
    minji.post(f"{url}/relays", {"id": new_id(), "receiver": person_id("Seojun")})
    assert state_of(visit_id) == "in_workshop"


def test_a_changed_price_voids_the_answer(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = in_workshop()
    found(app, visit_id)
    url = _stated(minji, visit_id)
    minji.post(f"{url}/calls", _call())
    minji.post(f"{url}/relays", {"id": new_id(), "receiver": person_id("Seojun")})

    _stated(minji, visit_id, price="195000")

    assert state_of(visit_id) == "awaiting_approval"
    assert [line for line in lines_of(visit_id) if line.sheet] == []
    assert "price changed: ask again" in minji.get(url).text
    refused = minji.post(f"{url}/relays", {"id": new_id(), "receiver": person_id("Seojun")})
    assert refused.status_code == 409


def test_of_two_who_answer_for_one_line_the_second_is_told_who_was_first(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = in_workshop()
    found(app, visit_id)
    url = _stated(minji, visit_id)
    minji.post(f"{url}/calls", _call())

    second = tablet_of(app, "Haoran").post(f"{url}/calls", _call("no", stake_told="1"))

    assert second.status_code == 409
    assert "Minji was first" in second.text
    fresh()
    assert [one.answer for one in db.session.scalars(select(Answer))] == ["yes"]


def test_the_customer_answers_on_the_own_phone(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id = in_workshop()
    found(app, visit_id, "Discs\nPads")
    url = _stated(minji, visit_id)
    discs, pads = line_ids()
    about = {"about": str(addition().id)}
    links = f"/visits/{visit_id}/sittings/addition/links"
    minji.post(links, {"id": new_id(), **about})
    page = minji.get(f"{links}?about={about['about']}").text
    token = page.partition("/sign/")[2].partition("<")[0].strip()
    phone = app.test_client()
    from_phone = {"headers": {"Sec-Fetch-Site": "same-origin"}}

    phone.post(
        f"/sign/{token}/answers",
        data={f"answer-{discs}": "yes", f"answer-{pads}": "no"},
        **from_phone,
    )
    shown = phone.get(f"/sign/{token}")
    form = seal_form(signed_document(sitting_on(shown.text)))
    sealed = phone.post(f"/sign/{token}/seals", data=form, **from_phone)

    assert sealed.status_code < 400, sealed.text
    fresh()
    answers = {str(one.line_id): one for one in db.session.scalars(select(Answer))}
    assert answers[discs].answer == "yes"
    assert answers[pads].answer == "no"
    assert answers[discs].seal_id is not None
    minji.post(f"{url}/relays", {"id": new_id(), "receiver": person_id("Seojun")})
    assert state_of(visit_id) == "in_workshop"
