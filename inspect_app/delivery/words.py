"""S4: the customer takes the car back (12.05–12.06, D1, D2), as a sitting of its own."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.delivery import rules
from inspect_app.delivery.actions import signed
from inspect_app.delivery.queries import DeliveryFile, delivery_file
from inspect_app.photos.models import Photo
from inspect_app.photos.rules import RETAKE
from inspect_app.returns.words import returned_facts, returned_line
from inspect_app.signatures.lines import Line, joined, named, photo_line
from inspect_app.signatures.models import Seal
from inspect_app.signatures.sittings import About, Page, Said, Sitting, add_sitting
from inspect_app.visits.file import NotedPhoto
from inspect_app.walkaround.models import Mark

SITTING = "delivery"


def mark_name(mark: Mark) -> str:
    """Where a mark is and what it is."""
    zones = "interior_points" if mark.view == "inside" else "exterior_zones"
    return f"{named(zones, mark.zone)}, {named('damage_types', mark.damage_type)}"


def _said(about: About) -> Said | None:
    """Nothing is signed before all was looked at, counted and given back (12.08)."""
    file = delivery_file(about.visit)
    if not file.is_open or file.missing:
        return None
    photos = [NotedPhoto(photo, None) for photo in _photos(file)]
    return Said(
        str(_("You take your car back")),
        [
            Line("fact", _("Repair order"), about.order_number),
            *_marks(file),
            *(returned_line(thing) for thing in file.things),
            *_packet(file),
            *_objections(file),
            photo_line(len(photos)),
            Line("close", _("We looked over my car together and counted my things.")),
            Line("close", _("I take my car back as it is described here.")),
        ],
        _facts(about, file),
        photos,
    )


def _photos(file: DeliveryFile) -> list[Photo]:
    return [*(pair.after for pair in file.pairs if pair.after), *file.more_photos]


def _facts(about: About, file: DeliveryFile) -> dict[str, Any]:
    return {
        "round": str(file.round.id) if file.round else None,
        "order_number": about.order_number,
        "new_marks": [
            {
                "id": str(mark.id),
                "number": mark.number,
                "view": mark.view,
                "zone": mark.zone,
                "x": round(mark.x, 4),
                "y": round(mark.y, 4),
                "damage_type": mark.damage_type,
                "severity": mark.severity,
                "size_class": mark.size_class,
                "remark": mark.remark.strip(),
            }
            for mark in file.new_marks
        ],
        "returned": returned_facts(list(file.things)),
        "guarantee_card": file.guarantee.number if file.guarantee else None,
        "gate_pass": file.gate_pass.number if file.gate_pass else None,
        "objections": [{"id": str(one.id), "text": one.text} for one in file.complaints],
    }


def _marks(file: DeliveryFile) -> Iterator[Line]:
    if not file.new_marks:
        yield Line("words", _("Nothing new was found on the car."))
    for mark in file.new_marks:
        size = named("size_classes", str(mark.size_class))
        said = joined(size, named("severities", mark.severity), mark.remark.strip())
        name = _("New: %(mark)s", mark=mark_name(mark))
        yield Line("mark", f"{mark.number}. {name}", said, mark_id=str(mark.id))


def _packet(file: DeliveryFile) -> Iterator[Line]:
    if file.guarantee is not None:
        yield Line("fact", _("Guarantee card"), file.guarantee.number)
    if file.gate_pass is not None:
        yield Line("fact", _("Gate pass"), file.gate_pass.number)


def _objections(file: DeliveryFile) -> Iterator[Line]:
    for one in file.complaints:
        yield Line("words", _("You objected"), one.text.strip())


def _signed(about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
    signed(about.visit, seal, by=by, at=at)


add_sitting(
    Sitting(
        name=SITTING,
        title=_l("Delivery"),
        pages=(Page("back", _l("You take your car back"), ("S4",)),),
        said={"S4": _said},
        states=frozenset({"delivering"}),
        roles=rules.DELIVERERS,
        after=_signed,
        leads_to=lambda about: url_for("delivery.show", visit_id=about.visit.id),
        thanks=lambda _about: _l(
            "Your car is yours again. The gate pass is open; have a safe way."
        ),
        photo_subjects={RETAKE: "S4"},
        by_link=False,
    )
)
