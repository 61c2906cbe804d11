"""What the sheet and the record show beside the visit's file, and the customer's links."""

import base64
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

import qrcode
from flask import g
from qrcode.image.svg import SvgPathImage
from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import undefer

from inspect_app.customers.models import Customer
from inspect_app.db import any_site, bind_site, db, now
from inspect_app.errors import NotFound
from inspect_app.late_entries.models import LateEntry
from inspect_app.orders.models import Order
from inspect_app.photos.models import Photo
from inspect_app.sheets.models import SheetLink
from inspect_app.sheets.rules import link_is_alive, token_sha256
from inspect_app.signatures.canonical import read_canonical
from inspect_app.signatures.models import Seal, SealPhoto
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Correction, Visit, VisitEvent


@dataclass(frozen=True)
class MadeCorrection:
    """A correction with the name of the person who made it."""

    correction: Correction
    by: str


@dataclass(frozen=True)
class Beside:
    """What stands beside a visit's file: corrections, how many photos its seals still await, how
    many entries came after the signature, and the link that lives. `version` changes with
    everything that the visit's record shows."""

    corrections: Sequence[MadeCorrection]
    awaited: int
    late: int
    link: SheetLink | None
    version: tuple[int | None, ...]


def _beside() -> Select[Any]:
    come = exists().where(Photo.id == SealPhoto.photo_id, Photo.sha256 == SealPhoto.sha256)
    awaited = (
        select(func.count(func.distinct(SealPhoto.photo_id)))
        .join(Seal, Seal.id == SealPhoto.seal_id)
        .where(Seal.visit_id == Visit.id, ~come.correlate(SealPhoto))
        .scalar_subquery()
    )
    late = (
        select(func.count(LateEntry.id))
        .where(LateEntry.visit_id == Visit.id, LateEntry.reason == "after_signature")
        .scalar_subquery()
    )
    events = (
        select(func.count(VisitEvent.id)).where(VisitEvent.visit_id == Visit.id).scalar_subquery()
    )
    versions = (events, Visit.version, Order.version, Vehicle.version, Customer.version)
    return (
        select(awaited, Correction, Person.name, SheetLink, late, *versions)
        .select_from(Visit)
        .join(Order, Order.visit_id == Visit.id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .outerjoin(Customer, Customer.id == Visit.customer_id)
        .outerjoin(Correction, Correction.visit_id == Visit.id)
        .outerjoin(Person, Person.id == Correction.by_id)
        .outerjoin(
            SheetLink,
            (SheetLink.visit_id == Visit.id)
            & SheetLink.ended_at.is_(None)
            & (SheetLink.ends_at > bindparam("at")),
        )
        .where(Visit.id == bindparam("visit_id"))
        .order_by(Correction.recorded_at, Correction.id)
    )


_BESIDE = _beside()
"""Built once: building it takes longer than SQLite takes to answer it."""


def beside(visit_id: uuid.UUID) -> Beside:
    """Reads it in one statement. Raises NotFound, also for another site's visit.

    Every write leaves a line in the visit's history, or raises the version of order, car or
    customer, so the number of lines and those versions name what is shown.
    """
    rows = db.session.execute(_BESIDE, {"visit_id": visit_id, "at": now()}).all()
    if not rows:
        raise NotFound
    made = {row[1].id: MadeCorrection(row[1], row[2]) for row in rows if row[1] is not None}
    first = rows[0]
    version = (first[0], 0 if first[3] is None else 1, *first[4:])
    return Beside(list(made.values()), first[0], first[4], first[3], version)


def documents_of(visit_id: uuid.UUID) -> Mapping[uuid.UUID, dict[str, Any]]:
    """The sealed documents of a visit as data, by the id of their seal."""
    seals = db.session.scalars(
        select(Seal).options(undefer(Seal.document)).where(Seal.visit_id == visit_id)
    )
    return {seal.id: read_canonical(seal.document) for seal in seals}


def living_link(visit_id: uuid.UUID) -> SheetLink | None:
    """The link of this visit that opens its sheet now."""
    return db.session.scalar(
        select(SheetLink)
        .where(
            SheetLink.visit_id == visit_id,
            SheetLink.ended_at.is_(None),
            SheetLink.ends_at > now(),
        )
        .order_by(SheetLink.ends_at.desc())
        .limit(1)
    )


def visit_behind(token: str, at: datetime) -> uuid.UUID:
    """The visit that a customer's link opens; binds the session to its site.

    Raises NotFound for a token that was never given, and LinkEnded for one that no longer opens.
    """
    with any_site():
        found = db.session.execute(
            select(SheetLink, Site)
            .join(Site, Site.id == SheetLink.site_id)
            .where(SheetLink.token_sha256 == token_sha256(token))
        ).first()
    if found is None:
        raise NotFound
    link, site = found
    bind_site(site.id)
    g.timezone, g.currency = site.timezone, site.currency
    g.site_name, g.site_demo, g.site_row = site.name, site.demo, site
    if not link_is_alive(link.ends_at, link.ended_at, at):
        raise LinkEnded
    return link.visit_id


class LinkEnded(LookupError):
    """The link was given once and opens nothing any more; the page says whom to ask."""


@lru_cache(maxsize=256)
def link_qr(url: str) -> str:
    """The address as a QR code, as SVG markup."""
    picture = BytesIO()
    code = qrcode.QRCode(border=2, image_factory=SvgPathImage)
    code.add_data(url)
    code.make_image().save(picture)
    return picture.getvalue().decode()


def qr_address(url: str) -> str:
    """The same code as the `src` of an `<img>`."""
    return svg_address(link_qr(url).encode())


def svg_address(svg: bytes) -> str:
    """A picture that is only shown here, as the `src` of an `<img>`."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
