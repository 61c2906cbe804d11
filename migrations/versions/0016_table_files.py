"""Tables that came as files.

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "table_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("encoding", sa.String(length=10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind in ('customers', 'vehicles', 'prices')", name=op.f("ck_table_files_kind")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_table_files_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_table_files_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_files")),
    )
    op.create_index(
        op.f("ix_table_files_site_id_captured_at"),
        "table_files",
        ["site_id", "captured_at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_table_files_site_id_captured_at"), table_name="table_files")
    op.drop_table("table_files")
