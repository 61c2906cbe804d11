"""A sheet may be agreed to without a signature: a row of its own, with who and how.

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settlement_agreements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(note) > 0", name=op.f("ck_settlement_agreements_note")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_settlement_agreements_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_settlement_agreements_site_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["settlement_versions.id"],
            name=op.f("fk_settlement_agreements_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_agreements")),
        sa.UniqueConstraint("version_id", name=op.f("uq_settlement_agreements_version_id")),
    )
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        batch_op.drop_column("agreed_note")


def downgrade() -> None:
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("agreed_note", sa.String(length=300), nullable=False, server_default="")
        )

    op.drop_table("settlement_agreements")
