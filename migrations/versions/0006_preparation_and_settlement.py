"""A car made ready, stopped, settled and guaranteed; what only the supervisor decides.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "added_charges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("quantity_hundredths", sa.Integer(), nullable=False),
        sa.Column("unit_amount", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind in ('labour', 'part', 'outside', 'material')", name=op.f("ck_added_charges_kind")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_added_charges_amount")),
        sa.CheckConstraint("length(description) > 0", name=op.f("ck_added_charges_description")),
        sa.CheckConstraint(
            "quantity_hundredths > 0", name=op.f("ck_added_charges_quantity_hundredths")
        ),
        sa.CheckConstraint("unit_amount >= 0", name=op.f("ck_added_charges_unit_amount")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_added_charges_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_added_charges_site_id")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_added_charges_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_charges")),
    )
    with op.batch_alter_table("added_charges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_added_charges_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "approvals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind in ('discount', 'on_account', 'storage_waiver', 'items_differ')",
            name=op.f("ck_approvals_kind"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_approvals_amount")),
        sa.CheckConstraint(
            "granted is null or (decided_by_id is not null and decided_at is not null)",
            name=op.f("ck_approvals_decided"),
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_approvals_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_approvals_by_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_approvals_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_approvals_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_approvals_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approvals_visit_id"), ["visit_id"], unique=False)
        batch_op.create_index(
            "uq_approvals_open",
            ["visit_id", "kind"],
            unique=True,
            sqlite_where=sa.text("granted IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("granted IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "guarantee_cards",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("odometer_km", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("km", sa.Integer(), nullable=True),
        sa.Column("floor_days", sa.Integer(), nullable=False),
        sa.Column("preset", sa.String(length=3), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("exclusions", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_guarantee_cards_days")),
        sa.CheckConstraint("km > 0", name=op.f("ck_guarantee_cards_km")),
        sa.CheckConstraint("odometer_km >= 0", name=op.f("ck_guarantee_cards_odometer_km")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_guarantee_cards_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_guarantee_cards_site_id")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_guarantee_cards_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guarantee_cards")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_guarantee_cards_site_id_number")),
    )
    with op.batch_alter_table("guarantee_cards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guarantee_cards_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "preparation_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "step in ('cleaned', 'looked_over')", name=op.f("ck_preparation_steps_step")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_preparation_steps_by_id")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_preparation_steps_site_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_preparation_steps_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_steps")),
        sa.UniqueConstraint("visit_id", "step", name=op.f("uq_preparation_steps_visit_id_step")),
    )
    op.create_table(
        "repair_stops",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("is_safe", sa.Boolean(), nullable=False),
        sa.Column("warning", sa.String(length=500), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("is_safe or length(warning) > 0", name=op.f("ck_repair_stops_warning")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_repair_stops_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_repair_stops_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_repair_stops_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_repair_stops_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_stops")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_repair_stops_visit_id")),
    )
    op.create_table(
        "settlement_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("facts_sha256", sa.String(length=64), nullable=False),
        sa.Column("gross_amount", sa.Integer(), nullable=False),
        sa.Column("payable_amount", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "length(facts_sha256) = 64", name=op.f("ck_settlement_versions_facts_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_settlement_versions_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_settlement_versions_site_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_settlement_versions_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_versions")),
        sa.UniqueConstraint(
            "visit_id", "number", name=op.f("uq_settlement_versions_visit_id_number")
        ),
    )
    op.create_table(
        "settlements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("totalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totalled_by_id", sa.Uuid(), nullable=True),
        sa.Column("totalled_amount", sa.Integer(), nullable=True),
        sa.Column("storage_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("storage_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("collector_name", sa.String(length=120), nullable=False),
        sa.Column("collector_relation", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=1000), nullable=False),
        sa.Column("agreed_note", sa.String(length=300), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "collected_at is null or length(collector_name) > 0",
            name=op.f("ck_settlements_collector"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_settlements_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_settlements_site_id")),
        sa.ForeignKeyConstraint(
            ["totalled_by_id"], ["people.id"], name=op.f("fk_settlements_totalled_by_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_settlements_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_settlements_site_id_number")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_settlements_visit_id")),
    )
    op.create_table(
        "slips",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("as_ordered", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind in ('labour', 'parts')", name=op.f("ck_slips_kind")),
        sa.CheckConstraint("as_ordered or length(note) > 0", name=op.f("ck_slips_note")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_slips_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_slips_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_slips_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slips")),
    )
    with op.batch_alter_table("slips", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slips_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "put_backs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("belonging_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("in_car", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(length=300), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("quantity between 0 and 99", name=op.f("ck_put_backs_quantity")),
        sa.ForeignKeyConstraint(
            ["belonging_id"], ["belongings.id"], name=op.f("fk_put_backs_belonging_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_put_backs_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_put_backs_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_put_backs_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_put_backs")),
        sa.UniqueConstraint(
            "visit_id", "belonging_id", name=op.f("uq_put_backs_visit_id_belonging_id")
        ),
    )
    op.create_table(
        "stopped_lines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("done", sa.String(length=4), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("done in ('all', 'part', 'none')", name=op.f("ck_stopped_lines_done")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_stopped_lines_amount")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_lines.id"], name=op.f("fk_stopped_lines_line_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_stopped_lines_site_id")),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["repair_stops.id"], name=op.f("fk_stopped_lines_stop_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stopped_lines")),
        sa.UniqueConstraint("stop_id", "line_id", name=op.f("uq_stopped_lines_stop_id_line_id")),
    )


def downgrade() -> None:
    for table in (
        "stopped_lines", "put_backs", "slips", "settlements", "settlement_versions",
        "repair_stops", "preparation_steps", "guarantee_cards", "approvals", "added_charges",
    ):  # fmt: skip
        op.drop_table(table)
