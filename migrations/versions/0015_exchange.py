"""Other systems: tokens, orders that they push, answers kept for a repeat.

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scope", sa.String(length=5), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("last_used_on", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("scope in ('read', 'write')", name=op.f("ck_api_tokens_scope")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_api_tokens_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_api_tokens_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_api_tokens_token_sha256")),
    )
    op.create_table(
        "api_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("token_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("request_sha256", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_api_answers_site_id")),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_tokens.id"], name=op.f("fk_api_answers_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_answers")),
        sa.UniqueConstraint("token_id", "key", name=op.f("uq_api_answers_token_id_key")),
    )
    op.create_index(
        op.f("ix_api_answers_answered_at"), "api_answers", ["answered_at"], unique=False
    )
    op.create_table(
        "external_orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("plate_key", sa.String(length=24), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("pushed", sa.JSON(), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_over_by_id", sa.Uuid(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_external_orders_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_external_orders_site_id")),
        sa.ForeignKeyConstraint(
            ["taken_over_by_id"], ["people.id"], name=op.f("fk_external_orders_taken_over_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_external_orders_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_orders")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_external_orders_site_id_number")),
    )
    op.create_index(
        op.f("ix_external_orders_site_id_plate_key"),
        "external_orders",
        ["site_id", "plate_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_external_orders_visit_id"), "external_orders", ["visit_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_external_orders_visit_id"), table_name="external_orders")
    op.drop_index(op.f("ix_external_orders_site_id_plate_key"), table_name="external_orders")
    op.drop_table("external_orders")
    op.drop_index(op.f("ix_api_answers_answered_at"), table_name="api_answers")
    op.drop_table("api_answers")
    op.drop_table("api_tokens")
