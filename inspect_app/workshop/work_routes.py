"""A job: its lines step by step, notes, how far it is, accepted, taken over (T26–T29)."""

import uuid

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Forbidden, Invalid, TooMany
from inspect_app.staff.rules import RECEPTION
from inspect_app.web import captured_at, commits, page_or_fragment, respond
from inspect_app.workshop import forms, rules, work_actions
from inspect_app.workshop.pages import (
    acceptance_page,
    again,
    file_for_act,
    finished_page,
    job_page,
    own_file,
    part_page,
    progress_page,
    signer_of,
)
from inspect_app.workshop.routes import bp

PROGRESS, ACCEPTANCE, FINISHED = (
    "workshop/progress.html", "workshop/acceptance.html", "workshop/finished.html",
)  # fmt: skip


@bp.get("/workshop/jobs/<uuid:visit_id>")
@allow(*rules.JOB_READERS)
def job(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One job, without prices and contact data."""
    page = job_page(own_file(visit_id))
    return page_or_fragment("workshop/job.html", "workshop/_job.html", **page)


def _job(visit_id: uuid.UUID) -> Response:
    page = url_for("workshop.job", visit_id=visit_id)
    return respond("workshop/_job.html", page, **job_page(own_file(visit_id)))


@bp.post("/visits/<uuid:visit_id>/work/<uuid:line_id>/steps")
@allow(*rules.WORKERS)
@commits
def add_step(visit_id: uuid.UUID, line_id: uuid.UUID) -> ResponseReturnValue:
    """A line is begun, done or taken up again; struck by the supervisor alone."""
    draft = forms.read_step(request.form)
    if draft.kind == "struck" and not who().may(*rules.SUPERVISORS):
        raise Forbidden
    file = file_for_act(visit_id)
    work_actions.take_step(
        file, line_id, draft.id, draft.kind, reason=draft.reason, by=who().id, at=captured_at()
    )
    return _job(visit_id)


@bp.post("/visits/<uuid:visit_id>/work/notes")
@allow(*rules.FINDERS)
@commits
def add_note(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What the workshop writes down."""
    file = file_for_act(visit_id)
    note_id, text = forms.read_note(request.form)
    work_actions.add_note(file, note_id, text, by=who().id, at=captured_at())
    return _job(visit_id)


@bp.get("/visits/<uuid:visit_id>/progress")
@allow(*RECEPTION, *rules.SUPERVISORS)
def progress(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The workshop is asked how far the work is (10.01–10.02)."""
    return render_template(PROGRESS, **progress_page(own_file(visit_id)))


@bp.post("/visits/<uuid:visit_id>/progress")
@allow(*RECEPTION, *rules.SUPERVISORS)
@commits
def answer_progress(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T26: finishing time, abnormal or not, and the measures taken at once (10.03)."""
    try:
        draft, file = forms.read_progress(request.form), file_for_act(visit_id)
        window = progress_page(file)["window"]
        work_actions.answer_progress(file, draft, window, by=who().id, at=captured_at())
    except (Invalid, Conflict) as refused:
        return again(PROGRESS, progress_page, visit_id, refused)
    return redirect(url_for("workshop.show", visit_id=visit_id), 303)


@bp.post("/visits/<uuid:visit_id>/measures/<uuid:measure_id>/end")
@allow(*RECEPTION, *rules.SUPERVISORS)
@commits
def finish_measure(visit_id: uuid.UUID, measure_id: uuid.UUID) -> ResponseReturnValue:
    """The measure was taken."""
    work_actions.finish_measure(visit_id, measure_id, by=who().id, at=captured_at())
    page = url_for("workshop.show", visit_id=visit_id)
    return respond("workshop/_part.html", page, **part_page(own_file(visit_id)))


@bp.get("/visits/<uuid:visit_id>/acceptance")
@allow(*rules.INSPECTORS, *rules.SUPERVISORS)
def acceptance(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What was done, and the inspector's name under it (D21)."""
    return render_template(ACCEPTANCE, **acceptance_page(own_file(visit_id)))


@bp.post("/visits/<uuid:visit_id>/acceptance")
@allow(*rules.INSPECTORS, *rules.SUPERVISORS)
def accept(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T27: accepted as finished. It commits itself, as a wrong PIN is counted for good."""
    g.writes = True
    db.session.rollback()
    own_file(visit_id)
    try:
        row_id, signed, remark = forms.read_acceptance(request.form)
        inspector = signer_of(signed, rules.INSPECTORS)
        work_actions.accept_work(
            file_for_act(visit_id), row_id,
            inspector=inspector, strokes=signed.strokes, remark=remark, by=who().id, at=now(),
        )  # fmt: skip
    except (Invalid, TooMany, Conflict) as refused:
        return again(ACCEPTANCE, acceptance_page, visit_id, refused)
    db.session.commit()
    return make_response(redirect(url_for("workshop.job", visit_id=visit_id), 303))


@bp.get("/visits/<uuid:visit_id>/finished-work")
@allow(*RECEPTION, *rules.INSPECTORS, *rules.SUPERVISORS)
def finished(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Accepted work: taken over by a clerk, or sent back with what is wrong."""
    file = own_file(visit_id)
    if file.visit.state != "work_done":
        return redirect(url_for("workshop.job", visit_id=visit_id), 303)
    return render_template(FINISHED, **finished_page(file))


@bp.post("/visits/<uuid:visit_id>/reworks")
@allow(*RECEPTION, *rules.INSPECTORS, *rules.SUPERVISORS)
@commits
def send_back(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T28: a fault was found."""
    try:
        row_id, reason = forms.read_rework(request.form)
        file = file_for_act(visit_id)
        work_actions.send_back(file, row_id, reason, by=who().id, at=captured_at())
    except (Invalid, Conflict) as refused:
        return again(FINISHED, finished_page, visit_id, refused)
    return redirect(url_for("workshop.job", visit_id=visit_id), 303)


@bp.post("/visits/<uuid:visit_id>/workshop-return")
@allow(*RECEPTION)
@commits
def take_over(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T29: the clerk takes car and key out of the workshop (11.01)."""
    file = file_for_act(visit_id)
    work_actions.take_over(file, tablet_id=who().tablet_id, by=who().id, at=captured_at())
    return redirect(url_for("visits.show", visit_id=visit_id), 303)
