"""From the facts of a check-in to its PDF.

Everything goes to typst as one JSON value and files with names given here; no text ever becomes
markup. The first attempt is PDF/A-2a with PDF/UA-1; a sheet that cannot be that is printed without
a standard, and then without its photos, so that no check-in is ever without its paper.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from inspect_app.sheets.facts import Annotation, CheckInSheet, Photo, Plan, Signature, SignedPaper
from inspect_app.sheets.letters import to_print
from inspect_app.sheets.paper_photos import for_paper
from inspect_app.sheets.pins import place_pins
from inspect_app.sheets.press import PRESS, Job, Press, PressFailed
from inspect_app.sheets.strokes import CASINGS, COLOURS, annotation_svg, signature_svg

log = logging.getLogger(__name__)

ARCHIVAL = ("a-2a", "ua-1")
FIRST_PLAN_MM = 174.0
NEXT_PLANS_MM = 140.0
PIN_MM = 5.0
"""Diameter of a number's disc, as in check_in.typ."""


@dataclass(frozen=True)
class Printed:
    """A finished PDF; `standards` is empty when it had to do without, photos may be left out."""

    pdf: bytes
    standards: tuple[str, ...]
    has_photos: bool


@dataclass
class _Tray:
    """Collects the files that a document names."""

    files: dict[str, bytes]

    def add(self, stem: str, ending: str, content: bytes) -> str:
        name = f"{stem}-{len(self.files)}.{ending}"
        self.files[name] = content
        return name


def check_in_sheet(
    sheet: CheckInSheet, labels: Mapping[str, str], made_at: datetime, press: Press = PRESS
) -> Printed:
    """Return the sheet as PDF; equal facts and `made_at` (aware) give equal bytes.

    Raises PressFailed when even the plainest attempt fails, ValueError for a drawing without ink.
    """
    return _printed("check_in.typ", sheet, labels, made_at, press)


def signed_paper(
    paper: SignedPaper, labels: Mapping[str, str], made_at: datetime, press: Press = PRESS
) -> Printed:
    """Return what was signed on one occasion as PDF, as above."""
    return _printed("signed.typ", paper, labels, made_at, press)


def _printed(
    template: str,
    sheet: CheckInSheet | SignedPaper,
    labels: Mapping[str, str],
    made_at: datetime,
    press: Press,
) -> Printed:
    def attempt(standards: tuple[str, ...], has_photos: bool) -> Printed:
        tray = _Tray({})
        data = _data(sheet, labels, tray, has_photos)
        job = Job(
            template=template,
            data=json.dumps(data, ensure_ascii=False),
            timestamp=int(made_at.timestamp()),
            standards=standards,
            files=tray.files,
        )
        return Printed(press.set(job), standards, has_photos)

    try:
        return attempt(ARCHIVAL, has_photos=True)
    except PressFailed as problem:
        log.warning("sheet without standard: %s", problem.reason)
    try:
        return attempt((), has_photos=True)
    except PressFailed as problem:
        log.warning("sheet without photos: %s", problem.reason)
    return attempt((), has_photos=False)


def _data(
    sheet: CheckInSheet | SignedPaper, labels: Mapping[str, str], tray: _Tray, has_photos: bool
) -> dict[str, Any]:
    """Return the sheet as JSON values; pictures become file names or SVG text."""
    words = {name: to_print(label) for name, label in labels.items()}
    plans = sheet.plans if isinstance(sheet, CheckInSheet) else ()
    plain = {
        name: _clean(value)
        for name, value in _shallow(sheet).items()
        if name not in {"plans", "photos", "signatures"}
    }
    return plain | {
        "words": words,
        "plans": [_plan(plan, place, tray) for place, plan in enumerate(plans)],
        "photos": [_photo(photo, tray, words, has_photos) for photo in sheet.photos],
        "signatures": [_signature(signature, words) for signature in sheet.signatures],
    }


def _shallow(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _clean(value: Any) -> Any:
    """Return a value of the facts with every text made printable, dataclasses as dictionaries."""
    if isinstance(value, str):
        return to_print(value)
    if hasattr(value, "__dataclass_fields__"):
        return {
            name: inner if name.endswith("sha256") else _clean(inner)
            for name, inner in _shallow(value).items()
        }
    if isinstance(value, tuple):
        return [_clean(inner) for inner in value]
    if isinstance(value, float):
        return min(max(value, 0.0), 1.0)
    return value


def _plan(plan: Plan, place: int, tray: _Tray) -> dict[str, Any]:
    width_mm = FIRST_PLAN_MM if place == 0 else NEXT_PLANS_MM
    places = [(mark.x, mark.y) for mark in plan.marks]
    return {
        "title": to_print(plan.title),
        "alt": to_print(plan.alt).strip() or "\u2013",
        "aspect": plan.aspect,
        "drawing": tray.add("plan", "svg", plan.drawing),
        "width_mm": width_mm,
        "marks": _clean(plan.marks),
        "pins": [asdict(pin) for pin in place_pins(places, plan.aspect, PIN_MM / width_mm)],
    }


def _photo(photo: Photo, tray: _Tray, words: Mapping[str, str], has_photos: bool) -> dict[str, Any]:
    shrunk = for_paper(photo.jpeg) if photo.jpeg and has_photos else None
    file = tray.add("photo", "jpg", shrunk) if shrunk else None
    overlay = annotation_svg(photo.annotations, photo.width_px, photo.height_px)
    caption = to_print(photo.caption)
    return {
        "file": file,
        "absence": words["awaited"] if photo.jpeg is None else words["photo_unreadable"],
        "width_px": max(photo.width_px, 1),
        "height_px": max(photo.height_px, 1),
        "caption": caption,
        "alt": caption.strip() or words["photos"],
        "sha256": photo.sha256,
        "overlay": overlay.decode() if overlay else None,
        "overlay_alt": words["mark"],
        "notes": [_note(one) for one in photo.annotations if one.kind == "text" and one.points],
    }


def _note(annotation: Annotation) -> dict[str, Any]:
    return {
        "x": _clean(annotation.points[0].x),
        "y": _clean(annotation.points[0].y),
        "text": to_print(annotation.text),
        "colour": COLOURS[annotation.colour],
        "casing": CASINGS[annotation.colour],
    }


def _signature(signature: Signature, words: Mapping[str, str]) -> dict[str, Any]:
    drawn, aspect = signature_svg(signature.strokes)
    name = to_print(signature.name)
    return {
        "drawn": drawn.decode(),
        "aspect": aspect,
        "alt": f"{words['signed']}: {name}",
        "name": name,
        "relation": to_print(signature.relation),
        "signed": to_print(signature.signed),
    }
