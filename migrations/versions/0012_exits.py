"""Leaving without a repair: declined, or withdrawn after signing.

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason_code", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_off_by_id", sa.Uuid(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind = 'declined' or length(reason_code) > 0", name=op.f("ck_exits_reason")
        ),
        sa.CheckConstraint("kind in ('declined', 'withdrawn')", name=op.f("ck_exits_kind")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_exits_by_id")),
        sa.ForeignKeyConstraint(
            ["seen_off_by_id"], ["people.id"], name=op.f("fk_exits_seen_off_by_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_exits_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_exits_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exits")),
    )
    op.create_index(
        "uq_exits_stands",
        "exits",
        ["visit_id"],
        unique=True,
        sqlite_where=sa.text("called_off_at IS NULL"),
        postgresql_where=sa.text("called_off_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_exits_stands",
        table_name="exits",
        sqlite_where=sa.text("called_off_at IS NULL"),
        postgresql_where=sa.text("called_off_at IS NULL"),
    )
    op.drop_table("exits")
