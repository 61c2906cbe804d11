"""Seals: what was shown and signed, chained per site; and the signatures in them."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned


class Seal(SiteOwned, Captured, Base):
    """One sealed document: one drawing of the name over one or more statements.

    `document` is the canonical document (RFC 8785) exactly as the tablet made it, `sha256` its
    hash; `chain_sha256` ties it to the site's previous seal. `differences` names what the server's
    own rows said otherwise when the document came. `sitting` (sittings.py) says on which occasion
    it was signed, `subject_id` about which thing where a visit has several.
    """

    __tablename__ = "seals"
    __table_args__ = (
        UniqueConstraint("site_id", "sequence"),
        Index(None, "visit_id"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("length(chain_sha256) = 64", name="chain_sha256"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    sequence: Mapped[int]
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    previous_sha256: Mapped[str] = mapped_column(String(64))
    chain_sha256: Mapped[str] = mapped_column(String(64))
    clock_offset_ms: Mapped[int] = mapped_column(default=0)
    tablet_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tablets.id"))
    differences: Mapped[list[str]] = mapped_column(default=list)
    sitting: Mapped[str] = mapped_column(String(20), default="check-in")
    subject_id: Mapped[uuid.UUID | None]

    signatures: Mapped[list["Signature"]] = relationship(lazy="raise", order_by="Signature.code")


class SigningLink(SiteOwned, Captured, Base):
    """A link by which the customer reads and signs one sitting on the own phone. Only the token's
    hash is kept; `seal_id` is what was signed with it."""

    __tablename__ = "signing_links"
    __table_args__ = (Index(None, "visit_id", "sitting"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    sitting: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[uuid.UUID | None]
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    seal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("seals.id"))


class SealPhoto(SiteOwned, Base):
    """A photo that a seal names by hash. It has come when a photo of this id and hash exists."""

    __tablename__ = "seal_photos"
    __table_args__ = (UniqueConstraint("seal_id", "photo_id"),)

    seal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("seals.id"))
    photo_id: Mapped[uuid.UUID]
    sha256: Mapped[str] = mapped_column(String(64))


class Signature(SiteOwned, Captured, Base):
    """One statement signed, bound to its own words by `statement_sha256`: S1, SD, SI, S2 at the
    check-in, SR for a reservation, SC for an addition, SP under the settlement sheet, S4 at the
    delivery, SB where everything is given back before work began (T40).

    `facts_sha256` is the hash of the facts alone, `photos_sha256` those of its photos: the
    signature stands while they are those of now (`signatures/rules.py`).
    """

    __tablename__ = "signatures"
    __table_args__ = (
        UniqueConstraint("seal_id", "code"),
        Index(None, "visit_id", "code"),
        CheckConstraint(
            "code in ('S1', 'SD', 'SI', 'S2', 'S3', 'S4', 'SR', 'SB', 'SC', 'SP')", name="code"
        ),
    )

    seal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("seals.id"))
    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    code: Mapped[str] = mapped_column(String(2))
    statement_sha256: Mapped[str] = mapped_column(String(64))
    facts_sha256: Mapped[str] = mapped_column(String(64))
    photos_sha256: Mapped[list[str]] = mapped_column(default=list)
    signed_at: Mapped[datetime]
    signer_name: Mapped[str] = mapped_column(String(120))
    signer_relation: Mapped[str] = mapped_column(String(20))
