"""More occasions to sign, and signing by link on the customer's own phone.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("sitting", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seal_id", sa.Uuid(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_signing_links_by_id")),
        sa.ForeignKeyConstraint(["seal_id"], ["seals.id"], name=op.f("fk_signing_links_seal_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_signing_links_site_id")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_signing_links_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_links")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_signing_links_token_sha256")),
    )
    op.create_index(
        op.f("ix_signing_links_visit_id_sitting"), "signing_links", ["visit_id", "sitting"]
    )
    for table, column in (("seals", "sitting"), ("sign_ins", "customer_sitting")):
        op.add_column(table, sa.Column(column, sa.String(length=20), nullable=True))
    op.add_column("seals", sa.Column("subject_id", sa.Uuid(), nullable=True))
    op.add_column("sign_ins", sa.Column("customer_subject_id", sa.Uuid(), nullable=True))
    op.execute("update seals set sitting = 'check-in'")
    op.execute("update sign_ins set customer_sitting = ''")
    for table, column in (("seals", "sitting"), ("sign_ins", "customer_sitting")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=sa.String(length=20), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("sign_ins") as batch_op:
        batch_op.drop_column("customer_subject_id")
        batch_op.drop_column("customer_sitting")
    with op.batch_alter_table("seals") as batch_op:
        batch_op.drop_column("subject_id")
        batch_op.drop_column("sitting")
    op.drop_index(op.f("ix_signing_links_visit_id_sitting"), table_name="signing_links")
    op.drop_table("signing_links")
