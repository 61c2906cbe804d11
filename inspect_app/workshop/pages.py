"""What the workshop's pages show, and to whom which car."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Response, g, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.access import who
from inspect_app.additions.queries import status_of
from inspect_app.db import db, now
from inspect_app.errors import Invalid, NotFound, Refused, Words
from inspect_app.sheets.names_on_paper import strokes_of
from inspect_app.sheets.queries import svg_address
from inspect_app.sheets.strokes import signature_svg
from inspect_app.signatures.canonical import read_canonical
from inspect_app.sites.queries import site_rules
from inspect_app.staff.actions import check_pin
from inspect_app.staff.models import Person
from inspect_app.staff.rules import RECEPTION, VISIT_READERS, Role
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import Missing
from inspect_app.workshop import rules
from inspect_app.workshop.forms import Signed
from inspect_app.workshop.lists import GROUPS, job_cards, jobs_by_team, open_washes
from inspect_app.workshop.models import StaffSignature
from inspect_app.workshop.queries import (
    WorkFile,
    is_in_a_team,
    people_with,
    photos_of_notes,
    teams,
    window_of,
    work_file,
)
from inspect_app.workshop.words import SENTENCES


def own_file(visit_id: uuid.UUID) -> WorkFile:
    """The car's file for this person: a team sees its own jobs alone (process 3.2)."""
    file = work_file(visit_id)
    if not who().roles.isdisjoint(rules.SEES_ALL_JOBS):
        return file
    if is_in_a_team(who().id, file.team_ids):
        return file
    raise NotFound(_l("This car is not a job of your team."))


def file_for_act(visit_id: uuid.UUID) -> WorkFile:
    """The same, for an act: of two that come at once the second sees what the first did."""
    db.session.execute(select(Visit.id).where(Visit.id == visit_id).with_for_update())
    return own_file(visit_id)


def board_page() -> dict[str, Any]:
    """The list of jobs: a person's own, or all with what a supervisor sets."""
    sees_all = not who().roles.isdisjoint(rules.SEES_ALL_JOBS)
    cards = job_cards(None if sees_all else who().id)
    groups = {name: [card for card in cards if card.group == name] for name in GROUPS}
    return {
        "groups": groups,
        "sees_all": sees_all,
        "assigns": who().may(*rules.SUPERVISORS),
        "receives": who().may(*rules.SUPERVISORS, *RECEPTION),
        "teams": teams() if sees_all else [],
        "now": now(),
    }


def job_page(file: WorkFile, **more: Any) -> dict[str, Any]:
    """One job: its lines with their next steps, what waits, notes and photos. No prices here."""
    is_in_work = file.visit.state in rules.IN_WORK
    return {
        "file": file,
        "visit": file.visit,
        "works": is_in_work and who().may(*rules.WORKERS),
        "strikes": is_in_work and who().may(*rules.SUPERVISORS),
        "finds": is_in_work and who().may(*rules.FINDERS),
        "accepts": file.visit.state == "in_workshop" and who().may(*rules.INSPECTORS),
        "hands_over": who().may(*RECEPTION, *rules.INSPECTORS, *rules.SUPERVISORS),
        "all_done": not missing_for_job(file),
        "opens_record": who().may(*VISIT_READERS),
        "next_steps": rules.next_steps,
        "waiting": waiting_lines(file),
        "photos": photos_of_notes(file.visit.id),
        "now": now(),
        **more,
    }


def missing_for_job(file: WorkFile) -> list[Missing]:
    """What the acceptance waits for, the signature apart."""
    states = [one.state for one in file.lines]
    return rules.missing_for_acceptance(states, len(file.open_additions), is_signed=True)


def waiting_lines(file: WorkFile) -> list[tuple[str, str]]:
    """Work that was found and may not be begun: its words, and what it waits for."""
    return [
        (line.description, status_of(line))
        for one in file.additions
        for line in one.lines
        if status_of(line) != "approved"
    ]


def part_page(file: WorkFile) -> dict[str, Any]:
    """The workshop's part of a visit's record."""
    settings = site_rules()
    window = window_of(
        file.order, file.receipt, settings.progress_from_percent, settings.progress_to_percent
    )
    wash = file.wash
    return {
        "file": file,
        "visit": file.visit,
        "window": window,
        "wash_minutes": rules.elapsed_minutes(
            (wash.washed_at if wash else None), (wash.returned_at if wash else None)
        ),
        "at_once": settings.at_once_minutes,
        "minutes_off": rules.minutes_off,
        "drawn": drawn_name,
        "measures": who().may(*RECEPTION, *rules.SUPERVISORS),
        "takes_back": who().may(*RECEPTION),
        "now": now(),
    }


def drawn_name(signature: StaffSignature) -> str:
    """The drawing of a staff signature, as the address of a picture."""
    svg, _aspect = signature_svg(strokes_of(read_canonical(signature.document)))
    return svg_address(svg)


def way_page(file: WorkFile, **more: Any) -> dict[str, Any]:
    """How a car goes into the workshop: its team, washed first or not."""
    one_team = file.assignments[0].team_id if len(file.assignments) == 1 else None
    return {
        "file": file,
        "visit": file.visit,
        "teams": teams(),
        "jobs": jobs_by_team(),
        "team": "several" if file.job and file.job.needs_several_teams else one_team,
        "job_id": uuid.uuid4(),
        "wash_id": uuid.uuid4(),
        "problems": {},
        "form": {},
        **more,
    }


def receipt_page(file: WorkFile, **more: Any) -> dict[str, Any]:
    """S3: who takes the car over, and the time that is proposed."""
    missing = rules.missing_for_receipt(
        "T20" if file.visit.state == "washing_in" else "T21",
        file.way_facts(no_wash_reason="?", is_order_with_car=True, is_signed=True),
    )
    return {
        "file": file,
        "visit": file.visit,
        "missing": missing,
        "missing_words": SENTENCES,
        "signers": people_with(rules.SUPERVISORS),
        "signer": who().id if who().may(*rules.SUPERVISORS) else None,
        "stated": rules.nearest_grain(now()),
        "row_id": uuid.uuid4(),
        "problems": {},
        "form": {},
        **more,
    }


def acceptance_page(file: WorkFile, **more: Any) -> dict[str, Any]:
    """D21: what was done, what still stands in the way, and who accepts it."""
    return {
        "file": file,
        "visit": file.visit,
        "missing": missing_for_job(file),
        "missing_words": SENTENCES,
        "signers": people_with(rules.INSPECTORS),
        "signer": who().id if who().may(*rules.INSPECTORS) else None,
        "row_id": uuid.uuid4(),
        "problems": {},
        "form": {},
        **more,
    }


def progress_page(file: WorkFile, **more: Any) -> dict[str, Any]:
    """How far is the work? Asked in the window, answered by the workshop."""
    settings = site_rules()
    return {
        "file": file,
        "visit": file.visit,
        "window": window_of(
            file.order, file.receipt, settings.progress_from_percent, settings.progress_to_percent
        ),
        "people": people_with((*rules.WORKERS, *RECEPTION)),
        "finish_at": file.order.promised_at,
        "row_id": uuid.uuid4(),
        "problems": {},
        "form": {},
        "now": now(),
        **more,
    }


def finished_page(file: WorkFile, **more: Any) -> dict[str, Any]:
    """Accepted work: take the car over, or send it back."""
    return {
        "file": file,
        "visit": file.visit,
        "takes_over": who().may(*RECEPTION),
        "row_id": uuid.uuid4(),
        "problems": {},
        "form": {},
        **more,
    }


def washes_page() -> dict[str, Any]:
    """The washer's list."""
    return {
        "cards": open_washes(),
        "elapsed": rules.elapsed_minutes,
        "at_once": site_rules().at_once_minutes,
        "clerks": people_with(RECEPTION),
        "now": now(),
    }


PageOf = Callable[..., dict[str, Any]]


def again(template: str, page_of: PageOf, visit_id: uuid.UUID, refused: Refused) -> Response:
    """The page once more, as things are now, with what was typed and why it was refused."""
    g.writes = False
    db.session.rollback()
    problems: dict[str, Words] = (
        dict(refused.problems) if isinstance(refused, Invalid) else {"act": refused.message}
    )
    page = page_of(own_file(visit_id), problems=problems, form=request.form)
    answer = make_response(render_template(template, **page), refused.status)
    answer.headers["X-Problem"] = type(refused).__name__
    return answer


def signer_of(signed: Signed, roles: tuple[Role, ...]) -> Person:
    """Who signs, if this is their PIN and they may. A wrong PIN is counted for good, so this
    commits whatever follows. Raises Invalid or TooMany."""
    try:
        person = check_pin(signed.person_id, signed.pin, tablet_id=who().tablet_id, at=now())
        if {Role(one.role) for one in person.roles}.isdisjoint(roles):
            raise Invalid({"person": _l("%(name)s may not sign this.", name=person.name)})
    except NotFound:
        raise Invalid({"person": _l("Say who signs.")}) from None
    finally:
        db.session.commit()
    return person
