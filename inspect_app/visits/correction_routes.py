"""Adding a correction to what was signed."""

import uuid
from collections.abc import Mapping

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.errors import Invalid, Words
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.corrections import add_correction, read_correction, subjects_of
from inspect_app.visits.file import VisitFile, file_of
from inspect_app.visits.routes import bp
from inspect_app.visits.rules import may_capture
from inspect_app.web import captured_at, commits


@bp.get("/visits/<uuid:visit_id>/corrections/new")
@allow(*RECEPTION)
def correct(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The form of a correction."""
    return _form(file_of(visit_id), {"subject": request.args.get("subject", "")}, {})


@bp.post("/visits/<uuid:visit_id>/corrections")
@allow(*RECEPTION)
@commits
def add(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps what is right beside what was signed."""
    file = file_of(visit_id)
    try:
        draft = read_correction(request.form, subjects_of(file))
    except Invalid as problem:
        return make_response(_form(file, request.form, problem.problems), 422)
    add_correction(file.visit, draft, by=who().id, at=captured_at())
    return redirect(url_for("visits.show", visit_id=visit_id, _anchor="corrections"), 303)


def _form(file: VisitFile, form: Mapping[str, str], problems: Mapping[str, Words]) -> str:
    return render_template(
        "visits/correct.html",
        visit=file.visit,
        subjects=subjects_of(file),
        form=form,
        problems=problems,
        is_open=may_capture(file.visit.state),
        new_id=uuid.uuid4(),
    )
