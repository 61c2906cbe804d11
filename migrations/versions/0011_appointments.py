"""The book: appointments, the bays they hold, parts to prepare and their deposit.

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.String(length=8), nullable=False),
        sa.Column("odometer", sa.Integer(), nullable=True),
        sa.Column("moved_from_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_by_id", sa.Uuid(), nullable=True),
        sa.Column("outcome_reason", sa.String(length=300), nullable=False),
        sa.Column("deposit_outcome", sa.String(length=10), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "outcome in ('', 'came', 'moved', 'cancelled', 'no_show')",
            name=op.f("ck_appointments_outcome"),
        ),
        sa.CheckConstraint(
            "proposed_by in ('customer', 'plant')", name=op.f("ck_appointments_proposed_by")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_appointments_ends_at")),
        sa.CheckConstraint(
            "minutes > 0 and minutes % 15 = 0", name=op.f("ck_appointments_minutes")
        ),
        sa.ForeignKeyConstraint(["bay_id"], ["bays.id"], name=op.f("fk_appointments_bay_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_appointments_by_id")),
        sa.ForeignKeyConstraint(
            ["moved_from_id"], ["appointments.id"], name=op.f("fk_appointments_moved_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_by_id"], ["people.id"], name=op.f("fk_appointments_outcome_by_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_appointments_site_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_appointments_team_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_appointments_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_appointments_site_id_number")),
    )
    with op.batch_alter_table("appointments") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appointments_site_id_starts_at"), ["site_id", "starts_at"]
        )
        batch_op.create_index(batch_op.f("ix_appointments_visit_id"), ["visit_id"])
        batch_op.create_index(
            "uq_appointments_open_visit",
            ["visit_id"],
            unique=True,
            sqlite_where=sa.text("outcome = ''"),
            postgresql_where=sa.text("outcome = ''"),
        )

    op.create_table(
        "deposit_waivers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_deposit_waivers_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_deposit_waivers_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_deposit_waivers_site_id")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_deposit_waivers_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_waivers")),
    )
    with op.batch_alter_table("deposit_waivers") as batch_op:
        batch_op.create_index(batch_op.f("ix_deposit_waivers_visit_id"), ["visit_id"])

    op.create_table(
        "parts_to_prepare",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("price_amount", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "state in ('needed', 'ordered', 'here')", name=op.f("ck_parts_to_prepare_state")
        ),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_parts_to_prepare_name")),
        sa.CheckConstraint("price_amount >= 0", name=op.f("ck_parts_to_prepare_price_amount")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_parts_to_prepare_by_id")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_parts_to_prepare_site_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_parts_to_prepare_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parts_to_prepare")),
    )
    with op.batch_alter_table("parts_to_prepare") as batch_op:
        batch_op.create_index(batch_op.f("ix_parts_to_prepare_visit_id"), ["visit_id"])

    op.create_table(
        "bay_slots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_bay_slots_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["bay_id"], ["bays.id"], name=op.f("fk_bay_slots_bay_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_bay_slots_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bay_slots")),
        sa.UniqueConstraint("bay_id", "starts_at", name=op.f("uq_bay_slots_bay_id_starts_at")),
    )
    with op.batch_alter_table("bay_slots") as batch_op:
        batch_op.create_index(batch_op.f("ix_bay_slots_appointment_id"), ["appointment_id"])


def downgrade() -> None:
    with op.batch_alter_table("bay_slots") as batch_op:
        batch_op.drop_index(batch_op.f("ix_bay_slots_appointment_id"))

    op.drop_table("bay_slots")
    with op.batch_alter_table("parts_to_prepare") as batch_op:
        batch_op.drop_index(batch_op.f("ix_parts_to_prepare_visit_id"))

    op.drop_table("parts_to_prepare")
    with op.batch_alter_table("deposit_waivers") as batch_op:
        batch_op.drop_index(batch_op.f("ix_deposit_waivers_visit_id"))

    op.drop_table("deposit_waivers")
    with op.batch_alter_table("appointments") as batch_op:
        batch_op.drop_index(
            "uq_appointments_open_visit",
            sqlite_where=sa.text("outcome = ''"),
            postgresql_where=sa.text("outcome = ''"),
        )
        batch_op.drop_index(batch_op.f("ix_appointments_visit_id"))
        batch_op.drop_index(batch_op.f("ix_appointments_site_id_starts_at"))

    op.drop_table("appointments")
