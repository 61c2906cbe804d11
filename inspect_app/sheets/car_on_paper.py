"""The car on the sheet: its drawings with marks, checks, readings and photos (D3, 6.05, 6.09)."""

import logging
from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from inspect_app.catalogues import is_code
from inspect_app.catalogues.m22 import EDITION_NOTE, m22_text
from inspect_app.config import STATIC
from inspect_app.i18n import moment
from inspect_app.photos.actions import folder, make_again
from inspect_app.photos.pictures import BadPicture
from inspect_app.photos.storage import NotStored
from inspect_app.sheets.facts import (
    Annotation,
    Field,
    Finding,
    Mark,
    Photo,
    Plan,
    Point,
    Readings,
    StationChecks,
)
from inspect_app.signatures.condition_words import check_name
from inspect_app.signatures.lines import joined, named
from inspect_app.visits.file import NotedMark, NotedPhoto, VisitFile
from inspect_app.walkaround.drawings import drawing_of
from inspect_app.walkaround.models import Check
from inspect_app.walkaround.rules import Station, checks_for, is_exception, stations

log = logging.getLogger(__name__)

ANNOTATION_KINDS = {"arrow": "arrow", "circle": "circle", "pen": "freehand", "word": "text"}
"""Our kinds of shapes by the paper's."""


def plans(file: VisitFile, corrected: Mapping[UUID, str]) -> tuple[Plan, ...]:
    """The outside always, the inside where it has a mark."""
    views = [("outside", _("Walk-around: outside"))]
    if any(noted.mark.view == "inside" for noted in file.marks):
        views.append(("inside", _("Walk-around: inside")))
    return tuple(_plan(file, view, title, corrected) for view, title in views)


def _plan(file: VisitFile, view: str, title: str, corrected: Mapping[UUID, str]) -> Plan:
    drawing = drawing_of(view, file.visit.vehicle.body_type)
    shown = [(n, noted) for n, noted in numbered(file) if noted.mark.view == view]
    return Plan(
        title=title,
        drawing=(STATIC / drawing.src).read_bytes(),
        alt=ngettext("%(num)s mark on the drawing", "%(num)s marks on the drawing", len(shown)),
        marks=tuple(_mark(number, noted, corrected) for number, noted in shown),
        aspect=drawing.aspect,
    )


def numbered(file: VisitFile) -> list[tuple[int, NotedMark]]:
    """The marks with the numbers they are shown by: new ones their own, known ones go on after."""
    first_free = max((noted.mark.number for noted in file.new_marks), default=0) + 1
    shown = [(noted.mark.number, noted) for noted in file.new_marks]
    return [*shown, *enumerate(file.known_marks, first_free)]


def _mark(number: int, noted: NotedMark, corrected: Mapping[UUID, str]) -> Mark:
    mark = noted.mark
    zones = "interior_points" if mark.view == "inside" else "exterior_zones"
    triple = (mark.m22_area, mark.m22_type, mark.m22_severity)
    return Mark(
        number=number,
        x=mark.x,
        y=mark.y,
        zone=named(zones, mark.zone),
        damage=named("damage_types", mark.damage_type),
        size=named("size_classes", str(mark.size_class)),
        severity=named("severities", mark.severity),
        remark=joined(still_there(noted), mark.remark),
        customer_view="" if noted.is_known else view_of(noted),
        triple="" if None in triple else m22_text(triple),  # type: ignore[arg-type]  # none is None
        is_known=noted.is_known,
        correction=corrected.get(mark.id, ""),
    )


def still_there(noted: NotedMark) -> str:
    """What this visit found of a mark that was known."""
    if not noted.is_known:
        return ""
    answers: dict[bool | None, str] = {
        True: _("still there"),
        False: _("no longer there"),
        None: _("not looked at"),
    }
    return answers[noted.still_there]


def view_of(noted: NotedMark) -> str:
    """What the customer says of a mark, as a word."""
    return named("customer_views", noted.customer_view) if noted.customer_view else ""


def conditions(file: VisitFile) -> tuple[Field, ...]:
    """Dirt, water and light, which hide scratches."""
    walk = file.walkaround
    if walk is None:
        return ()
    body = named("body_conditions", walk.body_condition) if walk.body_condition else ""
    light = named("light", walk.light) if walk.light else ""
    code = EDITION_NOTE if any(noted.mark.m22_area for noted in file.marks) else ""
    return (
        Field(_("Body"), body),
        Field(_("Light"), light),
        Field(_("Remark"), walk.remark),
        Field(_("Number triples"), code),
    )


def checks(file: VisitFile) -> tuple[StationChecks, ...]:
    """The stations in walking order; one that nobody looked at says so."""
    rows = {(row.list_name, row.code): row for row in file.checks}
    powertrain = file.visit.vehicle.powertrain
    return tuple(_station(checks_for(one.code, powertrain), rows) for one in stations())


def _station(station: Station, rows: Mapping[tuple[str, str], Check]) -> StationChecks:
    whole = rows.get(("zone", station.code))
    asked = [line for line in station.lines() if line[0] != "protection"]
    found = [rows[line] for line in asked if line in rows]
    exceptions = [row for row in found if is_exception(row.list_name, row.code, row.result)]
    skipped = [row for row in found if row.result == "not_checked"]
    is_closed = whole is not None and whole.result != "not_checked"
    normal = len(asked) - len(skipped) - len(exceptions)
    if not is_closed:
        normal = len(found) - len(skipped) - len(exceptions)
    open_lines = len(asked) - len(found)
    not_looked_at = ", ".join(check_name(row) for row in skipped)
    if not is_closed and open_lines:
        rest = ngettext("%(num)s other point", "%(num)s other points", open_lines)
        not_looked_at = joined(not_looked_at, rest if found else _("the whole station"))
    return StationChecks(
        station=named("stations", station.code),
        normal=ngettext("%(num)s point", "%(num)s points", normal) if normal > 0 else "",
        exceptions=tuple(
            Finding(check_name(row), named("check_results", row.result), row.remark)
            for row in exceptions
        ),
        not_looked_at=not_looked_at,
    )


def is_station(check: Check) -> bool:
    """Whether the line is a whole station: what is wrong there stands in its marks and lines."""
    return check.list_name == "zone" and is_code("stations", check.code)


def readings(file: VisitFile) -> Readings:
    """The gauges as numbers, and as they are read."""
    row = file.reading
    if row is None:
        return Readings()
    fuel, fuel_text = None, ""
    if row.fuel_eighths is not None:
        fuel, fuel_text = row.fuel_eighths / 8, f"{row.fuel_eighths}/8"
    elif row.fuel_percent is not None:
        fuel, fuel_text = row.fuel_percent / 100, f"{row.fuel_percent} %"
    charge = None if row.charge_percent is None else row.charge_percent / 100
    percent = f"{row.charge_percent} %" if row.charge_percent is not None else ""
    reach = f"{row.range_km} km" if row.range_km is not None else ""
    return Readings(
        odometer="" if row.odometer is None else f"{row.odometer:,} {row.odometer_unit}",
        odometer_remark=row.lower_reason,
        fuel=fuel,
        fuel_text=fuel_text,
        charge=charge,
        charge_text=" · ".join(part for part in (percent, reach) if part),
    )


def photos(file: VisitFile) -> tuple[Photo, ...]:
    """Every photo, with what was drawn on it; one that came after the signature says so."""
    names = captions(file)
    return tuple(photo_on_paper(noted, names[noted.photo.id]) for noted in file.photos)


def captions(file: VisitFile) -> dict[UUID, str]:
    """What each photo is of, by its id."""
    marks = {noted.mark.id: (number, noted.mark) for number, noted in numbered(file)}
    belongings = {item.id: item.name or named("belongings", item.code) for item in file.belongings}
    papers = {paper.id: named("vehicle_documents", paper.code) for paper in file.papers}
    found: dict[UUID, str] = {}
    for noted in file.photos:
        photo = noted.photo
        subject_id = photo.subject_id
        if photo.subject == "mark" and subject_id in marks:
            number, mark = marks[subject_id]
            name = f"{_('Mark')} {number}: {named('damage_types', mark.damage_type)}"
        elif photo.subject in ("belonging", "paper") and subject_id is not None:
            name = belongings.get(subject_id) or papers.get(subject_id) or _("Photo")
        elif photo.subject == "reading":
            name = _("Readings")
        elif photo.subject == "angle":
            name = named("photo_angles", photo.angle)
        else:
            name = _("Finding")
        found[photo.id] = name
    return found


def photo_on_paper(noted: NotedPhoto, name: str) -> Photo:
    """A photo with its name, its time and what was drawn on it."""
    photo = noted.photo
    at = moment(photo.captured_at)
    late = _("after the signature") if photo.after_signature else ""
    shapes = noted.annotation.shapes if noted.annotation else []
    return Photo(
        jpeg=screen_of(noted),
        width_px=photo.width,
        height_px=photo.height,
        caption=joined(f"{name} · {at}", late),
        sha256=photo.sha256,
        annotations=tuple(
            Annotation(
                kind=ANNOTATION_KINDS[shape["kind"]],  # type: ignore[arg-type]  # one of the four
                points=tuple(Point(x, y) for x, y in shape["points"]),
                colour="second" if shape["colour"] == 2 else "first",
                text=str(shape.get("text", "")),
            )
            for shape in shapes
        ),
    )


def screen_of(noted: NotedPhoto) -> bytes | None:
    """The upright picture; None where the disk has lost it, which the paper then says."""
    try:
        return folder().read(noted.photo.sha256, "screen")
    except NotStored:
        log.warning("screen size missing photo=%s", noted.photo.id)
    try:
        return make_again(noted.photo, "screen")
    except (NotStored, BadPicture):
        log.error("photo missing on disk photo=%s", noted.photo.id)
        return None
