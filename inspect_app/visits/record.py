"""The order record: one page with the whole visit, its history, and the exact signed words."""

import uuid

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.errors import NotFound
from inspect_app.sheets.names_on_paper import strokes_of
from inspect_app.sheets.queries import beside, svg_address
from inspect_app.sheets.rules import READERS as SHEET_READERS
from inspect_app.sheets.strokes import signature_svg
from inspect_app.signatures import queries as signatures
from inspect_app.staff.rules import VISIT_READERS
from inspect_app.visits.file import file_of
from inspect_app.visits.kept_pages import KeptPages
from inspect_app.visits.queries import events_of, visit_of
from inspect_app.visits.record_page import record_page
from inspect_app.visits.routes import bp
from inspect_app.web import page_or_fragment

KEPT = KeptPages()


@bp.get("/visits/<uuid:visit_id>")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The whole record of a visit; drawn again only where something in it has changed."""
    more = beside(visit_id)
    shop = (g.site_name, g.site_demo, g.timezone, g.currency)
    key = (current_app.extensions["settings"].data_dir, visit_id, more.version, who(), shop)
    return KEPT.get(
        key, lambda: render_template("visits/show.html", **record_page(file_of(visit_id), more))
    )


@bp.get("/visits/<uuid:visit_id>/history")
@allow(*VISIT_READERS)
def history(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Who did what, and when, newest last."""
    visit = visit_of(visit_id)
    return page_or_fragment(
        "visits/history.html", "visits/_history.html", visit=visit, events=events_of(visit_id)
    )


@bp.get("/visits/<uuid:visit_id>/seals/<uuid:seal_id>")
@allow(*SHEET_READERS)
def seal(visit_id: uuid.UUID, seal_id: uuid.UUID) -> ResponseReturnValue:
    """The exact words that were signed, and the name as it was drawn."""
    visit, kept = visit_of(visit_id), signatures.seal_of(seal_id)
    if kept is None or kept.visit_id != visit_id:
        raise NotFound
    document = signatures.sealed_document(seal_id)
    drawn, _aspect = signature_svg(strokes_of(document))
    return page_or_fragment(
        "visits/seal.html", "visits/_seal.html",
        visit=visit, seal=kept, document=document, drawn=svg_address(drawn),
    )  # fmt: skip
