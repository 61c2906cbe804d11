"""The scanner: a code leads to the next sensible act."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import signed_in, who
from inspect_app.door import SCANNER_POLICY
from inspect_app.key_tags.custody import key_file
from inspect_app.key_tags.custody_routes import card_of
from inspect_app.key_tags.routes import bp
from inspect_app.key_tags.scan_rules import MAX_CHARS
from inspect_app.key_tags.scanning import Found, find
from inspect_app.staff.rules import VISIT_READERS, sees_keys
from inspect_app.web import htmx


def scanner_page(template: str, **context: object) -> Response:
    """A page on which the decoder may run."""
    keys = sees_keys(who().roles)
    answer = make_response(render_template(template, keys=keys, **context))
    answer.headers["Content-Security-Policy"] = SCANNER_POLICY
    return answer


@bp.get("/scan")
@signed_in
def scanner() -> ResponseReturnValue:
    """Camera, hand-held scanner, or a number typed: a key shows its next act, anything else leads
    to its visit."""
    code = request.args.get("code", "")[:MAX_CHARS].strip()
    if not code:
        return scanner_page("key_tags/scanner.html", code="", found=None)
    found = find(code)
    if found.visit_id is not None and who().may(*VISIT_READERS):
        return _go(url_for("visits.show", visit_id=found.visit_id))
    sees_it = found.registration_id is not None and sees_keys(who().roles)
    card = card_of(key_file(found.registration_id)) if sees_it and found.registration_id else {}
    shown = found if card or found.problem else Found(problem="", is_bad=True)
    status = 200 if card or not found.is_bad else 404
    if htmx.wants_fragment:
        template = "key_tags/_custody.html" if card else "key_tags/_scan_problem.html"
        return make_response(render_template(template, code=code, found=shown, **card), status)
    page = scanner_page("key_tags/scanner.html", code=code, found=shown, **card)
    page.status_code = status
    return page


def _go(url: str) -> Response:
    if htmx.wants_fragment:
        return Response("", 200, {"HX-Redirect": url})
    return make_response(redirect(url, 303))
