"""Late entries, claims made without network, numbers that a tablet holds, a tablet's own clock.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _claims()
    _late_entries()
    _reservations()
    with op.batch_alter_table("visit_events") as batch_op:
        batch_op.add_column(
            sa.Column("tablet_clock", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("clock_offset_ms", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("visit_events") as batch_op:
        batch_op.alter_column("tablet_clock", server_default=None)
        batch_op.alter_column("clock_offset_ms", server_default=None)
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.add_column(sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.drop_column("handed_over_at")
    with op.batch_alter_table("visit_events") as batch_op:
        batch_op.drop_column("clock_offset_ms")
        batch_op.drop_column("tablet_clock")
    op.drop_table("reservations")
    op.drop_table("late_files")
    op.drop_table("late_entries")
    op.drop_table("claims")


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("tablet_id", sa.Uuid(), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("settled_person_id", sa.Uuid(), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('right', 'wrong', 'settled')", name=op.f("ck_claims_state")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_claims_person_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["people.id"], name=op.f("fk_claims_sent_by_id")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["people.id"], name=op.f("fk_claims_settled_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_person_id"], ["people.id"], name=op.f("fk_claims_settled_person_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_claims_site_id")),
        sa.ForeignKeyConstraint(["tablet_id"], ["tablets.id"], name=op.f("fk_claims_tablet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_site_id_state"), "claims", ["site_id", "state"])


def _late_entries() -> None:
    op.create_table(
        "late_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("claim_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("url", sa.String(length=400), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("tablet_id", sa.Uuid(), nullable=True),
        sa.Column("tablet_clock", sa.String(length=40), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "reason in ('after_signature', 'claim')", name=op.f("ck_late_entries_reason")
        ),
        sa.CheckConstraint(
            "answer in ('', 'seen', 'taken', 'refused')", name=op.f("ck_late_entries_answer")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["people.id"], name=op.f("fk_late_entries_answered_by_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_late_entries_by_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_late_entries_claim_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_late_entries_site_id")),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablets.id"], name=op.f("fk_late_entries_tablet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_entries")),
    )
    op.create_index(op.f("ix_late_entries_visit_id"), "late_entries", ["visit_id"])
    op.create_index(op.f("ix_late_entries_claim_id"), "late_entries", ["claim_id"])
    op.create_table(
        "late_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("mime", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["late_entries.id"], name=op.f("fk_late_files_entry_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_late_files_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_files")),
    )
    op.create_index(op.f("ix_late_files_entry_id"), "late_files", ["entry_id"])


def _reservations() -> None:
    op.create_table(
        "reservations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("tablet_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('tag', 'slot', 'box')", name=op.f("ck_reservations_kind")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_reservations_site_id")),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablets.id"], name=op.f("fk_reservations_tablet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_reservations_subject_id")),
    )
    op.create_index(op.f("ix_reservations_tablet_id"), "reservations", ["tablet_id"])
