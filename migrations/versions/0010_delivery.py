"""Giving a car back: rounds, objections, and marks that were found then.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("packet", sa.JSON(), nullable=False),
        sa.Column("key_override_reason", sa.String(length=300), nullable=False),
        sa.Column("key_override_by_id", sa.Uuid(), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_by_id", sa.Uuid(), nullable=True),
        sa.Column("seal_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "outcome in ('', 'signed', 'rework', 'complaint')",
            name=op.f("ck_deliveries_outcome"),
        ),
        sa.CheckConstraint(
            "key_override_by_id is null or length(key_override_reason) > 0",
            name=op.f("ck_deliveries_key_override"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_deliveries_by_id")),
        sa.ForeignKeyConstraint(
            ["key_override_by_id"], ["people.id"], name=op.f("fk_deliveries_key_override_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["looked_by_id"], ["people.id"], name=op.f("fk_deliveries_looked_by_id")
        ),
        sa.ForeignKeyConstraint(["seal_id"], ["seals.id"], name=op.f("fk_deliveries_seal_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_deliveries_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_deliveries_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index(
        "uq_deliveries_open", "deliveries", ["visit_id"], unique=True, sqlite_where=OPEN,
        postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index(
        op.f("ix_deliveries_visit_id_captured_at"), "deliveries", ["visit_id", "captured_at"]
    )
    op.create_table(
        "complaints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("goes_to", sa.String(length=10), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_complaints_text")),
        sa.CheckConstraint(
            "goes_to in ('rework', 'complaint')", name=op.f("ck_complaints_goes_to")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_complaints_by_id")),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_complaints_delivery_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_complaints_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_complaints_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
    )
    op.create_index(op.f("ix_complaints_visit_id"), "complaints", ["visit_id"])
    with op.batch_alter_table("marks") as batch_op:
        batch_op.add_column(sa.Column("delivery_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_marks_delivery_id"), "deliveries", ["delivery_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("marks") as batch_op:
        batch_op.drop_constraint(op.f("fk_marks_delivery_id"), type_="foreignkey")
        batch_op.drop_column("delivery_id")
    op.drop_index(op.f("ix_complaints_visit_id"), table_name="complaints")
    op.drop_table("complaints")
    op.drop_index(op.f("ix_deliveries_visit_id_captured_at"), table_name="deliveries")
    op.drop_index("uq_deliveries_open", table_name="deliveries")
    op.drop_table("deliveries")
