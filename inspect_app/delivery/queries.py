"""Everything that a delivery shows and its guards look at, read once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from inspect_app.belongings.queries import open_use_of
from inspect_app.db import db
from inspect_app.delivery import rules
from inspect_app.delivery.models import Complaint, Delivery
from inspect_app.delivery.rules import PacketFacts, WalkFacts
from inspect_app.gate_passes.models import GatePass
from inspect_app.gate_passes.queries import last_pass
from inspect_app.guarantees.models import GuaranteeCard
from inspect_app.key_tags.custody import KeyFile, key_file
from inspect_app.key_tags.custody_rules import missing_for_delivery
from inspect_app.photos.models import Photo
from inspect_app.photos.rules import RETAKE
from inspect_app.returns.queries import Thing, missing_of, things_of
from inspect_app.visits.file import NotedMark, NotedPhoto, marks_of, photos_of
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import Missing
from inspect_app.walkaround.models import Mark


@dataclass(frozen=True)
class Pair:
    """A photo of the arrival, and the newest one taken from the same place at the delivery."""

    before: NotedPhoto
    after: Photo | None


@dataclass(frozen=True)
class DeliveryFile:
    """A delivery as it stands: `round` is the open one, else the last; None before the first."""

    visit: Visit
    round: Delivery | None
    gate_pass: GatePass | None
    guarantee: GuaranteeCard | None
    key: KeyFile | None
    things: Sequence[Thing]
    returns_missing: tuple[Missing, ...]
    box_is_closed: bool
    arrival_marks: Sequence[NotedMark]
    new_marks: Sequence[Mark]
    pairs: Sequence[Pair]
    more_photos: Sequence[Photo]
    complaints: Sequence[Complaint]

    @property
    def is_open(self) -> bool:
        """Whether the walk is under way."""
        return self.visit.state == "delivering" and self.round is not None

    @property
    def papers(self) -> list[Thing]:
        """The papers that the customer handed in."""
        return [one for one in self.things if one.subject == "paper"]

    @property
    def belongings(self) -> list[Thing]:
        """The things that the customer left with us."""
        return [one for one in self.things if one.subject == "belonging"]

    @property
    def retaken(self) -> list[Pair]:
        """The pairs that have both photos."""
        return [pair for pair in self.pairs if pair.after is not None]

    @property
    def wanted(self) -> tuple[str, ...]:
        """What this visit has of the packet."""
        has = {
            "guarantee": self.guarantee is not None,
            "papers": bool(self.papers),
            "key": self.key is not None,
        }
        return tuple(one for one in rules.PACKET if has.get(one, True))

    def packet_facts(
        self, ticked: frozenset[str], deliverer_id: uuid.UUID, *, is_overridden: bool = False
    ) -> PacketFacts:
        """For the guard of T34. Papers that were counted one by one need no tick."""
        counted = self.papers and all(one.returned is not None for one in self.papers)
        custody = self.key.custody if self.key else None
        return PacketFacts(
            wanted=self.wanted,
            ticked=ticked | ({"papers"} if counted else frozenset()),
            has_gate_pass=self.gate_pass is not None,
            key_lack=missing_for_delivery("T34", custody, deliverer_id),
            key_is_overridden=is_overridden,
        )

    @cached_property
    def walk_facts(self) -> WalkFacts:
        """For the guard of T35, before the signature."""
        custody = self.key.custody if self.key else None
        return WalkFacts(
            looked_at=self.round.looked_at if self.round else None,
            returns=self.returns_missing,
            key_lack=missing_for_delivery("T35", custody, None),
        )

    @property
    def missing(self) -> list[Missing]:
        """What comes before the customer signs."""
        return rules.missing_before_signature(self.walk_facts)


def delivery_file(visit: Visit) -> DeliveryFile:
    """Reads it all."""
    round_ = last_round(visit.id)
    things = things_of(visit.id)
    key = next((one for one in things if one.subject == "key"), None)
    retakes = retakes_of(visit.id, round_)
    newest = {photo.subject_id: photo for photo in retakes}
    arrival = [noted for noted in photos_of(visit.id) if noted.photo.subject == "angle"]
    return DeliveryFile(
        visit=visit,
        round=round_,
        gate_pass=last_pass(visit.id),
        guarantee=_guarantee_of(visit.id),
        key=key_file(key.id) if key else None,
        things=things,
        returns_missing=tuple(missing_of(visit.id)),
        box_is_closed=open_use_of(visit.id) is not None,
        arrival_marks=[noted for noted in marks_of(visit) if noted.still_there is not False],
        new_marks=new_marks_of(visit.id),
        pairs=[Pair(noted, newest.get(noted.photo.id)) for noted in arrival],
        more_photos=[photo for photo in retakes if photo.subject_id is None],
        complaints=complaints_of(visit.id),
    )


def last_round(visit_id: uuid.UUID) -> Delivery | None:
    """The newest round of the visit."""
    return db.session.scalar(
        select(Delivery)
        .where(Delivery.visit_id == visit_id)
        .order_by(Delivery.captured_at.desc(), Delivery.recorded_at.desc())
        .limit(1)
    )


def retakes_of(visit_id: uuid.UUID, round_: Delivery | None) -> Sequence[Photo]:
    """The photos taken in this round, oldest first: after an objection they are taken anew."""
    if round_ is None:
        return ()
    return db.session.scalars(
        select(Photo)
        .where(
            Photo.visit_id == visit_id,
            Photo.subject == RETAKE,
            Photo.removed_at.is_(None),
            Photo.captured_at >= round_.captured_at,
        )
        .order_by(Photo.captured_at, Photo.id)
    ).all()


def new_marks_of(visit_id: uuid.UUID) -> Sequence[Mark]:
    """The marks that were found when the car was given back, by number."""
    return db.session.scalars(
        select(Mark)
        .where(Mark.visit_id == visit_id, Mark.delivery_id.is_not(None), Mark.removed_at.is_(None))
        .order_by(Mark.number)
    ).all()


def complaints_of(visit_id: uuid.UUID) -> Sequence[Complaint]:
    """What the customer objected to, oldest first."""
    return db.session.scalars(
        select(Complaint)
        .where(Complaint.visit_id == visit_id)
        .order_by(Complaint.captured_at, Complaint.recorded_at)
    ).all()


def _guarantee_of(visit_id: uuid.UUID) -> GuaranteeCard | None:
    return db.session.scalar(
        select(GuaranteeCard)
        .where(GuaranteeCard.visit_id == visit_id)
        .order_by(GuaranteeCard.captured_at.desc())
        .limit(1)
    )
