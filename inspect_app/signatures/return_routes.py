"""The tablet comes back to the shop, and the customer is told that all is complete (7.01)."""

import uuid

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, customer_mode, who
from inspect_app.db import db, now
from inspect_app.errors import Invalid, TooMany, Words
from inspect_app.signatures import actions, bp
from inspect_app.signatures.forms import read_waits
from inspect_app.signatures.sittings import CHECK_IN, Sitting, about_visit, sitting_named
from inspect_app.staff.actions import check_pin, sign_in
from inspect_app.staff.queries import people_of_site, tablet
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.actions import tell_complete
from inspect_app.visits.queries import visit_of
from inspect_app.web import captured_at, commits


@bp.route("/visits/<uuid:visit_id>/give-back", methods=["GET", "POST"])
@customer_mode
def give_back(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The PIN of one who may hand it over ends customer mode. Wrong PINs are counted for good, so a
    post commits whatever the answer is."""
    # A tablet that was handed over out of reach asks for the PIN although nothing is locked here.
    if who().customer_visit_id is None and not request.form.get("pin"):
        return redirect(url_for("visits.show", visit_id=visit_id), 303)
    if request.method == "GET":
        return _pin_page(visit_id)
    g.writes = True
    db.session.rollback()
    try:
        return _take_back(visit_id)
    except (Invalid, TooMany) as refused:
        db.session.commit()
        return _pin_page(visit_id, refused.message, refused.status)


def _sitting() -> Sitting:
    """What the tablet was handed over for."""
    return sitting_named(who().customer_sitting or CHECK_IN)


def _pin_page(visit_id: uuid.UUID, problem: Words = "", status: int = 200) -> Response:
    takers = set(_sitting().roles)
    people = [one for one in people_of_site() if {role.role for role in one.roles} & takers]
    wanted = request.values.get("person") or str(who().id)
    person = next((one for one in people if str(one.id) == wanted), None)
    page = render_template(
        "signatures/give_back.html",
        visit=visit_of(visit_id),
        sitting=_sitting().name,
        people=people,
        person=person,
        problem=problem,
    )
    return make_response(page, status)


def _take_back(visit_id: uuid.UUID) -> ResponseReturnValue:
    person_id = next(
        (o.id for o in people_of_site() if str(o.id) == request.form.get("person")), who().id
    )
    person = check_pin(person_id, request.form.get("pin", ""), tablet_id=who().tablet_id, at=now())
    sitting = _sitting()
    if not {role.role for role in person.roles} & set(sitting.roles):
        raise Invalid(
            {"person": _l("Only the reception takes the tablet back. Ask a colleague there.")}
        )
    about = about_visit(sitting, visit_id, who().customer_subject_id)
    actions.take_back(visit_id, sign_in_id=who().sign_in_id, by=person.id, at=now())
    answer = redirect(sitting.leads_to(about), 303)
    here = tablet(who().tablet_id)
    if person.id != who().id and here is not None:
        token = sign_in(person, here, at=now())
        answer.set_cookie(
            "sign_in", token, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
        )
    db.session.commit()
    return answer


@bp.get("/visits/<uuid:visit_id>/completion")
@allow(*RECEPTION)
def completion(visit_id: uuid.UUID) -> ResponseReturnValue:
    """All is signed: tell the customer so, and whether they wait or leave."""
    return render_template("signatures/completion.html", visit=visit_of(visit_id))


@bp.post("/visits/<uuid:visit_id>/completion")
@allow(*RECEPTION)
@commits
def tell(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T18: the customer was told; a repeat changes nothing."""
    visit, waits = visit_of(visit_id), read_waits(request.form)
    if visit.told_complete_at is None:
        tell_complete(visit, waits=waits, by=who().id, at=captured_at())
    return redirect(url_for("visits.show", visit_id=visit_id), 303)
