"""The key in hand: where it is, its next act, and the wall of all hooks."""

import uuid
from typing import Any

from flask import Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid, Refused, TagInUse, TooMany, Words
from inspect_app.key_tags import custody, custody_actions, custody_rules
from inspect_app.key_tags.custody import KeyFile
from inspect_app.key_tags.custody_forms import read_act, read_answer, read_hand_over
from inspect_app.key_tags.custody_words import reason_words, where_words
from inspect_app.key_tags.routes import bp
from inspect_app.staff.actions import check_pin
from inspect_app.staff.queries import people_of_site
from inspect_app.staff.rules import KEY_MOVERS, KEYS, RECEPTION, VISIT_READERS
from inspect_app.web import captured_at, commits, htmx, respond


def card_of(file: KeyFile, **more: Any) -> dict[str, Any]:
    """What the card of a key shows to this person."""
    moves = who().may(*KEY_MOVERS)
    return {
        "key": file,
        "acts": custody_rules.next_acts(file.custody) if moves else (),
        "people": people_of_site() if moves else [],
        "where": where_words(file),
        "is_overdue": custody_rules.is_overdue(file.custody, now()),
        "is_late": lambda row: custody_rules.is_late(row.captured_at, row.recorded_at),
        "reason_words": reason_words,
        "reasons": custody_rules.REASONS,
        "back_in": custody_rules.BACK_IN_MINUTES,
        "me": who(),
        "now": now(),
        "opens": who().may(*VISIT_READERS),
        **more,
    }


@bp.get("/keys/<uuid:registration_id>")
@allow(*KEYS)
def key(registration_id: uuid.UUID) -> ResponseReturnValue:
    """Where a key is and what may happen next; a sheet over the wall for htmx."""
    template = "key_tags/custody_sheet.html" if htmx.wants_fragment else "key_tags/custody.html"
    answer = make_response(render_template(template, **card_of(custody.key_file(registration_id))))
    answer.headers["Vary"] = "HX-Request"
    return answer


def _moved(registration_id: uuid.UUID, done: str) -> Response:
    page = url_for("key_tags.key", registration_id=registration_id)
    card = card_of(custody.key_file(registration_id), done=done)
    return respond("key_tags/_custody.html", page, **card)


def _refused(registration_id: uuid.UUID, problem: Refused) -> Response:
    """The card as it is now, with the reason on it, so that the next act is one tap away."""
    g.writes = False
    db.session.rollback()
    problems: dict[str, Words] = (
        dict(problem.problems) if isinstance(problem, Invalid) else {"key": problem.message}
    )
    template = "key_tags/_custody.html" if htmx.wants_fragment else "key_tags/custody.html"
    card = card_of(custody.key_file(registration_id), problems=problems, form=request.form)
    answer = make_response(render_template(template, **card), problem.status)
    answer.headers["Vary"] = "HX-Request"
    answer.headers["X-Problem"] = type(problem).__name__
    return answer


@bp.post("/keys/<uuid:registration_id>/movements")
@allow(*KEY_MOVERS)
@commits
def move(registration_id: uuid.UUID) -> ResponseReturnValue:
    """Put in, taken out, returned or given back to the customer."""
    try:
        row = custody_actions.move_key(
            registration_id,
            read_act(request.form),
            by=who().id,
            at=captured_at(),
            tablet_id=who().tablet_id,
            now=now(),
        )
    except (Invalid, TagInUse, Conflict) as problem:
        return _refused(registration_id, problem)
    return _moved(registration_id, "claim" if row.is_claim else row.kind)


@bp.post("/keys/<uuid:registration_id>/hand-overs")
@allow(*KEY_MOVERS)
def hand_over(registration_id: uuid.UUID) -> ResponseReturnValue:
    """To a person, who confirms with the PIN. A wrong one is counted for good, so this commits
    whatever the answer is."""
    g.writes = True
    db.session.rollback()
    try:
        wanted = read_hand_over(request.form)
        person_id = wanted.act.holder_id or who().id
        check_pin(person_id, wanted.pin, tablet_id=who().tablet_id, at=now())
        custody_actions.move_key(
            registration_id,
            wanted.act,
            by=who().id,
            at=now(),
            tablet_id=who().tablet_id,
            now=now(),
        )
    except (Invalid, TooMany, Conflict) as problem:
        db.session.commit()
        return _refused(registration_id, problem)
    db.session.commit()
    return _moved(registration_id, "handed_over")


@bp.post("/keys/<uuid:registration_id>/answers")
@allow(*KEY_MOVERS)
@commits
def answer(registration_id: uuid.UUID) -> ResponseReturnValue:
    """A person says which of two contradicting entries is right."""
    said = read_answer(request.form)
    custody_actions.settle(
        registration_id,
        said.claim_id,
        claim_is_right=said.claim_is_right,
        row_id=said.id,
        by=who().id,
        at=captured_at(),
        tablet_id=who().tablet_id,
    )
    return _moved(registration_id, "settled")


@bp.get("/cabinet")
@allow(*KEYS)
def cabinet() -> ResponseReturnValue:
    """Every hook at a glance. It asks again every few seconds with what it shows (`seen`), and is
    answered by nothing (204) while that is still so."""
    wall, moment = custody.wall(now()), now()
    shown = custody.seen_of(wall)
    if htmx.wants_fragment and request.args.get("seen") == shown:
        return "", 204
    template = "key_tags/_wall.html" if htmx.wants_fragment else "key_tags/wall.html"
    page = render_template(
        template,
        wall=wall,
        seen=shown,
        now=moment,
        reason_words=reason_words,
        sets_up=who().may(*RECEPTION),
    )
    response = make_response(page)
    response.headers["Vary"] = "HX-Request"
    return response
