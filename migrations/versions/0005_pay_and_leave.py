"""Fees, payments, gate passes, and what was given back.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FOR_GOOD = sa.text("kind in ('settled', 'declined', 'consult') and voided_at is null")
ON_A_TRIP = sa.text(
    "kind not in ('settled', 'declined', 'consult') and voided_at is null and returned_at is null"
)
COUNTS = sa.text("superseded_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "fees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_by_id", sa.Uuid(), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waived_by_id", sa.Uuid(), nullable=True),
        sa.Column("waived_reason", sa.String(length=300), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind in ('diagnosis', 'valuation')", name=op.f("ck_fees_kind")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fees_amount")),
        sa.CheckConstraint(
            "waived_at is null or length(waived_reason) > 0", name=op.f("ck_fees_waived_reason")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_fees_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_fees_site_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["people.id"], name=op.f("fk_fees_told_by_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_fees_visit_id")),
        sa.ForeignKeyConstraint(["waived_by_id"], ["people.id"], name=op.f("fk_fees_waived_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fees")),
        sa.UniqueConstraint("visit_id", "kind", name=op.f("uq_fees_visit_id_kind")),
    )
    op.create_table(
        "gate_passes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.Column("fee_status", sa.String(length=10), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("return_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("override_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("override_by_id", sa.Uuid(), nullable=True),
        sa.Column("override_reason", sa.String(length=300), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by_id", sa.Uuid(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by_id", sa.Uuid(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_reason", sa.String(length=200), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "fee_status in ('paid', 'none_due', 'waived', 'on_account')",
            name=op.f("ck_gate_passes_fee_status"),
        ),
        sa.CheckConstraint(
            "kind in ('settled', 'declined', 'consult', 'road_test', 'wash', 'other_workshop', "
            "'inspection_trip', 'rescue')",
            name=op.f("ck_gate_passes_kind"),
        ),
        sa.CheckConstraint(
            "override_at is null or length(override_reason) > 0",
            name=op.f("ck_gate_passes_override"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_gate_passes_by_id")),
        sa.ForeignKeyConstraint(
            ["override_by_id"], ["people.id"], name=op.f("fk_gate_passes_override_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["returned_by_id"], ["people.id"], name=op.f("fk_gate_passes_returned_by_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_gate_passes_site_id")),
        sa.ForeignKeyConstraint(
            ["used_by_id"], ["people.id"], name=op.f("fk_gate_passes_used_by_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_gate_passes_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_passes")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_gate_passes_site_id_number")),
        sa.UniqueConstraint("token", name=op.f("uq_gate_passes_token")),
    )
    op.create_index(
        op.f("ix_gate_passes_site_id_return_by"),
        "gate_passes",
        ["site_id", "return_by"],
        unique=False,
    )
    op.create_index(op.f("ix_gate_passes_visit_id"), "gate_passes", ["visit_id"], unique=False)
    op.create_index(
        "uq_gate_passes_for_good",
        "gate_passes",
        ["visit_id"],
        unique=True,
        sqlite_where=FOR_GOOD,
        postgresql_where=FOR_GOOD,
    )
    op.create_index(
        "uq_gate_passes_on_a_trip",
        "gate_passes",
        ["visit_id"],
        unique=True,
        sqlite_where=ON_A_TRIP,
        postgresql_where=ON_A_TRIP,
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("rounding_amount", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id is not null)", name=op.f("ck_payments_reverses")
        ),
        sa.CheckConstraint(
            "kind = 'payment' or (length(reason) > 0 and approved_by_id is not null)",
            name=op.f("ck_payments_approved"),
        ),
        sa.CheckConstraint(
            "kind in ('payment', 'refund', 'reversal')", name=op.f("ck_payments_kind")
        ),
        sa.CheckConstraint(
            "method in ('cash', 'card', 'transfer', 'other')", name=op.f("ck_payments_method")
        ),
        sa.CheckConstraint(
            "purpose in ('deposit', 'diagnosis_fee', 'valuation_fee', 'settlement', 'storage')",
            name=op.f("ck_payments_purpose"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payments_amount")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["people.id"], name=op.f("fk_payments_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_payments_by_id")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["payments.id"], name=op.f("fk_payments_reverses_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_payments_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_payments_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_payments_reverses_id")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_payments_site_id_number")),
    )
    op.create_index(
        op.f("ix_payments_site_id_captured_at"),
        "payments",
        ["site_id", "captured_at"],
        unique=False,
    )
    op.create_index(op.f("ix_payments_visit_id"), "payments", ["visit_id"], unique=False)
    op.create_table(
        "returned",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("difference", sa.String(length=300), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "subject in ('key', 'paper', 'belonging')", name=op.f("ck_returned_subject")
        ),
        sa.CheckConstraint("quantity between 0 and 99", name=op.f("ck_returned_quantity")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_returned_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_returned_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_returned_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned")),
    )
    op.create_index(
        "uq_returned_counts",
        "returned",
        ["visit_id", "subject", "subject_id"],
        unique=True,
        sqlite_where=COUNTS,
        postgresql_where=COUNTS,
    )
    op.create_table(
        "gate_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("pass_id", sa.Uuid(), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("tablet_id", sa.Uuid(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_gate_checks_by_id")),
        sa.ForeignKeyConstraint(
            ["pass_id"], ["gate_passes.id"], name=op.f("fk_gate_checks_pass_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_gate_checks_site_id")),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablets.id"], name=op.f("fk_gate_checks_tablet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_checks")),
    )
    op.create_index(op.f("ix_gate_checks_pass_id"), "gate_checks", ["pass_id"], unique=False)
    op.create_index(
        op.f("ix_gate_checks_site_id_captured_at"),
        "gate_checks",
        ["site_id", "captured_at"],
        unique=False,
    )


def downgrade() -> None:
    for table in ("gate_checks", "returned", "payments", "gate_passes", "fees"):
        op.drop_table(table)
