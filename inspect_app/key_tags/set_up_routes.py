"""Setting up cabinets and tags, and printing the labels."""

import re

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.errors import Conflict, Invalid, NotFound
from inspect_app.fields import Fields
from inspect_app.key_tags import print_formats, set_up
from inspect_app.key_tags.labels import KeyLabel, label_png, tag_address
from inspect_app.key_tags.print_formats import SHEETS
from inspect_app.key_tags.routes import bp
from inspect_app.key_tags.scan_rules import hook_code
from inspect_app.sites.queries import site_rules, this_site
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.web import captured_at, commits

NAME = re.compile(r"[A-Z0-9]{1,8}")
"""What the code of a hook can carry."""
KINDS = {
    "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml",
    "zpl": "text/plain; charset=utf-8",
}  # fmt: skip


def _page(problem: Invalid | Conflict | None = None) -> Response:
    cabinets, hooks, tags = set_up.shape_of_shop()
    said = problem.problems if isinstance(problem, Invalid) else {}
    page = render_template(
        "key_tags/set_up.html",
        cabinets=cabinets,
        hooks=hooks,
        tag_count=tags,
        sheets=SHEETS,
        most=set_up,
        problems=said,
        refused=problem.message if isinstance(problem, Conflict) else "",
        form=request.form,
    )
    return make_response(page, problem.status if problem else 200)


@bp.get("/cabinet/set-up")
@allow(*RECEPTION)
def set_up_page() -> ResponseReturnValue:
    """Cabinets, tags and their labels."""
    return _page()


@bp.post("/cabinets")
@allow(*RECEPTION)
@commits
def add_cabinet() -> ResponseReturnValue:
    """A cabinet of rows by columns."""
    fields = Fields(request.form)
    name = fields.line("name", 8).upper()
    rows = fields.whole("rows", 1, set_up.MOST_ROWS)
    columns = fields.whole("columns", 1, set_up.MOST_COLUMNS)
    if not NAME.fullmatch(name):
        fields.problems.setdefault(
            "name", _l("Give the cabinet a short name of letters A to Z and digits, such as B.")
        )
    for field, value in (("rows", rows), ("columns", columns)):
        if value is None:
            fields.problems.setdefault(field, _l("Type a whole number, digits only."))
    try:
        fields.check()
        set_up.add_cabinet(fields.id(), name, rows or 1, columns or 1)
    except Invalid as problem:
        return _page(problem)
    return redirect(url_for("key_tags.cabinet"), 303)


@bp.post("/tags")
@allow(*RECEPTION)
@commits
def add_tags() -> ResponseReturnValue:
    """So many new tags."""
    fields = Fields(request.form)
    count = fields.whole("count", 1, set_up.MOST_AT_ONCE)
    if count is None:
        fields.problems.setdefault("count", _l("Type a whole number, digits only."))
    try:
        fields.check()
        set_up.issue_tags(count or 1)
    except Invalid as problem:
        return _page(problem)
    return redirect(url_for("key_tags.set_up_page"), 303)


@bp.post("/tags/retirements")
@allow(*RECEPTION)
@commits
def retire() -> ResponseReturnValue:
    """A lost or damaged tag goes out of use; a new one takes its place."""
    fields = Fields(request.form)
    number = fields.whole("number", 1, set_up.MOST_TAGS)
    reason = fields.line("reason", 80)
    if number is None:
        fields.problems.setdefault("number", _l("Type the number of the tag."))
    if not reason:
        fields.problems.setdefault("reason", _l("Say why, such as lost or broken."))
    try:
        fields.check()
        set_up.retire_tag(
            number or 0, reason, replace=fields.yes("replace"), by=who().id, at=captured_at()
        )
    except NotFound:
        return _page(Invalid({"number": _l("No tag has this number. Read it again.")}))
    except (Invalid, Conflict) as problem:
        return _page(problem)
    return redirect(url_for("key_tags.set_up_page"), 303)


@bp.get("/tags/labels")
@allow(*VISIT_READERS)
def labels() -> ResponseReturnValue:
    """Labels of the tags from one number to another in the chosen format."""
    fields = Fields(request.args)
    chosen = fields.one_of("format", (*SHEETS, "roll", "png", "svg", "zpl203", "zpl300"), "l7159")
    first = fields.whole("first", 1, set_up.MOST_TAGS) or 1
    last = fields.whole("last", 1, set_up.MOST_TAGS) or set_up.MOST_TAGS
    places = SHEETS[chosen].places if chosen in SHEETS else 1
    skip = fields.whole("skip", 0, places - 1) if chosen in SHEETS else 0
    what = fields.one_of("what", ("tags", "hooks"), "tags")
    fields.check()
    found = _hooks() if what == "hooks" else _labels(first, last, fields.yes("plates"))
    if not found:
        raise Invalid({"first": _l("No tag has a number between these.")})
    return _printed(found, chosen, skip or 0)


def _labels(first: int, last: int, plates: bool) -> list[KeyLabel]:
    with force_locale(this_site().locale):
        kind = str(_("Key tag"))
    host = site_rules().key_host
    return [
        KeyLabel(tag_address(host, tag.token), str(tag.number), hook, plate if plates else "", kind)
        for tag, hook, plate in set_up.tags_to_print(first, last)
    ]


def _hooks() -> list[KeyLabel]:
    """A code to stick beside each hook, for rounds that check the places too."""
    with force_locale(this_site().locale):
        kind = str(_("Hook"))
    return [KeyLabel(hook_code(hook), hook, kind=kind) for hook in set_up.hook_labels()]


def _printed(found: list[KeyLabel], chosen: str, skip: int) -> Response:
    locale, name = this_site().locale, f"key-tags-{chosen}"
    if chosen in SHEETS:
        pdf = print_formats.sheet_pdf(found, SHEETS[chosen], locale=locale, skip=skip)
        return Response(pdf, mimetype=KINDS["pdf"])
    if chosen == "roll":
        return Response(print_formats.roll_pdf(found, locale=locale), mimetype=KINDS["pdf"])
    if chosen == "png":
        return Response(label_png(found[0], locale), mimetype=KINDS["png"])
    if chosen == "svg":
        body, kind, name = print_formats.label_svg(found[0]), KINDS["svg"], f"{name}.svg"
    else:
        body, kind = print_formats.zpl(found, int(chosen.removeprefix("zpl"))), KINDS["zpl"]
        name = f"{name}.zpl"
    headers = {"Content-Type": kind, "Content-Disposition": f"attachment; filename={name}"}
    return Response(body, headers=headers)
