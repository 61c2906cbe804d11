"""From one seal to the paper of what was signed with it, in the language that was signed."""

import uuid
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.photos.models import Photo as PhotoRow
from inspect_app.photos.rules import RETAKE
from inspect_app.sheets.car_on_paper import photo_on_paper
from inspect_app.sheets.facts import Photo, SignedPaper, Site
from inspect_app.sheets.names_on_paper import seal_on_paper, signature_of, statement_of
from inspect_app.signatures.lines import joined, named
from inspect_app.signatures.models import Seal
from inspect_app.signatures.queries import seal_of, sealed_document
from inspect_app.signatures.sittings import CHECK_IN, sitting_named
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import this_site
from inspect_app.visits.file import NotedPhoto
from inspect_app.visits.models import Visit


def signed_seals(visit_id: uuid.UUID) -> list[Seal]:
    """The seals of a visit after its check-in, oldest first."""
    rows = db.session.scalars(
        select(Seal)
        .where(Seal.visit_id == visit_id, Seal.sitting != CHECK_IN)
        .order_by(Seal.sequence)
    )
    return [seal for seal in rows if not _is_asked_again(seal)]


def _is_asked_again(seal: Seal) -> bool:
    return any(not one.endswith(".words") for one in seal.differences)


def paper_of(visit: Visit, seal_id: uuid.UUID, *, is_copy: bool) -> SignedPaper:
    """What the paper shows. Raises NotFound for a seal of another visit."""
    seal = seal_of(seal_id)
    if seal is None or seal.visit_id != visit.id:
        raise NotFound
    document = sealed_document(seal_id)
    with in_language(document["language"]):
        return _paper(visit, seal, document, is_copy)


def _paper(visit: Visit, seal: Seal, document: dict[str, Any], is_copy: bool) -> SignedPaper:
    site, car = this_site(), document["visit"]
    photos, across = _photos(document)
    return SignedPaper(
        locale=document["language"],
        title=str(sitting_named(seal.sitting).title),
        order_number=car.get("order_number") or car.get("number") or "",
        site=Site(site.name, tuple(line for line in (site.address, site.phone) if line)),
        plate=car["plate"] or car.get("vin") or "",
        car=car.get("car") or "",
        statements=tuple(statement_of(said, 0, document) for said in document["statements"]),
        signatures=(signature_of(document),),
        seal=seal_on_paper(seal, [seal]),
        photos=tuple(photos),
        across=across,
        copy_note=_("Customer's copy") if is_copy else "",
        is_demo=site.demo,
    )


def _rows(ids: list[uuid.UUID]) -> dict[uuid.UUID, PhotoRow]:
    return {row.id: row for row in db.session.scalars(select(PhotoRow).where(PhotoRow.id.in_(ids)))}


def _photos(document: dict[str, Any]) -> tuple[list[Photo], int]:
    """The photos that were signed with, and how many stand side by side: one that was taken again
    stands after the arrival's own."""
    ids = [uuid.UUID(one["id"]) for said in document["statements"] for one in said["photos"]]
    rows = _rows(ids)
    before = _rows([row.subject_id for row in rows.values() if row.subject_id])
    shown = []
    for photo in (rows[photo_id] for photo_id in ids if photo_id in rows):
        earlier = before.get(photo.subject_id) if photo.subject_id else None
        side = named("photo_angles", (earlier or photo).angle)
        if photo.subject == RETAKE and earlier is not None:
            shown.append(_on_paper(earlier, joined(_("Then"), side)))
            side = joined(_("Now"), side)
        shown.append(_on_paper(photo, side))
    return shown, 2 if any(row.subject == RETAKE for row in rows.values()) else 3


def _on_paper(photo: PhotoRow, name: str) -> Photo:
    return photo_on_paper(NotedPhoto(photo, None), name)
